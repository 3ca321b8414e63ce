"""`targets` by hand: each target of each document against the newest figure reported for the same thing."""

from __future__ import annotations

from collections.abc import Collection

from benchmarks.beside.alike import Alike
from benchmarks.beside.issuers import places_of_issuers
from benchmarks.beside.plain import Claim, Plain, Row, rests_on, surest, telling
from graph.gaps.reported import FILLING, LEAST
from graph.gaps.stated import number_text
from graph.gaps.targets import COUNTED, LEVELS, LIKENESS, YEARS_SHOWN
from graph.identity import normalise_name, scope_of
from graph.project import is_reference


class Statistics:
    """What is reported, by metric and unit."""

    def __init__(
        self, plain: Plain, told: Collection[str], about: dict[str, set[str]], likeness: float
    ) -> None:
        self._plain, self._about, self._likeness = plain, about, likeness
        self._found: dict[str, list[str]] = {}
        self._by_metric: dict[tuple[str, str | None], dict[str | None, list[str]]] = {}
        self.stems: dict[str, str] = {}
        stems: dict[str, str] = {}  # of each metric, as there are few
        for one in plain.labelled["Statistic"]:
            if one in told and plain.value(one, "value") is not None:
                metric = plain.value(one, "metric") or plain.named(one)[0]
                if metric not in stems:
                    stems[metric] = stem_of(metric)
                self.stems[one] = stems[metric]
                own = self._by_metric.setdefault((stems[metric], plain.value(one, "unit")), {})
                for node in about.get(one, (None,)):
                    own.setdefault(node, []).append(one)
                if self._of_regions(one):
                    own.setdefault("Region", []).append(one)
        self._alike: Alike | None = None

    def of(self, metric: str, unit: str | None, about: set[str]) -> list[str]:
        """Those of the same metric and unit that are about the same; where there are none, those of a like metric."""
        own = self._by_metric.get((metric, unit), {})
        nodes = about | {None} if about else {None, "Region"}
        same = {one for node in nodes for one in own.get(node, ())}
        if same or self._likeness >= 1:
            return [*same]
        if metric not in self._found:
            self._found[metric] = self._like(metric)
        return [
            one
            for one in self._found[metric]
            if self._plain.value(one, "unit") == unit
            and (one not in self._about or about & self._about[one] or (not about and self._of_regions(one)))
        ]

    def _of_regions(self, one: str) -> bool:
        own = self._about.get(one)
        return own is not None and all(node.startswith("Region:") for node in own)

    def _like(self, metric: str) -> list[str]:
        if self._alike is None:
            self._alike = Alike((stem, one) for one, stem in self.stems.items())
        like = {one for _, one in self._alike.to(metric, self._likeness)}
        within = {stem for stem in {*self.stems.values()} if _within(stem, metric)}
        return [one for one, stem in self.stems.items() if one in like or stem in within]


def stem_of(metric: str) -> str:
    """A metric without words such as 数 or 比例."""
    return FILLING.sub("", normalise_name(metric))


def loop(plain: Plain, *, today: int | None = None, likeness: float = LIKENESS) -> list[Row]:
    """One row a target that a document sets."""
    about: dict[str, set[str]] = {}
    for claim in plain.all("ABOUT", None):
        about.setdefault(claim["head"], set()).add(claim["tail"])
    told: dict[str, list[Claim]] = {}
    for kind in ("SETS", "REPORTS"):
        for claim in plain.all(kind, None):
            if not is_reference(claim["source"]):
                told.setdefault(claim["tail"], []).append(claim)
    issued = [plain.value(one, "issued") for one in plain.labelled["PolicyDocument"]]
    now = today or max((int(day[:4]) for day in issued if day), default=None)
    statistics, places = Statistics(plain, told, about, likeness), places_of_issuers(plain)
    found = []
    for target in plain.labelled["Target"]:
        if target in told and plain.value(target, "value") is not None:
            document = min((plain.named(claim["head"]) for claim in told[target]), default=None)
            metric = plain.value(target, "metric") or plain.named(target)[0]
            stem, unit = stem_of(metric), plain.value(target, "unit")
            fits = statistics.of(stem, unit, about.get(target, set()))
            row = _compared(plain, target, document and document[1], fits, now, statistics.stems)
            years = [plain.value(one, "year") or 0 for one in fits]
            newest = [one for one, year in zip(fits, years, strict=True) if year == max(years)]
            claims = [claim for one in newest for claim in told[one]]
            sure = [one for one in (surest(told[target]), surest(claims)) if one is not None]
            found.append(
                {
                    "target": (metric, target),
                    "document": document,
                    **row,
                    "counted": _counted(plain, metric, unit),
                    "about": plain.names(about.get(target, ())),
                    "region": places.get(document[1] if document else scope_of(target) or "", ()),
                    **rests_on([*telling(told[target], 2), *telling(claims, 3)], min(sure)),
                }
            )
    return found


