"""`liantu demo`: the samples and the reference data in, the answers to all gap questions out (演示)."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.findings import at_a_glance, pages
from cli.gaps import projection_for
from cli.ingest import PARTIAL, page
from cli.output import console, write_view
from cli.progress import progress
from graph.address import typed
from graph.language import Text

_SHOWN = 5  # findings of the first question


def demo(
    directory: Annotated[
        Path,
        typer.Option(
            "--directory", "-d", metavar="DIR", help=str(Text("演示放在哪个文件夹", "The folder of the demo"))
        ),
    ] = Path("liantu-demo"),
) -> None:
    """Build the demonstration graph (or bring it up to date) and answer every question with the words it rests on.

    All questions at a glance, then the first in full: what a terminal shows in the end is that answer.
    """
    from graph.gaps import answer_once, questions  # noqa: PLC0415 - loads Arrow
    from ingest.demo import build_demo  # noqa: PLC0415 - loads the readers and the extractor

    with progress() as tell:
        graph, report = build_demo(directory, progress=tell)
    asked = list(questions().values())
    projection = projection_for(asked, graph)
    answers = {one.name: answer_once(one, projection) for one in asked}
    write_view(page(report))
    write_view(at_a_glance(asked, answers, projection))
    me, place = _command(), typed(graph)
    write_view(
        pages(asked[:1], answers, projection, _SHOWN, lambda name: f"{me} gaps {name} --graph {place}")
    )
    console().print(_next(place), markup=False, soft_wrap=True)  # commands are copied: no line is broken
    if not report.ok:
        raise typer.Exit(PARTIAL)


def _next(graph: str) -> str:
    me = _command()
    said = Text(
        "样例仅为示意，不是统计。接下来可以：",
        "The samples are illustrative, no statistics. What to type next:",
    )
    commands = {
        "gaps": Text("列出全部问题及其定义", "all questions with their definitions"),
        f"gaps all --graph {graph}": Text("逐一回答全部问题", "all answers in full"),
        f"show 重庆电子科技职业大学 --graph {graph}": Text(
            "一所院校，及各来源所述", "one school, and what each source says of it"
        ),
        f"serve --graph {graph}": Text("GraphQL 接口与查询界面", "the GraphQL API and its IDE"),
    }
    return "\n".join([str(said), *(f"  {me} {words}  # {meaning}" for words, meaning in commands.items())])


def _command() -> str:
    """How this person calls liantu: by its name, or by its path where the environment is not activated."""
    called = Path(sys.argv[0])
    if shutil.which("liantu") or called.stem != "liantu":
        return "liantu"
    try:
        return os.path.relpath(called.with_suffix(""))
    except ValueError:  # on another drive of Windows
        return str(called.with_suffix(""))
