"""What is worked out once a version (共用答案): projections, findings of gap questions, counts, the content hash.

A thing that many requests ask for at the same time is made once and shared; what went wrong is not kept. Projections
within a scope are as large as the graph: a few of them are kept. What nobody waits for any more before it was begun is
not made.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from graph.errors import LiantuError

T = TypeVar("T")

_KEPT: Final = 48
_LARGE_KEPT: Final = 3
_PENDING: Final = 256  # three operations that ask every question
_LARGE_PENDING: Final = 24


@dataclass(slots=True)
class _Making:
    """An answer that is being made, or stands in a queue for it."""

    large: bool
    task: asyncio.Task[Any] | None = None
    waiting: int = 0
    begun: bool = False

    def begin(self) -> None:
        self.begun = True


_made_here: ContextVar[_Making | None] = ContextVar("_made_here", default=None)


def beginning() -> Callable[[], None]:
    """What to call, in any thread, when work on the answer that is made here begins: from then on it is carried on."""
    making = _made_here.get()
    return making.begin if making is not None else lambda: None


class Answers:
    """A small cache whose keys are tuples that begin with the version of the graph; a new version empties it."""

    def __init__(
        self,
        kept: int = _KEPT,
        large_kept: int = _LARGE_KEPT,
        pending: int = _PENDING,
        large_pending: int = _LARGE_PENDING,
    ) -> None:
        self._kept = {False: kept, True: large_kept}
        self._most = {False: pending, True: large_pending}
        self._done: dict[bool, OrderedDict[tuple[Hashable, ...], Any]] = {
            False: OrderedDict(),
            True: OrderedDict(),
        }
        self._pending: dict[Hashable, _Making] = {}

    async def of(
        self, key: tuple[Hashable, ...], make: Callable[[], Awaitable[T]], *, large: bool = False
    ) -> T:
        """The answer under `key`, made by `make` where there is none yet; a cancelled reader cancels nobody else's.

        A `large` answer is kept with few others. `api.busy` where too many are being made or wait for it.
        """
        done = self._done[large]
        if key in done:
            done.move_to_end(key)
            found: T = done[key]
            return found
        running = (id(asyncio.get_running_loop()), key)
        making = self._pending.get(running)
        if making is None or making.task is None:
            if sum(one.large is large for one in self._pending.values()) >= self._most[large]:
                raise LiantuError("api.busy", limit=self._most[large])
            making = _Making(large)
            self._pending[running] = making
            making.task = asyncio.ensure_future(self._make(key, make, making))
            making.task.add_done_callback(lambda done: self._ended(running, done))
        making.waiting += 1
        try:
            answer: T = await asyncio.shield(making.task)
        finally:
            making.waiting -= 1
            if not making.waiting and not making.begun and not making.task.done():
                self._pending.pop(running, None)
                making.task.cancel()
        return answer

    def _ended(self, running: tuple[int, Hashable], done: asyncio.Task[Any]) -> None:
        pending = self._pending.get(running)
        if pending is not None and pending.task is done:
            del self._pending[running]
        if not done.cancelled():
            done.exception()  # seen: where nobody waits any more, asyncio would log it with all its paths

    async def _make(self, key: tuple[Hashable, ...], make: Callable[[], Awaitable[T]], making: _Making) -> T:
        _made_here.set(making)
        made = await make()
        for done in self._done.values():
            for stale in [one for one in done if one[0] != key[0]]:
                del done[stale]
        done = self._done[making.large]
        done[key] = made
        while len(done) > self._kept[making.large]:
            done.popitem(last=False)
        return made
