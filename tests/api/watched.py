"""The real store of the API with somebody who watches what it is asked (旁观的存储)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from graph.settings import Settings
from graph.store import Store
from graph.store.asynchronous import AsyncStore, AsyncView


class Watched:
    """A store whose questions are kept, each with what it gave; `views` were opened, `open` are not closed yet.

    With `pause` every question for claims takes so many seconds longer.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[tuple[str, tuple[Any, ...], Any]] = []
        self.views = 0
        self.open = 0
        self.pause = 0.0

    def asynchronous(self, settings: Settings) -> WatchedReading:
        return WatchedReading(self, self.store.asynchronous(settings))


class WatchedReading:
    def __init__(self, watched: Watched, store: AsyncStore) -> None:
        self.watched = watched
        self.store = store

    @asynccontextmanager
    async def view(self) -> AsyncIterator[AsyncView]:
        self.watched.views += 1
        self.watched.open += 1
        try:
            async with self.store.view() as view:

                async def answer(name: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
                    await asyncio.sleep(self.watched.pause if name == "edges" else 0)
                    found = await view.answer(name, given, named)
                    self.watched.asked.append((name, given, found))
                    return found

                yield AsyncView(view.version, answer)
        finally:
            self.watched.open -= 1

    async def version(self) -> str:
        return await self.store.version()

    async def close(self) -> None:
        await self.store.close()
