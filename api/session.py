"""One request's way to the graph (会话): one view, opened when first asked, and one question to it at a time.

All fields of a request answer from one version of the graph. When the request ends, answered or out of time, what it
still reads is cancelled, in the engine too; what it works out for others as well (`Session.shared`) is carried on where
it was begun.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import Any, TypeVar

import pyarrow as pa

from api.answers import Answers, beginning
from graph.language import Language
from graph.settings import Settings
from graph.store.asynchronous import AsyncStore, AsyncView

T = TypeVar("T")


class Session:
    """What resolvers get as their context."""

    def __init__(
        self,
        store: AsyncStore,
        settings: Settings,
        language: Language,
        answers: Answers,
        threads: ThreadPoolExecutor,
    ) -> None:
        self.settings = settings
        self.language = language
        self._answers = answers
        self._store = store
        self._threads = threads
        self._turn = asyncio.Lock()
        self._stack = AsyncExitStack()
        self._view: AsyncView | None = None
        self._kept: dict[Hashable, Any] = {}
        self._users = 1
        self._readers: set[asyncio.Task[Any]] = set()
        self._for_others: set[asyncio.Task[Any]] = set()

    @property
    def largest_page(self) -> int:
        """The most items that a page may have."""
        return int(self.settings.api_page)

    async def read(self, ask: Callable[[AsyncView], Awaitable[T]]) -> T:
        """What `ask` answers on this request's view; one question at a time."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 (whatever awaits runs in a task)
        self._readers.add(task)
        try:
            async with self._turn:
                if self._view is None:
                    self._view = await self._stack.enter_async_context(self._store.view())
                beginning()()
                return await ask(self._view)
        finally:
            self._readers.discard(task)

    async def version(self) -> str:
        """The name of the version that this request reads."""

        async def named(view: AsyncView) -> str:
            return view.version

        return await self.read(named)

    async def work(self, make: Callable[[], T]) -> T:
        """What `make` gives, in a worker thread: for what takes the processor for a while."""
        begun = beginning()

        def made() -> T:
            begun()
            return make()

        return await asyncio.get_running_loop().run_in_executor(self._threads, made)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave the first time that `key` was asked for in this request (loaders, shared answers)."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    async def shared(
        self, key: tuple[Hashable, ...], make: Callable[[], Awaitable[T]], *, large: bool = False
    ) -> T:
        """What `make` gave to the first request that asked for `key`, a tuple that begins with the version.

        Once begun it is worked out to its end even where the request that began it has ended: others wait for it or
        will ask. A `large` one is kept with few others.
        """

        async def kept_open() -> T:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 (as above)
            self._users += 1
            self._for_others.add(task)
            try:
                return await make()
            finally:
                self._for_others.discard(task)
                await self._let_go()

        return await self._answers.of(key, kept_open, large=large)

    async def sources(self) -> pa.Table:
        """The sources of this version, read once a request."""
        pending: Awaitable[pa.Table] = self.once(
            "sources", lambda: asyncio.ensure_future(self.read(lambda view: view.sources()))
        )
        return await pending

    async def close(self) -> None:
        """End what is still being read for this request, and let go of the view when nobody else needs it."""
        for task in self._readers - self._for_others:
            task.cancel()
        await self._let_go()

    async def _let_go(self) -> None:
        self._users -= 1
        if self._users == 0:
            await self._stack.aclose()
