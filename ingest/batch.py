"""The batch (批处理): files and folders in, one new version of the graph out, and a report of every file.

Files are read by worker processes; the claims of each are kept as soon as it is read, so a batch that was killed
goes on where it stopped. When all are read, what changed is put into the graph and becomes visible at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from graph.errors import LiantuError
from graph.settings import Settings
from graph.store import open_store
from graph.store.protocol import Medium, Source, Store
from ingest.load import Loaded, load
from ingest.manifest import Entry, Manifest
from ingest.reading import FileRead, extractor_key, medium_of, refused, source_id
from ingest.reject import Reject, write_rejects
from ingest.worker import read_all

Progress = Callable[[str, int, int], None]  # stage, done, of how many
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini"})
REJECTS_FOLDER: Final = "rejects"
_FILES_A_WORKER: Final = 6


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: `unchanged` was read before, `partial` has rejects, `rejected` gave nothing."""

    name: str
    medium: Medium | None
    status: Literal["taken", "unchanged", "partial", "rejected"]
    source: str | None
    counts: dict[str, int] = field(default_factory=dict)
    replaced: str | None = None  # the source that the same path held before
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch did: a line a file, and what changed in the graph."""

    files: tuple[FileReport, ...]
    loaded: Loaded
    rejects_file: Path | None = None

    @property
    def ok(self) -> bool:
        """Whether every file was taken whole, now or before."""
        return not self.rejects and all(file.status in {"taken", "unchanged"} for file in self.files)

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The rejects of all files, in the order of the files."""
        return tuple(reject for file in self.files for reject in file.rejects)


def initialise(graph: str, *, progress: Progress | None = None) -> Loaded:
    """Make a graph with the reference data, or bring the reference data of an existing one up to date."""
    from ingest.reference import reference_sources  # noqa: PLC0415 - builds tables; only init needs it

    store = open_store(graph)
    try:
        with store.write() as writer:
            manifest = Manifest(_directory(graph))
            for number, (source, claims) in enumerate(reference_sources()):
                _say(progress, "reference", number, 0)
                manifest.keep(Entry(source, "taken", {"claims": claims.num_rows}), claims, None)
            return load(writer, manifest, _directory(graph), review_score=Settings.load().review_score)
    finally:
        store.close()


def ingest(paths: Sequence[Path], graph: str, *, progress: Progress | None = None) -> Report:
    """Read files and folders into the graph; `graph.missing` where there is none, `graph.locked` if in use."""
    settings = Settings.load()
    files = tuple(_files(paths))
    store = open_store(graph)
    try:
        _must_exist(store, graph)
        with store.write() as writer:
            manifest = Manifest(_directory(graph))
            reports = _read(files, manifest, settings, progress)
            _say(progress, "load", 0, 1)
            loaded = load(writer, manifest, _directory(graph), review_score=settings.review_score)
        _say(progress, "load", 1, 1)
    finally:
        store.close()
    ordered = tuple(reports[path] for path in files)
    rejects = tuple(reject for report in ordered for reject in report.rejects)
    return Report(ordered, loaded, _keep_rejects(rejects, _directory(graph)))


def retract(graph: str, source: str, *, progress: Progress | None = None) -> tuple[Source, Loaded]:
    """Take a source out: named by id, the beginning of it, file name, or document number or title."""
    store = open_store(graph)
    try:
        _must_exist(store, graph)
        with store.write() as writer:
            rows = writer.sources().to_pylist()
            known = (Source(r["id"], r["name"], r["medium"], r["key"], r["document"]) for r in rows)
            found = find_source(known, source)
            manifest = Manifest(_directory(graph))
            manifest.withdraw(found.id)
            _say(progress, "load", 0, 1)
            return found, load(writer, manifest, _directory(graph), review_score=Settings.load().review_score)
    finally:
        store.close()


