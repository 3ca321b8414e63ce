"""Finding nodes by name on Neo4j (按名称查找); see `graph.store.find` for what is found and in which order.

The full-text index has the bigrams of Chinese names. A phrase of bigrams is the text itself, so the index gives all names
that hold it, without a scan; other texts are found by the text index. What is found is ranked by the server, which looks
only at the best whether this version shows them: nearly always it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pyarrow as pa

from graph.identity import label_of, normalise_name
from graph.ontology import NODES, node_kind
from graph.store.find import FOUND, ranked, search_text
from graph.store.neo4j.schema import NAMES_INDEX
from graph.store.neo4j.steps import Found, Steps
from graph.store.neo4j.visible import node_visible
from graph.store.schema import quoted

_LONGEST: Final = 200  # longer than any name: a text to find is cut here
_BIGRAMS: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_CANDIDATES: Final = pa.schema(
    [
        *((name, FOUND.field(name).type) for name in ("id", "label", "name", "aliases")),
        ("search", pa.string()),
    ]
)
_RANKED: Final = """
WITH n, split(n.search, '\\n') AS names
WITH n, names[0] AS own, names[1..] AS others
WITH n, size(own) AS length,
     CASE WHEN own = $text THEN 0 WHEN $text IN others THEN 1
          WHEN own STARTS WITH $text THEN 2 WHEN any(other IN others WHERE other STARTS WITH $text) THEN 3
          WHEN own CONTAINS $text THEN 4 ELSE 5 END AS rank
ORDER BY rank, length, n.id LIMIT $limit
"""
_RETURN: Final = f"RETURN n.id, n.name, n.aliases, n.search, {node_visible('n')}"

Ask = Callable[[str, Mapping[str, object], str], Steps[Found]]
NodesOf = Callable[[str, Sequence[str]], Steps[pa.Table]]


def find(ask: Ask, nodes: NodesOf, text: str, labels: Sequence[str] | None, limit: int) -> Steps[pa.Table]:
    """The steps to the best `limit` nodes by name or alias; see `graph.store.protocol.View.find`.

    `ask` puts a statement, `nodes` gives nodes of a kind by their ids.
    """
    text = text[:_LONGEST]
    wanted = normalise_name(text)
    kinds = [node_kind(label).name for label in labels] if labels is not None else list(NODES)
    if not wanted or not kinds or limit < 1:
        return FOUND.empty_table()
    parameters: dict[str, object] = {"text": wanted}
    if _BIGRAMS.fullmatch(wanted):
        parameters |= {"index": NAMES_INDEX, "phrase": f'"{wanted}"'}
        candidates = "CALL db.index.fulltext.queryNodes($index, $phrase) YIELD node AS n WITH n "
    else:
        candidates = "MATCH (n:Node) "
    candidates += "WHERE n.search CONTAINS $text"
    if labels is not None:
        candidates += f" AND ({' OR '.join(f'n:{quoted(kind)}' for kind in kinds)})"
    enough = 2 * limit + 10
    rows, past = yield from ask(f"{candidates}{_RANKED}{_RETURN}", {**parameters, "limit": enough}, "find")
    shown = [row for row in rows if row[-1]]
    if past or (len(rows) == enough and len(shown) < limit):
        # A row that has changed since may have been found by the name that it had, or by none.
        statement = f"{candidates} AND {node_visible('n')}{_RANKED}{_RETURN}"
        while True:
            shown, later = yield from ask(statement, {**parameters, "limit": limit + len(past)}, "find")
            if later.keys() == past.keys():
                break
            past = later
    kept = [row[:4] for row in shown if row[0] not in past]
    for kind in kinds:
        ids = [one for one in past if label_of(one) == kind]
        for row in (yield from nodes(kind, ids)).to_pylist() if ids else ():
            search = search_text(row["name"], row["aliases"])
            if wanted in search:
                kept.append([row["id"], row["name"], row["aliases"], search])
    rows = [[row[0], label_of(row[0]), row[1], row[2] or [], row[3]] for row in kept]
    columns = list(zip(*rows, strict=True)) or [()] * len(_CANDIDATES)
    found = [pa.array(column, field.type) for column, field in zip(columns, _CANDIDATES, strict=True)]
    return ranked(text, pa.Table.from_arrays(found, schema=_CANDIDATES), limit)
