"""Two things at a time: in order, no more than two at once, and what fails says so."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier

import pytest

from graph.threads import one_ahead, two_at_a_time


def test_answers_come_in_the_order_of_the_items() -> None:
    assert [*two_at_a_time(lambda number: number**2, range(9))] == [number**2 for number in range(9)]
    assert [*two_at_a_time(str, [])] == []


def test_two_are_at_work_together() -> None:
    both = Barrier(2, timeout=10)  # breaks where one waits for the other to begin

    assert len([*two_at_a_time(lambda _: both.wait(), range(4))]) == 4


def test_items_are_taken_when_their_turn_comes() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(9):
            taken.append(number)
            yield number

    answers = two_at_a_time(abs, items())
    assert next(answers) == 0
    assert taken == [0, 1]


def test_what_fails_is_raised_in_its_place_and_nothing_is_begun_after_it() -> None:
    begun = []

    def work(number: int) -> float:
        begun.append(number)
        return 1 / number

    answers = two_at_a_time(work, [2, 0, 1, 1, 1])
    assert next(answers) == 0.5
    with pytest.raises(ZeroDivisionError):
        next(answers)
    assert len(begun) <= 3


def test_the_next_item_is_made_while_the_last_is_worked_with() -> None:
    both = Barrier(2, timeout=10)

    def items() -> Iterator[int]:
        yield 1
        both.wait()  # while 1 is worked with
        yield 2

    made = one_ahead(items())
    assert next(made) == 1
    both.wait()
    assert [*made] == [2]
    assert [*one_ahead([])] == []


def test_what_fails_in_the_making_is_raised_in_its_place() -> None:
    made = one_ahead(1 / number for number in (2, 0))

    assert next(made) == 0.5
    with pytest.raises(ZeroDivisionError):
        next(made)
