"""The types of the graph (图谱类型): interfaces `Node` and `Claim`, a type a node kind, a connection a path between them.

All of it follows from `graph.ontology`; what is written out here is what every node and every claim has.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from api.connections import (
    PAGE_ARGUMENTS,
    Info,
    connection,
    declare_connection,
    with_arguments,
)
from api.cursors import PageRequest, encode, paged
from api.declare import Field, declare, declare_enum, registry
from api.loaders import claims_loader, ends_loader, nodes_loader, sources_loader, statements_loader
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


async def _statements(root: Any, info: Info, **page: Any) -> Any:
    request = PageRequest(**page)
    table = await statements_loader(info.context).load(root.id)
    ids = table.column("id").to_pylist()
    found = paged(ids, request, "statements", info.context.largest_page)
    rows = table.slice(found.start, found.stop - found.start).to_pylist()
    return connection("StatementConnection", "statements", found, ids, [_statement(row) for row in rows])


def _statement(row: dict[str, Any]) -> Any:
    return registry["Statement"](
        **claim_values(row),
        start=row["start"],
        end=row["end"],
        cursor=encode("statements", row["id"]),
        name=row["name"],
        aliases=json.loads(row["aliases"] or "[]"),
        properties=json.loads(row["properties"] or "{}"),
    )


def claim_values(row: dict[str, Any]) -> dict[str, Any]:
    """The values of the interface `Claim` from a row of claims."""
    kept = ("id", "quote", "place", "method", "confidence", "status", "observed")
    return {name: row[name] for name in kept} | {
        "kind": registry["EdgeKind"][row["kind"]],
        "source_id": row["source"],
        "head_id": row["head"],
        "tail_id": row["tail"],
    }


async def _source(root: Any, info: Info) -> Any:
    return await sources_loader(info.context).load(root.source_id)


async def _document(root: Any, info: Info) -> Any:
    if root.document_id is None:
        return None
    return await nodes_loader(info.context, "Source.document", ("PolicyDocument",)).load(root.document_id)


def _end(column: str) -> Callable[..., Any]:
    async def resolve(root: Any, info: Info) -> Any:
        return await nodes_loader(info.context, f"Claim.{column}").load(getattr(root, column))

    return resolve


declare(
    "Source",
    "来源：读入的文件、记录或目录 / a document, record set or catalogue that was read",
    {
        "id": Field("ID", "内容的哈希 / hash of its content"),
        "name": Field("str", "名称 / name"),
        "medium": Field("str | None", "类型 / document, records or reference"),
        "claims": Field("int | None", "主张数 / how many claims it makes"),
        "document": Field(
            "PolicyDocument | None", "其中的政策文件 / the policy document that it holds", _document
        ),
    },
    private=("document_id",),
)
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
            with_arguments(_statements, PAGE_ARGUMENTS, {}),
        ),
    },
    is_interface=True,
)
declare(
    "Claim",
    "主张：一个来源的一句话 / what one source says, with its words",
    {
        "id": Field("ID", "标识 / id: source#row"),
        "kind": Field("EdgeKind", "关系类型 / what it says"),
        "head": Field(
            "Node | None",
            "起点（记载没有起点）/ where it starts (a statement starts nowhere)",
            _end("head_id"),
        ),
        "tail": Field("Node | None", "终点 / where it ends", _end("tail_id")),
        "source": Field("Source", "来源 / who says it", _source),
        "quote": Field("str | None", "原文 / the words that it rests on"),
        "place": Field("str | None", "位置 / where in the original: page, line or row"),
        "method": Field("str", "方法 / how it was read: record, rule or model"),
        "confidence": Field("float", "置信度 / how sure, from 0 to 1"),
        "status": Field("str | None", "状态：完成、在建、计划、倡导 / done, under way, planned, encouraged"),
        "observed": Field("str | None", "观测日期 / the date that it speaks of"),
    },
    private=("source_id", "head_id", "tail_id"),
    is_interface=True,
)
_OFFSETS = {
    "start": Field("int | None", "原文起点 / first character of the quote in the source's text"),
    "end": Field("int | None", "原文终点 / after the last character of the quote"),
    "cursor": Field("str", "游标 / cursor"),
}
declare("Evidence", "依据 / a claim that a finding rests on", {}, interfaces=("Claim",))
declare(
    "Statement",
    "记载 / what one source states of a node",
    {
        **_OFFSETS,
        "name": Field("str | None", "所记名称 / the name as stated"),
        "aliases": Field("list[str]", "所记别名 / aliases as stated"),
        "properties": Field("JSON", "所记属性 / properties as stated"),
    },
    interfaces=("Claim",),
)


def _distinct(nodes: Iterable[Any]) -> list[Any]:
    """Each node once: several sources may claim the same."""
    return list({node.id: node for node in nodes}.values())


async def _states_of(root: Any, info: Info) -> list[Any]:
    return _distinct(
        await nodes_loader(info.context, "Claim.tail_id").load_many([edge.tail_id for edge in root.edges])
    )


declare_connection(
    "StatementConnection", "Statement", "Node", "记载：一页 / a page of statements", _states_of
)


async def _edge_end(root: Any, info: Info) -> Any:
    return await ends_loader(info.context, root.path).load(getattr(root, f"{root.path.there}_id"))


async def _edge_ends(root: Any, info: Info) -> list[Any]:
    ends: list[Awaitable[Any]] = [_edge_end(edge, info) for edge in root.edges]
    return _distinct(await asyncio.gather(*ends))


def _declare_path(path: Path) -> str:
    name = f"{path.edge_type.removesuffix('Edge')}Connection"
    if name not in registry:
        kind = path.kind
        fields = _OFFSETS | property_fields(kind.properties)
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
        ids = table.column("id").to_pylist()
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
