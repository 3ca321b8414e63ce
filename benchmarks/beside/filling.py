"""Which needs offerings could fill, by hand; needs of one post, level and chains are looked at together."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.beside.market import Kind, Market, Needed, steps
from benchmarks.beside.plain import label


class Filling:
    """The needs of each kind, found by what is demanded and by chain."""

    def __init__(self, sides: Market) -> None:
        self._sides = sides
        self.needs: dict[Kind, list[Needed]] = {}
        for need in sides.needed:
            self.needs.setdefault(need.kind, []).append(need)
        self._by_post: dict[str, list[Kind]] = {}
        self._by_chain: dict[str, list[Kind]] = {}
        for kind in self.needs:
            post, _, chains = kind
            self._by_post.setdefault(post, []).append(kind)
            if label(post) == "Occupation":
                for chain in sides.accepted(chains):
                    self._by_chain.setdefault(chain, []).append(kind)
        self._orphans = {
            chain: [kind for kind in kinds if kind[0] not in sides.suited]
            for chain, kinds in self._by_chain.items()
        }

    def kinds(self, offerings: Iterable[int]) -> set[Kind]:
        """The kinds of needs that at least one of the offerings could fill."""
        served: dict[tuple[str, str | None], set[str]] = {}
        for place in offerings:
            specialty, level, chains = self._sides.supplied[place].kind
            served.setdefault((specialty, level), set()).update(chains)
        found: set[Kind] = set()
        for (specialty, level), chains in served.items():
            prepared = self._sides.prepared.get(specialty, ())
            able = [kind for post in prepared for kind in self._by_post.get(post, ())]
            serving = self._orphans if specialty in self._sides.aimed else self._by_chain
            able += [kind for chain in chains for kind in serving.get(chain, ())]
            found |= {kind for kind in able if steps(level, kind[1]) is not None}
        return found

    def of(self, kinds: Iterable[Kind]) -> list[Needed]:
        """The needs of these kinds."""
        return [need for kind in kinds for need in self.needs[kind]]
