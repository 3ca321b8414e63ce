"""The writer of the embedded engine (写入): collects what a batch changes; see `graph.store.protocol.Writer`."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from graph.store.build import make_version
from graph.store.change import Change
from graph.store.protocol import Source
from graph.store.snapshot import Snapshot, no_sources, no_statements
from graph.store.versions import Version, Versions


class LadybugWriter:
    """The changes of one batch by source; the last word on a source counts."""

    def __init__(self, base: Snapshot | None) -> None:
        self._base = base
        self._changes: dict[str, Change | None] = {}

    def replace(self, source: Source, nodes: pa.Table, edges: pa.Table) -> None:
        """Put the claims of a source in place of those that it had; both tables of schema `CLAIMS`."""
        self._changes[source.id] = Change.checked(source, nodes, edges)

    def retract(self, source: str) -> None:
        """Take the claims of a source out, and the nodes that nothing else states; unknown sources are none."""
        self._changes[source] = None

    def make_version(self, versions: Versions, base: Version | None) -> Path | None:
        """Make the version after `base`; its file, closed, or `None` where there is nothing to change."""
        return make_version(versions, base, self._base, self._changes)

    def statements(self) -> pa.Table:
        """All STATES claims of the graph before this change, ordered by id."""
        return self._base.edges("STATES") if self._base else no_statements()

    def sources(self) -> pa.Table:
        """The sources before this change, as `View.sources`."""
        return self._base.sources() if self._base else no_sources()
