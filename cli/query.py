"""`liantu query [NAME]`: run a named query of `cypher/`, or list them (具名查询)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.evidence import EVIDENCE_COLUMNS, evidence, kind_in_words
from cli.names import source_names
from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, table, write_rows, write_view, written_as
from graph.errors import LiantuError
from graph.language import Text

if TYPE_CHECKING:
    from rich.console import RenderableType


def query(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help=str(Text("查询的名称", "Name of the query")))
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help=str(Text("一个参数；可重复", "A parameter; may be repeated")),
        ),
    ] = None,
    cypher: Annotated[
        str | None,
        typer.Option(
            "--cypher",
            metavar="TEXT",
            help=str(Text("运行自己写的 Cypher，只能读取", "Run Cypher of your own, which can only read")),
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help=str(Text("--cypher 的行数上限", "Most rows of --cypher")))
    ] = 1000,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--seconds",
            min=0.001,
            help=str(
                Text(
                    "--cypher 的时限（默认 LIANTU_QUERY_SECONDS）",
                    "Time limit of --cypher (LIANTU_QUERY_SECONDS)",
                )
            ),
        ),
    ] = None,
    graph: GraphOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Write the answer of the query `name` or of `--cypher`; without either, what queries there are."""
    form = written_as(form, output)
    if cypher is not None:
        if name is not None:
            reason = Text("名称与 --cypher 只能给一个", "give a name or --cypher, not both")
            raise LiantuError("query.parameter", name=name, reason=reason)
        _by_hand(cypher, _parameters("cypher", param or []), graph, limit, seconds, form, output)
        return
    if name is None:
        rows, titles = _listing()
    else:
        with reading(graph) as view:
            answer = view.query(name, **_parameters(name, param or []))
            sources = source_names(view) if form is Format.TABLE and "source" in answer.column_names else {}
        rows, titles = answer.to_pylist(), {column: column for column in answer.column_names}
        if form is Format.TABLE:
            write_view(_page(name, rows, sources), output)
            return
    write_rows(rows, titles, form, output=output)


def _by_hand(
    text: str,
    given: dict[str, object],
    graph: str | None,
    limit: int,
    seconds: float | None,
    form: Format,
    output: Path | None,
) -> None:
    """The answer of a statement that somebody typed; a value that is JSON (a number, a list) is taken as such."""
    values = {name: _value(str(value)) for name, value in given.items()}
    with reading(graph) as view:
        answer = view.cypher(text, values, limit=limit + 1, seconds=seconds)
    more = answer.num_rows > limit
    write_rows(
        answer.slice(0, limit).to_pylist(),
        {column: column for column in answer.column_names},
        form,
        output=output,
    )
    if more:
        typer.echo(
            str(Text(f"只列出前 {limit} 行（--limit）。", f"Only the first {limit} rows (--limit).")),
            err=True,
        )


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _page(name: str, rows: Sequence[Mapping[str, Any]], sources: Mapping[str, str]) -> RenderableType:
    """The columns that people read under their titles, the words of each row and where they stand beneath it."""
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without

    from graph.store.queries import query_named  # noqa: PLC0415 - the engine's folder loads when it is needed

    asked = query_named(name)
    titles = {column: str(title) for column, title in asked.titles.items() if column not in EVIDENCE_COLUMNS}
    shown = [{column: kind_in_words(row[column]) for column in titles} for row in rows]
    below = [
        evidence(
            row.get("quote"),
            sources.get(str(row.get("source"))),
            row.get("place"),
            about=[value for column in titles if isinstance(value := row[column], str)],
        )
        for row in rows
    ]
    count = Text(f"共 {len(rows)} 行", f"{len(rows)} rows")
    return Group(
        table(shown, titles, f"{asked.question}  {name} · {count}", below=below, unknown=True, sparse=True)
    )


def _listing() -> tuple[list[dict[str, Any]], dict[str, str]]:
    from graph.store.queries import queries  # noqa: PLC0415 - the engine's folder loads when it is needed

    rows: list[dict[str, Any]] = [
        {
            "name": found.name,
            "question": str(found.question),
            "parameters": [
                name if item.default is None else f"[{name}]" for name, item in found.parameters.items()
            ],
            "columns": list(found.columns),
        }
        for found in queries().values()
    ]
    titles = {
        "name": str(Text("名称", "name")),
        "question": str(Text("回答什么", "what it answers")),
        "parameters": str(Text("参数（方括号：可省略）", "parameters (in brackets: optional)")),
    }
    return rows, titles


def _parameters(name: str, given: list[str]) -> dict[str, object]:
    parameters: dict[str, object] = {}
    for word in given:
        key, equals, value = word.partition("=")
        if not equals or not key:
            reason = Text(f"“{word}”应写作 名称=值", f"{word!r} should be NAME=VALUE")
            raise LiantuError("query.parameter", name=name, reason=reason)
        parameters[key.strip()] = value
    return parameters
