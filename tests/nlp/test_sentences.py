"""What sentences of other places and genres say, a sentence for each class of fault that was found and fixed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.extraction import Context, Extraction, Passage
from nlp.pipeline import Extractor
from nlp.scoring import Report, score

DATA = Path(__file__).parents[1] / "data" / "nlp"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(recognition=False)


def one(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract([Passage(text)], Context(date="2024-06"))[0]


def stated(extraction: Extraction) -> set[tuple[str, str, str]]:
    names = [mention.surface for mention in extraction.entities]
    return {
        (relation.kind, names[relation.head], relation.measure or names[relation.tail or 0])
        for relation in extraction.relations
    }


def measured(extractor: Extractor, name: str) -> Report:
    lines = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return score(lines, [one(extractor, line["text"]) for line in lines])


def test_passages_set_aside_stay_above_the_floor(extractor: Extractor) -> None:
    report = measured(extractor, "unseen.jsonl")
    assert report.entities.f1 >= 0.85
    assert report.relations.f1 >= 0.70
    assert report.quantities.f1 >= 0.88


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "天津经济技术开发区产教联合体（牵头单位：天津经济技术开发区、天津轻工职业技术学院）",
            ("LEADS", "天津轻工职业技术学院", "天津经济技术开发区产教联合体"),
        ),
        (
            "全国航空服务行业产教融合共同体在广州成立。该共同体由中国民航大学牵头。",
            ("LEADS", "中国民航大学", "全国航空服务行业产教融合共同体"),
        ),
        (
            "厦门市软件信息产业产教联盟吸纳厦门亿联网络技术股份有限公司、美亚柏科等成员单位40家。",
            ("MEMBER_OF", "美亚柏科", "厦门市软件信息产业产教联盟"),
        ),
        (
            "东莞职业技术学院与OPPO、vivo等企业深化合作，校企双方联合打造智能终端产业学院。",
            ("CO_BUILDS", "vivo", "智能终端产业学院"),
        ),
        ("集成电路是人工智能的上游产业。", ("UPSTREAM_OF", "集成电路", "人工智能")),
        ("人工智能则处在集成电路的下游。", ("UPSTREAM_OF", "集成电路", "人工智能")),
        ("青岛高新区主导产业为人工智能、高端装备制造。", ("OPERATES_IN", "青岛高新区", "高端装备制造")),
        (
            "邢台职业技术学院汽车检测与维修技术专业与邢台技师学院汽车维修专业开展贯通培养。",
            ("ARTICULATES_TO", "汽车维修", "汽车检测与维修技术"),
        ),
        (
            "智能控制技术专业主要面向工业机器人系统操作员等职业。",
            ("PREPARES_FOR", "智能控制技术", "工业机器人系统操作员"),
        ),
        (
            "山东化工职业学院开放共享《化工单元操作》在线精品课程。",
            ("SHARES", "山东化工职业学院", "化工单元操作"),
        ),
        (
            "东方汽轮机有限公司提出人才需求：数控机床操作工60人，焊接工程师25人。",
            ("DEMANDS", "东方汽轮机有限公司", "焊接工程师"),
        ),
    ],
)
def test_a_sentence_states_its_relation(
    extractor: Extractor, text: str, relation: tuple[str, str, str]
) -> None:
    assert relation in stated(one(extractor, text))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("平煤神马集团三矿副总工程师获奖。", "三矿副总工程师"),
        ("着力培养政治素质高、具有法律专业背景的人才。", "法律"),
        ("各省、自治区、直辖市人民政府：", "市人民政府"),
        ("美国财政部发布公告。", "财政部"),
        ("他读了《红楼梦》。", "红楼梦"),
        ("紧密结合农业产业发展需求。", "紧密结合农业产业"),
        ("广州军区同意办理。", "广州"),
    ],
)
def test_words_are_not_taken_for_names(extractor: Extractor, text: str, wrong: str) -> None:
    assert wrong not in {mention.surface for mention in one(extractor, text).entities}


def test_what_is_still_being_talked_about_is_planned(extractor: Extractor) -> None:
    extraction = one(extractor, "常州机电职业技术学院与理想汽车的合作尚在洽谈之中。")
    assert [relation.status for relation in extraction.relations] == ["计划"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，机械化率达到75%。马铃薯机械化率达到45%。", ("Target", 0.45, 2025)),
        ("截至2022年底，全省有院校210所。在校生98万人。", ("Statistic", 980000, 2022)),
        ("毕业生留在本地的不到四成。", ("Statistic", 0.4, 2024)),
        ("供需比例仅为1∶10。", ("Statistic", 0.1, 2024)),
        ("推动本地配套率由70%提高到80%。", ("Target", 0.8, None)),
    ],
)
def test_numbers_keep_their_year_and_kind(
    extractor: Extractor, text: str, expected: tuple[object, ...]
) -> None:
    quantity = one(extractor, text).quantities[-1]
    assert (quantity.type, quantity.value, quantity.year) == expected


def test_bodies_in_brackets_are_responsible_for_their_own_item(extractor: Extractor) -> None:
    text = "（五）完善投入机制。新增经费要向职业教育倾斜，逐年增加。（市教委、市财政局按职责分工负责）"
    extraction = one(extractor, text)
    assert stated(extraction) == {
        ("RESPONSIBLE_FOR", "市教委", "新增经费要向职业教育倾斜"),
        ("RESPONSIBLE_FOR", "市财政局", "新增经费要向职业教育倾斜"),
    }


def test_two_bodies_in_one_sentence_have_a_task_each(extractor: Extractor) -> None:
    text = "省委教育工作领导小组统筹全省职业教育改革，省教育厅每半年调度一次工作进展。"
    tasks = one(extractor, text).measures
    assert [task.responsible for task in tasks] == [("省委教育工作领导小组",), ("省教育厅",)]


def test_the_level_of_a_school_decides_the_code_of_its_specialty(extractor: Extractor) -> None:
    def code(text: str) -> str | None:
        return next(m.code for m in one(extractor, text).entities if m.kind == "Specialty")

    assert code("长沙民政职业技术学院开设社会工作专业。") == "590101"
    assert code("清华大学开设社会工作专业。") == "030302"
    assert code("推进社会工作专业建设。") is None


def test_a_task_without_words_is_none(extractor: Extractor) -> None:
    assert one(extractor, "0企业要").measures == ()
