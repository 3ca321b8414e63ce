"""Who is called to an office of a consortium, wherever in the passage that is named."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Stated

CALLED = (
    "全国农药行业产教融合共同体日前成立。大会推举江苏扬农化工集团为理事长单位，江苏农林职业技术学院、"
    "南通科技职业学院当选副理事长单位。"
)


@pytest.mark.parametrize(
    ("text", "kind", "head"),
    [
        (
            CALLED,
            "LEADS",
            "江苏扬农化工集团",
        ),
        (
            CALLED,
            "MEMBER_OF",
            "南通科技职业学院",
        ),
        (
            "全国农药行业产教融合共同体新增辽宁石化职业技术学院等9家理事单位。",
            "MEMBER_OF",
            "辽宁石化职业技术学院",
        ),
        (
            "全国农药行业产教融合共同体理事会召开，沈阳化工大学等20家成员单位的代表到会。",
            "MEMBER_OF",
            "沈阳化工大学",
        ),
        (
            "全国农药行业产教融合共同体在沈阳揭牌。共同体在省教育厅指导下，由8816工厂、沈阳化工大学共同发起，60所高校参加。",
            "LEADS",
            "沈阳化工大学",
        ),
        (
            "全国农药行业产教融合共同体成立，由沈阳化工大学等高校，以及扬农集团等12家企业联合组成。",
            "MEMBER_OF",
            "扬农集团",
        ),
        (
            "全国农药行业产教融合共同体成立，扬农集团获授副理事长单位牌匾，沈阳化工大学等20家单位为成员。",
            "MEMBER_OF",
            "扬农集团",
        ),
        (
            "全国农药行业产教融合共同体运行良好。作为共同体的牵头学校，沈阳化工大学与扬农集团将共建实训基地。",
            "LEADS",
            "沈阳化工大学",
        ),
    ],
)
def test_an_office_is_of_the_consortium_that_is_spoken_of(
    stated: Stated, text: str, kind: str, head: str
) -> None:
    assert (kind, head, "全国农药行业产教融合共同体") in stated(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "沈阳化工大学是全国农药行业产教融合共同体牵头单位，南通科技职业学院派员参会。",
            ("LEADS", "南通科技职业学院", "全国农药行业产教融合共同体"),
        ),
        (
            "全国农药行业产教融合共同体成立，沈阳化工大学任理事长单位，南通科技职业学院任副理事长单位。",
            ("LEADS", "南通科技职业学院", "全国农药行业产教融合共同体"),
        ),
        (
            "全国农药行业产教融合共同体与全国涂料行业产教融合共同体结对。会上沈阳化工大学当选理事单位。",
            ("MEMBER_OF", "沈阳化工大学", "全国涂料行业产教融合共同体"),
        ),
    ],
)
def test_who_only_attends_or_whose_consortium_is_not_said_has_no_office(
    stated: Stated, text: str, relation: tuple[str, str, str]
) -> None:
    assert relation not in stated(text)
