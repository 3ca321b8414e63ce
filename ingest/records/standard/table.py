"""One table of the standard as a record kind (标准表): what every such table has, so that `links/` says only the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.language import Text
from ingest.records.kind import Column, Derived, Edge, Form, Group, Node, RecordKind, Rule
from ingest.records.standard import personal_columns, standard_columns, tables

SCHOOL: Final = Node("school", "School", (), code="xxdm")
SPECIALTY: Final = Node("specialty", "Specialty", ("zymc",), number="zyh", scope="school")
BY_NUMBER: Final = Node("specialty", "Specialty", (), number="zyh", scope="school")
COLLECTED: Final = "sjcjsj"
DELETED: Final = {"sjztm": ("删除",)}
YEAR: Final = Derived(Column("year", "年份", "Year", Form.YEAR), COLLECTED)

_SECONDARY: Final = "ODS_ZZ"


def is_secondary(table: str) -> bool:
    """Whether a table is of the standard of secondary schools (中职)."""
    return table.startswith(_SECONDARY)


def constant(name: str, zh: str, value: str, *, values: tuple[str, ...] = ()) -> Derived:
    """A column that has one value in every row of the table."""
    choices = dict.fromkeys(values or (value,), ())
    return Derived(Column(name, zh, name, Form.CHOICE, choices=choices), value=value)


def table(
    name: str,
    en: str,
    *,
    required: tuple[str, ...],
    nodes: tuple[Node, ...] = (),
    edges: tuple[Edge, ...] = (),
    groups: tuple[Group, ...] = (),
    derived: tuple[Derived, ...] = (),
    rules: tuple[Rule, ...] = (),
    forms: Mapping[str, Form] | None = None,
    status: str | None = None,
    examples: Mapping[str, str] | None = None,
    left: Text | None = None,
) -> RecordKind:
    """The record kind of the table `name`; `en` says in English what a row is."""
    columns = standard_columns(name, required=required, forms=forms, examples=examples)
    names = {column.name for column in columns}
    college = Text("中职", "secondary") if is_secondary(name) else Text("高职", "college")
    title = tables()[name]
    return RecordKind(
        name=name,
        title=Text(title, f"{en} (national standard, {college.en})"),
        about=Text(
            f"国家数据标准（{college.zh}）的“{title}”子类表，表头可用字段代码、中文名或两者并用；只读取下列各列。",
            f"A table of the national data standard ({college.en}), headed by field codes, Chinese names or both; only "
            "these columns are read.",
        ),
        columns=columns,
        nodes=nodes,
        edges=edges,
        groups=groups,
        derived=tuple(item for item in derived if item.origin is None or item.origin in names),
        rules=rules,
        status=status,
        without=DELETED if "sjztm" in names else {},
        key="zjsjwyxbs",
        period=COLLECTED,
        school="xxdm",
        standard=True,
        personal=personal_columns(name),
        left=left,
    )
