"""`specialty_adjustment` by hand: open, grow, hold, merge or stop, for each specialty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.beside.filling import Filling
from benchmarks.beside.market import Kind, Market, Supplied, market
from benchmarks.beside.matching import Assigned, assigned, classes
from benchmarks.beside.plain import Claim, Named, Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.residual import reached, residual_of
from benchmarks.beside.teaching_units import Unit, by_school, enough, largest_first, units
from benchmarks.beside.yearly import ByYear, complete, rates, trend, yearly
from graph.gaps.advice import Thresholds
from graph.gaps.market import LADDER

Decision = tuple[str, int | None, tuple[str, ...]]


@dataclass
class Signals:
    """What is known of a specialty; None is unknown."""

    graduates: int | None
    demand: int | None
    rates: dict[int | None, float]
    in_field: float | None
    low: int
    idle: int
    trend: float | None
    perhaps_low: bool
    absorbed: tuple[int, int]
    short: int = 0
    surplus: int | None = None
    at_most: int | None = None
    schools: int = 0
    enough: int = 0
    spared: bool = False

    @property
    def employment(self) -> float | None:
        """The latest rate."""
        return _latest(self.rates)


@dataclass
class Rounds:
    """The market, who fits whom, and the assignments with the demand as it is, less and more."""

    sides: Market
    fits: Filling
    made: list[Assigned]
    up_to: list[list[int]]
    year: int | None
    retention: float
    limits: Thresholds


def loop(
    plain: Plain,
    *,
    by: str = "specialty",
    only: str | None = None,
    shift: float = 0.2,
    tolerance: float = 0.1,
    lowest_employment: float = 0.6,
    low_years: int = 2,
    good_employment: float = 0.9,
    lowest_in_field: float = 0.5,
    idle_years: int = 3,
    horizon: int = 3,
    opening: int = 30,
    year: int | None = None,
    retention: float = 1.0,
) -> list[Row]:
    """One row a specialty (or group, or offering) that is taught; by specialty, one for each thing to open."""
    sides = market(plain, year, retention)
    fits, sorts = Filling(sides), classes(sides)
    made = [assigned(sides, demand, sorts) for demand in (1, 1 - shift, 1 + shift)]
    up_to = [reached(residual_of(one)) for one in made]
    limits = Thresholds(
        tolerance, lowest_employment, low_years, good_employment, lowest_in_field, idle_years, horizon
    )
    rounds = Rounds(sides, fits, made, up_to, year, retention, limits)
    found = [_taught(plain, rounds, *one, at_school=by == "offering") for one in _units(plain, sides, by)]
    found += _to_open(plain, sides, fits, shift, opening) if by == "specialty" else []
    return [row for row in found if only in (None, row["advice"])]


def _units(plain: Plain, sides: Market, by: str) -> Iterator[tuple[Unit, Unit]]:
    """What is judged, and the family in which schools crowd each other."""
    for family in units(plain, sides):
        if bool(family.groups) != (by == "group"):
            continue
        if by == "specialty":
            yield family, family
        elif by == "offering":
            for place in family.offerings:
                school = sides.supplied[place].school
                yield Unit(family.subject, [place], {school} if school else set()), family
        for group in family.groups:
            schools = sides.taught.hosts[group]
            own = [
                place
                for place in family.offerings
                if group
                in sides.taught.offerings[sides.supplied[place].school, sides.supplied[place].kind[0]].groups
                and sides.supplied[place].school in schools
            ]
            yield Unit(group, own, {*schools}, (group,)), family


def _taught(plain: Plain, rounds: Rounds, unit: Unit, family: Unit, *, at_school: bool) -> Row:
    sides, places, limits = rounds.sides, unit.offerings, rounds.limits
    own = [sides.supplied[place] for place in places]
    needs = rounds.fits.of(rounds.fits.kinds(places))
    headcounts = [need.headcount for need in needs if need.headcount is not None]
    now = _signals(rounds, unit, sum(headcounts) if headcounts else None)
    every = [sides.supplied[place] for place in family.offerings]
    people = by_school(every)
    most_first = sorted(people.values(), reverse=True)
    ranked = largest_first(plain, family.schools, people)
    absorbed = _absorbed(rounds, every)
    decisions, told = [], []
    for made, reach in zip(rounds.made, rounds.up_to, strict=True):
        taken = max(sum(made.placed[place] for place in family.offerings), absorbed[1])
        placed = sum(made.placed[place] for place in places)
        now.short = max((reach[made.classes.supplies[one.kind]] for one in own), default=0)
        if now.graduates is not None:
            now.at_most, now.surplus = (
                max(0, now.graduates - max(placed, working)) for working in now.absorbed
            )
        now.schools, now.enough = len(people), enough(most_first, taken)
        now.spared = now.enough < len(unit.schools)
        if unit is not family:
            now.spared = not unit.schools <= {*ranked[: now.enough]}
        unsure = now.surplus == 0 and now.at_most
        told.append((now.short, None if unsure else now.surplus, now.enough))
        decisions.append(_decide(now, limits))
    (advice, concerned, reasons), (less, *_), (more, *_) = decisions
    short, surplus, sufficient = told[0]
    silent = sorted(
        plain.named(one.school)[0] if one.school else "？" for one in own if one.graduates is None
    )
    missing = [f"毕业生数：{name}" for name in silent[:3]]
    if unknown := len(needs) - len(headcounts):
        missing.append(f"{unknown} 条需求的人数")
    elif now.demand is None:
        missing.append("哪些企业要这样的人、要多少")
    if now.employment is None:
        missing.append("就业人数")
    if now.in_field is None:
        missing.append("对口就业人数")
    else:
        untold = [one for one in own if one.graduates is not None and not _telling(rounds, one)]
        schools = sorted(plain.named(one.school)[0] if one.school else "？" for one in untold)
        missing += [f"对口就业或升学人数：{name}" for name in schools[:3]]
    if now.perhaps_low:
        missing.append("升学人数")
    if unit.groups:
        claims = [
            claim
            for group in unit.groups
            for kind in ("HOSTS", "STATES")
            for claim in plain.at(kind, group, None)
        ]
        claims += [claim for group in unit.groups for claim in plain.of("INCLUDES", group, None)]
    else:
        claims = []
    claims += [claim for one in own for claim in sides.taught.offerings[one.school, one.kind[0]].claims]
    claims = claims or [*plain.at("INCLUDES", unit.subject, None)]
    asking = [claim for need in needs for claim in need.claims]
    both = now.graduates is not None and now.demand is not None
    return {
        "subject": plain.named(unit.subject),
        "school": min(plain.names(unit.schools)) if at_school and unit.schools else None,
        "kind": label(unit.subject),
        "level": None if unit.groups else plain.value(unit.subject, "level"),
        "advice": advice,
        "people": concerned,
        "reasons": reasons,
        "if_less": less,
        "if_more": more,
        "robust": advice == less == more,
        "graduates": now.graduates,
        "demand": now.demand,
        "placed": None if now.graduates is None else sum(rounds.made[0].placed[place] for place in places),
        "short": short,
        "surplus": surplus if both else None,
        "employment": _rounded(now.employment),
        "in_field": _rounded(now.in_field),
        "employment_years": tuple(f"{year or '–'}：{_percent(rate)}" for year, rate in now.rates.items()),
        "trend": _rounded(now.trend),
        "schools": plain.names(unit.schools),
        "enough": sufficient if both else None,
        "missing": tuple(missing),
        **_evidence(telling(claims, 3), telling(asking, 2), surest(claims), surest(asking)),
    }


def _signals(rounds: Rounds, unit: Unit, demand: int | None) -> Signals:
    own = [rounds.sides.supplied[place] for place in unit.offerings]
    figures = _figures(rounds, own)
    employment, at_most = (
        rates(figures, ("employed", "further_study"), "graduates", at_most=most) for most in (False, True)
    )
    students = trend(figures, "enrolled")
    people = by_school(own)
    limits = rounds.limits
    low, surely_low = (
        _running(one, lambda rate: rate < limits.lowest_employment) for one in (employment, at_most)
    )
    return Signals(
        graduates=sum(people.values()) if people else None,
        demand=demand,
        rates=employment,
        in_field=_latest(rates(figures, ("in_field",), "employed")),
        low=surely_low,
        perhaps_low=low >= limits.low_years > surely_low,
        idle=_idle(figures),
        trend=trend(figures, "graduates") if students is None else students,
        absorbed=_absorbed(rounds, own),
    )


def _figures(rounds: Rounds, own: list[Supplied]) -> list[ByYear]:
    offerings, last = rounds.sides.taught.offerings, rounds.year
    every = [yearly(offerings[one.school, one.kind[0]].claims) for one in own]
    if last is None:
        return every
    return [
        {year: told for year, told in figures.items() if year is not None and year <= last}
        for figures in every
    ]


def _telling(rounds: Rounds, one: Supplied) -> list[int]:
    """Those of an offering who work in their field and who study on, where it tells either: its newest figures."""
    found = []
    for name in ("in_field", "further_study"):
        told = {
            year: values[name]
            for values_of in _figures(rounds, [one])
            for year, values in values_of.items()
            if name in values and rounds.year in (None, year)
        }
        if told:
            found.append(told[max(told, key=lambda year: year or 0)])
    return found


def _absorbed(rounds: Rounds, own: list[Supplied]) -> tuple[int, int]:
    """Those who work in their field or study on, of them who stay; and the same with all of whom neither is told."""
    people, untold = 0, 0
    for one in own:
        told = _telling(rounds, one)
        people += sum(told)
        untold += 0 if told else one.graduates or 0
    known = int(people * Fraction(str(rounds.retention)))
    return known, known + untold


def _idle(figures: list[ByYear]) -> int:
    """In how many of the last years that all tell nobody studied; 0 where later there are students or graduates."""
    students = complete(figures, "enrolled")
    busy = {
        year
        for own in figures
        for year, told in own.items()
        if year is not None and (told.get("enrolled") or told.get("graduates"))
    }
    if students and busy and max(busy) > max(year for year in students if year is not None):
        return 0
    return _running(students, lambda number: number == 0)


def _decide(now: Signals, limits: Thresholds) -> Decision:
    """The first rule that holds."""
    least = limits.tolerance * (now.graduates or 0)
    unmet = now.short > 0 and now.short >= least
    employed = [f"毕业去向落实率 {_percent(now.employment)}"] if now.employment is not None else []
    employed += [f"对口率 {_percent(now.in_field)}"] if now.in_field is not None else []
    if now.idle >= limits.idle_years:
        return "停办", None, (f"连续 {now.idle} 年没有在校生",)
    if now.low >= limits.low_years:
        why = f"毕业去向落实率连续 {now.low} 年低于下限，最近 {_percent(now.employment)}"
        if unmet:
            return "保持", None, (why, f"而岗位还缺 {now.short} 人：先改培养，再谈规模")
        return "停办", now.graduates, (why,)
    if unmet:
        return _unmet(now, employed, limits)
    if now.demand is not None and now.surplus is not None and now.surplus > least:
        return _too_many(now, employed, limits)
    if now.demand is None and now.employment is None:
        return "待定", None, ("既没有需求数，也没有就业数",)
    if now.demand is None:
        return "保持", None, ("没有需求数，只看就业", *employed)
    if now.at_most is None:
        return "保持", None, ("没有毕业生数，也没有缺口",)
    if now.at_most > least:
        over = f"至多 {now.at_most} 名毕业生没有已知需求，其中有的是否对口就业或升学没有报"
        if doubt := _doubt(now, limits):
            return "保持", None, (over, doubt)
        return "待定", None, (over, *employed)
    return "保持", None, ("供需大致平衡", *employed)


def _unmet(now: Signals, employed: list[str], limits: Thresholds) -> Decision:
    why = f"能满足的岗位还缺 {now.short} 人"
    if now.graduates is None:
        return "待定", None, (why, "没有毕业生数：也许已经补上")
    if now.in_field is not None and now.in_field < limits.lowest_in_field:
        return "保持", None, (why, f"对口率只有 {_percent(now.in_field)}：先查为什么")
    if now.graduates * ((1 + (now.trend or 0)) ** limits.horizon - 1) >= now.short:
        return "保持", None, (why, f"在校生每年增 {_percent(now.trend)}，{limits.horizon} 年内可补上")
    growing = [f"在校生每年 {now.trend * 100:+.1f}%"] if now.trend is not None else []
    return "扩大", now.short, (why, *growing, *employed)


def _too_many(now: Signals, employed: list[str], limits: Thresholds) -> Decision:
    over = f"{now.surplus} 名毕业生没有已知需求，也没有对口就业或升学"
    if doubt := _doubt(now, limits):
        return "保持", None, (over, doubt)
    if now.enough >= now.schools:
        return "保持", None, (over, "不宜扩招，可减招", *employed)
    crowd = f"报了毕业生数的院校 {now.schools} 所，{now.enough} 所就够"
    if now.spared:
        return "合并", now.surplus, (over, crowd, *employed)
    return "保持", None, (crowd, "合并时保留本校")


def _doubt(now: Signals, limits: Thresholds) -> str | None:
    if now.employment is None or now.employment < limits.good_employment or now.in_field is not None:
        return None
    return f"但就业率 {_percent(now.employment)}，对口率没有报：需求可能没报全"


def _to_open(plain: Plain, sides: Market, fits: Filling, shift: float, opening: int) -> list[Row]:
    """What is demanded and nobody teaches."""
    filled = fits.kinds(range(len(sides.supplied)))
    open_to: dict[str, list[Kind]] = {}
    for kind, needs in fits.needs.items():
        if kind in filled or all(need.headcount is None for need in needs):
            continue
        post, want = kind[0], LADDER.get(kind[1] or "", -1)
        reaching = [
            one
            for one in sides.suited.get(post, ())
            if LADDER.get(plain.value(one, "level") or "", want) >= want
        ]
        for subject in reaching or [post]:
            open_to.setdefault(subject, []).append(kind)
    teaching: dict[str, dict[str, int]] = {}
    for one in sides.supplied:
        if one.school and (name := plain.value(one.kind[0], "class_name")):
            schools = teaching.setdefault(name, {})
            schools[one.school] = schools.get(one.school, 0) + 1
    found = []
    for subject, kinds in open_to.items():
        needs = fits.of(kinds)
        people = [need.headcount for need in needs if need.headcount is not None]
        less, now, more = (round(sum(people) * by) for by in (1 - shift, 1.0, 1 + shift))
        if now < opening:
            continue
        could: tuple[Named, ...] = ()
        if label(subject) == "Specialty":
            own = teaching.get(plain.value(subject, "class_name") or "", {})
            ranked = sorted((-count, plain.named(school)) for school, count in own.items())
            could = tuple(school for _, school in ranked[:5])
        claims = [claim for need in needs for claim in need.claims]
        if_less, if_more = ("保持" if one < opening else "增设" for one in (less, more))
        found.append(
            {
                "subject": plain.named(subject),
                "school": None,
                "kind": label(subject),
                "level": plain.value(subject, "level") if label(subject) == "Specialty" else None,
                "advice": "增设",
                "people": now,
                "reasons": _why_open(plain, sides, subject, {kind[0] for kind in kinds}, now),
                "if_less": if_less,
                "if_more": if_more,
                "robust": if_less == if_more == "增设",
                "graduates": None,
                "demand": now,
                "placed": None,
                "short": now,
                "surplus": None,
                "employment": None,
                "in_field": None,
                "employment_years": (),
                "trend": None,
                "schools": could,
                "enough": None,
                "missing": (),
                **rests_on(telling(claims), surest(claims)),
            }
        )
    return found


def _why_open(plain: Plain, sides: Market, subject: str, posts: set[str], people: int) -> tuple[str, ...]:
    need = f"需要 {people} 人：{'、'.join(name for name, _ in plain.names(posts))}"
    others = {one for post in posts for one in sides.suited.get(post, ())} - {subject}
    told = "、".join(name for name, _ in plain.names(others))
    if label(subject) == "Occupation":
        return need, f"面向它的专业层次都低于要求：{told}" if others else "没有记载哪个专业面向它：先定专业"
    return (need, "没有院校开设", f"面向同一岗位的还有：{told}") if others else (need, "没有院校开设")


def _evidence(teaching: list[Claim], asking: list[Claim], *sure: float | None) -> Row:
    return rests_on(in_turn(teaching, asking), min((one for one in sure if one is not None), default=None))


def _latest(by_year: dict[int | None, float]) -> float | None:
    return [*by_year.values()][-1] if by_year else None


def _running(by_year: dict[int | None, float], holds: Callable[[float], bool]) -> int:
    """In how many of the last years, one after the other, it holds."""
    count, before = 0, None
    for year, value in reversed(by_year.items()):
        if not holds(value) or (before is not None and year is not None and before - year != 1):
            break
        count, before = count + 1, year
    return count


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f}%"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0
