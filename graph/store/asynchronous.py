"""The store for an event loop (异步读取): the same view, every answer awaited, a cancelled question ended in the engine.

`Store.asynchronous` gives the way that its engine has: Neo4j's own asynchronous driver, or threads for an engine that
blocks. Whoever awaits an answer may be cancelled (a request that took too long, a client that left): what the engine is
doing for it then ends, and others do not wait for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack, asynccontextmanager
from functools import partial, update_wrapper
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from graph.store.interrupt import Interrupt
from graph.store.protocol import View

P = ParamSpec("P")
T = TypeVar("T")
Answer = Callable[[str, tuple[Any, ...], Mapping[str, Any]], Awaitable[Any]]
"""Gives what a method of `View` gives: its name, its arguments."""

_VERSION_THREADS: Final = 1


def _awaited(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], Awaitable[T]]:
    async def ask(self: Any, /, *given: P.args, **named: P.kwargs) -> T:
        answer: T = await self.answer(method.__name__, given, named)
        return answer

    return update_wrapper(ask, method)


class AsyncView:
    """As `graph.store.protocol.View`, with answers to await; one question at a time."""

    def __init__(self, version: str, answer: Answer) -> None:
        self.version = version
        self.answer = answer

    query = _awaited(View.query)
    nodes = _awaited(View.nodes)
    count = _awaited(View.count)
    edges = _awaited(View.edges)
    find = _awaited(View.find)
    sources = _awaited(View.sources)
    content_hash = _awaited(View.content_hash)


class AsyncStore(Protocol):
    """A graph to read from within one event loop."""

    def view(self) -> AbstractAsyncContextManager[AsyncView]:
        """Read the newest version; the view stays on it until its block ends."""
        ...

    async def version(self) -> str:
        """The name of the newest version; said also while questions hold every thread or connection."""
        ...

    async def close(self) -> None:
        """Let go of the engine."""
        ...


class Interruptible(Protocol):
    """A store whose views can be told from another thread to stop."""

    def view(self, interrupt: Interrupt | None = None) -> AbstractContextManager[View]:
        """As `Store.view`; what `interrupt` stops ends with `graph.busy`."""
        ...

    def close(self) -> None:
        """Let go of the engine."""
        ...


class ThreadedStore:
    """An engine that blocks, asked in a few threads; see `AsyncStore`."""

    def __init__(self, store: Interruptible, threads: int) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(max(1, threads), thread_name_prefix="liantu-graph")
        # Threads of its own: long questions may hold all the others.
        self._spare = ThreadPoolExecutor(_VERSION_THREADS, thread_name_prefix="liantu-version")

    @asynccontextmanager
    async def view(self) -> AsyncIterator[AsyncView]:
        """Read the newest version; it is let go of as soon as no thread reads it any more."""
        lease, interrupt = _Lease(), Interrupt()

        async def ask(work: Callable[[], T]) -> T:
            running = lease.submit(self._threads, work)
            try:
                return await asyncio.wrap_future(running)
            except asyncio.CancelledError:
                interrupt.stop()
                raise

        try:
            view = await ask(lambda: lease.stack.enter_context(self._store.view(interrupt)))

            async def answer(name: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
                return await ask(partial(getattr(view, name), *given, **named))

            yield AsyncView(view.version, answer)
        finally:
            lease.let_go()

    async def version(self) -> str:
        """The name of the newest version."""

        def named() -> str:
            with self._store.view() as view:
                return view.version

        return await asyncio.wrap_future(self._spare.submit(named))

    async def close(self) -> None:
        """Let go of the engine and of the threads; does not wait for those that still read."""
        for pool in (self._threads, self._spare):
            pool.shutdown(wait=False, cancel_futures=True)
        self._store.close()


class _Lease:
    """Keeps what its stack holds until the last thread that uses it has ended."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self._users = 1
        self._lock = threading.Lock()

    def submit(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
        running = threads.submit(work)
        with self._lock:
            self._users += 1
        running.add_done_callback(lambda _: self.let_go())
        return running

    def let_go(self) -> None:
        with self._lock:
            self._users -= 1
            last = self._users == 0
        if last:
            self.stack.close()
