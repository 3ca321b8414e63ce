"""What a record kind is (记录类型): its columns, and the nodes and edges that a row becomes. Data, no behaviour.

Header recognition, validation, the template, the pages of `docs/` and the claims all derive from these declarations; one
module of `ingest/records/kinds/` declares one kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final, Literal

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
    INDUSTRY_CODE = "industry_code"  # GB/T 4754, a section (C) or finer (36)
    REGION_CODE = "region_code"  # GB/T 2260


NAME_LIMIT: Final = 200
TEXT_LIMIT: Final = 4000
PRESENT: Final = ("*",)  # a condition that any value fulfils


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header `zh`, other headers that are taken for it, and what its cells hold.

    `choices` maps each value to the other spellings of it; an `open` column takes values beside its choices.
    Of the `variants`, a `spare` one counts only where no other header of the table is the column.
    `otherwise` is the column that it is where the table lacks that one and the cells are choices of it (类型: 牵头单位).
    A name may be `several`: a row is then as many rows as its cell has names (`ingest.records.several`).
    """

    name: str
    zh: str
    en: str
    form: Form = Form.TEXT
    required: bool = False
    variants: tuple[str, ...] = ()
    spare: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: bool = False
    several: bool = False
    otherwise: str = ""
    example: str = ""

    @property
    def limit(self) -> int:
        """The most characters that a cell of this column may hold."""
        long = self.several or self.form in {Form.NAMES, Form.TEXT}
        return TEXT_LIMIT if long else NAME_LIMIT


@dataclass(frozen=True, slots=True)
class ByChoice:
    """A node kind that depends on the row: on the value of `column`, else (`by_name`) on how the name ends."""

    column: str
    labels: Mapping[str, str]
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A node that a row states. `names` are columns (the union of several); `scope` is the key of another node.

    Without `names` the node is known by `code` alone, and its name is looked up in the register; `by_code` says that
    so it is where the cell of the name is empty. `number` is the column of a number that means something inside the
    scope only: a school's own number of a specialty (专业号), which `ingest.resolve` joins to what the school says of it.
    `identity` is the column that tells it from others where its name does not: the key of a document, of a task.
    Where the name of `owner` (the key of a school) is not in the name, it goes in front: 校内实训基地 is in every school.
    """

    key: str
    label: str | ByChoice
    names: tuple[str, ...]
    code: str | None = None
    identity: str | None = None
    level: str | None = None  # the column of a specialty's level: with the name it may tell the national code
    scope: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    number: str | None = None
    owner: str | None = None
    by_code: bool = False
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derived:
    """A column that no header gives: the year of the date `origin`, another word for its value, or one `value`."""

    column: Column
    origin: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a group: how many of its rows fulfil `when`, or the sum or mean of the column `origin`."""

    column: Column
    how: Literal["rows", "sum", "mean"] = "rows"
    origin: str | None = None
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    `together` are figures that several names of a cell may have as one: what each has of it is unknown, and the quote
    tells the figure.
    """

    kind: str
    head: str
    tail: str
    properties: Mapping[str, str | IdOf | ListedIn] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    observed: str | None = None
    words: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What the rows of a table say only together (汇总): rows alike in the columns `by` are counted while they are read.

    The edges see one row a group, its `measures` as columns. `people` says that a row is a person: groups smaller than
    the setting `small_group` are then suppressed (`ingest.small_groups`).
    """

    by: tuple[str, ...]
    measures: tuple[Measure, ...]
    edges: tuple[Edge, ...]
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold between columns of a row or between rows (核验规则): a finding of the quality report, no reject.

    `at_most`: the number in `left` is no larger than that in `right`; `one_to_one`: a value of `left` has one of `right`.
    """

    check: Literal["at_most", "one_to_one"]
    left: str
    right: str


@dataclass(frozen=True)  # without slots: what is derived is kept
class RecordKind:
    """A kind of record: one row of a table, what it says, and in which column its status stands.

    A table of the national standard is `standard`: of its columns only those are read that a claim or a check needs,
    and `personal` are fields of persons, known so that they are dropped. `left` says why a table gives no claims at all.
    Rows that fulfil `without` are marked as deleted and say nothing; `key` is the column that tells rows apart.
    """

    name: str
    title: Text
    about: Text
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    status: str | None = None
    groups: tuple[Group, ...] = ()
    derived: tuple[Derived, ...] = ()
    rules: tuple[Rule, ...] = ()
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str | None = None
    period: str | None = None  # the column whose date tells the period that a row reports
    school: str | None = None  # the column of the code of the school that reports
    standard: bool = False
    personal: tuple[Column, ...] = ()
    left: Text | None = None

    def column(self, name: str) -> Column:
        """The column `name`, read or derived; KeyError where the declaration names one that it lacks."""
        every = (
            *self.columns,
            *(item.column for item in self.derived),
            *(measure.column for group in self.groups for measure in group.measures),
        )
        return {column.name: column for column in every}[name]

    def node(self, key: str) -> Node:
        """The node `key`; KeyError where the declaration names one that it lacks."""
        return {node.key: node for node in self.nodes}[key]

    @cached_property
    def all_edges(self) -> tuple[Edge, ...]:
        """What single rows claim, then what groups of rows do."""
        return (*self.edges, *(edge for group in self.groups for edge in group.edges))

    @cached_property
    def used(self) -> frozenset[str]:
        """The columns that a claim rests on; others are read but say nothing yet."""
        used: set[str | None] = {self.status, *self.without}
        for node in self.nodes:
            used.update((*node.names, *node.properties.values(), *node.when))
            used.update((node.code, node.identity, node.level, node.number))
            used.update((node.label.column,) if isinstance(node.label, ByChoice) else ())
        for edge in self.all_edges:
            used.update((edge.observed, *edge.when, *edge.unless, *edge.words))
            used.update(
                o if isinstance(o, str) else o.column
                for o in edge.properties.values()
                if not isinstance(o, IdOf)
            )
        for group in self.groups:
            used.update((*group.by, *group.when))
            used.update(name for measure in group.measures for name in (measure.origin, *measure.when))
        used.update(item.origin for item in self.derived)
        return frozenset(column.name for column in self.columns if column.name in used)

    @cached_property
    def kept(self) -> frozenset[str]:
        """The columns that are read at all; nothing of the others leaves the reader."""
        if not self.standard:
            return frozenset(column.name for column in self.columns)
        checks: set[str | None] = {self.key, self.period, self.school}
        for rule in self.rules:
            checks.update((rule.left, rule.right))
        return self.used | {
            column.name for column in self.columns if column.name in checks or column.required
        }
