"""`责任单位：…` as a paragraph of its own names who is to do what the paragraph before asks for."""

from __future__ import annotations

from nlp.extraction import Context, Extraction, Passage
from nlp.named_below import with_bodies_below
from nlp.pipeline import Extractor

TASK = "（二）完善投入机制。建立生均拨款制度，新增经费向职业教育倾斜。"
WHO = "牵头单位：市教育局；配合单位：市财政局"


def read(extractor: Extractor, *texts: str) -> tuple[Extraction, ...]:
    return extractor.extract([Passage(text) for text in texts], Context(date="2024"))


def test_the_bodies_below_a_task_are_responsible_for_it(extractor: Extractor) -> None:
    above, below = read(extractor, TASK, WHO)
    assert [task.responsible for task in above.measures] == [("市教育局", "市财政局")]
    assert [
        (below.entities[one.head].surface, one.measure, one.properties["lead"]) for one in below.relations
    ] == [("市教育局", above.measures[0].text, True), ("市财政局", above.measures[0].text, False)]
    assert all(below.passage.text[one.start : one.end] for one in below.relations)


def test_a_task_that_names_somebody_and_a_paragraph_of_something_else_stay(extractor: Extractor) -> None:
    above, below = read(extractor, "（二）加强统筹。建立生均拨款制度。（省财政厅牵头）", WHO)
    assert [task.responsible for task in above.measures] == [("省财政厅",)]
    assert below.relations == ()
    above, *_ = read(extractor, TASK, "各地结合实际执行。", WHO)
    assert above.measures[0].responsible == ()
    assert with_bodies_below([]) == []
