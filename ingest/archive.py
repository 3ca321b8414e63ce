"""Archives (压缩包): a zip of documents and record files is unpacked for the time of a batch, within limits.

Each file in it is then read as if it lay in a folder. The place where it is unpacked depends on the place of the archive
alone, so a corrected archive replaces what the same archive held before.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from graph.errors import LiantuError
from graph.language import Text

ARCHIVE_SUFFIXES: Final = frozenset({".zip"})
_MOST_FILES: Final = 10_000
_MOST_BYTES: Final = 2_000_000_000  # of all files, unpacked
_RATIO: Final = 200  # records pack 5 to 50 times; beyond this a file above ten megabytes is a bomb
_SMALL: Final = 10_000_000
_LONGEST_NAME: Final = 100
_FOLDERS: Final = 2  # of those inside an archive that are kept
_LONGEST_FOLDER: Final = 40
_LONGEST_SUFFIX: Final = 12
_CHUNK: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_UTF8: Final = 0x800
_UNSAFE: Final = re.compile(r'[<>:"|?*\x00-\x1f\\]')
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE
)  # names that Windows keeps
_LIKELY: Final = re.compile(r"[\x00-\u024f\u1e00-\u206f\u2e80-\U0003ffff]*")  # Latin and Chinese
_LITTER: Final = "__MACOSX"
_OWNER: Final = ".batch"  # a file that names the process of the batch


def is_archive(path: Path) -> bool:
    """Whether a file is unpacked rather than read, by its name."""
    return path.suffix.lower() in ARCHIVE_SUFFIXES


class Archives:
    """The archives of a batch; what they held is removed from `folder` when the batch ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        """What a batch that was killed has left is removed."""
        shutil.rmtree(self._folder, ignore_errors=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing unpacked stays."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def unpacked(self, archive: Path) -> Path:
        """The folder with the files of an archive; other users of the machine cannot look into it.

        Raises `file.unreadable` (broken), `file.encrypted`, `file.unsafe` (unpacks to an unreasonable size) and
        `file.empty`; then nothing of it is kept.
        """
        whole = archive.absolute()
        mark = hashlib.sha256(str(whole).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        target = self._folder / mark
        above = (_told(whole.parent.name), _told(whole.name))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._folder / _OWNER).write_text(str(os.getpid()), encoding="ascii")
        try:
            with zipfile.ZipFile(archive) as opened:
                items = [item for item in opened.infolist() if not item.is_dir() and not _is_litter(item)]
                _check(items, archive.name)
                for item, place in _places(items, above):
                    _write(opened, item, target / place, archive.name)
        except LiantuError:
            shutil.rmtree(target, ignore_errors=True)
            raise
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            ValueError,
            RuntimeError,
        ) as error:
            shutil.rmtree(target, ignore_errors=True)
            reason = Text("压缩包已损坏", "the archive is damaged")
            raise LiantuError("file.unreadable", file=archive.name, reason=reason) from error
        return target


def _told(name: str) -> str:
    """The name of an archive or of its folder as that of a folder that every system allows."""
    clean = _UNSAFE.sub("_", name).strip(" .")[:_LONGEST_FOLDER].strip(" .") or "_"
    return f"_{clean}" if _RESERVED.match(clean) else clean


def unpacked_for(path: Path, batch: int) -> Path | None:
    """The folder of archives that holds a file, where the batch of this process id unpacked them."""
    for folder in path.parents:
        owner = folder / _OWNER
        if owner.is_file():
            return folder if owner.read_text(encoding="ascii") == str(batch) else None
    return None


def clear_abandoned(folder: Path, batch: int) -> None:
    """Remove what a batch that was killed has unpacked, unless the next one has begun: it may be of persons."""
    with contextlib.suppress(OSError):
        if (folder / _OWNER).read_text(encoding="ascii") == str(batch):
            shutil.rmtree(folder, ignore_errors=True)


def _check(items: list[zipfile.ZipInfo], file: str) -> None:
    if not items:
        raise LiantuError("file.empty", file=file)
    if any(item.flag_bits & _ENCRYPTED for item in items):
        raise LiantuError("file.encrypted", file=file)
    bomb = any(
        item.file_size > _SMALL and item.file_size > _RATIO * max(1, item.compress_size) for item in items
    )
    if bomb or len(items) > _MOST_FILES or sum(item.file_size for item in items) > _MOST_BYTES:
        reason = Text("解压后过大", "it unpacks to an unreasonable size")
        raise LiantuError("file.unsafe", file=file, reason=reason)


def _name(item: zipfile.ZipInfo) -> str:
    """The name of a file inside the archive, with its folders."""
    if not item.flag_bits & _UTF8:
        # Windows writes names in the code page of the system, which the zip says nothing of
        # (others write UTF-8 and do not say so)
        readings = []
        for encoding in ("utf-8", "gb18030"):
            with contextlib.suppress(UnicodeError):
                readings.append(item.filename.encode("cp437").decode(encoding))
        # 通知 in GB18030 is two letters of Hebrew and Greek in UTF-8
        return next((name for name in readings if _LIKELY.fullmatch(name)), (*readings, item.filename)[0])
    return item.filename


def _is_litter(item: zipfile.ZipInfo) -> bool:
    """Whether the file was left by a system or an office program, as in folders."""
    return any(
        piece == _LITTER or (piece.startswith((".", "~$")) and piece not in {".", ".."})
        for piece in _name(item).replace("\\", "/").split("/")
    )


def _places(items: list[zipfile.ZipInfo], above: tuple[str, ...]) -> Iterator[tuple[zipfile.ZipInfo, Path]]:
    """Where each file goes: a folder named by a hash of its whole name, so that no two meet and none leads out.

    In it stand the names of the archive, `above`, and the last folders inside it: reports call files of one name by the
    folders that tell them apart.
    """
    seen = Counter[str]()
    for item in items:
        name = _name(item)
        seen[name] += 1
        folder = hashlib.sha256(f"{seen[name]} {name}".encode("utf-8", "surrogateescape")).hexdigest()[:12]
        *inside, last = name.replace("\\", "/").rstrip("/").split("/")
        clean = _UNSAFE.sub("_", last).strip(" .") or "_"
        suffix = Path(clean).suffix[:_LONGEST_SUFFIX]
        short = clean if len(clean) <= _LONGEST_NAME else clean[:_LONGEST_NAME] + suffix
        folders = [_told(one) for one in inside if one.strip(" .")][-_FOLDERS:]
        yield item, Path(folder, *above, *folders, f"_{short}" if _RESERVED.match(short) else short)


def _write(opened: zipfile.ZipFile, item: zipfile.ZipInfo, target: Path, file: str) -> None:
    """One file out; no more bytes than the archive says it has, whatever is in the stream."""
    target.parent.mkdir(parents=True, exist_ok=True)
    left = item.file_size
    with opened.open(item) as stream, target.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise LiantuError("file.unsafe", file=file, reason=item.filename[:_LONGEST_NAME])
            out.write(chunk)
