"""The files of an embedded graph (版本文件): its versions, the pointer to the current one, the lock of its writer.

    current              the number of the version that readers open, replaced in one step (`os.replace`)
    versions/000007.lbdb the version, with 000007.lbdb.wal where a small change was added to a copy
    versions/000007.json written last: the sizes of these files, so that a cut one is known before it is opened
    writer.lock          held by the operating system for the writing process, and let go even where it is killed
    writer.json          who holds it

A version that was published never changes. The one before it is kept.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from filelock import FileLock, Timeout

from graph.errors import LiantuError
from graph.language import Text

_NAME = re.compile(r"\d{6,}")
_TRIES: Final = 50
_Result = TypeVar("_Result")
_SUFFIXES = (".lbdb", ".lbdb.wal", ".lbdb.shadow", ".lbdb.tmp", ".json", ".json.new")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the graph: its name (a number of six digits), its main file, and what tables it has."""

    name: str
    path: Path
    fingerprint: str

    @property
    def log(self) -> Path:
        """The file of changes that belongs to the main file; it need not be there."""
        return self.path.with_name(self.path.name + ".wal")


class Versions:
    """The versions in the folder of a graph."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._versions = folder / "versions"
        self._pointer = folder / "current"
        self._highest = 0

    def exists(self) -> bool:
        """Whether there is a version to read, be it damaged."""
        return self._pointer.exists()

    def current_name(self) -> str | None:
        """The name in the pointer, `None` where there is no graph yet; `graph.damaged` for a damaged pointer."""
        try:
            name = _patiently(lambda: self._pointer.read_text(encoding="utf-8")).strip()
        except FileNotFoundError:
            return None
        except (UnicodeDecodeError, ValueError):
            name = ""
        if not _NAME.fullmatch(name):
            raise self.damaged(self._pointer.name, apart_from=None)
        return name

    def current(self) -> Version | None:
        """The current version, its files checked to be whole."""
        name = self.current_name()
        if name is None:
            return None
        version = self._whole(name)
        if version is None:
            raise self.damaged(f"{name}.lbdb", apart_from=name)
        return version

    def damaged(self, file: str, apart_from: str | None) -> LiantuError:
        """The error for a damaged `file`, naming the newest version that is whole and how to go back to it."""
        good = next((name for name in self._names() if name != apart_from and self._whole(name)), None)
        remedy = (
            Text(
                f"上一完好版本是 {good}：将图谱目录中的文件 current 的内容改为 {good} 即可恢复。",
                f"The last good version is {good}: write {good} into the file `current` of the graph to go back to it.",
            )
            if good
            else Text(
                "没有更早的完好版本：请换一个目录重新运行 liantu ingest。",
                "There is no earlier good version: run `liantu ingest` again into another directory.",
            )
        )
        return LiantuError("graph.damaged", file=file, remedy=remedy)

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Be the one writer; `graph.locked` with the holder where another is. Clears what a killed writer left."""
        self._versions.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "writer.lock")
        holder = self.folder / "writer.json"
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise LiantuError("graph.locked", holder=_holder(holder)) from None
        try:
            _write(holder, json.dumps(_self_description(), ensure_ascii=False))
            self._highest = max(
                (int(p.name.partition(".")[0]) for p in self._versions.glob("[0-9]*.*")), default=0
            )
            self._sweep(keep=1)
            yield
        finally:
            with suppress(OSError):
                holder.unlink()
            lock.release()

    def next_path(self, base: Version | None, *, copied: bool) -> Path:
        """The main file of the version after `base`; with `copied` it begins as a copy of it."""
        self._highest += 1  # never a number that was used before, by a killed writer or a damaged version
        path = self._versions / f"{self._highest:06d}.lbdb"
        if copied and base is not None:
            shutil.copyfile(base.path, path)
            if base.log.exists():
                shutil.copyfile(base.log, path.with_name(path.name + ".wal"))
        return path

    def publish(self, path: Path, fingerprint: str) -> None:
        """Make the closed version at `path` the current one, and drop all but the one before it."""
        log = path.with_name(path.name + ".wal")
        parts = [part for part in (path, log) if part.exists()]
        for part in parts:
            _flush(part)
        sizes = {part.name: part.stat().st_size for part in parts}
        _write(path.with_suffix(".json"), json.dumps({"files": sizes, "tables": fingerprint}))
        _write(self._pointer, path.stem + "\n")
        self._sweep(keep=1)

    def discard(self, path: Path) -> None:
        """Remove a version that was begun and not published."""
        self._remove(path.stem)

    def _names(self) -> list[str]:
        """The names of all versions that were finished, the newest first."""
        if not self._versions.is_dir():
            return []
        return sorted(
            (p.stem for p in self._versions.glob("*.json") if _NAME.fullmatch(p.stem)), reverse=True
        )

    def _whole(self, name: str) -> Version | None:
        path = self._versions / f"{name}.lbdb"
        try:
            described = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            sizes: dict[str, int] = described["files"]
            whole = path.name in sizes and all(
                (self._versions / Path(part).name).stat().st_size == size for part, size in sizes.items()
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return Version(name, path, str(described.get("tables"))) if whole else None

    def _sweep(self, keep: int) -> None:
        """Remove unfinished versions and all finished ones but the current and the `keep` before it."""
        try:
            current = self.current_name()
        except LiantuError:
            return
        finished = self._names()
        kept = {current, *[name for name in finished if current is not None and name < current][:keep]}
        for path in self._versions.iterdir():
            if path.name.partition(".")[0] not in kept:
                self._remove(path.name.partition(".")[0])

    def _remove(self, name: str) -> None:
        for suffix in _SUFFIXES:
            with suppress(OSError):  # on Windows a reader may still have it open: the next writer removes it
                (self._versions / f"{name}{suffix}").unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _patiently(lambda: fresh.replace(path))


def _patiently(act: Callable[[], _Result]) -> _Result:
    """Do it; on Windows a file that is being replaced or read cannot be touched for a moment: try again."""
    for _ in range(_TRIES):
        try:
            return act()
        except PermissionError:
            time.sleep(0.02)
    return act()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _self_description() -> dict[str, object]:
    words = [Path(sys.argv[0]).name, *[word for word in sys.argv[1:2] if word.isalpha()]]
    return {
        "pid": os.getpid(),
        "host": platform.node(),
        "command": " ".join(words),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _holder(path: Path) -> str | Text:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return f"{known['command']} (pid {known['pid']}, {known['host']}, {known['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return Text("另一进程", "another process")
