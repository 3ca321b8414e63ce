"""`liantu init`: make a graph, with tables from the ontology and the reference data (新建图谱)."""

from __future__ import annotations

import typer

from cli.ingest import changes
from cli.options import GraphOption, graph_address
from cli.progress import progress
from graph.address import shown, typed
from graph.language import Text


def init(graph: GraphOption = None) -> None:
    """Make a graph, or bring the reference data of an existing one up to date; nothing else in it is touched."""
    from ingest.batch import initialise  # noqa: PLC0415 - loads the engine

    address = graph_address(graph)
    with progress() as tell:
        loaded = initialise(address, progress=tell)
    typer.echo(changes(loaded))
    told = typed(shown(address))
    typer.echo(
        str(
            Text(
                f"图谱就绪。下一步：liantu ingest 文件… --graph {told}",
                f"Ready. Next: liantu ingest PATH… --graph {told}",
            )
        )
    )
