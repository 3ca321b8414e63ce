"""The batch: the graph is a function of what was read, whatever the order, the splitting or the accidents."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.store import open_store
from ingest import reference
from ingest.batch import Report, ingest, initialise, retract
from ingest.copy import copy_graph
from ingest.judgement import Judgement, write_judgements
from ingest.workplace import workplace
from tests.reserve import Reserve

DOCUMENTS = {
    "a.txt": "渝教发〔2024〕1号\n重庆市教育委员会关于建设产教联合体的通知\n\n"
    "重庆工程职业技术学院与长城汽车股份有限公司合作开设订单班。到2027年，培育市级产教联合体8个。\n\n"
    "重庆市教育委员会\n2024年3月1日\n",
    "b.txt": "渝教发〔2024〕2号\n重庆市教育委员会关于公布名单的通知\n\n"
    "重庆电子工程职业学院与长城汽车合作共建现代产业学院。\n\n重庆市教育委员会\n2024年4月1日\n",
}
RECORDS = {
    "schools.csv": "学校名称,学校代码,专业名称,专业代码,层次,年份,在校生数,毕业生数\n"
    "重庆电子科技职业大学,,物联网应用技术,510102,高职专科,2024,300,100\n"
    "重庆工程职业技术学院,,机电一体化技术,460301,高职专科,2024,200,90\n",
    "companies.csv": "企业名称,所属产业链,需求岗位,需求人数,需求年份\n"
    "长城汽车股份有限公司,智能网联新能源汽车,汽车装调工,50,2024\n",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (DOCUMENTS | RECORDS).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def graph(empty_address: str) -> str:
    """A graph without the catalogues, on each engine: smaller, so that batches are quick."""
    return made(empty_address)


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with the catalogues of which these files name something: the schools and the chains. Only copy it."""
    folder = tmp_path_factory.mktemp("catalogues") / "graph"
    wanted = {"reference-schools", "reference-clusters"}
    read = [one for one in reference.reference_sources() if one[0].id in wanted]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "reference_sources", lambda: iter(read))
        assert initialise(str(folder)).replaced == len(wanted)
    return folder


@pytest.fixture
def ready_graph(engine: str, request: pytest.FixtureRequest, catalogues: Path, tmp_path: Path) -> str:
    """A graph with these catalogues, on each engine."""
    if engine == "ladybug":
        return str(shutil.copytree(catalogues, tmp_path / "ready"))
    address = str(request.getfixturevalue("neo4j_address"))
    copy_graph(str(catalogues), address)
    return address


def made(graph: str) -> str:
    store = open_store(graph)
    with store.write():
        pass
    store.close()
    return graph


def content(graph: str) -> str:
    store = open_store(graph)
    try:
        with store.view() as view:
            return view.content_hash()
    finally:
        store.close()


def statuses(report: Report) -> dict[str, str]:
    return {file.name: file.status for file in report.files}


def test_twice_shuffled_and_split_give_the_same_graph(
    files: Path, catalogues: Path, ready_graph: str, tmp_path: Path
) -> None:
    paths = sorted(files.iterdir())
    shuffled, split = (str(shutil.copytree(catalogues, tmp_path / name)) for name in ("shuffled", "split"))
    before = content(shuffled)
    assert ingest([files], ready_graph).ok
    first = content(ready_graph)
    again = ingest([files], ready_graph)
    assert set(statuses(again).values()) == {"unchanged"}
    assert content(ready_graph) == first
    ingest(paths[::-1], shuffled)
    assert content(shuffled) == first
    ingest(paths[2:], split)
    ingest(paths[:2], split)
    assert content(split) == first
    assert first != before


def test_retracting_a_source_leaves_the_graph_as_it_was_without_it(files: Path, graph: str) -> None:
    ingest([files / "a.txt", files / "schools.csv"], graph)
    before = content(graph)
    ingest([files / "b.txt"], graph)
    assert content(graph) != before
    source, _ = retract(graph, "渝教发〔2024〕2号")
    assert source.name == "b.txt"
    assert content(graph) == before
    retract(graph, "a.txt")
    retract(graph, "schools.csv")
    with pytest.raises(LiantuError, match=r"a\.txt"):
        retract(graph, "a.txt")


