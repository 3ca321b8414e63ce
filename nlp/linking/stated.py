"""What is stated already (已有关系): the relations that the frames have found of the names of a pair, as evidence.

Of two schools and two bases that a sentence names one after the other, a frame that has given one base its school says
that the other school is not its.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from graph.ontology import EDGES
from nlp.extraction import Relation
from nlp.linking.evidence import FAR
from nlp.linking.pairs import Pair

_OTHERS: Final = "stated of others in these lists"
_ANOTHER: Final = ("head has another tail", "tail has another head")
_NOTHING: Final = ("nothing stated of the head", "nothing stated of the tail")
# 由甲牵头，乙、丙共同组建: where a frame has who leads, the others do not.
_SAID_AT_ONCE: Final = ("LEADS",)
# 甲学院与乙公司、丙学院与丁公司等校企: 甲学院 is not said to work with 丁公司.
_TWO_BY_TWO: Final = ("COOPERATES_WITH",)
# All that may be told here of two names of a sentence.
OF_ALL: Final = (*(f"stated as {kind}" for kind in EDGES), _OTHERS, *_ANOTHER, *_NOTHING)


class Stated:
    """The relations of a passage by their ends."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        self._kinds: defaultdict[frozenset[int], set[str]] = defaultdict(set)
        self._tails: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        self._heads: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        self._known: set[int] = set()
        for one in relations:
            if one.tail is None:
                continue
            self._kinds[frozenset((one.head, one.tail))].add(one.kind)
            self._tails[one.kind, one.head].add(one.tail)
            self._heads[one.kind, one.tail].add(one.head)
            self._known |= {one.head, one.tail}

    def excludes(self, kind: str, head: int, tail: int) -> bool:
        """Whether what is stated leaves no room.

        The other way round it is not so, who leads is said at once, and names that are told two by two go with no other.
        """
        return (
            head in self._tails[kind, tail]
            or (kind in _SAID_AT_ONCE and bool(self._heads[kind, tail]))
            or (kind in _TWO_BY_TWO and self._has_neighbour(kind, head) and self._has_neighbour(kind, tail))
        )

    def _has_neighbour(self, kind: str, name: int) -> bool:
        """Whether it is stated of a name and of the one before or behind it."""
        return any(kind in self._kinds.get(frozenset((name, other)), ()) for other in (name - 1, name + 1))

    def between(self, pair: Pair) -> set[str]:
        """The kinds of relation that are stated between names of a pair, either way round."""
        return {
            found
            for head in pair.heads
            for tail in pair.tails
            for found in self._kinds[frozenset((head, tail))]
        }

    def evidence(self, pair: Pair, kind: str) -> Iterator[str]:
        """What the relations found so far say of a relation of this kind between the names of a pair."""
        for one in self._evidence(pair, kind):
            yield FAR + one if pair.far else one

    def _evidence(self, pair: Pair, kind: str) -> Iterator[str]:
        heads, tails = set(pair.heads), set(pair.tails)
        between = self.between(pair)
        for other in sorted(between - {kind}):
            yield f"stated as {other}"
        if kind in between:
            yield _OTHERS
        if any(self._tails[kind, head] - tails for head in heads):
            yield _ANOTHER[0]
        if any(self._heads[kind, tail] - heads for tail in tails):
            yield _ANOTHER[1]
        if heads.isdisjoint(self._known):
            yield _NOTHING[0]
        if tails.isdisjoint(self._known):
            yield _NOTHING[1]
