"""The same specialty or group in too many schools for the demand (同质化): how many schools would be enough."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np

from graph.errors import LiantuError
from graph.gaps import market
from graph.gaps.alike_groups import OVERLAP
from graph.gaps.crowd import Crowd, enough
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    named,
    names_of,
    surest,
    telling,
)
from graph.gaps.fitting import Fitting, fitting
from graph.gaps.market import Market
from graph.gaps.matching import Matching, match
from graph.gaps.teaching import Premises, Unit, alike_groups, specialties
from graph.language import Text
from graph.project import Projection

TOO_MANY: Final = Text(zh="院校过多", en="too many schools")
WITH_OTHERS: Final = Text(zh="与相近专业合计过多", en="too many with its neighbours")
DEMAND_UNKNOWN: Final = Text(zh="需求未知", en="demand unknown")
STANDINGS: Final = (TOO_MANY, WITH_OTHERS, DEMAND_UNKNOWN)
LEGEND: Final = Text(
    zh="饱和度 = 毕业生 ÷ 能吸纳他们的全部需求（即使都给这个专业），大于 1 即供过于求。"
    "够用院校 = 毕业生多的院校先数，数到够满足为止。",
    en="Saturation = graduates ÷ all needs that they could fill, were all left to them: above 1 there are too many. "
    "Schools enough: counted from the largest until the needs are met.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdedSpecialty(Finding):
    """A specialty, or groups that are alike, in more schools than the needs that it could fill ask for."""

    subject: Named = field(
        metadata=label("专业或专业群", "specialty or group", head=Text("专业或专业群", "specialty or group"))
    )
    kind: str = field(metadata=label("类别", "kind", head=Text("类别", "kind")))
    level: str | None = field(metadata=label("层次", "level"))
    standing: Text = field(metadata=label("判断", "standing", head=Text("判断", "standing"), legend=LEGEND))
    schools: int = field(metadata=label("开设院校数", "schools that teach it", head=Text("院校", "schools")))
    enough: int | None = field(
        metadata=label("够用的院校数", "schools that would be enough", head=Text("够用", "enough"))
    )
    excess: int | None = field(metadata=label("多出的院校数", "schools beyond that"))
    graduates: int | None = field(
        metadata=label(
            "毕业生数（已知）", "graduates a year, as known", head=Text("已知毕业生", "graduates, known")
        )
    )
    unknown: int = field(metadata=label("缺毕业生数的专业点", "offerings whose graduates are unknown"))
    demand: int | None = field(
        metadata=label(
            "能吸纳它的需求人数（已知）",
            "people needed whom it could fill, as known",
            head=Text("能吸纳的需求", "needs it could fill"),
        )
    )
    demand_unknown: int = field(
        metadata=label(
            "缺人数的需求", "such needs without a headcount", head=Text("缺数需求", "needs without figure")
        )
    )
    saturation: float | None = field(
        metadata=label("饱和度", "saturation", head=Text("饱和度", "saturation"))
    )
    surplus: int | None = field(
        metadata=label(
            "全局匹配后的富余", "left over when all supply is matched", head=Text("富余", "left over")
        )
    )
    taught_at: tuple[Named, ...] = field(
        metadata=label("开设院校，毕业生多的在前", "schools, those with most graduates first", note=True)
    )
    alike: tuple[Named, ...] = field(metadata=label("同质的专业群", "groups that are alike", note=True))
    chains: tuple[Named, ...] = field(metadata=label("对接的产业链", "chains that it serves", note=True))
    posts: tuple[Named, ...] = field(metadata=label("能满足的岗位", "posts that it could fill", note=True))


def crowded_specialties(
    projection: Projection,
    *,
    schools: int = 2,
    overlap: float = OVERLAP,
    unknown: bool = True,
    year: int | None = None,
    retention: float = 1.0,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[CrowdedSpecialty, ...]:
    r"""The specialties and groups that more schools teach than the needs that they could fill ask for.

    Let $H(u)$ be the schools where unit $u$ is taught (a specialty of the catalogue; or groups that are alike, see
    `graph.gaps.alike_groups`), $g_h(u)$ its graduates at school $h$, as known, and $D(u)$ the people needed in all needs
    that its graduates could fill (`graph.gaps.matching` says who can fill what), as known, were all left to them. With
    $g_{(1)} \ge g_{(2)} \ge \dots$ the known graduates by school,

    .. math::

       \text{saturation}(u) = \frac{\sum_h g_h(u)}{D(u)}, \qquad
       \text{enough}(u, d) = \min \Bigl\{ k : \sum_{i \le k} g_{(i)}(u) \ge d \Bigr\}

    A unit at $|H(u)| \ge$ `schools` schools is listed, with $n$ the schools whose graduates are known,

    - 院校过多 (too many schools) where $\text{enough}(u, D(u)) < n$: without the smallest school not one need that
      this unit can fill would go unmet for want of its graduates, even with no competitor;
    - 与相近专业合计过多 (too many with its neighbours) where that holds not for $D(u)$ but for the needs $P(u)$ that the
      matching of all supply with all demand gives to it, each person once (see `talent_balance`);
    - 需求未知 (demand unknown) where no need that it could fill tells how many: nothing is concluded, ask.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    schools : int
        The fewest schools that are looked at; 2 or more.
    overlap : float
        The share of specialties in common from which two groups are alike, above 0 to 1.
    unknown : bool
        Whether units are listed of which no need tells how many people.
    year : int or None
        Count figures of this year alone; None: of each offering and each demand its own latest year.
    retention : float
        The share of graduates who stay (留存率), from 0 to 1; the others crowd nobody.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS and INCLUDES that count as done.

    Returns
    -------
    tuple of CrowdedSpecialty
        Too many schools first, then with neighbours, then unknown demand; within these by schools beyond enough, by
        people left over, by schools, by name.

    Notes
    -----
    Unknown is not 0: schools that do not tell their graduates count in `schools` and in `unknown` and could only make it
    more crowded; needs without a headcount (`demand_unknown`) could make it less. The total left over of a market is
    unique, its parts are shared among equals in proportion. Evidence: the claims that it is taught (for groups, that
    they exist and what they include), and the needs that it could fill. Linear in the claims but for the matching,
    sorting, and the pairs of groups that share a specialty.

    References
    ----------
    .. [1] 教育部办公厅, 关于开展 2025 年度普通高等学校本科专业设置工作的通知 (2025-06): where many schools of a region
           teach a specialty (布点量大) and few graduates find work, no school is to open it.
    .. [2] 吴红斌, 刘云波, 基于专业开设广泛度、招生规模和集中度分析的高职院校专业设置的实证研究, 教育与职业 2016 (13): how
           widely a specialty is taught as a measure of 趋同.
    .. [3] P. Jaccard, The distribution of the flora in the alpine zone, New Phytologist 11 (1912) 37–50: overlap.
    """
    for name, value, fits, expected in (
        ("schools", schools, schools >= 2, "≥ 2"),
        ("overlap", overlap, 0 < overlap <= 1, "0 < … ≤ 1"),
    ):
        if not fits:
            raise LiantuError("question.parameter", name=name, value=value, expected=expected)
    sides = market.market(
        projection, year=year, retention=retention, minimum_confidence=minimum_confidence, realised=realised
    )
    fits_what, made = fitting(projection, sides), match(sides)
    premises = Premises(projection, minimum_confidence)
    found = []
    for unit in (*specialties(sides), *alike_groups(projection, sides, overlap, schools)):
        if len(unit.schools) < schools:
            continue
        one = _crowded(projection, sides, fits_what, made, unit, premises)
        if one is not None and (unknown or one.standing != DEMAND_UNKNOWN):
            found.append(one)
    return tuple(sorted(found, key=_worst))


def _crowded(
    projection: Projection,
    sides: Market,
    fits_what: Fitting,
    made: Matching,
    unit: Unit,
    premises: Premises,
) -> CrowdedSpecialty | None:
    around = Crowd(sides, unit.offerings)
    known = around.known
    classes = fits_what.together(unit.offerings)
    demand, demand_unknown = fits_what.people(classes)
    placed = sum(made.placed[n] for n in unit.offerings.tolist())
    sufficient = None if demand is None or not known else enough(known, demand)
    if demand is None:
        standing = DEMAND_UNKNOWN
    elif sufficient is not None and sufficient < len(known):
        standing = TOO_MANY
    elif sufficient is not None and enough(known, placed) < len(known):
        standing, sufficient = WITH_OTHERS, enough(known, placed)
    else:
        return None
    total = sum(known) if known else None
    supplied, names = sides.supplied, names_of(projection)
    chains = np.unique(supplied.chains.chains.of_all(np.unique(supplied.chain_sets[unit.offerings])))
    sure = [surest(projection, premises.taught(sides, unit)), fits_what.surest(classes)]
    return CrowdedSpecialty(
        subject=Named(projection.name(unit.subject), unit.subject),
        kind="SpecialtyGroup" if unit.groups else "Specialty",
        level=None if unit.groups else projection.value(unit.subject, "level"),
        standing=standing,
        schools=len(unit.schools),
        enough=sufficient,
        excess=None if sufficient is None else len(known) - sufficient,
        graduates=total,
        unknown=int((~supplied.known[unit.offerings]).sum()),
        demand=demand,
        demand_unknown=demand_unknown,
        saturation=round(total / demand, 4) if total is not None and demand else None,
        surplus=None if total is None or demand is None else total - placed,
        taught_at=tuple(names[school] for school in around.largest_first(unit.schools).tolist()),
        alike=named(projection, set(unit.groups)) if len(unit.groups) > 1 else (),
        chains=names(chains),
        posts=names(np.unique(fits_what.demanded[classes])),
        evidence=telling(
            projection,
            (partial(premises.taught, sides, unit), 3),
            (partial(fits_what.premise_of, unit.offerings), 2),
        ),
        confidence=min((each for each in sure if each is not None), default=None),
    )


def _worst(one: CrowdedSpecialty) -> tuple[int, int, int, int, str, Named]:
    return (
        STANDINGS.index(one.standing),
        -(one.excess or 0),
        -(one.surplus or 0),
        -one.schools,
        one.kind,
        one.subject,
    )


QUESTION = Question(
    name="crowded_specialties",
    title=Text(zh="同质化的专业与专业群", en="Specialties and groups in too many schools"),
    definition=Text(
        zh="几所院校都开的同一专业，或名称、组成相同的专业群：即使把能吸纳它的全部需求都算给它，少几所院校也够；或与争同一批岗位的相近专业合起来过多。"
        "需求没有人数的单列，不下结论。",
        en="One specialty that several schools teach, or groups alike in name or composition, of which fewer schools "
        "would be enough even if all needs that it could fill were left to it; or too many together with specialties "
        "that compete for the same posts. Where no need tells how many, nothing is concluded.",
    ),
    finding=CrowdedSpecialty,
    answer=crowded_specialties,
    labels=market.LABELS,
    kinds=(*market.KINDS, "STATES"),
)
