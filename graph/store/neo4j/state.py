"""What a Neo4j graph shows (可见状态): the version, which loads it shows, and rows of nodes that were replaced since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import neo4j

from graph.errors import LiantuError
from graph.store.neo4j.visible import DEAD, NEWEST

GRAPH: Final = "(g:Graph {id: 'liantu'})"
LAYOUT: Final = 2  # of what lies in the database; one that was made in another cannot be read
STATE: Final = f"MATCH {GRAPH} RETURN g.state AS state, g.layout AS layout"
SINCE: Final = (
    f"MATCH {GRAPH} OPTIONAL MATCH (p:Past) WHERE p.number > $version "
    "RETURN g.floor AS floor, collect([p.number, p.rows]) AS past"
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """A version: it shows all loads up to `newest` but those in `dead`."""

    version: int
    newest: int
    dead: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name of the version."""
        return f"{self.version:06d}"

    @property
    def parameters(self) -> dict[str, object]:
        """The parameters of `graph.store.neo4j.visible`."""
        return {NEWEST: self.newest, DEAD: list(self.dead)}

    def next(self, newest: int, dead: frozenset[int]) -> State:
        """The version after this one."""
        return replace(self, version=self.version + 1, newest=newest, dead=tuple(sorted(dead)))

    def text(self) -> str:
        """As it is stored: in one property, so that it changes in one step."""
        return json.dumps([self.version, self.newest, *self.dead])

    @classmethod
    def read(cls, text: str | None) -> State | None:
        """The state from its stored form, `None` where there is no graph yet."""
        if text is None:
            return None
        version, newest, *dead = json.loads(text)
        return cls(version, newest, tuple(dead))


NOTHING: Final = State(0, 0, ())


def state_of(found: neo4j.Record | None, graph: str) -> State | None:
    """The state that the statement `STATE` found; `graph.outdated`, with the address `graph`."""
    if found is None:
        return None
    if found["layout"] != LAYOUT:
        raise LiantuError("graph.outdated", graph=graph)
    return State.read(found["state"])


def replaced_since(found: neo4j.Record | None, version: int) -> Mapping[str, Row]:
    """The rows, as they were in `version`, of the nodes whose rows have changed since, from what `SINCE` found.

    `graph.expired` where they have been cleared.
    """
    if found is None or found["floor"] > version:
        raise LiantuError("graph.expired")
    rows: dict[str, Row] = {}
    for number, text in sorted(((part[0] or 0, part[1]) for part in found["past"]), reverse=True):
        if number and text:
            rows |= json.loads(text)
    return rows
