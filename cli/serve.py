"""`liantu serve`: the GraphQL API and its IDE, from the package itself (服务)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import GraphOption
from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings


def serve(
    host: Annotated[
        str,
        typer.Option(
            "--host", help=str(Text("监听的地址；0.0.0.0 对外开放", "Address; 0.0.0.0 opens it to others"))
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=str(Text("端口", "Port")))] = 8000,
    graph: GraphOption = None,
) -> None:
    """Serve the newest version of the graph until interrupted; a batch that ends is seen without a restart."""
    import uvicorn  # noqa: PLC0415 - the server's libraries load when a server is wanted
    from api.app import create_app  # noqa: PLC0415

    from graph.store import open_store  # noqa: PLC0415

    settings = Settings.load(graph=graph)
    store = open_store(settings.graph)
    if not store.exists():
        raise LiantuError("graph.missing", graph=Path(settings.graph).name)
    address = f"http://{host}:{port}"
    typer.echo(
        str(
            Text(f"GraphQL：{address}/graphql　（Ctrl+C 结束）", f"GraphQL: {address}/graphql  (Ctrl+C ends)")
        )
    )
    try:
        uvicorn.run(create_app(store, settings), host=host, port=port, log_level="warning", access_log=False)
    finally:
        store.close()
