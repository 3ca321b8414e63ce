"""A copied graph is the origin, on whatever engine, however often the copy was cut, and can be worked on."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.store import open_store
from ingest import copy as copying
from ingest.batch import ingest, retract
from ingest.copy import Copied, copy_graph
from ingest.judgement import Judgement, read_judgements, write_judgements
from ingest.workplace import workplace
from tests.reserve import Reserve

SCHOOLS = (
    "学校名称,学校代码,专业名称,专业代码,层次,年份,在校生数,毕业生数\n"
    "重庆{0}职业学院,,物联网应用技术,510102,高职专科,2024,300,100\n"
    "重庆工程职业技术学院,,机电一体化技术,460301,高职专科,2024,2{0},90\n"
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of four record files, and a graph into which they went; the tests have copies of the graph."""
    place = tmp_path_factory.mktemp("read")
    folder, address = place / "in", place / "origin"
    folder.mkdir()
    _write(folder)
    store = open_store(str(address))
    with store.write():
        pass
    store.close()
    assert ingest([folder], str(address)).ok
    return folder, address


def _write(folder: Path) -> None:
    for number in range(4):
        (folder / f"{number}.csv").write_text(SCHOOLS.format(number), encoding="utf-8")


@pytest.fixture
def folder(read: tuple[Path, Path]) -> Path:
    """Four record files; each says something of a school of its own and of one that all name."""
    _write(read[0])
    return read[0]


@pytest.fixture
def origin(read: tuple[Path, Path], tmp_path: Path) -> str:
    return str(shutil.copytree(read[1], tmp_path / "origin"))


@pytest.fixture
def a_source_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "GROUP_CLAIMS", 1)
    monkeypatch.setattr(copying, "DIRECTORY_CLAIMS", 1)


def content(address: str) -> str:
    store = open_store(address)
    try:
        with store.view() as view:
            return view.content_hash()
    finally:
        store.close()


def names(address: str) -> set[str]:
    store = open_store(address)
    try:
        with store.view() as view:
            return set(view.sources().column("name").to_pylist())
    finally:
        store.close()


def code_of(origin: str, target: str, **options: bool) -> str:
    with pytest.raises(LiantuError) as caught:
        copy_graph(origin, target, **options)
    return caught.value.code


def test_the_sample_city_goes_there_and_back(
    engine: str, demo_graph: Path, empty_address: str, tmp_path: Path
) -> None:
    there = copy_graph(str(demo_graph), empty_address)
    assert there.put == there.sources > 1
    assert there.claims > 1000
    assert there.without_claims == 0
    assert there.hash == content(empty_address)
    if engine != "ladybug":  # else the way back is the way there
        assert copy_graph(empty_address, str(tmp_path / "back")) == there


def test_again_nothing_is_put_in_and_then_only_what_has_changed(
    origin: str, folder: Path, empty_address: str
) -> None:
    assert copy_graph(origin, empty_address).put == 4
    again = copy_graph(origin, empty_address)
    assert (again.put, again.unchanged, again.taken_out) == (0, 4, 0)
    (folder / "1.csv").write_text(SCHOOLS.format(7), encoding="utf-8")
    ingest([folder], origin)
    changed = copy_graph(origin, empty_address, mirror=True)
    assert (changed.put, changed.unchanged, changed.taken_out) == (1, 3, 1)
    assert changed.hash == content(origin)


@pytest.mark.usefixtures("a_source_a_group")
def test_a_copy_that_was_cut_goes_on(origin: str, empty_address: str) -> None:
    def cut(_stage: str, done: int, total: int) -> None:
        if done * 2 >= total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_graph(origin, empty_address, progress=cut)
    done = copy_graph(origin, empty_address)
    assert (done.put, done.unchanged) == (2, 2)
    assert done.hash == content(origin)


def test_the_copy_is_worked_on_as_the_origin_would_be(origin: str, folder: Path, empty_address: str) -> None:
    copy_graph(origin, empty_address)
    (folder / "1.csv").write_text(SCHOOLS.format(9), encoding="utf-8")
    reports = [ingest([folder], address) for address in (origin, empty_address)]
    for report in reports:
        assert [file.status for file in report.files] == ["unchanged", "taken", "unchanged", "unchanged"]
        assert report.loaded.retracted == 1
    assert content(empty_address) == content(origin)
    retract(empty_address, "2.csv")
    assert names(empty_address) == {"0.csv", "1.csv", "3.csv"}


def test_names_judged_in_the_origin_are_judged_in_the_copy(
    origin: str, folder: Path, empty_address: str
) -> None:
    same = Judgement("School:重庆0职业学院", "School:重庆1职业学院", "same")
    theirs = Judgement("School:甲", "School:乙", "different")
    write_judgements(workplace(origin), (same,))
    workplace(empty_address).mkdir(parents=True, exist_ok=True)
    write_judgements(workplace(empty_address), (theirs,))
    copy_graph(origin, empty_address)
    assert set(read_judgements(workplace(empty_address))) == {same, theirs}
    for address in (origin, empty_address):
        assert ingest([folder], address).loaded.rejoined == 1
    assert content(empty_address) == content(origin)


