"""What Python's search for unreachable circles (垃圾回收) leaves out while much that is kept is made.

Whenever many objects are new it looks through all that there are: with a national graph in memory, lists of millions of
ids and names, again and again while half a million findings are made.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def older_left_out() -> Iterator[None]:
    """Look for circles only among what is made within; afterwards among all again.

    What a caller has left out before stays out. Nothing lives longer for it but circles that are older and become
    unreachable within, until the end.
    """
    by_caller = gc.get_freeze_count() > 0
    gc.freeze()
    try:
        yield
    finally:
        if not by_caller:
            gc.unfreeze()