def test_a_corrected_document_leaves_nothing_stale(files: Path, graph: str, tmp_path: Path) -> None:
    other = made(str(tmp_path / "other"))
    ingest([files], graph)
    (files / "a.txt").write_text(DOCUMENTS["a.txt"].replace("长城汽车", "赛力斯汽车"), encoding="utf-8")
    report = ingest([files], graph)
    assert statuses(report)["a.txt"] == "taken"
    assert report.loaded.retracted == 1
    ingest([files], other)
    assert content(graph) == content(other)


def test_a_broken_file_among_ten_costs_only_itself(files: Path, graph: str) -> None:
    for number in range(5):
        text = RECORDS["companies.csv"].replace("50", f"{number + 51}")
        (files / f"{number}.csv").write_text(text, encoding="utf-8")
    (files / "broken.docx").write_bytes(b"PK\x03\x04 this is no document")
    report = ingest([files], graph)
    assert len(report.files) == 10
    assert not report.ok
    assert {name for name, status in statuses(report).items() if status == "rejected"} == {"broken.docx"}
    assert report.rejects_file is not None
    assert report.rejects_file.is_file()
    assert [reject.file for reject in report.rejects] == ["broken.docx"]


def test_files_of_one_name_are_told_apart_by_their_folders(files: Path, graph: str) -> None:
    bad = RECORDS["schools.csv"] + "某校,,某专业,,高职专科,不知,1,1\n"
    for school, text in (("甲校", RECORDS["schools.csv"]), ("乙校", bad), ("乙校/旧", bad + "\n")):
        (files / school).mkdir()
        (files / school / "ODS.csv").write_text(text, encoding="utf-8")
    report = ingest([files], graph)
    assert {name for name in statuses(report) if "ODS" in name} == {
        "甲校/ODS.csv",
        "乙校/ODS.csv",
        "旧/ODS.csv",
    }
    assert {reject.file for reject in report.rejects} <= {"乙校/ODS.csv", "旧/ODS.csv"}
    assert report.rejects


def test_what_was_rejected_is_said_again_when_nothing_changed(files: Path, graph: str) -> None:
    (files / "schools.csv").write_text(
        RECORDS["schools.csv"] + "某校,,某专业,,高职专科,不知,1,1\n", encoding="utf-8"
    )
    first, second = ingest([files], graph), ingest([files], graph)
    assert statuses(first)["schools.csv"] == statuses(second)["schools.csv"] == "partial"
    assert first.rejects == second.rejects != ()


def test_a_file_of_another_type_is_rejected_by_name_and_litter_is_no_input(files: Path, graph: str) -> None:
    (files / "picture.jpg").write_bytes(b"\xff\xd8")
    (files / ".hidden").write_text("x", encoding="utf-8")
    (files / "~$a.docx").write_text("x", encoding="utf-8")
    (files / "Thumbs.db").write_text("x", encoding="utf-8")
    report = ingest([files], graph)
    assert statuses(report)["picture.jpg"] == "rejected"
    assert len(report.files) == 5


def test_one_content_under_two_suffixes_is_told_of_each_by_its_own_name(files: Path, graph: str) -> None:
    csv = RECORDS["companies.csv"]
    for name, content in {
        "c.csv": csv,
        "c.txt": csv,
        "bad.docx": "PK\x03\x04坏",
        "bad.xlsx": "PK\x03\x04坏",
    }.items():
        (files / name).write_text(content, encoding="utf-8")
    report = ingest([files / name for name in ("c.csv", "c.txt", "bad.docx", "bad.xlsx")], graph)
    told = {file.name: file for file in report.files}
    assert [told[name].status for name in ("bad.docx", "bad.xlsx")] == ["rejected", "rejected"]
    for name, file in told.items():
        assert all(reject.file == name and name in str(reject.reason) for reject in file.rejects)
    assert sorted(told[name].status for name in ("c.csv", "c.txt")) in (
        ["rejected", "taken"],
        ["partial", "rejected"],
    )


