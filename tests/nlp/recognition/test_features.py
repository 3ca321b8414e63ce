"""Features: what the network sees of a text, in whole and in part."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from nlp.characters import Doc
from nlp.pipeline import Extractor
from nlp.recognition.features import CATALOGUE_COLUMN, COLUMNS, RULED_COLUMN, features

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


def test_a_part_is_seen_as_in_the_whole_but_for_its_neighbours(doc: Doc) -> None:
    whole, part = features(doc), features(doc, 3, 30)
    inside = [COLUMNS.index(name) for name in ("character", "word", "tag")]
    assert (part[:, inside] == whole[3:30, inside]).all()
    pairs = [COLUMNS.index(name) for name in ("before", "behind")]
    assert (part[1:-1, pairs] == whole[4:29, pairs]).all()


def test_digits_and_widths_are_alike(pipeline: Language) -> None:
    half, full = features(pipeline("培训300人")), features(pipeline("培训９８７人"))
    assert (half[:, 0] == full[:, 0]).all()


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


def test_the_suffix_ahead_is_told_within_its_clause(doc: Doc) -> None:
    ahead = features(doc)[:, COLUMNS.index("ahead")]
    suffix = TEXT.index("产业学院")
    assert (np.diff(ahead[suffix - 5 : suffix].astype(int)) == -1).all()
    assert ahead[TEXT.index("，")] == 0
