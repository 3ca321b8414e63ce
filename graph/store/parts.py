"""A graph in parts that fit in memory (分段读取): the nodes of a kind page by page, claims by groups of sources.

Where the parts are cut depends on nothing but what the graph holds: equal graphs have equal parts on every engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from graph.claims import CLAIMS
from graph.store.schema import edge_kinds

if TYPE_CHECKING:
    from graph.store.protocol import View

PAGE_NODES: Final = 50_000
GROUP_CLAIMS: Final = 250_000


def node_pages(view: View, label: str) -> Iterator[pa.Table]:
    """The nodes of a kind in the order of their ids, `PAGE_NODES` at a time; at least one page, be it empty."""
    after: str | None = ""
    while after is not None:
        page = view.nodes(label, after=after, limit=PAGE_NODES)
        yield page
        after = following(page)


def following(page: pa.Table) -> str | None:
    """The id after which the next page begins, none where this was the last one."""
    return None if page.num_rows < PAGE_NODES else str(page.column("id")[-1].as_py())


def source_groups(sources: Iterable[dict[str, Any]], size: int | None = None) -> Iterator[list[str]]:
    """The ids of `sources` (rows of `View.sources`, in their order), in groups of up to `size` claims (`GROUP_CLAIMS`).

    A source is never divided: one that has more claims is a group of its own. At least one group, be it empty.
    """
    most = GROUP_CLAIMS if size is None else size
    group: list[str] = []
    held = 0
    for row in sources:
        if group and held + row["claims"] > most:
            yield group
            group, held = [], 0
        group.append(row["id"])
        held += row["claims"]
    yield group


def claims_of(view: View, sources: list[str]) -> pa.Table:
    """All claims of these sources as the graph holds them, of schema `CLAIMS`; ordered by source, then id."""
    tables = [view.edges(kind.name, sources=sources) for kind in edge_kinds()]
    together = pa.concat_tables([CLAIMS.empty_table(), *tables], promote_options="permissive")
    return together.select(CLAIMS.names).sort_by([("source", "ascending"), ("id", "ascending")])
