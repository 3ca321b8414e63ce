"""Finding nodes by name (按名称查找): candidates in, ranked rows out, the same on every engine.

Rank 0: the name is the text; 1: an alias is; 2: the name begins with it; 3: an alias does; 4: the name holds it;
5: an alias does. Inside a rank the shorter name comes first, then the smaller id.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import normalise_name

FOUND: Final = pa.schema(
    [
        ("id", pa.string()),
        ("label", pa.string()),
        ("name", pa.string()),
        ("aliases", pa.list_(pa.string())),
        ("rank", pa.int64()),
    ]
)


def search_text(name: str, aliases: list[str]) -> str:
    """The names of a node as they are compared, one a line (a normalised name has no line break), its own first."""
    return "\n".join([normalise_name(name), *(normalise_name(alias) for alias in aliases)])


def searchable(rows: pa.Table) -> pa.Table:
    """Rows of nodes with the column `search` after `aliases`."""
    names, aliases = rows.column("name").to_pylist(), rows.column("aliases").to_pylist()
    texts = [search_text(name, others) for name, others in zip(names, aliases, strict=True)]
    return rows.add_column(3, "search", pa.array(texts, pa.string()))


def ranked(text: str, candidates: pa.Table, limit: int) -> pa.Table:
    """The best `limit` of `candidates` (columns `id`, `label`, `name`, `aliases`, `search`), as `FOUND`."""
    wanted, search = normalise_name(text), candidates.column("search")
    candidates, search = (part.filter(pc.match_substring(search, wanted)) for part in (candidates, search))
    own = pc.list_element(pc.split_pattern(search, "\n", max_splits=1), 0) if len(search) else search
    lines = pc.binary_join_element_wise(search, "", "\n")  # every alias between two line breaks
    tests = pc.make_struct(
        pc.equal(own, wanted),
        pc.match_substring(lines, f"\n{wanted}\n"),
        pc.starts_with(own, wanted),
        pc.match_substring(lines, f"\n{wanted}"),
        pc.match_substring(own, wanted),
    )
    rank = pc.case_when(tests, *(pa.scalar(number, pa.int64()) for number in range(6)))
    order = pa.table({"rank": rank, "length": pc.utf8_length(own), "id": candidates.column("id")})
    best = pc.sort_indices(order, [(name, "ascending") for name in order.column_names])[: max(limit, 0)]
    kept = candidates.take(best).drop_columns(["search"]).append_column("rank", pc.take(rank, best))
    return kept.select(FOUND.names).cast(FOUND)
