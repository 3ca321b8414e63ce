"""How deep cooperation goes (合作深度): modes, duration, income and people, done against planned or said."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.columns import Grouped, in_order, largest, pairs_of
from graph.errors import LiantuError
from graph.gaps import partnerships
from graph.gaps.chains import parts_of_chains, reach, reversed_graph
from graph.gaps.dates import checked_date, latest_observed
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    each_later,
    label,
    names_of,
)
from graph.gaps.many import findings
from graph.gaps.pair_work import PairWork, work_of
from graph.gaps.partnerships import DONE, Partnerships
from graph.language import Text
from graph.project import Projection

SUBJECTS: Final = ("pair", "school", "enterprise", "chain")


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationDepth(Finding):
    """What a pair, a school, an enterprise or a chain does together: by mode, and how far each has come."""

    subject: Named = field(
        metadata=label("院校、企业或产业链", "school, enterprise or chain", head=Text("主体", "subject"))
    )
    partner: Named | None = field(
        metadata=label("合作企业", "enterprise", head=Text("合作企业", "enterprise"), subject=True)
    )
    kind: str = field(metadata=label("口径", "told per"))
    pairs: int = field(metadata=label("已落实的校企对数", "pairs with something done"))
    done: int = field(metadata=label("已落实项目数", "projects done", head=Text("已落实", "done")))
    under_way: int = field(metadata=label("在建项目数", "projects under way", head=Text("在建", "under way")))
    intended: int = field(
        metadata=label(
            "计划或倡导的项目数", "projects planned or only said", head=Text("计划或倡导", "planned, said")
        )
    )
    modes: tuple[str, ...] = field(
        metadata=label("已落实的合作方式", "modes done", head=Text("已落实的方式", "modes done"))
    )
    only_said: tuple[str, ...] = field(
        metadata=label("只见于在建、计划或倡导的方式", "modes not yet done anywhere", note=True)
    )
    since: str | None = field(metadata=label("最早起始", "first began", head=Text("始于", "since")))
    months: int | None = field(metadata=label("最长持续月数", "longest lasting, months"))
    income: float | None = field(
        metadata=label(
            "技术服务收入（已知，元）",
            "technical service income, as known, yuan",
            head=Text("技术服务收入（元）", "income, yuan"),
        )
    )
    income_unknown: int = field(
        metadata=label("未报收入的校企对数", "pairs with something done whose income is not told")
    )
    people: int | None = field(
        metadata=label("涉及学生与教师人数（已知）", "students, interns, hires and teachers, as known")
    )
    built: int = field(metadata=label("已共建的项目数", "things built together"))
    conflicts: tuple[str, ...] = field(
        metadata=label("互相矛盾的收入", "incomes that contradict each other", note=True)
    )


def cooperation(
    projection: Projection,
    *,
    by: str = "pair",
    as_of: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[CooperationDepth, ...]:
    r"""The modes and the depth of cooperation, per pair, school, enterprise or chain.

    A project is what a source tells of a pair in one mode; sources that tell the same mode of the same pair tell the
    same projects, so with $n_s(p, m, g)$, how many claims source $s$ makes of pair $p$ in mode $m$ at stage $g$
    (done, under way, intended), the projects of a set of pairs $P$ are

    .. math::

       N(P, g) = \sum_{p \in P} \sum_m \max_s n_s(p, m, g)

    Told without a mode, a claim is a project of its own only where the pair has no claim with one at that stage. Things
    built together (CO_BUILDS) are the mode 共建, each thing a project that has come as far as the slower of the two,
    unless the same row or sentence tells of it as cooperation in another mode: then it is that project.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    by : str
        `pair`: each school with each enterprise; `school`, `enterprise`: each with all of its partners; `chain`: each
        chain with the pairs whose enterprise operates in it or in a part of it.
    as_of : str or None
        The date until which work without an end lasts. None: the last day of which a cooperation done speaks.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses that count as done.

    Returns
    -------
    tuple of CooperationDepth
        Most done first; then most under way, most intended; then by name.

    Notes
    -----
    Income and people of one pair told by several sources count once (`graph.gaps.amounts`); what contradicts is in
    `conflicts`. Unknown is not 0: without any known figure a sum is None. Months run from the first date of a
    claim done to its end, or to `as_of` where no end is told. A circle of parts of chains ends where it began.
    $O(m)$ for $m$ claims but for sorting; by chain, times the chains that an enterprise is in.

    References
    ----------
    .. [1] 教育部等六部门, 职业学校校企合作促进办法, 教职成〔2018〕1 号, 第二章: the forms of cooperation.
    .. [2] D'Este, P. & Patel, P. (2007). University–industry linkages in the UK. Research Policy 36(9), 1295–1313:
           breadth as the number of channels.
    """
    if by not in SUBJECTS:
        raise LiantuError("question.parameter", name="by", value=by, expected=" | ".join(SUBJECTS))
    as_of = checked_date("as_of", as_of)
    # partners count wherever they lie (`graph.gaps.scope`)
    scoped, projection = projection, projection.beyond
    day = as_of or latest_observed(projection, ("COOPERATES_WITH",), minimum_confidence, realised)
    pairs = partnerships.partnerships(projection, minimum_confidence, realised)
    work = work_of(projection, pairs, realised, day)
    groups = _groups(projection, pairs, by, minimum_confidence, scoped)
    told = _Told(work, groups)
    names, order = names_of(projection), projection.register.order
    ends = np.where(groups.partners < 0, -1, order[groups.partners])
    done, begun, intended = told.stages
    shown = in_order(-done, -begun, -intended, order[groups.subjects], ends)
    listed = shown.tolist()
    income, people, unknown = zip(*map(told.amounts, listed), strict=True) if listed else ((), (), ())
    modes, said = zip(*map(told.modes, listed), strict=True) if listed else ((), ())
    return findings(
        CooperationDepth,
        len(listed),
        subject=[names[one] for one in groups.subjects[shown].tolist()],
        partner=[names[one] if one >= 0 else None for one in groups.partners[shown].tolist()],
        kind=repeat(by, len(listed)),
        pairs=told.pairs_done[shown].tolist(),
        done=done[shown].tolist(),
        under_way=begun[shown].tolist(),
        intended=intended[shown].tolist(),
        modes=modes,
        only_said=said,
        since=[*map(told.since, listed)],
        months=[*map(told.months, listed)],
        income=income,
        income_unknown=unknown,
        people=[None if one is None else int(one) for one in people],
        built=[*map(told.built, listed)],
        conflicts=[*map(told.conflicts, listed)],
        evidence=each_later(partial(_telling, projection, pairs, groups.pairs), listed),
        confidence=told.sure[shown].tolist(),
    )


def _telling(projection: Projection, pairs: Partnerships, groups: Grouped, group: int) -> tuple[Claim, ...]:
    return best_evidence(projection, pairs.rows(groups.of(group)))


@dataclass(frozen=True, eq=False)
class _Groups:
    """The pairs that each finding is about: its subject, its partner (-1: all of them), the places of the pairs."""

    subjects: NDArray[np.int64]
    partners: NDArray[np.int64]
    pairs: Grouped


def _groups(
    projection: Projection, pairs: Partnerships, by: str, minimum_confidence: float, scoped: Projection
) -> _Groups:
    places = np.arange(len(pairs))
    if by == "pair":
        return _Groups(pairs.schools, pairs.enterprises, Grouped(places, len(pairs)))
    if by in ("school", "enterprise"):
        members = pairs.schools if by == "school" else pairs.enterprises
    else:
        members, places = _in_chains(projection, pairs, minimum_confidence)
    if by != "school" and scoped is not projection:
        # an enterprise has no level, a chain no place either: those pairs count that are in the scope
        ids = projection.register.ids
        both = (pairs.schools[places].tolist(), pairs.enterprises[places].tolist())
        counted = np.array(
            [
                scoped.at_level(ids[school])
                and (by == "enterprise" or scoped.counts(ids[school]) or scoped.counts(ids[enterprise]))
                for school, enterprise in zip(*both, strict=True)
            ],
            dtype=bool,
        )
        members, places = members[counted], places[counted]
    ends = (_id_places(projection, column[places]) for column in (pairs.enterprises, pairs.schools))
    by_ids = np.lexsort(tuple(ends))
    members, places = members[by_ids], places[by_ids]
    subjects, groups = np.unique(members, return_inverse=True)
    return _Groups(subjects, np.full(len(subjects), -1), Grouped(groups, len(subjects), places))


def _id_places(projection: Projection, numbers: NDArray[Any]) -> NDArray[np.int64]:
    """The place of each node in the order of ids."""
    ids = projection.register.ids
    distinct, places = np.unique(numbers, return_inverse=True)
    ranks = np.empty(len(distinct), dtype=np.int64)
    ranks[sorted(range(len(distinct)), key=lambda at: ids[distinct[at]])] = np.arange(len(distinct))
    return ranks[places]


def _in_chains(
    projection: Projection, pairs: Partnerships, minimum_confidence: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The chains that the enterprises of pairs operate in, with all that these are part of; and the pairs."""
    wholes = reversed_graph(parts_of_chains(projection, minimum_confidence))
    register, claims = projection.register, projection.claims("OPERATES_IN")
    rows = np.flatnonzero(claims.sure(minimum_confidence))
    enterprises, chains = pairs_of(claims.heads[rows], claims.tails[rows])
    operating = Grouped(enterprises, len(register), chains)
    above = [register.numbers(reach(register.ids[chain], wholes)) for chain in np.unique(chains).tolist()]
    lengths = np.zeros(len(register), dtype=np.int64)
    lengths[np.unique(chains)] = [len(own) for own in above]
    around = Grouped.of_lengths(lengths, np.concatenate([np.zeros(0, dtype=np.int64), *above]))
    direct = operating.of_all(pairs.enterprises)
    places = np.repeat(np.arange(len(pairs)), operating.lengths[pairs.enterprises])
    found, told = pairs_of(around.of_all(direct), np.repeat(places, around.lengths[direct]))
    return found, told


