"""Columns as numbers: what Arrow holds, read without pandas; rows grouped by what they belong to."""

import random

import numpy as np
import pyarrow as pa
import pytest

from graph.columns import (
    Grouped,
    coded,
    distinct_pairs,
    in_order,
    index_array,
    largest,
    marks,
    numbers,
    pairs_of,
    whole,
)

VALUES = [3, None, 0, -7, 3, None, 2**40, 1, 1, None, 5]


@pytest.mark.parametrize("kind", [pa.int64(), pa.float64()])
@pytest.mark.parametrize("first", [0, 1, 9, 11])
def test_unknown_numbers_are_told_from_zero_in_any_slice_of_a_column(kind, first):
    column = pa.array(VALUES, kind).slice(first)
    values, known = numbers(column)
    assert [value if there else None for value, there in zip(values.tolist(), known, strict=True)] == VALUES[
        first:
    ]
    assert not values[~known].any()


def test_columns_in_several_pieces_or_none_are_read_whole():
    pieces = pa.chunked_array([[1, None], [], [3]], pa.int64())
    assert numbers(pieces)[0].tolist() == [1, 0, 3]
    assert numbers(pa.chunked_array([], pa.int64()))[0].tolist() == []
    assert whole(pa.chunked_array([], pa.string())).to_pylist() == []


@pytest.mark.parametrize("first", range(12))
def test_truth_values_are_read_at_any_offset_and_unknown_is_false(first):
    values = [True, None, False, True] * 3
    assert marks(pa.array(values).slice(first)).tolist() == [value is True for value in values[first:]]


def test_a_column_by_its_distinct_values_tells_which_rows_have_one_of_them():
    column = coded(pa.array(["完成", None, "在建", "完成", None]))
    assert column.values == ["完成", "在建"]
    assert column.among(("完成", None)).tolist() == [True, True, False, True, True]
    assert column.among(("计划",)).tolist() == [False] * 5
    assert coded(pa.array([], pa.string())).among((None,)).tolist() == []


def test_row_numbers_become_arrow_and_back():
    assert index_array(np.array([4, 2], dtype=np.int32)).to_pylist() == [4, 2]


@pytest.mark.parametrize("size", [0, 1, 2, 300])
def test_distinct_pairs_are_the_same_with_their_places_and_without(size):
    chance = np.random.default_rng(size)
    firsts, seconds = chance.integers(-1, 9, size).astype(np.int32), chance.integers(-1, 7, size)
    expected = sorted({*zip(firsts.tolist(), seconds.tolist(), strict=True)})
    one, other, places = distinct_pairs(firsts, seconds)
    assert [*zip(one.tolist(), other.tolist(), strict=True)] == expected
    assert (one[places] == firsts).all()
    assert (other[places] == seconds).all()
    assert [*zip(*(column.tolist() for column in pairs_of(firsts, seconds)), strict=True)] == expected


def test_grouped_values_come_back_by_their_number_in_their_order():
    chance = random.Random(5)
    keys = np.array([chance.randrange(6) for _ in range(40)])
    grouped = Grouped(keys, 7)
    for number in range(7):
        assert grouped.of(number).tolist() == [at for at, key in enumerate(keys) if key == number]
    assert grouped.of(-1).tolist() == grouped.of(99).tolist() == []
    chosen = np.array([5, 6, 0, 5])
    assert grouped.of_all(chosen).tolist() == [row for one in chosen for row in grouped.of(one)]
    assert grouped.keys.tolist() == sorted(keys.tolist())
    assert grouped.of_all(np.zeros(0, dtype=np.int64)).tolist() == []


def test_the_largest_of_each_group_and_none_of_an_empty_one():
    grouped = Grouped.of_lengths(np.array([2, 0, 3, 0]), np.array([4, 9, 1, 3, 2]))
    assert largest(grouped.values, grouped, -1).tolist() == [9, -1, 3, -1]


def test_distinct_pairs_keep_unknown_apart():
    firsts, seconds, places = distinct_pairs(np.array([2, -1, 2, 0]), np.array([1, 1, 1, -1]))
    assert list(zip(firsts.tolist(), seconds.tolist(), strict=True)) == [(-1, 1), (0, -1), (2, 1)]
    assert places.tolist() == [2, 0, 2, 1]


def test_rows_come_in_the_order_of_columns_as_lexsort_has_them_and_equal_rows_as_they_came():
    chance = np.random.default_rng(3)
    for _ in range(200):
        spans = chance.choice([1, 2, 40, 2**20, 2**35, 2**61], size=chance.integers(1, 6))
        rows = int(chance.integers(0, 30))
        columns = [chance.integers(-span, span, rows, endpoint=True) for span in spans.tolist()]
        columns = [column > 0 if span == 1 else column for span, column in zip(spans, columns, strict=True)]
        assert in_order(*columns).tolist() == np.lexsort(columns[::-1]).tolist()
