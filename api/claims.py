"""Claims in GraphQL (主张): the interface `Claim`, and the claims that are no edge: statements and evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from api.connections import Info, connection, declare_connection
from api.cursors import PageRequest, encode, paged
from api.declare import Field, declare, registry
from api.loaders import Ids, nodes_loader, sources_loader, statements_loader


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


async def _claims(root: Any, info: Info) -> int | None:
    table = await info.context.sources()

    def counted() -> dict[str, int]:
        return dict(zip(table.column("id").to_pylist(), table.column("claims").to_pylist(), strict=True))

    return info.context.once("claims of sources", counted).get(root.id)


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
        "claims": Field("int | None", "主张数 / how many claims it makes", _claims),
        "document": Field(
            "PolicyDocument | None", "其中的政策文件 / the policy document that it holds", _document
        ),
    },
    private=("document_id",),
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
POSITION = {
    "start": Field("int | None", "原文起点 / first character of the quote in the source's text"),
    "end": Field("int | None", "原文终点 / after the last character of the quote"),
    "cursor": Field("str", "游标 / cursor"),
}
declare("Evidence", "依据 / a claim that a finding rests on", {}, interfaces=("Claim",))
declare(
    "Statement",
    "记载 / what one source states of a node",
    {
        **POSITION,
        "name": Field("str | None", "所记名称 / the name as stated"),
        "aliases": Field("list[str]", "所记别名 / aliases as stated"),
        "properties": Field("JSON", "所记属性 / properties as stated"),
    },
    interfaces=("Claim",),
)


def distinct(nodes: Iterable[Any]) -> list[Any]:
    """Each node once: several sources may claim the same."""
    return list({node.id: node for node in nodes}.values())


async def _states_of(root: Any, info: Info) -> list[Any]:
    return distinct(
        await nodes_loader(info.context, "Claim.tail_id").load_many([edge.tail_id for edge in root.edges])
    )


declare_connection(
    "StatementConnection", "Statement", "Node", "记载：一页 / a page of statements", _states_of
)


async def statements(root: Any, info: Info, **page: Any) -> Any:
    """Resolve `Node.statements`: a page of what sources state of the node."""
    request = PageRequest(**page)
    table = await statements_loader(info.context).load(root.id)
    ids = Ids(table)
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
