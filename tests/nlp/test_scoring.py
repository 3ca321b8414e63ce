"""Scoring: what counts as the same."""

from __future__ import annotations

from typing import Any

from nlp.extraction import Extraction, MeasureSpan, Mention, Passage, Quantity, Relation
from nlp.scoring import Score, right, score


def line(**parts: Any) -> dict[str, Any]:
    return {"id": 1, "text": "", "entities": [], "relations": [], "quantities": [], "measures": []} | parts


def test_an_extraction_agrees_with_its_own_gold_line() -> None:
    extraction = Extraction(
        Passage("甲校与乙厂合作5 个", 1),
        entities=(Mention("School", "甲校", 0, 2), Mention("Enterprise", "乙厂", 3, 5)),
        relations=(Relation("COOPERATES_WITH", 0, 1, 0, 7),),
        quantities=(Quantity("Statistic", "数", "=", 5, "个", None, "5 个", 7, 10),),
        measures=(MeasureSpan("合作", "合作", 5, 7),),
    )
    report = score([extraction.as_gold()], [extraction])
    assert {report.entities, report.relations, report.quantities, report.measures} == {Score(1), Score(2)}
    assert report.differences == ()


def test_white_space_does_not_count_and_kinds_do() -> None:
    gold = line(entities=[{"kind": "School", "surface": "重庆 大学", "start": 0, "end": 5}])
    right = Extraction(Passage("重庆大学"), entities=(Mention("School", "重庆大学", 0, 4),))
    wrong = Extraction(Passage("重庆大学"), entities=(Mention("Agency", "重庆大学", 0, 4),))
    assert score([gold], [right]).entities == Score(1, 0, 0)
    assert score([gold], [wrong]).entities == Score(0, 1, 1)
    assert len(score([gold], [wrong]).differences) == 2


def test_a_measure_is_met_once() -> None:
    gold = line(measures=[{"text": "建立工作台账", "surface": "建立工作台账"}])
    twice = (MeasureSpan("建立工作台账", "建立工作台账", 0, 6), MeasureSpan("工作台账", "工作台账", 2, 6))
    assert score([gold], [Extraction(Passage("建立工作台账"), measures=twice)]).measures == Score(1, 1, 0)


def test_nothing_found_where_nothing_is_scores_one() -> None:
    assert Score().f1 == 1.0


def test_a_responsibility_is_right_for_the_same_task_in_other_words() -> None:
    text = "市教育局要建立台账，定期通报。"
    found = Extraction(
        Passage(text, 1),
        entities=(Mention("Agency", "市教育局", 0, 4), Mention("Agency", "市财政局", 0, 4)),
        relations=tuple(
            Relation("RESPONSIBLE_FOR", head, None, 0, 14, measure="建立台账") for head in (0, 1)
        ),
        measures=(MeasureSpan("建立台账", "建立台账，定期通报", 5, 14, ("市教育局",)),),
    )
    task = {"text": "建立台账，定期通报", "surface": "建立台账，定期通报", "responsible": ["市教育局"]}
    gold = line(text=text, entities=[{"kind": "Agency", "surface": "市教育局"}], measures=[task])
    assert [holds for part, holds in right(gold, found) if isinstance(part, Relation)] == [True, False]


def test_what_a_passage_is_not_annotated_for_is_neither_right_nor_wrong() -> None:
    text = "市教育局要培训300人。"
    found = Extraction(
        Passage(text, 1),
        entities=(Mention("Agency", "市教育局", 0, 4),),
        relations=(Relation("RESPONSIBLE_FOR", 0, None, 0, 11, measure="培训300人"),),
        quantities=(Quantity("Target", "培训", "=", 300, "人", None, "300人", 7, 11),),
        measures=(MeasureSpan("培训300人", "培训300人", 5, 11, ("市教育局",)),),
    )
    names_alone = {"id": 1, "text": text, "entities": line()["entities"], "relations": []}
    report = score([names_alone], [found])
    assert (report.relations, report.quantities, report.measures) == (Score(), Score(), Score())
    assert [type(part) for part, _ in right(names_alone, found)] == [Mention]
    both = score([line(text=text)], [found])
    assert (both.relations.wrong, both.quantities.wrong, both.measures.wrong) == (1, 1, 1)
    assert (report.annotated, len(both.annotated)) == ({"entities", "relations"}, 4)
