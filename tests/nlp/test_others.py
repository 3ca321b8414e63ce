"""Rules of relations by themselves: somebody else who speaks, what each side does for the other, what leads on to what.

The verdict is fitted to what the rules of its day stated; here the rules are asked alone.
"""

from __future__ import annotations

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor
from nlp.relations.others import begins_with_others
from tests.nlp.test_clauses import each

SCHOOL = "常州机电职业技术学院"
OTHERS = [
    "近年来，我市紧抓机遇，投资3亿元，打造新能源汽车公共实训基地。",
    "据统计，我省有28所院校开设智能网联汽车技术专业。",
    "企业建议增设工业机器人技术专业。",
    "高职新设智能网联汽车技术专业点45个。",
    "全省职业院校新增工业机器人技术、大数据技术专业。",
    "会议强调，要加快建设，打造低空经济产业学院。",
    "我市与吉利汽车签订战略合作协议。",
]
COOPERATES = [
    "中联重科深度参与湖南工业职业技术学院人才培养方案制定。",
    "中联重科先后向湖南工业职业技术学院捐赠设备价值500万元。",
    "中联重科选派35名技术骨干到湖南工业职业技术学院担任兼职教师。",
    "中联重科每年接收湖南工业职业技术学院学生实习300余人。",
    "湖南工业职业技术学院为中联重科开展员工技能培训2400人次。",
    "受中联重科委托，湖南工业职业技术学院完成高空作业平台液压系统优化项目。",
    "湖南工业职业技术学院承担了中联重科委托的液压系统横向课题，合同金额80万元。",
    "湖南工业职业技术学院教师赴中联重科开展企业实践，解决技术难题8项。",
    "湖南工业职业技术学院聘请中联重科首席技师为兼职教师。",
    "湖南工业职业技术学院从中联重科聘请了60名产业导师。",
    "湖南工业职业技术学院引进中联重科的生产线，建成校中厂。",
    "与湖南工业职业技术学院签约的企业有中联重科。",
]
LEADS_ON = [
    (
        "数控技术应用专业与数控技术专业、机电一体化技术专业开展“3+2”贯通。",
        each("ARTICULATES_TO", "数控技术应用", "数控技术 机电一体化技术"),
    ),
    ("中职数控技术应用专业对接高职数控技术专业。", each("ARTICULATES_TO", "数控技术应用", "数控技术")),
    (
        "工业机器人技术专业接续本科专业有机器人技术、智能制造工程技术。",
        each("ARTICULATES_TO", "工业机器人技术", "机器人技术 智能制造工程技术"),
    ),
    (
        "数控技术专业。接续高职本科专业举例：机械电子工程技术、智能制造工程技术。",
        each("ARTICULATES_TO", "数控技术", "机械电子工程技术 智能制造工程技术"),
    ),
    (
        "数控技术应用专业与机电一体化技术专业衔接，再与机械电子工程技术专业衔接。",
        each("ARTICULATES_TO", "数控技术应用", "机电一体化技术 机械电子工程技术"),
    ),
]


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(recognition=False, linking=False, calibrated=False)


def told(rules: Extractor, text: str) -> set[tuple[str, str, str]]:
    found = rules.extract([Passage(text)], Context(date="2024-06"))[0]
    names = [mention.surface for mention in found.entities]
    return {(r.kind, names[r.head], names[r.tail]) for r in found.relations if r.tail is not None}


@pytest.mark.parametrize("sentence", OTHERS)
def test_what_is_said_of_somebody_else_is_not_claimed_of_the_school_before(
    rules: Extractor, extractor: Extractor, sentence: str
) -> None:
    text = f"{SCHOOL}在大赛中获奖。{sentence}"
    assert told(rules, text) == set()
    assert told(extractor, text) == set()