def test_the_same_content_under_two_names_is_one_source(files: Path, graph: str) -> None:
    shutil.copy(files / "a.txt", files / "copy.txt")
    report = ingest([files / "a.txt", files / "copy.txt"], graph)
    assert len({file.source for file in report.files}) == 1
    (files / "a.txt").unlink()
    (files / "a.txt").write_text(DOCUMENTS["b.txt"], encoding="utf-8")
    assert ingest([files / "a.txt"], graph).loaded.retracted == 0


def test_a_name_joined_later_moves_the_sources_that_used_it(files: Path, ready_graph: str) -> None:
    ingest([files / "b.txt"], ready_graph)
    school, company = cooperation(ready_graph)
    assert school.startswith("School:4150"), "the former name leads to the school of today"
    before = content(ready_graph)
    judged = Judgement(company, "Enterprise:91000000MA0000000X", "same")
    write_judgements(workplace(ready_graph), (judged,))
    assert ingest([files / "b.txt"], ready_graph).loaded.rejoined == 1
    assert cooperation(ready_graph) == (school, "Enterprise:91000000MA0000000X")
    write_judgements(workplace(ready_graph), ())
    ingest([files / "b.txt"], ready_graph)
    assert cooperation(ready_graph) == (school, company)
    assert content(ready_graph) == before, "a merge that is undone leaves the graph as it was"


def cooperation(graph: str) -> tuple[str, str]:
    store = open_store(graph)
    try:
        with store.view() as view:
            (row,) = view.edges("COOPERATES_WITH").to_pylist()
            return row["head"], row["tail"]
    finally:
        store.close()


def test_an_uninitialised_graph_and_a_missing_file_are_clear_errors(
    files: Path, graph: str, tmp_path: Path
) -> None:
    with pytest.raises(LiantuError) as missing:
        ingest([files], str(tmp_path / "nowhere"))
    assert missing.value.code == "graph.missing"
    with pytest.raises(LiantuError) as no_file:
        ingest([files / "none.txt"], graph)
    assert no_file.value.code == "file.missing"


_KILLED = """
import importlib, os, signal, sys
from pathlib import Path
import ingest.batch
from ingest.reading import read_file

def deadly(function, last):
    calls = []
    def call(*given, **named):
        calls.append(given)
        if len(calls) == last:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return function(*given, **named)
    return call

files, graph, *points = sys.argv[1:]
for point in points:
    module, path, last = point.split(":")
    *owners, name = path.split(".")
    owner = importlib.import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    setattr(owner, name, deadly(getattr(owner, name), int(last)))
if module != "ingest.batch":  # reading is over, then: no process is needed for it
    ingest.batch.read_all = lambda tasks, **_: ((*task, read_file(*task)) for task in tasks)
ingest.batch.ingest([Path(files)], graph)
"""
_STAGES = {  # where the batch dies: at the so-manieth call of a function, of each engine where they differ
    "while it reads": ("ingest.batch:_keep:2",),
    "before it resolves": ("ingest.load:resolve:1",),
    "while it writes": (
        "graph.store.build:_copy_group:2",
        "graph.store.build:_create_edges:2",
        "graph.store.neo4j.staging:Staging._edges:2",
    ),
    "before the switch": (
        "graph.store.versions:Versions.publish:1",
        "graph.store.neo4j.writer:Neo4jWriter.publish:1",
    ),
    "after the switch": ("ingest.manifest:Manifest.settle:1",),
    "at the very end": ("ingest.manifest:Manifest.finish:1",),
}
_VISIBLE = ("after the switch", "at the very end")


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path | None], str]:
    """What a graph says into which a folder went without an accident, or nothing; worked out once."""
    known: dict[tuple[str, ...], str] = {}

    def told(files: Path | None) -> str:
        names = () if files is None else tuple(sorted(path.name for path in files.iterdir()))
        if names not in known:
            whole = made(str(tmp_path_factory.mktemp("whole") / "graph"))
            if files is not None:
                ingest([files], whole)
            known[names] = content(whole)
        return known[names]

    return told


