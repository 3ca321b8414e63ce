"""`seat_value` by hand: what one graduate more or fewer of a specialty at a school changes for the needs met."""

from __future__ import annotations

import networkx as nx

from benchmarks.beside.market import market
from benchmarks.beside.matching import Assigned, assigned
from benchmarks.beside.plain import Claim, Named, Plain, Row, in_turn, rests_on, surest, telling

Node = tuple[str, int]


def loop(plain: Plain) -> list[Row]:
    """One row an offering where one more helps or people are left over."""
    sides = market(plain)
    made = assigned(sides)
    fewer, up_to = _derivatives(made)
    short: dict[str, int] = {}
    lacking: dict[str, list[Claim]] = {}
    for need, people in zip(sides.needed, made.met, strict=True):
        if open_still := (need.headcount or 0) - people:
            post = need.kind[0]
            short[post] = short.get(post, 0) + open_still
            lacking.setdefault(post, []).extend(need.claims)
    posts: dict[str, tuple[Named, ...]] = {}
    wanting: dict[str, tuple[list[Claim], float | None]] = {}
    found = []
    for place, one in enumerate(sides.supplied):
        number, known = made.classes.supplies[one.kind], one.graduates is not None
        specialty, level, chains = one.kind
        surplus = (one.graduates or 0) - made.placed[place]
        if not up_to[number] and not surplus:
            continue
        if specialty not in posts:
            ordered = sorted(
                (-short[post], plain.named(post))
                for post in sides.prepared.get(specialty, ())
                if post in short
            )
            posts[specialty] = tuple(post for _, post in ordered[:3])
            claims = [claim for _, post in posts[specialty] for claim in lacking[post]]
            wanting[specialty] = telling(claims, 2), surest(claims)
        offered = one.claims or [*plain.at("INCLUDES", specialty, None)]
        asking, sure = wanting[specialty]
        told = [each for each in (surest(offered), sure) if each is not None]
        found.append(
            {
                "specialty": plain.named(specialty),
                "school": plain.named(one.school) if one.school else None,
                "level": level,
                "chains": plain.names(chains),
                "graduates": one.graduates,
                "placed": made.placed[place] if known else None,
                "surplus": surplus if known else None,
                "one_more": min(up_to[number], 1),
                "one_fewer": fewer[number] if one.graduates else 0,
                "up_to": up_to[number],
                "posts": posts[specialty],
                **rests_on(in_turn(telling(offered, 2), asking), min(told, default=None)),
            }
        )
    return found


def _derivatives(made: Assigned) -> tuple[list[int], list[int]]:
    """Of each class of offerings: whether one fewer is felt, and how many people short it could help to find.

    Read off the residual network: forward along every arc, backward where people go.
    """
    residual: nx.DiGraph[Node] = nx.DiGraph()
    residual.add_nodes_from(("has", one) for one in range(len(made.have)))
    left, short = made.have[:], dict(enumerate(made.want))
    residual.add_nodes_from(("wants", one) for one in short)
    for one, own in enumerate(made.classes.fits):
        residual.add_edges_from((("has", one), ("wants", need)) for need in own)
    for (one, need), people in made.flow.items():
        residual.add_edge(("wants", need), ("has", one))
        left[one] -= people
        short[need] -= people
    waiting: list[Node] = [("has", one) for one, people in enumerate(left) if people]
    stood_in = {*waiting}
    while waiting:
        fresh = {*residual[waiting.pop()]} - stood_in
        stood_in |= fresh
        waiting += fresh
    fewer = [int(("has", one) not in stood_in) for one in range(len(left))]
    whole = nx.condensation(residual)
    reached: dict[int, set[int]] = {}
    for circle in reversed([*nx.topological_sort(whole)]):
        own = {
            node[1] for node in whole.nodes[circle]["members"] if node[0] == "wants" and short[node[1]] > 0
        }
        reached[circle] = own.union(*(reached[after] for after in whole[circle]))
    worth = {circle: sum(short[need] for need in needs) for circle, needs in reached.items()}
    circle_of = whole.graph["mapping"]
    return fewer, [worth[circle_of["has", one]] for one in range(len(left))]
