"""Confidence: the table is monotone, it is used, and it says nothing of what it does not know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.confidence import BOTH, RULES, Calibration, calibration, key_of, sure, with_ends
from nlp.extraction import Context, Extraction, Mention, Passage, Quantity, Relation
from nlp.pipeline import Extractor

TEXT = "重庆电子科技职业大学与长安汽车共建智能网联新能源汽车产业学院，招收学生120人。"


@pytest.mark.parametrize("reader", [RULES, BOTH])
def test_confidence_never_falls_with_the_raw_score(reader: str) -> None:
    table = calibration(reader)
    assert {key[0] for key in table.known()} == {"entities", "relations", "quantities", "measures"}
    for key in table.known():
        steps = table.steps(key)
        assert steps == sorted(steps)
        shares = [share for _, share in steps]
        assert shares == sorted(shares)
        assert all(0 < share < 1 for share in shares)


def test_names_by_rule_and_by_model_are_both_in_the_table() -> None:
    methods = {
        reader: {method for what, method, _ in calibration(reader).known() if what == "entities"}
        for reader in (RULES, BOTH)
    }
    assert methods == {RULES: {"rule"}, BOTH: {"rule", "model"}}


def test_between_two_raw_scores_the_share_is_drawn_straight() -> None:
    table = Calibration({("entities", "rule", "terms"): [(0.2, 0.4), (0.6, 0.8)]})
    told = [table.share(("entities", "rule", "terms"), raw) for raw in (0.0, 0.2, 0.4, 0.6, 1.0)]
    assert told == [0.4, 0.4, 0.6, 0.8, 0.8]
    assert table.share(("entities", "model", "terms"), 0.7) == 0.7


@pytest.mark.parametrize("reader", [RULES, BOTH])
def test_the_confidence_of_an_extraction_is_from_the_table(reader: str) -> None:
    table = calibration(reader)
    (read,) = Extractor(recognition=reader == BOTH).extract([Passage(TEXT)], Context())
    assert len(read.entities) > 2
    assert read.relations
    for part in (*read.entities, *read.relations, *read.quantities):
        shares = [share for _, share in table.steps(key_of(part))]
        assert min(shares) <= part.confidence <= max(shares)


def test_a_relation_is_no_surer_than_its_less_sure_end_allows() -> None:
    table = Calibration(
        {
            ("relations", "rule", "cooperation"): [(0.4, 0.3), (0.5, 0.9)],
            ("entities", "rule", "organisations"): [(0.0, 0.5)],
        }
    )
    school = Mention("School", "甲学院", 0, 3, confidence=0.95)
    for certainty, expected in ((0.9, 0.9), (0.5, 0.3)):
        firm = Mention("Enterprise", "乙公司", 4, 7, confidence=certainty)
        given = Extraction(
            Passage("甲学院与乙公司合作"), (school, firm), (Relation("COOPERATES_WITH", 0, 1, 0, 9, confidence=0.8),),
            (Quantity("Target", "数", "=", 1, "人", None, "1人", 0, 2),),
        )  # fmt: skip
        given = replace(given, relations=tuple(with_ends(given.relations, given.entities)))
        found = sure(given, table)
        assert found.relations[0].confidence == expected
        assert [mention.confidence for mention in found.entities] == [0.5, 0.5]
        assert found.quantities[0].confidence == 0.8  # the table knows nothing of quantities
