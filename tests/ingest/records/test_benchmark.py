"""The benchmark of records runs, and says what it measured in the shape that all benchmarks share."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ingest.records import read_records

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "records.py"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_records", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_it_measures_the_whole_way_against_a_bare_copy(benchmark: ModuleType) -> None:
    results = benchmark.measure(rows=1500, runs=1)
    assert [set(result) >= {"name", "ratio"} for result in results] == [True, True]
    assert all(result["ratio"] > 0 for result in results)


def test_its_rows_are_all_different_and_all_taken(benchmark: ModuleType, tmp_path: Path) -> None:
    benchmark.write_csv(tmp_path / "school_specialties.csv", 1500)
    read = read_records(tmp_path / "school_specialties.csv", "s")
    kinds = read.claims.column("kind").to_pylist()
    assert (read.rows_taken, kinds.count("OFFERS")) == (1500, 1500)
