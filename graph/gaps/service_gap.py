"""Technical service of schools to enterprises (技术服务到款差距): income per school, zero shares, the 1/20."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np

from graph.claims import Claim
from graph.gaps import participation, provinces
from graph.gaps.amounts import Amount, amount, together
from graph.gaps.finding import (
    EVIDENCE_SHOWN,
    MINIMUM_CONFIDENCE,
    REALISED,
    UNDER_WAY,
    Finding,
    Named,
    Question,
    RowsByKind,
    best_evidence,
    in_turn,
    label,
    later,
    surest,
)
from graph.gaps.participation import participants
from graph.gaps.stated import number_text
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

VOCATIONAL: Final = ("中职", "技工", "高职专科", "职业本科")
UNDERGRADUATE: Final = ("普通本科", "研究生")
RECEIVED: Final[tuple[str | None, ...]] = (*REALISED, *UNDER_WAY)
"""Statuses of a cooperation whose income counts: money comes in while the work goes on."""

_METRICS: Final = ("技术服务", "横向", "到款")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGap(Finding):
    """A school's income from technical service; or that of all vocational schools of a province-level region."""

    subject: Named = field(
        metadata=label("区域或院校", "region or school", head=Text("区域或院校", "region or school"))
    )
    kind: str = field(metadata=label("类别", "kind"))
    level: str | None = field(metadata=label("办学层次", "level", head=Text("层次", "level")))
    schools: int = field(metadata=label("职业院校数", "vocational schools"))
    known: int = field(
        metadata=label("已报收入的院校", "schools whose income is told", head=Text("已报", "told"))
    )
    zero: int = field(
        metadata=label("零收入的院校", "schools without any income", head=Text("零收入", "zero"))
    )
    zero_share: float | None = field(
        metadata=label("零收入占比（已报的院校中）", "share without income, of those told")
    )
    income: float | None = field(
        metadata=label(
            "技术服务收入（已知，元）",
            "technical service income, as known, yuan",
            head=Text("收入（元）", "income, yuan"),
        )
    )
    enterprises: int = field(
        metadata=label("有技术服务收入往来的企业", "enterprises that the income comes from")
    )
    undergraduate: float | None = field(
        metadata=label(
            "全市（省）本科院校收入（已知，元）",
            "income of the undergraduate schools of the region, as known, yuan",
            head=Text("本科（元）", "undergraduate, yuan"),
        )
    )
    undergraduate_unknown: int = field(
        metadata=label(
            "未报收入的本科院校（参与者中）", "undergraduate schools that take part and have not told it"
        )
    )
    ratio: float | None = field(
        metadata=label("与本科之比", "ratio to the undergraduate total", head=Text("与本科之比", "ratio"))
    )
    stated: tuple[str, ...] = field(
        metadata=label("文件直接给出的数字", "figures that documents give", note=True)
    )
    conflicts: tuple[str, ...] = field(
        metadata=label("互相矛盾的数字", "figures that contradict each other", note=True)
    )


