"""`liantu retract SOURCE`: take the claims of a source out again (撤回来源)."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.ingest import changes
from cli.options import GraphOption, graph_address
from cli.output import visible
from cli.progress import progress
from graph.language import Text


def retract(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help=str(
                Text(
                    "来源标识或其开头、文件名、文号或标题",
                    "Id or its beginning, file name, document number or title",
                )
            ),
        ),
    ],
    graph: GraphOption = None,
) -> None:
    """Take out what a source alone supports; what another source says too stays."""
    from ingest.batch import retract as run  # noqa: PLC0415 - loads the engine

    with progress() as tell:
        found, loaded = run(graph_address(graph), source, progress=tell)
    typer.echo(
        str(
            Text(
                f"已撤回 {visible(found.name)}（{found.id}）", f"Retracted {visible(found.name)} ({found.id})"
            )
        )
    )
    typer.echo(changes(loaded))
