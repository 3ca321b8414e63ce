"""How many people a chain needs (人才需求): figures of the chain, of its parts and of its enterprises, once each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from graph.gaps.chains import Graph
from graph.gaps.figures import Figure, figure
from graph.identity import label_of
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
        self.enterprises: dict[str, set[str]] = {}  # chain → enterprises claimed to operate in it
        self.chains: dict[str, set[str]] = {}  # enterprise → chains
        self.operating: dict[str, set[int]] = {}  # chain → rows of OPERATES_IN, of parks too
        claims = projection.claims("OPERATES_IN")
        heads, tails = claims.column("head"), claims.column("tail")
        for row in claims.believed(minimum_confidence):
            self.operating.setdefault(tails[row], set()).add(row)
            if label_of(heads[row]) == "Enterprise":
                self.enterprises.setdefault(tails[row], set()).add(heads[row])
                self.chains.setdefault(heads[row], set()).add(tails[row])
        self.needs: dict[str, dict[str, set[int]]] = {}  # demander → demanded → rows of DEMANDS
        needs = projection.claims("DEMANDS")
        believed = needs.believed(minimum_confidence)
        self.wanted: dict[str, dict[str, set[int]]] = {}  # the same with every claim, for who wants what
        for row in believed:
            head, tail = needs.column("head")[row], needs.column("tail")[row]
            self.wanted.setdefault(head, {}).setdefault(tail, set()).add(row)
        once, self.beside = _each_once(projection, believed)  # beside: post, specialty named with it
        for row in once:
            head, tail = needs.column("head")[row], needs.column("tail")[row]
            self.needs.setdefault(head, {}).setdefault(tail, set()).add(row)

    def of(self, chain: str, parts: Graph, inside: Collection[str], around: Collection[str]) -> Total:
        """The demand of a chain.

        For each occupation or specialty the largest of three figures is taken, for each holds the next: what the
        chain itself is said to need; what its parts are; what the enterprises operating in it need together.
        `inside` is the chain with all its parts, `around` also what it is part of: an enterprise that operates
        nowhere else is the chain's own.
        """
        enterprises = {one for part in inside for one in self.enterprises.get(part, ())}
        own = {one for one in enterprises if self.chains[one] <= set(around)}
        wanted = {tail for one in (*inside, *enterprises) for tail in self.needs.get(one, ())}
        total = Total()
        for demanded in sorted(wanted):
            said = self._said(chain, demanded, parts, total)
            asked = self._sum(enterprises, demanded, total)
            total.value = _plus(total.value, _largest(said, asked))
            total.own = _plus(total.own, _largest(said, self._sum(own, demanded, total)))
        total.unknown |= {(one, None) for one in enterprises if one not in self.needs}
        total.contradicted = [
            (head, tail, self._figures[head, tail])
            for head, tail in sorted(self._figures)
            if (head in enterprises or head in inside) and self._figures[head, tail].others
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
        found = self._figures[demander, demanded]
        total.rows |= found.rows or rows
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

    def _sum(self, demanders: Collection[str], demanded: str, total: Total) -> int | None:
        together: int | None = None
        for one in demanders:
            together = _plus(together, self._figure(one, demanded, total))
        return together


def _each_once(projection: Projection, rows: list[int]) -> tuple[list[int], set[tuple[str, str]]]:
    """The rows without those specialties that the same words name only as fit for a post demanded; and these pairs."""
    needs = projection.claims("DEMANDS")
    places, quotes = needs.column("place"), needs.column("quote")
    columns = [needs.column(name) for name in ("source", "place", "quote", "head", "year")]
    tails, headcounts = needs.column("tail"), needs.column("headcount")

    def words(row: int) -> tuple[object, ...]:
        return tuple(column[row] for column in columns)

    posts: dict[tuple[object, ...], set[tuple[str, int | None]]] = {}
    for row in rows:
        if label_of(tails[row]) == "Occupation" and (places[row] or quotes[row]):
            posts.setdefault(words(row), set()).add((tails[row], headcounts[row]))
    once: list[int] = []
    beside: set[tuple[str, str]] = set()
    for row in rows:
        named = posts.get(words(row)) if label_of(tails[row]) != "Occupation" else None
        if not named or headcounts[row] not in {None, *(people for _, people in named)}:
            once.append(row)
        elif len(named_posts := {post for post, _ in named}) == 1:  # of several posts it is not said which
            beside |= {(post, tails[row]) for post in named_posts}
    return once, beside


def _plus(first: int | None, second: int | None) -> int | None:
    if first is None or second is None:
        return first if second is None else second
    return first + second


def _largest(first: int | None, second: int | None) -> int | None:
    known = [value for value in (first, second) if value is not None]
    return max(known, default=None)