def _compared(
    plain: Plain, target: str, document: str | None, fits: list[str], now: int | None, stems: dict[str, str]
) -> Row:
    values = plain.nodes[target]
    wanted, unit, due, sign = values["value"], values["unit"], values["year"], values["comparator"] or "="
    metric = values["metric"] or plain.named(target)[0]
    row: Row = {
        "due": due,
        "wanted": f"{sign} {number_text(wanted, unit)}",
        "actual": None,
        "actual_year": None,
        "state": "缺实际数",
        "expected": None,
        "pace": None,
        "path": (),
        "measured_by": None,
        "conflicts": (),
    }
    if not fits:
        return row
    dated = [(plain.value(one, "year"), plain.value(one, "value"), one) for one in fits]
    newest = max(year or 0 for year, _, _ in dated)
    latest = [(value, one) for year, value, one in dated if (year or 0) == newest]
    earlier = [value for year, value, _ in dated if year is not None and year < newest]
    falling = sign == "=" and bool(earlier) and min(earlier) > wanted
    below = falling or sign in ("≤", "<")
    actual, one = max(latest) if below else min(latest)
    year, expected, pace = plain.value(one, "year"), None, None
    day = plain.value(document, "issued") if document else None
    before = [
        (told, -value if below else value)
        for told, value, _ in dated
        if day and year and told and told <= int(day[:4]) and told < year
    ]
    if before and due:
        begun, value = max(before)
        base = -value if below else value
        if due > begun:
            expected = base + (wanted - base) * (year - begun) / (due - begun)
    if due and year and due > year:
        pace = (wanted - actual) / (due - year)
    reaches = actual <= wanted if falling else actual >= wanted
    holds = {"≤": actual <= wanted, "<": actual < wanted, ">": actual > wanted}.get(sign, reaches)
    if holds:
        state = "已达到"
    elif due and ((now and now > due) or (year and year >= due)):
        state = "到期未达到"
    elif expected is not None:
        state = "落后" if (actual > expected if below else actual < expected) else "进度正常"
    else:
        state = "未到期，无基期数"
    same = {number_text(value, unit) for value, other in latest if stems[other] == stems[one]}
    name = plain.value(one, "metric") or plain.named(one)[0]
    row |= {
        "actual": number_text(actual, unit),
        "actual_year": year,
        "state": state,
        "expected": None if expected is None else round(expected, 4),
        "measured_by": f"同一指标“{name}”"
        if stems[one] == stem_of(metric)
        else f"名称相近的指标“{name}”，请核对口径",
        "conflicts": tuple(sorted(same)) if len(same) > 1 else (),
    }
    if pace is not None and not holds:
        years = [*range(year + 1, due + 1)]
        shown = years if len(years) <= YEARS_SHOWN else [*years[: YEARS_SHOWN - 1], due]
        row["pace"] = round(pace, 4)
        row["path"] = tuple(
            f"{at}：{number_text(round(actual + pace * (at - year), 4), unit)}" for at in shown
        )
    return row


def _within(metric: str, wanted: str) -> bool:
    """Whether one has the characters of the other in their order, and those are at least half of it."""
    shorter, longer = sorted((metric, wanted), key=len)
    letters = iter(longer)
    return (
        len(shorter) >= LEAST and 2 * len(shorter) >= len(longer) and all(one in letters for one in shorter)
    )


def _counted(plain: Plain, metric: str, unit: str | None) -> int | None:
    """How many of the things counted the graph knows; of the level that the metric names."""
    if unit not in ("个", "所", "家"):
        return None
    stem = metric.removesuffix("数")
    for word, kind in COUNTED.items():
        before = stem.removesuffix(word).removesuffix("的")
        if stem.endswith(word) and before in ("", *LEVELS):
            ids = plain.labelled[kind]
            return sum(not before or plain.value(one, "level") == before for one in ids)
    return None
