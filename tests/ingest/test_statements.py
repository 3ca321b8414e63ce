"""What was found in a document becomes claims that lead back to its words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph.identity import label_of
from ingest.document import Block, Document
from ingest.resolve import resolve
from ingest.statements import document_claims
from nlp.extraction import Extraction, Implied, MeasureSpan, Mention, Passage, Quantity, Relation

HEAD = "渝教发〔2024〕3 号"
TEXT = "重庆大学与华为公司合作。到2027年建成5个。"
TASK = "市教委要建立台账。"


def document(*texts: str, **known: str) -> Document:
    blocks = tuple(Block(text, f"l.{number}") for number, text in enumerate(texts, 1))
    return Document("a.txt", blocks, **known)  # type: ignore[arg-type]


def mention(text: str, kind: str, surface: str, **more: Any) -> Mention:
    start = text.index(surface)
    return Mention(kind, surface, start, start + len(surface), **more)


def rows(doc: Document, extractions: list[Extraction]) -> list[dict[str, Any]]:
    return document_claims(doc, extractions, "s").table.to_pylist()


def test_every_claim_quotes_the_document_word_for_word() -> None:
    doc = document(HEAD, TEXT, number=HEAD, title="通知", issuer="重庆市教委", issued="2024-03-01")
    school, company = mention(TEXT, "School", "重庆大学"), mention(TEXT, "Enterprise", "华为公司")
    relation = Relation("COOPERATES_WITH", 0, 1, 0, 12, status="完成", properties={"mode": "订单班"})
    goal = Quantity("Target", "联合体数", "=", 5, "个", 2027, "5个", TEXT.index("5个"), TEXT.index("5个") + 2)
    found = Extraction(Passage(TEXT), (school, company), (relation,), (goal,))
    made = rows(doc, [Extraction(Passage(HEAD)), found])
    for row in made:
        assert doc.text[row["start"] : row["end"]] == row["quote"]
        assert row["place"] in {"l.1", "l.2"}
    kinds = [(row["kind"], label_of(row["tail"])) for row in made]
    assert ("COOPERATES_WITH", "Enterprise") in kinds
    assert ("SETS", "Target") in kinds
    assert ("ISSUED_BY", "Agency") in kinds
    cooperation = next(row for row in made if row["kind"] == "COOPERATES_WITH")
    assert (cooperation["status"], cooperation["mode"]) == ("完成", "订单班")
    target = next(row for row in made if row["kind"] == "STATES" and label_of(row["tail"]) == "Target")
    assert json.loads(target["properties"]) == {
        "comparator": "=",
        "metric": "联合体数",
        "unit": "个",
        "value": 5.0,
        "year": 2027,
    }


def test_number_and_dates_of_a_document_each_have_the_words_that_say_them() -> None:
    title, colophon = "关于台账的通知", "重庆市教委办公室 2024年3月4日印发"
    doc = document(HEAD, title, TEXT, "重庆市教委", "2024年3月1日", colophon)
    doc = replace(doc, number=HEAD, title=title, issued="2024-03-01", printed="2024-03-04")
    stated = [row for row in rows(doc, []) if row["kind"] == "STATES"]
    words = {name: row["quote"] for row in stated for name in json.loads(row["properties"])}
    assert words == {"title": HEAD, "number": HEAD, "issued": "2024年3月1日", "printed": colophon}
    titled = replace(doc, blocks=(doc.blocks[0], replace(doc.blocks[1], role="title"), *doc.blocks[2:]))
    assert next(row for row in rows(titled, []) if row["kind"] == "STATES")["quote"] == title


def test_the_documents_own_number_and_title_are_the_document() -> None:
    doc = document(HEAD, "关于台账的通知", number=HEAD, title="关于台账的通知")
    found = [
        Extraction(Passage(HEAD), (mention(HEAD, "PolicyDocument", HEAD),)),
        Extraction(
            Passage("关于台账的通知"), (mention("关于台账的通知", "PolicyDocument", "关于台账的通知"),)
        ),
    ]
    nodes = {row["tail"] for row in rows(doc, found) if row["kind"] == "STATES"}
    assert nodes == {"PolicyDocument:渝教发〔2024〕3号"}


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("院发〔2023〕12号", False),
        ("公告2023年第5号", False),
        ("令第12号", False),
        ("渝教发〔2023〕12号", True),
    ],
)
def test_a_number_that_any_body_gives_tells_documents_apart_with_the_issuer(number: str, same: bool) -> None:
    nodes = {
        document_claims(document(number, number=number, title="通知", issuer=issuer), [], "s").document
        for issuer in ("重庆工业职业技术学院", "重庆城市管理职业学院")
    }
    assert len(nodes) == (1 if same else 2)


def test_a_document_of_such_a_number_is_found_by_its_number_where_it_is_the_only_one() -> None:
    number = "院发〔2023〕12号"
    made = document_claims(document(number, number=number, title="通知", issuer="甲学院"), [], "s")
    columns = {"local": [f"PolicyDocument:{number}"], "name": [number], "aliases": ["[]"]}
    stated = made.table.filter(pc.equal(made.table["kind"], "STATES"))
    owners = pa.table({"local": stated["tail"], "name": stated["name"], "aliases": stated["aliases"]})
    found = resolve(pa.concat_tables([owners, pa.table(columns, schema=owners.schema)]))
    assert found.final(f"PolicyDocument:{number}") == made.document


def test_a_measure_belongs_to_its_document_and_names_who_is_responsible() -> None:
    doc = document(TASK, title="通知")
    span = MeasureSpan("建立台账", "建立台账", 4, 8, ("市教委",))
    agency = mention(TASK, "Agency", "市教委", name="重庆市教委")
    relation = Relation("RESPONSIBLE_FOR", 0, None, 0, 8, measure="建立台账", properties={"lead": True})
    made = rows(doc, [Extraction(Passage(TASK), (agency,), (relation,), (), (span,))])
    edge = next(row for row in made if row["kind"] == "RESPONSIBLE_FOR")
    assert edge["head"] == "Agency:重庆市教委"
    assert edge["tail"] == "Measure:1@PolicyDocument:通知"
    assert edge["lead"] is True


def test_a_body_in_a_paragraph_of_its_own_is_responsible_for_the_task_above() -> None:
    who = "责任单位：市教委"
    doc = document(TASK, who, who, title="通知")
    span = MeasureSpan("建立台账", "建立台账", 4, 8, ("市教委",))
    relation = Relation("RESPONSIBLE_FOR", 0, None, 5, 8, measure="建立台账", properties={"lead": True})
    agency = mention(who, "Agency", "市教委", name="重庆市教委")
    found = [
        Extraction(Passage(TASK), (), (), (), (span,)),
        Extraction(Passage(who), (agency,), (relation,)),
        Extraction(Passage(who), (agency,), (relation,)),  # the paragraph before it asks for nothing
    ]
    made = document_claims(doc, found, "s")
    told = [row for row in made.table.to_pylist() if row["kind"] == "RESPONSIBLE_FOR"]
    assert [(row["head"], row["tail"]) for row in told] == [
        ("Agency:重庆市教委", "Measure:1@PolicyDocument:通知")
    ]
    assert sum(made.refused.values()) == 1


def test_what_the_ontology_refuses_is_counted_not_dropped() -> None:
    doc = document(TEXT, title="通知")
    found = Extraction(
        Passage(TEXT),
        (mention(TEXT, "School", "重庆大学"), mention(TEXT, "Enterprise", "华为公司")),
        (
            Relation("COOPERATES_WITH", 1, 0, 0, 12),
            Relation("RESPONSIBLE_FOR", 0, None, 0, 4, measure="不在"),
        ),
    )
    made = document_claims(doc, [found], "s")
    assert sum(made.refused.values()) == 2
    assert "COOPERATES_WITH" not in made.table.column("kind").to_pylist()


def test_two_values_of_one_metric_are_both_kept() -> None:
    text = "在校生33万人，另一处为35万人。"
    quantities = tuple(
        Quantity(
            "Statistic",
            "在校生",
            "=",
            value,
            "人",
            2023,
            surface,
            text.index(surface),
            text.index(surface) + 3,
        )
        for value, surface in ((330000, "33万"), (350000, "35万"))
    )
    made = rows(document(text, title="通知"), [Extraction(Passage(text), (), (), quantities)])
    assert sum(row["kind"] == "REPORTS" for row in made) == 2
    assert len({row["tail"] for row in made if row["kind"] == "REPORTS"}) == 2


def test_one_value_for_two_years_is_two_targets() -> None:
    text = "到2025年，新建产业学院10个；到2027年，新建产业学院10个。"
    quantities = tuple(
        Quantity("Target", "新建产业学院", "=", 10, "个", year, "10个", start, start + 3)
        for year, start in ((2025, text.index("10个")), (2027, text.rindex("10个")))
    )
    made = rows(document(text, title="通知"), [Extraction(Passage(text), (), (), quantities)])
    assert len({row["tail"] for row in made if row["kind"] == "SETS"}) == 2


def test_a_name_mentioned_twice_in_a_passage_is_one_claim_and_in_two_passages_two() -> None:
    text = "重庆大学，重庆大学。"
    one = Mention("School", "重庆大学", 0, 4)
    two = Mention("School", "重庆大学", 5, 9)
    made = rows(
        document(text, text, title="通知"),
        [Extraction(Passage(text), (one, two)), Extraction(Passage(text), (one,))],
    )
    assert sum(row["kind"] == "MENTIONS" for row in made) == 2


def test_a_group_is_the_group_of_the_school_that_is_said_to_host_it_also_further_on() -> None:
    first = "重庆工业职业技术学院智能网联汽车技术专业群对接产业链。"
    later = "智能网联汽车技术专业群招生。"
    school = mention(first, "School", "重庆工业职业技术学院")
    group = mention(first, "SpecialtyGroup", "智能网联汽车技术专业群")
    found = Extraction(Passage(first), (school, group), (Relation("HOSTS", 0, 1, 0, 21),))
    again = Extraction(Passage(later), (mention(later, "SpecialtyGroup", "智能网联汽车技术专业群"),))
    made = rows(document(first, later, title="通知"), [found, again])
    groups = {row["tail"] for row in made if label_of(row["tail"]) == "SpecialtyGroup"}
    assert groups == {"SpecialtyGroup:智能网联汽车技术专业群@School:重庆工业职业技术学院"}


def test_what_lies_in_a_name_is_claimed_with_the_words_of_the_name() -> None:
    text = "先进材料产教联合体成立。"
    found = Extraction(
        Passage(text),
        (mention(text, "Consortium", "先进材料产教联合体"),),
        implied=(Implied("SERVES", 0, "IndustryChain", "先进材料", 0, 4),),
    )
    made = rows(document(text, title="通知"), [found])
    serves = next(row for row in made if row["kind"] == "SERVES")
    assert (serves["head"], serves["tail"]) == ("Consortium:先进材料产教联合体", "IndustryChain:先进材料")


def test_each_issuing_body_is_an_agency_and_the_full_title_an_alias() -> None:
    doc = document("关于合作的通知", title="关于合作的通知", issuer="重庆市教委、重庆市财政局")
    made = rows(doc, [Extraction(Passage("关于合作的通知"))])
    assert [row["tail"] for row in made if row["kind"] == "ISSUED_BY"] == [
        "Agency:重庆市教委",
        "Agency:重庆市财政局",
    ]
    assert json.loads(made[0]["aliases"]) == ["重庆市教委重庆市财政局关于合作的通知"]


def test_the_place_is_that_of_the_words_not_of_the_paragraph() -> None:
    text = "第一行的字重庆大学"
    doc = Document("a.txt", (Block(text, "l.1", marks=((0, "l.1"), (5, "l.2"))),), title="通知")
    made = rows(doc, [Extraction(Passage(text), (mention(text, "School", "重庆大学"),))])
    assert next(row for row in made if label_of(row["tail"]) == "School")["place"] == "l.2"


def test_a_name_that_says_its_level_and_a_speech_that_has_its_day_keep_them() -> None:
    text = "西部职教基地国家级产教联合体授牌。"
    title = "在成立大会上的讲话"
    doc = Document(
        "a.txt",
        (Block(title, "l.1", "title"), Block(text, "l.2")),
        title="关于印发讲话的通知",
        spoken="2023-10-27",
    )
    made = rows(
        doc,
        [
            Extraction(Passage(title), (mention(title, "PolicyDocument", title),)),
            Extraction(Passage(text), (mention(text, "Consortium", "西部职教基地国家级产教联合体"),)),
        ],
    )
    stated = {row["name"]: json.loads(row["properties"]) for row in made if row["kind"] == "STATES"}
    assert stated["西部职教基地国家级产教联合体"] == {"level": "国家级"}
    assert stated[title] == {"issued": "2023-10-27", "kind": "讲话"}
