"""The batch (批处理): files and folders in, one new version of the graph out, and a report of every file.

Files are read by worker processes; the claims of each are kept as soon as it is read, so a batch that was killed
goes on where it stopped. When all are read, what changed is put into the graph and becomes visible at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph.address import shown
from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings, variable
from graph.store import open_store
from graph.store.protocol import Source, Store, Writer
from ingest.archive import Archives
from ingest.database_address import shown_address
from ingest.file_report import (
    FileReport,
    names_apart,
    shared_documents,
    standing_report,
    told_apart,
    with_namesakes,
)
from ingest.files import files_of, identified, with_unpacked
from ingest.load import Loaded, load
from ingest.manifest import Entry, Manifest
from ingest.reading import FileRead, extractor_key, medium_of, named, refused
from ingest.reject import Reject, reason, write_rejects
from ingest.worker import read_all
from ingest.workplace import check_unused, workplace

Progress = Callable[[str, int, int], None]  # stage, done, of how many
REJECTS_FOLDER: Final = "rejects"
UNPACKED_FOLDER: Final = "unpacked"
ANSWERS_FOLDER: Final = "answers"
_FILES_A_WORKER: Final = 6


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
    """Make a graph with the reference data, or bring the reference data of an existing one up to date.

    `graph.folder` where it is to be made in a folder that holds other files: a graph has one of its own.
    """
    from ingest.reference import reference_sources  # noqa: PLC0415 - builds tables; only init needs it

    check_unused(graph)
    with _changing(graph, made=True) as change:
        for number, (source, claims) in enumerate(reference_sources()):
            _say(progress, "reference", number, 0)
            change.manifest.keep(Entry(source, "taken", {"claims": claims.num_rows}), claims, None)
        return change.load()


def ingest(
    paths: Sequence[Path],
    graph: str,
    *,
    databases: Sequence[str] = (),
    partial: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read files, folders and databases (SQLAlchemy URLs) into the graph.

    A report of a table, school and period takes the place of an earlier one, unless it is `partial` (补报), which the
    name of a file or folder may say, too. `graph.missing` where there is none, `graph.locked` if in use. A database that
    cannot be read at all is told in the report, as a file is.
    """
    settings = Settings.load()
    if settings.model_name:
        from nlp.language_model.consultation import LanguageModel  # noqa: PLC0415 - only where one is asked

        LanguageModel(settings)  # settings that cannot be right are said before anything is read
    # What is unpacked belongs to the one writer: another batch that finds the graph in use leaves it alone.
    with _changing(graph) as change, Archives(workplace(graph) / UNPACKED_FOLDER) as archives:
        change.manifest.begin(partial=partial)
        files, refusals = with_unpacked(files_of(paths), archives)
        settings = Settings.load()
        answers = settings.model_answers or str(workplace(graph) / ANSWERS_FOLDER)
        settings = replace(settings, model_answers=answers)
        reports = _read(files, change.manifest, settings, progress)
        reports |= {path: _report(path, None, refused(path, error)) for path, error in refusals.items()}
        files = (*files, *refusals)
        tables = tuple(report for url in databases for report in _read_tables(url, change.manifest))
        _say(progress, "load", 0, 1)
        loaded = change.load()
        shared = shared_documents(change.manifest)
        told = told_apart([(path, with_namesakes(reports[path], shared)) for path in files])
        every = (*told, *tables)
        apart = names_apart(change.manifest.refused() | change.manifest.paths())
        ordered = tuple(standing_report(report, change.manifest, apart) for report in every)
        rejects = tuple(reject for report in ordered for reject in report.rejects)
        rejects_file = _keep_rejects(rejects, workplace(graph))
    change.manifest.finish()
    _say(progress, "load", 1, 1)
    return Report(ordered, loaded, rejects_file)


def _read_tables(url: str, manifest: Manifest) -> Iterator[FileReport]:
    from ingest.database import read_database  # noqa: PLC0415 - an extra

    tables = read_database(url)
    while True:
        try:
            table = next(tables)
        except StopIteration:
            return
        except LiantuError as error:
            name = shown_address(url)
            lost = Reject(name, "", None, "", "", error.code, reason(error.code, **error.values))
            yield FileReport(name, "records", "rejected", None, {"rejects": 1}, None, (lost,))
            return
        read, source = table.read, table.source
        known = manifest.find(source.id, source.key)
        status = read.status if known is None or read.claims is None else "unchanged"
        if read.claims is not None:
            entry = Entry(source, read.status, read.counts, read.rejects, read.quality)
            manifest.keep(entry, read.claims, None, read.scoped)
        else:
            manifest.refuse(source.id, None, source.name, read.rejects)
        yield FileReport(
            table.name, "records", status, source.id, read.counts, None, read.rejects, read.notes
        )


def retract(graph: str, source: str, *, progress: Progress | None = None) -> tuple[Source, Loaded]:
    """Take a source out: named by id, the beginning of it, file name, or document number or title."""
    with _changing(graph) as change:
        rows = change.writer.sources().to_pylist()
        known = (Source(r["id"], r["name"], r["medium"], r["key"], r["document"]) for r in rows)
        found = find_source(known, source)
        change.manifest.withdraw(found)
        _say(progress, "load", 0, 1)
        return found, change.load()


