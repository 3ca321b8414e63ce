"""What a text must hold for a pattern to match in it: necessary always, and read off the pattern."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.relations import FRAMES
from nlp.required import Sieve, required

PATTERNS = [
    "由[甲乙].{0,9}(?:牵头|主持了?)",
    "(?:甲|乙丙)+(?=丁)",
    "(?<=甲)[^乙]{0,3}丙?",
    "(?P<a>甲)(?P=a)(?!乙)",
    "[甲-癸]{2,5}|\\d+年",
    "(?i:a)b",
    "甲{0}乙*",
    "(?:甲乙|甲丙|丁甲){1,2}",
]


@given(st.text("甲乙丙丁由牵头主持了ABab1年", max_size=24))
@settings(max_examples=300, deadline=None)
def test_a_text_in_which_a_pattern_matches_has_what_it_needs(text: str) -> None:
    passing = Sieve(PATTERNS).passing(text)
    for number, pattern in enumerate(PATTERNS):
        if re.search(pattern, text):
            assert number in passing, pattern


def test_each_frame_needs_names_and_words() -> None:
    """A frame of which nothing could be told would be tried on every sentence."""
    assert [frame.pattern for frame in FRAMES if len(required(frame.expression)) < 2] == []


def test_what_no_pattern_needs_is_told_for_none() -> None:
    assert required(".*甲?") == frozenset()
    assert required("甲|.") == frozenset()
    assert Sieve(["", "甲乙", "丙"]).passing("乙甲") == [0, 1]