def service_gap(
    projection: Projection,
    *,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = RECEIVED,
) -> tuple[ServiceGap, ...]:
    r"""Technical service income per vocational school and per region, against the undergraduate total.

    With $y(h)$, the income that the claims of school $h$ tell (None where none tells it), $V(r)$ and $U(r)$ the
    vocational and the undergraduate schools of province-level region $r$, over the known incomes

    .. math::

       Y_V(r) = \sum_{h \in V(r)} y(h), \qquad \text{ratio}(r) = \frac{Y_V(r)}{Y_U(r)}, \qquad
       \text{zero share}(r) = \frac{|\{h \in V(r) : y(h) = 0\}|}{|\{h \in V(r) : y(h)\ \text{known}\}|}

    Unknown is not 0: a school without a figure is in neither sum, and `schools` less `known` are those to ask. The ratio
    is None unless every undergraduate school of the region that takes part has told its income; that of a school is its
    own income against the same total.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of a cooperation whose income counts: done, or under way. What is only planned has brought nothing.

    Returns
    -------
    tuple of ServiceGap
        Regions first; then the vocational schools that take part (`graph.gaps.participation`), those with no income
        first, then the smallest, those of unknown income last.

    Notes
    -----
    Incomes of one pair told by several sources count once (`graph.gaps.amounts`); contradictions are shown, those of
    undergraduate schools at the region, whose ratio rests on them. What
    documents state of the whole (6.3 亿元, one twelfth) stands in `stated`, at the region alone, and where all schools
    that take part are of one region; it is never added. $O(m)$ for $m$ claims, but for sorting.

    References
    ----------
    .. [1] 教育部等六部门, 职业学校校企合作促进办法, 教职成〔2018〕1 号, 第七条: technical service by vocational schools.
    """
    projection = projection.beyond  # income and totals of the province are the same for each region in it
    told = _incomes(projection, minimum_confidence, realised)
    around = provinces.regions_around(projection, minimum_confidence, "School")
    participating = participants(projection, ("School",), minimum_confidence)
    taking_part = {projection.register.ids[number]: number for number in participating.numbers.tolist()}
    region_of = {
        school: provinces.province_of(projection, around, school)
        for school in (*projection.ids("School"), *taking_part)
    }
    members: dict[str, set[str]] = {}
    for school, region in region_of.items():
        if region:
            members.setdefault(region, set()).add(school)
    active = {region for school in taking_part if (region := region_of[school])}
    totals = {region: _Total.of(projection, members[region], taking_part, told) for region in active}
    reports = _stated(projection, minimum_confidence) if len(active) == 1 else _Reports((), ())
    found = [
        _region(projection, region, total, reports)
        for region, total in totals.items()
        if total.rows or reports.rows
    ]
    for school, number in taking_part.items():
        if projection.value(school, "level") not in VOCATIONAL:
            continue
        pairs = told.get(school, {})
        region = region_of[school]
        total = totals[region] if region else None
        found.append(_school(projection, school, partial(participating.rows, number), pairs, total))
    return tuple(sorted(found, key=_order))


@dataclass(frozen=True, slots=True)
class _Reports:
    """The figures that documents give of technical service, and the rows of REPORTS that tie them."""

    texts: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Total:
    """The vocational schools of a region, what they and the undergraduate schools earn, from which claims."""

    schools: int
    known: dict[str, float]
    enterprises: int
    undergraduate: float | None
    untold: int
    rows: frozenset[int]
    conflicts: tuple[str, ...]

    def ratio(self, income: float | None) -> float | None:
        """An income against that of the undergraduate schools, where all of these are known."""
        if income is None or not self.undergraduate or self.untold:
            return None
        return round(income / self.undergraduate, 4)

    @classmethod
    def of(
        cls,
        projection: Projection,
        members: Iterable[str],
        taking_part: Collection[str],
        told: dict[str, dict[str, Amount]],
    ) -> _Total:
        level = {school: projection.value(school, "level") for school in members}
        vocational = [school for school, one in level.items() if one in VOCATIONAL]
        earned = {school: together(told.get(school, {}).values()) for school in level}
        known = {school: value for school in vocational if (value := earned[school].value) is not None}
        higher = [school for school, one in level.items() if one in UNDERGRADUATE]
        above = together(earned[school] for school in higher)
        counted = frozenset(row for school in known for row in earned[school].rows) | above.rows
        return cls(
            len(vocational),
            known,
            len({one for school in known for one in told[school] if told[school][one].value}),
            above.value,
            sum(earned[school].value is None for school in higher if school in taking_part),
            counted,
            tuple(
                f"{projection.name(school)}·{one}"
                for school in sorted(higher, key=lambda one: (projection.name(one), one))
                for one in _contradictions(projection, told.get(school, {}))
            ),
        )


def _contradictions(projection: Projection, pairs: Mapping[str, Amount]) -> tuple[str, ...]:
    """The amounts of a school's enterprises that other sources give otherwise."""
    return tuple(
        sorted(
            f"{projection.name(enterprise)}：{one.value:.10g} ≠ {other:.10g}"
            for enterprise, one in pairs.items()
            for other in one.others
        )
    )


def _incomes(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, dict[str, Amount]]:
    """School → enterprise → what the claims tell of the income."""
    claims = projection.claims("COOPERATES_WITH")
    heads, tails = claims.column("head"), claims.column("tail")
    _, known = claims.numbers("income")
    rows: dict[tuple[str, str], list[int]] = {}
    for row in np.flatnonzero(known & claims.done(minimum_confidence, realised)).tolist():
        rows.setdefault((heads[row], tails[row]), []).append(row)
    found: dict[str, dict[str, Amount]] = {}
    for (school, enterprise), own in rows.items():
        told = amount(projection, "COOPERATES_WITH", own, "income")
        if told.value is not None:
            found.setdefault(school, {})[enterprise] = told
    return found


