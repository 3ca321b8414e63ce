"""Pathways to an occupation (通往岗位的路径): from a post, a specialty or a level, by lifelong learning."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, pairs_of
from graph.errors import LiantuError
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    RowsByKind,
    label,
    surest,
    telling,
)
from graph.identity import label_of, normalise_name
from graph.language import Text
from graph.ontology import SPECIALTY_LEVELS
from graph.project import Projection

Step = tuple[str, str, int]  # kind, where to, row
_DEMANDING: Final = ("DEMANDS", "HAS_ROLE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway(Finding):
    """The shortest way to an occupation that is in demand, or that there is none."""

    occupation: Named = field(metadata=label("岗位", "occupation", head=Text("岗位", "occupation")))
    start: Named | None = field(metadata=label("起点", "start", head=Text("起点", "start")))
    steps: int | None = field(metadata=label("步数", "steps", head=Text("步数", "steps")))
    way: tuple[Named, ...] = field(metadata=label("路径", "way", head=Text("路径", "way")))
    patterns: tuple[str, ...] = field(metadata=label("贯通模式", "patterns of articulation", note=True))
    demanders: int = field(
        metadata=label("需要它的企业与产业链", "who asks for it", head=Text("需求方", "who asks"))
    )
    others: tuple[Named, ...] = field(metadata=label("同样短的其他起点", "other starts as near", note=True))


def pathways(
    projection: Projection,
    *,
    start: str | None = None,
    target: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[Pathway, ...]:
    r"""The shortest ways to occupations, over specialties that prepare for them and the steps between these.

    A way goes from a specialty to one that it leads on to (ARTICULATES_TO), from a specialty to an occupation that it
    prepares for (PREPARES_FOR), and from an occupation back to a specialty that prepares for it: who holds a post
    can study on in its field. With $d(u, v)$ the fewest such steps, of each occupation $o$ is told

    .. math:: \min_{u \in U} d(u, o)

    where $U$ are the starts. Only what is done counts.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    start : str or None
        A level (中职, 高职专科 …), or an occupation or specialty by id or name; None: every specialty to which no other
        leads, the lowest rungs.
    target : str or None
        An occupation by id or name; None: every one that an enterprise, a chain or a talent chain asks for.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses that count as done; None is a claim told without a status.

    Returns
    -------
    tuple of Pathway
        Occupations without a way first, by how many ask for them; then the longest ways.

    Raises
    ------
    LiantuError
        `node.unknown` where `start` or `target` names nothing.

    Notes
    -----
    Breadth-first search [1]_ from all starts at once: $O(n + m)$. Of ways of one length the one first by name is told.

    References
    ----------
    .. [1] E. F. Moore, The shortest path through a maze, Proc. Int. Symp. on the Theory of Switching (1959) 285–292.
    """
    scoped, projection = (
        projection,
        projection.beyond,
    )  # a way may lead over other levels (`graph.gaps.scope`)
    steps = _steps(projection, minimum_confidence, realised)
    asking = _Asking(scoped, minimum_confidence)
    targets = _named(projection, target, ("Occupation",)) if target is not None else set(asking.demanders)
    starts = _starts(projection, steps, start)
    reached, origin = _reach(projection, steps, starts)
    found = []
    for occupation in targets:
        way = _way(reached, occupation)
        used: dict[str, set[int]] = {}
        for kind, row in (reached[one][1:] for one in way[1:]):
            used.setdefault(kind, set()).add(row)
        patterns = {
            projection.claims("ARTICULATES_TO").column("pattern")[row]
            for row in used.get("ARTICULATES_TO", ())
        }
        evidence: RowsByKind = used or asking.rows(occupation)
        others = origin.get(occupation, set()) - {way[0]} if way else set()
        found.append(
            Pathway(
                occupation=Named(projection.name(occupation), occupation),
                start=Named(projection.name(way[0]), way[0]) if way else None,
                steps=len(way) - 1 if way else None,
                way=tuple(Named(projection.name(one), one) for one in way),
                patterns=tuple(sorted(one for one in patterns if one)),
                demanders=asking.demanders.get(occupation, 0),
                others=tuple(sorted(Named(projection.name(one), one) for one in others)),
                evidence=telling(projection if used else scoped, evidence),
                confidence=min(
                    (
                        projection.claims(kind).column("confidence")[row]
                        for kind, own in used.items()
                        for row in own
                    ),
                    default=None,
                )
                if used
                else surest(scoped, evidence),
            )
        )
    return tuple(sorted(found, key=_hardest))


def _hardest(one: Pathway) -> tuple[bool, int, int, Named]:
    return one.steps is not None, -(one.steps or 0), -one.demanders, one.occupation


def _steps(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, list[Step]]:
    """Node → the steps from it, ordered by the names of where they lead; of parallel claims the surest."""
    best: dict[tuple[str, str], tuple[float, str, int]] = {}
    for kind in ("ARTICULATES_TO", "PREPARES_FOR"):
        claims = projection.claims(kind)
        heads, tails, statuses, sure, ids = (
            claims.column(name) for name in ("head", "tail", "status", "confidence", "id")
        )
        told: dict[tuple[str, str], tuple[float, str, int]] = {}
        for row in claims.believed(minimum_confidence):
            if statuses[row] in realised:
                pair = (heads[row], tails[row])
                weight = (-sure[row], ids[row], row)
                told[pair] = min(told.get(pair, weight), weight)
        for (head, tail), (unsure, _, row) in told.items():
            best[head, tail] = (unsure, kind, row)
            if kind == "PREPARES_FOR":
                best[tail, head] = (unsure, kind, row)
    steps: dict[str, list[Step]] = {}
    for (head, tail), (_, kind, row) in best.items():
        steps.setdefault(head, []).append((kind, tail, row))
    for own in steps.values():
        own.sort(key=lambda step: (projection.name(step[1]), step[1]))
    return steps


class _Asking:
    """Who asks for which occupation: how many by its id, and the claims that say so."""

    def __init__(self, projection: Projection, minimum_confidence: float) -> None:
        self._register, size = projection.register, len(projection.register)
        self._rows: dict[str, Grouped] = {}
        heads, tails = [], []
        for kind in _DEMANDING:
            claims = projection.claims(kind)
            asking = claims.sure(minimum_confidence) & projection.register.are(claims.tails, "Occupation")
            rows = np.flatnonzero(asking)
            heads.append(claims.heads[rows])
            tails.append(claims.tails[rows])
            self._rows[kind] = Grouped(tails[-1], size, rows)
        occupations, _ = pairs_of(np.concatenate(tails), np.concatenate(heads))
        asked, counts = np.unique(occupations, return_counts=True)
        ids = projection.register.ids
        self.demanders = {ids[one]: count for one, count in zip(asked.tolist(), counts.tolist(), strict=True)}

    def rows(self, occupation: str) -> dict[str, NDArray[Any]]:
        """The claims that ask for an occupation, by kind."""
        if occupation not in self.demanders:
            return {}
        number = self._register.number(occupation)
        told = {kind: own.of(-1 if number is None else number) for kind, own in self._rows.items()}
        return {kind: own for kind, own in told.items() if len(own)}


def _starts(projection: Projection, steps: dict[str, list[Step]], start: str | None) -> set[str]:
    if start is None:
        led_to = {to for own in steps.values() for kind, to, _ in own if kind == "ARTICULATES_TO"}
        return {one for one in projection.ids("Specialty") if one not in led_to}
    if start in SPECIALTY_LEVELS:
        return {one for one in projection.ids("Specialty") if projection.value(one, "level") == start}
    return _named(projection, start, ("Occupation", "Specialty"))


def _named(projection: Projection, word: str, labels: tuple[str, ...]) -> set[str]:
    """The nodes that a word names, of several kinds or levels perhaps; `node.unknown` where there is none."""
    wanted = normalise_name(word)
    found = {
        one
        for label in labels
        for one in projection.ids(label)
        if one == word or normalise_name(projection.name(one)) == wanted
    }
    if not found:
        raise LiantuError("node.unknown", name=word)
    return found


def _reach(
    projection: Projection, steps: dict[str, list[Step]], starts: set[str]
) -> tuple[dict[str, tuple[str | None, str, int]], dict[str, set[str]]]:
    """Node → from where, by which claim it is reached first; and the starts from which it is as near."""
    ordered = sorted(starts, key=lambda one: (projection.name(one), one))
    reached: dict[str, tuple[str | None, str, int]] = dict.fromkeys(ordered, (None, "", -1))
    depth = dict.fromkeys(ordered, 0)
    origin = {one: {one} for one in ordered}
    waiting = deque(ordered)
    while waiting:
        one = waiting.popleft()
        for kind, to, row in steps.get(one, ()):
            if to not in reached:
                reached[to], depth[to], origin[to] = (one, kind, row), depth[one] + 1, set()
                waiting.append(to)
            if depth[to] == depth[one] + 1 and label_of(to) == "Occupation":
                origin[to] |= origin[one] if depth[one] == 0 else set()
    return reached, origin


def _way(reached: dict[str, tuple[str | None, str, int]], end: str) -> list[str]:
    """The nodes from the start to `end`; none where it cannot be reached."""
    way: list[str] = []
    one: str | None = end
    while one is not None and one in reached:
        way.append(one)
        one = reached[one][0]
    return way[::-1]


QUESTION = Question(
    name="pathways",
    title=Text(zh="通往岗位的路径", en="Pathways to an occupation"),
    definition=Text(
        zh="每个有人需要的岗位，从起点（默认是没有下级衔接的专业）经专业衔接和“面向职业”到达它的最短路径；在岗者可回到面向其岗位的专业继续学。到不了的排在最前。",
        en="For each occupation in demand, the shortest way to it from a start (the specialties to which no other leads) "
        "over steps between specialties and what these prepare for; who holds a post may study on in its field. "
        "Those that cannot be reached come first.",
    ),
    finding=Pathway,
    answer=pathways,
    labels=("Specialty", "Occupation", "TalentChain"),
    kinds=("ARTICULATES_TO", "PREPARES_FOR", *_DEMANDING),
)
