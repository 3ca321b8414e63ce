"""A Neo4j graph for an event loop (异步 Neo4j 图谱), by the asynchronous driver; see `graph.store.asynchronous`.

Nothing blocks: a cancelled question breaks its connection off, and the server ends what it was doing for it. What takes
the processor (rows into tables) is done in a thread where there is much of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import neo4j
from neo4j.exceptions import IncompleteCommit

from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.asynchronous import AsyncView
from graph.store.neo4j.pieces import table_of
from graph.store.neo4j.reading import Reading
from graph.store.neo4j.state import SINCE, STATE, State, replaced_since, state_of
from graph.store.neo4j.steps import AT_ONCE, Asked, Found, Step, joined
from graph.store.neo4j.target import Target

T = TypeVar("T")

_RETRY_SECONDS: Final = 5.0  # somebody waits for the answer: rather an error that says so
_MANY: Final = 2000  # rows that the event loop does not turn into a table itself


class AsyncNeo4jStore:
    """The graph in the database `target`; one driver, made when the first question comes, for one event loop."""

    def __init__(self, target: Target, settings: Settings) -> None:
        self._target = target
        self._seconds = settings.query_seconds
        self._connections = max(1, int(settings.api_threads))
        self._free = asyncio.Semaphore(self._connections)
        self._made: neo4j.AsyncDriver | None = None
        self._bookmarks = neo4j.AsyncGraphDatabase.bookmark_manager()

    @asynccontextmanager
    async def view(self) -> AsyncIterator[AsyncView]:
        """Read the newest version; it stays the same until the block ends."""
        async with self._free:
            state = await self._state()
        reading = Reading(state)

        async def answer(name: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
            step = Step(getattr(reading, name)(*given, **named))
            while step.asked:
                found = await self._found(step.asked, state)
                if len(found[0]) < _MANY:
                    step.take(found)
                else:
                    await asyncio.to_thread(step.take, found)
            return step.answer

        yield AsyncView(state.name, answer)

    async def version(self) -> str:
        """The name of the newest version, on a connection that questions do not use."""
        return (await self._state()).name

    async def close(self) -> None:
        """Let go of the driver."""
        made, self._made = self._made, None
        if made:
            await made.close()

    async def _state(self) -> State:
        async def work(transaction: neo4j.AsyncManagedTransaction) -> State | None:
            return state_of(await (await transaction.run(STATE)).single(), self._target.shown)

        state = await self._read(work, "state")
        if state is None:
            raise LiantuError("graph.missing", graph=self._target.shown)
        return state

    async def _found(self, asked: Asked, state: State) -> Found:
        turns = asyncio.Semaphore(AT_ONCE)  # a question in many parts leaves connections to the others

        async def part(parameters: dict[str, object]) -> Found:
            async def work(transaction: neo4j.AsyncManagedTransaction) -> Found:
                rows: Any = await (await transaction.run(asked.statement, parameters)).values()
                if asked.schema is not None:
                    many = any(len(piece[0]) >= _MANY for piece in rows)
                    made = asyncio.to_thread(table_of, asked.schema, rows) if many else None
                    rows = await made if made else table_of(asked.schema, rows)
                since = await (await transaction.run(SINCE, {"version": state.version})).single()
                return rows, replaced_since(since, state.version)

            async with turns, self._free:
                return await self._read(work, asked.name)

        running = [asyncio.ensure_future(part(parameters)) for parameters in asked.put()]
        try:
            return joined(await asyncio.gather(*running))
        finally:
            for one in running:
                one.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _read(self, work: Callable[[neo4j.AsyncManagedTransaction], Awaitable[T]], name: str) -> T:
        with self._target.explained(name, self._seconds):
            try:
                return await self._read_once(work)
            except IncompleteCommit:  # the line was cut when all had been read
                return await self._read_once(work)

    async def _read_once(self, work: Callable[[neo4j.AsyncManagedTransaction], Awaitable[T]]) -> T:
        async with self._driver().session(
            database=self._target.database,
            default_access_mode=neo4j.READ_ACCESS,
            bookmark_manager=self._bookmarks,
        ) as session:
            return await session.execute_read(neo4j.unit_of_work(timeout=self._seconds or None)(work))

    def _driver(self) -> neo4j.AsyncDriver:
        if self._made is None:
            self._made = neo4j.AsyncGraphDatabase.driver(
                self._target.uri,
                max_connection_pool_size=self._connections + 1,
                **self._target.options(_RETRY_SECONDS),
            )
        return self._made
