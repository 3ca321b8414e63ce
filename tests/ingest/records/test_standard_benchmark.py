"""The benchmark of the standard's tables runs, compares like with like, and says what all benchmarks say."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "standard_tables.py"
pytest.importorskip("polars")


def test_both_sides_count_the_same_groups_and_every_row_is_taken(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("benchmark_standard_tables", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    path = tmp_path / "ODS_BYQXJYSJ.csv"
    module.write_graduates(path, 600)
    from ingest.records import read_records  # noqa: PLC0415 - after the benchmark has loaded it

    read = read_records(path, "s")
    kinds = read.claims.column("kind").to_pylist()
    assert read.rows_taken == 600
    assert module.by_hand(path) == len(kinds) - kinds.count("STATES")
    results = module.measure(rows=300, runs=1, workbook_rows=30, megabytes=0)
    assert all(set(one) >= {"name", "ratio", "rows_per_second"} for one in results)
