"""`liantu template KIND`: an empty workbook for a record kind (记录模板)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import LiantuError
from graph.language import Text


def template(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help=str(Text("记录类型；不给则列出全部", "The record kind; without, list them")),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=str(Text("写到哪里（.xlsx）", "Where to write it (.xlsx)"))
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=str(Text("覆盖已有的文件", "Replace a file that is there")))
    ] = False,
) -> None:
    """Write a workbook with the headers, an example row and the choices of a record kind."""
    from cli.output import write_rows, writing  # noqa: PLC0415 - with the record kinds, that load openpyxl
    from ingest.records import RECORD_KINDS, write_template  # noqa: PLC0415

    if kind is None:
        rows = [{"kind": name, "title": str(found.title)} for name, found in RECORD_KINDS.items()]
        write_rows(rows, {"kind": str(Text("类型", "kind")), "title": str(Text("是什么", "what it is"))})
        return
    kind = next((name for name, found in RECORD_KINDS.items() if kind == found.title.zh), kind)
    target = output or Path(f"{kind}.xlsx")
    if target.exists() and not force:
        raise LiantuError("file.exists", file=target.name)
    with writing(target):
        write_template(kind, target)
    typer.echo(str(Text(f"已写入 {target}", f"Wrote {target}")))
