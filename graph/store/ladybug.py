"""The embedded engine (嵌入式图数据库): a graph in a directory, one LadybugDB file a version.

Readers open a version read-only and share it within the process; the last view of a version closes it. A writer makes
the next version beside it (`graph.store.change`) and swaps the pointer, so no process ever reads what another writes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.build import make_version
from graph.store.change import Change
from graph.store.engine import Engine
from graph.store.protocol import Source
from graph.store.schema import fingerprint
from graph.store.snapshot import Snapshot, no_sources, no_statements
from graph.store.versions import Version, Versions

_ATTEMPTS = (
    20  # a version may be swept between reading the pointer and opening it; each attempt reads it anew
)


class _Shared:
    """An open version and how many views look at it."""

    def __init__(self, version: Version, engine: Engine) -> None:
        self.version = version
        self.snapshot = Snapshot(version.name, engine)
        self.engine = engine
        self.views = 0
        self.newest = True


class LadybugStore:
    """The graph in the directory `folder`; see `graph.store.protocol.Store`."""

    def __init__(self, folder: Path, query_seconds: float | None = None) -> None:
        self.folder = folder
        self._seconds = Settings.load().query_seconds if query_seconds is None else query_seconds
        self._versions = Versions(folder)
        self._lock = threading.Lock()
        self._open: _Shared | None = None

    def exists(self) -> bool:
        """Whether there is a graph to read."""
        return self._versions.exists()

    @contextmanager
    def view(self) -> Iterator[Snapshot]:
        """Read the newest version; it stays the same until the block ends."""
        shared = self._enter()
        try:
            yield shared.snapshot
        finally:
            self._leave(shared)

    @contextmanager
    def write(self) -> Iterator[LadybugWriter]:
        """Collect changes by source; they become visible together when the block ends without an exception."""
        with self._versions.writer():
            base = self._versions.current()
            engine = self._opened(base) if base else None
            try:
                snapshot = Snapshot(base.name, engine) if base and engine else None
                writer = LadybugWriter(snapshot)
                yield writer
                path = make_version(self._versions, base, snapshot, writer.changes)
            finally:
                if engine:
                    engine.close()
            if path:
                self._versions.publish(path, fingerprint())

    def close(self) -> None:
        """Close the version that is kept open for the next view."""
        with self._lock:
            shared, self._open = self._open, None
            if shared:
                shared.newest = False
                self._close_unused(shared)

    def _enter(self) -> _Shared:
        with self._lock:
            for attempt in range(_ATTEMPTS):
                name = self._versions.current_name()
                if name is None:
                    raise LiantuError("graph.missing", graph=self.folder.name)
                if self._open and self._open.version.name == name:
                    self._open.views += 1
                    return self._open
                try:
                    version = self._versions.current()
                    if version is None:
                        continue
                    fresh = _Shared(version, self._opened(version))
                except LiantuError:
                    if attempt + 1 < _ATTEMPTS and self._versions.current_name() != name:
                        continue
                    raise
                old, self._open = self._open, fresh
                if old:
                    old.newest = False
                    self._close_unused(old)
                fresh.views = 1
                return fresh
        raise self._versions.damaged("current", apart_from=None)

    def _leave(self, shared: _Shared) -> None:
        with self._lock:
            shared.views -= 1
            self._close_unused(shared)

    def _close_unused(self, shared: _Shared) -> None:
        if shared.views == 0 and not shared.newest:
            shared.engine.close()

    def _opened(self, version: Version) -> Engine:
        if version.fingerprint != fingerprint():
            raise LiantuError("graph.outdated", graph=self.folder.name)
        try:
            return Engine(version.path, read_only=True, seconds=self._seconds)
        except RuntimeError:
            raise self._versions.damaged(version.path.name, apart_from=version.name) from None


class LadybugWriter:
    """Collects what a batch changes; see `graph.store.protocol.Writer`. The last word on a source counts."""

    def __init__(self, base: Snapshot | None) -> None:
        self._base = base
        self.changes: dict[str, Change | None] = {}

    def replace(self, source: Source, nodes: pa.Table, edges: pa.Table) -> None:
        """Put the claims of a source in place of those that it had; both tables of schema `CLAIMS`."""
        self.changes[source.id] = Change.checked(source, nodes, edges)

    def retract(self, source: str) -> None:
        """Take the claims of a source out, and the nodes that nothing else states; unknown sources are none."""
        self.changes[source] = None

    def statements(self) -> pa.Table:
        """All STATES claims of the graph before this change, ordered by id."""
        return self._base.edges("STATES") if self._base else no_statements()

    def sources(self) -> pa.Table:
        """The sources before this change, as `View.sources`."""
        return self._base.sources() if self._base else no_sources()
