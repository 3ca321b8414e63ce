"""The options that commands share, and the graph that `--graph` names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import Format
from graph.address import is_url, shown
from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.store.protocol import View

GraphOption = Annotated[
    str | None,
    typer.Option(
        "--graph",
        metavar="PATH|URL",
        help=str(
            Text(
                "图谱所在目录，或 Neo4j 的地址（也可用环境变量 LIANTU_GRAPH；默认 liantu-graph）",
                "The directory of the graph, or the URL of Neo4j (or LIANTU_GRAPH; liantu-graph if neither is given)",
            )
        ),
    ),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        help=str(
            Text(
                "输出形式：给人看的表、给程序的 JSON、给表格软件的 CSV", "For people, programs, spreadsheets"
            )
        ),
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=str(
            Text(
                "写入文件而不是屏幕；后缀 .csv、.json、.xlsx 决定形式",
                "Write to a file instead of the screen; its suffix (.csv, .json, .xlsx) says in which form",
            )
        ),
    ),
]

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help=str(
            Text(
                "并请这个语言模型抽取（服务地址见 LIANTU_MODEL_ADDRESS；默认不用）",
                "Ask this language model besides the rules (its server: LIANTU_MODEL_ADDRESS; none by default)",
            )
        ),
    ),
]

RecognitionOption = Annotated[
    bool | None,
    typer.Option(
        "--recognition/--no-recognition",
        show_default=False,
        help=str(
            Text(
                "由训练的网络与规则一同识别名称（默认），或只用规则，约快一倍（LIANTU_RECOGNITION）",
                "Let the trained network vote on names with the rules (the default), or read by the rules alone, about "
                "twice as fast (LIANTU_RECOGNITION)",
            )
        ),
    ),
]


def graph_address(graph: str | None) -> str:
    """The address of the graph: what `--graph` says, else `LIANTU_GRAPH`, else the default."""
    return Settings.load(graph=graph).graph


def named(address: str) -> str:
    """A graph as messages name it: the last part of a path, a URL without its credentials."""
    return shown(address) if is_url(address) else Path(address).name


@contextmanager
def reading(graph: str | None, *, query_seconds: float | None = None) -> Iterator[View]:
    """The newest version of the graph, to read; `graph.missing` where there is none.

    A question may take `query_seconds` (0: any time), else what the setting says.
    """
    from graph.store import open_store  # noqa: PLC0415 - the engine loads when a graph is opened

    address = graph_address(graph)
    store = open_store(address, Settings.load(query_seconds=query_seconds))
    try:
        if not store.exists():
            raise LiantuError("graph.missing", graph=named(address))
        with store.view() as view:
            yield view
    finally:
        store.close()
