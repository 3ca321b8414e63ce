"""Which nodes of a kind are wanted (节点筛选): bounds on the id, words of the name, values of properties.

What is compared with goes into parameters; the names of properties are looked up in the kind's own columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import LiantuError
from graph.store.schema import node_columns, quoted


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine says it: its function for lower case."""

    lower: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The nodes of the kind `label` that `View.nodes` was asked for; `claim.property` for a property it has not."""

    label: str
    after: str | None = None
    before: str | None = None
    named: str | None = None
    equal: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = set(node_columns(self.label).names) - {"id", "aliases"}
        for name in self.equal:
            if name not in known:
                raise LiantuError(
                    "claim.property", kind=self.label, name=name, value=self.equal[name], expected="–"
                )

    @property
    def by_values(self) -> bool:
        """Whether it looks at more than the ids."""
        return bool(self.named or self.equal)

    def values(self) -> dict[str, object]:
        """What conditions on values compare with; a new mapping."""
        given: dict[str, str | int | None] = {"named": self.named or None}
        given |= {f"equal_{name}": value for name, value in self.equal.items()}
        return {name: value for name, value in given.items() if value is not None}

    def by_value(self, dialect: Dialect) -> list[str]:
        """The conditions on values of the node `n`."""
        lower = dialect.lower
        named = [f"{lower}(n.`name`) CONTAINS {lower}($named)"] if self.named else []
        return [*named, *(f"n.{quoted(name)} = $equal_{name}" for name in self.equal)]

    def parameters(self) -> dict[str, object]:
        """What all conditions compare with; a new mapping."""
        bounds = {"after": self.after, "before": self.before}
        return {**{name: value for name, value in bounds.items() if value is not None}, **self.values()}

    def where(self, dialect: Dialect) -> str:
        """All conditions as a clause; nothing where there are none."""
        bounds = [("n.`id` > $after", self.after), ("n.`id` < $before", self.before)]
        found = [condition for condition, value in bounds if value is not None] + self.by_value(dialect)
        return f"WHERE {' AND '.join(found)}" if found else ""

    @staticmethod
    def cut(limit: int | None, *, backwards: bool) -> str:
        """The clause that leaves the first or the last `limit` nodes."""
        if limit is None:
            return ""
        return f"ORDER BY n.`id` {'DESC' if backwards else 'ASC'} LIMIT {int(limit)}"

    def between(self, identifier: str) -> bool:
        """Whether an id is within the bounds."""
        return (self.after is None or identifier > self.after) and (
            self.before is None or identifier < self.before
        )

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of the kind is wanted, decided here and not by an engine."""
        return (
            self.between(row["id"])
            and (not self.named or self.named.lower() in row["name"].lower())
            and all(row.get(name) == value for name, value in self.equal.items())
        )
