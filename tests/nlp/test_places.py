"""Where something is and what it is a part of, whichever way a sentence says it."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Stated, misread


@pytest.mark.parametrize(
    ("text", "kind", "head", "tail"),
    [
        (
            "芜湖职业技术大学升格于去年。新校区坐落在芜湖经济技术开发区，占地900亩。",
            "LOCATED_IN",
            "芜湖职业技术大学",
            "芜湖经济技术开发区",
        ),
        (
            "怀化经济开发区已聚集电子企业30家，湖南正清制药集团股份有限公司把总部设在这里。",
            "LOCATED_IN",
            "湖南正清制药集团股份有限公司",
            "怀化经济开发区",
        ),
        (
            "荣县职教中心是自贡市的骨干学校，其新校区建在荣县经济开发区内。",
            "LOCATED_IN",
            "荣县职教中心",
            "荣县经济开发区",
        ),
        (
            "吉林化纤集团的生产基地在吉林经济技术开发区投产。",
            "LOCATED_IN",
            "吉林化纤集团",
            "吉林经济技术开发区",
        ),
        (
            "调研组走访株洲高新区，服务三一重工、徐工集团等园区企业解难题。",
            "LOCATED_IN",
            "徐工集团",
            "株洲高新区",
        ),
        ("鹤壁市唯一的公办高职——鹤壁职业技术学院开学。", "LOCATED_IN", "鹤壁职业技术学院", "鹤壁市"),
        ("代表来自遵义市的贵州航天职业技术学院。", "LOCATED_IN", "贵州航天职业技术学院", "遵义市"),
        ("东营经济技术开发区1992年设立，隶属东营市。", "PART_OF", "东营经济技术开发区", "东营市"),
        (
            "苏州工业园区是生物医药的高地，罗氏制药、辉瑞制药等跨国药企在此设立研发中心。",
            "LOCATED_IN",
            "罗氏制药",
            "苏州工业园区",
        ),
        (
            "双方在平顶山高新区的一处厂房内共建尼龙产教融合示范基地。",
            "LOCATED_IN",
            "尼龙产教融合示范基地",
            "平顶山高新区",
        ),
        (
            "南平市共有工业园区2个，包括邵武经济开发区、浦城工业园区。",
            "LOCATED_IN",
            "邵武经济开发区",
            "南平市",
        ),
        ("黄石市下辖大冶市、阳新县。", "PART_OF", "阳新县", "黄石市"),
    ],
)
def test_a_place_is_read(stated: Stated, text: str, kind: str, head: str, tail: str) -> None:
    assert (kind, head, tail) in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "九江经济技术开发区人才紧缺。毕业生到华为、比亚迪等企业就业。",
        pytest.param("泰州医药高新区发展疫苗。该市的职业学校引进华为、比亚迪等企业的课程。", marks=misread),
        "南通高新区、海门经济技术开发区都在建设。华为、比亚迪等企业纷纷投产。",
        "签约仪式在芜湖经济技术开发区举行，芜湖职业技术大学派代表出席。",
        "鹤壁职业技术学院尚未入驻鹤壁经济技术开发区。",
        "遵义市与贵州航天职业技术学院签订协议。",
    ],
)
def test_a_ceremony_a_denial_and_a_partner_place_nobody(stated: Stated, text: str) -> None:
    assert not {relation for relation in stated(text) if relation[0] in ("LOCATED_IN", "PART_OF")}


def test_a_place_that_describes_one_is_not_of_the_one_before(stated: Stated) -> None:
    told = stated("联盟由中国农业大学发起。坐落在遵义市的贵州航天职业技术学院加入联盟。")
    assert ("LOCATED_IN", "贵州航天职业技术学院", "遵义市") in told
    assert ("LOCATED_IN", "中国农业大学", "遵义市") not in told
