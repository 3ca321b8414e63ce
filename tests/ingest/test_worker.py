"""A file that crashes or hangs its reader costs that file alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import worker
from ingest.reading import source_id
from ingest.worker import kept_readers, read_all


def write(folder: Path, count: int) -> list[tuple[Path, str]]:
    """Tables, which are read in a moment, as they need no extractor."""
    tasks = []
    for number in range(count):
        path = folder / f"{number}.csv"
        path.write_text(
            f"学校名称,专业名称,年份,在校生数\n重庆大学,软件工程,2024,{number}\n", encoding="utf-8"
        )
        tasks.append((path, source_id(path)))
    return tasks


def test_every_file_is_answered_once(tmp_path: Path) -> None:
    tasks = write(tmp_path, 5)
    answers = list(read_all(tasks, workers=2, seconds=120))
    assert sorted((path, source) for path, source, _ in answers) == sorted(tasks)
    assert {read.status for _, _, read in answers} == {"taken"}


def test_what_is_wrong_with_a_file_is_in_its_result(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    ((_, _, read),) = read_all([(tmp_path / "empty.txt", "0" * 16)], workers=2, seconds=120)
    assert read.status == "rejected"
    assert read.rejects[0].code == "file.empty"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the hanging file is a pipe, which only POSIX has")
def test_a_file_that_hangs_is_given_up_and_the_others_go_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "hangs.txt")
    tasks = [(tmp_path / "hangs.txt", "f" * 16), *write(tmp_path, 2)]
    answers = {path.name: read for path, _, read in read_all(tasks, workers=1, seconds=5)}
    assert answers["hangs.txt"].rejects[0].code == "file.slow"
    assert {answers["0.csv"].status, answers["1.csv"].status} == {"taken"}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_a_reader_that_dies_costs_its_file_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dies.txt")
    tasks = [(tmp_path / "dies.txt", "f" * 16), *write(tmp_path, 2)]
    killer = subprocess.Popen(
        [sys.executable, "-c", _KILLER, str(os.getpid()), str(int(signal.SIGKILL)), *_processes()],
        stdout=subprocess.DEVNULL,
    )
    with kept_readers():  # none of an earlier test
        answers = {path.name: read for path, _, read in read_all(tasks, workers=1, seconds=40)}
    killer.wait(timeout=60)
    assert answers["dies.txt"].rejects[0].code == "file.crashed"
    assert {answers["0.csv"].status, answers["1.csv"].status} == {"taken"}


_KILLER = """
import os, sys, time
parent, signal, before = int(sys.argv[1]), int(sys.argv[2]), set(sys.argv[3:])
for _ in range(300):
    time.sleep(0.1)
    for pid in set(filter(str.isdigit, os.listdir("/proc"))) - before:
        try:
            status = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()
            command = open(f"/proc/{pid}/cmdline").read()
        except OSError:
            continue
        if int(status[1]) == parent and int(pid) != os.getpid() and "ingest.worker" in command:
            time.sleep(1)
            os.kill(int(pid), signal)
            sys.exit()
"""


def _processes() -> list[str]:
    return [entry.name for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_readers_that_are_kept_serve_the_next_batch_under_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = write(tmp_path, 2)
    others = {pid for pid in _processes() if _is_reader(pid)}
    with kept_readers():
        assert len(list(read_all(tasks, workers=1, seconds=120))) == 2
        (reader,) = {pid for pid in _processes() if _is_reader(pid)} - others
        assert {read.status for _, _, read in read_all(tasks, workers=1, seconds=120)} == {"taken"}
        monkeypatch.setenv("LIANTU_CSV_MEGABYTES", "0.00001")
        codes = {read.rejects[0].code for _, _, read in read_all(tasks, workers=1, seconds=120)}
        assert codes == {"file.too_large"}
        assert {pid for pid in _processes() if _is_reader(pid)} - others == {reader}
        monkeypatch.delenv("LIANTU_CSV_MEGABYTES")
        assert {read.status for _, _, read in read_all(tasks, workers=1, seconds=120)} == {"taken"}
    assert not _is_reader(reader)


def _is_reader(pid: str) -> bool:
    """Whether a process is a reader of this one."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        command = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return False
    return int(status[1]) == os.getpid() and worker.__name__ in command


def test_a_worker_ends_when_its_batch_is_gone() -> None:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", worker.__name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_an_odd_number_of_workers_keeps_nobody_waiting(tmp_path: Path) -> None:
    assert len(list(read_all(write(tmp_path, 1), workers=-3, seconds=120))) == 1
