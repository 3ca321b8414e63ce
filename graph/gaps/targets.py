"""Targets against what is reached (目标对照): each target of each document, the actual figure, on the path or behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.claims import Claim
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    Finding,
    Named,
    Question,
    RowSets,
    best_evidence,
    label,
    later,
    surest,
)
from graph.gaps.issuers import KINDS, Issuers
from graph.gaps.reported import Measured, Measuring, Reported, reported, stem_of
from graph.gaps.stated import number_text
from graph.identity import scope_of
from graph.language import Text
from graph.ontology import NODES
from graph.project import Projection, is_reference

REACHED: Final = Text(zh="已达到", en="reached")
ON_PATH: Final = Text(zh="进度正常", en="on the path")
BEHIND: Final = Text(zh="落后", en="behind")
MISSED: Final = Text(zh="到期未达到", en="due and not reached")
OPEN: Final = Text(zh="未到期，无基期数", en="not due, no base to judge by")
UNKNOWN: Final = Text(zh="缺实际数", en="no actual figure")
_ORDER: Final = (MISSED, BEHIND, OPEN, ON_PATH, REACHED, UNKNOWN)
LIKENESS: Final = 0.6
YEARS_SHOWN: Final = 10
_AT_MOST: Final = ("≤", "<")
COUNTED: Final[Mapping[str, str]] = {
    "产教联合体": "Consortium",
    "产业学院": "IndustryCollege",
    "实训基地": "TrainingBase",
    "专业群": "SpecialtyGroup",
    "研发平台": "ResearchPlatform",
    "产业园区": "Park",
}
LEVELS: Final = ("国家级", "市级", "园区牵头", "企业牵头", "学校牵头")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFinding(Finding):
    """A target with the actual figure nearest to it, and the pace that is left."""

    target: Named = field(metadata=label("目标", "target", head=Text("目标", "target")))
    document: Named | None = field(metadata=label("文件", "document", head=Text("文件", "document")))
    due: int | None = field(metadata=label("期限", "due", head=Text("期限", "due")))
    wanted: str = field(metadata=label("目标值", "to reach", head=Text("目标值", "to reach")))
    actual: str | None = field(metadata=label("实际值", "actual", head=Text("实际", "actual")))
    actual_year: int | None = field(
        metadata=label("实际值年份", "year of the actual", head=Text("年份", "year"))
    )
    state: Text = field(metadata=label("状态", "state", head=Text("状态", "state")))
    expected: float | None = field(
        metadata=label("按线性进度应达到", "to have been reached by then, on a straight line")
    )
    pace: float | None = field(
        metadata=label("今后每年须增加", "needed a year from now on", head=Text("每年须增", "needed a year"))
    )
    path: tuple[str, ...] = field(
        metadata=label("今后各年应达到（线性）", "to be reached year by year, on a straight line", note=True)
    )
    measured_by: Text | None = field(
        metadata=label("实际值的来路", "what the actual is taken from", note=True)
    )
    conflicts: tuple[str, ...] = field(
        metadata=label("互相矛盾的数", "figures that contradict each other", note=True)
    )
    counted: int | None = field(
        metadata=label("图谱中已知的个数（至少）", "as many the graph knows, at least", note=True)
    )
    about: tuple[Named, ...] = field(metadata=label("关于", "about", note=True))
    region: tuple[Named, ...] = field(
        metadata=label(
            "发文地区（按印发单位；空为未知）", "region of its issuers, none where it is unknown", note=True
        )
    )


def targets(
    projection: Projection,
    *,
    today: int | None = None,
    likeness: float = LIKENESS,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> tuple[TargetFinding, ...]:
    r"""Each target against the newest figure that a document reports for the same thing.

    A statistic measures a target where both have the same unit, are about the same (or the statistic about nothing in
    particular; or about regions alone where the target is about nothing), and their metrics are the same but for words
    such as 数 or 比例, or at least alike, or one within the other. With the target $T$ due in year $d$, set in year $b$
    when the figure was $x_b$ (the newest figure not later, where there is one), and the actual $x$ of year $y < d$,

    .. math::

       \text{expected} = x_b + (T - x_b) \frac{y - b}{d - b}, \qquad \text{pace} = \frac{T - x}{d - y}, \qquad
       \text{path}(t) = x + \text{pace} \cdot (t - y)

    A figure that is to be just $T$ is to fall to it where all figures of years before the newest are larger, else to
    rise: less than is wanted reaches it, too, or more where it is to rise. The state is reached where the comparator
    holds; due and not reached where the actual is of year $d$ or later, or that year has ended; behind where the actual
    is on the wrong side of what is expected, else on the path. Without a base to draw the line from, or without an
    actual figure, that is said and nothing more.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    today : int or None
        The current year; None: that of the newest document. A target is due once its year has ended.
    likeness : float
        How alike two metrics must be, from 0 to 1 (see `graph.gaps.likeness`); 1: the same.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of TargetFinding
        Missed first, then behind, open, on the path, reached, without figure; within one the nearest due.

    Notes
    -----
    Within a region (`graph.gaps.scope`) those targets are listed that documents of its own agencies set, or of
    agencies of the regions and parks in it, by their names (`graph.gaps.issuers`); and those of which no issuer's
    region is known, as their `region` tells. Statistics of one metric, unit and year that differ are listed in
    `conflicts`; the most cautious is taken, never an average: as the actual that farthest from the target, as the base
    that nearest to it. What the graph itself
    knows of the things counted (consortia, groups, bases) is told in `counted`: a lower bound, not an actual
    figure. It takes time linear in the claims, and in the pairs of metrics that share characters.
    """
    scoped, projection = projection, projection.beyond  # what is about a body outside measures no other
    about = _about(projection, minimum_confidence)
    setters, told = _setters(projection, minimum_confidence)
    measuring = Measuring(projection, reported(projection, about, told), likeness)
    now = today if today is not None else _newest_year(projection)
    issuers = Issuers(scoped, minimum_confidence)
    found = []
    for target in projection.ids("Target"):
        value, unit = projection.value(target, "value"), projection.value(target, "unit")
        document = setters.get(target) or scope_of(target)
        if value is None or target not in told or not issuers.asked(document):
            continue
        region = issuers.places(document)
        metric = projection.value(target, "metric") or projection.name(target)
        measured = measuring.of(metric, unit, about.get(target, frozenset()))
        found.append(
            _compared(projection, scoped, target, metric, measured, now, about, setters, told, region)
        )
    return tuple(
        sorted(found, key=lambda one: (_ORDER.index(one.state), one.due is None, one.due or 0, one.target))
    )


def _compared(
    projection: Projection,
    scoped: Projection,
    target: str,
    metric: str,
    measured: Measured,
    now: int | None,
    about: Mapping[str, frozenset[str]],
    setters: Mapping[str, str],
    told: Mapping[str, RowSets],
    region: tuple[Named, ...],
) -> TargetFinding:
    value, unit = projection.value(target, "value"), projection.value(target, "unit")
    comparator = projection.value(target, "comparator") or "="
    at_most = comparator in _AT_MOST or (comparator == "=" and measured.falls_to(value))
    due = projection.value(target, "year")
    document = setters.get(target) or scope_of(target)
    actual, issued = (
        measured.actual(at_most=at_most),
        projection.value(document, "issued") if document else None,
    )
    base = measured.base(actual, int(issued[:4]), at_most=at_most) if actual and issued else None
    expected = pace = None
    if actual and due and base and base.year is not None and actual.year is not None and due > base.year:
        expected = base.value + (value - base.value) * (actual.year - base.year) / (due - base.year)
    if actual and due and actual.year is not None and due > actual.year:
        pace = (value - actual.value) / (due - actual.year)
    state = _state("≤" if at_most and comparator == "=" else comparator, value, actual, due, expected, now)
    premise = (surest(projection, told[target]), measured.sure)
    return TargetFinding(
        target=Named(metric, target),
        document=Named(projection.name(document), document) if document else None,
        due=due,
        wanted=f"{comparator} {number_text(value, unit)}",
        actual=number_text(actual.value, unit) if actual else None,
        actual_year=actual.year if actual else None,
        state=state,
        expected=round(expected, 4) if expected is not None else None,
        pace=round(pace, 4) if pace is not None and state is not REACHED else None,
        path=_path(actual, due, pace, unit) if state is not REACHED else (),
        measured_by=_measured_by(metric, actual),
        conflicts=measured.conflicts(actual) if actual else (),
        counted=_counted(scoped, metric, unit),
        about=tuple(sorted(Named(projection.name(one), one) for one in about.get(target, ()))),
        region=region,
        evidence=later(_telling, projection, told[target], measured),
        confidence=min((sure for sure in premise if sure is not None), default=None),
    )


def _telling(projection: Projection, target: RowSets, measured: Measured) -> tuple[Claim, ...]:
    return (*best_evidence(projection, target, 2), *measured.evidence)


def _path(actual: Reported | None, due: int | None, pace: float | None, unit: str | None) -> tuple[str, ...]:
    """What is to be reached at the end of each year until the target is due; of a far one the next years and the last."""
    if actual is None or actual.year is None or due is None or pace is None:
        return ()
    years = [*range(actual.year + 1, due + 1)]
    shown = years if len(years) <= YEARS_SHOWN else [*years[: YEARS_SHOWN - 1], due]
    return tuple(
        f"{year}：{number_text(round(actual.value + pace * (year - actual.year), 4), unit)}" for year in shown
    )


def _state(
    comparator: str,
    value: float,
    actual: Reported | None,
    due: int | None,
    expected: float | None,
    now: int | None,
) -> Text:
    if actual is None:
        return UNKNOWN
    if _holds(comparator, actual.value, value):
        return REACHED
    ended = due is not None and now is not None and now > due
    if ended or (due is not None and actual.year is not None and actual.year >= due):
        return MISSED
    if expected is not None:
        late = actual.value > expected if comparator in _AT_MOST else actual.value < expected
        return BEHIND if late else ON_PATH
    return OPEN


def _holds(comparator: str, actual: float, wanted: float) -> bool:
    """Whether a comparator holds; more than is wanted reaches also what is to be equal."""
    if comparator in _AT_MOST:
        return actual < wanted if comparator == "<" else actual <= wanted
    return actual > wanted if comparator == ">" else actual >= wanted


def _measured_by(metric: str, actual: Reported | None) -> Text | None:
    if actual is None:
        return None
    if actual.stem == stem_of(metric):
        return Text(zh=f"同一指标“{actual.metric}”", en=f"the same metric, {actual.metric!r}")
    return Text(
        zh=f"名称相近的指标“{actual.metric}”，请核对口径",
        en=f"a like metric, {actual.metric!r}: see whether it fits",
    )


def _newest_year(projection: Projection) -> int | None:
    issued = [projection.value(one, "issued") for one in projection.ids("PolicyDocument")]
    return max((int(date[:4]) for date in issued if date), default=None)


def _counted(projection: Projection, metric: str, unit: str | None) -> int | None:
    """How many of the things that the metric counts the graph knows; of the level that it names."""
    if unit not in ("个", "所", "家"):
        return None
    stem = metric.removesuffix("数")
    for word, kind in COUNTED.items():
        if stem.endswith(word):
            levels = [level for level in LEVELS if level in metric]
            if stem not in (
                word,
                *(f"{level}{word}" for level in levels),
                *(f"{level}的{word}" for level in levels),
            ):
                return None
            ids = projection.ids(kind)
            return sum(projection.value(one, "level") in levels for one in ids) if levels else len(ids)
    return None


def _about(projection: Projection, minimum_confidence: float) -> dict[str, frozenset[str]]:
    claims = projection.claims("ABOUT")
    heads, tails = claims.column("head"), claims.column("tail")
    about: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        about.setdefault(heads[row], set()).add(tails[row])
    return {one: frozenset(own) for one, own in about.items()}


def _setters(projection: Projection, minimum_confidence: float) -> tuple[dict[str, str], dict[str, RowSets]]:
    """Target or statistic → a document that sets or reports it, and the claims that say so."""
    setters: dict[str, str] = {}
    rows: dict[str, RowSets] = {}
    for kind in ("SETS", "REPORTS"):
        claims = projection.claims(kind)
        heads, tails, sources = (claims.column(name) for name in ("head", "tail", "source"))
        for row in claims.believed(minimum_confidence):
            if is_reference(sources[row]):
                continue
            rows.setdefault(tails[row], {}).setdefault(kind, set()).add(row)
            known = setters.get(tails[row])
            if known is None or (projection.name(heads[row]), heads[row]) < (projection.name(known), known):
                setters[tails[row]] = heads[row]
    return setters, rows


QUESTION = Question(
    name="targets",
    title=Text(zh="目标进度", en="Targets and how far they are"),
    definition=Text(
        zh="文件提出的每个目标，对照文件报告的同一指标（同单位、同对象）的最新实际数：已达到、进度正常、落后、到期未达到，或缺实际数；并算出今后每年须增加多少。",
        en="Each target of each document against the newest figure reported for the same metric, unit and subject: "
        "reached, on the path, behind, due and not reached, or without an actual figure; and how much is needed a year "
        "from now on.",
    ),
    finding=TargetFinding,
    answer=targets,
    labels=tuple(NODES),  # a target may be about anything
    kinds=("SETS", "REPORTS", "ABOUT", *KINDS),
)
