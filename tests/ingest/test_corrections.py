"""What goes out to be corrected comes back in place of the rows; a second report replaces the first."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.ingest import note_rows
from graph.store import open_store
from ingest.batch import Report, ingest, retract
from ingest.manifest import Manifest
from ingest.quality import quality_report
from ingest.reject import CORRECTIONS

HEAD = ["学校名称", "专业名称", "层次", "年份", "在校生数", "毕业生数"]
ROWS = [
    ["甲学院", "护理", "高职专科", "2024", "100", "30"],
    ["乙学院", "药学", "高职专科", "去年", "90", "30"],
    ["乙学院", "护理", "博士", "2024", "80", "20"],
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of nothing, to copy."""
    address = tmp_path_factory.mktemp("empty") / "graph"
    store = open_store(str(address))
    with store.write():
        pass
    store.close()
    return address


@pytest.fixture
def graph(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty, tmp_path / "graph"))


@dataclass(frozen=True)
class Rejected:
    """A graph into which `ROWS` went, of which two were rejected; the file that they came in, and the rejects."""

    graph: Path
    source: Path

    @property
    def rejects(self) -> Path:
        return self.graph / "rejects" / "0001.xlsx"


@pytest.fixture(scope="module")
def read_once(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Rejected:
    place = tmp_path_factory.mktemp("rejected")
    made = Rejected(Path(shutil.copytree(empty, place / "graph")), place / "in" / "院校专业.csv")
    first = ingest([write(made.source, [HEAD, *ROWS])], str(made.graph))
    assert [file.status for file in first.files] == ["partial"]
    assert first.rejects_file == made.rejects
    return made


@pytest.fixture
def rejected(read_once: Rejected, tmp_path: Path) -> Rejected:
    write(read_once.source, [HEAD, *ROWS])
    return Rejected(Path(shutil.copytree(read_once.graph, tmp_path / "graph")), read_once.source)


@pytest.fixture(scope="module")
def reported_once(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reported")
    graph = Path(shutil.copytree(empty, place / "graph"))
    ingest([specialties(place / "ODS_ZYSZSJ.csv", ["护理", "药学"])], str(graph))
    return graph


@pytest.fixture
def reported(reported_once: Path, tmp_path: Path) -> Path:
    """A graph with one school's report of two specialties."""
    return Path(shutil.copytree(reported_once, tmp_path / "graph"))


def write(path: Path, rows: list[list[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def told(graph: Path, kind: str = "OFFERS") -> set[tuple[str, str, Any]]:
    store = open_store(str(graph))
    try:
        with store.view() as view:
            rows = view.edges(kind).to_pylist()
    finally:
        store.close()
    found = [(row["head"], row["tail"], row.get("enrolled") or row.get("number")) for row in rows]
    assert len(found) == len(set(found))  # nothing doubled
    return set(found)


def one_row(path: Path, name: str) -> Path:
    """The rejects of a batch as they come back: everything put right that this knows to put right."""
    book = load_workbook(path)
    for sheet in book.worksheets[1:]:
        headers = [cell.value for cell in sheet[1]]
        assert headers[0] in {CORRECTIONS.zh, CORRECTIONS.en}
        for row in sheet.iter_rows(min_row=2):
            for header, cell in zip(headers, row, strict=True):
                if (header, cell.value) in {("年份", "去年"), ("层次", "博士")}:
                    cell.value = {"年份": "2024", "层次": "高职专科"}[header]
    back = path.with_name(name)
    book.save(back)
    return back


def test_a_corrected_workbook_stands_in_place_of_the_rejected_rows(rejected: Rejected) -> None:
    graph, source = rejected.graph, rejected.source
    back = one_row(rejected.rejects, "back.xlsx")
    second = ingest([back], str(graph))
    assert second.ok, second
    assert any("更正 院校专业.csv 的 2 行" in note.zh for note in second.files[0].notes)
    assert told(graph) == {
        ("School:甲学院", "Specialty:520201", 100),
        ("School:乙学院", "Specialty:520301", 90),
        ("School:乙学院", "Specialty:520201", 80),
    }
    # The first file is whole now, for who sends it again and for the report of quality.
    again = ingest([source], str(graph))
    assert again.ok
    assert again.loaded.replaced == 0
    assert not Quality(graph).rejects
    assert not [f for f in Quality(graph).findings if f.reason.startswith("record.")]


class Quality:
    """Rejects and findings of all sources, as `liantu quality` tells them."""

    def __init__(self, graph: Path) -> None:
        store = open_store(str(graph))
        with store.view() as view:
            report = quality_report(Manifest(graph, tidy=False), view)
        store.close()
        self.rejects = [reject for entry, _ in report.sources for reject in entry.rejects]
        self.findings = [finding for _, findings in report.sources for finding in findings]


def test_what_comes_back_still_wrong_goes_out_again_and_counts_for_the_first_file(
    rejected: Rejected, tmp_path: Path
) -> None:
    graph = rejected.graph
    book = load_workbook(rejected.rejects)
    sheet = book.worksheets[1]
    sheet["E2"].value = "2024"  # of two rows one is put right
    book.save(tmp_path / "back.xlsx")
    second = ingest([tmp_path / "back.xlsx"], str(graph))
    assert [file.status for file in second.files] == ["partial"]
    assert second.rejects_file is not None
    third = ingest([one_row(second.rejects_file, "again.xlsx")], str(graph))
    assert third.ok
    assert len(told(graph)) == 3
    assert ingest([rejected.source, tmp_path / "back.xlsx"], str(graph)).ok


def test_a_row_corrected_twice_says_what_the_later_says(rejected: Rejected, tmp_path: Path) -> None:
    graph = rejected.graph
    back = one_row(rejected.rejects, "back.xlsx")
    ingest([back], str(graph))
    book = load_workbook(back)
    book.worksheets[1]["F2"].value = "95"
    book.save(tmp_path / "better.xlsx")
    ingest([tmp_path / "better.xlsx"], str(graph))
    assert ("School:乙学院", "Specialty:520301", 95) in told(graph)
    assert len(told(graph)) == 3


def test_the_file_sent_anew_takes_the_corrections_of_the_old_one_with_it(rejected: Rejected) -> None:
    graph, source = rejected.graph, rejected.source
    back = one_row(rejected.rejects, "back.xlsx")
    ingest([back], str(graph))
    good = [[cell.replace("去年", "2024").replace("博士", "高职专科") for cell in row] for row in ROWS]
    report = ingest([write(source, [HEAD, *good])], str(graph))
    assert report.ok
    assert len(told(graph)) == 3
    late = ingest([back], str(graph))
    assert any("更正未采用" in note.zh for note in late.files[0].notes)
    assert len(told(graph)) == 3


def test_rows_of_a_file_of_which_nothing_could_be_taken_come_back_too(graph: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "院校专业.csv", [HEAD, *ROWS[1:]])
    first = ingest([source], str(graph))
    assert [file.status for file in first.files] == ["rejected"]
    assert first.rejects_file is not None
    assert ingest([one_row(first.rejects_file, "back.xlsx")], str(graph)).ok
    assert len(told(graph)) == 2
    assert ingest([source], str(graph)).ok


def test_a_row_without_its_number_is_told_and_nothing_else_is_lost(rejected: Rejected) -> None:
    graph = rejected.graph
    back = one_row(rejected.rejects, "back.xlsx")
    book = load_workbook(back)
    book.worksheets[1]["A2"].value = None
    book.save(back)
    second = ingest([back], str(graph))
    assert [reject.code for reject in second.rejects] == ["record.correction"]
    assert len(told(graph)) == 2


def test_a_cell_that_a_spreadsheet_would_run_comes_back_as_it_was(graph: Path, tmp_path: Path) -> None:
    rows = [HEAD, ["＝甲学院", "药学", "高职专科", "去年", "90", "30"]]
    first = ingest([write(tmp_path / "院校专业.csv", rows)], str(graph))
    assert first.rejects_file is not None
    assert ingest([one_row(first.rejects_file, "back.xlsx")], str(graph)).ok
    assert [head for head, _, _ in told(graph)] == ["School:=甲学院"]


SCHOOL = "4150012215"


def specialties(path: Path, names: list[str], *, school: str = SCHOOL, collected: str = "20240930") -> Path:
    head = ["zjsjwyxbs", "xxdm", "zymc", "zyh", "zyccm", "sjcjsj"]
    rows = [[f"{n:032d}", school, name, f"GY{n}", "2", collected] for n, name in enumerate(names)]
    return write(path, [head, *rows])


def offered(graph: Path) -> set[str]:
    return {number for _, _, number in told(graph)}


def notes(report: Report) -> str:
    return " ".join(note.zh for file in report.files for note in file.notes)


def test_a_second_report_of_the_same_school_and_period_replaces_the_first(
    graph: Path, tmp_path: Path
) -> None:
    ingest([specialties(tmp_path / "一" / "ODS_ZYSZSJ.csv", ["护理", "药学", "中药学"])], str(graph))
    report = ingest([specialties(tmp_path / "二" / "重报.csv", ["护理", "药学"])], str(graph))
    assert len(offered(graph)) == 2
    assert "以 2 行取代 ODS_ZYSZSJ.csv 的 3 行" in notes(report)
    # The first sent once more stays replaced, and says so; without the second it stands again.
    again = ingest([tmp_path / "一"], str(graph))
    assert "3 行已由 重报.csv 取代" in notes(again)
    assert len(offered(graph)) == 2
    retract(str(graph), "重报.csv")
    assert len(offered(graph)) == 3


def test_of_a_table_of_many_schools_only_the_one_that_reports_again_is_replaced(
    graph: Path, tmp_path: Path
) -> None:
    both = specialties(tmp_path / "ODS_ZYSZSJ.csv", ["护理", "药学"])
    others = specialties(tmp_path / "other.csv", ["软件技术", "护理"], school="4150014726").read_text(
        encoding="utf-8"
    )
    with both.open("a", encoding="utf-8") as file:
        file.write(others.partition("\n")[2].replace("0000,", "0009,").replace("0001,", "0008,"))
    ingest([both], str(graph))
    assert len(told(graph)) == 4
    ingest([specialties(tmp_path / "新.csv", ["中药学"])], str(graph))
    assert {(head, tail) for head, tail, _ in told(graph)} == {
        ("School:4150012215", "Specialty:520410"),
        ("School:4150014726", "Specialty:510203"),
        ("School:4150014726", "Specialty:520201"),
    }


@pytest.mark.parametrize("how", ["name", "folder", "option"])
def test_a_report_that_says_that_it_is_partial_adds_to_the_first(
    reported: Path, tmp_path: Path, how: str
) -> None:
    place = {"name": "ODS_ZYSZSJ补报.csv", "folder": "补充/a.csv", "option": "a.csv"}[how]
    path = specialties(tmp_path / place, ["中药学"])
    path.write_text(path.read_text(encoding="utf-8").replace("GY0", "GY7"), encoding="utf-8")
    ingest([path], str(reported), partial=how == "option")
    assert offered(reported) == {"GY0", "GY1", "GY7"}


@pytest.mark.parametrize("again", ["the same file", "a copy", "both"])
def test_what_came_as_partial_stays_so_when_it_comes_again(
    reported: Path, tmp_path: Path, again: str
) -> None:
    path = specialties(tmp_path / "in" / "a.csv", ["中药学"])
    path.write_text(path.read_text(encoding="utf-8").replace("GY0", "GY7"), encoding="utf-8")
    ingest([path], str(reported), partial=True)
    if again != "the same file":
        shutil.copy(path, tmp_path / "in" / "a (1).csv")
    ingest([path.parent if again != "a copy" else path.with_name("a (1).csv")], str(reported))
    assert offered(reported) == {"GY0", "GY1", "GY7"}


def test_a_copy_whose_name_says_partial_changes_nothing_and_a_new_name_does(
    reported: Path, tmp_path: Path
) -> None:
    path = specialties(tmp_path / "in" / "a.csv", ["中药学"])
    path.write_text(path.read_text(encoding="utf-8").replace("GY0", "GY7"), encoding="utf-8")
    ingest([path], str(reported))
    assert offered(reported) == {"GY7"}
    copied = Path(shutil.copy(path, tmp_path / "in" / "a补报.csv"))
    ingest([copied], str(reported))
    assert offered(reported) == {"GY7"}
    path.unlink()
    ingest([copied.rename(copied.with_name("补报.csv"))], str(reported))
    assert offered(reported) == {"GY0", "GY1", "GY7"}


def test_a_report_said_to_be_partial_afterwards_is(reported: Path, tmp_path: Path) -> None:
    path = specialties(tmp_path / "in" / "a.csv", ["中药学"])
    path.write_text(path.read_text(encoding="utf-8").replace("GY0", "GY7"), encoding="utf-8")
    ingest([path], str(reported))
    ingest([path], str(reported), partial=True)
    assert offered(reported) == {"GY0", "GY1", "GY7"}


def test_another_period_or_another_table_replaces_nothing(reported: Path, tmp_path: Path) -> None:
    ingest([specialties(tmp_path / "二.csv", ["药学"], collected="20230930")], str(reported))
    assert len(told(reported)) == 3


def test_two_tables_of_one_school_and_year_with_other_figures_stand_beside_each_other(
    graph: Path, tmp_path: Path
) -> None:
    head = ["学校名称", "专业名称", "年份"]
    students = [[*head, "在校生数", "就业人数"], ["甲学院", "护理", "2024", "300", ""]]
    jobs = [[*head, "毕业生数", "就业人数"], ["甲学院", "护理", "2024", "100", "90"]]
    ingest([write(tmp_path / "教务处.csv", students)], str(graph))
    ingest([write(tmp_path / "就业处.csv", jobs)], str(graph))
    assert told(graph) == {
        ("School:甲学院", "Specialty:护理", 300),
        ("School:甲学院", "Specialty:护理", None),
    }
    ingest([write(tmp_path / "教务处新.csv", [students[0], [*students[1][:3], "310", ""]])], str(graph))
    assert {enrolled for _, _, enrolled in told(graph)} == {310, None}


def test_what_was_collected_later_stands_in_whatever_order_the_files_come(
    graph: Path, tmp_path: Path
) -> None:
    old = specialties(tmp_path / "b.csv", ["护理", "药学"], collected="20240901")
    new = specialties(tmp_path / "a.csv", ["中药学"], collected="20241015")
    other = tmp_path / "other"
    shutil.copytree(graph, other)
    ingest([new], str(graph))
    ingest([old], str(graph))
    ingest([old, new], str(other))
    assert told(graph) == told(other)
    assert len(told(graph)) == 1


def test_a_table_of_one_school_made_by_hand_replaces_its_like_and_one_of_many_does_not(
    graph: Path, tmp_path: Path
) -> None:
    ingest([write(tmp_path / "甲.csv", [HEAD, ROWS[0]])], str(graph))
    ingest([write(tmp_path / "甲新.csv", [HEAD, [*ROWS[0][:4], "110", "30"]])], str(graph))
    assert told(graph) == {("School:甲学院", "Specialty:520201", 110)}
    survey = [HEAD, [*ROWS[0][:4], "120", "30"], ["丙学院", *ROWS[0][1:]]]
    ingest([write(tmp_path / "全市.csv", survey)], str(graph))
    assert {row for row in told(graph) if row[0] == "School:甲学院"} == {
        ("School:甲学院", "Specialty:520201", 110),
        ("School:甲学院", "Specialty:520201", 120),
    }


def test_totals_and_notes_make_no_batch_partial_and_do_not_go_out_to_be_corrected(
    graph: Path, tmp_path: Path
) -> None:
    good = ["甲学院", "护理", "高职专科", "2024", "100", "30"]
    below = [["合计", "", "", "", "100", "30"], ["注：截至九月"], ["填表人：甄隐士", "", "", "", "", ""]]
    source = write(tmp_path / "in" / "统计.csv", [HEAD, good, ["甲学院", "小计", "", "", "100"], *below])
    report = ingest([source], str(graph))
    (file,) = report.files
    assert (report.ok, file.status, report.rejects_file) == (True, "taken", None)
    assert (file.counts["rows"], file.counts["taken"], file.counts["set_aside"]) == (5, 1, 4)
    assert [note.zh for note in file.notes[-2:]] == [
        "合计、小计 2 行，不计：l.3、l.4",
        "表下注释 2 行，不计：l.5、l.6",
    ]
    assert "甄隐士" not in str(report)
    (again,) = ingest([source], str(graph)).files
    assert (again.status, again.counts["set_aside"]) == ("unchanged", 4)


def test_of_a_table_with_totals_only_the_wrong_rows_go_out(graph: Path, tmp_path: Path) -> None:
    total = ["合计", "", "", "", "270", "80"]
    report = ingest([write(tmp_path / "in" / "院校专业.csv", [HEAD, *ROWS, total])], str(graph))
    assert {reject.row for reject in report.rejects} == {3, 4}
    assert report.rejects_file is not None
    cells = [cell for sheet in load_workbook(report.rejects_file) for row in sheet.values for cell in row]
    assert "合计" not in cells
    assert ingest([one_row(report.rejects_file, "back.xlsx")], str(graph)).ok


def test_a_correction_of_two_files_of_one_name_says_which_by_their_folders(
    graph: Path, tmp_path: Path
) -> None:
    for school in ("甲", "乙"):
        rows = [[f"{school}学院", "护理", "高职专科", "2024", "9", "3"], [f"{school}学院", *ROWS[1][1:]]]
        write(tmp_path / "in" / f"{school}校" / "专业.csv", [HEAD, *rows])
    write(
        tmp_path / "in" / "丙校" / "专业.csv", [HEAD, ["丙学院", *ROWS[2][1:]]]
    )  # nothing of it can be taken
    first = ingest([tmp_path / "in"], str(graph))
    assert first.rejects_file is not None
    second = ingest([one_row(first.rejects_file, "back.xlsx")], str(graph))
    assert second.ok
    told = {f"更正 {school}校/专业.csv 的 1 行" for school in "甲乙丙"}
    assert {note.zh for note in second.files[0].notes} >= told
    rows = note_rows(second)
    assert [row["file"] for row in rows] == ["back.xlsx"] * len(rows)
    assert len({row["note"] for row in rows}) == len(rows) >= 3


def test_a_file_replaced_by_its_namesake_names_it_so_that_it_can_be_retracted(
    graph: Path, tmp_path: Path
) -> None:
    head = ["zjsjwyxbs", "xxdm", "zymc", "zyh", "sszyqmc", "sczsny", "zyccm", "sjcjsj"]
    names = [
        write(tmp_path / folder / "ODS_ZYSZSJ.csv", [head, one])
        for folder, one in (
            ("初报", ["1", "4150012215", "护理", "1", "甲", "202309", "2", "20240930 101500"]),
            ("复报", ["1", "4150012215", "药学", "2", "甲", "202309", "2", "20241031 101500"]),
        )
    ]
    ingest(names[:1], str(graph))
    (file,) = ingest(names[1:], str(graph)).files
    assert any("取代 初报/ODS_ZYSZSJ.csv 的 1 行" in note.zh for note in file.notes), file.notes
    (earlier,) = ingest(names[:1], str(graph)).files
    (note,) = [one.zh for one in earlier.notes if "已由 复报/ODS_ZYSZSJ.csv 取代" in one.zh]
    retract(str(graph), note.rpartition(" ")[2])
    (earlier,) = ingest(names[:1], str(graph)).files
    assert not [one for one in earlier.notes if "取代" in one.zh]