def test_somebody_else_in_a_sentence_without_a_name_is_still_spoken_of_in_the_next(rules: Extractor) -> None:
    text = f"{SCHOOL}在大赛中获奖。近年来，我市成效明显。先后建成新能源汽车公共实训基地。"
    assert told(rules, text) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "目前，开设工业机器人技术专业。",
        "开设工业机器人技术专业，为全省首个。",
        "全省仅此一所，学校开设工业机器人技术专业。",
    ],
)
def test_the_school_before_is_still_meant_where_nobody_else_is(rules: Extractor, sentence: str) -> None:
    assert ("OFFERS", SCHOOL, "工业机器人技术") in told(rules, f"{SCHOOL}2020年升格。{sentence}")


def test_what_our_province_does_is_not_claimed_of_the_park_before(rules: Extractor) -> None:
    text = "杭州高新区获评先进。近年来，我省做强数字安防产业集群，集聚海康威视、大华股份等企业。"
    assert not any("杭州高新区" in claim for claim in told(rules, text))


def test_what_our_city_gathers_is_located_in_the_city_before(rules: Extractor) -> None:
    text = "常州市位于江苏省。近年来，我市做强光伏产业，集聚天合光能等企业。"
    assert ("LOCATED_IN", "天合光能", "常州市") in told(rules, text)


def test_a_place_before_a_name_or_in_praise_is_not_somebody_else() -> None:
    assert begins_with_others("，我市坚持改革")
    assert not begins_with_others("全省首个产业学院")
    assert not begins_with_others("学校与我市企业合作")


@pytest.mark.parametrize("text", COOPERATES)
def test_what_each_side_does_for_the_other_is_cooperation(rules: Extractor, text: str) -> None:
    assert ("COOPERATES_WITH", "湖南工业职业技术学院", "中联重科") in told(rules, text)


@pytest.mark.parametrize(
    "text", ["中联重科赴湖南工业职业技术学院考察。", "湖南工业职业技术学院教师赴中联重科参观。"]
)
def test_a_visit_is_no_cooperation(rules: Extractor, text: str) -> None:
    assert told(rules, text) == set()


@pytest.mark.parametrize(("text", "expected"), LEADS_ON)
def test_a_specialty_leads_on_to_each_that_is_listed(
    rules: Extractor, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert {claim for claim in told(rules, text) if claim[0] == "ARTICULATES_TO"} == expected


def test_the_school_that_built_it_with_a_firm_is_meant_by_the_word_alone(rules: Extractor) -> None:
    base = "山东医药技师学院建有泰山制药实训基地。泰山制药实训基地由学院与齐鲁制药共建。"
    course = "山东医药技师学院特色鲜明。其中“惠科班”由学院与惠科股份有限公司联合培养。"
    assert each("CO_BUILDS", "山东医药技师学院 齐鲁制药", "泰山制药实训基地") <= told(rules, base)
    assert each("CO_BUILDS", "山东医药技师学院 惠科股份有限公司", "惠科班") <= told(rules, course)


def test_a_school_and_firms_in_general_are_nobody(rules: Extractor) -> None:
    text = "山东医药技师学院特色鲜明。泰山制药实训基地由学校与企业共建。"
    assert told(rules, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "丽水职业技术学院撤销模具专业，停招文秘、会计等专业。",
        "丽水职业技术学院停办电气专业。",
        "丽水职业技术学院取消会计专业。",
    ],
)
def test_what_is_done_away_with_is_not_offered_and_the_verb_is_no_part_of_its_name(
    rules: Extractor, text: str
) -> None:
    found = rules.extract([Passage(text)], Context())[0]
    assert not any(r.kind == "OFFERS" for r in found.relations)
    assert not any(m.surface.startswith(("撤销", "停招", "停办", "取消")) for m in found.entities)


def test_a_firm_is_located_where_it_has_its_plants(rules: Extractor) -> None:
    assert told(rules, "比亚迪在常州、西安设有生产基地。") == each("LOCATED_IN", "比亚迪", "常州 西安")


def test_who_joins_a_consortium_is_a_member_of_it(rules: Extractor) -> None:
    text = "上海电子信息职业技术学院、上海市经信委等加盟长三角航空产教联盟。"
    members = "上海电子信息职业技术学院 上海市经信委"
    assert told(rules, text) == each("MEMBER_OF", members, "长三角航空产教联盟")