def find_source(sources: Iterable[Source], named: str) -> Source:
    """The source that `named` means: its id or the beginning of it, its file name, its document's number or title."""
    from graph.identity import normalise_name  # noqa: PLC0415

    known = tuple(sources)
    wanted = normalise_name(named)
    exact = [s for s in known if s.id == named]
    # the id of a document ends in its normalised number or title
    by_name = [s for s in known if wanted in {normalise_name(s.name), (s.document or "").partition(":")[2]}]
    by_start = [s for s in known if len(named) >= 4 and s.id.startswith(named)]
    for candidates in (exact, by_name, by_start):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            listed = ", ".join(f"{s.id} ({s.name})" for s in candidates[:5])
            raise LiantuError("source.ambiguous", name=named, candidates=listed)
    raise LiantuError("source.unknown", name=named)


def _read(
    files: Sequence[Path], manifest: Manifest, settings: Settings, progress: Progress | None
) -> dict[Path, FileReport]:
    reports: dict[Path, FileReport] = {}
    todo: dict[str, list[Path]] = {}  # by content: one content is read once, wherever it lies
    for path in files:
        medium = medium_of(path)
        if medium is None:
            wrong_type = LiantuError("file.type", file=path.name, supported=_supported())
            reports[path] = _report(path, None, refused(path, wrong_type))
            continue
        try:
            source = source_id(path)
        except OSError as error:
            reason = error.strerror or "I/O"
            reports[path] = _report(
                path, None, refused(path, LiantuError("file.unreadable", file=path.name, reason=reason))
            )
            continue
        known = manifest.find(source, extractor_key(medium))
        if known is None:
            todo.setdefault(source, []).append(path)
        else:
            before = manifest.hold(path, source)
            status = "unchanged" if known.status == "taken" else known.status
            reports[path] = FileReport(path.name, medium, status, source, known.counts, before, known.rejects)
    tasks = [(paths[0], source) for source, paths in todo.items()]
    # starting a reader takes as long as reading a few files: a small batch is faster with one
    workers = int(settings.workers) or min(os.cpu_count() or 1, 1 + len(tasks) // _FILES_A_WORKER)
    _say(progress, "read", 0, len(tasks))
    for done, (_, source, read) in enumerate(
        read_all(tasks, workers=workers, seconds=settings.file_seconds), 1
    ):
        for number, same in enumerate(todo[source]):
            before = _keep(manifest, same, source, read) if number == 0 else manifest.hold(same, source)
            reports[same] = _report(same, source, read, before)
        _say(progress, "read", done, len(tasks))
    return reports


def _keep(manifest: Manifest, path: Path, source: str, read: FileRead) -> str | None:
    medium = medium_of(path)
    if read.claims is None or medium is None:
        return None
    kept = Source(source, path.name, medium, extractor_key(medium), read.document)
    return manifest.keep(Entry(kept, read.status, read.counts, read.rejects), read.claims, path)


def _report(path: Path, source: str | None, read: FileRead, replaced: str | None = None) -> FileReport:
    return FileReport(path.name, medium_of(path), read.status, source, read.counts, replaced, read.rejects)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files to read, each once; hidden files and those that offices and systems leave behind are no input."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise LiantuError("file.missing", file=str(path))
        found = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in found:
            inside = file.relative_to(path).parts if path.is_dir() else ()
            hidden = any(part.startswith((".", "~$")) for part in inside) or file.name.lower() in _LITTER
            if not hidden and file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _supported() -> str:
    from ingest.read import DOCUMENT_SUFFIXES  # noqa: PLC0415
    from ingest.records import RECORD_SUFFIXES  # noqa: PLC0415

    return " ".join(sorted({*DOCUMENT_SUFFIXES, *RECORD_SUFFIXES}))


def _keep_rejects(rejects: tuple[Reject, ...], directory: Path) -> Path | None:
    """The rejects of this batch as a workbook to correct and send again; the next free number, nothing overwritten."""
    if not rejects:
        return None
    folder = directory / REJECTS_FOLDER
    folder.mkdir(exist_ok=True)
    number = 1 + max((int(f.stem) for f in folder.glob("*.xlsx") if f.stem.isdigit()), default=0)
    target = folder / f"{number:04d}.xlsx"
    write_rejects(rejects, target)
    return target


def _directory(graph: str) -> Path:
    return Path(graph)


def _must_exist(store: Store, graph: str) -> None:
    if not store.exists():
        raise LiantuError("graph.missing", graph=graph)


def _say(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)