@pytest.mark.parametrize("stage", _STAGES)
def test_a_batch_that_was_killed_goes_on_to_the_same_graph(
    files: Path, graph: str, stage: str, uninterrupted: Callable[[Path | None], str], reserve: Reserve
) -> None:
    for name in DOCUMENTS:  # tables are read sooner
        (files / name).unlink()
    killed = reserve.run(_KILLED, str(files), graph, *_STAGES[stage])
    assert killed.returncode not in (0, 1), f"it was not killed: {killed.stderr}"
    expected = uninterrupted(files if stage in _VISIBLE else None)
    assert content(graph) == expected, "no reader sees half a batch"
    again = ingest([files], graph)
    read = {"while it reads": ["taken", "unchanged"]}.get(stage, ["unchanged", "unchanged"])
    assert sorted(statuses(again).values()) == read, "what had been read is not read again"
    assert content(graph) == uninterrupted(files)


def test_notes_say_what_was_ignored_and_which_sources_hold_the_same_document(files: Path, graph: str) -> None:
    (files / "schools.csv").write_text(
        "学校名称,专业名称,层次,年份,在校生数,食堂数\n重庆大学,物联网应用技术,高职专科,2024,3,2\n",
        encoding="utf-8",
    )
    (files / "again.txt").write_text(DOCUMENTS["a.txt"] + "\n附注。\n", encoding="utf-8")
    report = ingest([files], graph)
    assert report.ok, "a note is no fault"
    notes = {file.name: " ".join(map(str, file.notes)) for file in report.files}
    assert "食堂数" in notes["schools.csv"]
    assert "a.txt" in notes["again.txt"]
    assert "again.txt" in notes["a.txt"]
    assert notes["b.txt"] == ""


@pytest.mark.skipif(os.name == "nt", reason="links, pipes and names of bytes are those of POSIX")
def test_what_is_no_file_is_refused_by_name_and_keeps_nobody_waiting(files: Path, graph: str) -> None:
    (files / "loop").symlink_to(files)
    (files / "self.txt").symlink_to("self.txt")
    (files / "nowhere.txt").symlink_to("deleted.txt")
    os.mkfifo(files / "pipe.txt")
    Path(os.fsdecode(os.fsencode(files) + b"/\xff.txt")).write_text("x", encoding="utf-8")
    report = ingest([files], graph)
    assert {name for name, status in statuses(report).items() if status == "taken"} == set(
        DOCUMENTS | RECORDS
    )
    refused = {file.name: file.rejects[0].code for file in report.files if file.status == "rejected"}
    assert refused == {
        "self.txt": "file.missing",
        "nowhere.txt": "file.missing",
        "pipe.txt": "file.unreadable",
        "\ufffd.txt": "file.unreadable",
    }


def test_a_review_list_that_was_saved_by_an_office_program_keeps_what_a_person_wrote(
    files: Path, graph: str
) -> None:
    workplace(graph).mkdir(parents=True, exist_ok=True)
    (workplace(graph) / "review.csv").write_bytes(
        "left,right,备注\nSchool:甲,School:乙,查过,多余\n".encode("gb18030")
    )
    assert ingest([files], graph).ok
    assert "School:甲,School:乙" in (workplace(graph) / "review.csv").read_text(encoding="utf-8-sig")
    assert "查过" in (workplace(graph) / "review.csv").read_text(encoding="utf-8-sig")


def test_cut_claims_are_read_again(files: Path, graph: str) -> None:
    ingest([files], graph)
    before = content(graph)
    for file in (workplace(graph) / "claims").iterdir():
        file.write_bytes(file.read_bytes()[:50])
    assert set(statuses(ingest([files], graph)).values()) == {"taken"}
    assert content(graph) == before


def test_a_folder_that_cannot_be_written_is_a_clear_error(files: Path, tmp_path: Path) -> None:
    graph = Path(made(str(tmp_path / "graph")))
    (graph / "writer.lock").unlink(missing_ok=True)
    (graph / "writer.lock").mkdir()
    with pytest.raises(LiantuError) as caught:
        ingest([files], str(graph))
    assert caught.value.code == "graph.unwritable"
    assert str(graph) not in str(caught.value)
