"""What to do with each specialty (专业动态调整): open, grow, hold, merge, stop, with reasons and a sensitivity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from graph.errors import LiantuError
from graph.gaps import crowd, market
from graph.gaps.advice import ADVICE, HOLD, OPEN, Signals, Thresholds, decide
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    named,
    surest,
    telling,
)
from graph.gaps.fitting import Fitting, NeedClass, fitting
from graph.gaps.market import Market
from graph.gaps.matching import match, rank
from graph.gaps.provision import Offering
from graph.gaps.teaching import Premises, Unit, alike_groups, specialties
from graph.gaps.yearly import Yearly, yearly
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

BY: Final = ("specialty", "group", "offering")
COULD_OPEN: Final = 5  # schools named that teach the class of a specialty to open
TREND_YEARS: Final = 5
MISSING_SHOWN: Final = 3
LEGEND: Final = Text(
    zh="人数：增设、扩大是至多还缺的人（几个专业可能指同一批），合并、停办是富余的毕业生。"
    "敏感性：全部需求少、多这么多（shift，默认 20%）时的建议；“稳”是三者相同。",
    en="People: short at most (several specialties may mean the same people) or left over. Sensitivity: the advice with "
    "so much less and more demand (shift, 20 % by default); robust: all three agree.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialtyAdjustment(Finding):
    """A specialty, group or offering, and what the signals advise."""

    subject: Named = field(
        metadata=label("专业、专业群或岗位", "specialty, group or post", head=Text("对象", "subject"))
    )
    school: Named | None = field(metadata=label("院校（按专业点时）", "school, where told by offering"))
    kind: str = field(metadata=label("类别", "kind"))
    level: str | None = field(metadata=label("层次", "level", head=Text("层次", "level")))
    advice: Text = field(metadata=label("建议", "advice", head=Text("建议", "advice")))
    people: int | None = field(
        metadata=label("涉及人数（至多）", "people that it concerns, at most", head=Text("人数", "people"))
    )
    reasons: tuple[Text, ...] = field(metadata=label("理由", "reasons", note=True))
    if_less: Text = field(
        metadata=label(
            "需求减少时的建议", "advice with less demand", head=Text("需求少时", "less demand"), legend=LEGEND
        )
    )
    if_more: Text = field(
        metadata=label("需求增加时的建议", "advice with more demand", head=Text("需求多时", "more demand"))
    )
    robust: bool = field(metadata=label("稳", "robust: the same advice in all three"))
    graduates: int | None = field(
        metadata=label(
            "留下的毕业生数（已知）", "graduates who stay, as known", head=Text("毕业生", "graduates")
        )
    )
    demand: int | None = field(metadata=label("能满足的需求人数（已知）", "people needed whom it could fill"))
    placed: int | None = field(metadata=label("匹配到需求的", "placed when all supply is matched"))
    short: int = field(
        metadata=label("至多还能补上的缺口", "people short whom it could help to meet, at most")
    )
    surplus: int | None = field(metadata=label("富余", "left over: no known need, no work in the field"))
    employment: float | None = field(
        metadata=label(
            "毕业去向落实率（最近一年）",
            "found work or study on, latest year",
            head=Text("落实率", "employed"),
        )
    )
    in_field: float | None = field(
        metadata=label(
            "对口率（最近一年）",
            "in their field, of those employed, latest year",
            head=Text("对口率", "field"),
        )
    )
    employment_years: tuple[str, ...] = field(metadata=label("各年落实率", "employment by year"))
    trend: float | None = field(
        metadata=label(
            "在校生每年变化", "students, change a year", head=Text("在校生每年", "students a year")
        )
    )
    schools: tuple[Named, ...] = field(
        metadata=label("开设（或可开设）的院校", "schools that teach (or could)")
    )
    enough: int | None = field(metadata=label("够用的院校数", "schools that would be enough"))
    missing: tuple[Text, ...] = field(metadata=label("尚需补充", "still to ask for", note=True))


def specialty_adjustment(
    projection: Projection,
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
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[SpecialtyAdjustment, ...]:
    r"""Open, grow, hold, merge or stop: for each unit, from balance, employment, trend and crowding.

    For a unit $u$ (a specialty at all its schools, a group, or a specialty at one school) with graduates $G$ who stay,
    let $P$ be those whom the matching of all supply with all demand places (see `talent_balance`), $A$ those who work
    in their field or study on, as the latest year tells, $\text{short}$ the people short whom its graduates could help
    to meet at most (`up_to` of `seat_value`), $e_y$ the employment rate of year $y$ (毕业去向落实率) and $f$ the share
    of the employed who work in their field (对口率),

    .. math::

       e_y = \frac{\text{employed}_y + \text{further study}_y}{\text{graduates}_y}, \qquad
       f = \frac{\text{in field}}{\text{employed}}, \qquad
       \text{surplus} = \max(0,\ G - \max(P, A)), \qquad
       r = \Bigl(\frac{x_{last}}{x_{first}}\Bigr)^{1/(last - first)} - 1

    with $r$ the change a year of students enrolled (else graduates) within five years, of the schools that tell both
    years. The first rule that holds advises:

    1. 停办 stop: no students in the last `idle_years` years; or $e_y <$ `lowest_employment` in each of the last
       `low_years` years, and nobody short whom it could meet (with someone short: 保持 hold, mend the teaching first).
    2. 扩大 grow: $\text{short} \ge$ `tolerance` $\cdot\, G$; unless $f <$ `lowest_in_field` (hold), $G$ is unknown (待定
       undecided), or $G\,((1 + r)^{\text{horizon}} - 1) \ge \text{short}$: who is enrolled already will do (hold).
    3. 合并 merge: $\text{surplus} >$ `tolerance` $\cdot\, G$ and fewer schools than teach it would train $\max(P, A)$
       people, the largest counted first (by offering: if this school is not among these); unless
       $e \ge$ `good_employment` with $f$ untold: the needs may not be reported (hold). A surplus without a crowd: hold.
    4. 待定 undecided: neither needs nor employment are told. 保持 hold: all else.

    增设 open: what is demanded and nobody teaches, with at least `opening` people needed: the specialties that prepare
    for the post at the level asked, or the post itself where no claim says who prepares for it.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    by : str
        `specialty`, `group` or `offering`. What to open is told by specialty.
    only : str or None
        Tell one advice alone, in Chinese or English (扩大, grow).
    shift : float
        The change of all demand for the sensitivity, above 0 and below 1.
    tolerance : float
        The share of graduates below which a shortage or surplus is none.
    lowest_employment, low_years : float, int
        The employment rate below which a year is low, and how many such years running. 0.6 and 2: the ministry's rule of
        2011 [1]_; Anhui takes three years [2]_, other provinces 0.5.
    good_employment : float
        The rate from which a surplus against reported needs is doubted. This question's own choice.
    lowest_in_field : float
        The share in their field below which nothing is to grow. This question's own choice.
    idle_years : int
        Years without students after which a specialty is to be withdrawn. 3: [3]_.
    horizon : int
        The years in which those enrolled already graduate; the length of the programmes.
    opening : int
        The fewest people needed for which a specialty is opened: a class. This question's own choice.
    year : int or None
        Balance figures of this year alone; None: of each offering and each demand its own latest year.
    retention : float
        The share of graduates who stay (留存率), from 0 to 1.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS and INCLUDES that count as done.

    Returns
    -------
    tuple of SpecialtyAdjustment
        What asks for a decision first: open, grow, merge, stop, undecided, hold; within these by people, then name.

    Notes
    -----
    Advice to talk about, not to sign: it says which signal speaks, and `missing` what to ask for before anything is
    closed. Unknown is not 0: a rate that nobody tells is None and moves no rule. `if_less` and `if_more` ask the same
    rules with every need times 1 − `shift` and 1 + `shift`; employment and trend stay. What the matching gives to equals
    is shared in proportion. Evidence: the offers (of a group, that it exists and what it includes), and the needs that
    the unit could fill. Three matchings, and else linear in the claims but for sorting.

    References
    ----------
    .. [1] 教育部, 关于做好 2012 年全国普通高等学校毕业生就业工作的通知 (2011): below 60% two years running, fewer places
           down to none (停招); since the class of 2021 by 毕业去向落实率. For the class of 2025: 红黄牌提示制度.
    .. [2] 安徽省人民政府, 深化高校学科专业结构改革服务产业创新发展实施方案 (2022—2025 年): 60%, three years, 暂停招生.
    .. [3] 山东省教育厅, 关于做好 2017 年度高职 (专科) 专业设置工作的通知: 连续 3 年不招生的, 应提出撤销.
    .. [4] 教育部, 普通高等学校高等职业教育 (专科) 专业设置管理办法, 教职成〔2015〕10 号, art. 6: no blind or repeated
           setting up of specialties (盲目设置和重复建设).
    .. [5] 福建省教育厅, 关于做好职业院校专业建设发展规划编制工作的通知 (2023): fewer or no places for the lowest tenth
           two years running; no more schools where twenty teach a specialty already.
    """
    limits = Thresholds(
        tolerance, lowest_employment, low_years, good_employment, lowest_in_field, idle_years, horizon
    )
    _check(by, only, shift, opening, limits)
    sides = market.market(
        projection, year=year, retention=retention, minimum_confidence=minimum_confidence, realised=realised
    )
    asked = _Asked(projection, sides, retention, shift, limits, minimum_confidence)
    found = [asked.unit(*one) for one in _units(projection, sides, by)]
    if by == "specialty":
        found += asked.openings(opening)
    wanted = [one for one in found if only is None or only in (one.advice.zh, one.advice.en)]
    return tuple(sorted(wanted, key=_pressing))


def _check(by: str, only: str | None, shift: float, opening: int, limits: Thresholds) -> None:
    """`question.parameter` where a parameter means nothing."""
    words = [word for one in ADVICE for word in (one.zh, one.en)]
    shares = (
        ("tolerance", limits.tolerance),
        ("lowest_employment", limits.lowest_employment),
        ("good_employment", limits.good_employment),
        ("lowest_in_field", limits.lowest_in_field),
    )
    counts = (("low_years", limits.low_years), ("idle_years", limits.idle_years), ("opening", opening))
    checks: list[tuple[str, object, bool, str]] = [
        ("by", by, by in BY, " | ".join(BY)),
        ("only", only, only is None or only in words, " | ".join(words)),
        ("shift", shift, 0 < shift < 1, "0 < … < 1"),
        *((name, share, 0 <= share <= 1, "0 … 1") for name, share in shares),
        *((name, count, count >= 1, "≥ 1") for name, count in counts),
        ("horizon", limits.horizon, limits.horizon >= 0, "≥ 0"),
    ]
    for name, value, fits, expected in checks:
        if not fits:
            raise LiantuError("question.parameter", name=name, value=value, expected=expected)


def _units(projection: Projection, sides: Market, by: str) -> Iterator[tuple[Unit, str | None, Unit]]:
    """Each unit, the school where it is told by offering, and the family within which schools crowd each other."""
    if by == "group":
        numbers = {Offering(one.school, one.specialty): n for n, one in enumerate(sides.supplied)}
        for family in alike_groups(projection, sides):
            for group in family.groups:
                schools = frozenset(sides.provided.schools[group])
                inside = {
                    numbers[Offering(school, one)]
                    for school in schools
                    for one in sides.provided.members.get(group, ())
                }
                yield Unit(group, tuple(sorted(inside)), schools, (group,)), None, family
        return
    for family in specialties(sides):
        if by == "specialty":
            yield family, None, family
            continue
        for number in family.offerings:
            school = sides.supplied[number].school
            own = frozenset({school} if school else ())
            yield Unit(family.subject, (number,), own), school, family


class _Asked:
    """What a run of the question knows: both sides, three matchings, figures by year."""

    def __init__(
        self,
        projection: Projection,
        sides: Market,
        retention: float,
        shift: float,
        limits: Thresholds,
        minimum_confidence: float,
    ) -> None:
        self.projection, self.sides = projection, sides
        self._retention, self._shift, self._limits = retention, shift, limits
        self._fitting: Fitting = fitting(projection, sides)
        self._yearly: Yearly = yearly(projection, sides)
        self._matchings = [match(sides), match(sides, demand=1 - shift), match(sides, demand=1 + shift)]
        self._premises = Premises(projection, minimum_confidence)

    def unit(self, unit: Unit, school: str | None, family: Unit) -> SpecialtyAdjustment:
        """What is advised for one unit."""
        projection, sides, figures = self.projection, self.sides, self._yearly
        offered = [sides.supplied[n] for n in unit.offerings]
        entries = figures.entries(unit.offerings)
        rates = figures.rates(entries, ("employed", "further_study"), "graduates")
        fields = figures.rates(entries, ("in_field",), "employed")
        trend = figures.trend(unit.offerings, "enrolled", TREND_YEARS)
        trend = figures.trend(unit.offerings, "graduates", TREND_YEARS) if trend is None else trend
        classes = self._fitting.together(unit.offerings)
        demand, demand_unknown = self._fitting.people(classes)
        told = [one.graduates for one in offered if one.graduates is not None]
        graduates = sum(told) if told else None
        absorbed = self._absorbed(unit.offerings)
        around = crowd.by_school(sides, family.offerings)
        taking = self._absorbed(family.offerings)
        decisions, signals = [], []
        for made in self._matchings:
            placed = sum(made.placed[n] for n in unit.offerings)
            taken = max(sum(made.placed[n] for n in family.offerings), taking)
            needed = crowd.enough(crowd.known(around), taken)
            spared = not unit.schools <= set(self._kept(family, around, needed))
            signals.append(
                Signals(
                    graduates=graduates,
                    demand=demand,
                    short=max((made.up_to[n] for n in unit.offerings), default=0),
                    surplus=None if graduates is None else max(0, graduates - max(placed, absorbed)),
                    employment=_latest(rates),
                    in_field=_latest(fields),
                    low=_running(rates, lambda rate: rate < self._limits.lowest_employment),
                    idle=_running(
                        figures.complete(unit.offerings, "enrolled"), lambda students: students == 0
                    ),
                    trend=trend,
                    schools=len(crowd.known(around)),
                    enough=needed,
                    spared=spared,
                )
            )
            decisions.append(decide(signals[-1], self._limits))
        now, (decision, less, more) = signals[0], decisions
        taught, wanted = self._premises.taught(sides, unit), {"DEMANDS": self._fitting.rows(classes)}
        taught["OFFERS"] |= {
            row for one in offered for row in sides.provided.offered[Offering(one.school, one.specialty)]
        }
        sure = [surest(projection, rows) for rows in (taught, wanted)]
        return SpecialtyAdjustment(
            subject=Named(projection.name(unit.subject), unit.subject),
            school=Named(projection.name(school), school) if school else None,
            kind=label_of(unit.subject),
            level=projection.value(unit.subject, "level") if not unit.groups else None,
            advice=decision.advice,
            people=decision.people,
            reasons=decision.reasons,
            if_less=less.advice,
            if_more=more.advice,
            robust=less.advice == decision.advice == more.advice,
            graduates=graduates,
            demand=demand,
            placed=None if graduates is None else sum(self._matchings[0].placed[n] for n in unit.offerings),
            short=now.short,
            surplus=None if demand is None else now.surplus,
            employment=_rounded(now.employment),
            in_field=_rounded(now.in_field),
            employment_years=tuple(f"{year or '–'}：{rate * 100:.1f}%" for year, rate in rates.items()),
            trend=_rounded(trend),
            schools=named(projection, unit.schools),
            enough=now.enough if now.graduates is not None and demand is not None else None,
            missing=_missing(projection, sides, unit, demand_unknown, demand, now),
            evidence=telling(projection, (taught, 3), (wanted, 2)),
            confidence=min((each for each in sure if each is not None), default=None),
        )

    def openings(self, least: int) -> Iterator[SpecialtyAdjustment]:
        """What is demanded and nobody teaches: a specialty to open, or the post where none is known to prepare for it."""
        sides, fits = self.sides, self._fitting
        taught = fits.together(range(len(sides.supplied)))
        open_to: dict[str, list[int]] = {}
        for number, one in enumerate(fits.classes):
            if number not in taught and one.headcount is not None:
                fit = [each for each in sides.suited.get(one.demanded, ()) if self._reaches(each, one)]
                for subject in fit or [one.demanded]:
                    open_to.setdefault(subject, []).append(number)
        for subject, numbers in open_to.items():
            heads = [sides.needed[m].headcount or 0 for n in numbers for m in fits.classes[n].members]
            less, now, more = (
                sum(round(people * factor) for people in heads)
                for factor in (1 - self._shift, 1.0, 1 + self._shift)
            )
            if now >= least:
                yield self._opening(
                    subject, numbers, now, *(HOLD if n < least else OPEN for n in (less, more))
                )

    def _opening(
        self, subject: str, numbers: Sequence[int], people: int, less: Text, more: Text
    ) -> SpecialtyAdjustment:
        projection, sides, classes = self.projection, self.sides, self._fitting.classes
        posts = {classes[n].demanded for n in numbers}
        need = Text(
            f"需要 {people} 人：{'、'.join(one.name for one in named(projection, posts))}",
            f"{people} people are needed: {', '.join(one.name for one in named(projection, posts))}",
        )
        prepare = {one for post in posts for one in sides.suited.get(post, ())} - {subject}
        told = named(projection, prepare)
        others = "、".join(one.name for one in told), ", ".join(one.name for one in told)
        reasons = [need]
        if label_of(subject) == "Occupation" and prepare:
            reasons.append(
                Text(
                    f"面向它的专业层次都低于要求：{others[0]}",
                    f"all that prepare for it are below the level asked for: {others[1]}",
                )
            )
        elif label_of(subject) == "Occupation":
            reasons.append(
                Text(
                    "没有记载哪个专业面向它：先定专业",
                    "no specialty is said to prepare for it: find one first",
                )
            )
        else:
            reasons.append(Text("没有院校开设", "no school teaches it"))
            if prepare:
                reasons.append(
                    Text(
                        f"面向同一岗位的还有：{others[0]}", f"for the same posts there are also: {others[1]}"
                    )
                )
        wanted = {"DEMANDS": self._fitting.rows(numbers)}
        return SpecialtyAdjustment(
            subject=Named(projection.name(subject), subject),
            school=None,
            kind=label_of(subject),
            level=projection.value(subject, "level") if label_of(subject) == "Specialty" else None,
            advice=OPEN,
            people=people,
            reasons=tuple(reasons),
            if_less=less,
            if_more=more,
            robust=less == more == OPEN,
            graduates=None,
            demand=people,
            placed=None,
            short=people,
            surplus=None,
            employment=None,
            in_field=None,
            employment_years=(),
            trend=None,
            schools=self._teaching_the_class(subject),
            enough=None,
            missing=(),
            evidence=telling(projection, wanted),
            confidence=surest(projection, wanted),
        )

    def _reaches(self, specialty: str, needs: NeedClass) -> bool:
        """Whether the specialty is of the level that is asked for, or a higher one, or of one that is not told."""
        have, want = rank(self.projection.value(specialty, "level")), rank(needs.level)
        return have is None or want is None or have >= want

    def _absorbed(self, offerings: Iterable[int]) -> int:
        """Graduates who work in their field or study on, in the latest year that tells either; as many as stay."""
        entries = self._yearly.entries(offerings)
        parts = [self._yearly.totals(entries, name) for name in ("in_field", "further_study")]
        years = [year for part in parts for year in part]
        if not years:
            return 0
        return int(sum(part.get(max(years), 0) for part in parts) * self._retention)

    def _kept(self, family: Unit, graduates: Mapping[str | None, int | None], needed: int) -> list[str]:
        """The schools that would be enough, the largest."""
        return crowd.largest_first(self.projection, family.schools, graduates)[:needed]

    def _teaching_the_class(self, specialty: str) -> tuple[Named, ...]:
        """The schools that teach most specialties of the same class (专业类), which could open this one."""
        wanted = (
            self.projection.value(specialty, "class_name") if label_of(specialty) == "Specialty" else None
        )
        ordered = sorted(
            self._by_class.get(wanted or "", {}).items(),
            key=lambda each: (-len(each[1]), self.projection.name(each[0]), each[0]),
        )
        return tuple(Named(self.projection.name(school), school) for school, _ in ordered[:COULD_OPEN])

    @cached_property
    def _by_class(self) -> dict[str, dict[str, set[str]]]:
        """Class of specialties → school → its specialties of the class."""
        found: dict[str, dict[str, set[str]]] = {}
        for one in self.sides.supplied:
            name = self.projection.value(one.specialty, "class_name")
            if name and one.school:
                found.setdefault(name, {}).setdefault(one.school, set()).add(one.specialty)
        return found


def _missing(
    projection: Projection,
    sides: Market,
    unit: Unit,
    demand_unknown: int,
    demand: int | None,
    signals: Signals,
) -> tuple[Text, ...]:
    """What to ask for before anything is decided."""
    silent = [one for n in unit.offerings if (one := sides.supplied[n]).graduates is None]
    told = [
        Text(f"毕业生数：{name}", f"graduates at {name}")
        for name in sorted(projection.name(one.school) if one.school else "？" for one in silent)[
            :MISSING_SHOWN
        ]
    ]
    if demand_unknown:
        told.append(Text(f"{demand_unknown} 条需求的人数", f"the headcount of {demand_unknown} needs"))
    elif demand is None:
        told.append(Text("哪些企业要这样的人、要多少", "which enterprises need such people, and how many"))
    if signals.employment is None:
        told.append(Text("就业人数", "graduates employed"))
    if signals.in_field is None:
        told.append(Text("对口就业人数", "graduates employed in their field"))
    return tuple(told)


def _running(by_year: Mapping[int, float], holds: Callable[[float], bool]) -> int:
    """In how many of the last years, one after the other, it holds."""
    count, before = 0, None
    for year in sorted(by_year, reverse=True):
        if not holds(by_year[year]) or (before is not None and before - year != 1):
            break
        count, before = count + 1, year
    return count


def _latest(by_year: Mapping[int, float]) -> float | None:
    return by_year[max(by_year)] if by_year else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _pressing(one: SpecialtyAdjustment) -> tuple[int, int, Named, str]:
    school = one.school.name + one.school.id if one.school else ""
    return ADVICE.index(one.advice), -(one.people or 0), one.subject, school


QUESTION = Question(
    name="specialty_adjustment",
    title=Text(zh="专业动态调整", en="What to do with each specialty"),
    definition=Text(
        zh="每个专业（或专业群、专业点）：增设、扩大、保持、合并还是停办，依据供需匹配、就业率与对口率、在校生趋势和开设院校数，写明理由；"
        "需求少两成、多两成时建议变不变。“增设”来自有人要而没有院校培养的。缺数的不当作零，判断不了的为待定。",
        en="For each specialty (or group, or specialty at a school): open, grow, hold, merge or stop, from the matching "
        "of supply with demand, employment and employment in the field, the trend of students and the number of schools, "
        "with the reasons; and whether the advice changes with a fifth less or more demand. What to open is what is "
        "demanded and nobody teaches. Unknown is not zero; what cannot be judged is undecided.",
    ),
    finding=SpecialtyAdjustment,
    answer=specialty_adjustment,
    labels=market.LABELS,
    kinds=(*market.KINDS, "STATES"),
)
