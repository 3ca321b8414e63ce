"""How many people a chain needs (人才需求): figures of the chain, of its parts and of its enterprises, once each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from graph.gaps.chains import Graph
from graph.gaps.figures import Figure, figure
from graph.project import Projection

LABELS: Final = ("IndustryChain", "Enterprise", "Occupation", "Specialty")
KINDS: Final = ("OPERATES_IN", "DEMANDS")


@dataclass
class Total:
    """People needed: `value` is the sum of the known figures, None where there is none."""

    value: int | None = None
    own: int | None = None  # of these, what no other chain can claim
    unknown: set[tuple[str, str | None]] = field(default_factory=set)  # demander, demanded: no figure
    rows: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    contradicted: list[tuple[str, str, Figure]] = field(default_factory=list)


class Demand:
    """The demand of chains, read once from the believed claims of OPERATES_IN and DEMANDS.

    A plan to hire is a demand, so claims of every status count. Words (a row of records, a sentence) that
    name a post and a specialty that suits it tell of one demand, the post's, unless they give each its own number.
    """

    def __init__(self, projection: Projection, minimum_confidence: float, year: int | None = None) -> None:
        self._projection = projection
        self._year = year
        self._figures: dict[tuple[str, str], Figure] = {}
        self._contradicted: dict[tuple[str, str], Figure] = {}
        self.enterprises: dict[str, set[str]] = {}  # chain → enterprises claimed to operate in it
        self.chains: dict[str, set[str]] = {}  # enterprise → chains
        self.operating: dict[str, set[int]] = {}  # chain → rows of OPERATES_IN, of parks too
        claims = projection.claims("OPERATES_IN")
        heads, tails = claims.column("head"), claims.column("tail")
        for row in claims.believed(minimum_confidence):
            head, tail = heads[row], tails[row]
            self.operating.setdefault(tail, set()).add(row)
            if head.startswith("Enterprise:"):
                self.enterprises.setdefault(tail, set()).add(head)
                self.chains.setdefault(head, set()).add(tail)
        believed = projection.claims("DEMANDS").believed(minimum_confidence)
        once, self.beside = _each_once(projection, believed)  # beside: post, specialty named with it
        self.needs = _by_ends(projection, once)  # demander → demanded → rows of DEMANDS
        self.wanted = (  # the same with every claim, for who wants what
            self.needs if len(once) == len(believed) else _by_ends(projection, believed)
        )

    def of(self, chain: str, parts: Graph, inside: Collection[str], around: Collection[str]) -> Total:
        """The demand of a chain.

        For each occupation or specialty the largest of three figures is taken, for each holds the next: what the
        chain itself is said to need; what its parts are; what the enterprises operating in it need together.
        `inside` is the chain with all its parts, `around` also what it is part of: an enterprise that operates
        nowhere else is the chain's own.
        """
        enterprises = {one for part in inside for one in self.enterprises.get(part, ())}
        own = {one for one in enterprises if self.chains[one] <= set(around)}
        asking: dict[str, list[str]] = {tail: [] for one in inside for tail in self.needs.get(one, ())}
        for one in enterprises:
            for tail in self.needs.get(one, ()):
                asking.setdefault(tail, []).append(one)
        total = Total()
        for demanded in sorted(asking):
            said = self._said(chain, demanded, parts, total)
            asked: int | None = None
            asked_own: int | None = None
            for one in asking[demanded]:
                value = self._figure(one, demanded, total)
                asked = _plus(asked, value)
                asked_own = _plus(asked_own, value) if one in own else asked_own
            total.value = _plus(total.value, _largest(said, asked))
            total.own = _plus(total.own, _largest(said, asked_own))
        total.unknown |= {(one, None) for one in enterprises if one not in self.needs}
        total.contradicted = [
            (head, tail, told)
            for (head, tail), told in sorted(self._contradicted.items(), key=lambda item: item[0])
            if head in enterprises or head in inside
        ]
        return total

    def _figure(self, demander: str, demanded: str, total: Total) -> int | None:
        rows = self.needs.get(demander, {}).get(demanded)
        if not rows:
            return None
        if (demander, demanded) not in self._figures:
            self._figures[demander, demanded] = figure(
                self._projection,
                "DEMANDS",
                rows,
                column="headcount",
                part="level",
                year=self._year,
                cautious=max,
            )
            if self._figures[demander, demanded].others:
                self._contradicted[demander, demanded] = self._figures[demander, demanded]
        found = self._figures[demander, demanded]
        total.rows.update(found.rows or rows)
        if found.value is None:
            total.unknown.add((demander, demanded))
        if found.year is not None:
            total.years.add(found.year)
        return found.value

    def _said(self, chain: str, demanded: str, parts: Graph, total: Total) -> int | None:
        """The chain's own figure or that of its parts together, whichever is larger; a part counts once."""
        seen, waiting, below = {chain}, sorted(parts.get(chain, ())), None
        own = self._figure(chain, demanded, total)
        while waiting:
            part = waiting.pop(0)
            if part in seen:
                continue
            seen.add(part)
            value = self._figure(part, demanded, total)
            if value is None:
                waiting.extend(sorted(parts.get(part, ())))
            else:
                below = _plus(below, value)
        return _largest(own, below)


def _by_ends(projection: Projection, rows: list[int]) -> dict[str, dict[str, set[int]]]:
    claims = projection.claims("DEMANDS")
    heads, tails = claims.column("head"), claims.column("tail")
    found: dict[str, dict[str, set[int]]] = {}
    for row in rows:
        found.setdefault(heads[row], {}).setdefault(tails[row], set()).add(row)
    return found


def _each_once(projection: Projection, rows: list[int]) -> tuple[list[int], set[tuple[str, str]]]:
    """The rows without those specialties that the same words name only as fit for a post demanded; and these pairs."""
    needs = projection.claims("DEMANDS")
    places, quotes = needs.column("place"), needs.column("quote")
    columns = [needs.column(name) for name in ("source", "place", "quote", "head", "year")]
    tails, headcounts = needs.column("tail"), needs.column("headcount")

    def words(row: int) -> tuple[object, ...]:
        return tuple(column[row] for column in columns)

    specialties = [row for row in rows if not tails[row].startswith("Occupation:")]
    told = {words(row) for row in specialties if places[row] or quotes[row]}
    posts: dict[tuple[object, ...], set[tuple[str, int | None]]] = {}
    for row in rows if told else ():
        if tails[row].startswith("Occupation:") and words(row) in told:
            posts.setdefault(words(row), set()).add((tails[row], headcounts[row]))
    twice: set[int] = set()
    beside: set[tuple[str, str]] = set()
    for row in specialties:
        named = posts.get(words(row))
        if not named or headcounts[row] not in {None, *(people for _, people in named)}:
            continue
        twice.add(row)
        if len(named_posts := {post for post, _ in named}) == 1:  # of several posts it is not said which
            beside |= {(post, tails[row]) for post in named_posts}
    return ([row for row in rows if row not in twice] if twice else rows), beside


def _plus(first: int | None, second: int | None) -> int | None:
    if first is None or second is None:
        return first if second is None else second
    return first + second


def _largest(first: int | None, second: int | None) -> int | None:
    known = [value for value in (first, second) if value is not None]
    return max(known, default=None)
