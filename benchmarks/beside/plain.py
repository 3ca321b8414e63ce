"""The graph as one writes loops over it by hand: networkx, one MultiDiGraph a kind of edge, and plain dicts.

A node is a dict of its values, a claim the dict of its edge, `id`, `kind`, `head` and `tail` among them. One graph a kind
is what makes a loop quick: no step looks at edges of other kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from typing import Any, Final, TypeAlias

import networkx as nx

from graph.project import Projection, is_reference

Claim: TypeAlias = dict[str, Any]
Named: TypeAlias = tuple[str, str]
Row: TypeAlias = dict[str, Any]

DONE: tuple[str | None, ...] = ("完成", None)
SHOWN = 5
DONE_STAGE, BEGUN, INTENDED = 0, 1, 2
DEFAULT: Final = ("the statuses that count as done",)
_RANKS = {"STATES": 2, "MENTIONS": 1}


class Plain:
    """Every node and claim of a projection, with the steps that loops repeat.

    `least` is the confidence from which claims are believed, `done` the statuses that count as done.
    """

    def __init__(self, projection: Projection) -> None:
        self.least, self.done = 0.5, DONE
        self.nodes: dict[str, dict[str, Any]] = {}
        self.labelled: dict[str, list[str]] = {}
        self.sources = projection.source_names
        self._graphs: dict[str, nx.MultiDiGraph[str]] = {}
        for label, table in projection.nodes.items():
            rows = table.to_pylist()
            self.labelled[label] = [row["id"] for row in rows]
            self.nodes.update((row["id"], row) for row in rows)
        for kind, table in projection.edges.items():
            graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
            for row in table.to_pylist():
                graph.add_edge(row["head"], row["tail"], key=row["id"], **row)
            self._graphs[kind] = graph

    def believing(self, least: float, done: Collection[str | None]) -> Plain:
        """The same graph, with other claims believed and other statuses done."""
        made = copy(self)
        made.least, made.done = least, tuple(done)
        return made

    def until(self, day: str) -> Plain:
        """The same without the claims that speak of a later day; those without a date stay."""
        return self._without(lambda claim: _after(claim["observed"], day))

    def begun(self, day: str) -> Plain:
        """The same without what began later, or, where that is not told, without the claims that speak of a later day."""
        return self._without(
            lambda claim: _after(
                since if (since := claim.get("since")) and since[:4].isdigit() else claim["observed"], day
            )
        )

    def _without(self, left_out: Callable[[Claim], bool]) -> Plain:
        made = copy(self)
        graphs = {
            kind: graph.edge_subgraph(
                [
                    (*ends, key)
                    for *ends, key, claim in graph.edges(keys=True, data=True)
                    if not left_out(claim)
                ]
            ).copy()
            for kind, graph in self._graphs.items()
        }
        vars(made)["_graphs"] = graphs
        return made

    def __len__(self) -> int:
        return sum(graph.number_of_edges() for graph in self._graphs.values())

    def all(self, kind: str, statuses: Collection[str | None] | None = DEFAULT) -> Iterator[Claim]:
        """The believed claims of a kind; those of all statuses where it is None."""
        return self._believed(self._graphs[kind].edges(data=True), statuses)

    def of(self, kind: str, head: str, statuses: Collection[str | None] | None = DEFAULT) -> Iterator[Claim]:
        """The believed claims of a kind that a node makes."""
        return self._believed(self._graphs[kind].out_edges(head, data=True), statuses)

    def at(self, kind: str, tail: str, statuses: Collection[str | None] | None = DEFAULT) -> Iterator[Claim]:
        """The believed claims of a kind that lead to a node."""
        return self._believed(self._graphs[kind].in_edges(tail, data=True), statuses)

    def _believed(
        self, edges: Iterable[tuple[str, str, Claim]], statuses: Collection[str | None] | None
    ) -> Iterator[Claim]:
        kept = self.done if statuses is DEFAULT else statuses
        for _, _, claim in edges:
            if claim["confidence"] >= self.least and (kept is None or claim["status"] in kept):
                yield claim

    def stage(self, claim: Claim) -> int:
        """Done, under way, or intended."""
        if claim["status"] in self.done:
            return DONE_STAGE
        return BEGUN if claim["status"] == "在建" else INTENDED

    def value(self, node: str, name: str) -> Any:
        """A property of a node; None where it is unknown."""
        return self.nodes.get(node, {}).get(name)

    def named(self, node: str) -> Named:
        """A node with its name."""
        return self.value(node, "name") or node.partition(":")[2], node

    def names(self, nodes: Iterable[str]) -> tuple[Named, ...]:
        """Nodes with their names, ordered by name."""
        return tuple(sorted(map(self.named, nodes)))

    def inside(self, chain: str) -> set[str]:
        """A chain with its parts at any depth."""
        return self._reached(chain, "PART_OF", inwards=True)

    def wholes(self, chain: str) -> set[str]:
        """A chain with what it is a part of."""
        return self._reached(chain, "PART_OF", inwards=False)

    def _reached(self, chain: str, kind: str, *, inwards: bool) -> set[str]:
        found, waiting = {chain}, [chain]
        while waiting:
            one = waiting.pop()
            claims = self.at(kind, one, None) if inwards else self.of(kind, one, None)
            fresh = {claim["head" if inwards else "tail"] for claim in claims} - found
            found |= fresh
            waiting += fresh
        return found


def _after(told: str | None, day: str) -> bool:
    return told is not None and told[:4].isdigit() and told[: len(day)] > day


def label(node: str) -> str:
    """The kind of a node."""
    return node.partition(":")[0]


def telling(claims: Iterable[Claim], shown: int = SHOWN) -> list[Claim]:
    """The most telling claims: no catalogue's first, the surest, one a quote, and none twice (of two units, say)."""
    found: list[Claim] = []
    words = set()
    for claim in sorted(claims, key=_weight):
        said = claim["source"], claim["place"], claim["quote"] or (claim["kind"], claim["id"])
        if said in words:
            continue
        words.add(said)
        found.append(claim)
        if len(found) == shown:
            break
    return found


def in_turn(*parts: Iterable[Claim], shown: int = SHOWN) -> list[Claim]:
    """Claims of several premises one after the other, no words twice."""
    by_words: dict[tuple[str, str, str], Claim] = {}
    for part in parts:
        for claim in part:
            by_words.setdefault((claim["source"], claim["place"], claim["quote"] or claim["id"]), claim)
    return list(by_words.values())[:shown]


def surest(claims: Iterable[Claim]) -> float | None:
    """The highest confidence among claims; None without any."""
    return max((claim["confidence"] for claim in claims), default=None)


def rests_on(evidence: list[Claim], confidence: float | None) -> Row:
    """What every finding tells of its evidence."""
    return {
        "evidence": tuple((claim["id"], claim["quote"]) for claim in evidence),
        "confidence": confidence,
        "as_of": max((claim["observed"] for claim in evidence if claim["observed"]), default=None),
    }


def _weight(claim: Claim) -> tuple[bool, int, float, str, str]:
    kind = claim["kind"]
    return is_reference(claim["source"]), _RANKS.get(kind, 0), -claim["confidence"], claim["id"], kind
