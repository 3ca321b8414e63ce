"""The types of the graph (图谱类型): the interface `Node`, a type a node kind, a connection a path between them.

All of it follows from `graph.ontology`; what is written out here is what every node has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from api.claims import POSITION, claim_values, distinct, statements
from api.connections import PAGE_ARGUMENTS, Info, connection, declare_connection, with_arguments
from api.cursors import PageRequest, encode, paged
from api.declare import Field, declare, declare_enum, registry
from api.loaders import Ids, claims_loader, ends_loader
from api.names import Path, camel, described, paths
from graph.ontology import EDGES, NODES, STATES, Property, Type

SCALARS = {
    Type.TEXT: "str",
    Type.INTEGER: "int",
    Type.NUMBER: "float",
    Type.BOOLEAN: "bool",
    Type.DATE: "str",
}
"""How the ontology's types are written in GraphQL; a date is text as exact as it is known."""

declare_enum(
    "NodeKind",
    "节点类型 / the kinds of nodes",
    {kind.name: described(kind.zh, kind.en) for kind in NODES.values()},
)
declare_enum(
    "EdgeKind",
    "关系类型 / the kinds of claims",
    {kind.name: described(kind.zh, kind.en) for kind in (*EDGES.values(), STATES)},
)


def property_fields(properties: tuple[Property, ...]) -> dict[str, Field]:
    """The GraphQL fields of properties of the ontology; each may be unknown."""
    return {
        item.name: Field(f"{SCALARS[item.type]} | None", described(item.zh, item.en, item.values))
        for item in properties
    }


def _label(root: Any) -> Any:
    return registry["NodeKind"][type(root).__name__]


declare(
    "Node",
    "节点 / anything in the graph that has a name",
    {
        "id": Field("ID", "标识 / id, such as School:重庆大学"),
        "label": Field("NodeKind", "类型 / its kind", _label),
        "name": Field("str", "名称 / name"),
        "aliases": Field("list[str]", "别名 / other names"),
        "statements": Field(
            "StatementConnection",
            "各来源的记载 / what sources state of it",
            with_arguments(statements, PAGE_ARGUMENTS, {}),
        ),
    },
    is_interface=True,
)


async def _edge_end(root: Any, info: Info) -> Any:
    return await ends_loader(info.context, root.path).load(getattr(root, f"{root.path.there}_id"))


async def _edge_ends(root: Any, info: Info) -> list[Any]:
    ends: list[Awaitable[Any]] = [_edge_end(edge, info) for edge in root.edges]
    return distinct(await asyncio.gather(*ends))


def _declare_path(path: Path) -> str:
    name = f"{path.edge_type.removesuffix('Edge')}Connection"
    if name not in registry:
        kind = path.kind
        fields = POSITION | property_fields(kind.properties)
        fields["node"] = Field(path.end_type, "另一端 / the node at the other end", _edge_end)
        declare(path.edge_type, described(kind.zh, kind.en), fields, interfaces=("Claim",), private=("path",))
        declare_connection(
            name, path.edge_type, path.end_type, f"{described(kind.zh, kind.en)}：一页 / a page", _edge_ends
        )
    return name


def _path_resolver(path: Path, name: str) -> Callable[..., Any]:
    scope = camel(path.field)
    own = tuple(item.name for item in path.kind.properties)

    async def resolve(root: Any, info: Info, **page: Any) -> Any:
        table = await claims_loader(info.context, path).load(root.id)
        ids = Ids(table)
        found = paged(ids, PageRequest(**page), scope, info.context.largest_page)
        edges = [
            registry[path.edge_type](
                **claim_values(row),
                **{item: row[item] for item in own},
                start=row["start"],
                end=row["end"],
                cursor=encode(scope, row["id"]),
                path=path,
            )
            for row in table.slice(found.start, found.stop - found.start).to_pylist()
        ]
        return connection(name, scope, found, ids, edges)

    return with_arguments(resolve, PAGE_ARGUMENTS, {})


def _declare_nodes() -> None:
    for kind in NODES.values():
        fields = property_fields(kind.properties)
        for path in paths(kind.name):
            name = _declare_path(path)
            ends = (
                "、".join(NODES[end].zh for end in path.ends) if len(path.ends) < len(NODES) else "任意节点"
            )
            arrow = "→" if path.direction == "forward" else "←"
            text = f"{path.kind.zh} {arrow} {ends} / {path.kind.en} {arrow} {' | '.join(path.ends[:8])}"
            fields[path.field] = Field(name, text, _path_resolver(path, name))
        declare(kind.name, f"{kind.zh} / {kind.en}", fields, interfaces=("Node",))


_declare_nodes()
