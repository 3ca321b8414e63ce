"""What is worked out once a version (共用答案): projections, findings of gap questions, counts, the content hash.

A thing that many requests ask for at the same time is made once and shared; what went wrong is not kept.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Final, TypeVar

T = TypeVar("T")

_KEPT: Final = 48


class Answers:
    """A small cache whose keys are tuples that begin with the version of the graph; a new version empties it."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._done: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
        self._pending: dict[Hashable, asyncio.Task[Any]] = {}

    async def of(self, key: tuple[Hashable, ...], make: Callable[[], Awaitable[T]]) -> T:
        """The answer under `key`, made by `make` where there is none yet; a cancelled reader cancels nobody else's."""
        if key in self._done:
            self._done.move_to_end(key)
            found: T = self._done[key]
            return found
        running = (id(asyncio.get_running_loop()), key)
        task = self._pending.get(running)
        if task is None:
            task = asyncio.ensure_future(self._make(key, make))
            self._pending[running] = task
            task.add_done_callback(lambda done: self._ended(running, done))
        answer: T = await asyncio.shield(task)
        return answer

    def _ended(self, running: tuple[int, Hashable], done: asyncio.Task[Any]) -> None:
        self._pending.pop(running, None)
        if not done.cancelled():
            done.exception()  # seen: where nobody waits any more, asyncio would log it with all its paths

    async def _make(self, key: tuple[Hashable, ...], make: Callable[[], Awaitable[T]]) -> T:
        made = await make()
        for stale in [one for one in self._done if one[0] != key[0]]:
            del self._done[stale]
        self._done[key] = made
        while len(self._done) > self._kept:
            self._done.popitem(last=False)
        return made
