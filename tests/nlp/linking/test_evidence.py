"""Evidence: words by their places, and what they weigh."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.linking.evidence import LEARNT, Part, Table, odds, packed


def test_a_part_tells_its_words_with_their_places_and_what_is_directed_with_the_arrow() -> None:
    assert list(Part(("always", ("",)), ("before", ("由",))).evidence("→")) == ["always", "before 由"]
    assert list(Part(("class next", ("build",)), directed=True).evidence("←")) == [
        "class next build",
        "←class next build",
    ]


@pytest.mark.parametrize(
    "part",
    [
        Part(("always", ("",))),
        Part(("just before", ("",))),
        Part(("all", ("",))),
        Part(("just before", ("\n",))),
        Part(("class between", ("build",))),
        Part(("two", ("由 <School>",))),
        Part(("ends", ("School → Enterprise",))),
    ],
)
def test_what_a_part_tells_is_found_where_a_weight_was_put(part: Part) -> None:
    table = Table()
    for one in part.evidence("→"):
        table.put(one, packed("OFFERS", 0.5))
    assert odds(table.sum(part), "OFFERS") == 0.5
    assert odds(table.of(part.evidence("→")), "OFFERS") == 0.5


@given(st.lists(st.tuples(st.sampled_from(LEARNT), st.integers(-20000, 20000)), max_size=50))
def test_sums_of_all_kinds_are_kept_apart(given_weights: list[tuple[str, int]]) -> None:
    total = sum(packed(kind, weight / 1000) for kind, weight in given_weights)
    for kind in LEARNT:
        assert odds(total, kind) == sum(weight for one, weight in given_weights if one == kind) / 1000
