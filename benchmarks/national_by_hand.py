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

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import national_loops
from national_graph import national_projection
from national_loops import Answer, Loops
from national_sql import SQL

from benchmarks.results import arguments, show
from graph import gaps
from graph.project import Projection


@dataclass(frozen=True)
class Beside:
    """One question: the loop, and the same figures taken from the findings."""

    loop: Callable[[Loops], Answer]
    told: Callable[[Any], tuple[Any, ...] | None]
    parameters: tuple[tuple[str, Any], ...] = ()


GROUPS = {"parks": "Park", "vocational schools and colleges": "School", "large enterprises": "Enterprise"}
QUESTIONS: dict[str, Beside] = {
    "uncovered_chains": Beside(
        national_loops.uncovered_chains,
        lambda one: (one.chain.id, one.specialties > 0, one.enterprises),
        (("seats", False),),
    ),
    "orphan_specialties": Beside(
        national_loops.orphan_specialties, lambda one: (one.subject.id, len(one.schools))
    ),
    "isolated_members": Beside(national_loops.isolated_members, lambda one: (one.member.id,)),
    "broken_ladders": Beside(national_loops.broken_ladders, lambda one: (one.specialty.id,)),
    "coverage": Beside(national_loops.coverage, lambda one: (GROUPS[one.group.en], one.total, one.covered)),
    "nominal_consortia": Beside(
        national_loops.nominal_consortia, lambda one: (one.consortium.id, one.members, one.possible_pairs)
    ),
    "service_gap": Beside(
        national_loops.service_gap,
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
    parser = arguments(__doc__)
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
        show([*results, {"name": "graph", "seconds": numbered, "networkx": built}], as_json=True)
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
