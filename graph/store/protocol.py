"""What every engine of the graph offers (存储协议): a view to read through, a writer to change by source.

A `View` is one version of the graph: whatever is asked of it, the answers agree with each other, also while a batch
writes the next version. A `Writer` collects `replace` and `retract` calls and makes them visible all at once when
its `with` block ends; leave the block by an exception and nothing has happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import pyarrow as pa

from graph.settings import Settings

if TYPE_CHECKING:
    from graph.store.asynchronous import AsyncStore

Medium = Literal["document", "records", "reference"]


@dataclass(frozen=True, slots=True)
class Source:
    """A source of claims: `id` is the hash of its content, `key` the extractor and settings that read it."""

    id: str
    name: str
    medium: Medium
    key: str
    document: str | None = None


class View(Protocol):
    """One version of the graph, read only. Tables have a column per property that the ontology declares."""

    @property
    def version(self) -> str:
        """The name of this version; it changes when a batch was swapped in."""
        ...

    def query(self, name: str, /, **parameters: object) -> pa.Table:
        """The answer of the query file `cypher/<name>.cypher`; `query.unknown`, `query.parameter`, `graph.busy`."""
        ...

    def cypher(
        self,
        text: str,
        /,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int = 1000,
        seconds: float | None = None,
    ) -> pa.Table:
        """The first `limit` rows of a reading statement that somebody wrote; whole nodes and claims come as mappings.

        Limited to `seconds` (the setting `query_seconds`), on a connection that only reads. `query.refused` where it
        could do more than read one version of the graph, `query.invalid` with the engine's reason, `graph.busy`.
        """
        ...

    def nodes(
        self,
        label: str,
        ids: Sequence[str] | None = None,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
        backwards: bool = False,
        named: str | None = None,
        equal: Mapping[str, str | int] | None = None,
    ) -> pa.Table:
        """The nodes of a kind: `id`, `name`, `aliases` (a list) and its properties, ordered by id.

        Only those with an id greater than `after` and less than `before`, whose name holds `named` in upper or lower
        case, and whose properties have the values of `equal` (`claim.property` for one that the kind does not have);
        of these the first `limit`, or the last ones where `backwards`.
        """
        ...

    def count(
        self, kind: str, *, named: str | None = None, equal: Mapping[str, str | int] | None = None
    ) -> int:
        """How many nodes of a kind there are, narrowed as `nodes` is, or how many claims of an edge kind."""
        ...

    def edges(
        self,
        kind: str,
        *,
        heads: Sequence[str] | None = None,
        tails: Sequence[str] | None = None,
        sources: Sequence[str] | None = None,
    ) -> pa.Table:
        """The claims of an edge kind (or `STATES`): `id`, `kind`, `head`, `tail`, evidence, own properties; by id.

        Only those that begin at `heads`, end at `tails` and are claimed by `sources`.
        """
        ...

    def find(self, text: str, *, labels: Sequence[str] | None = None, limit: int = 20) -> pa.Table:
        """Nodes by name or alias, the best first: columns `id`, `label`, `name`, `aliases`, `rank`.

        Rank 0: the name is `text`; 1: an alias is; 2: the name begins with it; 3: an alias does; 4: the name holds
        it; 5: an alias does. Inside a rank the shorter name first, then by id. Names are compared normalised.
        """
        ...

    def sources(self) -> pa.Table:
        """The sources in the graph: `id`, `name`, `medium`, `key`, `document`, `claims` (how many); ordered by id."""
        ...

    def content_hash(self) -> str:
        """A hash of what the graph says: equal for equal nodes and claims, in whatever order and wherever loaded."""
        ...


class Writer(Protocol):
    """One change of the graph, visible as a whole or not at all."""

    def replace(self, source: Source, nodes: pa.Table, edges: pa.Table) -> None:
        """Put the claims of a source in place of those that it had: `nodes` are its STATES rows, both of `CLAIMS`.

        Ids are resolved already: `tail` of a STATES row is the node's final id, `local` the one before resolution.
        """
        ...

    def retract(self, source: str) -> None:
        """Take the claims of a source out, and the nodes that nothing else states."""
        ...

    def statements(self) -> pa.Table:
        """All STATES claims of the graph before this change, for the resolution of names."""
        ...

    def sources(self) -> pa.Table:
        """As `View.sources`, before this change."""
        ...


class Store(Protocol):
    """A graph in some engine."""

    def view(self) -> AbstractContextManager[View]:
        """Read the newest version; the view stays on it until its block ends."""
        ...

    def write(self) -> AbstractContextManager[Writer]:
        """Change the graph; `graph.locked` with the holder's name where another process is at it."""
        ...

    def exists(self) -> bool:
        """Whether there is a graph to read."""
        ...

    def asynchronous(self, settings: Settings) -> AsyncStore:
        """The same graph to read from an event loop, under these limits; closed apart from this store."""
        ...

    def close(self) -> None:
        """Let go of the engine."""
        ...
