"""Parties: who built, offers or needs something, wherever its clauses put the parties; and what says something else."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Read, Stated
from tests.nlp.test_clauses import each

SENTENCES = [
    (  # the trigger stands clauses behind its parties, and the name alone in quotes
        "襄阳市高新区管委会、襄阳职业技术学院与东风股份“政校企”携手，启动建设“襄阳高新区·东风轻型商用车联合实训基地”。",
        each(
            "CO_BUILDS",
            "襄阳市高新区管委会 襄阳职业技术学院 东风股份",
            "襄阳高新区·东风轻型商用车联合实训基地",
        )
        | each("COOPERATES_WITH", "襄阳职业技术学院", "东风股份"),
    ),
    (  # a department acts for its school, the place of it builds nothing
        "泉州师范学院招生就业处与九牧集团在南安经济开发区内的智能卫浴产业园共建九牧智能制造产业学院。",
        each("CO_BUILDS", "泉州师范学院 九牧集团", "九牧智能制造产业学院")
        | each("COOPERATES_WITH", "泉州师范学院", "九牧集团"),
    ),
    (  # whoever visits has built nothing
        "石河子大学负责人参观新疆天业集团产教融合实训基地，并与企业座谈。",
        set(),
    ),
    (  # who supports it does not build it
        "榆林市财政局安排专项资金8000万元，支持建设榆林市煤化工公共实训中心。",
        set(),
    ),
    (  # schools named behind what they offer
        "今年3所高职增设无人机应用技术，分别是岳阳职院、郴州职院、湖南电子科技职院；增设集成电路技术专业的有长沙民政职院。",
        each("OFFERS", "岳阳职院 郴州职院 湖南电子科技职院", "无人机应用技术")
        | each("OFFERS", "长沙民政职院", "集成电路技术"),
    ),
    (  # what no catalogue has, between its school and 个专业
        "潞安职业技术学院主打矿井通风安全、煤层气开采两个专业。",
        each("OFFERS", "潞安职业技术学院", "矿井通风安全 煤层气开采"),
    ),
    (  # what is closed is not offered
        "包头职业技术学院去年停招了文秘专业。",
        set(),
    ),
    (  # needs said of whom before, or with what is needed first
        "对苏州汇川技术有限公司来说，嵌入式软件工程师和电机设计工程师常年缺口20多人。",
        each("DEMANDS", "苏州汇川技术有限公司", "嵌入式软件工程师 电机设计工程师"),
    ),
    (  # what follows on cooperation is done by both
        "成都纺织高等专科学校纺织工程学院主动对接服装产业，与四川意龙科纺集团深度合作，共建蜀锦数字设计协同创新中心。",
        each("CO_BUILDS", "成都纺织高等专科学校 四川意龙科纺集团", "蜀锦数字设计协同创新中心")
        | each("COOPERATES_WITH", "成都纺织高等专科学校", "四川意龙科纺集团"),
    ),
    (  # 双方 may be a body of the government
        "贵州电子信息职业技术学院与贵安新区管委会签署协议。双方将携手共建大数据安全靶场公共实训基地。",
        each("CO_BUILDS", "贵州电子信息职业技术学院 贵安新区管委会", "大数据安全靶场公共实训基地"),
    ),
    (  # of the only school of the passage
        "内江职业技术学院建校于1958年。畜牧兽医、园林技术两个专业每年培养学生300余人，主要合作单位有温氏集团。",
        each("OFFERS", "内江职业技术学院", "畜牧兽医 园林技术")
        | each("COOPERATES_WITH", "内江职业技术学院", "温氏集团"),
    ),
    (  # and not where all schools are meant
        "内江职业技术学院建校于1958年。全省有22所院校的畜牧兽医专业在招生。",
        set(),
    ),
    (  # who looks for work is not looked for
        "苏州健雄职业技术学院的数控车工学员参加了舍弗勒集团的座谈。",
        set(),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_what_is_undertaken_is_read_wherever_their_parties_stand(
    stated: Stated, text: str, expected: set[tuple[str, str, str]]
) -> None:
    read = {
        claim for claim in stated(text) if claim[0] in ("CO_BUILDS", "COOPERATES_WITH", "OFFERS", "DEMANDS")
    }
    assert read == expected


def test_what_is_encouraged_is_not_done(read: Read) -> None:
    found = read("支持内江职业技术学院与长虹控股集团在内江高新区共建智能终端产业学院。")
    assert {r.status for r in found.relations if r.kind == "CO_BUILDS"} == {"倡导"}
    assert not [
        r
        for r in read("内江职业技术学院尚未与长虹控股集团共建智能终端产业学院。").relations
        if r.kind == "CO_BUILDS"
    ]
