"""`liantu demo`: the samples and the reference data in, the answers to all gap questions out (演示)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.gaps import pages, projection_for
from cli.ingest import PARTIAL, page
from cli.output import console, write_view
from cli.progress import progress
from graph.language import Text

_SHOWN = 3  # findings of each question


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
    write_view(pages(asked, answers, projection, _SHOWN))
    console().print(_next(graph), markup=False)
    if not report.ok:
        raise typer.Exit(PARTIAL)


def _next(graph: str) -> str:
    question = next(iter(_first()))
    lines = (
        Text("样例为示意，不是统计。接下来可以：", "The samples are illustrative. What to type next:"),
        Text(
            f"  liantu gaps {question} --graph {graph}　　一个问题的全部回答",
            f"  liantu gaps {question} --graph {graph}",
        ),
        Text(
            f"  liantu show 重庆电子科技职业大学 --graph {graph}",
            f"  liantu show 重庆电子科技职业大学 --graph {graph}",
        ),
        Text(
            f"  liantu serve --graph {graph}　　GraphQL 接口（亦可 make serve）",
            f"  liantu serve --graph {graph}",
        ),
    )
    return "\n".join(str(line) for line in lines)


def _first() -> list[str]:
    from graph.gaps import questions  # noqa: PLC0415

    return list(questions())
