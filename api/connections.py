"""Connections (分页列表): how lists of nodes, claims, sources and findings are typed and cut into pages."""

from __future__ import annotations

import inspect
import types
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import strawberry

from api.cursors import Page, PageRequest, encode, paged
from api.declare import Field, declare, registry
from api.session import Session

Info = strawberry.Info[Session, None]
Later = Callable[[], Awaitable[Any]]
"""Works out, for those who ask, what takes a query of its own."""

PAGE_ARGUMENTS: Final[dict[str, str]] = {
    "first": "int | None",
    "after": "str | None",
    "last": "int | None",
    "before": "str | None",
}


def _when_asked(name: str) -> Callable[..., Any]:
    """A resolver for what may take a query of its own: the value, or what works it out for those who ask."""

    def resolve(root: Any) -> Any:
        value = getattr(root, name)
        return value() if callable(value) else value

    return resolve


declare(
    "PageInfo",
    "一页的位置 / where a page stands in its list",
    {
        "has_next_page": Field("bool", "其后还有 / there is more after it", _when_asked("more_after")),
        "has_previous_page": Field("bool", "其前还有 / there is more before it", _when_asked("more_before")),
        "start_cursor": Field("str | None", "第一条的游标 / cursor of its first item"),
        "end_cursor": Field("str | None", "最后一条的游标 / cursor of its last item"),
    },
    private=("more_after", "more_before"),
)


def declare_connection(name: str, edge: str, node: str, description: str, nodes: Callable[..., Any]) -> None:
    """Declare the connection `name` of edges of type `edge`, with `nodes` as the short way past the edges."""
    declare(
        name,
        description,
        {
            "edges": Field(f"list[{edge}]", "本页各条及其游标 / the items of the page with their cursors"),
            "nodes": Field(f"list[{node}]", "本页各条，每个一次 / the items of the page, each once", nodes),
            "page_info": Field("PageInfo", "本页的位置 / where the page stands"),
            "total_count": Field("int", "总数 / how many there are in all", _when_asked("total")),
        },
        private=("total",),
    )


def declare_list(node: str, description: str) -> str:
    """Declare edge and connection for a plain list of `node`; returns the connection's name."""

    def nodes(root: Any) -> list[Any]:
        return [edge.node for edge in root.edges]

    declare(
        f"{node}Edge",
        f"{description}：一条 / one item",
        {"cursor": Field("str", "游标 / cursor"), "node": Field(node, "内容 / the item")},
    )
    declare_connection(f"{node}Connection", f"{node}Edge", node, f"{description}：一页 / a page", nodes)
    return f"{node}Connection"


def connection(name: str, scope: str, page: Page, ids: Sequence[str], edges: list[Any]) -> Any:
    """A connection of the declared type `name` over the page's `edges`; `ids` are those of the whole list."""
    shown = ids[page.start : page.stop]
    return connected(name, scope, shown, edges, page.has_previous, page.has_next, page.total)


def connected(
    name: str,
    scope: str,
    shown: Sequence[str],
    edges: list[Any],
    more_before: bool | Later,
    more_after: bool | Later,
    total: int | Later,
) -> Any:
    """A connection of the declared type `name` over `edges`, which stand at the ids `shown`."""
    return registry[name](
        edges=edges,
        page_info=registry["PageInfo"](
            more_after=more_after,
            more_before=more_before,
            start_cursor=encode(scope, shown[0]) if shown else None,
            end_cursor=encode(scope, shown[-1]) if shown else None,
        ),
        total=total,
    )


def listed(
    node: str,
    scope: str,
    ids: Sequence[str],
    request: PageRequest,
    largest: int,
    items: Callable[[int, int], list[Any]],
) -> Any:
    """A page of a plain list of `node`: `ids` in ascending order, `items(start, stop)` gives the part that is shown."""
    page = paged(ids, request, scope, largest)
    made = items(page.start, page.stop) if page.stop > page.start else []
    edges = [
        registry[f"{node}Edge"](cursor=encode(scope, identifier), node=item)
        for identifier, item in zip(ids[page.start : page.stop], made, strict=True)
    ]
    return connection(f"{node}Connection", scope, page, ids, edges)


def with_arguments(
    resolver: Callable[..., Any], arguments: Mapping[str, str], defaults: Mapping[str, Any]
) -> Callable[..., Any]:
    """Give a resolver that takes `**arguments` the GraphQL arguments named, each with its type as text.

    What a query leaves out is not passed, unless `defaults` has a value for it.
    """
    anyway = [
        inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
    ]
    given = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=defaults.get(
                name, strawberry.UNSET if kind.endswith("| None") else inspect.Parameter.empty
            ),
            annotation=registry_type(kind),
        )
        for name, kind in arguments.items()
    ]
    resolver.__signature__ = inspect.Signature([*anyway, *given])  # type: ignore[attr-defined]
    return resolver


def registry_type(kind: str) -> Any:
    """The Python type of an argument written as text."""
    base = kind.removesuffix(" | None")
    item = base.removeprefix("list[").removesuffix("]")
    made = registry[item] if item == base else types.GenericAlias(list, (registry[item],))
    return made | None if base != kind else made
