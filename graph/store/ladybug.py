"""The embedded engine (嵌入式图数据库): a graph in a directory, one LadybugDB file a version.

Readers open a version read-only and share it within the process; the last view of a version closes it. A writer makes
the next version beside it (`graph.store.build`) and swaps the pointer, so no process ever reads what another writes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.engine import Engine
from graph.store.interrupt import Interrupt
from graph.store.schema import fingerprint
from graph.store.snapshot import Snapshot
from graph.store.versions import Version, Versions

if TYPE_CHECKING:
    from graph.store.asynchronous import ThreadedStore
    from graph.store.writer import LadybugWriter

# A version may be swept between reading the pointer and opening it: each attempt reads the pointer anew.
_ATTEMPTS: Final = 20


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
    def view(self, interrupt: Interrupt | None = None) -> Iterator[Snapshot]:
        """Read the newest version; it stays the same until the block ends, or `interrupt` stops what is asked."""
        shared = self._enter()
        try:
            if interrupt is None:
                yield shared.snapshot
            else:
                yield Snapshot(shared.version.name, shared.engine.watched(interrupt))
        finally:
            self._leave(shared)

    @contextmanager
    def write(self) -> Iterator[LadybugWriter]:
        """Collect changes by source; they become visible together when the block ends without an exception."""
        # Readers start without what only writers need.
        from graph.store.writer import LadybugWriter  # noqa: PLC0415

        with _writable(self.folder), self._versions.writer():
            base = self._versions.current()
            engine = self._opened(base, None) if base else None
            try:
                snapshot = Snapshot(base.name, engine) if base and engine else None
                writer = LadybugWriter(snapshot)
                yield writer
                path = writer.make_version(self._versions, base)
            finally:
                if engine:
                    engine.close()
            if path:
                self._versions.publish(path, fingerprint())

    def asynchronous(self, settings: Settings) -> ThreadedStore:
        """The same graph for an event loop, read in `api_threads` threads; see `graph.store.protocol.Store`."""
        # Commands that answer once start without what only a server needs.
        from graph.store.asynchronous import ThreadedStore  # noqa: PLC0415

        return ThreadedStore(LadybugStore(self.folder, settings.query_seconds), int(settings.api_threads))

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
                    fresh = _Shared(version, self._opened(version, self._seconds))
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

    def _opened(self, version: Version, seconds: float | None) -> Engine:
        if version.fingerprint != fingerprint():
            raise LiantuError("graph.outdated", graph=self.folder.name)
        try:
            return Engine(version.path, read_only=True, seconds=seconds)
        except RuntimeError:
            raise self._versions.damaged(version.path.name, apart_from=version.name) from None


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """What the system refuses while a graph is written (space, permission) as `graph.unwritable`."""
    try:
        yield
    except OSError as error:
        file = Path(os.fsdecode(error.filename)).name if error.filename else folder.name
        raise LiantuError("graph.unwritable", file=file, reason=error.strerror or "I/O") from error
    except RuntimeError as error:
        if "IO exception" not in str(error):
            raise
        # the engine's own words hold the path
        raise LiantuError("graph.unwritable", file=folder.name, reason=_cause(str(error))) from error


def _cause(words: str) -> str:
    """The system's reason at the end of what the engine says: `… : No space left on device`."""
    return words.splitlines()[0].rpartition(":")[2].strip() or "I/O"
