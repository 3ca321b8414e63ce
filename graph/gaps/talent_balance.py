"""Talent supply against demand per chain (人才供需): who is trained for a chain, and how many it needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.columns import Grouped, total
from graph.gaps import chains, market, stated
from graph.gaps.chains import chains_looked_at, parts_of_chains, reach, reversed_graph
from graph.gaps.demand import Total
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    in_turn,
    label,
    later,
    surest,
)
from graph.gaps.market import Market
from graph.gaps.matching import Matching, match
from graph.gaps.provision import Offering
from graph.gaps.stated import StatedFigures, stated_figures
from graph.gaps.supply import Graduates, Supply
from graph.language import Text
from graph.project import Projection

MISSING_SHOWN = 5

Bound = Literal["=", "≤", "≥", "≈"]
LEGEND: Final = Text(
    zh="差额 = 毕业生 − 需求人数，负数为缺口。性质：= 各数齐全；≤ 真实差额不高于此数（缺口至少这么大）；≥ 不低于此数"
    "（缺口至多这么大）；≈ 上下都可能，须先补数。缺数的专业点与需求均未计入，也不当作零。",
    en="Balance = graduates − people needed; below zero people are short. The true balance is: = this; ≤ at most this "
    "(at least so many are short); ≥ at least this (at most so many are short); ≈ above or below, ask for the figures "
    "first. Offerings and demands without a figure are not counted, nor taken for zero.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalentBalance(Finding):
    """A chain's supply of graduates against the people that it needs; unknown figures are None and counted apart."""

    chain: Named = field(metadata=label("产业链", "chain", head=Text("产业链", "chain")))
    supply: int | None = field(
        metadata=label(
            "毕业生数（已知）", "graduates a year, as known", head=Text("已知毕业生", "graduates, known")
        )
    )
    own_supply: int | None = field(metadata=label("其中只面向本链", "of these for this chain alone"))
    supply_unknown: int = field(
        metadata=label(
            "缺毕业生数的专业点",
            "offerings whose graduates are unknown",
            head=Text("缺数专业点", "offerings unknown"),
        )
    )
    supply_years: str | None = field(
        metadata=label("供给年份", "year of supply", head=Text("供给年份", "year of supply"))
    )
    demand: int | None = field(
        metadata=label(
            "需求人数（已知）", "people needed, as known", head=Text("已知需求人数", "people needed, known")
        )
    )
    own_demand: int | None = field(metadata=label("其中只属于本链", "of these for this chain alone"))
    demand_unknown: int = field(
        metadata=label(
            "缺需求数的企业或岗位",
            "enterprises or posts whose demand is unknown",
            head=Text("缺数需求", "demands unknown"),
        )
    )
    demand_years: str | None = field(
        metadata=label("需求年份", "year of demand", head=Text("需求年份", "year of demand"))
    )
    balance: int | None = field(
        metadata=label("差额（供给减需求）", "balance, supply less demand", head=Text("差额", "balance"))
    )
    bound: str | None = field(
        metadata=label("差额性质", "the true balance is", head=Text("性质", "true is"), legend=LEGEND)
    )
    matched: int | None = field(metadata=label("匹配后满足的需求", "people needed who are found"))
    shortage: int | None = field(metadata=label("匹配后的缺口", "people needed who are not found", note=True))
    surplus: int | None = field(metadata=label("匹配后的富余", "graduates whom no need takes", note=True))
    stated: tuple[str, ...] = field(
        metadata=label("文件直接给出的数字", "figures that documents give of it", note=True)
    )
    conflicts: tuple[str, ...] = field(
        metadata=label("互相矛盾的数字", "figures that contradict each other", note=True)
    )
    missing: tuple[Text, ...] = field(metadata=label("尚需补充", "still to ask for", note=True))


