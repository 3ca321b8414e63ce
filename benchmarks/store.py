"""The store beside the engine alone: a load of 200 thousand edges, and one small document into a graph of that size.

    python benchmarks/store.py [--json] [--edges 200000]

`load`: the speed of `replace` over that of a bare `COPY` of the same rows into tables that are there already.
`small`: the time of a small document's `replace` over that of the whole load (the smaller, the better).
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import ladybug
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.results import Result, arguments, show
from graph.claims import ClaimsBuilder, Evidence, claims_table
from graph.store import Source, open_store
from graph.store.change import split, with_labels
from graph.store.merge import merge_nodes
from graph.store.schema import statements

Told = tuple[Source, pa.Table, pa.Table]
SCHOOLS, SPECIALTIES = 4000, 1300


def parted(source: str, table: pa.Table) -> Told:
    """The claims of a source as the writer takes them."""
    states = pc.equal(table.column("kind"), "STATES")
    return Source(source, source, "records", "1"), table.filter(states), table.filter(pc.invert(states))


def large(source: str, edges: int) -> Told:
    """A record set that says which school offers which specialty."""
    chance = random.Random(1)  # noqa: S311 - no secret
    schools = [f"School:{number}" for number in range(SCHOOLS)]
    specialties = [f"Specialty:{number}" for number in range(SPECIALTIES)]
    ids = schools + specialties
    common = {"quote": ids, "method": ["record"] * len(ids), "confidence": [1.0] * len(ids)}
    named = {"local": ids, "name": ids, "aliases": ["[]"] * len(ids), "properties": ["{}"] * len(ids)}
    nodes = pa.table(
        {"kind": ["STATES"] * len(ids), "head": [source] * len(ids), "tail": ids} | common | named
    )
    rows = {
        "kind": ["OFFERS"] * edges,
        "head": chance.choices(schools, k=edges),
        "tail": chance.choices(specialties, k=edges),
        "quote": [f"第 {row} 行 在校生 {row % 300} 人" for row in range(edges)],
        "place": [f"Sheet1!{row}" for row in range(edges)],
        "method": ["record"] * edges,
        "confidence": [1.0] * edges,
        "enrolled": [row % 300 for row in range(edges)],
        "year": [2024] * edges,
    }
    return parted(source, claims_table(source, [nodes, pa.table(rows)]))


def small(source: str) -> Told:
    """A document of sixty claims about nodes that the graph has."""
    builder, words = ClaimsBuilder(source), Evidence("原文", 0, 2, "l.1")
    document = builder.node("PolicyDocument", name=source, evidence=words)
    for number in range(20):
        school = builder.node("School", name=f"校{number}", code=str(number), evidence=words)
        specialty = builder.node("Specialty", name=f"专业{number}", code=str(number), evidence=words)
        builder.edge("OFFERS", school, specialty, words)
        builder.edge("MENTIONS", document, school, words)
    return parted(source, builder.table())


def bare(told: Told, file: Path) -> float:
    """Seconds that the engine alone takes to copy the claims; nodes and tables are there already."""
    database = ladybug.Database(str(file))
    connection = ladybug.Connection(database)
    for statement in statements():
        connection.execute(statement)
    source, nodes, edges = told
    for label, rows in merge_nodes(nodes).items():
        columns = rows.add_column(3, "search", rows.column("name")).combine_chunks()
        connection.execute(f"COPY {label} FROM $rows", {"rows": columns})
    connection.execute("CREATE (:Source {id: $id})", {"id": source.id})
    groups = [group for table in (nodes, edges) for group in split(with_labels(table))]
    ready = [(kind, head, tail, rows.combine_chunks()) for kind, head, tail, rows in groups]
    begun = time.perf_counter()
    for kind, head, tail, rows in ready:
        connection.execute(f"COPY {kind} FROM $rows (from='{head}', to='{tail}')", {"rows": rows})
    connection.close()
    database.close()
    return time.perf_counter() - begun


def ours(folder: Path, told: Told) -> float:
    """Seconds that the store takes for one batch that replaces a source."""
    begun = time.perf_counter()
    with open_store(str(folder)).write() as writer:
        writer.replace(*told)
    return time.perf_counter() - begun


def main() -> None:
    """Measure, in turns so that both see the same machine, and print the best of each."""
    parser = arguments(__doc__)
    parser.add_argument("--edges", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    told = large("b" * 16, chosen.edges)
    engine, store, document = [], [], []
    for _ in range(chosen.rounds):
        with TemporaryDirectory() as folder:
            engine.append(bare(told, Path(folder) / "bare.lbdb"))
            store.append(ours(Path(folder) / "graph", told))
            document.append(ours(Path(folder) / "graph", small("c" * 16)))
    results = [
        {"name": "load", "ratio": round(min(engine) / min(store), 3), "seconds": round(min(store), 3)},
        {"name": "small", "ratio": round(min(document) / min(store), 3), "seconds": round(min(document), 3)},
    ]
    heading = f"bare COPY of {chosen.edges} edges: {min(engine):.2f} s"
    show(results, as_json=chosen.json, line=_line, heading=heading)


def _line(one: Result) -> str:
    return f"{one['name']:6} ratio {one['ratio']:.2f}   {one['seconds']:.2f} s"


if __name__ == "__main__":
    main()
