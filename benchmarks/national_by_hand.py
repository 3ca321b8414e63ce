"""Gap questions beside what one would write by hand: a plain networkx loop, and DuckDB where SQL can say it.

    python benchmarks/national_by_hand.py [--json] [--share 0.05] [--mixed] [--varied] [QUESTION …]

Each side gives the same answer on the same national graph (`national_graph.py`): every field of every finding, the
claims and quotes that it rests on among them (`beside/`). The answers are compared field by field before a figure is
told: a benchmark of two different answers measures nothing. With `--mixed` they are compared on a graph that several
sources tell on several days, with repeats, gaps and contradictions (`mixed_graph.py`); with `--varied` also under the
other parameters of `beside/varied.py`, and nothing is timed. liantu starts from a
projection that is fresh for each question, so that what the questions of a run share is counted for each, and its
findings are read to the last field. Numbering the nodes and claims (and the text of their ids and names), building
the networkx graphs (one a kind of edge), and opening the tables for DuckDB come before the clock runs and are told
apart; DuckDB reads the Arrow tables in place. DuckDB comes with the extra `test`; without it its
column is empty. Processor time of one run, so that a busy machine does not matter.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from benchmarks.beside import (
    assignment,
    broken_ladders,
    changes,
    cooperation,
    coverage,
    crowded_specialties,
    evaluation,
    exchange,
    incentives,
    isolated_members,
    ledger,
    missing_platforms,
    nominal_consortia,
    orphan_specialties,
    pathways,
    plan,
    policy_frame,
    ranking,
    registry,
    roster,
    seat_value,
    service_gap,
    shared_resources,
    skins_index,
    specialty_adjustment,
    structural_alignment,
    talent_balance,
    talent_matching,
    targets,
    uncovered_chains,
)
from benchmarks.beside.answers import Row, differences, read, rows
from benchmarks.beside.plain import Plain
from benchmarks.beside.varied import VARIED, can_tell, looped
from benchmarks.mixed_graph import mixed
from benchmarks.national_graph import national_projection
from benchmarks.results import arguments, show
from graph import gaps
from graph.errors import LiantuError
from graph.gaps.market import market
from graph.gaps.matching import match
from graph.project import Projection

ASSIGNMENT = "assignment"
HERE = Path(__file__).with_name("beside")
BESIDE = MappingProxyType(
    {
        "uncovered_chains": uncovered_chains,
        "orphan_specialties": orphan_specialties,
        "isolated_members": isolated_members,
        "service_gap": service_gap,
        "nominal_consortia": nominal_consortia,
        "shared_resources": shared_resources,
        "missing_platforms": missing_platforms,
        "broken_ladders": broken_ladders,
        "pathways": pathways,
        "crowded_specialties": crowded_specialties,
        "exchange": exchange,
        "talent_matching": talent_matching,
        "seat_value": seat_value,
        "specialty_adjustment": specialty_adjustment,
        "plan": plan,
        "coverage": coverage,
        "roster": roster,
        "ledger": ledger,
        "registry": registry,
        "cooperation": cooperation,
        "policy_frame": policy_frame,
        "structural_alignment": structural_alignment,
        "targets": targets,
        "evaluation": evaluation,
        "ranking": ranking,
        "incentives": incentives,
        "skins_index": skins_index,
        "talent_balance": talent_balance,
        "changes": changes,
    }
)


def timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    """What it answers, and the seconds of processor time of all its threads.

    Python's collector leaves out what was there before, for all alike: else it would look through the others' graphs.
    """
    gc.collect()
    gc.freeze()
    try:
        begun = time.process_time()
        return ask(), time.process_time() - begun
    finally:
        gc.unfreeze()  # else whoever asks later counts all that is left out, once a question


def main() -> None:
    """Build the graph, answer each question three ways, compare, and print."""
    parser = arguments(__doc__)
    parser.add_argument("--share", type=float, default=0.05, help="size of the graph; 1.0 is national")
    parser.add_argument(
        "--mixed", action="store_true", help="claims of several sources, with repeats, gaps, contradictions"
    )
    parser.add_argument("--varied", action="store_true", help="compare under other parameters, time nothing")
    parser.add_argument(
        "questions", nargs="*", metavar="QUESTION", help="only these (all that are told here)"
    )
    chosen = parser.parse_args()
    made = national_projection(chosen.share)
    if chosen.mixed:
        made = mixed(made)
    plain, built = timed(lambda: Plain(made))
    if chosen.varied:
        varied(chosen.questions or [*VARIED], made, plain)
        return
    opened = database(made)
    _, numbered = timed(lambda: numbered_anew(made))
    results: list[Mapping[str, Any]] = []
    if not chosen.json:
        print(f"{len(plain):,} claims: numbered in {numbered:.2f} s, made networkx graphs in {built:.2f} s")
        print(f"{'':22} {'rows':>8} {'liantu':>8} {'networkx':>9} {'ratio':>6} {'DuckDB':>8} {'ratio':>6}")
    for name in chosen.questions or (*BESIDE, ASSIGNMENT):
        row = by_flow(made) if name == ASSIGNMENT else beside(name, made, plain, opened)
        results.append(row)
        if not chosen.json:
            sql = f"{row['duckdb']:8.3f} {row['ratio_duckdb']:6.2f}" if row["duckdb"] is not None else ""
            print(
                f"{name:22} {row['findings']:8,} {row['seconds']:8.3f} {row['networkx']:9.3f} {row['ratio']:6.2f} {sql}",
                flush=True,
            )
    if chosen.json:
        show([*results, {"name": "graph", "seconds": numbered, "networkx": built}], as_json=True)


def beside(name: str, made: Projection, plain: Plain, opened: Any) -> dict[str, Any]:
    """One question, answered and timed by each; `SystemExit` where two answers are not the same."""
    fresh, by_hand = numbered_anew(made), BESIDE[name]

    def ours() -> tuple[gaps.Finding, ...]:
        found = gaps.answer(gaps.question(name), fresh, **getattr(by_hand, "ASKED", {}))
        read(found)
        return found

    findings, seconds = timed(ours)
    answer = rows(findings)
    told, by_loop = timed(lambda: looped(name, plain))
    _same(name, "networkx", answer, told)
    by_sql = None
    statement = sql_of(name)
    if opened is not None and statement is not None:
        asked, by_sql = timed(lambda: asked_of(opened, statement))
        _same(name, "DuckDB", answer, asked)
    return {
        "name": name,
        "findings": len(findings),
        "seconds": seconds,
        "networkx": by_loop,
        "duckdb": by_sql,
        "ratio": by_loop / seconds,
        "ratio_duckdb": by_sql and by_sql / seconds,
    }


def varied(names: Iterable[str], made: Projection, plain: Plain) -> None:
    """Each question under other parameters, by both; `SystemExit` where two answers are not the same."""
    for name in names:
        always = getattr(BESIDE[name], "ASKED", {})
        for parameters in VARIED[name]:
            told = f"{name} {dict(parameters)}"
            if not can_tell(name, plain, parameters):
                print(f"{told}: the loop does not read what it rests on here", flush=True)
                continue
            try:
                answer = rows(gaps.answer(gaps.question(name), made, **always, **parameters))
            except LiantuError as error:  # what is asked for is not in this graph
                print(f"{told}: {error}", flush=True)
                continue
            _same(told, "networkx", answer, looped(name, plain, parameters))
            print(f"{told}: the same {len(answer):,} rows", flush=True)


def by_flow(made: Projection) -> dict[str, Any]:
    """The matching of graduates and needs, on which `talent_balance` and others rest: HiGHS, and networkx's flow.

    Both start from the two sides of the market; who of equals is placed is open, so that what is compared is
    how many needs are met and what counts against it. networkx takes ever longer the larger the graph is.
    """
    sides = market(numbered_anew(made))
    supplied, needed = [*sides.supplied], [*sides.needed]
    matching, seconds = timed(lambda: match(sides))
    flow, by_loop = timed(lambda: assignment.assigned(assignment.network(sides, supplied, needed)))
    _same(
        ASSIGNMENT,
        "networkx",
        [{"met and misfit": (matching.total, matching.misfit)}],
        [{"met and misfit": flow}],
    )
    return {
        "name": ASSIGNMENT,
        "findings": len(needed),
        "seconds": seconds,
        "networkx": by_loop,
        "duckdb": None,
        "ratio": by_loop / seconds,
        "ratio_duckdb": None,
    }


def numbered_anew(made: Projection) -> Projection:
    """A projection that has answered nothing yet, with its nodes and claims numbered, and ids and names as text.

    The text of nodes is in a networkx graph from the beginning, too.
    """
    fresh = Projection(made.nodes, made.edges)
    assert len(fresh.register.ids) == len(fresh.register.names)
    for kind in made.edges:
        claims = fresh.claims(kind)
        assert len(claims.heads) == len(claims.tails)
    return fresh


def database(projection: Projection) -> Any:
    """DuckDB with each Arrow table under the name of its kind, `Node` for all nodes; None where it is not installed."""
    if find_spec("duckdb") is None:
        return None
    opened = import_module("duckdb").connect()
    for name, table in (*projection.nodes.items(), *projection.edges.items()):
        opened.register(name, table)
    every = " union all ".join(f"select id, name from {label}" for label in projection.nodes)  # noqa: S608
    opened.execute(f"create view Node as {every}")
    opened.register("Source", projection.sources)
    opened.register("Weighting", _weightings())
    opened.execute((HERE / "setup.sql").read_text(encoding="utf-8"))
    return opened


def _weightings() -> pa.Table:
    """The draws of `ranking`, which SQL cannot repeat: one row a trial, from 1, and indicator."""
    drawn = [
        {"trial": trial, "name": name, "weight": weight}
        for trial, weights in enumerate(ranking.weightings(), start=1)
        for name, weight in weights.items()
    ]
    return pa.Table.from_pylist(drawn)


def sql_of(name: str) -> str | None:
    """The question in SQL; None where it is not said in it."""
    file = HERE / f"{name}.sql"
    return file.read_text(encoding="utf-8") if file.exists() else None


def asked_of(opened: Any, statement: str) -> list[Row]:
    """The rows that DuckDB answers with."""
    answer = opened.execute(statement)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _same(name: str, other: str, ours: list[Row], theirs: list[Row]) -> None:
    told = differences(ours, theirs)
    if told:
        raise SystemExit("\n".join([f"{name}: {other} answers otherwise", *told]))


if __name__ == "__main__":
    main()
