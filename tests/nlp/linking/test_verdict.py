"""The verdict: what frames state and the linker proposes is weighed together, and the doubtful goes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ontology import EDGES
from nlp.extraction import Context, Mention, Passage, Relation
from nlp.linking import verdict
from nlp.linking.verdict import LEAST, Proposal, chosen, evidence, weights
from nlp.pipeline import Extractor

NAMES = ("甲学院", "乙公司", "丙公司", "丁园区")


def mentions(*confidence: float) -> list[Mention]:
    return [
        Mention("School", name, 4 * place, 4 * place + 3, confidence=sure)
        for place, (name, sure) in enumerate(zip(NAMES, confidence, strict=False))
    ]


def proposal(kind: str, head: int, tail: int, *, stated: bool = False, odds: float | None = 0.0) -> Proposal:
    relation = Relation(kind, head, tail, 0, 16)
    return Proposal((kind, NAMES[head], NAMES[tail]), (relation,), stated=stated, odds=odds)


def test_the_linker_may_take_from_a_frame_what_it_finds_unlikely() -> None:
    names = mentions(0.9, 0.9)
    for odds, kept in ((3.0, 1), (-3.0, 0)):
        stated = proposal("COOPERATES_WITH", 0, 1, stated=True, odds=odds)
        assert len(chosen([stated], names, {"stated": 0.5, "odds of what is stated": 1.0})) == kept


def test_what_the_linker_does_not_weigh_is_judged_by_its_frame_alone() -> None:
    stated = proposal("EMPLOYS", 0, 1, stated=True, odds=None)
    ((found),) = evidence([stated], mentions(0.5, 0.5))
    assert found == {"stated": 1.0, "stated EMPLOYS": 1.0, "not weighed": 1.0}


def test_a_doubtful_name_makes_its_relations_doubtful() -> None:
    given_weights = {"less sure name": 1.0}
    one = proposal("COOPERATES_WITH", 0, 1)
    assert chosen([one], mentions(0.9, 0.9), given_weights)
    assert not chosen([one], mentions(0.9, 0.2), given_weights)


def test_of_others_the_likeliest_speaks_that_shares_a_name_and_of_the_same_names_another_kind() -> None:
    names = mentions(0.9, 0.9, 0.9, 0.9)
    own = proposal("LOCATED_IN", 0, 1, odds=0.0)
    others = [
        proposal("LOCATED_IN", 0, 2, odds=2.0),
        proposal("LOCATED_IN", 0, 3, odds=1.0),
        proposal("LOCATED_IN", 2, 1, odds=-1.0),
        proposal("PART_OF", 1, 0, odds=4.0),
        proposal("SERVES", 0, 3, odds=5.0),
    ]
    found = next(evidence([own, *others], names))
    assert found["another tail"] == pytest.approx(0.881, abs=1e-3)
    assert found["another head"] == pytest.approx(0.269, abs=1e-3)
    assert found["joined otherwise"] == pytest.approx(0.982, abs=1e-3)


def test_a_relation_that_is_kept_has_its_probability_and_keeps_all_its_places() -> None:
    places = tuple(Relation("OFFERS", 0, 1, start, start + 9) for start in (0, 20))
    given_twice = Proposal(("OFFERS", NAMES[0], NAMES[1]), places, stated=True, odds=None)
    found = chosen([given_twice], mentions(0.9, 0.9), {"stated": 2.0})
    assert [(one.start, round(one.confidence, 3)) for one in found] == [(0, 0.881), (20, 0.881)]


def test_what_frames_state_of_one_name_stands_together_and_what_is_read_alone() -> None:
    names = mentions(0.9, 0.9, 0.9)
    given_weights = {"odds of what is stated": 1.0, "odds of what is read": 1.0}
    for stated, kept in ((True, 2), (False, 1)):
        builders = [
            proposal("CO_BUILDS", 0, 2, stated=stated, odds=3.0),
            proposal("CO_BUILDS", 1, 2, stated=stated, odds=-3.0),
        ]
        assert len(chosen(builders, names, given_weights)) == kept


def test_the_weights_of_the_package_are_of_evidence_that_there_is() -> None:
    told = {f"{who}{kind}" for who in ("stated ", "read ") for kind in EDGES}
    alone = proposal("OFFERS", 0, 1)
    words = {
        "stated",
        "read",
        "not weighed",
        "less sure name",
        "odds of what is stated",
        "odds of what is read",
    }
    assert set(weights()) <= told | words | set(verdict._keys(alone.told))
    assert weights() is weights()


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("OFFERS", "LOCATED_IN", "SERVES")),
            st.integers(0, 3),
            st.integers(0, 3),
            st.booleans(),
            st.one_of(st.none(), st.floats(-9, 9)),
        ),
        max_size=12,
        unique_by=lambda one: one[:3],
    ),
    st.randoms(use_true_random=False),
)
def test_the_verdict_keeps_some_of_what_is_proposed_in_whatever_order(
    rows: list[tuple[str, int, int, bool, float | None]], source: random.Random
) -> None:
    names = mentions(0.9, 0.5, 0.01, 1.0)
    proposals = [
        proposal(kind, head, tail, stated=stated or odds is None, odds=odds)
        for kind, head, tail, stated, odds in rows
    ]
    found = chosen(proposals, names)
    assert {(one.kind, one.head, one.tail) for one in found} <= {row[:3] for row in rows}
    assert all(LEAST <= one.confidence <= 1 for one in found)
    shuffled = source.sample(proposals, len(proposals))
    assert sorted(map(str, chosen(shuffled, names))) == sorted(map(str, found))


def test_where_the_network_has_no_view_of_a_text_what_frames_state_stays() -> None:
    text = "由重庆大学牵头的先进材料产教联合体成立。"
    frames = Extractor(recognition=False, linking=False).extract([Passage(text)], Context())[0].relations
    both = Extractor(recognition=False).extract([Passage(text)], Context())[0].relations
    assert frames
    assert set(map(str, frames)) <= set(map(str, both))
