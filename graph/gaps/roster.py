"""Who should come, be warned, or leave (有进有出): the roster of each consortium's members, with reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from graph.claims import Claim
from graph.gaps import participation, partnerships
from graph.gaps.dates import before, checked_date, is_date, latest_observed, months_between
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    RowsByKind,
    best_evidence,
    in_turn,
    label,
    later,
    names_of,
    surest,
)
from graph.gaps.participation import memberships
from graph.gaps.partnerships import DONE, Partnerships
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

ENTER, WARN, LEAVE = "进", "警示", "出"
SIDES: Final = ("School", "Enterprise")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange(Finding):
    """A school or enterprise that should join a consortium, be warned, or leave it."""

    member: Named = field(
        metadata=label("院校或企业", "school or enterprise", head=Text("院校或企业", "school or enterprise"))
    )
    consortium: Named = field(
        metadata=label("联合体", "consortium", head=Text("联合体", "consortium"), subject=True)
    )
    action: str = field(metadata=label("建议", "advice", head=Text("建议", "advice")))
    reasons: tuple[Text, ...] = field(metadata=label("理由", "reasons", head=Text("理由", "reasons")))
    done_with: tuple[Named, ...] = field(
        metadata=label("已落实合作的成员", "members that it has done something with")
    )
    since: str | None = field(metadata=label("加入日期", "member since"))
    months: int | None = field(metadata=label("在册月数", "months on the roster"))


def roster(
    projection: Projection,
    *,
    as_of: str | None = None,
    minimum_partners: int = 2,
    months: int = 12,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[RosterChange, ...]:
    r"""Which schools and enterprises should enter, be warned, or leave each consortium.

    With $M(k)$ the members of consortium $k$ on the other side of $v$ whose membership has not ended, $D(v)$ the
    partners with whom $v$ has done something and $A(v)$ those with whom anything at all is claimed,

    .. math::

       \text{enter}: v \notin k,\ |D(v) \cap M(k)| \ge p; \qquad
       \text{warn}: v \in k,\ D(v) \cap M(k) = \emptyset; \qquad
       \text{leave}: v \in k\ \text{until}\ e < t,\ \text{or}\ A(v) = \emptyset\ \text{and}\ v \in k\
       \text{for}\ n\ \text{months}

    A consortium without a member of the other side warns nobody: there is no one to work with. Leaders are warned, never
    told to leave.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    as_of : str or None
        The day $t$. None: the last day of which a membership or cooperation done speaks.
    minimum_partners : int
        With how many members one must have done something to be asked in, $p$.
    months : int
        How long a member may be on the roster without any cooperation, $n$.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses that count as done.

    Returns
    -------
    tuple of RosterChange
        出 first, then 警示, then 进; by consortium and name.

    Notes
    -----
    No record is not no cooperation: the advice is to ask, with reasons. Without a date of joining nobody is told to
    leave. $O(m + \sum_k |M(k)| \cdot d)$ for $m$ claims and $d$ partners of a member.

    References
    ----------
    .. [1] 教育部办公厅, 关于开展市域产教联合体建设的通知, 教职成厅函〔2023〕15 号: entry and exit.
    """
    as_of = checked_date("as_of", as_of)
    projection = projection.beyond  # partners count wherever they lie (`graph.gaps.scope`)
    day = as_of or latest_observed(projection, KINDS, minimum_confidence, realised)
    pairs = partnerships.partnerships(projection, minimum_confidence, realised)
    roster_of = _Roster(projection, pairs, day, months)
    found: list[RosterChange] = []
    for consortium, members in memberships(projection, minimum_confidence, realised).items():
        numbers = [projection.register.number(member) for member in members]
        everyone = {number for number in numbers if number is not None}
        staying = [member for member, rows in members.items() if not roster_of.ended(rows)]
        inside = set(projection.register.numbers(staying).tolist())
        sides = {label for member in staying if (label := label_of(member)) in SIDES}
        (whole,) = projection.register.numbers([consortium]).tolist()
        for (member, rows), number in zip(members.items(), numbers, strict=True):
            if number is not None and (side := label_of(member)) in SIDES:
                meets = any(other != side for other in sides)
                told = roster_of.member(whole, number, rows, inside, meets)
                found += [told] if told else []
        found += roster_of.outsiders(whole, inside, everyone, minimum_partners)
    return tuple(sorted(found, key=_place))


_ORDER: Final = (LEAVE, WARN, ENTER)


def _place(one: RosterChange) -> tuple[int, str, str, str, str]:
    """Its place among all; names and ids compare faster than nodes do."""
    consortium, member = one.consortium, one.member
    return _ORDER.index(one.action), consortium.name, consortium.id, member.name, member.id


_NOT_DONE: Final = Text(zh="与成员没有已落实的合作", en="nothing done with any member")
_BEGUN: Final = Text(zh="有在建或计划的合作", en="something is under way or planned")


class _Roster:
    """What is advised of each member of a consortium, and of who is none; nodes by number."""

    def __init__(self, projection: Projection, pairs: Partnerships, day: str | None, months: int) -> None:
        self._projection, self._pairs, self._day, self._months = projection, pairs, day, months
        self._names, own = names_of(projection), pairs.of_member
        both = pairs.schools[own.values] + pairs.enterprises[own.values]
        done = pairs.stages[own.values] == DONE
        self._starts: list[int] = own.starts.tolist()  # lists: each of many members is looked at alone
        columns = (both - own.keys, own.values, done)
        self._partners = list(zip(*(column.tolist() for column in columns), strict=True))

    def _work(self, member: int) -> list[tuple[int, int, bool]]:
        """The partners of a member, the places of the pairs, and whether anything is done."""
        return self._partners[self._starts[member] : self._starts[member + 1]]

    def outsiders(
        self, consortium: int, inside: set[int], everyone: set[int], minimum_partners: int
    ) -> Iterator[RosterChange]:
        """Who was never inside and has done something with so many that are."""
        found: dict[int, dict[int, int]] = {}  # → the partners inside and the places of these pairs
        for member in inside:
            for other, place, done in self._work(member):
                if done and other not in everyone:
                    found.setdefault(other, {})[member] = place
        for one, work in found.items():
            if len(work) >= minimum_partners:
                reason = Text(
                    zh=f"已与 {len(work)} 个成员落实合作而不在册",
                    en=f"has done something with {len(work)} members and is not on the roster",
                )
                rows = self._pairs.rows(np.array([*work.values()], dtype=np.int64))
                yield self._change(consortium, one, ENTER, (reason,), work.keys(), None, None, rows, rows)

    def member(
        self, consortium: int, member: int, rows: Mapping[str, set[int]], inside: set[int], meets: bool
    ) -> RosterChange | None:
        """The advice on a member, who `meets` the other side inside; None: nothing is to be said."""
        since, until = self._dates(rows)
        leads, day = bool(rows.get("LEADS")), self._day
        partners = self._work(member)
        done = {one for one, _, some in partners if some and one in inside}
        staying = months_between(since, day) if since and day else None
        reasons: tuple[Text, ...]
        if self.ended(rows):
            action, reasons = LEAVE, (Text(zh=f"成员期已于 {until} 届满", en=f"membership ended {until}"),)
        elif done or not meets:
            return None
        elif not partners and staying is not None and staying >= self._months and not leads:
            action = LEAVE
            reasons = (
                Text(
                    zh=f"在册 {staying} 个月，没有任何合作记录",
                    en=f"{staying} months on the roster, no cooperation told",
                ),
            )
        else:
            action, reasons = WARN, (_NOT_DONE, _BEGUN) if partners else (_NOT_DONE,)
        return self._change(consortium, member, action, reasons, done, since, staying, rows, None)

    def ended(self, rows: Mapping[str, set[int]]) -> bool:
        """Whether a membership has ended before the day; that of a leader has not."""
        _, until = self._dates(rows)
        return bool(until and self._day and before(until, self._day) and not rows.get("LEADS"))

    def _dates(self, rows: Mapping[str, set[int]]) -> tuple[str | None, str | None]:
        """The first date of joining and the last of leaving that membership claims give; no end where one has none."""
        claims = self._projection.claims("MEMBER_OF")
        since, until = claims.column("since"), claims.column("until")
        own = rows.get("MEMBER_OF", set())
        ends = [until[row] for row in own if is_date(until[row])]
        return (
            min((since[row] for row in own if is_date(since[row])), default=None),
            max(ends) if ends and len(ends) == len(own) else None,
        )

    def _change(
        self,
        consortium: int,
        member: int,
        action: str,
        reasons: tuple[Text, ...],
        done: Collection[int],
        since: str | None,
        staying: int | None,
        premise: RowsByKind,
        work: RowsByKind | None,
    ) -> RosterChange:
        return RosterChange(
            member=self._names[member],
            consortium=self._names[consortium],
            action=action,
            reasons=reasons,
            done_with=self._names(done) if done else (),
            since=since,
            months=staying,
            evidence=later(_telling, self._projection, self._pairs, member, premise, work),
            confidence=surest(self._projection, premise),
        )


def _telling(
    projection: Projection, pairs: Partnerships, member: int, premise: RowsByKind, work: RowsByKind | None
) -> tuple[Claim, ...]:
    """What the finding rests on, then the work of an outsider, or all that a member does with anybody."""
    rows = pairs.rows(pairs.of_member.of(member)) if work is None else work
    return in_turn(best_evidence(projection, premise, 2), best_evidence(projection, rows, 3))


LABELS: Final = (*partnerships.LABELS, "Consortium")
KINDS: Final = (*participation.MEMBERSHIP, *partnerships.KINDS)

QUESTION = Question(
    name="roster",
    title=Text(zh="有进有出", en="Who should come, be warned, or leave"),
    definition=Text(
        zh="各联合体的院校和企业：已与几个成员落实合作却不在册的，建议进；在册而与成员没有已落实合作的，警示；成员期满、"
        "或在册满一定月数仍没有任何合作记录的，建议出。没有记录不等于没有合作，先问。",
        en="The schools and enterprises of each consortium: who has done something with several members and is not on "
        "the roster should come in; a member with nothing done with any member is warned; one whose membership ended, or "
        "with no cooperation told for months, should leave. No record is not no cooperation: ask first.",
    ),
    finding=RosterChange,
    answer=roster,
    labels=LABELS,
    kinds=KINDS,
)
