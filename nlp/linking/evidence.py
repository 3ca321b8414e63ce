"""Evidence (证据): what speaks for a relation, as words and what they are to the two names, and what it weighs.

`between 共建` is the word 共建 in the place `between`. A part of a sentence is the evidence of many pairs, so it is kept
together (`Part`) and added up once. A weight counts for each kind of relation; the sums for all kinds are one whole
number (`Table`), so that adding up is a sum of numbers for each place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from graph.ontology import EDGES

# The kinds of edges that are learnt: those between names of a sentence that annotated passages have often enough.
LEARNT: Final = (
    "COOPERATES_WITH",
    "CO_BUILDS",
    "SERVES",
    "LEADS",
    "LOCATED_IN",
    "OFFERS",
    "MEMBER_OF",
    "OPERATES_IN",
    "HOSTS",
    "INCLUDES",
    "DEMANDS",
    "PART_OF",
    "PREPARES_FOR",
    "ISSUED_BY",
    "UPSTREAM_OF",
    "SHARES",
)
PLACES: Final = {kind: place for place, kind in enumerate(LEARNT)}
Ends = tuple[str, str]  # the kinds of head and tail


def _kinds_by_ends() -> Mapping[Ends, tuple[str, ...]]:
    found: dict[Ends, list[str]] = {}
    for kind in LEARNT:
        for ends in EDGES[kind].ends:
            found.setdefault(ends, []).append(kind)
    return {ends: tuple(kinds) for ends, kinds in found.items()}


KINDS_BY_ENDS: Final = _kinds_by_ends()
ARROWS: Final = ("→", "←")
ALWAYS: Final = "always"  # the only place without a word
BY_ENDS: Final = "~"  # between kinds of ends and what counts for them alone: `School→Park~just after 在`
FAR: Final = "far:"  # before the places of what speaks for a relation with a name of a sentence before
# `class between build`, `just before 由`: places of two words
_TWO_WORDS: Final = frozenset(("class", "just", f"{FAR}class", f"{FAR}just"))
# What else counts for these kinds of ends alone: 由 before a school and a consortium says what it does not say elsewhere.
_COUNTS_BY_ENDS: Final = frozenset(
    (
        "first",
        "all",
        "clauses",
        "inside",
        *(
            f"class {place}"
            for place in ("before", "after", "following", "between", "opening", "closing", "next", "last")
        ),
        *(f"just {place}" for place in ("before", "after")),
        *(f"{FAR}{place}" for place in ("how", "named", "rival", "stands", "behind", "led")),
        *(f"{FAR}class {place}" for place in ("sentence", "before", "after", "following")),
        *(f"{FAR}just {place}" for place in ("before", "after")),
    )
)
_EXACT: Final = 1000  # weights are whole thousandths
_WIDTH: Final = 32  # bits of the sum of one kind
_HALF: Final = 1 << (_WIDTH - 1)
_MASK: Final = (1 << _WIDTH) - 1
_SHIFTS: Final = {kind: _WIDTH * place for kind, place in PLACES.items()}
_RAISED: Final = sum(
    _HALF << shift for shift in _SHIFTS.values()
)  # makes each sum positive before it is cut out


@cache
def named(ends: Ends, arrow: str) -> str:
    """The kinds of ends in the order in which they stand: `School→Enterprise`."""
    return f"{ends[0]}{arrow}{ends[1]}"


class Part:
    """Some evidence, by its place.

    `directed`: it says something else where the head stands behind the tail. `lasting`: other sentences have it, too.
    """

    __slots__ = ("directed", "lasting", "told")

    def __init__(
        self, *told: tuple[str, Collection[str]], directed: bool = False, lasting: bool = False
    ) -> None:
        self.told = told
        self.directed = directed
        self.lasting = lasting

    def evidence(self, arrow: str) -> Iterator[str]:
        """Each word with its place, as weights are given; what is directed also with the arrow."""
        for place, words in self.told:
            for word in words:
                one = place if place == ALWAYS else f"{place} {word}"
                yield one
                if self.directed:
                    yield arrow + one

    def by_ends(self) -> Iterator[str]:
        """What of it counts for kinds of ends alone, too."""
        for place, words in self.told:
            if place in _COUNTS_BY_ENDS:
                for word in words:
                    yield f"{place} {word}"


class Table:
    """The weights of words by their places; sums of all kinds at once, as one number."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, int]] = {}
        self.lasting: dict[Part, int] = {}  # what was added up

    def put(self, evidence: str, weight: int) -> None:
        """Add to what a piece of evidence weighs."""
        place, word = _place_of(evidence)
        self.lasting.clear()
        words = self._places.setdefault(place, {})
        words[word] = words.get(word, 0) + weight

    def sum(self, part: Part) -> int:
        """What a part weighs."""
        total = 0
        for place, words in part.told:
            weights = self._places.get(place)
            if weights:
                total += sum(filter(None, map(weights.get, words)))
        return total

    def of(self, evidence: Iterable[str]) -> int:
        """What single pieces of evidence weigh."""
        return sum(self._places.get(place, {}).get(word, 0) for place, word in map(_place_of, evidence))


def _place_of(evidence: str) -> tuple[str, str]:
    """The place and the word of a piece of evidence."""
    place, _, word = evidence.partition(" ")
    if place in _TWO_WORDS:
        second, _, word = word.partition(" ")
        place = f"{place} {second}"
    return place, word


def packed(kind: str, weight: float) -> int:
    """A weight for one kind as a number to add."""
    return round(weight * _EXACT) << _SHIFTS[kind]


def odds(total: int, kind: str) -> float:
    """What a sum says of one kind (log odds)."""
    return (((total + _RAISED) >> _SHIFTS[kind] & _MASK) - _HALF) / _EXACT
