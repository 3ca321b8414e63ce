"""A zip of documents and records is read as a folder is; what could harm is refused, and nothing unpacked stays."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph.errors import LiantuError
from ingest.archive import Archives, is_archive
from ingest.batch import UNPACKED_FOLDER, _changing, ingest, initialise
from ingest.workplace import workplace

NOTICE = "关于公布产教联合体名单的通知\n各高校：\n重庆市先进材料产教联合体由重庆大学牵头。\n"


def write(path: Path, files: dict[str, bytes | str], *, gb18030: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    if gb18030:  # as the file manager of Windows writes names: no mark that they are UTF-8
        data = path.read_bytes()
        for name in files:
            told, old = name.encode("utf-8"), name.encode("gb18030")
            old = old.ljust(len(told), b"_")
            data = data.replace(told, old)
        path.write_bytes(_without_utf8_marks(data))
    return path


def _without_utf8_marks(data: bytes) -> bytes:
    found = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = found.find(signature)
        while start >= 0:
            flags = struct.unpack_from("<H", found, start + offset)[0]
            struct.pack_into("<H", found, start + offset, flags & ~0x800)
            start = found.find(signature, start + 4)
    return bytes(found)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def is_litter(name: str) -> bool:
    pieces = name.replace("\\", "/").split("/")
    return any(piece.startswith((".", "~$")) and piece not in {".", ".."} for piece in pieces)


def refusal(tmp_path: Path, archive: Path) -> str:
    with Archives(tmp_path / "out") as archives, pytest.raises(LiantuError) as caught:
        archives.unpacked(archive)
    return caught.value.code


def test_files_come_out_of_all_folders_with_their_chinese_names(tmp_path):
    archive = write(
        tmp_path / "a.zip",
        {"通知/名单.txt": NOTICE, "成员.csv": "x", "__MACOSX/._名单.txt": "", "~$a.docx": ""},
    )
    with Archives(tmp_path / "out") as archives:
        assert names(archives.unpacked(archive)) == ["名单.txt", "成员.csv"]
    assert not (tmp_path / "out").exists()


def test_names_in_the_code_page_of_windows_are_read(tmp_path):
    archive = write(tmp_path / "a.zip", {"名单.txt": NOTICE}, gb18030=True)
    with Archives(tmp_path / "out") as archives:
        assert names(archives.unpacked(archive))[0].startswith("名单.txt")


def test_names_in_utf8_that_do_not_say_so_are_read(tmp_path):
    archive = write(tmp_path / "a.zip", {"补报-校企合作.csv": "x"})
    archive.write_bytes(_without_utf8_marks(archive.read_bytes()))
    with Archives(tmp_path / "out") as archives:
        assert names(archives.unpacked(archive)) == ["补报-校企合作.csv"]


def test_a_name_in_the_code_page_of_windows_that_could_be_utf8_is_read_as_chinese(tmp_path):
    archive = write(tmp_path / "a.zip", {"通知.txt": NOTICE}, gb18030=True)
    with Archives(tmp_path / "out") as archives:
        assert names(archives.unpacked(archive))[0].startswith("通知.txt")
    archive = write(tmp_path / "b.zip", {"Übersicht.txt": NOTICE})
    archive.write_bytes(_without_utf8_marks(archive.read_bytes()))
    with Archives(tmp_path / "out") as archives:
        assert names(archives.unpacked(archive)) == ["Übersicht.txt"]


def test_a_batch_that_finds_the_graph_in_use_leaves_what_the_other_unpacked(tmp_path):
    graph = str(tmp_path / "graph")
    initialise(graph)
    with _changing(graph):
        held = workplace(graph) / UNPACKED_FOLDER / "a.txt"
        held.parent.mkdir(parents=True)
        held.write_text(NOTICE, encoding="utf-8")
        with pytest.raises(LiantuError) as caught:
            ingest([write(tmp_path / "a.zip", {"名单.txt": NOTICE})], graph)
        assert caught.value.code == "graph.locked"
        assert held.is_file()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text('ab名.. /\\:*?"<>|\x01~$' + "CON", min_size=1, max_size=20).filter(
            lambda name: not name.endswith("/")
        ),
        min_size=1,
        max_size=6,
        unique=True,
    )
)
def test_no_name_leads_out_of_the_folder_and_no_file_is_lost(tmp_path, written):
    archive = write(tmp_path / "a.zip", {name: str(number) for number, name in enumerate(written)})
    kept = {number for number, name in enumerate(written) if not is_litter(name)}
    assume(kept)
    with Archives(tmp_path / "out") as archives:
        folder = archives.unpacked(archive)
        owner = tmp_path / "out" / ".batch"  # names the batch, for readers that outlive it
        out = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path != owner]
        assert all(path.resolve().is_relative_to(folder.resolve()) for path in out)
        assert {int(path.read_text(encoding="utf-8")) for path in out} == kept
    assert names(tmp_path) == ["a.zip"]


def test_two_files_of_one_name_are_both_kept(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "2")
    with Archives(tmp_path / "out") as archives:
        out = archives.unpacked(tmp_path / "a.zip").rglob("a.txt")
        assert sorted(path.read_text(encoding="utf-8") for path in out) == ["1", "2"]


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt"])
def test_names_that_climb_stay_inside(tmp_path, name):
    archive = write(tmp_path / "a.zip", {name: NOTICE})
    with Archives(tmp_path / "deep" / "out") as archives:
        folder = archives.unpacked(archive)
        assert names(folder)[0].endswith("evil.txt")
    assert names(tmp_path) == ["a.zip"]


def test_bombs_secrets_and_ruins_are_refused(tmp_path):
    bomb = write(tmp_path / "bomb.zip", {"a.txt": b"0" * 30_000_000})
    assert refusal(tmp_path, bomb) == "file.unsafe"
    whole = write(tmp_path / "whole.zip", {"a.txt": NOTICE}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-20])
    assert refusal(tmp_path, tmp_path / "cut.zip") == "file.unreadable"
    locked = bytearray(whole)
    locked[whole.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    assert refusal(tmp_path, tmp_path / "locked.zip") == "file.encrypted"
    assert refusal(tmp_path, write(tmp_path / "empty.zip", {})) == "file.empty"


def test_only_what_is_called_an_archive_is_one():
    assert is_archive(Path("A.ZIP"))
    assert not is_archive(Path("a.docx"))


def test_a_batch_takes_the_files_of_an_archive_and_says_what_it_could_not(tmp_path):
    graph = str(tmp_path / "graph")
    initialise(graph)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.txt", NOTICE)
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a.zip", {"通知.txt": NOTICE, "照片.png": b"\x89PNG", "内层.zip": inner.getvalue()})
    (folder / "cut.zip").write_bytes(b"PK\x03\x04")
    report = ingest([folder], graph)
    told = {file.name: (file.status, [reject.code for reject in file.rejects]) for file in report.files}
    assert told == {
        "通知.txt": ("taken", []),
        "照片.png": ("rejected", ["file.type"]),
        "内层.zip": ("rejected", ["file.unreadable"]),
        "cut.zip": ("rejected", ["file.unreadable"]),
    }
    assert not (tmp_path / "graph" / UNPACKED_FOLDER).exists()
    assert {file.name: file.status for file in ingest([folder], graph).files}["通知.txt"] == "unchanged"
    write(folder / "a.zip", {"通知.txt": NOTICE.replace("牵头", "参与")})
    again = next(file for file in ingest([folder], graph).files if file.name == "通知.txt")
    assert again.replaced == next(file.source for file in report.files if file.name == "通知.txt")
