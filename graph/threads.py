"""Two things at a time (两线程): for work in numpy, Arrow or HiGHS, which let another thread have Python meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE: Final = 2  # the cores that the bars are set for, and what memory has room for
_END: Final = object()


def two_at_a_time(work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """`work(item)` of each item in their order, two at work at any time; an item is taken when its turn comes.

    What an item raises is raised where its answer would stand; nothing is begun after it.
    """
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="liantu-two") as threads:
        begun: deque[Future[R]] = deque()
        try:
            for item in items:
                begun.append(threads.submit(work, item))
                if len(begun) == AT_ONCE:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for one in begun:
                one.cancel()


def one_ahead(items: Iterable[T]) -> Iterator[T]:
    """The items, the next of which is made in another thread while the last is worked with."""
    left = iter(items)
    with ThreadPoolExecutor(1, thread_name_prefix="liantu-ahead") as beside:
        made: Future[T | object] = beside.submit(next, left, _END)
        while (item := made.result()) is not _END:
            made = beside.submit(next, left, _END)
            yield cast("T", item)
