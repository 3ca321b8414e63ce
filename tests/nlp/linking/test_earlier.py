"""Earlier: which names of sentences before a sentence may speak of."""

from __future__ import annotations

import pytest

from graph.gaps.finding import MINIMUM_CONFIDENCE
from nlp.extraction import Context, Mention, Passage
from nlp.linking.linker import Linker, Weights, paired
from nlp.pipeline import Extractor
from nlp.relations import skeletons

FIRST = "海州智能装备产教联合体近日成立。"


def told(extractor: Extractor, text: str) -> set[tuple[str, str]]:
    """The heads and tails of the pairs over sentences."""
    names, pairs = read(extractor, text)
    return {(names[head].surface, names[tail].surface) for head, tail in pairs}


def read(extractor: Extractor, text: str) -> tuple[tuple[Mention, ...], list[tuple[int, int]]]:
    names = extractor.extract([Passage(text)], Context())[0].entities
    pairs = [pair for _, own in paired(skeletons(text, names), names) for pair in own if pair.far]
    return names, [(head, tail) for pair in pairs for head in pair.heads for tail in pair.tails]


def test_a_sentence_may_speak_of_the_consortium_before_it(extractor: Extractor) -> None:
    found = told(extractor, FIRST + "下设四个工作组，重庆大学和长安汽车出席了签约。")
    assert ("重庆大学", "海州智能装备产教联合体") in found
    assert ("长安汽车", "海州智能装备产教联合体") in found


def test_a_name_that_the_sentence_repeats_is_no_earlier_one(extractor: Extractor) -> None:
    assert not told(extractor, FIRST + "重庆大学牵头海州智能装备产教联合体。")


@pytest.mark.parametrize(("between", "meant"), [(1, True), (3, True), (4, False), (60, False)])
def test_what_was_named_long_before_is_not_meant(extractor: Extractor, between: int, meant: bool) -> None:
    found = told(extractor, FIRST + "会议在重庆市举行。" * between + "重庆大学和长安汽车出席了签约。")
    assert (("重庆大学", "海州智能装备产教联合体") in found) == meant


def test_pairs_over_sentences_grow_with_the_text_and_no_faster(extractor: Extractor) -> None:
    sentence = "重庆大学有一处校区。长安汽车有一处厂区。海州智能装备产教联合体有一处会址。"
    few, many = (len(read(extractor, sentence * times)[1]) for times in (10, 40))
    assert 0 < few < many < 4.5 * few


def test_what_is_read_over_sentences_says_that_a_model_read_it_and_rests_on_both(
    extractor: Extractor,
) -> None:
    text = FIRST + "下设四个工作组，重庆大学出席了签约。"
    names = extractor.extract([Passage(text)], Context())[0].entities
    weights = Weights([("far:ends School ← Consortium", "MEMBER_OF", 9.0)])
    told_of = Linker(weights).relations(list(skeletons(text, names)), names, [])
    (found,) = [one for one in told_of if one.confidence > MINIMUM_CONFIDENCE]
    assert (found.kind, found.method) == ("MEMBER_OF", "model")
    assert text[found.start : found.end].startswith("海州智能装备产教联合体")
    assert "重庆大学" in text[found.start : found.end]
