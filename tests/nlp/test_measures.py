"""What a paragraph without numbers asks for, and what only looks like it."""

from __future__ import annotations

import time

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor
from tests.nlp.conftest import Read


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "在养老、托育等领域，扩大中高职贯通培养规模。健全专业动态调整机制，定期发布目录。",
            ["扩大中高职贯通培养规模", "健全专业动态调整机制"],
        ),
        ("三是压实企业责任。对接收学生实习的企业，按规定给予补贴。", ["按规定给予补贴"]),
        (
            "各市州要建立人才需求预测制度；全省要锚定优势产业，实施强链计划。",
            ["建立人才需求预测制度", "实施强链计划"],
        ),
        ("（一）加强培训。根据企业需求开展定岗式培训，年培训两万人。", ["根据企业需求开展定岗式培训"]),
        (
            "（二）落实责任。各县（区、市）要统筹布局中职学校；市直部门要安排专项经费。",
            ["统筹布局中职学校", "安排专项经费"],
        ),
        ("（三）加强督导。市教育局、市财政局按职责分工，定期通报工作进展。", ["定期通报工作进展"]),
        (
            "（四）调整布局。对规模不足的，通过合并、托管或者转为其他形式逐步调整。",
            ["通过合并、托管或者转为其他形式逐步调整"],
        ),
        (
            "二、重点任务。（一）壮大园区载体。责任单位：市工业和信息化局、市发展改革委。",
            ["壮大园区载体"],
        ),
        ("（二）加强领导。建立联席会议制度，办公室设在省教育厅，经费由省财政厅安排。", ["建立联席会议制度"]),
        ("（三）服务发展。酒泉职业技术大学要主动服务风电产业链。", ["主动服务风电产业链"]),
        (  # items inside of a line, each with its heading
            "（一）统一规划。各地政府要把产教融合列入考核。（二）统筹布局。优化院校空间布局，支持职教园建设。",
            ["把产教融合列入考核", "优化院校空间布局"],
        ),
        (  # an item of several sentences begins with no heading where it asks for something
            "三、各州市要持续强化经费保障，及时拨付资金。省教育厅将会同有关部门加强督导。",
            ["持续强化经费保障", "加强督导"],
        ),
        ("四、主要任务。各县（市、区）于2025年9月底前完成办学条件达标任务。", ["完成办学条件达标任务"]),
        (  # who asks twice or more gives a speech
            "他强调，发展职业教育是重要决策，要加强交流，动员企业参加培训；要精准培训，按照用工要求开展订单培训。",
            ["加强交流", "精准培训"],
        ),
        (  # what heads items is none of them
            "（一）实施订单计划。1.深化培训模式，支持企业牵头组织培训。",
            ["深化培训模式"],
        ),
        (
            "市政府印发《人才发展规划》。规划提出，聚力打造五条产业链；前瞻布局未来产业，引进领军企业。",
            ["聚力打造五条产业链", "前瞻布局未来产业"],
        ),
        (
            "1.实施美好教育工程，打造示范学校。牵头单位：区科技局。完成情况：新增学校10所。",
            ["实施美好教育工程"],
        ),
        ("根据有关精神，制定本方案。地区生产总值增长8%。（市教育局）", []),
        ("今年以来，市教育局牵头培育家政产业。", []),
        ("加强校企合作，已与12家企业共建实训基地。推进教学改革，荣获国家级教学成果奖。", []),
        ("学院需推进三项改革：实施学分制，构筑新机制；落实证书制度。改革后质量提高。", []),
    ],
)
def test_tasks_of_a_paragraph(read: Read, text: str, tasks: list[str]) -> None:
    assert [measure.text for measure in read(text).measures] == tasks


def test_who_is_responsible_for_nothing_that_is_a_measure_is_not_told(read: Read) -> None:
    text = "中国汽车工程学会牵头、教育部职成司指导监督的全国汽车职业教育集团，近日在柳州宣告成立。"
    found = read(text)
    told = {measure.text for measure in found.measures}
    assert {relation.measure for relation in found.relations if relation.measure} <= told


@pytest.mark.parametrize(
    "text",
    [
        "该负责人表示，成员单位要在共享上下功夫。",
        "会议强调，各县（市、区）、各学校要围绕品牌建设等重点工作，细化目标，明确责任。",
    ],
)
def test_one_wish_that_news_tell_is_a_task_by_its_words_not_by_the_rules(read: Read, text: str) -> None:
    rules = Extractor(recognition=False, weighing=False)
    assert rules.extract([Passage(text)], Context(date="2024-06"))[0].measures == ()
    assert {task.method for task in read(text).measures} <= {"model"}


@pytest.mark.parametrize(
    ("until", "due"),
    [("2024年6月30日前", "2024-06-30"), ("2025年底前", "2025"), ("10月15日前", "2024-10-15")],
)
def test_a_deadline_is_as_exact_as_the_words(read: Read, until: str, due: str) -> None:
    (task,) = read(f"（一）加强统筹。市教委要在{until}建立工作台账。").measures
    assert task.due == due


def test_a_speech_of_a_thousand_wishes_takes_no_longer_than_its_length(read: Read) -> None:
    begun = time.process_time()
    read("强调，要" * 3_000)
    assert time.process_time() - begun < 5  # by the square it is minutes