@dataclass
class _Change:
    """A graph while a batch changes it, and the sources that it takes out."""

    folder: Path
    writer: Writer
    manifest: Manifest
    leaving: frozenset[str] = frozenset()

    def load(self) -> Loaded:
        """Bring the graph to what the manifest says."""
        self.leaving = self.manifest.withdrawn()
        return load(self.writer, self.manifest, self.folder)


@contextmanager
def _changing(graph: str, *, made: bool = False) -> Iterator[_Change]:
    """Change a graph for a block; `graph.missing` where there is none, unless it is `made` now."""
    store, folder = open_store(graph), workplace(graph)
    try:
        if not made:
            _must_exist(store, graph)
        with store.write() as writer:
            change = _Change(folder, writer, Manifest(folder))
            yield change
        change.manifest.settle(change.leaving)
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
    # One content is read once, wherever it lies, unless the names of its files promise different things.
    todo: dict[tuple[str, str], list[Path]] = {}
    kept: dict[str, Path] = {}
    for path in files:
        medium = medium_of(path)
        try:
            source = identified(path)
        except LiantuError as error:
            reports[path] = _report(path, None, refused(path, error))
            continue
        known = manifest.find(source, extractor_key(medium, path)) if medium else None
        if known is None:
            todo.setdefault((source, path.suffix.lower()), []).append(path)
        else:
            before = manifest.hold(path, source)
            status = "unchanged" if known.status == "taken" else known.status
            reports[path] = FileReport(
                named(path), medium, status, source, known.counts, before, known.rejects
            )
    tasks = [(paths[0], source) for (source, _), paths in todo.items()]
    # starting a reader takes as long as reading a few files: a small batch is faster with one
    few = min(os.cpu_count() or 1, 1 + len(tasks) // _FILES_A_WORKER)
    workers = min(int(settings.workers), max(1, len(tasks))) if settings.workers >= 1 else few
    _say(progress, "read", 0, len(tasks))
    told = {variable("model_answers"): settings.model_answers}
    for done, (first, source, read) in enumerate(
        read_all(tasks, workers=workers, seconds=_file_seconds(settings), told=told), 1
    ):
        for same in todo[source, first.suffix.lower()]:
            other = kept.get(source)
            if other is not None and medium_of(other) != medium_of(same):
                reports[same] = _report(same, source, refused(same, _otherwise_read(same, other)))
                continue
            before = manifest.hold(same, source) if other else _keep(manifest, same, source, read)
            if read.claims is not None:
                kept.setdefault(source, same)
            rejects = tuple(replace(reject, file=named(same)) for reject in read.rejects)
            reports[same] = _report(same, source, replace(read, rejects=rejects), before)
        _say(progress, "read", done, len(tasks))
    return reports


def _otherwise_read(path: Path, first: Path) -> LiantuError:
    """A file whose content was read from another, as what that one's name says it is."""
    zh, en = ("文档", "a document") if medium_of(first) == "document" else ("记录", "records")
    name = named(first)
    reason = Text(
        f"内容与 {name} 相同，已按{zh}读取", f"its content is that of {name}, which was read as {en}"
    )
    return LiantuError("file.unreadable", file=named(path), reason=reason)


def _file_seconds(settings: Settings) -> float:
    """How long a file may take: the language model has its own time besides."""
    return settings.file_seconds + (settings.model_file_seconds if settings.model_name else 0.0)


def _keep(manifest: Manifest, path: Path, source: str, read: FileRead) -> str | None:
    medium = medium_of(path)
    if read.claims is None or medium is None:
        manifest.refuse(source, path, path.name, read.rejects)
        return None
    # without the model's answers the claims are those of the rules alone: the next batch asks again
    key = extractor_key(medium, path, alone=bool(read.unanswered))
    kept = Source(source, path.name, medium, key, read.document)
    entry = Entry(kept, read.status, read.counts, read.rejects, read.quality)
    return manifest.keep(entry, read.claims, path, read.scoped)


def _report(path: Path, source: str | None, read: FileRead, replaced: str | None = None) -> FileReport:
    rejects = (*read.rejects, *read.unanswered)
    status = "partial" if read.unanswered and read.status == "taken" else read.status
    return FileReport(
        named(path), medium_of(path), status, source, read.counts, replaced, rejects, read.notes
    )


def _keep_rejects(rejects: tuple[Reject, ...], directory: Path) -> Path | None:
    """The rejects of this batch as a workbook to correct and send again; the next free number, nothing overwritten."""
    if not rejects:
        return None
    folder = directory / REJECTS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(f.stem) for f in folder.glob("*.xlsx") if f.stem.isdecimal()), default=0)
    target = folder / f"{number:04d}.xlsx"
    partial = target.with_suffix(".tmp")
    write_rejects(rejects, partial)
    partial.replace(target)
    return target


def _must_exist(store: Store, graph: str) -> None:
    if not store.exists():
        raise LiantuError("graph.missing", graph=shown(graph))


def _say(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)