class _Within:
    """What the pairs of each finding have, as a list."""

    def __init__(self, groups: Grouped, of_pair: Grouped) -> None:
        ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(of_pair.lengths[groups.values])])
        self._starts: list[int] = ends[groups.starts].tolist()
        self._values: list[Any] = of_pair.of_all(groups.values).tolist()

    def __getitem__(self, group: int) -> list[Any]:
        return self._values[self._starts[group] : self._starts[group + 1]]


class _Told:
    """What the work of the pairs of each finding makes together."""

    def __init__(self, work: PairWork, groups: _Groups) -> None:
        self._work, self._pairs = work, groups.pairs
        own = groups.pairs.values
        done = work.projects[DONE] > 0
        self.stages = [self._sums(counts[own]) for counts in work.projects]
        self.pairs_done = self._sums(done[own])
        self.sure = largest(work.sure[own], groups.pairs, 0.0)
        self._months = largest(work.months[own], groups.pairs, -1)
        last = len(work.days)
        since = np.where(work.since[own] < 0, last, work.since[own])
        self._since = last - largest(last - since, groups.pairs, 0)
        self._modes, self._built = (_Within(groups.pairs, one) for one in (work.told_modes, work.built))
        self._mode_stages = list(zip(work.modes, (work.mode_stages == DONE).tolist(), strict=True))
        self._told_modes: dict[tuple[tuple[str, bool], ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._income, self._people = (
            _Within(groups.pairs, Grouped.of_lengths(one.known.astype(np.int64), one.values[one.known]))
            for one in (work.income, work.people)
        )
        self._unknown = self._sums((done & ~work.income.known)[own])

    def _sums(self, values: NDArray[Any]) -> NDArray[np.int64]:
        before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(values)])
        found: NDArray[np.int64] = before[self._pairs.starts[1:]] - before[self._pairs.starts[:-1]]
        return found

    def modes(self, group: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The modes that are done, and those that are only under way or said."""
        own = tuple(map(self._mode_stages.__getitem__, self._modes[group]))
        if own not in self._told_modes:  # few differ
            done, said = ({mode for mode, some in own if some is stage} for stage in (True, False))
            self._told_modes[own] = tuple(sorted(done)), tuple(sorted(said - done))
        return self._told_modes[own]

    def since(self, group: int) -> str | None:
        """When the first of them began."""
        place = int(self._since[group])
        return self._work.days[place] if place < len(self._work.days) else None

    def months(self, group: int) -> int | None:
        """How long the longest lasts."""
        months = int(self._months[group])
        return None if months < 0 else months

    def amounts(self, group: int) -> tuple[float | None, float | None, int]:
        """Income and people as known, and of how many pairs with something done no income is told."""
        income, people = self._income[group], self._people[group]
        return (sum(income) if income else None, sum(people) if people else None, int(self._unknown[group]))

    def built(self, group: int) -> int:
        """How many things they have built."""
        return len(set(self._built[group]))

    def conflicts(self, group: int) -> tuple[str, ...]:
        """The incomes of its pairs that contradict each other."""
        if not self._work.income.contradicted:
            return ()
        return tuple(text for pair in self._pairs.of(group).tolist() for text in self._work.conflicts(pair))


QUESTION = Question(
    name="cooperation",
    title=Text(zh="校企合作深度", en="How deep cooperation goes"),
    definition=Text(
        zh="每对院校与企业（或每所院校、每家企业、每条产业链）的合作：已落实、在建、计划或倡导的项目各多少，用哪些方式、多久、"
        "带来多少技术服务收入。几个来源说同一对、同一方式的，只算一次；只说未做的方式单独列出。",
        en="What each pair of school and enterprise (or each school, enterprise, chain) does together: projects done, "
        "under way, planned or said; in which modes, for how long, with what income. Sources that tell the same mode of "
        "the same pair count once; modes that are only said are listed apart.",
    ),
    finding=CooperationDepth,
    answer=cooperation,
    labels=(*partnerships.LABELS, "IndustryChain"),
    kinds=(*partnerships.KINDS, "OPERATES_IN", "PART_OF"),
)
