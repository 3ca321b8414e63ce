"""The root of the schema (查询入口): nodes by id and name, a list a node kind, sources, gap questions, queries."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from api.connections import PAGE_ARGUMENTS, Info, declare_list, listed, with_arguments
from api.cursors import PageRequest
from api.declare import Field, declare, registry
from api.findings import gap_fields, question_of, text_of
from api.loaders import Ids, nodes_loader, sources_of
from api.names import camel, described, filters, plural
from api.node_lists import NodeList
from api.types import SCALARS
from graph.errors import LiantuError
from graph.gaps import questions
from graph.language import Text
from graph.ontology import EDGES, NODES, SOURCE, STATES, NodeKind
from graph.store.asynchronous import AsyncView
from graph.store.queries import Query as NamedQuery
from graph.store.queries import queries

declare(
    "Match",
    "按名称找到的节点 / a node found by name",
    {
        "rank": Field(
            "int",
            "0 同名，2 以其开头，4 含其；奇数为别名 / 0 equal, 2 begins with, 4 holds it; odd: an alias",
        ),
        "node": Field("Node", "节点 / the node"),
    },
)
declare(
    "Count",
    "一类的数量 / how many there are of a kind",
    {"kind": Field("str", "类型 / kind"), "count": Field("int", "数量 / number")},
)


async def _hash(root: Any, info: Info) -> str:
    session = info.context

    async def make() -> str:
        return await session.read(lambda view: view.content_hash())

    return await session.shared((root.version, "hash"), make)


declare(
    "Stats",
    "图谱概况 / the graph in numbers",
    {
        "version": Field("str", "版本 / version"),
        "hash": Field("str", "内容哈希，大图需数秒 / content hash; takes seconds on a large graph", _hash),
        "nodes": Field("list[Count]", "各类节点 / nodes by kind"),
        "edges": Field("list[Count]", "各类主张 / claims by kind"),
        "sources": Field("int", "来源数 / sources"),
    },
)
declare(
    "NamedQuery",
    "命名查询 / a named query of cypher/",
    {
        "name": Field("str", "名称 / name"),
        "question": Field("Text", "所问 / what it asks"),
        "parameters": Field("list[Parameter]", "参数 / parameters"),
        "columns": Field("list[str]", "列 / columns"),
    },
)
declare(
    "Rows",
    "命名查询的答案 / the answer of a named query",
    {
        "columns": Field("list[str]", "列 / columns"),
        "rows": Field("list[JSON]", "各行，按列的次序 / rows, each in the order of the columns"),
        "total_count": Field("int", "总行数 / how many rows there are in all"),
    },
)


async def _node(root: Any, info: Info, **given: Any) -> Any:  # noqa: ARG001 (GraphQL's signature)
    return await nodes_loader(info.context, "node").load(_checked_id(given["id"]))


async def _nodes(root: Any, info: Info, **given: Any) -> list[Any]:  # noqa: ARG001 (GraphQL's signature)
    ids = given["ids"]
    if len(ids) > info.context.largest_page:
        what = Text("个标识", "ids")
        raise LiantuError("api.too_large", what=what, found=len(ids), limit=info.context.largest_page)
    return await nodes_loader(info.context, "node").load_many([_checked_id(one) for one in ids])


def _checked_id(identifier: str) -> str:
    if len(identifier) > 1000:
        raise LiantuError(
            "api.too_large",
            what=Text("个字符的标识", "characters in an id"),
            found=len(identifier),
            limit=1000,
        )
    return identifier


async def _find(root: Any, info: Info, **given: Any) -> list[Any]:  # noqa: ARG001 (GraphQL's signature)
    text, kinds = given["text"], given.get("kinds")
    limit = PageRequest(first=given.get("first")).size(info.context.largest_page)
    _checked_id(text)
    if not text.strip():
        return []
    labels = None if kinds is None else [kind.name for kind in kinds]
    found = await info.context.read(lambda view: view.find(text, labels=labels, limit=limit))
    rows = found.to_pylist()
    nodes = await nodes_loader(info.context, "find", tuple(labels or NODES)).load_many(
        [row["id"] for row in rows]
    )
    return [
        registry["Match"](rank=row["rank"], node=node)
        for row, node in zip(rows, nodes, strict=True)
        if node is not None
    ]


def _list_of(kind: NodeKind) -> Field:
    name, scope = plural(kind.name), camel(plural(kind.name))
    narrowing = {"name": "str | None"} | {item.name: f"{SCALARS[item.type]} | None" for item in filters(kind)}

    async def resolve(root: Any, info: Info, **given: Any) -> Any:  # noqa: ARG001 (GraphQL's signature)
        request = PageRequest(**{key: given.pop(key, None) for key in PAGE_ARGUMENTS})
        return await NodeList(info.context, kind.name, scope, given).page(request)

    text = f"{described(kind.zh, kind.en)}：按标识排序；name 为名称所含文字 / by id; name: text in the name"
    made = declare_list(kind.name, described(kind.zh, name.replace("_", " ")))
    return Field(made, text, with_arguments(resolve, PAGE_ARGUMENTS | narrowing, {}))


async def _sources(root: Any, info: Info, **page: Any) -> Any:  # noqa: ARG001 (GraphQL's signature)
    table = await info.context.sources()
    ids = Ids(table)

    def items(start: int, stop: int) -> list[Any]:
        return sources_of(table, ids[start:stop])

    return listed("Source", "sources", ids, PageRequest(**page), info.context.largest_page, items)


async def _stats(root: Any, info: Info) -> Any:  # noqa: ARG001 (GraphQL's signature)
    session = info.context
    version = await session.version()

    async def make() -> Any:
        return await session.read(_counted)

    return await session.shared((version, "stats"), make)


async def _counted(view: AsyncView) -> Any:
    count = registry["Count"]
    return registry["Stats"](
        version=view.version,
        nodes=[count(kind=label, count=await view.count(label)) for label in NODES],
        edges=[count(kind=kind, count=await view.count(kind)) for kind in (*EDGES, STATES.name)],
        sources=await view.count(SOURCE.name),
    )


def _questions(root: Any, info: Info) -> list[Any]:  # noqa: ARG001 (GraphQL's signature)
    return [question_of(question) for question in questions().values()]


def _queries(root: Any, info: Info) -> list[Any]:  # noqa: ARG001 (GraphQL's signature)
    return [_query_of(query) for query in queries().values()]


def _query_of(query: NamedQuery) -> Any:
    return registry["NamedQuery"](
        name=query.name,
        question=text_of(query.question),
        parameters=[
            registry["Parameter"](name=one.name, type=one.type, default=one.default)
            for one in query.parameters.values()
        ],
        columns=list(query.columns),
    )


async def _query(root: Any, info: Info, **given: Any) -> Any:  # noqa: ARG001 (GraphQL's signature)
    limit = PageRequest(first=given.get("first")).size(info.context.largest_page)
    name, parameters = given["name"], given.get("parameters") or {}
    if not isinstance(parameters, dict):
        raise LiantuError("query.parameter", name=name[:80], reason="{…}?")
    table = await info.context.read(lambda view: view.query(name, **parameters))
    shown = table.slice(0, limit).to_pylist()
    return registry["Rows"](
        columns=table.column_names,
        rows=[json.loads(json.dumps(list(row.values()), ensure_ascii=False, default=str)) for row in shown],
        total_count=table.num_rows,
    )


def _with(resolver: Callable[..., Any], arguments: dict[str, str]) -> Callable[..., Any]:
    return with_arguments(resolver, arguments, {})


def declare_query() -> type[Any]:
    """Declare the root type with all its fields."""
    given = {
        "node": Field("Node | None", "按标识取节点 / a node by its id", _with(_node, {"id": "ID"})),
        "nodes": Field(
            "list[Node | None]", "按标识取多个节点 / nodes by their ids", _with(_nodes, {"ids": "list[ID]"})
        ),
        "find": Field(
            "list[Match]",
            "按名称或别名查找 / nodes by name or alias, the best first",
            _with(_find, {"text": "str", "kinds": "list[NodeKind] | None", "first": "int | None"}),
        ),
        "sources": Field(
            declare_list("Source", "来源 / sources"),
            "全部来源 / all sources",
            _with(_sources, dict(PAGE_ARGUMENTS)),
        ),
        "stats": Field("Stats", "图谱概况 / the graph in numbers", _stats),
        "questions": Field("list[Question]", "缺口问题 / the gap questions", _questions),
        "queries": Field("list[NamedQuery]", "命名查询 / the named queries", _queries),
        "query": Field(
            "Rows",
            "运行命名查询 / run a named query",
            _with(_query, {"name": "str", "parameters": "JSON | None", "first": "int | None"}),
        ),
    }
    lists = {plural(kind.name): _list_of(kind) for kind in NODES.values()}
    text = "联图：产教融合知识图谱 / liantu: the graph of the linkages between industry and education"
    return declare("Query", text, given | lists | gap_fields())
