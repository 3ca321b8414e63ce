"""Finding nodes by name (按名称查找): candidates in, ranked rows out, the same on every engine.

Rank 0: the name is the text; 1: an alias is; 2: the name begins with it; 3: an alias does; 4: the name holds it;
5: an alias does. Inside a rank the shorter name comes first, then the smaller id.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from graph.identity import normalise_name

_FAR: Final = 3
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
    wanted = normalise_name(text)
    places = []
    for row, search in enumerate(candidates.column("search").to_pylist()):
        place = _rank(wanted, search)
        if place is not None:
            places.append((place, search.index("\n") if "\n" in search else len(search), row))
    ids = candidates.column("id").to_pylist()
    places.sort(key=lambda found: (found[0], found[1], ids[found[2]]))
    best = places[: max(limit, 0)]
    kept = candidates.take(pa.array([row for _, _, row in best], pa.int64())).drop_columns(["search"])
    return (
        kept.append_column("rank", pa.array([rank for rank, _, _ in best], pa.int64()))
        .select(FOUND.names)
        .cast(FOUND)
    )


def _rank(wanted: str, search: str) -> int | None:
    name, *aliases = search.split("\n")
    own = _closeness(wanted, name)
    alias = min((_closeness(wanted, alias) for alias in aliases), default=_FAR)
    best = min(2 * own, 2 * alias + 1)
    return best if best < 2 * _FAR else None


def _closeness(wanted: str, name: str) -> int:
    if wanted not in name:
        return _FAR
    return 0 if name == wanted else 1 if name.startswith(wanted) else 2
