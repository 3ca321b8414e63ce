"""A projection within a scope (限定的投影): what stays in it, what lies beyond, and what is left out and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from graph.gaps import focus
from graph.identity import label_of
from graph.language import Text
from graph.ontology import EDGES
from graph.project import Projection

if TYPE_CHECKING:
    from graph.gaps.scope import Scope


class Limited(Projection):
    """A projection within a scope: `left_out` says what is left out for want of a place, level or year.

    `whole` is the projection that it was limited from, `beyond` the same within the year and confidence alone; `inside`
    are the nodes of it that lie in the region and are of the level, by kind, of kinds that these limit; `of_level` those
    of the level alone, wherever they lie.
    """

    def __init__(
        self,
        nodes: Mapping[str, pa.Table],
        edges: Mapping[str, pa.Table],
        sources: pa.Table | None = None,
        *,
        scope: Scope,
    ) -> None:
        super().__init__(dict(nodes), dict(edges), sources)
        self.scope = scope
        self.whole: Projection = self
        self.focus: focus.Focus = {}
        self.inside: dict[str, frozenset[str]] = {}
        self.of_level: dict[str, frozenset[str]] = {}
        self.elsewhere: frozenset[str] = frozenset()
        self.left_out: list[Text] = []
        self._beyond: Projection = self

    @property
    def within(self) -> str:
        """The names and numbers of the scope."""
        told = (getattr(self.scope, item.name) for item in fields(self.scope))
        return " · ".join(str(one) for one in told if one is not None)

    def asks(self, identifier: str) -> bool:
        """Whether findings about this node are asked for."""
        asked = self.focus.get(label_of(identifier))
        return (asked is None or identifier in asked) and self.counts(identifier)

    @property
    def beyond(self) -> Projection:
        """The projection before region and level: what would contradict a gap is looked for here."""
        return self._beyond

    def look_beyond(self, whole: Projection) -> None:
        """Keep what there is now as `beyond`: `whole` itself, where no year and no confidence limit it."""
        if self.scope.year is None and self.scope.minimum_confidence is None:
            self._beyond = whole
        else:
            self._beyond = Projection(self.nodes, self.edges, self.sources)
            self._beyond.earlier, self._beyond.assumed = whole.earlier, whole.assumed

    def counts(self, identifier: str) -> bool:
        """Whether a node of `beyond` is known to lie in the region and to be of the level."""
        kept = self.inside.get(label_of(identifier))
        return kept is None or identifier in kept

    def at_level(self, identifier: str) -> bool:
        """Whether a node of `beyond` is of the level, or of a kind that has none."""
        kept = self.of_level.get(label_of(identifier))
        return kept is None or identifier in kept

    def lies_elsewhere(self, identifier: str) -> bool:
        """Whether a node of `beyond` is known to lie outside of the region; of unknown place is not."""
        return identifier in self.elsewhere

    def keep_inside(self, label: str, kept: frozenset[str]) -> None:
        """Count those nodes of a kind, of those counted so far."""
        known = self.inside.get(label)
        self.inside[label] = kept if known is None else kept & known

    def keep_nodes(self, label: str, kept: Callable[[pa.Array], pa.Array]) -> None:
        """Keep those nodes of a kind whose ids `kept` says true of, and the claims that join only kept ones."""
        if label in self.nodes:
            table = self.nodes[label]
            self.replace_nodes(label, table.filter(kept(table.column("id"))))
        for kind, given in self.edges.items():
            table = given
            ends = EDGES[kind].ends if kind in EDGES else (("Source", label),)
            for end, labels in zip(("head", "tail"), zip(*ends, strict=True), strict=True):
                if label in labels:
                    column = table.column(end)
                    other = pc.invert(pc.starts_with(column, f"{label}:"))
                    table = table.filter(pc.or_(other, kept(column)))
            self.replace_edges(kind, table)

    def replace_nodes(self, label: str, table: pa.Table) -> None:
        """Put other nodes of a kind in place of those there."""
        self.nodes = {**self.nodes, label: table}
        self.forget()

    def replace_edges(self, kind: str, table: pa.Table) -> None:
        """Put other claims of a kind in place of those there."""
        self.edges = {**self.edges, kind: table}
        self.forget()

    def leave_out(self, count: int, what: Text) -> None:
        """Say that so many are left out; `what` names them behind their number."""
        if count:
            self.left_out.append(Text(zh=f"{count} {what.zh}", en=f"{count} {what.en}"))
