"""`liantu serve`: the GraphQL API and its IDE, from the package itself (服务)."""

from __future__ import annotations

import socket
import sys
from typing import Annotated

import typer

from cli.options import GraphOption, named
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
    store = open_store(settings.graph, settings)
    try:
        if not store.exists():
            raise LiantuError("graph.missing", graph=named(settings.graph))
        app = create_app(store.asynchronous(settings), settings, host)
    finally:
        store.close()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    with _listening(host, port) as listener:
        address = f"http://{_address(host, listener.getsockname()[1])}/graphql"
        typer.echo(str(Text(f"GraphQL：{address}（Ctrl+C 结束）", f"GraphQL: {address} (Ctrl+C ends)")))
        sys.stdout.flush()
        server.run(sockets=[listener])


def _address(host: str, port: int) -> str:
    """Host and port as a URL has them: an address of IPv6 stands in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _listening(host: str, port: int) -> socket.socket:
    """The socket is ours before the server starts, so that a taken port is one line of error."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LiantuError("serve.address", address=_address(host, port), reason=reason) from error
