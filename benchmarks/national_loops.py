"""Gap questions as one would write them by hand over networkx: bare ids and the figures that find them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import networkx as nx

from graph.gaps.participation import KINDS as TAKING_PART
from graph.identity import label_of, scope_of
from graph.project import Projection

Answer = set[tuple[Any, ...]]
DONE, RECEIVED = ("完成", None), ("完成", None, "在建")
VOCATIONAL = ("中职", "技工", "高职专科", "职业本科")


class Loops:
    """The graph as networkx has it, with the two steps that every loop repeats."""

    def __init__(self, projection: Projection) -> None:
        self.graph = nx.MultiDiGraph()
        for label, nodes in projection.nodes.items():
            for row in nodes.to_pylist():
                self.graph.add_node(row["id"], label=label, **{k: v for k, v in row.items() if v is not None})
        kept = ("source", "status", "confidence", "income", "method")
        for kind, claims in projection.edges.items():
            columns = [name for name in kept if name in claims.column_names]
            for row in claims.select(["head", "tail", *columns]).to_pylist():
                self.graph.add_edge(row.pop("head"), row.pop("tail"), kind=kind, **row)
        self.labelled: dict[str, list[str]] = {}
        for node, label in self.graph.nodes(data="label"):
            self.labelled.setdefault(label, []).append(node)

    def tails(self, node: str, kind: str, statuses: tuple[str | None, ...] | None = DONE) -> set[str]:
        """Where believed claims of the kind lead to."""
        return {
            tail
            for _, tail, told in self.graph.out_edges(node, data=True)
            if told["kind"] == kind
            and told["confidence"] >= 0.5
            and (statuses is None or told.get("status") in statuses)
        }

    def heads(self, node: str, kind: str, statuses: tuple[str | None, ...] | None = DONE) -> set[str]:
        """Where believed claims of the kind come from."""
        return {
            head
            for head, _, told in self.graph.in_edges(node, data=True)
            if told["kind"] == kind
            and told["confidence"] >= 0.5
            and (statuses is None or told.get("status") in statuses)
        }

    def inside(self, chain: str) -> set[str]:
        """The chain with its parts at any depth."""
        return self._closed(chain, self.heads)

    def around(self, chain: str) -> set[str]:
        """What a group must serve to cover the chain: it or a part; for a segment also what it is a part of."""
        found = self.inside(chain)
        if self.graph.nodes[chain].get("tier") == "环节":
            found |= self._closed(chain, self.tails)
        return found

    @staticmethod
    def _closed(chain: str, step: Callable[[str, str, None], set[str]]) -> set[str]:
        found, waiting = {chain}, [chain]
        while waiting:
            for part in step(waiting.pop(), "PART_OF", None) - found:
                found.add(part)
                waiting.append(part)
        return found

    def served_by(self, chains: Iterable[str], label: str) -> set[str]:
        """Those of a kind that serve one of the chains."""
        return {
            head for chain in chains for head in self.heads(chain, "SERVES") if head.startswith(f"{label}:")
        }


def uncovered_chains(plain: Loops) -> Answer:
    """(Chain, whether a specialty serves it, enterprises in it) of the chains that no group serves."""
    found: Answer = set()
    for chain in plain.labelled["IndustryChain"]:
        if plain.served_by(plain.around(chain), "SpecialtyGroup"):
            continue
        inside = plain.inside(chain)
        firms = {
            head
            for part in inside
            for head in plain.heads(part, "OPERATES_IN", None)
            if head.startswith("Enterprise:")
        }
        found.add((chain, bool(plain.served_by(inside, "Specialty")), len(firms)))
    return found


def orphan_specialties(plain: Loops) -> Answer:
    """(Specialty or group, at how many schools) that serve no chain."""
    offers = [
        (school, specialty)
        for school in plain.labelled["School"]
        for specialty in plain.tails(school, "OFFERS")
    ]
    serving = {
        one
        for label in ("Specialty", "SpecialtyGroup")
        for one in plain.labelled[label]
        if plain.tails(one, "SERVES")
    }
    through: dict[tuple[str, str], list[str]] = {pair: [] for pair in offers}
    found: Answer = set()
    for group in plain.labelled["SpecialtyGroup"]:
        hosts = plain.heads(group, "HOSTS") | ({scope_of(group)} - {None})
        if hosts and group not in serving:
            found.add((group, len(hosts)))
        for specialty in plain.tails(group, "INCLUDES"):
            for host in hosts:
                through.setdefault((host, specialty), []).append(group)
    orphans = Counter(
        specialty
        for (_, specialty), groups in through.items()
        if specialty not in serving and serving.isdisjoint(groups)
    )
    return found | set(orphans.items())


def isolated_members(plain: Loops) -> Answer:
    """The schools and enterprises that take part and have no partner of the other kind."""
    there: set[str] = set()
    joined: set[str] = set()
    for head, tail, told in plain.graph.edges(data=True):
        if told["kind"] not in TAKING_PART or told["confidence"] < 0.5:
            continue
        if not told["source"].startswith("reference-"):
            there |= {end for end in (head, tail) if end.startswith(("School:", "Enterprise:"))}
        if told["kind"] == "COOPERATES_WITH" and told.get("status") in DONE:
            joined |= {head, tail}
    for label in ("ResearchPlatform", "TrainingBase", "IndustryCollege", "TalentProgram"):
        for built in plain.labelled[label]:
            builders = plain.heads(built, "CO_BUILDS")
            if {"School", "Enterprise"} <= {label_of(one) for one in builders}:
                joined |= builders
    return {(one,) for one in there - joined}


def broken_ladders(plain: Loops) -> Answer:
    """The specialties of chains from which no step leads to a higher level."""
    rank = {"中职": 0, "高职专科": 1, "职业本科": 2, "普通本科": 2}
    level = {one: plain.graph.nodes[one].get("level") for one in plain.labelled["Specialty"]}
    found: Answer = set()
    for one, own in level.items():
        if own not in ("中职", "高职专科"):
            continue
        groups = plain.heads(one, "INCLUDES")
        if not plain.tails(one, "SERVES") and not any(plain.tails(group, "SERVES") for group in groups):
            continue
        if all(rank.get(level[step], -1) <= rank[own] for step in plain.tails(one, "ARTICULATES_TO")):
            found.add((one,))
    return found


def coverage(plain: Loops) -> Answer:
    """(Kind, how many there are, how many are in a consortium)."""
    wanted = {
        "Park": plain.labelled["Park"],
        "School": [o for o in plain.labelled["School"] if plain.graph.nodes[o].get("level") in VOCATIONAL],
        "Enterprise": [
            one
            for one in plain.labelled["Enterprise"]
            if plain.graph.nodes[one].get("scale") in ("大型", "规模以上")
        ],
    }
    found: Answer = set()
    for kind, bodies in wanted.items():
        joined = sum(
            bool(plain.tails(one, "MEMBER_OF", None) | plain.tails(one, "LEADS", None))
            or any(head.startswith("Consortium:") for head in plain.heads(one, "LOCATED_IN", None))
            for one in bodies
        )
        found.add((kind, len(bodies), joined))
    return found


def nominal_consortia(plain: Loops) -> Answer:
    """(Consortium, members, possible pairs) of those whose members have done nothing together."""
    found: Answer = set()
    for consortium in plain.labelled["Consortium"]:
        members = plain.heads(consortium, "MEMBER_OF", None) | plain.heads(consortium, "LEADS", None)
        schools = [one for one in members if one.startswith("School:")]
        firms = {one for one in members if one.startswith("Enterprise:")}
        if len(members) < 2 or any(plain.tails(one, "COOPERATES_WITH") & firms for one in schools):
            continue
        built = Counter(thing for one in members for thing in plain.tails(one, "CO_BUILDS"))
        if max(built.values(), default=0) < 2:
            found.add((consortium, len(members), len(schools) * len(firms)))
    return found


def service_gap(plain: Loops) -> Answer:
    """(School, yuan a year from enterprises, as known): of one pair what the surest source tells."""
    found: Answer = set()
    for school in plain.labelled["School"]:
        if plain.graph.nodes[school].get("level") not in VOCATIONAL:
            continue
        told: dict[str, dict[str, list[tuple[float, bool, float]]]] = {}
        there = False
        for head, tail, claim in [
            *plain.graph.out_edges(school, data=True),
            *plain.graph.in_edges(school, data=True),
        ]:
            if claim["kind"] not in TAKING_PART or claim["confidence"] < 0.5:
                continue
            there = there or not claim["source"].startswith("reference-")
            income = claim.get("income")
            if (
                head == school
                and claim["kind"] == "COOPERATES_WITH"
                and claim.get("status") in RECEIVED
                and income is not None
                and income >= 0
            ):
                sure = (-claim["confidence"], claim["method"] != "record", income)
                told.setdefault(tail, {}).setdefault(claim["source"], []).append(sure)
        if there:
            best = [
                min((min(own)[:2], sum(one[2] for one in own)) for own in of.values()) for of in told.values()
            ]
            found.add((school, round(sum(income for _, income in best), 2) if best else None))
    return found
