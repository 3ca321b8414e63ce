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
from ingest.worker import read_all


def write(folder: Path, count: int) -> list[tuple[Path, str]]:
    tasks = []
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(
            f"关于第{number}件事的通知\n\n重庆市教育委员会\n2024年3月{number + 1}日\n", encoding="utf-8"
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
    answers = {path.name: read for path, _, read in read_all(tasks, workers=1, seconds=15)}
    assert answers["hangs.txt"].rejects[0].code == "file.slow"
    assert {answers["0.txt"].status, answers["1.txt"].status} == {"taken"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the victim waits on a pipe, which only POSIX has")
def test_a_reader_that_dies_costs_its_file_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dies.txt")
    tasks = [(tmp_path / "dies.txt", "f" * 16), *write(tmp_path, 2)]
    killer = subprocess.Popen(
        [sys.executable, "-c", _KILLER, str(os.getpid()), str(int(signal.SIGKILL))], stdout=subprocess.DEVNULL
    )
    answers = {path.name: read for path, _, read in read_all(tasks, workers=1, seconds=40)}
    killer.wait(timeout=60)
    assert answers["dies.txt"].rejects[0].code == "file.crashed"
    assert {answers["0.txt"].status, answers["1.txt"].status} == {"taken"}


_KILLER = """
import os, sys, time
parent, signal = int(sys.argv[1]), int(sys.argv[2])
for _ in range(300):
    time.sleep(0.1)
    for pid in filter(str.isdigit, os.listdir("/proc")):
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
