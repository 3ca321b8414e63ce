"""`liantu ingest PATH…`: read documents and record files into the graph, and say what became of each (入库)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import FormatOption, GraphOption, ModelOption, OutputOption, RecognitionOption, graph_address
from cli.output import Format, table, visible, write_json, write_rows, write_view, written_as
from cli.progress import progress
from graph.language import Text
from graph.settings import said
from ingest.database_address import is_database

if TYPE_CHECKING:
    from ingest.batch import Report
    from ingest.load import Loaded

PARTIAL = 3
_REJECTS_SHOWN = 10
_NOTES_SHOWN = 10
_STATUSES = {
    "taken": Text("已入库", "taken"),
    "unchanged": Text("未变化", "unchanged"),
    "partial": Text("部分入库", "partial"),
    "rejected": Text("已拒收", "rejected"),
}
_MEDIA = {"document": Text("文件", "document"), "records": Text("记录", "records")}


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help=str(
                Text(
                    "文件、文件夹，或数据库地址（SQLAlchemy URL，只读）",
                    "Files, folders, or databases (SQLAlchemy URLs, read only)",
                )
            ),
        ),
    ],
    partial: Annotated[
        bool,
        typer.Option(
            "--partial",
            help=str(
                Text(
                    "补报：与同表、同校、同期已有的并存，而不取代",
                    "They add to what the same table, school and period has, and do not replace it",
                )
            ),
        ),
    ] = False,
    recognition: RecognitionOption = None,
    model: ModelOption = None,
    graph: GraphOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Read files into the graph; what was read before and has not changed is not read again."""
    from ingest.batch import ingest as run  # noqa: PLC0415 - loads the readers and the extractor

    form = written_as(form, output)
    with progress() as tell, said(model_name=model, recognition=recognition):
        databases = [path for path in paths if is_database(path)]
        files = [Path(path) for path in paths if path not in databases]
        report = run(files, graph_address(graph), databases=databases, partial=partial, progress=tell)
    if form is Format.JSON:
        write_json(as_object(report), output)
    elif form is Format.CSV:
        write_rows(file_rows(report), _titles(), form, output=output)
    else:
        write_view(page(report), output)
    if not report.ok:
        raise typer.Exit(PARTIAL)


def page(report: Report) -> Any:
    """The report as tables: the files, what changed in the graph, the first rejects and where all of them stand."""
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without
    from rich.text import Text as Words  # noqa: PLC0415

    shown = {
        name: title for name, title in _titles().items() if name not in {"reason", "notes"}
    }  # the lines below tell them
    parts: list[Any] = [table(file_rows(report), shown, sparse=True), Words(changes(report.loaded))]
    if report.rejects:
        count = len(report.rejects)
        caption = str(Text(f"拒收 {count} 处", f"{count} rejected"))
        if count > _REJECTS_SHOWN:
            caption += str(Text(f"，此处列 {_REJECTS_SHOWN} 处", f", {_REJECTS_SHOWN} of them here"))
        shown_rows = _first_of_each(_reject_rows(report))[:_REJECTS_SHOWN]
        parts.append(table(shown_rows, _reject_titles(), caption, sparse=True))
        if report.rejects_file is not None:
            where = "/".join(report.rejects_file.parts[-3:])  # from the graph's folder on
            parts.append(str(Text(f"全部拒收内容：{where}", f"All of them: {where}")))
    notes = note_rows(report)
    if notes:
        caption = str(
            Text(f"提示 {len(notes)} 条（不影响入库）", f"{len(notes)} notes (nothing was left out)")
        )
        titles = {"file": str(Text("文件", "file")), "note": str(Text("提示", "note"))}
        parts.append(table(notes[:_NOTES_SHOWN], titles, caption))
    return Group(*parts)


def changes(loaded: Loaded) -> str:
    """What a load changed in the graph, in one line; below it the judgements that could not be followed."""
    line = Text(
        f"图谱：装入 {loaded.replaced} 个来源，因名称归并重装 {loaded.rejoined} 个，撤出 {loaded.retracted} 个",
        f"Graph: {loaded.replaced} sources put in, {loaded.rejoined} again because names were joined, "
        f"{loaded.retracted} taken out",
    )
    unread = [visible(str(one)) for one in loaded.unread[:_NOTES_SHOWN]]
    more = len(loaded.unread) - len(unread)
    if more:
        unread.append(str(Text(f"另有 {more} 条判定未采用", f"{more} more judgements do not count")))
    return "\n".join([str(line), *unread])


def as_object(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return {
        "ok": report.ok,
        "files": [
            {"name": f.name, "medium": f.medium, "status": f.status, "source": f.source, "counts": f.counts}
            | {"replaced": f.replaced, "rejects": len(f.rejects), "notes": [str(note) for note in f.notes]}
            for f in report.files
        ],
        "rejects": _reject_rows(report),
        "loaded": {name: getattr(report.loaded, name) for name in ("replaced", "rejoined", "retracted")},
        "unread_judgements": [str(one) for one in report.loaded.unread],
    }


def file_rows(report: Report) -> list[dict[str, Any]]:
    """One row a file: name, what it is, what became of it, how much was found, the first reason if it was refused."""
    return [
        {
            "name": file.name,
            "medium": str(_MEDIA[file.medium]) if file.medium in _MEDIA else "",
            "status": str(_STATUSES[file.status]),
            **{name: file.counts.get(name) for name in ("claims", "rows", "taken", "set_aside")},
            "rejects": len(file.rejects) or None,
            "reason": str(file.rejects[0].reason) if file.status == "rejected" and file.rejects else None,
            "notes": "；".join(str(note) for note in file.notes) or None,
        }
        for file in report.files
    ]


def _titles() -> dict[str, str]:
    return {
        "name": str(Text("文件", "file")),
        "medium": str(Text("类型", "type")),
        "status": str(Text("结果", "result")),
        "claims": str(Text("主张", "claims")),
        "rows": str(Text("读入行", "rows")),
        "taken": str(Text("入库行", "taken")),
        "set_aside": str(Text("不计行", "set aside")),
        "rejects": str(Text("拒收", "rejects")),
        "reason": str(Text("原因", "reason")),
        "notes": str(Text("提示", "notes")),
    }


def _reject_rows(report: Report) -> list[dict[str, Any]]:
    names = ("file", "sheet", "row", "column", "value", "code")
    return [
        {name: getattr(reject, name) for name in names} | {"reason": str(reject.reason)}
        for reject in report.rejects
    ]


def note_rows(report: Report) -> list[dict[str, Any]]:
    """One row a note, however many files have it."""
    files: dict[str, list[str]] = {}
    for file in report.files:
        for note in dict.fromkeys(map(str, file.notes)):
            files.setdefault(note, []).append(file.name)
    return [
        {"file": names[0] if len(names) == 1 else str(_several(names)), "note": note}
        for note, names in files.items()
    ]


def _several(names: list[str]) -> Text:
    return Text(f"{names[0]} 等 {len(names)} 个文件", f"{names[0]} and {len(names) - 1} more")


def _first_of_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the first of every file in front: one bad table must not hide why another file was refused."""
    seen: set[str] = set()
    first: list[dict[str, Any]] = []
    later: list[dict[str, Any]] = []
    for row in rows:
        (later if row["file"] in seen else first).append(row)
        seen.add(row["file"])
    return first + later


def _reject_titles() -> dict[str, str]:
    return {
        "file": str(Text("文件", "file")),
        "row": str(Text("行", "row")),
        "column": str(Text("列", "column")),
        "value": str(Text("值", "value")),
        "reason": str(Text("原因", "reason")),
    }
