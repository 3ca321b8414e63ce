"""How many people chains need, by hand: figures of chains, of their parts and of their enterprises, once each."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from benchmarks.beside.plain import Claim, Plain
from benchmarks.beside.teaching import figure


@dataclass
class Demand:
    """Chain → its enterprises; demander → what it asks for → people (None: unknown), and all that it wants → claims.

    `once` are the claims of what is asked for: without those that name a specialty beside a post in the same words, which
    are `beside`, as pairs of post and specialty. Where there is a `year`, figures of it alone count.
    """

    firms: dict[str, set[str]] = field(default_factory=dict)
    asks: dict[str, dict[str, int | None]] = field(default_factory=dict)
    once: dict[str, dict[str, list[Claim]]] = field(default_factory=dict)
    wants: dict[str, dict[str, list[Claim]]] = field(default_factory=dict)
    beside: set[tuple[str, str]] = field(default_factory=set)
    year: int | None = None

    def of(self, plain: Plain, chain: str, inside: set[str]) -> int | None:
        """The people that a chain needs: of each post the largest of its own, its parts' and its enterprises' figure."""
        asked: dict[str, int | None] = {}
        for firm in {firm for part in inside for firm in self.firms.get(part, ())}:
            for post, people in self.asks.get(firm, {}).items():
                asked[post] = _plus(asked.get(post), people)
        posts = {*asked, *(post for part in inside for post in self.asks.get(part, ()))}
        total = None
        for post in posts:
            total = _plus(total, _largest(self._said(plain, chain, post), asked.get(post)))
        return total

    def _said(self, plain: Plain, chain: str, post: str) -> int | None:
        """The chain's own figure or that of its parts together; a part counts once."""
        seen, below = {chain}, None
        waiting = deque(sorted(claim["head"] for claim in plain.at("PART_OF", chain, None)))
        while waiting:
            part = waiting.popleft()
            if part not in seen:
                seen.add(part)
                people = self.asks.get(part, {}).get(post)
                if people is None:
                    waiting += sorted(claim["head"] for claim in plain.at("PART_OF", part, None))
                else:
                    below = _plus(below, people)
        return _largest(self.asks.get(chain, {}).get(post), below)


def demand(plain: Plain, year: int | None = None) -> Demand:
    """Everything that is demanded."""
    made = Demand(year=year)
    for claim in plain.all("OPERATES_IN", None):
        if claim["head"].startswith("Enterprise:"):
            made.firms.setdefault(claim["tail"], set()).add(claim["head"])
    posts: dict[tuple[str, ...], set[tuple[str, int | None]]] = {}
    for claim in plain.all("DEMANDS", None):
        if claim["tail"].startswith("Occupation:"):
            posts.setdefault(_words(claim), set()).add((claim["tail"], claim["headcount"]))
    for claim in plain.all("DEMANDS", None):
        head, tail = claim["head"], claim["tail"]
        made.wants.setdefault(head, {}).setdefault(tail, []).append(claim)
        said = claim["place"] or claim["quote"]
        beside = posts.get(_words(claim), set()) if said and not tail.startswith("Occupation:") else set()
        if not beside or claim["headcount"] not in {None, *(people for _, people in beside)}:
            made.once.setdefault(head, {}).setdefault(tail, []).append(claim)
        elif len(named := {post for post, _ in beside}) == 1:  # of several posts it is not said which
            made.beside |= {(post, tail) for post in named}
    made.asks = {
        head: {tail: figure(claims, "headcount", "level", -1, year) for tail, claims in own.items()}
        for head, own in made.once.items()
    }
    return made


def _words(claim: Claim) -> tuple[str, ...]:
    return tuple(claim[name] for name in ("source", "place", "quote", "year", "head"))


def _plus(one: int | None, other: int | None) -> int | None:
    return (one if other is None else other) if one is None or other is None else one + other


def _largest(one: int | None, other: int | None) -> int | None:
    return max((value for value in (one, other) if value is not None), default=None)
