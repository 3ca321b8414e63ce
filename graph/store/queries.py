"""The named queries (命名查询): each a file of `cypher/`, whose head says what it asks, takes and gives.

    // question (en): Which consortia are there?
    // 问题: 有哪些产教联合体？
    // parameter: level text = '' — only those of this level; empty: all
    // columns: consortium, name, level
    // titles: name = 联合体 / consortium; level = 级次 / level

The columns with a title, in both languages, are those that people read, in that order; the others (ids beside
names) are for programs. A parameter without a default must be given. Values travel as parameters, never as part of
the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from graph.errors import LiantuError
from graph.language import Text

ParameterValue = str | int | float | bool
_PYTHON_TYPES: Final[Mapping[str, type]] = {"text": str, "integer": int, "number": float, "boolean": bool}
_PARAMETER = re.compile(r"(?P<name>[a-z_]+) (?P<type>[a-z]+)(?: = (?P<default>.+?))? — (?P<meaning>.+)")
_HEADER = re.compile(r"//\s*(question \(en\)|问题|parameter|columns|titles):\s*(.+)")
_TITLE = re.compile(r"([a-z_]+) = (.+?) / (.+)")
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: `type` is text, integer, number or boolean; `default` is None where it is required."""

    name: str
    type: str
    default: ParameterValue | None
    meaning: str

    def value(self, query: str, given: object) -> ParameterValue:
        """`given` as this parameter's type (text is read, as a command line gives it), else `query.parameter`."""
        if self.type == "text" and isinstance(given, str):
            if len(given) > _LONGEST:
                raise LiantuError("query.parameter", name=query, reason=f"{self.name}: > {_LONGEST}")
            return given
        if self.type != "text" and isinstance(given, str):
            try:
                given = json.loads(given)
            except ValueError:
                raise self._wrong(query, given) from None
        if self.type == "boolean" and isinstance(given, bool):
            return given
        if (
            self.type == "integer"
            and isinstance(given, int)
            and not isinstance(given, bool)
            and abs(given) < 2**63
        ):
            return given
        if self.type == "number" and isinstance(given, int | float) and not isinstance(given, bool):
            return float(given)
        raise self._wrong(query, given)

    def _wrong(self, query: str, given: object) -> LiantuError:
        shown = str(given)[:40]
        return LiantuError("query.parameter", name=query, reason=f"{self.name} = {shown!r} ({self.type}?)")


@dataclass(frozen=True, slots=True)
class Query:
    """A named query: what it asks, its parameters, its columns, its text, and the titles of the columns for people."""

    name: str
    question: Text
    parameters: Mapping[str, Parameter]
    columns: tuple[str, ...]
    text: str
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that the rows are ordered by: texts by code points, null last."""
        return tuple(re.findall(r"\w+", self.text.rpartition("ORDER BY")[2]))

    def bind(self, given: Mapping[str, object]) -> dict[str, ParameterValue]:
        """All parameters with their values; `query.parameter` for one unknown, missing or of a wrong type."""
        for name in given:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "–"
                raise LiantuError("query.parameter", name=self.name, reason=f"{str(name)[:40]} ∉ {known}")
        values: dict[str, ParameterValue] = {}
        for name, parameter in self.parameters.items():
            if given.get(name) is not None:
                values[name] = parameter.value(self.name, given[name])
            elif parameter.default is not None:
                values[name] = parameter.default
            else:
                raise LiantuError("query.parameter", name=self.name, reason=f"{name} = ?")
        return values


@cache
def queries() -> Mapping[str, Query]:
    """All queries by name, in the order of their names."""
    folder = files("cypher")
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".cypher"))
    parsed = (
        parse(name.removesuffix(".cypher"), (folder / name).read_text(encoding="utf-8")) for name in found
    )
    return MappingProxyType({query.name: query for query in parsed})


def query_named(name: str) -> Query:
    """The query `name`; `query.unknown` where there is none."""
    try:
        return queries()[name]
    except KeyError:
        raise LiantuError("query.unknown", name=name[:80]) from None


def parse(name: str, source: str) -> Query:
    """A query from the text of its file; `ValueError` where the head is not of the form above."""
    heads: dict[str, list[str]] = {}
    body: list[str] = []
    for line in source.splitlines():
        match = _HEADER.fullmatch(line.strip())
        if match:
            heads.setdefault(match[1], []).append(match[2].strip())
        elif not line.strip().startswith("//"):
            body.append(line)
    missing = {"question (en)", "问题", "columns"} - heads.keys()
    if missing:
        raise ValueError(f"{name}: the head lacks {', '.join(sorted(missing))}")
    columns = tuple(column.strip() for column in heads["columns"][0].split(","))
    return Query(
        name=name,
        question=Text(zh=heads["问题"][0], en=heads["question (en)"][0]),
        parameters=MappingProxyType(
            {p.name: p for p in (_parameter(name, t) for t in heads.get("parameter", []))}
        ),
        columns=columns,
        text="\n".join(body).strip(),
        titles=MappingProxyType(_titles(name, heads.get("titles", []), columns)),
    )


def _titles(query: str, lines: list[str], columns: tuple[str, ...]) -> dict[str, Text]:
    titles: dict[str, Text] = {}
    for word in (part for line in lines for part in line.split(";")):
        match = _TITLE.fullmatch(word.strip())
        if match is None or match[1] not in columns:
            raise ValueError(f"{query}: title {word!r} is not `column = 中文 / English`")
        titles[match[1]] = Text(zh=match[2], en=match[3])
    return titles


def _parameter(query: str, text: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if match is None or match["type"] not in _PYTHON_TYPES:
        raise ValueError(f"{query}: parameter {text!r} is not `name type = default — meaning`")
    default: ParameterValue | None = None
    if match["default"] is not None:
        default = match["default"][1:-1] if match["type"] == "text" else json.loads(match["default"])
    return Parameter(match["name"], match["type"], default, match["meaning"])