def talent_balance(
    projection: Projection,
    *,
    year: int | None = None,
    retention: float = 1.0,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[TalentBalance, ...]:
    r"""Supply of graduates against demand for people, per chain.

    With $O(c)$, the offerings (specialty at a school) that serve chain $c$ or a part of it, $g(o)$ the graduates of
    an offering and $n_x(t)$ the people of occupation or specialty $t$ that $x$ is said to need,

    .. math::

       \text{supply}(c) = \sum_{o \in O(c)} g(o), \qquad
       \text{demand}(c) = \sum_t \max\Bigl(n_c(t),\ \sum_{p \in \text{parts}(c)} n_p(t),\
       \sum_{e \in E(c)} n_e(t)\Bigr), \qquad
       \text{balance}(c) = \text{supply}(c) - \text{demand}(c)

    where the sums run over the known figures, and $E(c)$ are the enterprises that operate in the chain or a part of
    it. Unknown is not 0: a sum without any known figure is None, and so is the balance.

    Graduates of a specialty that serves several chains are counted for each, so supply is what the chain can draw on
    at most; `own_supply` are those whom no other chain can claim (a chain that it is part of is no other chain). The
    same holds for the demand of enterprises in several chains. `bound` says what that makes of the balance:

    ===  ===========================================================================================================
    =    every figure is known and none is shared or contradicted
    ≤    the true balance is at most this: supply is complete; some demand may be unknown, some supply shared
    ≥    the true balance is at least this: demand is complete; some supply may be unknown, some demand shared
    ≈    neither can be said: ask for what `missing` names
    ===  ===========================================================================================================

    The balance counts whoever serves the chain for whatever it needs, and whoever serves two chains twice. `matched`,
    `shortage` and `surplus` do not: they come from the assignment $x_{od}$ of all known graduates to all known needs,
    each person once (`graph.gaps.matching` says who can fill what),

    .. math::

       \max \sum_{o,d} (M - m_{od})\, x_{od} \quad \text{s.t.} \quad \sum_d x_{od} \le g(o), \quad
       \sum_o x_{od} \le n_d, \quad x_{od} \ge 0

    over the pairs that go together, with the misfit $m_{od}$ of a pair and an $M$ so large that one need more met
    outweighs every misfit. `matched` and `shortage` of a chain sum over the needs of the chain, its parts and the
    enterprises in them; `surplus` over the offerings that serve them. How many are matched in all is unique; who of
    equals is matched is shared out in proportion.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    year : int or None
        Count figures of this year alone; None: of each offering and each demand its own latest year.
    retention : float
        The share of graduates who stay (留存率), from 0 to 1; the others supply no one.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS and INCLUDES that count as done. A plan to hire is a demand.

    Returns
    -------
    tuple of TalentBalance
        One for each chain looked at (see `graph.gaps.chains`) of which there is a figure, an offering, an enterprise
        or a demand. Shortages first, the largest first; then demand that no known supply meets; then the rest.

    Notes
    -----
    Several sources for one number count once (see `graph.gaps.figures`): contradictions are settled by trust, never
    averaged, and shown in `conflicts`. Statistics and targets that documents give of the chain itself (`stated`) are
    shown beside, never added: a stock of students is no number of graduates. $O(n \cdot m)$ at worst for $n$ chains
    and $m$ claims, when every claim concerns every chain.

    References
    ----------
    .. [1] 国务院办公厅, 关于深化产教融合的若干意见, 国办发〔2017〕95 号: forecasts of the demand for talent are to
           guide the structure and size of specialties.
    .. [2] F. L. Hitchcock, The distribution of a product from several sources to numerous localities, J. Math. Phys. 20
           (1941) 224–230: the transportation problem.
    .. [3] Q. Huangfu, J. A. J. Hall, Parallelizing the dual revised simplex method, Math. Program. Comput. 10 (2018)
           119–142: HiGHS, which solves it.
    """
    sides = market.market(
        projection, year=year, retention=retention, minimum_confidence=minimum_confidence, realised=realised
    )
    parts = parts_of_chains(projection, minimum_confidence)
    wholes = reversed_graph(parts)
    needs = sides.demand
    graduates = Graduates(sides)
    placed = _Placed(sides, graduates)
    found = []
    for chain in chains_looked_at(projection, parts, minimum_confidence):
        inside = reach(chain, parts)
        around = inside | reach(chain, wholes)
        supply = graduates.of(inside, around)
        needed = needs.of(chain, parts, inside, around)
        documents = stated_figures(projection, inside, minimum_confidence, year)
        if not (len(supply.offerings) or len(needed.rows) or needed.unknown or documents.texts):
            continue
        found.append(_balance(projection, sides, chain, supply, needed, documents, placed.of(inside)))
    return tuple(sorted(found, key=_shortage))


class _Placed:
    """What the assignment of all supply to all demand leaves of a chain: matched, short, left over."""

    def __init__(self, sides: Market, graduates: Graduates) -> None:
        self._sides, self._graduates = sides, graduates
        matching: Matching = match(sides)
        self._met = np.array(matching.met, dtype=np.int64)
        self._left = sides.supplied.graduates - np.array(matching.placed, dtype=np.int64)
        known = np.flatnonzero(sides.needed.known)
        self._by_set = Grouped(sides.needed.chain_sets[known], len(sides.needed.chains), known)

    def of(self, inside: Collection[str]) -> tuple[int | None, int | None, int | None]:
        """Of a chain with all its parts; None where no figure is known."""
        needed, supplied = self._sides.needed, self._sides.supplied
        needs = self._by_set.of_all(needed.chains.with_any(self._sides.provided.register.numbers(inside)))
        matched, wanted = total(self._met[needs]), total(needed.headcounts[needs])
        serving = self._graduates.serving(inside)
        known = serving[supplied.known[serving]]
        surplus = total(self._left[known]) if len(known) else None
        return (matched, wanted - matched, surplus) if len(needs) else (None, None, surplus)


def _balance(
    projection: Projection,
    sides: Market,
    chain: str,
    supply: Supply,
    needed: Total,
    documents: StatedFigures,
    placed: tuple[int | None, int | None, int | None],
) -> TalentBalance:
    known = supply.value is not None and needed.value is not None
    rows = {"OFFERS": supply.rows, "DEMANDS": needed.rows}
    both = [surest(projection, {kind: own}) for kind, own in rows.items() if len(own)]
    premise = both or [surest(projection, documents.rows)]
    return TalentBalance(
        chain=Named(projection.name(chain), chain),
        supply=supply.value,
        own_supply=supply.own,
        supply_unknown=len(supply.unknown),
        supply_years=_span(supply.years),
        demand=needed.value,
        own_demand=needed.own,
        demand_unknown=needed.unknown,
        demand_years=_span(needed.years),
        balance=(supply.value or 0) - (needed.value or 0) if known else None,
        bound=_bound(supply, needed) if known else None,
        matched=placed[0],
        shortage=placed[1],
        surplus=placed[2],
        stated=documents.texts,
        conflicts=(*_conflicts(projection, supply, needed), *documents.contradictions),
        missing=_missing(sides, supply, needed),
        evidence=later(_telling, projection, documents, rows),
        confidence=min((sure for sure in premise if sure is not None), default=None),
    )


def _telling(
    projection: Projection, documents: StatedFigures, rows: dict[str, NDArray[np.int64]]
) -> tuple[Claim, ...]:
    """The figures that documents give of the chain first, then who trains for it, then who asks for people."""
    return in_turn(
        best_evidence(projection, documents.rows, 2),
        *(best_evidence(projection, {kind: own}, 2) for kind, own in rows.items()),
        shown=6,
    )


def _bound(supply: Supply, needed: Total) -> Bound:
    if supply.contradicted or needed.contradicted:
        return "≈"
    at_most = not len(supply.unknown) and needed.own == needed.value
    at_least = not needed.unknown and supply.own == supply.value
    if at_most and at_least:
        return "="
    if at_most:
        return "≤"
    return "≥" if at_least else "≈"


def _span(years: set[int]) -> str | None:
    if not years:
        return None
    first, last = min(years), max(years)
    return str(last) if first == last else f"{first}–{last}"


def _offering(projection: Projection, offering: Offering) -> str:
    school = projection.name(offering.school) if offering.school else "？"
    return f"{school}·{projection.name(offering.specialty)}"


def _conflicts(projection: Projection, supply: Supply, needed: Total) -> tuple[str, ...]:
    told = [(_offering(projection, one), told) for one, told in supply.contradicted]
    told += [
        (f"{projection.name(head)}·{projection.name(tail)}", told) for head, tail, told in needed.contradicted
    ]
    return tuple(
        sorted(
            f"{name} {told.year or ''}：{told.value} ≠ {'、'.join(map(str, told.others))}"
            for name, told in told
        )
    )


def _missing(sides: Market, supply: Supply, needed: Total) -> tuple[Text, ...]:
    """What to ask for, the first few of each; how many there are stands in the finding."""
    supplied, asks, names = sides.supplied, sides.demand.asks, sides.provided.register.names
    schools, specialties = (
        column[supply.unknown].tolist() for column in (supplied.schools, supplied.specialties)
    )
    offerings = nsmallest(
        MISSING_SHOWN,
        (
            f"{'？' if school < 0 else names[school]}·{names[specialty]}"
            for school, specialty in zip(schools, specialties, strict=True)
        ),
    )
    heads, tails = (column[needed.pairs_unknown].tolist() for column in (asks.demanders, asks.demanded))
    told = (f"{names[head]}·{names[tail]}" for head, tail in zip(heads, tails, strict=True))
    silent = (names[one] for one in needed.silent.tolist())
    demands = nsmallest(MISSING_SHOWN, (*told, *silent))
    asked = [Text(zh=f"毕业生数：{one}", en=f"graduates of {one}") for one in offerings]
    if not len(supply.offerings):
        asked = [Text(zh="对接本链的专业或专业群", en="specialties or groups that serve the chain")]
    asked += [Text(zh=f"需求人数：{one}", en=f"people needed by {one}") for one in demands]
    if needed.value is None and not demands:
        asked.append(Text(zh="本链的需求人数", en="the people that the chain needs"))
    return tuple(asked)


def _shortage(one: TalentBalance) -> tuple[int, int, Named]:
    """Shortages by size; then demand without known supply, by size; then surpluses; then what is unknown."""
    if one.balance is not None and one.balance < 0:
        return 0, one.balance, one.chain
    if one.balance is None and one.demand is not None:
        return 1, -one.demand, one.chain
    if one.balance is not None:
        return 2, one.balance, one.chain
    return 3, -len(one.stated), one.chain


QUESTION = Question(
    name="talent_balance",
    title=Text(zh="人才供需", en="Talent supply against demand"),
    definition=Text(
        zh="每条产业链：对接它（或其环节）的专业点的毕业生数，减去链上企业与产业链自身的需求人数。未知的数不当作零，"
        "同一数字多个来源只计一次，互相矛盾的列出。",
        en="For each chain, the graduates of the offerings that serve it or a part of it, less the people that it and "
        "its enterprises need. Unknown is not zero; one number told by several sources counts once; contradictions "
        "are shown.",
    ),
    finding=TalentBalance,
    answer=talent_balance,
    labels=tuple(dict.fromkeys((*chains.LABELS, *market.LABELS, *stated.LABELS))),
    kinds=tuple(dict.fromkeys((*chains.KINDS, *market.KINDS, *stated.KINDS))),
)
