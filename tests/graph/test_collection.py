"""While much is made, Python looks for circles only among that."""

from __future__ import annotations

import gc
import resource
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from graph.collection import give_back, older_left_out


class _Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _nothing_left_out() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_an_older_circle_is_found_after_it_and_a_new_one_within() -> None:
    older = _Circle()
    known = weakref.ref(older)
    with older_left_out():
        newer = _Circle()
        also = weakref.ref(newer)
        del older, newer
        gc.collect()
        assert known() is not None
        assert also() is None
    gc.collect()
    assert known() is None


def test_one_within_another_leaves_out_as_before_and_an_error_ends_it() -> None:
    with older_left_out():
        with older_left_out():
            pass
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
    with pytest.raises(ZeroDivisionError), older_left_out():
        raise ZeroDivisionError
    assert gc.get_freeze_count() == 0


def test_within_it_looks_seldom_and_afterwards_as_often_as_before() -> None:
    usual = gc.get_threshold()
    with older_left_out():
        with older_left_out():
            pass
        assert gc.isenabled()
        assert gc.get_threshold()[0] > usual[0]
    assert gc.get_threshold() == usual


def test_what_the_caller_left_out_stays_out() -> None:
    gc.freeze()
    with older_left_out():
        pass
    assert gc.get_freeze_count() > 0


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux keeps memory that is free")
def test_memory_that_is_free_again_is_given_back() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()

    kept = []
    for _ in range(
        20_000
    ):  # what stays lies between what goes, so that the C library cannot give it back by itself
        large, small = np.ones(2_000), np.ones(8)
        kept.append((large, small))
    kept = [small for _, small in kept]
    before = resident()
    give_back()
    assert before - resident() > 40_000_000
