"""What to do with each specialty (专业动态调整): open, grow, hold, merge, stop, with reasons and a sensitivity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.errors import LiantuError
from graph.gaps import market
from graph.gaps.advice import ADVICE, OPEN, Signals, Thresholds, decide
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    names_of,
    rounded,
    surest,
    telling,
)
from graph.gaps.market import Market
from graph.gaps.openings import Opening, openings
from graph.gaps.readings import Reading, Readings
from graph.gaps.teaching import Premises, Unit, alike_groups, offerings_of, specialties
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

BY: Final = ("specialty", "group", "offering")
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
    surplus: int | None = field(
        metadata=label("富余（至少）", "left over at least: no known need, no work in the field")
    )
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
    in their field or study on, each offering in its own latest year, and all graduates of offerings that tell neither
    (without these it is $A'$), $\text{short}$ the people short whom its graduates
    could help to meet at most (`up_to` of `seat_value`), $e_y$ the employment rate of year $y$ (毕业去向落实率) and $f$
    the share of the employed who work in their field (对口率),

    .. math::

       e_y = \frac{\text{employed}_y + \text{further study}_y}{\text{graduates}_y}, \qquad
       f = \frac{\text{in field}}{\text{employed}}, \qquad
       \text{surplus} = \max(0,\ G - \max(P, A)), \qquad
       r = \Bigl(\frac{x_{last}}{x_{first}}\Bigr)^{1/(last - first)} - 1

    with $r$ the change a year of students enrolled (else graduates) within five years, of the schools that tell both
    years. The first rule that holds advises:

    1. 停办 stop: no students in the last `idle_years` years; or $e_y <$ `lowest_employment` in each of the last
       `low_years` years, and nobody short whom it could meet (with someone short: 保持 hold, mend the teaching first).
       A year counts as low only if it were so even with all studying on of whom that is not told.
    2. 扩大 grow: $\text{short} \ge$ `tolerance` $\cdot\, G$; unless $f <$ `lowest_in_field` (hold), $G$ is unknown (待定
       undecided), or $G\,((1 + r)^{\text{horizon}} - 1) \ge \text{short}$: who is enrolled already will do (hold).
    3. 合并 merge: $\text{surplus} >$ `tolerance` $\cdot\, G$ and fewer schools than teach it would train $\max(P, A)$
       people, the largest counted first (by offering: if this school is not among these); unless
       $e \ge$ `good_employment` with $f$ untold: the needs may not be reported (hold). A surplus without a crowd: hold.
    4. 待定 undecided: neither needs nor employment are told; or $G - \max(P, A') >$ `tolerance` $\cdot\, G$, though
       the surplus is not (hold as in 3 where employment is good). 保持 hold: all else.

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
        Graduates, needs and $A$ of this year alone, and the rates and the trend up to it; None: of each offering and each
        demand its own latest year.
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
    rules with all needs times 1 − `shift` and 1 + `shift`; employment and trend stay. What the matching gives to equals
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
    readings = Readings(projection, sides, limits, year=year, retention=retention, shift=shift)
    premises = Premises(projection, minimum_confidence, of_all_years=True)
    advice = _Advice(projection, sides, limits, readings, premises)
    found = [advice.of_unit(*one, at_school=by == "offering") for one in _units(projection, sides, by)]
    if by == "specialty":
        found += [advice.to_open(one) for one in openings(projection, sides, readings.fits, opening, shift)]
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


def _units(projection: Projection, sides: Market, by: str) -> Iterator[tuple[Unit, Unit]]:
    """Each unit, and the family within which schools crowd each other."""
    if by == "group":
        for family in alike_groups(projection, sides):
            for group in family.groups:
                schools = np.unique(sides.supplied.nodes.numbers(sides.provided.schools[group]))
                yield Unit(group, offerings_of(sides, (group,)), schools, (group,)), family
        return
    for family in specialties(sides):
        if by == "specialty":
            yield family, family
            continue
        for number in family.offerings.tolist():
            own = sides.supplied.schools[[number]]
            yield Unit(family.subject, np.array([number]), own[own >= 0]), family


class _Advice:
    """Makes the findings of a run of the question."""

    def __init__(
        self,
        projection: Projection,
        sides: Market,
        limits: Thresholds,
        readings: Readings,
        premises: Premises,
    ) -> None:
        self._projection, self._sides, self._limits = projection, sides, limits
        self._readings, self._premises, self._names = readings, premises, names_of(projection)

    def of_unit(self, unit: Unit, family: Unit, *, at_school: bool) -> SpecialtyAdjustment:
        """What is advised for one unit; by offering, with its school."""
        projection, read = self._projection, self._readings.of(unit, family)
        decision, less, more = (decide(signals, self._limits) for signals in read.signals)
        now, schools, fits = read.signals[0], self._names(unit.schools), self._readings.fits
        sure = (surest(projection, self._premises.taught(self._sides, unit)), fits.surest(read.classes))
        return SpecialtyAdjustment(
            subject=Named(projection.name(unit.subject), unit.subject),
            school=schools[0] if at_school and schools else None,
            kind=label_of(unit.subject),
            level=projection.value(unit.subject, "level") if not unit.groups else None,
            advice=decision.advice,
            people=decision.people,
            reasons=decision.reasons,
            if_less=less.advice,
            if_more=more.advice,
            robust=less.advice == decision.advice == more.advice,
            graduates=now.graduates,
            demand=now.demand,
            placed=None if now.graduates is None else read.placed,
            short=now.short,
            surplus=_known_surplus(now),
            employment=rounded(now.employment),
            in_field=rounded(now.in_field),
            employment_years=tuple(f"{year or '–'}：{rate * 100:.1f}%" for year, rate in read.rates.items()),
            trend=rounded(now.trend),
            schools=schools,
            enough=now.enough if now.graduates is not None and now.demand is not None else None,
            missing=self._missing(read),
            evidence=telling(
                projection,
                (partial(self._premises.taught, self._sides, unit), 3),
                (partial(fits.premise_of, unit.offerings), 2),
            ),
            confidence=min((each for each in sure if each is not None), default=None),
        )

    def to_open(self, one: Opening) -> SpecialtyAdjustment:
        """What is advised for a specialty or post that nobody teaches."""
        projection, fits = self._projection, self._readings.fits
        return SpecialtyAdjustment(
            subject=Named(projection.name(one.subject), one.subject),
            school=None,
            kind=label_of(one.subject),
            level=projection.value(one.subject, "level") if label_of(one.subject) == "Specialty" else None,
            advice=OPEN,
            people=one.people,
            reasons=one.reasons,
            if_less=one.if_less,
            if_more=one.if_more,
            robust=one.if_less == one.if_more == OPEN,
            graduates=None,
            demand=one.people,
            placed=None,
            short=one.people,
            surplus=None,
            employment=None,
            in_field=None,
            employment_years=(),
            trend=None,
            schools=one.schools,
            enough=None,
            missing=(),
            evidence=telling(projection, partial(fits.premise, one.classes)),
            confidence=fits.surest(one.classes),
        )

    def _missing(self, read: Reading) -> tuple[Text, ...]:
        """What to ask for before anything is decided."""
        now = read.signals[0]
        told = [Text(f"毕业生数：{name}", f"graduates at {name}") for name in self._some_of(read.silent)]
        if read.demand_unknown:
            told.append(
                Text(f"{read.demand_unknown} 条需求的人数", f"the headcount of {read.demand_unknown} needs")
            )
        elif now.demand is None:
            told.append(
                Text("哪些企业要这样的人、要多少", "which enterprises need such people, and how many")
            )
        if now.employment is None:
            told.append(Text("就业人数", "graduates employed"))
        if now.in_field is None:
            told.append(Text("对口就业人数", "graduates employed in their field"))
        else:
            told += [
                Text(f"对口就业或升学人数：{name}", f"who works in the field or studies on, of {name}")
                for name in self._some_of(read.untold)
            ]
        if read.perhaps_low:
            told.append(Text("升学人数", "graduates who study on"))
        return tuple(told)

    def _some_of(self, offerings: NDArray[np.int64]) -> list[str]:
        """The names of the first schools of these offerings."""
        schools = self._sides.supplied.schools[offerings].tolist()
        names = ["？" if school < 0 else self._names[school].name for school in schools]
        return sorted(names)[:MISSING_SHOWN]


def _known_surplus(now: Signals) -> int | None:
    """The graduates who are surely left over; unknown where there may be some and none is sure."""
    if now.demand is None or (now.surplus == 0 and now.surplus_at_most != 0):
        return None
    return now.surplus


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
