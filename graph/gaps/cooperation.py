"""How deep cooperation goes (合作深度): modes, duration, income and people, done against planned or said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.errors import LiantuError
from graph.gaps import chains, partnerships
from graph.gaps.amounts import Amount, amount, together
from graph.gaps.chains import parts_of_chains, reach
from graph.gaps.dates import before, checked_date, is_date, latest_observed, months_between
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    label,
    surest,
)
from graph.gaps.partnerships import BEGUN, DONE, INTENDED, Cooperation, Pair, stage_of
from graph.language import Text
from graph.project import Projection

SUBJECTS: Final = ("pair", "school", "enterprise", "chain")
PEOPLE: Final = ("order_students", "teachers", "interns", "hires")


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationDepth(Finding):
    """What a pair, a school, an enterprise or a chain does together: by mode, and how far each has come."""

    subject: Named = field(
        metadata=label("院校、企业或产业链", "school, enterprise or chain", head=Text("主体", "subject"))
    )
    partner: Named | None = field(
        metadata=label("合作企业", "enterprise", head=Text("合作企业", "enterprise"))
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
    day = as_of or latest_observed(projection, ("COOPERATES_WITH",), minimum_confidence)
    works = {
        pair: _Work.of(projection, pair, told, realised, day)
        for pair, told in partnerships.partnerships(projection, minimum_confidence, realised).items()
    }
    found = []
    for (subject, partner), pairs in _groups(projection, works, by, minimum_confidence).items():
        own = [works[pair] for pair in sorted(pairs)]
        rows: dict[str, set[int]] = {}
        for work in own:
            for kind, numbers in work.rows.items():
                rows.setdefault(kind, set()).update(numbers)
        stages = sum((work.stages for work in own), Counter[int]())
        modes = {mode for work in own for mode in work.modes[DONE]}
        said = {mode for work in own for stage in (BEGUN, INTENDED) for mode in work.modes[stage]}
        income = together(work.income for work in own)
        people = together(work.people for work in own)
        found.append(
            CooperationDepth(
                subject=Named(projection.name(subject), subject),
                partner=Named(projection.name(partner), partner) if partner else None,
                kind=by,
                pairs=sum(work.stages[DONE] > 0 for work in own),
                done=stages[DONE],
                under_way=stages[BEGUN],
                intended=stages[INTENDED],
                modes=tuple(sorted(modes)),
                only_said=tuple(sorted(said - modes)),
                since=min((work.since for work in own if work.since), default=None),
                months=max((work.months for work in own if work.months is not None), default=None),
                income=income.value,
                income_unknown=sum(work.stages[DONE] > 0 and work.income.value is None for work in own),
                people=None if people.value is None else int(people.value),
                built=len({thing for work in own for thing in work.built}),
                conflicts=tuple(text for work in own for text in work.conflicts),
                evidence=best_evidence(projection, rows),
                confidence=surest(projection, rows),
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -one.done,
                -one.under_way,
                -one.intended,
                one.subject,
                one.partner or Named("", ""),
            ),
        )
    )


@dataclass
class _Work:
    """What one pair does: projects by stage, modes by stage, times, amounts and the claims that say so."""

    stages: Counter[int]
    modes: Mapping[int, set[str]]
    built: set[str]
    since: str | None
    months: int | None
    income: Amount
    people: Amount
    conflicts: tuple[str, ...]
    rows: dict[str, set[int]]

    @classmethod
    def of(
        cls,
        projection: Projection,
        pair: Pair,
        told: Cooperation,
        realised: tuple[str | None, ...],
        day: str | None,
    ) -> _Work:
        claims = projection.claims("COOPERATES_WITH")
        direct = told.rows.get("COOPERATES_WITH", set())
        done = {row for row in direct if claims.column("status")[row] in realised}
        stages, modes = _projects(projection, direct, realised)
        built = _built(projection, pair, told, realised)
        for stage in _told_apart(projection, told, built).values():
            stages[stage] += 1
            modes[stage].add("共建")
        times = [
            (since, _end(claims.column("until")[row], day))
            for row in done
            if is_date(since := claims.column("since")[row])
        ]
        lasting = [months_between(since, end) for since, end in times if end]
        income = amount(projection, "COOPERATES_WITH", done, "income")
        names = "·".join(projection.name(one) for one in pair)
        return cls(
            stages=stages,
            modes=modes,
            built={thing for thing, stage in built.items() if stage == DONE},
            since=min((since for since, _ in times), default=None),
            months=max((one for one in lasting if one is not None), default=None),
            income=income,
            people=together(amount(projection, "COOPERATES_WITH", done, column) for column in PEOPLE),
            conflicts=tuple(f"{names}：{income.value:.10g} ≠ {other:.10g}" for other in income.others),
            rows=told.rows,
        )


def _projects(
    projection: Projection, rows: Iterable[int], realised: tuple[str | None, ...]
) -> tuple[Counter[int], dict[int, set[str]]]:
    """How many projects of each stage the claims of one pair tell of, and their modes."""
    claims = projection.claims("COOPERATES_WITH")
    sources, modes, statuses = (claims.column(name) for name in ("source", "mode", "status"))
    told = Counter((stage_of(statuses[row], realised), modes[row], sources[row]) for row in rows)
    most: dict[tuple[int, str | None], int] = {}
    for (stage, mode, _), count in told.items():
        most[stage, mode] = max(count, most.get((stage, mode), 0))
    stages: Counter[int] = Counter()
    named: dict[int, set[str]] = {DONE: set(), BEGUN: set(), INTENDED: set()}
    for (stage, mode), count in most.items():
        if mode:
            stages[stage] += count
            named[stage].add(mode)
    for (stage, mode), count in most.items():
        if not mode and not named[stage]:
            stages[stage] += count
    return stages, named


def _built(
    projection: Projection, pair: Pair, told: Cooperation, realised: tuple[str | None, ...]
) -> dict[str, int]:
    """The things that both of a pair build, each with how far the slower of them has come."""
    claims = projection.claims("CO_BUILDS")
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    best: dict[str, dict[str, int]] = {}
    for row in told.rows.get("CO_BUILDS", ()):
        builders = best.setdefault(tails[row], {})
        stage = stage_of(statuses[row], realised)
        builders[heads[row]] = min(stage, builders.get(heads[row], stage))
    return {thing: max(by.values()) for thing, by in best.items() if all(one in by for one in pair)}


def _told_apart(projection: Projection, told: Cooperation, built: Mapping[str, int]) -> dict[str, int]:
    """The things built of which no claim stands in the words of a claim of cooperation."""
    direct, works = projection.claims("COOPERATES_WITH"), projection.claims("CO_BUILDS")
    words = {
        (direct.column("source")[row], direct.column("place")[row])
        for row in told.rows.get("COOPERATES_WITH", ())
        if direct.column("place")[row]
    }
    same = {
        works.column("tail")[row]
        for row in told.rows.get("CO_BUILDS", ())
        if (works.column("source")[row], works.column("place")[row]) in words
    }
    return {thing: stage for thing, stage in built.items() if thing not in same}


def _end(until: str | None, day: str | None) -> str | None:
    """The end of a cooperation, or the day on which the graph speaks where it goes on until then."""
    if until is None or not is_date(until):
        return day
    return until if day is None or before(until, day) else day


def _groups(
    projection: Projection, works: Iterable[Pair], by: str, minimum_confidence: float
) -> dict[tuple[str, str | None], set[Pair]]:
    """The pairs that each finding is about."""
    if by == "pair":
        return {pair: {pair} for pair in works}
    groups: dict[tuple[str, str | None], set[Pair]] = {}
    if by in ("school", "enterprise"):
        for pair in works:
            groups.setdefault((pair[by == "enterprise"], None), set()).add(pair)
        return groups
    parts = parts_of_chains(projection, minimum_confidence)
    wholes = chains.reversed_graph(parts)
    claims = projection.claims("OPERATES_IN")
    heads, tails = claims.column("head"), claims.column("tail")
    inside: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        inside.setdefault(heads[row], set()).update(reach(tails[row], wholes))
    for pair in works:
        for chain in inside.get(pair[1], ()):
            groups.setdefault((chain, None), set()).add(pair)
    return groups


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
