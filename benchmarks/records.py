"""How fast records are read, and how fast they become a graph.

    python benchmarks/records.py [--json] [--part tables|graph] [--rows 1000000] [--edges 200000] [--runs 3]

`tables`: a million rows of the national standard's tables, read, checked, counted and made claims, against
`polars.read_csv` and `python-calamine` with the same checks by hand; memory for a csv of 2 GB (`standard_tables.py`).

`graph`: 200 thousand rows of csv the whole way: csv file → cells checked → claims → `replace` → the new version of the
graph is visible, against LadybugDB's own COPY of nodes and edges of the same columns into tables of the same shape, from
Arrow tables that lie ready in memory. Both in one run, turn about; the median counts.

`ratio` is ours ÷ theirs in speed: 0.5 means that we take twice the time.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import ladybug
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.results import Result, arguments, show
from graph.identity import label_of
from graph.ontology import STATES
from graph.store import Source, open_store
from graph.store.schema import edge_columns, statements
from ingest.records import read_records

SOURCE = "0123456789abcdef"


def write_csv(path: Path, rows: int) -> None:
    """Rows of `school_specialties` that all differ: schools × specialties × years, with figures."""
    chance = random.Random(7)  # noqa: S311 (the same figures in every run)
    schools = [f"第{number}示例职业技术学院" for number in range(1000)]
    specialties = [f"示例专业{number}" for number in range(400)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("学校名称,专业名称,层次,年份,在校生数,毕业生数,就业人数\n")
        for number in range(rows):
            school = schools[number % 1000]
            specialty = specialties[number // 1000 % 400]
            enrolled = chance.randrange(40, 900)
            graduates = enrolled // 3
            file.write(
                f"{school},{specialty},高职专科,{2024 - number // 400_000},{enrolled},{graduates},{graduates - 3}\n"
            )


def whole_way(csv_file: Path, folder: Path) -> tuple[float, float, pa.Table]:
    """Seconds of the whole way, seconds of the store's part of it, and the claims."""
    begin = time.perf_counter()
    read = read_records(csv_file, SOURCE)
    is_node = pc.equal(read.claims.column("kind"), STATES.name)
    nodes, edges = read.claims.filter(is_node), read.claims.filter(pc.invert(is_node))
    middle = time.perf_counter()
    store = open_store(str(folder))
    with store.write() as writer:
        writer.replace(Source(SOURCE, csv_file.name, "records", "1"), nodes, edges)
    end = time.perf_counter()
    with store.view() as view:
        assert view.edges("OFFERS").num_rows == edges.num_rows
    store.close()
    return end - begin, end - middle, read.claims


def prepared(claims: pa.Table) -> dict[str, pa.Table]:
    """The same nodes and edges as Arrow tables ready to be copied, with all the columns of their tables."""
    stated = claims.filter(pc.equal(claims.column("kind"), STATES.name)).to_pylist()
    tables: dict[str, pa.Table] = {}
    for label in ("School", "Specialty"):
        rows = [
            {"id": row["tail"], "name": row["name"], **json.loads(row["properties"])}
            for row in stated
            if label_of(row["tail"]) == label
        ]
        tables[label] = pa.Table.from_pylist(rows)
    edges = claims.filter(pc.equal(claims.column("kind"), "OFFERS"))
    columns = edge_columns("OFFERS")
    tables["OFFERS"] = edges.select(
        ["head", "tail", *(n for n in columns.names if n not in {"head", "tail"})]
    )
    return tables


def bare_copy(tables: dict[str, pa.Table], path: Path) -> float:
    """Seconds that the engine takes to copy nodes and edges into tables that are there, and to close the file."""
    database = ladybug.Database(str(path))
    connection = ladybug.Connection(database)
    for statement in statements():
        connection.execute(statement)
    begin = time.perf_counter()
    for label in ("School", "Specialty"):
        names = ", ".join(tables[label].column_names)
        connection.execute(f"COPY {label}({names}) FROM $rows", {"rows": tables[label]})
    options = "(from='School', to='Specialty')"
    connection.execute(f"COPY OFFERS FROM $rows {options}", {"rows": tables["OFFERS"]})
    connection.close()
    database.close()
    return time.perf_counter() - begin


def measure(rows: int, runs: int) -> list[dict[str, Any]]:
    """One result for the whole way and one for the store's part alone."""
    whole: list[float] = []
    store: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        csv_file = folder / "school_specialties.csv"
        write_csv(csv_file, rows)
        for run in range(runs):
            seconds, store_seconds, claims = whole_way(csv_file, folder / f"graph{run}")
            whole.append(seconds)
            store.append(store_seconds)
            bare.append(bare_copy(prepared(claims), folder / f"bare{run}.lbdb"))
    theirs = statistics.median(bare)
    return [
        {
            "name": title,
            "rows": rows,
            "seconds": round(statistics.median(ours), 3),
            "copy_seconds": round(theirs, 3),
            "rows_per_second": round(rows / statistics.median(ours)),
            "ratio": round(theirs / statistics.median(ours), 3),
        }
        for title, ours in (("records: csv to graph", whole), ("records: store.replace alone", store))
    ]


def main() -> None:
    """Measure and print: a table for people, or `--json`."""
    parser = arguments(__doc__)
    parser.add_argument("--part", choices=("tables", "graph"), help="only this; without: both")
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the standard's tables")
    parser.add_argument("--workbook-rows", type=int, default=200_000)
    parser.add_argument("--megabytes", type=int, default=2000, help="size of the csv for memory; 0: none")
    parser.add_argument("--edges", type=int, default=200_000, help="of the graph")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    results: list[dict[str, Any]] = []
    if options.part != "graph":
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        from benchmarks import standard_tables  # noqa: PLC0415 - wants polars and calamine, for this part alone

        results += standard_tables.measure(
            options.rows, options.runs, options.workbook_rows, options.megabytes
        )
    if options.part != "tables":
        results += measure(options.edges, options.runs)
    heading = (
        f"{'':38}{'rows':>12}{'seconds':>9}{'other':>9}{'rows/s':>12}{'peak MB':>9}{'ratio':>8}{'by CPU':>8}"
    )
    show(results, as_json=options.json, line=_line, heading=heading)


def _line(one: Result) -> str:
    other = one.get("by_hand_seconds", one.get("copy_seconds", ""))
    return (
        f"{one['name']:38}{one['rows']:>12,}{one['seconds']:>9}{other:>9}{one['rows_per_second']:>12,}"
        f"{one.get('peak_megabytes', ''):>9}{one['ratio']:>8}{one.get('processor_ratio', ''):>8}"
    )


if __name__ == "__main__":
    main()
