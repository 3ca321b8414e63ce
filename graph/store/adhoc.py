"""Cypher that somebody types (即席查询): only statements that read get as far as an engine, which then reads only, too.

The words are looked for outside of quotes and comments. What the engines do not understand alike in a text (`\\u0060` is
a backtick to one of them, wherever it stands) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pyarrow as pa

from graph.errors import LiantuError
from graph.language import Text
from graph.ontology import NODES, SOURCE
from graph.store.schema import edge_columns, node_columns

ROWS: Final = 1000
"""The most rows of an answer, where nobody says otherwise."""

REFUSED: Final = (
    "ALTER",
    "ATTACH",
    "CALL",
    "CHECKPOINT",
    "COPY",
    "CREATE",
    "DELETE",
    "DETACH",
    "DROP",
    "EXPORT",
    "FOREACH",
    "IMPORT",
    "INSTALL",
    "LOAD",
    "MERGE",
    "REMOVE",
    "SET",
    "UNINSTALL",
    "USE",
)
_BEGINS: Final = ("MATCH", "OPTIONAL", "RETURN", "UNWIND", "WITH")
_LONGEST: Final = 20_000
_PARTS: Final = re.compile(
    r"(?P<quoted>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`)|(?P<comment>//[^\n]*|/\*.*?\*/)",
    re.DOTALL,
)
_WORD: Final = re.compile(r"(?<![.\w$])(?:" + "|".join(REFUSED) + r")\b", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z_]\w*")
_OWN: Final = frozenset({"newestLoad", "deadLoads", "pastRows", "sourceParts"})


def checked(text: str, parameters: Mapping[str, object]) -> str:
    """The text without its comments; `query.refused` where it may do more than read, or could be read in two ways."""
    if len(text) > _LONGEST:
        raise _refused(Text(f"超过 {_LONGEST} 字", f"it is longer than {_LONGEST} characters"))
    if re.search(r"\\u", text, re.IGNORECASE):
        raise _refused(
            Text(
                "含 \\u 转义；请直接写该字符，或作为参数给出",
                "it has a \\u escape: write the character, or a parameter",
            )
        )
    plain = _PARTS.sub(lambda part: part[0] if part["quoted"] else " ", text).strip().rstrip(";").rstrip()
    bare = _PARTS.sub(" ", plain).strip()
    if re.search(r"['\"`;]", bare):
        raise _refused(Text("含分号或未闭合的引号", "it has a semicolon or a quote that is not closed"))
    word = _WORD.search(bare)
    if word:
        raise _refused(Text(f"含 {word[0].upper()}", f"it says {word[0].upper()}"))
    first = re.match(r"\w*", bare)
    if first is None or first[0].upper() not in _BEGINS:
        raise _refused(
            Text(f"应以 {'、'.join(_BEGINS)} 之一开头", f"it must begin with one of {', '.join(_BEGINS)}")
        )
    for name in re.findall(r"\$(\w+)", bare):
        if name not in parameters:
            raise LiantuError("query.parameter", name="cypher", reason=f"${name} = ?")
    for name in parameters:
        if not _NAME.fullmatch(name) or name in _OWN:
            raise LiantuError("query.parameter", name="cypher", reason=name[:80])
    return plain


def _refused(reason: Text) -> LiantuError:
    return LiantuError("query.refused", reason=reason)


def plain(value: Any) -> Any:
    """A value of an answer without what belongs to an engine: nodes and claims as their declared properties."""
    if isinstance(value, Mapping):
        own = {name.lower(): one for name, one in value.items() if name.startswith("_")}
        if "_rels" in own:
            return {"nodes": plain(own["_nodes"]), "claims": plain(own["_rels"])}
        label = own.get("_label")
        if isinstance(label, str):
            columns = node_columns(label) if label in NODES or label == SOURCE.name else edge_columns(label)
            return {name: plain(value[name]) for name in columns.names if value.get(name) is not None}
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, timedelta | UUID):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return value


def answer(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows as a table; a column whose values have no common type is text."""
    made = []
    for place in range(len(columns)):
        values = [plain(row[place]) for row in rows]
        try:
            made.append(pa.array(values))
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            made.append(pa.array([None if value is None else str(value) for value in values], pa.string()))
    return pa.table(made, names=list(columns))
