"""Seeking: what a pattern finds in a text stays the same when it is tried only where it can begin."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp.pipeline  # noqa: F401 - loads the modules whose patterns are asked
from nlp.required import required
from nlp.seeking import Seeker, one_of, opening

PATTERNS = [
    "由[甲乙].{0,9}(?:牵头|主持了?)",
    "(?:甲|乙丙)+(?=丁)",
    "(?<=甲)乙?丙",
    "(?P<a>甲)?乙(?(a)丙|丁)",
    "(?P<a>甲)?(?(a)丙|(?!))",
    "[a-b\\-^\\]]{2,5}|\\d+年|\\s{0,2}丁",
    "(?i:a)b",
    "甲{0}乙*",
    "[^甲]乙",
    "(?<![\\d甲])乙|^丙|丁$",
]


def seekers() -> dict[str, Seeker]:
    return {
        f"{name}.{attribute}": value
        for name, module in sys.modules.items()
        if name.startswith("nlp.")
        for attribute, value in vars(module).items()
        if isinstance(value, Seeker)
    }


@pytest.mark.parametrize("pattern", PATTERNS)
@given(
    text=st.text("甲乙丙丁由牵头主持了-^]ABab1年 \n", max_size=24),
    begin=st.integers(0, 6),
    end=st.integers(4, 30),
)
@settings(max_examples=60, deadline=None)
def test_the_same_is_found_as_by_the_pattern_alone(pattern: str, text: str, begin: int, end: int) -> None:
    seeker, alone = Seeker(pattern), re.compile(pattern)
    expected = [(one.span(), one.groups(), one.lastgroup) for one in alone.finditer(text, begin, end)]
    assert [
        (one.span(), one.groups(), one.lastgroup) for one in seeker.finditer(text, begin, end)
    ] == expected
    first = seeker.search(text, begin, end)
    assert (first and first.span()) == (expected[0][0] if expected else None)


def test_each_pattern_of_the_package_that_is_sought_tells_where_it_begins_or_what_it_needs() -> None:
    assert len(seekers()) > 10
    in_vain = [
        name
        for name, seeker in seekers().items()
        if opening(seeker.pattern) is None and not any(len(need) <= 8 for need in required(seeker.pattern))
    ]
    assert in_vain == []


@given(
    st.lists(st.text("甲乙.+", min_size=1, max_size=4), min_size=1, max_size=9), st.text("甲乙.+", max_size=9)
)
def test_of_some_words_the_longest_that_stands_there_is_found(words: list[str], text: str) -> None:
    found = re.match(one_of(words), text)
    assert (found and found.group()) == max(filter(text.startswith, words), key=len, default=None)


def test_where_nearly_everything_may_begin_nothing_is_told() -> None:
    assert opening("[^甲]乙") is None
    assert opening("[\u4e00-\u9fff]{2}甲") is None
    assert opening("甲?") is None
    assert opening("(?i:a)b") is None
    assert opening("(?:甲|乙?丙)丁") in ("丙乙甲", "丙甲乙")
