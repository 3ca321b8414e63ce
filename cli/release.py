"""`liantu release FILE`: save the graph as it is, to compare later answers with (发布)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import GraphOption, reading
from cli.output import console
from graph.address import shown, typed
from graph.language import Text


def release(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=str(Text("发布文件，如 2025-06.liantu", "The file, such as 2025-06.liantu"))
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help=str(Text("发布的名称；不给则为今天的日期", "Name of the release; today without"))
        ),
    ] = None,
    graph: GraphOption = None,
) -> None:
    """Write every node and claim of the newest version into one file, from either engine; it is never overwritten."""
    from graph.project import project  # noqa: PLC0415 - loads Arrow
    from graph.release import write_release  # noqa: PLC0415

    with reading(graph) as view:
        size = write_release(project(view), file, version=view.version, name=name)
    later = f"liantu gaps changes --against {typed(str(file))}"
    later += f" --graph {typed(shown(graph))}" if graph is not None else ""
    kept = Text(
        f"已保存 {file.name}（{size / 1e6:.1f} MB）。日后比较：{later}",
        f"Saved {file.name} ({size / 1e6:.1f} MB). To compare later: {later}",
    )
    console().print(str(kept), markup=False, soft_wrap=True)  # a command is copied: its line is not broken
