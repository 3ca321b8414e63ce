"""What could still be moved in an assignment, by hand: forward along every arc, backward where people go."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from benchmarks.beside.matching import Assigned

Node = tuple[str, int]


@dataclass
class Residual:
    """The residual network, the graduates left over by class, and the people still short."""

    ways: nx.DiGraph[Node]
    left: list[int]
    short: dict[int, int]


def residual_of(made: Assigned) -> Residual:
    """The residual network of an assignment."""
    ways: nx.DiGraph[Node] = nx.DiGraph()
    left, short = made.have[:], dict(enumerate(made.want))
    ways.add_nodes_from(("has", one) for one in range(len(left)))
    ways.add_nodes_from(("wants", one) for one in short)
    for one, own in enumerate(made.classes.fits):
        ways.add_edges_from((("has", one), ("wants", need)) for need in own)
    for (one, need), people in made.flow.items():
        ways.add_edge(("wants", need), ("has", one))
        left[one] -= people
        short[need] -= people
    return Residual(ways, left, short)


def felt_if_fewer(residual: Residual) -> list[int]:
    """1 for each class of offerings that nobody left over could stand in for."""
    waiting: list[Node] = [("has", one) for one, people in enumerate(residual.left) if people]
    stood_in = {*waiting}
    while waiting:
        fresh = {*residual.ways[waiting.pop()]} - stood_in
        stood_in |= fresh
        waiting += fresh
    return [int(("has", one) not in stood_in) for one in range(len(residual.left))]


def reached(residual: Residual) -> list[int]:
    """For each class of offerings, the people short whom it could help to find."""
    whole, short = nx.condensation(residual.ways), residual.short
    needs: dict[int, set[int]] = {}
    for circle in reversed([*nx.topological_sort(whole)]):
        members = whole.nodes[circle]["members"]
        own = {number for side, number in members if side == "wants" and short[number] > 0}
        needs[circle] = own.union(*(needs[after] for after in whole[circle]))
    worth = {circle: sum(short[need] for need in found) for circle, found in needs.items()}
    circle_of = whole.graph["mapping"]
    return [worth[circle_of["has", one]] for one in range(len(residual.left))]
