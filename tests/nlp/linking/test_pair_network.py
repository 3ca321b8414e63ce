"""The pair network: what it is told of two names, and how it weighs against the evidence."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extraction import Mention
from nlp.linking import Linker, Weights, pair_network
from nlp.linking.evidence import LEARNT
from nlp.linking.linker import LIKELY, paired
from nlp.linking.pair_network import VIEWED, PairNetwork, Scene
from nlp.linking.pairs import Pair
from nlp.recognition.network import WIDTH
from nlp.recognition.recogniser import MODEL, View
from nlp.relations import skeletons

TEXT = "小蓝经开区已聚起集成电路产业，南昌大学面向集成电路产业办学。"
PARK, SCHOOL = "小蓝经开区", "南昌大学"


def names(text: str = TEXT) -> list[Mention]:
    found = []
    for kind, name in (("Park", PARK), ("School", SCHOOL), ("IndustryChain", "集成电路产业")):
        start = text.find(name)
        while start >= 0:
            found.append(Mention(kind, name, start, start + len(name)))
            start = text.find(name, start + 1)
    return sorted(found, key=lambda one: one.start)


def view(text: str = TEXT) -> View:
    return np.random.default_rng(3).normal(size=(len(text), WIDTH)).astype(np.float16)


def own(entities: list[Mention], text: str = TEXT) -> list[Pair]:
    return [pair for _, of_it in paired(skeletons(text, entities), entities) for pair in of_it]


def decided(odds: float) -> PairNetwork:
    """A network that says the same of every pair and kind."""
    return lambda pairs: np.full((len(pairs), len(LEARNT)), odds, dtype=np.float32)


def test_it_is_told_the_mean_view_of_both_names_and_of_what_stands_between() -> None:
    entities, seen = names(), view()
    pairs = own(entities)
    inputs = Scene(seen).inputs(pairs, entities)
    assert inputs.shape[0] == len(pairs) > 2
    for row, pair in zip(inputs, pairs, strict=True):
        first, second = sorted((entities[pair.heads[0]], entities[pair.tails[0]]), key=lambda one: one.start)
        for place, (start, end) in enumerate(
            ((first.start, first.end), (second.start, second.end), (first.end, second.start))
        ):
            mean = seen[start:end].astype(np.float64).mean(axis=0)
            assert np.allclose(row[place * WIDTH : (place + 1) * WIDTH], mean, atol=1e-5)
        assert row[VIEWED:].sum() == 2  # one for the kinds of ends, one for the distance


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 40))
def test_names_may_stand_at_the_very_edges_and_far_apart(before: int, behind: int, between: int) -> None:
    text = "在" * before + PARK + "有" * between + "集成电路产业" + "了" * behind
    entities = names(text)
    pairs = own(entities, text)
    inputs = Scene(view(text)).inputs(pairs, entities)
    assert np.isfinite(inputs).all()


def test_many_pairs_are_weighed_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    entities, seen = names(), view()
    pairs, network = own(entities), pair_network.shipped()
    together = pair_network.odds(network, pairs, entities, seen)
    monkeypatch.setattr(pair_network, "_TOGETHER", 1)
    assert np.allclose(together, pair_network.odds(network, pairs, entities, seen), atol=1e-4)
    assert pair_network.odds(network, [], entities, seen).shape == (0, len(LEARNT))


def test_what_it_doubts_is_no_relation_and_what_it_is_sure_of_needs_fewer_words() -> None:
    entities, sentences = names(), list(skeletons(TEXT, names()))

    def found(weight: float, network: float | None) -> int:
        linker = Linker(Weights([("always", "OPERATES_IN", weight)]), decided(network or 0.0))
        seen = None if network is None else view()
        return sum(one.kind == "OPERATES_IN" for one in linker.relations(sentences, entities, [], seen))

    assert found(2.0, None) > 0  # by the evidence alone
    assert found(9.0, -9.0) == 0
    assert found(-2.0, None) == 0
    assert found(-2.0, 4.0) > 0


def test_the_share_of_a_relation_is_at_least_what_counts_as_likely() -> None:
    entities = names()
    linker = Linker(Weights([("always", kind, 1.0) for kind in LEARNT]), decided(1.0))
    found = linker.relations(list(skeletons(TEXT, entities)), entities, [], view())
    assert found
    assert all(LIKELY <= one.confidence < 1 for one in found)


def test_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="the network takes"):
        pair_network.load((files("nlp.recognition") / MODEL).read_bytes())
