"""Features: what the network sees of a text, in whole and in part."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from nlp import characters
from nlp.characters import Doc
from nlp.pipeline import Extractor
from nlp.recognition.features import (
    CATALOGUE_COLUMN,
    CATALOGUES,
    CHARACTER_COLUMN,
    COLUMNS,
    LINE_END,
    RULED,
    RULED_COLUMN,
    SPACE,
    TAG_COLUMN,
    TAGS,
    UNKNOWN,
    features,
    known,
    ruled_names,
)
from nlp.selection import NAMES
from nlp.typography import plain

TEXT = "由重庆电子科技职业大学牵头，与长安汽车等28家企业共建智能装备产业学院。"


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return Extractor(recognition=False, linking=False, calibrated=False).pipeline


@pytest.fixture
def doc(pipeline: Language) -> Doc:
    return pipeline(TEXT)


def test_each_character_has_a_row(doc: Doc, pipeline: Language) -> None:
    assert features(doc).shape == (len(TEXT), len(COLUMNS))
    assert features(pipeline("")).shape == (0, len(COLUMNS))
    assert features(pipeline("甲")).shape == (1, len(COLUMNS))


def test_a_part_is_seen_as_in_the_whole(doc: Doc) -> None:
    inside = [CHARACTER_COLUMN, TAG_COLUMN]
    assert (features(doc, 3, 30)[:, inside] == features(doc)[3:30, inside]).all()


def test_capitals_are_read_as_small_letters_and_each_digit_as_itself(pipeline: Language) -> None:
    small, large = features(pipeline("ICT学院ǆ")), features(pipeline("ict学院Ǆ"))
    assert (small[:, CHARACTER_COLUMN] == large[:, CHARACTER_COLUMN]).all()
    assert len(set(features(pipeline("123"))[:, CHARACTER_COLUMN].tolist())) == 3


def test_what_no_vocabulary_has_is_unknown_and_space_is_space(pipeline: Language) -> None:
    text = "学\n 　\t😀\ud800\ue000"
    numbers = features(pipeline(text))[:, CHARACTER_COLUMN].tolist()
    assert numbers[1:5] == [LINE_END, SPACE, SPACE, SPACE]
    assert numbers[5:] == [UNKNOWN, known().index("\ufffd") + 4 if "\ufffd" in known() else UNKNOWN, UNKNOWN]


def test_every_character_that_is_known_is_known_once() -> None:
    assert len(set(known())) == len(known()) > 7000


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(), max_size=80))
def test_every_text_has_numbers_that_the_tables_have(pipeline: Language, text: str) -> None:
    seen = features(characters.read(pipeline, plain(text)))
    for column, size in enumerate((4 + len(known()), TAGS, 1 << CATALOGUES, RULED)):
        assert not len(seen) or 0 <= seen[:, column].min() <= seen[:, column].max() < size


def test_names_of_the_catalogues_are_told(doc: Doc) -> None:
    seen = features(doc)[:, CATALOGUE_COLUMN]
    start = TEXT.index("长安汽车")
    assert seen[start]
    assert seen[start + 1]
    assert seen[start] != seen[start + 1]
    assert not seen[TEXT.index("牵头")]


def test_names_of_the_rules_are_told_by_kind_and_where_they_begin_and_end(doc: Doc) -> None:
    seen = features(doc)[:, RULED_COLUMN].astype(int)
    start = TEXT.index("重庆")
    end = start + len("重庆电子科技职业大学")
    assert (seen[start:end] % 4).tolist() == [1, *[0] * (end - start - 2), 2]
    assert len(set(seen[start:end] // 4)) == 1
    firm = TEXT.index("长安汽车")
    assert seen[firm] // 4 not in {0, seen[start] // 4}
    assert not seen[TEXT.index("牵头")]
    assert not features(doc, start + 1, end)[:, RULED_COLUMN].any()  # a name that is not whole is none


def test_where_the_rules_have_names_is_told_again_by_the_features(doc: Doc) -> None:
    names = sorted((span.start, span.end) for span in doc.spans[NAMES])
    assert [(one.start, one.stop) for one in ruled_names(features(doc))] == names
