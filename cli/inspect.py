"""`liantu inspect FILE`: how a table is understood before anything is loaded, and what to put right (查看记录表)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import FormatOption, OutputOption
from cli.output import Format, table, write_json, write_rows, write_view, written_as
from graph.language import Text

if TYPE_CHECKING:
    from ingest.records.inspection import Inspected, Understood

_FATES = {
    "read": Text("读取", "read"),
    "unused": Text("不需要", "not needed"),
    "dropped": Text("不读取", "not read"),
    "personal": Text("个人信息，丢弃", "of persons, dropped"),
}


def inspect(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=str(Text("csv 或 xlsx 文件", "A csv or xlsx file")))
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help=str(Text("按此记录类型读", "Read it as this record kind"))
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="HEADER=COLUMN",
            help=str(
                Text(
                    "改正一列：表头=列名，可多次；“表头=”为不读",
                    "Put a column right; may be repeated; HEADER= leaves it",
                )
            ),
        ),
    ] = None,
    save: Annotated[
        bool,
        typer.Option(
            "--save",
            help=str(
                Text(
                    "把对照保存在文件旁，以后同样的表照此读取",
                    "Keep the mapping beside the file for its like",
                )
            ),
        ),
    ] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Show kind, header, columns with how sure, units and rows of a table; nothing is loaded."""
    from ingest.records.inspection import inspect_file, save_mapping  # noqa: PLC0415 - loads the readers

    form = written_as(form, output)
    corrected = {header: name or None for header, _, name in (given.partition("=") for given in column or ())}
    found, notes = inspect_file(file, kind=kind, columns=corrected)
    if form is Format.JSON:
        write_json([as_object(one) for one in found], output)
    elif form is Format.CSV:
        write_rows([row for one in found for row in rows(one)], _titles(), form, output=output)
    else:
        write_view(_page(found, [str(note) for note in notes]), output)
    if save:
        kept = save_mapping(file, next(one for one in found if one.columns))
        typer.echo(str(Text(f"对照已保存：{kept.name}", f"Mapping kept: {kept.name}")), err=True)


def rows(one: Inspected) -> list[dict[str, Any]]:
    """One row a header: the column that it is taken for, how sure, its unit, what becomes of it."""
    return [
        {
            "sheet": one.sheet,
            "header": column.header,
            "column": "" if column.column is None else _column(column),
            "confidence": round(column.confidence, 2) or None,
            "factor": column.factor if column.factor != 1 else None,
            "fate": str(_FATES[column.fate]),
        }
        for column in one.columns
    ]


def as_object(one: Inspected) -> dict[str, Any]:
    """What was understood, for programs."""
    names = ("sheet", "depth", "rows", "taken", "rejected", "set_aside")
    return {name: getattr(one, name) for name in names} | {
        "kind": one.kind.name,
        "filled_down": list(one.filled_down),
        "columns": [
            {
                "header": column.header,
                "column": column.column.name if column.column is not None else None,
                "confidence": column.confidence,
                "factor": column.factor,
                "fate": column.fate,
            }
            for column in one.columns
        ],
    }


def _column(understood: Understood) -> str:
    column = understood.column
    if column is None:
        return ""
    return f"{column.zh}？" if understood.fate == "dropped" else f"{column.zh} ({column.name})"


def _page(found: tuple[Inspected, ...], notes: list[str]) -> Any:
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without

    parts: list[Any] = []
    for one in found:
        where = f"{one.sheet}：" if one.sheet else ""
        if one.kind.left is not None:
            parts.append(f"{where}{one.kind.name} {one.kind.title}：{one.kind.left}")
            continue
        caption = Text(
            f"{where}{one.kind.name} {one.kind.title.zh}；表头 {one.depth} 行；{one.rows} 行，可入库 {one.taken} 行，"
            f"将拒收 {one.rejected} 行，不计 {one.set_aside} 行",
            f"{where}{one.kind.name} {one.kind.title.en}; header of {one.depth}; {one.rows} rows, {one.taken} fit, "
            f"{one.rejected} would be rejected, {one.set_aside} set aside",
        )
        titles = {name: title for name, title in _titles().items() if name != "sheet"}
        parts.append(table(rows(one), titles, str(caption), sparse=True))
        if one.filled_down:
            told = "、".join(one.filled_down)
            notes.append(str(Text(f"空格按“同上”处理：{told}", f"a blank means what stands above: {told}")))
    return Group(*parts, *notes)


def _titles() -> dict[str, str]:
    return {
        "sheet": str(Text("工作表", "sheet")),
        "header": str(Text("表头", "header")),
        "column": str(Text("理解为", "taken for")),
        "confidence": str(Text("把握", "confidence")),
        "factor": str(Text("单位倍数", "times")),
        "fate": str(Text("处理", "what becomes of it")),
    }
