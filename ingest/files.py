"""The files of a batch (入库文件): which of what was named is read, and what can be no source."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from graph.errors import LiantuError
from graph.language import Text
from ingest.archive import ARCHIVE_SUFFIXES, Archives, is_archive
from ingest.reading import medium_of, named, source_id
from ingest.records.mapping import SUFFIX as MAPPING_SUFFIX

_LITTER: Final = frozenset({"thumbs.db", "desktop.ini"})


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """The files to read, each once; hidden files and those that offices and systems leave behind are no input."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise LiantuError("file.missing", file=named(path))
        for file in _inside(path) if path.is_dir() else (path,):
            try:
                real = file.resolve()
            except (OSError, RuntimeError):  # a link that leads to itself: it is refused where it is read
                real = file.absolute()
            if real not in seen:
                seen.add(real)
                yield file


def with_unpacked(
    files: Iterable[Path], archives: Archives
) -> tuple[tuple[Path, ...], dict[Path, LiantuError]]:
    """The files to read, those of archives in their place, and the archives that cannot be opened, with the reason."""
    found: list[Path] = []
    refusals: dict[Path, LiantuError] = {}
    for path in files:
        if not is_archive(path):
            found.append(path)
            continue
        try:
            found += _inside(archives.unpacked(path))
        except LiantuError as error:
            refusals[path] = error
    return tuple(found), refusals


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, in order; links to folders are not followed: they may go round."""
    found: list[Path] = []
    # a folder that cannot be opened is given as it is, to be refused by name
    for place, folders, names in os.walk(folder, onerror=lambda error: found.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith((".", "~$"))]
        found.extend(
            Path(place, name)
            for name in names
            if not name.startswith((".", "~$"))
            and name.lower() not in _LITTER
            and not name.endswith(MAPPING_SUFFIX)  # said of a table, no input of its own
        )
    return iter(sorted(found))


def identified(path: Path) -> str:
    """The source id of a file; `file.*` for what can be no source, said before it is read."""
    name = named(path)
    if path.is_dir():
        raise LiantuError(
            "file.unreadable", file=name, reason=Text("文件夹无法打开", "the folder cannot be opened")
        )
    if is_archive(path) and path.is_file():
        why = Text("压缩包中的压缩包不读，请先解压", "an archive inside another is not read: unpack it first")
        raise LiantuError("file.unreadable", file=name, reason=why)
    if medium_of(path) is None:
        raise LiantuError("file.type", file=name, supported=_supported())
    if name != path.name:
        why = Text("文件名的编码不对，请改名", "its name is in no known encoding: rename it")
        raise LiantuError("file.unreadable", file=name, reason=why)
    try:
        if not path.exists():  # deleted since it was listed, or a link that leads nowhere
            raise LiantuError("file.missing", file=name)
        if not path.is_file():  # a pipe would keep us waiting
            raise LiantuError("file.unreadable", file=name, reason=Text("不是普通文件", "no regular file"))
        return source_id(path)
    except OSError as error:
        raise LiantuError("file.unreadable", file=name, reason=error.strerror or "I/O") from None


def _supported() -> str:
    from ingest.read import DOCUMENT_SUFFIXES  # noqa: PLC0415
    from ingest.records import RECORD_SUFFIXES  # noqa: PLC0415

    return " ".join(sorted({*DOCUMENT_SUFFIXES, *RECORD_SUFFIXES, *ARCHIVE_SUFFIXES}))
