"""Who leads a consortium and who belongs to it, by the rules alone; who only stands near it does neither."""

from __future__ import annotations

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(recognition=False, linking=False, calibrated=False)


def told(rules: Extractor, text: str) -> dict[str, set[str]]:
    """Who leads, belongs to and houses the consortia of a text, whichever they are."""
    (found,) = rules.extract([Passage(text)], Context())
    names = [one.surface for one in found.entities]
    of: dict[str, set[str]] = {"LEADS": set(), "MEMBER_OF": set(), "LOCATED_IN": set()}
    for one in found.relations:
        if one.tail is not None and one.kind in of:
            of[one.kind].add(names[one.tail if one.kind == "LOCATED_IN" else one.head])
    return of


LEADERS = {"芜湖职业技术大学", "奇瑞汽车股份有限公司"}
LED = "芜湖职业技术大学、奇瑞汽车股份有限公司"


@pytest.mark.parametrize(
    "begins",
    [
        "芜湖市产教联合体在芜湖经济技术开发区揭牌，由{}牵头，",
        "芜湖市产教联合体在市政府指导下成立，由{}牵头，",
        "芜湖市产教联合体依托芜湖经济技术开发区，由{}牵头，",
        "芜湖市产教联合体以芜湖经济技术开发区为依托，{}牵头，",
        "芜湖市产教联合体2023年成立，{}共同牵头，",
    ],
)
def test_who_leads_is_not_told_as_a_member_besides(rules: Extractor, begins: str) -> None:
    found = told(rules, begins.format(LED) + "安徽工程大学、安徽机电职业技术学院等45家单位参加。")
    assert found["LEADS"] == LEADERS
    assert found["MEMBER_OF"] == {"安徽工程大学", "安徽机电职业技术学院"}


def test_a_park_that_a_consortium_rests_on_houses_it_and_does_not_lead_it(rules: Extractor) -> None:
    found = told(rules, f"芜湖市产教联合体以芜湖经济技术开发区为依托，{LED}牵头。")
    assert found["LEADS"] == LEADERS
    assert found["LOCATED_IN"] == {"芜湖经济技术开发区"}


def test_who_leads_something_else_after_a_consortium_was_founded_does_not_lead_it(rules: Extractor) -> None:
    assert not told(rules, "芜湖市产教联合体2023年成立，芜湖职业技术大学牵头制定了专业标准。")["LEADS"]


TASK = "支持奇瑞汽车股份有限公司牵头组建芜湖市产教联合体，每年培养技能人才5000人。"


@pytest.mark.parametrize(
    "responsible",
    [
        "（牵头单位：市教育局、市工业和信息化局）",
        "（牵头单位：市教育局，配合单位：市财政局、芜湖职业技术大学）",
        "〔牵头单位：市教育局；责任单位：芜湖经济技术开发区管委会〕",
        "牵头单位：市教育局；配合单位：市财政局。",
        "责任单位：市教育局；参与单位：市总工会、芜湖职业技术大学。",
    ],
)
def test_who_is_responsible_for_a_task_has_no_part_in_the_consortium_that_it_names(
    rules: Extractor, responsible: str
) -> None:
    found = told(rules, TASK + responsible)
    assert found["LEADS"] == {"奇瑞汽车股份有限公司"}
    assert not found["MEMBER_OF"]


@pytest.mark.parametrize(
    "text",
    [
        "芜湖市产教联合体（牵头单位：芜湖职业技术大学、奇瑞汽车股份有限公司；成员单位：安徽工程大学）",
        "1.芜湖市产教联合体\n牵头单位：芜湖职业技术大学、奇瑞汽车股份有限公司\n成员单位：安徽工程大学",
        "芜湖市产教联合体的牵头单位是芜湖职业技术大学（高校）、奇瑞汽车股份有限公司（企业），成员单位有安徽工程大学。",
    ],
)
def test_labels_of_a_list_tell_who_leads_and_belongs(rules: Extractor, text: str) -> None:
    found = told(rules, text)
    assert found["LEADS"] == LEADERS
    assert found["MEMBER_OF"] == {"安徽工程大学"}


def test_the_body_of_a_park_may_lead_a_consortium_in_a_list(rules: Extractor) -> None:
    found = told(rules, "芜湖市产教联合体。牵头单位：芜湖经济技术开发区管委会。")
    assert found["LEADS"] == {"芜湖经济技术开发区管委会"}


@pytest.mark.parametrize(
    "text",
    [
        "延边州跨境电商产教联合体揭牌。延边州地处边疆，吸引京东集团股份有限公司落户。",
        "延边州跨境电商产教联合体揭牌。珲春跨境电商产业园区现有企业152家，汇聚京东集团股份有限公司等企业。",
        "延边州跨境电商产教联合体依托珲春跨境电商产业园区，园区吸引京东集团股份有限公司入驻。",
        "延边州跨境电商产教联合体将联合延边大学共建跨境电商产业学院。",
    ],
)
def test_whom_a_place_attracts_or_a_consortium_builds_with_is_no_member(rules: Extractor, text: str) -> None:
    assert not told(rules, text)["MEMBER_OF"]


@pytest.mark.parametrize(
    "text",
    [
        "宁德市产教联合体成立，宁德职业技术学院牵头，吸纳宁德师范学院等32家单位。",
        "宁德市产教联合体成立。目前，已吸纳宁德师范学院等32家单位。",
        "宁德市产教联合体联合宁德师范学院等32家单位，服务锂电产业。",
    ],
)
def test_whom_a_consortium_takes_in_is_a_member(rules: Extractor, text: str) -> None:
    assert told(rules, text)["MEMBER_OF"] == {"宁德师范学院"}


def joined(rules: Extractor, text: str) -> set[tuple[str, str]]:
    (found,) = rules.extract([Passage(text)], Context())
    return {
        (found.entities[one.head].surface, found.entities[one.tail or 0].surface)
        for one in found.relations
        if one.kind == "MEMBER_OF"
    }


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "漯河职业技术学院先后牵头成立漯河市食品产教联合体，参与组建全国食品行业产教融合共同体。",
            {("漯河职业技术学院", "全国食品行业产教融合共同体")},
        ),
        ("漯河职业技术学院牵头成立漯河市食品产教联合体，参与共建漯河市公共实训中心。", set()),
        ("漯河职业技术学院牵头漯河市食品产教联合体，牵头制定团体标准，河南工业大学参与。", set()),
        (
            "漯河市食品产教联合体由漯河职业技术学院牵头，河南工业大学参与建设。",
            {("河南工业大学", "漯河市食品产教联合体")},
        ),
    ],
)
def test_who_takes_part_in_something_else_does_not_join_the_consortium_named_before(
    rules: Extractor, text: str, members: set[tuple[str, str]]
) -> None:
    assert joined(rules, text) == members


@pytest.mark.parametrize(
    "text",
    [
        "以芜湖职业技术大学、奇瑞汽车股份有限公司为理事长单位，安徽工程大学为副理事长单位的芜湖市产教联合体成立。",
        "芜湖职业技术大学、奇瑞汽车股份有限公司牵头，安徽工程大学协同，组建了芜湖市产教联合体。",
    ],
)
def test_parts_told_before_the_consortium_are_parts_in_it(rules: Extractor, text: str) -> None:
    found = told(rules, text)
    assert found["LEADS"] == LEADERS
    assert found["MEMBER_OF"] == {"安徽工程大学"}
