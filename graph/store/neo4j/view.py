"""A view of one version of a Neo4j graph (版本视图), by the blocking driver; see `graph.store.protocol.View`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import neo4j
import pyarrow as pa

from graph.store.adhoc import ROWS
from graph.store.neo4j.adhoc import cypher, said
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.pieces import table_of
from graph.store.neo4j.reading import Reading
from graph.store.neo4j.state import SINCE, State, replaced_since
from graph.store.neo4j.steps import AT_ONCE, Asked, Found, Step, Steps, at_once, joined

T = TypeVar("T")


class Neo4jView:
    """One version of the graph; its answers agree with each other."""

    def __init__(self, connection: Connection, state: State, *, seconds: float | None = None) -> None:
        self._connection = connection
        self._state = state
        self._seconds = seconds
        self._reading = Reading(state)

    query = at_once(Reading.query)
    nodes = at_once(Reading.nodes)
    count = at_once(Reading.count)
    edges = at_once(Reading.edges)
    find = at_once(Reading.find)
    sources = at_once(Reading.sources)
    content_hash = at_once(Reading.content_hash)

    @property
    def version(self) -> str:
        """The name of this version; it changes when a batch was swapped in."""
        return self._state.name

    def cypher(
        self,
        text: str,
        /,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int = ROWS,
        seconds: float | None = None,
    ) -> pa.Table:
        """The first `limit` rows of a reading statement that somebody wrote (see the protocol)."""
        with said():
            return self.run(
                lambda reading: cypher(self._state, text, parameters or {}, limit, seconds, reading.parts_of)
            )

    def run(self, steps: Callable[[Reading], Steps[T]]) -> T:
        """Take the steps that a reading of this version is asked for, one after the other."""
        step = Step(steps(self._reading))
        while step.asked:
            step.take(self._found(step.asked))
        return step.answer

    def _found(self, asked: Asked) -> Found:
        put = asked.put()
        if len(put) == 1:
            return self._part(asked, put[0])
        with ThreadPoolExecutor(min(AT_ONCE, len(put))) as threads:
            running = [threads.submit(self._part, asked, parameters) for parameters in put]
            try:
                return joined([part.result() for part in running])
            finally:
                threads.shutdown(cancel_futures=True)

    def _part(self, asked: Asked, parameters: Mapping[str, object]) -> Found:
        def work(transaction: neo4j.ManagedTransaction) -> Found:
            result = transaction.run(asked.statement, dict(parameters))
            if asked.schema is not None:
                rows: Any = table_of(asked.schema, (record.values() for record in result))
            elif asked.limit is None:
                rows = result.values()
            else:
                rows = [list(result.keys()), *(list(record.values()) for record in result.fetch(asked.limit))]
                result.consume()
            since = transaction.run(SINCE, {"version": self._state.version}).single()
            return rows, replaced_since(since, self._state.version)

        seconds = self._seconds if asked.seconds is None else asked.seconds
        return self._connection.read(work, name=asked.name, seconds=seconds)
