"""Cypher that somebody types, on Neo4j (即席查询): made to see one version, and its values without book-keeping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import pyarrow as pa
from neo4j.exceptions import ClientError
from neo4j.graph import Node, Path, Relationship

from graph.errors import LiantuError
from graph.language import Text
from graph.ontology import NODES, SOURCE
from graph.store.adhoc import answer, checked
from graph.store.neo4j.state import Row, State
from graph.store.neo4j.steps import Asked, Found, Steps
from graph.store.neo4j.visible import PARTS, PAST, NotUnderstoodError, prepared, source_parameter

T = TypeVar("T")
_PLACE: Final = re.compile(r" \(line \d+, column \d+ \(offset: \d+\)\)")


def cypher(
    state: State,
    text: str,
    parameters: Mapping[str, object],
    limit: int,
    seconds: float | None,
    parts_of: Callable[[object], Steps[list[int]]],
) -> Steps[pa.Table]:
    """The steps to the first `limit` rows of a reading statement; see `graph.store.protocol.View.cypher`.

    `parts_of` tells the numbers of the parts of a source.
    """
    statement = checked(text, parameters)
    known = {**parameters, **state.parameters}
    source = _understood(lambda: source_parameter(statement))
    if source:
        known[PARTS] = yield from parts_of(parameters[source])

    def asked(past: Mapping[str, Row]) -> Steps[Found]:
        values = known | ({PAST: past} if past else {})
        return (
            yield Asked(
                _understood(lambda: prepared(statement, past=bool(past))), values, "cypher", limit, seconds
            )
        )

    (columns, *rows), past = yield from asked({})
    while past:  # as in a named query
        (columns, *rows), later = yield from asked(past)
        if later.keys() == past.keys():
            break
        past = later
    return answer(columns, [[_known(value, past) for value in row] for row in rows])


@contextmanager
def said() -> Iterator[None]:
    """What the server has against a text as `query.invalid`, without the place: it counts in the text that it got."""
    try:
        yield
    except ClientError as error:
        reason = (error.message or error.code or "").partition("\n")[0]
        raise LiantuError("query.invalid", reason=_PLACE.sub("", reason)[:300]) from None


def _understood(read: Callable[[], T]) -> T:
    """What is read from a text, or `query.refused` where visibility cannot be added to it."""
    try:
        return read()
    except NotUnderstoodError as error:
        reason = Text(
            f"在 Neo4j 上须看得出各模式读的是哪个版本：独立的节点写明类型，每段关系单独写，条件写在 WHERE 中（{error}）",
            "on Neo4j it must be plain which version each pattern reads: give a node that stands alone its kind, write "
            f"every hop by itself, and conditions after WHERE ({error})",
        )
        raise LiantuError("query.refused", reason=reason) from None


def _known(value: Any, past: Mapping[str, Row]) -> Any:
    """A value of the driver as plain ones; nodes as they were in the version that is read."""
    if isinstance(value, Node):
        label = next((one for one in value.labels if one in NODES or one == SOURCE.name), "")
        row = past.get(str(value.get("id")))
        return {"_label": label, **(row or dict(value))} if label else {}
    if isinstance(value, Relationship):
        return {"_label": value.type, **value}
    if isinstance(value, Path):
        nodes, claims = ([_known(one, past) for one in many] for many in (value.nodes, value.relationships))
        return {"_nodes": nodes, "_rels": claims}
    if isinstance(value, list):
        return [_known(one, past) for one in value]
    if isinstance(value, Mapping):
        return {name: _known(one, past) for name, one in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
