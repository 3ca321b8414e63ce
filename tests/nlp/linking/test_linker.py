"""The linker: what the frames do not say of two names, where annotated sentences like this one say it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ontology import EDGES
from nlp.extraction import Context, Extraction, Passage
from nlp.linking import Linker, Weights, weights
from nlp.linking.evidence import LEARNT
from nlp.linking.linker import LIKELY
from nlp.linking.pairs import pairs
from nlp.linking.sentence import Sentence
from nlp.pipeline import Extractor
from nlp.relations import skeletons

# No frame reads it: the verb is none of theirs.
SENTENCE = "小蓝经开区已聚起集成电路、智能装备制造两大集群。"
NAMES = (
    "重庆大学",
    "长安汽车",
    "甲职业技术学院",
    "先进材料产教联合体",
    "新能源汽车产业",
    "璧山区",
    "软件技术专业",
    "数控技术",
)


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract([Passage(text)], Context())[0]


def told(extraction: Extraction) -> set[tuple[str, str, str, str]]:
    return {
        (one.kind, extraction.entities[one.head].surface, extraction.entities[one.tail].surface, one.method)
        for one in extraction.relations
        if one.tail is not None
    }


@pytest.fixture(scope="module")
def frames_alone() -> Extractor:
    return Extractor(recognition=False, linking=False)


def test_a_relation_that_no_frame_reads_is_found_by_the_model_and_says_so(
    extractor: Extractor, frames_alone: Extractor
) -> None:
    park, method = "小蓝经开区", "model"
    found = {("OPERATES_IN", park, "集成电路", method), ("OPERATES_IN", park, "智能装备制造", method)}
    assert told(read(frames_alone, SENTENCE)).isdisjoint(found)
    assert found <= told(read(extractor, SENTENCE))


def test_its_confidence_is_its_probability_and_at_least_what_counts_as_likely(extractor: Extractor) -> None:
    found = [one for one in read(extractor, SENTENCE).relations if one.method == "model"]
    assert found
    assert all(LIKELY * 0.5 <= one.confidence <= 1 for one in found)  # less sure where a name is doubtful


def test_what_the_frames_found_stays_as_it_was(extractor: Extractor, frames_alone: Extractor) -> None:
    text = "由重庆大学牵头的先进材料产教联合体成立，长安汽车等成员单位参加。" + SENTENCE
    ruled = read(frames_alone, text).relations
    assert ruled
    assert set(map(str, ruled)) <= set(map(str, read(extractor, text).relations))


def test_a_pair_is_told_once_of_a_passage(extractor: Extractor) -> None:
    found = read(extractor, SENTENCE * 3)
    pairs_told = [one for one in told(found) if one[0] == "OPERATES_IN"]
    by_name = [
        (one.kind, found.entities[one.head].surface, found.entities[one.tail].surface)
        for one in found.relations
        if one.tail is not None
    ]
    assert len(pairs_told) == len([one for one in by_name if one[0] == "OPERATES_IN"])


def test_a_denied_relation_is_none(extractor: Extractor) -> None:
    denied = "小蓝经开区尚未聚起集成电路、智能装备制造两大集群。"
    assert "OPERATES_IN" not in {one[0] for one in told(read(extractor, denied)) if one[3] == "model"}


def test_a_plan_keeps_its_status(extractor: Extractor) -> None:
    planned = "小蓝经开区计划聚起集成电路、智能装备制造两大集群。"
    assert {one.status for one in read(extractor, planned).relations if one.method == "model"} <= {"计划"}


def weighed(*rows: tuple[str, str, float]) -> Linker:
    """A linker that finds no kind likely but for these weights."""
    return Linker(Weights([*(("always", kind, -2.0) for kind in LEARNT), *rows]))


def test_without_what_speaks_for_it_nothing_is_likely(extractor: Extractor) -> None:
    found = read(extractor, SENTENCE)
    sentences = list(skeletons(SENTENCE, found.entities))
    assert weighed().relations(sentences, found.entities, []) == []


def test_weights_decide(extractor: Extractor) -> None:
    found = read(extractor, SENTENCE)
    sentences = list(skeletons(SENTENCE, found.entities))
    linked = weighed(("always", "OPERATES_IN", 4.0)).relations(sentences, found.entities, [])
    assert {one.kind for one in linked} == {"OPERATES_IN"}
    assert [round(one.confidence, 3) for one in linked] == [0.881, 0.881]
    assert weighed(("always", "OPERATES_IN", 1.0)).relations(sentences, found.entities, []) == []


def test_what_has_an_arrow_counts_where_the_head_stands_on_that_side(extractor: Extractor) -> None:
    found = read(extractor, SENTENCE)
    sentences = list(skeletons(SENTENCE, found.entities))
    ahead, behind = ([(f"{arrow}between 已聚起", "OPERATES_IN", 0.3)] for arrow in "→←")
    plain = [("between 已聚起", "OPERATES_IN", 3.5)]
    for rows, number in ((plain + ahead, 2), (plain + behind, 2), (ahead, 0), (plain, 2)):
        assert len(weighed(*rows).relations(sentences, found.entities, [])) == number
    assert (
        weighed(*plain, ("→between 已聚起", "OPERATES_IN", -3.0)).relations(sentences, found.entities, [])
        == []
    )


def test_what_is_stated_the_other_way_round_is_not_told(extractor: Extractor) -> None:
    text = "苏州生物医药产业园位于苏州工业园区。"
    found = read(extractor, text)
    sentences = list(skeletons(text, found.entities))
    always = weighed(("always", "LOCATED_IN", 9.0))
    assert len(always.relations(sentences, found.entities, [])) == 2
    assert always.relations(sentences, found.entities, found.relations) == []


def test_what_is_stated_is_not_told_again(extractor: Extractor) -> None:
    found = read(extractor, SENTENCE)
    sentences = list(skeletons(SENTENCE, found.entities))
    sure = weighed(("always", "OPERATES_IN", 9.0))
    (first, second) = sure.relations(sentences, found.entities, [])
    assert sure.relations(sentences, found.entities, [first, second]) == []


def test_the_weights_of_the_package_speak_of_kinds_that_are_learnt() -> None:
    assert weights() is weights()
    assert set(LEARNT) <= set(EDGES)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([*NAMES, "与", "、", "，", "共建", "的", "。", "位于", "培养", "\n", "😀", "　"]),
        max_size=40,
    )
)
def test_every_relation_joins_names_in_its_words_whose_kinds_the_ontology_lets_be_joined(
    extractor: Extractor, pieces: list[str]
) -> None:
    text = "".join(pieces)
    found = read(extractor, text)
    for one in found.relations:
        assert 0 <= one.start < one.end <= len(text)
        if one.method == "model" and one.tail is not None:
            head, tail = found.entities[one.head], found.entities[one.tail]
            assert (head.kind, tail.kind) in EDGES[one.kind].ends
            assert one.start <= min(head.start, tail.start)
            assert one.end >= max(head.end, tail.end)


def test_a_sentence_without_end_has_pairs_in_proportion_to_its_length(extractor: Extractor) -> None:
    def number(times: int) -> int:
        text = "重庆大学与长安汽车在璧山区，" * times
        found = read(extractor, text)
        return sum(1 for skeleton in skeletons(text, found.entities) for _ in pairs(Sentence(skeleton)))

    assert number(80) < 2.5 * number(40)