def _region(projection: Projection, region: str, total: _Total, reports: _Reports) -> ServiceGap:
    income = math.fsum(total.known.values()) if total.known else None
    zero = sum(value == 0 for value in total.known.values())
    own = {"COOPERATES_WITH": set(total.rows)}
    documents = {"REPORTS": set(reports.rows)}
    return ServiceGap(
        subject=Named(projection.name(region), region),
        kind=label_of(region),
        level=None,
        schools=total.schools,
        known=len(total.known),
        zero=zero,
        zero_share=zero / len(total.known) if total.known else None,
        income=income,
        enterprises=total.enterprises,
        undergraduate=total.undergraduate,
        undergraduate_unknown=total.untold,
        ratio=total.ratio(income),
        stated=reports.texts,
        conflicts=total.conflicts,
        evidence=later(_telling, projection, documents, own, 2),
        confidence=surest(projection, own if total.rows else documents),
    )


def _school(
    projection: Projection,
    school: str,
    taking_part: Callable[[], RowsByKind],
    pairs: dict[str, Amount],
    total: _Total | None,
) -> ServiceGap:
    earned = together(pairs.values())
    own = {"COOPERATES_WITH": set(earned.rows)}
    premise: RowsByKind = own if earned.rows else taking_part()
    return ServiceGap(
        subject=Named(projection.name(school), school),
        kind="School",
        level=projection.value(school, "level"),
        schools=1,
        known=int(earned.value is not None),
        zero=int(earned.value == 0),
        zero_share=None,
        income=earned.value,
        enterprises=sum(bool(one.value) for one in pairs.values()),
        undergraduate=total.undergraduate if total else None,
        undergraduate_unknown=total.untold if total else 0,
        ratio=total.ratio(earned.value) if total else None,
        stated=(),
        conflicts=_contradictions(projection, pairs),
        evidence=later(_telling, projection, own, premise),
        confidence=surest(projection, premise),
    )


def _telling(
    projection: Projection, first: RowsByKind, then: RowsByKind, shown: int = EVIDENCE_SHOWN
) -> tuple[Claim, ...]:
    return in_turn(best_evidence(projection, first, shown), best_evidence(projection, then))


def _stated(projection: Projection, minimum_confidence: float) -> _Reports:
    """Reported totals of technical service that are about no single body, and shares of the undergraduate total."""
    about = projection.claims("ABOUT")
    single = {about.column("head")[row] for row in about.believed(minimum_confidence)}
    claims = projection.claims("REPORTS")
    tails = claims.column("tail")
    texts: set[str] = set()
    rows: list[int] = []
    for row in claims.believed(minimum_confidence):
        one = tails[row]
        metric, unit = projection.value(one, "metric") or "", projection.value(one, "unit")
        value, year = projection.value(one, "value"), projection.value(one, "year")
        share = unit == "比例" and "本科" in metric
        if value is None or one in single or not (share or any(word in metric for word in _METRICS)):
            continue
        when = f"（{year}）" if year is not None else ""
        comparator = projection.value(one, "comparator") or "="
        texts.add(f"{metric} {comparator} {number_text(value, unit)}{when}")
        rows.append(row)
    return _Reports(tuple(sorted(texts)), tuple(rows))


def _order(one: ServiceGap) -> tuple[bool, bool, float, Named]:
    income = one.income
    return one.kind != "Region", income is None, income if income is not None else 0.0, one.subject


QUESTION = Question(
    name="service_gap",
    title=Text(zh="技术服务到款差距", en="Technical service of schools"),
    definition=Text(
        zh="职业院校为企业提供技术服务的收入：每校多少、多少所为零、多少所未报；全市（省）合计与本科院校之比。未报不算零，"
        "计划中的合作不计，文件给出的总数并列而不相加。",
        en="What vocational schools earn by technical service to enterprises: how much each, how many nothing, how many "
        "are not told; the total of the city or province against its undergraduate schools. Not told is not zero, plans "
        "do not count, and totals that documents give stand beside, never added.",
    ),
    finding=ServiceGap,
    answer=service_gap,
    labels=("School", "Enterprise", *provinces.LABELS, "Statistic"),
    kinds=tuple(dict.fromkeys((*participation.KINDS, *provinces.KINDS, "REPORTS", "ABOUT"))),
)
