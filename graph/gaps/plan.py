"""A plan (规划): the fewest groups, new or extended, that close most chains without a group and most of the shortage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.errors import LiantuError
from graph.gaps import market, plan_options, uncovered_chains
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
    names_of,
    surest,
)
from graph.gaps.market import Market
from graph.gaps.plan_options import Candidates, Pairs, Shortage
from graph.gaps.planning import Options, Planned, planned
from graph.gaps.scope import answer_for_another
from graph.gaps.uncovered_chains import NO_SEATS, UncoveredChain
from graph.language import Text
from graph.project import Projection

TOTAL: Final = "合计"
EXTENDED, FOUNDED, ENLARGED = "扩展", "新建", "扩招"
LEFT, OUT_OF_REACH = "留待", "够不着"
LEGEND: Final = Text(
    zh="扩展：已有专业群再对接产业链或增加学位；新建：由院校群外的专业组建；扩招：只在群外专业增加学位；留待：有群可接而预算不够；"
    "够不着：图谱里没有院校的专业接得上。",
    en="扩展 extended: a group takes on chains or seats; 新建 founded, of what the school teaches outside its groups; "
    "扩招 enlarged: only more seats, in no group; 留待 left: it could be taken on, the budget is spent; 够不着 out of "
    "reach: no school's specialty is known to fit.",
)
_MOST_CHOICES, _MOST_SHORTAGES, _MOST_SECONDS = 200, 2_000, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Finding):
    """The plan in figures, a group of it, or a chain that it leaves."""

    kind: str = field(metadata=label("做法", "step", head=Text("做法", "step"), legend=LEGEND))
    school: Named | None = field(metadata=label("院校", "school", head=Text("院校", "school")))
    group: Named | None = field(metadata=label("专业群", "group", head=Text("专业群", "group")))
    chain: Named | None = field(
        metadata=label("留下的产业链", "chain that is left", head=Text("留下的产业链", "chain left"))
    )
    chains: tuple[Named, ...] = field(
        metadata=label("对接的产业链", "chains taken on", head=Text("对接产业链", "chains taken on"))
    )
    groups: int | None = field(metadata=label("专业群数", "groups", head=Text("群数", "groups")))
    closed: int | None = field(
        metadata=label("补上的产业链数", "chains closed", head=Text("补上的链", "closed"))
    )
    seats: int | None = field(
        metadata=label("增加的学位（人/年）", "seats added, a year", head=Text("增加学位", "seats"))
    )
    specialties: tuple[Named, ...] = field(metadata=label("所用专业", "specialties used", note=True))
    posts: tuple[Text, ...] = field(metadata=label("补上的岗位", "posts filled", note=True))
    bounds: tuple[Text, ...] = field(metadata=label("最优性", "how good it is", note=True))
    words: tuple[str, ...] = field(metadata=label("写成假设", "as assumptions for what_if"))


def plan(
    projection: Projection,
    *,
    groups: int | None = None,
    seats: int | None = None,
    share: float = 0.8,
    each: int = 2,
    room: int = 200,
    most: int = 200,
    choices: int = 20,
    seconds: float = 2.0,
    year: int | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[Plan, ...]:
    r"""The fewest groups, new or extended, that close most chains and most of the shortage within a budget.

    With $x_k \in \{0, 1\}$ whether group $k$ is part of the plan, $z_{kc} \in \{0, 1\}$ whether it takes on chain $c$,
    $f_{kd}$ the people whom it trains, beyond today's, for shortage $d$ of $u_d$ people, and $y_c \in \{0, 1\}$ whether
    chain $c$ is closed by a group that takes on it or one of $C(c)$, the chains a group for which covers $c$ in
    `uncovered_chains` (its parts; of a segment also what it is a part of), of the plans that satisfy

    .. math::

       y_c \le \sum_k \sum_{c' \in C(c) \cup \{c\}} z_{kc'}, \quad \sum_c z_{kc} \le e\, x_k, \quad
       \sum_k f_{kd} \le u_d, \quad \sum_d f_{kd} \le r\, x_k, \quad \sum_k x_k \le G, \quad
       \sum_{kd} f_{kd} \le S

    first those with most $\sum y_c$, then, with $F$ the most people that these can find, those with
    $\sum f_{kd} \ge \text{share} \cdot F$ and fewest $\sum x_k$, last of these one with most $\sum f_{kd}$.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    groups : int or None
        $G$, how many groups at most; None: as many as it takes.
    seats : int or None
        $S$, how many seats a year at most are added in all; None: as many as it takes.
    share : float
        How much of the shortage that can be closed is closed, from 0 to 1.
    each : int
        $e$, how many chains a group takes on at most.
    room : int
        $r$, how many seats a year a group adds at most.
    most : int
        How many shortages are looked at, the largest first; at most 2,000.
    choices : int
        How many groups are looked at for each chain and each shortage, those that fit best first; at most 200.
    seconds : float
        The time of each of the four steps, at most 60. Where it does not suffice, the best plan found is told, and by the
        bounds how far from the best it may be; `bounds` then says that a faster or less busy machine may find another.
        Where it suffices the answer is the same on every machine.
    year : int or None
        Count figures of this year alone; None: of each offering and each need its own latest year.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS and INCLUDES that count as done.

    Returns
    -------
    tuple of Plan
        The plan in figures with its bounds, and the greedy one beside it; its groups, those that close most first; the
        chains that it leaves. Empty where there is neither a chain without a group nor a shortage.

    Notes
    -----
    The chains are those of `uncovered_chains` without a group, the shortage what `talent_matching` leaves open. A group
    can take on a chain where one of its specialties serves the chain outside a group, is asked for by the chain or its
    enterprises, or prepares for what they ask for; it can train for a shortage where a specialty of it can fill it.
    `words` can be given to `what_if` as they are. Covering is NP-hard; HiGHS solves it by branch and bound. Evidence: the
    claims that the specialties are taught there, and of the needs.

    References
    ----------
    .. [1] R. Church, C. ReVelle, The maximal covering location problem, Papers Reg. Sci. Assoc. 32 (1974) 101–118.
    .. [2] V. Chvátal, A greedy heuristic for the set-covering problem, Math. Oper. Res. 4 (1979) 233–235.
    """
    _check(groups=groups, seats=seats, each=each, room=room)
    _check_span(share=(share, 0.0, 1.0), seconds=(seconds, 0.01, _MOST_SECONDS))
    _check_span(most=(most, 0, _MOST_SHORTAGES), choices=(choices, 1, _MOST_CHOICES))
    sides = market.market(projection, year=year, minimum_confidence=minimum_confidence, realised=realised)
    gaps = _without_a_group(projection, minimum_confidence, realised)
    short = plan_options.shortages(sides, most)
    if not gaps and not short:
        return ()
    made = plan_options.candidates(sides)
    chains = [one.chain.id for one in gaps]
    takes = plan_options.takes(sides, made, chains, list(plan_options.inside(sides, chains)), choices)
    fills = plan_options.fills(sides, made, short, choices)
    could_take, _ = plan_options.once_each(takes)
    could_fill, _ = plan_options.once_each(fills)
    used, places = np.unique(
        np.concatenate([could_take[:, 0], could_fill[:, 0]]), return_inverse=True
    )  # the others can do nothing
    could_take[:, 0], could_fill[:, 0] = places[: len(could_take)], places[len(could_take) :]
    people = np.array([one.people for one in short], dtype=np.int64)
    covers = _covers(projection, sides, chains)
    solved = planned(
        Options(len(used), len(chains), could_take, could_fill, people, each, room, groups, seats, covers),
        share=share,
        seconds=seconds,
    )
    told = _Told(projection, sides, made, gaps, short, takes, fills, minimum_confidence)
    doing = [
        _Doing(
            int(used[number]),
            could_take[solved.best.taken & (could_take[:, 0] == number), 1].tolist(),
            {
                int(could_fill[pair, 1]): int(solved.best.people[pair])
                for pair in np.flatnonzero((solved.best.people > 0) & (could_fill[:, 0] == number)).tolist()
            },
        )
        for number in np.flatnonzero(solved.best.chosen).tolist()
    ]
    doing.sort(key=lambda one: (-len(one.chains), -sum(one.people.values()), one.candidate))
    left = np.flatnonzero(~solved.best.chains).tolist()
    able = set(could_take[:, 1].tolist())
    return (
        _total(solved, len(chains), int(people.sum())),
        *(told.group(one) for one in doing),
        *(told.left(number, LEFT if number in able else OUT_OF_REACH) for number in left),
    )


def _without_a_group(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> list[UncoveredChain]:
    found = answer_for_another(
        uncovered_chains.QUESTION, projection, minimum_confidence=minimum_confidence, realised=realised
    )
    return [one for one in found if isinstance(one, UncoveredChain) and one.gap != NO_SEATS]


def _covers(projection: Projection, sides: Market, chains: Sequence[str]) -> NDArray[np.int64]:
    """Pairs of chains by number: a group for the first covers the second, as `uncovered_chains` defines it."""
    numbers = {chain: number for number, chain in enumerate(chains)}
    found = []
    for chain, number in numbers.items():
        around = set(sides.inside[chain])
        if projection.value(chain, "tier") == "环节":
            around |= sides.answers[chain]
        found += [(numbers[one], number) for one in sorted(around & numbers.keys()) if one != chain]
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _check(**given: int | None) -> None:
    for name, value in given.items():
        if value is not None and value < 0:
            raise LiantuError("question.parameter", name=name, value=value, expected="0, 1, 2 …")


def _check_span(**given: tuple[float, float, float]) -> None:
    for name, (value, least, most) in given.items():
        if not least <= value <= most:
            raise LiantuError("question.parameter", name=name, value=value, expected=f"{least:g} … {most:g}")


@dataclass(frozen=True)
class _Doing:
    """What a candidate does: the numbers of the chains that it takes on, and people by number of shortage."""

    candidate: int
    chains: list[int]
    people: dict[int, int]


_STOPPED: Final = Text(
    zh="时限（seconds）到了而没有算完：更快或更空闲的机器可能得出另一个方案，可加大时限再问",
    en="the time (`seconds`) was over before all was proven: a faster or less busy machine may find another plan; ask "
    "again with more",
)


def _total(solved: Planned, chains: int, people: int) -> Plan:
    best, quick = solved.best, solved.greedy
    return Plan(
        kind=TOTAL,
        school=None,
        group=None,
        chain=None,
        chains=(),
        groups=best.groups,
        closed=best.closed,
        seats=best.found,
        specialties=(),
        posts=(),
        bounds=(
            Text(
                zh=f"缺专业群的链 {chains} 条，能补上的至多 {solved.most_closed} 条，本方案 {best.closed} 条",
                en=f"{chains} chains without a group, at most {solved.most_closed} can be closed, this plan closes "
                f"{best.closed}",
            ),
            Text(
                zh=f"缺口 {people} 人，能补上的至多 {solved.most_found} 人，要求 {solved.wanted} 人，"
                f"本方案 {best.found} 人",
                en=f"{people} people short, at most {solved.most_found} can be found, {solved.wanted} asked for, this "
                f"plan finds {best.found}",
            ),
            Text(
                zh=f"至少要 {solved.fewest} 个群，本方案 {best.groups} 个",
                en=f"at least {solved.fewest} groups are needed, this plan has {best.groups}",
            ),
            Text(
                zh=f"贪心法：{quick.groups} 个群，补上 {quick.closed} 条链、{quick.found} 人",
                en=f"the greedy way: {quick.groups} groups close {quick.closed} chains and find {quick.found} people",
            ),
            *(() if solved.in_time else (_STOPPED,)),
        ),
        words=(),
    )


class _Told:
    """Tells what a plan does, with the claims that it rests on."""

    def __init__(
        self,
        projection: Projection,
        sides: Market,
        made: Candidates,
        gaps: Sequence[UncoveredChain],
        short: Sequence[Shortage],
        takes: Pairs,
        fills: Pairs,
        minimum_confidence: float,
    ) -> None:
        self._projection, self._sides, self._made = projection, sides, made
        self._gaps, self._short = gaps, short
        self._takes, self._fills, self._minimum = takes, fills, minimum_confidence
        self._names = names_of(projection)

    def left(self, number: int, kind: str) -> Plan:
        """A chain that no group of the plan takes on."""
        gap = self._gaps[number]
        return Plan(
            kind=kind,
            school=None,
            group=None,
            chain=gap.chain,
            chains=(),
            groups=0,
            closed=0,
            seats=0,
            specialties=(),
            posts=(),
            bounds=(),
            words=(),
            evidence=later(lambda: gap.evidence),
            confidence=gap.confidence,
        )

    def group(self, doing: _Doing) -> Plan:
        """A group of the plan."""
        school, group = int(self._made.schools[doing.candidate]), int(self._made.groups[doing.candidate])
        offerings = {number: self._offering(self._fills, doing.candidate, number) for number in doing.people}
        fitting = [self._offering(self._takes, doing.candidate, number) for number in doing.chains]
        used = np.unique(np.concatenate([*fitting, *offerings.values()]))
        rows = self._rows(group, used, list(doing.people))
        sure = [surest(self._projection, one) for one in rows]
        kind = EXTENDED if group >= 0 else FOUNDED if doing.chains else ENLARGED
        return Plan(
            kind=kind,
            school=self._names[school] if school >= 0 else None,
            group=self._names[group] if group >= 0 else None,
            chain=None,
            chains=tuple(self._gaps[number].chain for number in doing.chains),
            groups=1,
            closed=len(doing.chains),
            seats=sum(doing.people.values()),
            specialties=self._names(np.unique(self._sides.supplied.specialties[used])),
            posts=tuple(self._post(number, people) for number, people in doing.people.items()),
            bounds=(),
            words=tuple(self._words(school, group, doing, fitting, offerings)),
            evidence=later(self._evidence, rows),
            confidence=min((one for one in sure if one is not None), default=None),
        )

    def _offering(self, pairs: Pairs, candidate: int, other: int) -> NDArray[np.int64]:
        mine = (pairs.candidates == candidate) & (pairs.others == other)
        return np.unique(pairs.offerings[mine])

    def _post(self, number: int, people: int) -> Text:
        need = self._short[number].need
        name = self._projection.name(need.demanded)
        level = f"（{need.level}）" if need.level else ""
        return Text(zh=f"{name}{level} {people} 人", en=f"{people} for {name}{level}")

    def _rows(
        self, group: int, used: NDArray[np.int64], shortages: Sequence[int]
    ) -> list[dict[str, NDArray[np.int64]]]:
        """The claims that the specialties are taught, or in the group, and of the needs."""
        supplied, nothing = self._sides.supplied, np.zeros(0, dtype=np.int64)
        taught = {"OFFERS": supplied.rows.of_all(used)}
        if group >= 0:
            claims = self._projection.claims("INCLUDES")
            rows = claims.believed_of(claims.from_head.of(group), self._minimum)
            taught["INCLUDES"] = rows[np.isin(claims.tails[rows], supplied.specialties[used])]
        needs = np.concatenate([nothing, *(self._short[number].needs for number in shortages)])
        return [taught, {"DEMANDS": self._sides.needed.rows.of_all(needs)}]

    def _evidence(self, rows: Sequence[dict[str, NDArray[np.int64]]]) -> tuple[Claim, ...]:
        return in_turn(*(best_evidence(self._projection, one, 3) for one in rows))

    def _words(
        self,
        school: int,
        group: int,
        doing: _Doing,
        fitting: Sequence[NDArray[np.int64]],
        offerings: dict[int, NDArray[np.int64]],
    ) -> Iterator[str]:
        """The steps as `what_if` reads them."""
        where = self._names[school].name if school >= 0 else None
        chains = "、".join(self._gaps[number].chain.name for number in doing.chains)
        if group >= 0 and chains:
            name = self._names[group].name
            yield f"对接 {f'{where}·{name}' if where else name} → {chains}"
        elif chains:
            used = np.unique(np.concatenate(fitting))
            first = self._gaps[doing.chains[0]].chain.name
            named = "、".join(self._specialty(int(place)) for place in used.tolist())
            yield f"建群 {where}·{first}专业群 → {chains}：{named}"
        more: dict[int, int] = {}
        for number, people in doing.people.items():
            place = int(offerings[number][0])
            more[place] = more.get(place, 0) + people
        for place, people in more.items():
            yield f"学位 {where}·{self._specialty(place)} +{people}"

    def _specialty(self, place: int) -> str:
        supplied = self._sides.supplied
        name, level = self._names[int(supplied.specialties[place])].name, supplied.levels[place]
        return f"{name}（{level}）" if level else name


QUESTION = Question(
    name="plan",
    title=Text(zh="专业群规划", en="A plan of groups"),
    definition=Text(
        zh="在群数或学位的预算内，新建或扩展最少的专业群，先让缺专业群的产业链尽量都有群对接，再补上大部分岗位缺口：精确求解（整数规划）并给出最优性的界，旁边是贪心法的结果。",
        en="Within a budget of groups or seats, the fewest specialty groups to found or extend, so that first as many "
        "chains without a group as can be have one, then most of the shortage of people is closed: solved exactly (an "
        "integer programme) with its bounds, and the greedy way beside it.",
    ),
    finding=Plan,
    answer=plan,
    labels=uncovered_chains.QUESTION.labels,
    kinds=uncovered_chains.QUESTION.kinds,
)
