"""What an industry is made up of: rows of stages, what its clause develops, brackets, systems spelt out."""

from __future__ import annotations

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor
from tests.nlp.conftest import Stated


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("百色的铝产业形成“铝土矿—氧化铝—电解铝—铝材加工”完整链条。", "电解铝", "铝产业"),
        ("新型材料集群打造先进钢铁材料、新型铝合金等千亿级产业链。", "新型铝合金", "新型材料集群"),
        ("有色金属产业链方面，大力发展铜箔、铝箔、镁合金等。", "镁合金", "有色金属产业链"),
        ("重点产业有装备制造（含机器人、数控机床）、食品加工。", "数控机床", "装备制造"),
        (
            "构建“3+2”现代产业体系，即生物医药、电子信息、新材料三大主导产业。",
            "生物医药",
            "“3+2”现代产业体系",
        ),
    ],
)
def test_what_an_industry_develops_is_part_of_it(stated: Stated, text: str, part: str, whole: str) -> None:
    assert ("PART_OF", part, whole) in stated(text)


def test_stages_of_matter_follow_each_other(stated: Stated) -> None:
    told = stated("乐山建成“工业硅—多晶硅—单晶硅—硅片”全产业链。")
    assert {("UPSTREAM_OF", "工业硅", "多晶硅"), ("UPSTREAM_OF", "单晶硅", "硅片")} <= told


@pytest.mark.parametrize(
    "text",
    [
        "新材料产业支撑汽车制造、航空航天等产业发展。",
        "装备制造产业为新能源、生物医药企业提供设备。",
        "形成“招生—培养—就业”育人链条。",
        "轨道交通产业链覆盖“运营管理—信号控制—工程维护”各环节岗位。",
    ],
)
def test_what_is_served_or_done_is_no_stage(stated: Stated, text: str) -> None:
    assert not {relation for relation in stated(text) if relation[0] == "UPSTREAM_OF"}


@pytest.mark.parametrize(
    "text",
    [
        "新材料产业支撑汽车制造、航空航天等产业发展。",
        "装备制造产业为新能源、生物医药企业提供设备。",
    ],
)
def test_an_industry_that_serves_others_does_not_hold_them(stated: Stated, text: str) -> None:
    assert not {relation for relation in stated(text) if relation[0] == "PART_OF"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("由长安大学、陕西法士特集团有限公司联合共建重卡中试平台，2027年底前投入使用。", "计划"),
        ("由长安大学、陕西法士特集团有限公司联合共建的重卡中试平台日前投入使用。", None),
    ],
)
def test_what_is_due_is_planned(extractor: Extractor, text: str, status: str | None) -> None:
    (found,) = extractor.extract([Passage(text)], Context(date="2025-01"))
    told = {relation.status for relation in found.relations if relation.kind == "CO_BUILDS"}
    assert told == {status}
