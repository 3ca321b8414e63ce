"""Matrix products (矩阵乘法) of the networks: numpy's, on one core.

For matrices of a passage they are three times as fast as those of thinc's own library, and several threads only wait
for each other: all cores are used by reading several documents at once (`ingest`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from thinc.api import use_ops
from threadpoolctl import ThreadpoolController


@contextmanager
def by_numpy() -> Iterator[None]:
    """Networks that are built inside multiply by numpy."""
    with use_ops("numpy", use_blis=False):
        yield


@contextmanager
def on_one_core() -> Iterator[None]:
    """What is multiplied inside is multiplied on one core."""
    with _libraries().limit(limits=1):
        yield


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")
