"""`liantu demo`: the samples and the reference data in, the answers to all gap questions out (演示)."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.gaps import pages, projection_for
from cli.ingest import PARTIAL, page
from cli.output import console, write_view
from cli.progress import progress
from graph.language import Text

_SHOWN = 5  # findings of each question


def demo(
    directory: Annotated[
        Path,
        typer.Option(
            "--directory", "-d", metavar="DIR", help=str(Text("演示放在哪个文件夹", "The folder of the demo"))
        ),
    ] = Path("liantu-demo"),
) -> None:
    """Build the demonstration graph (or bring it up to date) and answer every question with the words it rests on."""
    from graph.gaps import questions  # noqa: PLC0415 - loads Arrow
    from ingest.demo import build_demo  # noqa: PLC0415 - loads the readers and the extractor

    with progress() as tell:
        graph, report = build_demo(directory, progress=tell)
    asked = list(questions().values())
    projection = projection_for(asked, graph)
    answers = {one.name: one.answer(projection) for one in asked}
    write_view(page(report))
    write_view(pages(asked, answers, projection, _SHOWN, f"{_command()} gaps {{name}} --graph {graph}"))
    console().print(_next(graph, asked[0].name), markup=False)
    if not report.ok:
        raise typer.Exit(PARTIAL)


def _next(graph: str, question: str) -> str:
    me = _command()
    lines = (
        Text(
            "样例仅为示意，不是统计。接下来可以：",
            "The samples are illustrative, no statistics. What to type next:",
        ),
        Text(f"  {me} gaps {question} --graph {graph}", f"  {me} gaps {question} --graph {graph}"),
        Text(
            f"  {me} show 重庆电子科技职业大学 --graph {graph}",
            f"  {me} show 重庆电子科技职业大学 --graph {graph}",
        ),
        Text(f"  {me} serve --graph {graph}", f"  {me} serve --graph {graph}"),
    )
    return "\n".join(str(line) for line in lines)


def _command() -> str:
    """How this person calls liantu: by its name, or by its path where the environment is not activated."""
    called = Path(sys.argv[0])
    if shutil.which("liantu") or called.stem != "liantu":
        return "liantu"
    return os.path.relpath(called.with_suffix(""))
