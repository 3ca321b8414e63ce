"""`liantu export DIR`: the graph as files for another program (导出)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.options import GraphOption, reading
from graph.language import Text
from graph.settings import Settings


class Files(StrEnum):
    """The files that an export can be."""

    NEO4J_ADMIN = "neo4j-admin"


def export(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help=str(Text("新的或空的文件夹", "A new or empty folder")))
    ],
    form: Annotated[
        Files,
        typer.Option(
            "--format",
            help=str(
                Text(
                    "neo4j-admin：供 neo4j-admin database import 导入的 CSV",
                    "neo4j-admin: CSV for neo4j-admin database import",
                )
            ),
        ),
    ] = Files.NEO4J_ADMIN,
    graph: GraphOption = None,
) -> None:
    """Write the newest version of the graph; what to type next is said at the end."""
    from graph.store.neo4j.bulk import ARGUMENTS, SCHEMA, export_for_import  # noqa: PLC0415 - loads Arrow

    database = Settings.load().neo4j_database
    with reading(graph, query_seconds=0) as view:
        done = export_for_import(view, directory, database)
    nodes, edges = sum(done.nodes.values()), sum(done.edges.values())
    typer.echo(
        str(
            Text(
                f"已导出 {nodes} 个节点、{edges} 条关系（{form.value}）。下一步，在该文件夹中、数据库停止时：",
                f"Exported {nodes} nodes and {edges} edges ({form.value}). Next, in that folder and while the "
                "database stands still:",
            )
        )
    )
    typer.echo(f"  neo4j-admin database import full @{ARGUMENTS}")
    typer.echo(
        str(
            Text(
                f"启动后建立约束与索引（或运行 liantu init）：cypher-shell -d {database} -f {SCHEMA}",
                f"and when it is up, for constraints and indexes (or `liantu init`): "
                f"cypher-shell -d {database} -f {SCHEMA}",
            )
        )
    )
