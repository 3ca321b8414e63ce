"""What 分别 joins: the first with the first, the second with the second."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Stated

FIRST, SECOND = "襄阳职业技术学院", "襄阳汽车职业技术学院"
FIRM, OTHER = "东风汽车集团有限公司", "骆驼集团股份有限公司"


@pytest.mark.parametrize(
    ("text", "kind", "pairs"),
    [
        (
            f"{FIRST}、{SECOND}分别与{FIRM}、{OTHER}开展合作。",
            "COOPERATES_WITH",
            {(FIRST, FIRM), (SECOND, OTHER)},
        ),
        (
            f"{FIRST}、{SECOND}分别与{FIRM}、{OTHER}共建东风产业学院、骆驼能源产业学院。",
            "CO_BUILDS",
            {
                (FIRST, "东风产业学院"),
                (FIRM, "东风产业学院"),
                (SECOND, "骆驼能源产业学院"),
                (OTHER, "骆驼能源产业学院"),
            },
        ),
        (
            f"{FIRST}深化校企合作，分别与{FIRM}、{OTHER}共建东风产业学院、骆驼能源产业学院。",
            "CO_BUILDS",
            {
                (FIRST, "东风产业学院"),
                (FIRST, "骆驼能源产业学院"),
                (FIRM, "东风产业学院"),
                (OTHER, "骆驼能源产业学院"),
            },
        ),
        (
            f"{FIRST}与{FIRM}、{OTHER}分别共建东风产业学院、骆驼能源产业学院。",
            "CO_BUILDS",
            {
                (FIRST, "东风产业学院"),
                (FIRST, "骆驼能源产业学院"),
                (FIRM, "东风产业学院"),
                (OTHER, "骆驼能源产业学院"),
            },
        ),
        (
            "全国护理行业产教融合共同体、湖北省汽车产教联合体分别由襄阳职业技术学院、东风汽车集团有限公司牵头。",
            "LEADS",
            {(FIRST, "全国护理行业产教融合共同体"), (FIRM, "湖北省汽车产教联合体")},
        ),
        (
            "襄阳高新区、襄阳经开区分别以新能源汽车、航空航天为主导产业。",
            "OPERATES_IN",
            {("襄阳高新区", "新能源汽车"), ("襄阳经开区", "航空航天")},
        ),
    ],
)
def test_lists_of_one_length_are_joined_by_their_order(
    stated: Stated, text: str, kind: str, pairs: set[tuple[str, str]]
) -> None:
    assert {(head, tail) for one, head, tail in stated(text) if one == kind} == pairs


def test_couples_are_told_two_by_two(stated: Stated) -> None:
    found = stated(f"{FIRST}与{FIRM}、{SECOND}与{OTHER}分别签约。")
    assert {(head, tail) for _, head, tail in found} == {(FIRST, FIRM), (SECOND, OTHER)}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"{FIRST}、{SECOND}分别与{FIRM}开展合作。", {(FIRST, FIRM), (SECOND, FIRM)}),
        (f"{FIRST}分别与{FIRM}、{OTHER}开展合作。", {(FIRST, FIRM), (FIRST, OTHER)}),
    ],
)
def test_one_name_is_joined_with_each_of_a_list(
    stated: Stated, text: str, pairs: set[tuple[str, str]]
) -> None:
    assert {(head, tail) for kind, head, tail in stated(text) if kind == "COOPERATES_WITH"} == pairs
