"""What became of one file (入库结果): how much of it was taken, and whose place it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from graph.language import Text
from graph.store.protocol import Medium, Source
from ingest.manifest import Manifest
from ingest.reading import named
from ingest.reject import Reject
from ingest.reports import Standing


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
    notes: tuple[Text, ...] = ()  # worth knowing, and no fault: ignored columns, whose place it took


def standing_report(report: FileReport, manifest: Manifest, apart: Mapping[str, str]) -> FileReport:
    """The report without rejects of rows that came back corrected, and with notes of what replaced what.

    `apart` are the names of sources whose files share theirs with another (`names_apart`).
    """
    standing = manifest.standing()
    left = tuple(reject for reject in report.rejects if not standing.is_corrected(reject))
    if len(left) < len(report.rejects):
        rows = len({(one.sheet, one.row) for one in report.rejects} - {(one.sheet, one.row) for one in left})
        note = Text(f"{rows} 行已另行更正", f"{rows} rows came back corrected")
        status = report.status if left else "taken"
        report = replace(report, rejects=left, status=status, notes=(*report.notes, note))
    if report.source is None:
        return report
    return replace(report, notes=(*report.notes, *_notes(report.source, standing, manifest, apart)))


def names_apart(paths: Mapping[str, Path]) -> dict[str, str]:
    """By source, the names of those files that share theirs with another one of `paths`."""
    names = distinct_names(paths.values())
    return {source: names[path] for source, path in paths.items() if path in names}


def told_apart(files: Sequence[tuple[Path, FileReport]]) -> tuple[FileReport, ...]:
    """The reports in their order; files of one name are called by as many folders as tell them apart.

    Forty schools send forty files called `ODS_CXHZSJ.csv`.
    """
    names = distinct_names(path for path, _ in files)
    return tuple(_called(report, names[path]) if path in names else report for path, report in files)


def distinct_names(paths: Iterable[Path]) -> dict[Path, str]:
    """Of the files that share their name with another: the name with as many folders before it as tell them apart."""
    held: Counter[tuple[str, ...]] = Counter()  # how many files end in these folders and this name
    every = set(paths)
    for path in every:
        held.update(path.parts[-count:] for count in range(1, len(path.parts) + 1))
    return {path: _tail(path, held) for path in every if held[path.parts[-1:]] > 1}


def _tail(path: Path, held: Counter[tuple[str, ...]]) -> str:
    """The last folders of a path, as many as no other file of its name shares."""
    counts = range(2, len(path.parts) + 1)
    count = next((one for one in counts if held[path.parts[-one:]] == 1), len(path.parts))
    return "/".join(named(Path(part)) for part in path.parts[-count:])


def _called(report: FileReport, name: str) -> FileReport:
    rejects = tuple(replace(reject, file=name) for reject in report.rejects)
    return replace(report, name=name, rejects=rejects)


def _notes(source: str, standing: Standing, manifest: Manifest, apart: Mapping[str, str]) -> Iterator[Text]:
    def name_of(other: str) -> str:
        return apart.get(other) or manifest.name_of(other)

    corrected = Counter(
        one.corrects for one in standing.scopes if one.source == source and one.corrects is not None
    )
    for of, rows in corrected.items():
        name = name_of(of or "")
        yield Text(f"更正 {name} 的 {rows} 行", f"corrects {rows} rows of {name}")
    gone: Counter[str | None] = Counter()
    taken: Counter[str] = Counter()
    reported: dict[str, set[tuple[str, str | None, str | None]]] = {}
    late = 0
    for one in standing.overruled:
        scope = one.scope
        if scope.source == source and one.by is None:
            late += 1
        elif scope.source == source:
            gone[one.by] += scope.rows
        elif one.by == source and scope.corrects is None:
            taken[scope.source] += scope.rows
            reported.setdefault(scope.source, set()).add((scope.kind, scope.school, scope.period))
    for by, rows in gone.items():
        name = name_of(by or "")
        said = by if by in apart else name  # a name that two files have is asked back
        yield Text(
            f"{rows} 行已由 {name} 取代（同表、同校、同期）；如以本文件为准，请先 liantu retract {said}",
            f"{rows} rows are replaced by {name} (same table, school and period); if these should stand, "
            f"`liantu retract {said}` first",
        )
    if late:
        yield Text(
            f"{late} 行更正未采用：原行已不在拒收之列（原文件已重报或撤出）",
            f"{late} corrected rows do not stand: the rows that they correct are no longer rejected (the file was sent "
            "anew, or taken out)",
        )
    for other, rows in taken.items():
        mine = sum(
            scope.rows
            for scope in standing.scopes
            if scope.source == source and (scope.kind, scope.school, scope.period) in reported[other]
        )
        name = name_of(other)
        fewer = 2 * mine < rows
        hint = (
            Text("；若为补报，请加 --partial", "; if it only adds to it, say --partial")
            if fewer
            else Text("", "")
        )
        yield Text(
            f"以 {mine} 行取代 {name} 的 {rows} 行（同表、同校、同期）{hint.zh}",
            f"its {mine} rows take the place of {rows} rows of {name} (same table, school and period){hint.en}",
        )


def shared_documents(manifest: Manifest) -> dict[str, list[Source]]:
    """The documents that several sources hold: the same number or title in files of different content."""
    found: dict[str, list[Source]] = {}
    for entry in manifest.present():
        if entry.source.document:
            found.setdefault(entry.source.document, []).append(entry.source)
    return {document: sources for document, sources in found.items() if len(sources) > 1}


def with_namesakes(report: FileReport, shared: Mapping[str, list[Source]]) -> FileReport:
    """The report with a note of the other sources that hold the same document."""
    for document, sources in shared.items():
        others = [s for s in sources if s.id != report.source]
        if len(others) < len(sources):
            number = document.partition(":")[2]
            listed = "、".join(f"{s.name} ({s.id})" for s in others[:3]) + ("…" if len(others) > 3 else "")
            note = Text(
                f"与另外 {len(others)} 个来源同为“{number}”：{listed}",
                f"{len(others)} other source(s) hold the same document {number!r}: {listed}",
            )
            return replace(report, notes=(*report.notes, note))
    return report
