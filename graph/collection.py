"""What Python's search for unreachable circles (垃圾回收) leaves out while much that is kept is made; memory given back.

Whenever many objects are new it looks through all that there are: with a national graph in memory, lists of millions of
ids and names, again and again while half a million findings are made. Even among what is new a look at every seventh
hundred objects takes a third of the time of a question of many findings.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = (
    50_000,
    20,
    100,
)  # so many new objects before a look, looks before a longer, longer before the longest
_entering = threading.Lock()
_within = 0  # blocks that are entered and not left, of all threads
_usual = gc.get_threshold()  # how often it looked before the first of them
_by_caller = False  # whether somebody else had left objects out before the first of them


@contextmanager
def older_left_out() -> Iterator[None]:
    """Look for circles only among what is made within, and seldom; afterwards among all again, as often as before.

    What a caller has left out before stays out. Nothing lives longer for it but circles that are older and become
    unreachable within, until the end.
    """
    global _within, _by_caller, _usual  # noqa: PLW0603 - the collector is one for the whole process, too
    with _entering:
        if not _within:  # within, counting what is left out would walk through all of it
            _by_caller = gc.get_freeze_count() > 0
            _usual = gc.get_threshold()
            gc.set_threshold(*_SELDOM)
        _within += 1
        gc.freeze()
    try:
        yield
    finally:
        with _entering:
            _within -= 1
            if not _within:
                gc.set_threshold(*_usual)
                if not _by_caller:
                    gc.unfreeze()


def give_back() -> None:
    """Give memory that is free again back to the system; the C library of Linux keeps what large columns took."""
    if _trim is not None:
        _trim(0)


def _found() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
    return trim


_trim: Final = _found()
