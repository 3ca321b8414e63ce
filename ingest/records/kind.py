"""What a record kind is (记录类型): its columns, and the nodes and edges that a row becomes. Data, no behaviour.

Header recognition, validation, the template, `docs/records.md` and the claims all derive from these declarations; one
module of `ingest/records/kinds/` declares one kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from graph.language import Text


class Form(StrEnum):
    """How the cells of a column are read; every form is one function of `ingest/records/values.py`."""

    NAME = "name"  # of one body, specialty or post
    TITLE = "title"  # of a group, platform or consortium: it may hold 、 and the like
    NAMES = "names"  # several names in one cell: A、B；C
    TEXT = "text"
    CHOICE = "choice"
    COUNT = "count"
    MONEY = "money"  # becomes yuan; the unit stands in the header or the cell
    YEAR = "year"
    DATE = "date"
    SCHOOL_CODE = "school_code"
    CREDIT_CODE = "credit_code"
    ORGANISATION_CODE = "organisation_code"  # of a school or of a company
    SPECIALTY_CODE = "specialty_code"


NAME_LIMIT: Final = 200
TEXT_LIMIT: Final = 4000
PRESENT: Final = ("*",)  # a condition that any value fulfils


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header `zh`, other headers that are taken for it, and what its cells hold.

    `choices` maps each value to the other spellings of it; an `open` column takes values beside its choices.
    """

    name: str
    zh: str
    en: str
    form: Form = Form.TEXT
    required: bool = False
    variants: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: bool = False
    example: str = ""

    @property
    def limit(self) -> int:
        """The most characters that a cell of this column may hold."""
        return TEXT_LIMIT if self.form in {Form.NAMES, Form.TEXT} else NAME_LIMIT


@dataclass(frozen=True, slots=True)
class ByChoice:
    """A node kind that depends on the row: on the value of `column`, else (`by_name`) on how the name ends."""

    column: str
    labels: Mapping[str, str]
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A node that a row states. `names` are columns (the union of several); `scope` is the key of another node.

    Without `names` the node is known by `code` alone, and its name is looked up in the register.
    """

    key: str
    label: str | ByChoice
    names: tuple[str, ...]
    code: str | None = None
    level: str | None = None  # the column of a specialty's level: with the name it may tell the national code
    scope: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IdOf:
    """An edge property that holds the id of another node of the row."""

    node: str


@dataclass(frozen=True, slots=True)
class ListedIn:
    """An edge property that is true where the edge's tail is named in `column` too, unknown where that is empty."""

    column: str


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge that a row claims, from the node `head` to the node `tail` (keys of `Node`).

    `when` and `unless` name values of columns on which it depends: all of them must (not) hold;
    `PRESENT` stands for any value. `observed` is the column of the date or year that the claim speaks of.
    The quote is made of head, tail and properties, or of head and the columns `words` where two edges say one thing.
    """

    kind: str
    head: str
    tail: str
    properties: Mapping[str, str | IdOf | ListedIn] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    observed: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: one row of a table, what it says, and in which column its status stands."""

    name: str
    title: Text
    about: Text
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    status: str | None = None

    def column(self, name: str) -> Column:
        """The column `name`; KeyError where the declaration names one that it lacks."""
        return {column.name: column for column in self.columns}[name]

    def node(self, key: str) -> Node:
        """The node `key`; KeyError where the declaration names one that it lacks."""
        return {node.key: node for node in self.nodes}[key]

    @property
    def used(self) -> frozenset[str]:
        """The columns that a claim rests on; others are read but say nothing yet."""
        used = {name for name in (self.status, *(edge.observed for edge in self.edges)) if name is not None}
        for node in self.nodes:
            used.update(
                node.names, node.properties.values(), (n for n in (node.code, node.level) if n is not None)
            )
            used.update((node.label.column,) if isinstance(node.label, ByChoice) else ())
        for edge in self.edges:
            used.update(edge.when, edge.unless)
            used.update(
                o if isinstance(o, str) else o.column
                for o in edge.properties.values()
                if not isinstance(o, IdOf)
            )
        return frozenset(used)
