"""The ledger goes out as a sheet, is filled in by a person, and comes back as records that say what is done and late."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cli.main import DONE, status_of
from graph.gaps import field_labels
from graph.gaps.ledger import LedgerItem
from ingest.records import RECORD_KINDS
from ingest.samples import records


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert status_of([*words]) == DONE, capsys.readouterr().err
    return capsys.readouterr().out


def test_the_columns_of_the_sheet_are_those_that_the_record_kind_reads() -> None:
    labels = field_labels(LedgerItem)
    for column in RECORD_KINDS["ledger"].columns:
        name = {"item_kind": "kind"}.get(column.name, column.name)
        assert (column.zh, column.en) == (labels[name].zh, labels[name].en)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_ledger_filled_in_and_read_back_is_progress(
    demo_copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setenv("LIANTU_LANG", language)
    graph = ("--graph", str(demo_copy))
    sheet = tmp_path / "ledger.csv"
    asked(capsys, "gaps", "ledger", "--format", "csv", "--output", str(sheet), *graph)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = {name: str(label) for name, label in field_labels(LedgerItem).items()}
    open_tasks = [
        row for row in rows if row[labels["standing"]] == "到期未报" and row[labels["kind"]] == "举措"
    ]
    filled = open_tasks[0]
    filled[labels["status"]], filled[labels["updated"]] = "已完成", "2025-05-08"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    before = json.loads(asked(capsys, "gaps", "ledger", "--format", "json", *graph))
    asked(capsys, "ingest", str(sheet), *graph)
    after = json.loads(asked(capsys, "gaps", "ledger", "--format", "json", *graph))
    changed = [one for one in after if one["item"]["name"] == filled[labels["item"]]]
    assert [(one["status"], one["standing"]) for one in changed] == [("完成", "逾期完成")]
    assert len(after) == len(before)  # the rows name the tasks that are there, and make no new ones
    same = {one["item"]["id"]: one["status"] for one in before} | {changed[0]["item"]["id"]: "完成"}
    assert {one["item"]["id"]: one["status"] for one in after} == same


def test_the_sample_ledger_names_the_tasks_that_the_sample_documents_set(
    demo_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(asked(capsys, "gaps", "ledger", "--format", "json", "--graph", str(demo_copy)))
    known = {(one["document_key"], one["item_key"]) for one in found if one["text"] or one["value"]}
    with (records() / "ledger.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert (row["文件标识"], row["编号"]) in known
