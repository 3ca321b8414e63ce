"""Answers as workbooks for WPS and Excel: a sheet a question, what it means, and a row a claim that it rests on."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cli.main import DONE, status_of
from cli.workbook import write_workbook
from graph import gaps
from graph.errors import LiantuError
from graph.project import Projection
from ingest.records import read_records


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_LANG", "zh")


@pytest.fixture
def projection() -> Projection:
    told = {"source": "s", "method": "record"}
    return Projection.from_tables(
        {
            "IndustryChain": [{"id": "IndustryChain:链", "name": "=1+1", "tier": "产业链"}],
            "Enterprise": [{"id": "Enterprise:厂", "name": "厂"}],
        },
        {
            "OPERATES_IN": [
                {
                    "head": "Enterprise:厂",
                    "tail": "IndustryChain:链",
                    "quote": "\x07=坏",
                    "place": "l.1",
                    **told,
                }
            ],
            "STATES": [
                {"head": "s", "tail": "IndustryChain:链", "quote": "链", "observed": "2024-05", **told}
            ],
        },
        {"s": "甲.txt"},
    )


def sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def written(path: Path, projection: Projection, names: Sequence[str]) -> dict[str, list[tuple[object, ...]]]:
    asked = [gaps.question(name) for name in names]
    answers = {one.name: one.answer(projection) for one in asked}
    write_workbook(path, asked, answers, projection, None, None)
    return sheets(path)


def test_a_workbook_holds_the_findings_their_meaning_and_the_claims(
    tmp_path: Path, projection: Projection
) -> None:
    found = written(tmp_path / "a.xlsx", projection, ["uncovered_chains"])
    assert list(found) == ["缺专业群的产业链", "说明", "依据"]
    titles, row = found["缺专业群的产业链"]
    assert titles[:3] == ("产业链", "层级", "缺口")
    known = dict(zip(titles, row, strict=True))
    assert (known["产业链"], known["链上企业数"], known["需求人数（已知）"]) == ("'=1+1", 1, None)
    about = dict(found["说明"][1:])
    assert about["定义"] == gaps.question("uncovered_chains").definition.zh
    assert (about["条数"], about["截至"]) == (1, "2024-05")
    claims = [row[:8] for row in found["依据"][1:]]
    assert claims == [
        ("缺专业群的产业链", 2, "所属产业", "厂", "'=1+1", "�=坏", "甲.txt", "l.1"),
        ("缺专业群的产业链", 2, *claims[1][2:3], "甲.txt", "'=1+1", "链", "甲.txt", None),
    ]


def test_no_cell_is_a_formula(tmp_path: Path, projection: Projection) -> None:
    written(tmp_path / "a.xlsx", projection, ["uncovered_chains"])
    cells = [cell for sheet in load_workbook(tmp_path / "a.xlsx") for row in sheet for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


def test_of_all_questions_each_that_finds_something_has_a_sheet(
    tmp_path: Path, projection: Projection
) -> None:
    found = written(tmp_path / "a.xlsx", projection, ["uncovered_chains", "coverage", "missing_platforms"])
    assert list(found) == ["缺专业群的产业链", "缺研发平台", "说明", "依据"]
    assert [row[1] for row in found["说明"] if row[0] == "条数"] == [1, 0, 1]


@pytest.mark.parametrize("form", [[], ["--format", "csv"]])
def test_the_command_writes_one_by_the_suffix_and_a_ledger_is_read_back(
    demo_graph: Path, tmp_path: Path, form: list[str]
) -> None:
    path = tmp_path / "台账.xlsx"
    assert status_of(["gaps", "ledger", "-o", str(path), "--graph", str(demo_graph), *form]) == DONE
    assert len(sheets(path)["工作台账"]) > 10
    read = read_records(path, "s")
    assert (read.kinds, read.rejects) == (("ledger",), ())
    assert read.rows_read == len(sheets(path)["工作台账"]) - 1


@pytest.mark.parametrize("where", ["no folder", "no space"])
def test_a_workbook_that_cannot_be_written_is_one_error_without_tracebacks(
    where: str,
    tmp_path: Path,
    projection: Projection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raised: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", raised.append)
    path = tmp_path / "none" / "a.xlsx" if where == "no folder" else tmp_path / "a.xlsx"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if where == "no space":
        monkeypatch.setattr("openpyxl.writer.excel.ExcelWriter.save", full)
    with pytest.raises(LiantuError) as refused:
        written(path, projection, ["uncovered_chains", "coverage", "missing_platforms"])
    assert refused.value.code == "file.unwritable"
    del refused
    gc.collect()
    assert not raised
    assert not [*tmp_path.iterdir()]
