"""`liantu find TEXT`: nodes by name or alias (查找节点)."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.names import kind_named
from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, write_rows, written_as
from graph.language import Text
from graph.ontology import label_text


def find(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help=str(Text("名称、别名或其中一部分", "A name, alias or part")))
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=str(Text("只找这类节点，如 院校、School；可重复", "Only this kind; may be repeated")),
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=1000, help=str(Text("最多几条", "At most so many")))
    ] = 20,
    graph: GraphOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Write the nodes whose name or alias is, begins with or holds `text`, the best first."""
    form = written_as(form, output)
    labels = [kind_named(word) for word in kind] if kind else None
    with reading(graph) as view:
        found = view.find(text, labels=labels, limit=limit).to_pylist()
    rows = [{**row, "kind": str(label_text(row["label"])), "aliases": row["aliases"] or []} for row in found]
    if not rows:
        typer.echo(str(Text(f"没有名称含“{text}”的节点。", f"No name or alias holds {text!r}.")), err=True)
    titles = {
        "name": str(Text("名称", "name")),
        "kind": str(Text("类别", "kind")),
        "aliases": str(Text("别名", "aliases")),
        "id": str(Text("标识", "id")),
    }
    write_rows(rows, titles, form, output=output)