def test_review_lists_are_joined_and_the_row_that_is_being_worked_on_stays(
    origin: str, empty_address: str
) -> None:
    (workplace(origin) / "review.csv").write_text("left,right,rule\na,b,x\nc,d,x\n", encoding="utf-8")
    mine = workplace(empty_address)
    mine.mkdir(parents=True, exist_ok=True)
    (mine / "review.csv").write_text("left,right,verdict\na,b,same\n", encoding="utf-8-sig")
    copy_graph(origin, empty_address)
    joined = (mine / "review.csv").read_text(encoding="utf-8-sig").splitlines()
    assert joined == ["left,right,rule,score,reason,verdict", "a,b,,,,same", "c,d,x,,,"]


def test_a_target_with_other_sources_is_left_alone_unless_it_shall_be_a_mirror(
    origin: str, folder: Path, empty_address: str, tmp_path: Path
) -> None:
    copy_graph(origin, empty_address)
    other = tmp_path / "other.csv"
    other.write_text(SCHOOLS.format(8), encoding="utf-8")
    ingest([other], empty_address)
    before = content(empty_address)
    assert code_of(origin, empty_address) == "copy.occupied"
    assert content(empty_address) == before
    done = copy_graph(origin, empty_address, mirror=True)
    assert (done.put, done.unchanged, done.taken_out) == (0, 4, 1)
    assert names(empty_address) == names(origin)
    assert ingest([folder], empty_address).loaded.replaced == 0
    assert names(empty_address) == names(origin)


def test_who_else_writes_into_the_target_is_noticed(origin: str, empty_address: str, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(SCHOOLS.format(8), encoding="utf-8")

    def meddle(_stage: str, done: int, total: int) -> None:
        if done == total:
            ingest([other], empty_address)

    with pytest.raises(LiantuError, match=r"other\.csv") as caught:
        copy_graph(origin, empty_address, progress=meddle)
    assert caught.value.code == "copy.differs"


def test_a_graph_is_not_copied_onto_itself(origin: str) -> None:
    assert code_of(origin, f"{origin}/../origin") == "copy.same"


def test_an_origin_that_is_not_there_makes_no_target(tmp_path: Path) -> None:
    assert code_of(str(tmp_path / "none"), str(tmp_path / "target")) == "graph.missing"
    assert not (tmp_path / "target").exists()


def test_claims_that_are_kept_elsewhere_are_counted(origin: str, empty_address: str) -> None:
    for file in (workplace(origin) / "claims").glob("*.parquet"):
        file.unlink()
    done: Copied = copy_graph(origin, empty_address)
    assert done.without_claims == 4
    assert done.hash == content(origin)


def test_groups_are_bounded_and_catalogues_come_first() -> None:
    rows = {f"{n:03}": {"id": f"{n:03}", "medium": "records", "claims": 40} for n in range(64)}
    rows["005"]["claims"] = 1000  # more than a group may hold: it is one
    rows["reference-x"] = {"id": "reference-x", "medium": "reference", "claims": 1}
    groups = [[row["id"] for row in group] for group in copying._groups(rows, 100)]
    assert groups[0] == ["reference-x"]
    assert ["005"] in groups
    assert [one for group in groups[1:] for one in group] == [f"{n:03}" for n in range(64)]
    assert max(len(group) for group in groups) == 2
    assert list(copying._groups({}, 100)) == []


posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")


@posix
def test_a_copy_that_is_killed_goes_on_where_it_was(
    origin: str, empty_address: str, reserve: Reserve
) -> None:
    script = """
import os, signal, sys
from ingest import copy as copying
copying.GROUP_CLAIMS = copying.DIRECTORY_CLAIMS = 1
put = []
def kill(stage, done, total):
    put.append(done)
    if len(put) == 3:  # two groups are in
        print("two", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
copying.copy_graph(sys.argv[1], sys.argv[2], progress=kill)
"""
    killed = reserve.run(script, origin, empty_address)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "two\n"), killed.stderr
    done = copy_graph(origin, empty_address)
    assert (done.put, done.unchanged) == (2, 2)
    assert done.hash == content(origin) == content(empty_address)


@posix
def test_a_copy_killed_while_it_writes_leaves_nothing_by_halves(
    origin: str, empty_address: str, reserve: Reserve
) -> None:
    script = """
import os, signal, sys
from graph.store import change
from ingest.copy import copy_graph
checked = change.Change.checked.__func__
calls = []
def kill(cls, *told):
    calls.append(told)
    if len(calls) == 3:  # two sources of the group are on their way
        os.kill(os.getpid(), signal.SIGKILL)
    return checked(cls, *told)
change.Change.checked = classmethod(kill)
copy_graph(sys.argv[1], sys.argv[2])
"""
    killed = reserve.run(script, origin, empty_address)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert names(empty_address) == set()
    done = copy_graph(origin, empty_address)
    assert (done.put, done.unchanged) == (4, 0)
    assert done.hash == content(origin) == content(empty_address)
