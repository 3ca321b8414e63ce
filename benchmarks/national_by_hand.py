"""Gap questions beside what one would write by hand: a plain networkx loop, and DuckDB where SQL can say it.

    python benchmarks/national_by_hand.py [--json] [--share 0.05] [QUESTION …]

Each side answers the same question on the same national graph (`national_graph.py`), and the answers are compared: a
benchmark of two different answers measures nothing. The hand-written side gives only who is found and the figures that
find them; liantu gives whole findings, with names, reasons and confidence, from a projection that is fresh for each
question, so what the questions of a run share is counted for each. Numbering the nodes and claims, and building the
networkx graph, come before the clock runs and are told apart; DuckDB reads the Arrow tables in place. DuckDB is no
dependency: `pip install duckdb` first, else its column is empty. Processor time, so that a busy machine does not matter.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import networkx as nx
from national_graph import national_projection

from graph import gaps
from graph.identity import label_of, scope_of
from graph.project import Projection

Answer = set[tuple[Any, ...]]
DONE, RECEIVED = ("完成", None), ("完成", None, "在建")
VOCATIONAL = ("中职", "技工", "高职专科", "职业本科")
TAKING_PART = (
    "MEMBER_OF",
    "LEADS",
    "COOPERATES_WITH",
    "CO_BUILDS",
    "OFFERS",
    "HOSTS",
    "SERVES",
    "OPERATES_IN",
    "DEMANDS",
    "SHARES",
)


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


SQL_INSIDE = """
with recursive inside(whole, part) as (
    select id, id from IndustryChain
    union select inside.whole, PART_OF.head from inside join PART_OF on PART_OF.tail = inside.part
    where PART_OF.confidence >= 0.5
)"""
SQL_DONE = "confidence >= 0.5 and (status is null or status = '完成')"
SQL: dict[str, str] = {
    "uncovered_chains": f"""{SQL_INSIDE},
    around as (
        select whole as chain, part from inside
        union select part, whole from inside join IndustryChain on id = part where tier = '环节'
    ),
    serving as (select head, tail from SERVES where {SQL_DONE}),
    covered as (
        select chain from around join serving on tail = part where starts_with(head, 'SpecialtyGroup:')
    ),
    taught as (select whole from inside join serving on tail = part where starts_with(head, 'Specialty:')),
    firms as (
        select whole, count(distinct head) as number from inside join OPERATES_IN on tail = part
        where confidence >= 0.5 and starts_with(head, 'Enterprise:') group by whole
    )
    select id, id in (select whole from taught), coalesce(number, 0)
    from IndustryChain left join firms on whole = id where id not in (select chain from covered)""",
    "orphan_specialties": f"""
    with serving as (select distinct head from SERVES where {SQL_DONE}),
    hosts as (
        select head as school, tail as own from HOSTS where {SQL_DONE}
        union select substr(id, position('@' in id) + 1), id from SpecialtyGroup where contains(id, '@')
    ),
    offerings as (
        select head as school, tail as specialty, false as served from OFFERS where {SQL_DONE}
        union all
        select school, tail, own in (select head from serving) from INCLUDES join hosts on own = head
        where {SQL_DONE}
    ),
    orphans as (select school, specialty from offerings group by all having not bool_or(served))
    select specialty, count(*) from orphans where specialty not in (select head from serving) group by all
    union all
    select own, count(*) from hosts where own not in (select head from serving) group by all""",
    "isolated_members": f"""
    with built as (select head, tail from CO_BUILDS where {SQL_DONE}),
    joint as (
        select tail from built group by tail
        having bool_or(starts_with(head, 'School:')) and bool_or(starts_with(head, 'Enterprise:'))
    ),
    pairs as (select head, tail from COOPERATES_WITH where {SQL_DONE}),
    joined as (
        select head as one from pairs union select tail from pairs
        union select head from built where tail in (select tail from joint)
    ),
    there as ("""
    + " union ".join(
        f"select {end} as one from {kind} where confidence >= 0.5 and not starts_with(source, 'reference-')"
        for kind in TAKING_PART
        for end in ("head", "tail")
    )
    + """)
    select one from there where (starts_with(one, 'School:') or starts_with(one, 'Enterprise:'))
    and one not in (select one from joined)""",
    "broken_ladders": f"""
    with serving as (select head from SERVES where {SQL_DONE}),
    rank(level, number) as (values ('中职', 0), ('高职专科', 1), ('职业本科', 2), ('普通本科', 2)),
    ranked as (select id, number from Specialty join rank using (level)),
    steps as (
        select head from ARTICULATES_TO join ranked low on low.id = head join ranked high on high.id = tail
        where {SQL_DONE} and high.number > low.number
    )
    select id from ranked where number < 2 and id not in (select head from steps) and (
        id in (select head from serving)
        or id in (select tail from INCLUDES where {SQL_DONE} and head in (select head from serving))
    )""",
    "coverage": """
    with wanted as (
        select 'Park' as kind, id from Park
        union all select 'School', id from School where level in ('中职', '技工', '高职专科', '职业本科')
        union all select 'Enterprise', id from Enterprise where scale in ('大型', '规模以上')
    ),
    joined as (
        select head as id from MEMBER_OF where confidence >= 0.5
        union select head from LEADS where confidence >= 0.5
        union select tail from LOCATED_IN where confidence >= 0.5 and starts_with(head, 'Consortium:')
    )
    select kind, count(*), count(joined.id) from wanted left join joined using (id) group by kind""",
    "nominal_consortia": f"""
    with members as (
        select tail as consortium, head as one from MEMBER_OF where confidence >= 0.5
        union select tail, head from LEADS where confidence >= 0.5
    ),
    sides as (
        select consortium, count(*) as number, count(*) filter (starts_with(one, 'School:')) as schools,
            count(*) filter (starts_with(one, 'Enterprise:')) as firms
        from members group by consortium
    ),
    paired as (
        select school.consortium from members school join COOPERATES_WITH on head = school.one
        join members firm on firm.one = tail and firm.consortium = school.consortium where {SQL_DONE}
    ),
    things as (select distinct head, tail from CO_BUILDS where {SQL_DONE}),
    together as (
        select consortium from members join things on head = one group by consortium, tail having count(*) > 1
    )
    select consortium, number, schools * firms from sides where number > 1
    and consortium not in (select consortium from paired)
    and consortium not in (select consortium from together)""",
    "service_gap": """
    with by_source as (
        select head, tail, max(confidence) as sure, bool_and(method != 'record') as doubt, sum(income) as income
        from COOPERATES_WITH where confidence >= 0.5 and income >= 0
        and (status is null or status in ('完成', '在建')) group by head, tail, source
    ),
    pairs as (
        select head, arg_min(income, (-sure, doubt, income)) as income from by_source group by head, tail
    ),
    incomes as (select head, round(sum(income), 2) as income from pairs group by head),
    there as ("""
    + " union ".join(
        f"select {end} as id from {kind} where confidence >= 0.5 and not starts_with(source, 'reference-')"
        for kind in TAKING_PART
        for end in ("head", "tail")
    )
    + """)
    select School.id, income from School left join incomes on head = School.id
    where level in ('中职', '技工', '高职专科', '职业本科') and School.id in (select id from there)""",
}


@dataclass(frozen=True)
class Beside:
    """One question: the loop, and the same figures taken from the findings."""

    loop: Callable[[Loops], Answer]
    told: Callable[[Any], tuple[Any, ...] | None]
    parameters: tuple[tuple[str, Any], ...] = ()


GROUPS = {"parks": "Park", "vocational schools and colleges": "School", "large enterprises": "Enterprise"}
QUESTIONS: dict[str, Beside] = {
    "uncovered_chains": Beside(
        uncovered_chains,
        lambda one: (one.chain.id, one.specialties > 0, one.enterprises),
        (("seats", False),),
    ),
    "orphan_specialties": Beside(orphan_specialties, lambda one: (one.subject.id, len(one.schools))),
    "isolated_members": Beside(isolated_members, lambda one: (one.member.id,)),
    "broken_ladders": Beside(broken_ladders, lambda one: (one.specialty.id,)),
    "coverage": Beside(coverage, lambda one: (GROUPS[one.group.en], one.total, one.covered)),
    "nominal_consortia": Beside(
        nominal_consortia, lambda one: (one.consortium.id, one.members, one.possible_pairs)
    ),
    "service_gap": Beside(
        service_gap,
        lambda one: (
            (one.subject.id, None if one.income is None else round(one.income, 2))
            if one.kind == "School"
            else None
        ),
    ),
}


def timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    """What it answers, and the seconds of processor time of all its threads."""
    begun = time.process_time()
    return ask(), time.process_time() - begun


def main() -> None:
    """Build the graph, answer each question three ways, compare, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--share", type=float, default=0.05, help="size of the graph; 1.0 is national")
    parser.add_argument(
        "questions", nargs="*", metavar="QUESTION", help="only these (all that are told here)"
    )
    chosen = parser.parse_args()
    made = national_projection(chosen.share)
    plain, built = timed(lambda: Loops(made))
    database = _database(made)
    results, numbered = [], 0.0
    for name in chosen.questions or QUESTIONS:
        beside = QUESTIONS[name]
        fresh, numbered = timed(lambda: _numbered(made))
        question = gaps.question(name)
        findings, ours = timed(lambda: question.answer(fresh, **dict(beside.parameters)))  # noqa: B023
        answer = {told for one in findings if (told := beside.told(one)) is not None}
        looped, by_loop = timed(lambda: beside.loop(plain))  # noqa: B023
        _same(name, "networkx", answer, looped)
        by_sql = None
        if database is not None:
            rows, by_sql = timed(lambda: database.sql(SQL[name]).fetchall())  # noqa: B023
            _same(name, "DuckDB", answer, set(rows))
        row = {
            "name": name,
            "findings": len(findings),
            "seconds": ours,
            "networkx": by_loop,
            "duckdb": by_sql,
        }
        results.append(row | {"ratio": by_loop / ours, "ratio_duckdb": by_sql and by_sql / ours})
    if chosen.json:
        print(json.dumps([*results, {"name": "graph", "seconds": numbered, "networkx": built}]))
        return
    claims = plain.graph.number_of_edges()
    print(f"{claims:,} claims: numbered in {numbered:.2f} s, made a networkx graph in {built:.2f} s")
    print(f"{'':20} {'findings':>9} {'liantu':>9} {'networkx':>9} {'DuckDB':>9}   times as fast")
    for row in results:
        sql = f"{row['duckdb']:9.3f} " if row["duckdb"] is not None else f"{'–':>9} "
        ratio = f"{row['ratio']:.2f}" + (f", {row['ratio_duckdb']:.2f}" if row["ratio_duckdb"] else "")
        print(
            f"{row['name']:20} {row['findings']:9,} {row['seconds']:9.3f} {row['networkx']:9.3f} {sql}  {ratio}"
        )


def _numbered(made: Projection) -> Projection:
    """A projection that has answered nothing yet, with its nodes and claims numbered."""
    fresh = Projection(made.nodes, made.edges)
    for kind in made.edges:
        claims = fresh.claims(kind)
        assert len(claims.heads) == len(claims.tails)
    return fresh


def _database(projection: Projection) -> Any:
    """DuckDB with each Arrow table under the name of its kind; None where it is not installed."""
    if find_spec("duckdb") is None:
        return None
    database = import_module("duckdb").connect()
    for name, table in (*projection.nodes.items(), *projection.edges.items()):
        database.register(name, table)
    return database


def _same(name: str, other: str, ours: Answer, theirs: Answer) -> None:
    if ours != theirs:
        some = sorted(map(str, ours ^ theirs))[:5]
        raise SystemExit(f"{name}: {other} answers otherwise, {len(ours):,} and {len(theirs):,}: {some}")


if __name__ == "__main__":
    main()
