"""Pairs: which names of a sentence may be related, and what is said of them."""

from __future__ import annotations

from nlp.extraction import Context, Passage
from nlp.linking.pairs import Pair, pairs
from nlp.linking.sentence import Sentence
from nlp.pipeline import Extractor
from nlp.relations import skeletons


def told(extractor: Extractor, text: str) -> list[tuple[set[str], set[str], Pair]]:
    entities = extractor.extract([Passage(text)], Context())[0].entities
    return [
        ({entities[one].surface for one in pair.heads}, {entities[one].surface for one in pair.tails}, pair)
        for skeleton in skeletons(text, entities)
        for pair in pairs(Sentence(skeleton))
    ]


def test_the_members_of_a_list_share_their_evidence(extractor: Extractor) -> None:
    ((heads, tails, pair),) = told(extractor, "重庆大学开设软件技术、数控技术专业。")
    assert (heads, tails) == ({"重庆大学"}, {"软件技术", "数控技术"})
    assert pair.kinds == ("OFFERS",)
    assert {"between 开设", "class between offer", "direction →", "first name"} <= set(pair.evidence)


def test_an_arrow_says_which_end_stands_first(extractor: Extractor) -> None:
    ((_, _, pair),) = told(extractor, "软件技术专业由重庆大学开设。")
    assert "direction ←" in pair.evidence
    assert "→class between passive" not in pair.evidence
    assert "←class between passive" in pair.evidence


def test_two_kinds_in_one_list_are_a_pair(extractor: Extractor) -> None:
    found = told(extractor, "重庆大学和长安汽车参加。")
    assert [(heads, tails) for heads, tails, _ in found] == [({"重庆大学"}, {"长安汽车"})]
    assert "one list" in found[0][2].evidence


def test_a_nearer_name_of_the_same_kind_is_told(extractor: Extractor) -> None:
    found = told(extractor, "重庆大学支持四川大学，后者开设软件技术专业。")
    far = next(pair for heads, _, pair in found if heads == {"重庆大学"})
    near = next(pair for heads, _, pair in found if heads == {"四川大学"})
    assert "nearer head →" in far.evidence
    assert "nearer head →" not in near.evidence


def test_names_that_nothing_can_join_are_no_pair(extractor: Extractor) -> None:
    assert told(extractor, "软件技术和数控技术专业。") == []
    assert told(extractor, "没有名称的一句话。") == []


def test_the_words_of_a_pair_are_its_clauses(extractor: Extractor) -> None:
    text = "去年，重庆大学开设软件技术专业，反响热烈。"
    ((_, _, pair),) = told(extractor, text)
    entities = extractor.extract([Passage(text)], Context())[0].entities
    (skeleton,) = skeletons(text, entities)
    assert text[skeleton.offsets[pair.start] : skeleton.offsets[pair.end]] == "重庆大学开设软件技术专业"
