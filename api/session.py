"""One request's way to the graph (会话): one view, opened when first asked, read by worker threads in turn.

All fields of a request answer from one version of the graph. The engine blocks, so it is asked in worker threads, of
which there are few; a request that waits or takes too long ends with `graph.busy`. The thread that it leaves behind
stays taken until the engine lets go of it, and the view is closed then.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, TypeVar

import pyarrow as pa

from api.answers import Answers
from graph.errors import LiantuError
from graph.language import Language
from graph.settings import Settings
from graph.store.protocol import Store, View

T = TypeVar("T")


class Session:
    """What resolvers get as their context."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        language: Language,
        answers: Answers,
        threads: ThreadPoolExecutor,
    ) -> None:
        self.settings = settings
        self.language = language
        self.answers = answers
        self._store = store
        self._threads = threads
        self._turn = asyncio.Lock()
        self._held = threading.Lock()
        self._stack = ExitStack()
        self._view: View | None = None
        self._closed = False
        self._kept: dict[Hashable, Any] = {}

    @property
    def largest_page(self) -> int:
        """The most items that a page may have."""
        return int(self.settings.api_page)

    async def read(self, ask: Callable[[View], T]) -> T:
        """What `ask` answers on this request's view; one question at a time, in a worker thread."""

        def asked() -> T:
            with self._held:
                if self._closed:  # the request gave up while this thread was still to start
                    raise LiantuError("graph.busy", query="GraphQL", seconds=self.settings.query_seconds)
                if self._view is None:
                    self._view = self._stack.enter_context(self._store.view())
                return ask(self._view)

        async with self._turn:
            return await self.work(asked)

    async def work(self, make: Callable[[], T]) -> T:
        """What `make` gives, in a worker thread; for work that needs no view any more."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, make)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave the first time that `key` was asked for in this request (loaders, shared answers)."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    async def sources(self) -> pa.Table:
        """The sources of this version, read once a request."""
        pending: Awaitable[pa.Table] = self.once(
            "sources", lambda: asyncio.ensure_future(self.read(lambda view: view.sources()))
        )
        return await pending

    def close(self) -> None:
        """Let go of the view as soon as no thread reads it; does not wait for one that still does."""
        if self._held.acquire(blocking=False):
            self._release()
        else:
            threading.Thread(target=self._close_later, name="liantu-close-view", daemon=True).start()

    def _close_later(self) -> None:
        self._held.acquire()
        self._release()

    def _release(self) -> None:
        self._closed = True
        try:
            self._stack.close()
        finally:
            self._held.release()
