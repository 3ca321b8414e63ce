"""Whether what a sentence states is done, under way, planned, encouraged or denied."""

from __future__ import annotations

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor

DONE = [
    "武汉职业技术大学建成虚拟仿真实训中心，与华为共建鲲鹏产业学院。",
    "山东商业职业技术学院是“双高计划”建设单位，与海尔共建海尔产业学院。",
    "在佛山市教育局支持下，顺德职业技术学院与美的集团共建美的产业学院。",
    "为推动产业发展，顺德职业技术学院与美的集团共建美的产业学院。",
    "顺德职业技术学院探索新模式，与美的集团共建美的产业学院。",
    "顺德职业技术学院将产业元素融入教学，与美的集团共建美的产业学院。",
    "顺德职业技术学院与美的集团共建美的产业学院，学生正在车间里实习。",
]
NOT_DONE = [
    ("顺德职业技术学院打算与美的集团共建美的产业学院。", "计划"),
    ("顺德职业技术学院将与美的集团共建美的产业学院。", "计划"),
    ("顺德职业技术学院拟与美的集团共建美的产业学院。", "计划"),
    ("双方商定，顺德职业技术学院与美的集团要共建美的产业学院。", "计划"),
    ("顺德职业技术学院与美的集团就共建美的产业学院进行座谈。", "计划"),
    ("支持顺德职业技术学院与美的集团共建美的产业学院。", "倡导"),
    ("建议顺德职业技术学院与美的集团共建美的产业学院。", "倡导"),
    ("顺德职业技术学院正在与美的集团共建美的产业学院。", "在建"),
    ("顺德职业技术学院与美的集团共建智能制造产业学院，仍在建设。", "在建"),
]
DENIED = [
    "顺德职业技术学院与美的集团中止合作。",
    "顺德职业技术学院与美的集团的校企合作已于2023年到期。",
    "顺德职业技术学院与美的集团合作关系已解约。",
    "顺德职业技术学院拒绝与美的集团合作。",
    "顺德职业技术学院无意与美的集团合作。",
    "顺德职业技术学院暂停与美的集团合作。",
    "顺德职业技术学院没能与美的集团共建美的产业学院。",
    "顺德职业技术学院与美的集团共建的美的产业学院已停止招生。",
]


def statuses(text: str, reader: Extractor) -> list[str | None]:
    (found,) = reader.extract([Passage(text)], Context())
    return [
        one.status for one in found.relations if one.kind in {"CO_BUILDS", "COOPERATES_WITH", "LOCATED_IN"}
    ]


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(recognition=False, linking=False, weighing=False, calibrated=False)


@pytest.mark.parametrize("text", DONE)
def test_what_only_sounds_like_a_plan_is_done(text: str, rules: Extractor) -> None:
    found = statuses(text, rules)
    assert found
    assert set(found) == {None}


@pytest.mark.parametrize(("text", "status"), NOT_DONE)
def test_what_is_wished_planned_or_under_way_is_not_done(text: str, status: str, rules: Extractor) -> None:
    found = statuses(text, rules)
    assert found
    assert set(found) == {status}


@pytest.mark.parametrize("text", DENIED)
def test_what_is_denied_or_over_is_no_claim(text: str, rules: Extractor) -> None:
    assert statuses(text, rules) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("比亚迪签约落户合肥高新区。", "计划"),
        ("比亚迪合肥高新区基地动工。", None),
        ("比亚迪落户合肥高新区，项目已建成投产。", None),
    ],
)
def test_who_signs_to_settle_is_not_there_yet(text: str, status: str | None, rules: Extractor) -> None:
    assert set(statuses(text, rules)) <= {status}
