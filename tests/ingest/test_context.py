"""The context of a document: whose 市教委 it is, and from when 去年 is counted."""

from __future__ import annotations

import pytest

from ingest.context import context_of, region_code, region_of
from ingest.document import Block, Document


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("中共重庆市委教育工作领导小组", "重庆市"),
        ("江苏省教育厅", "江苏省"),
        ("常州市人民政府办公室", "常州市"),
        ("内蒙古自治区教育厅", "内蒙古自治区"),
        ("教育部办公厅", None),
        ("各位领导、各位来宾：欢迎来到重庆市", "重庆市"),
        ("新能源是朝阳产业，大庆精神永放光芒，成都市先行一步", "成都市"),
        ("来宾市教育体育局", "来宾市"),
    ],
)
def test_the_region_is_the_first_place_that_is_named(text: str, region: str | None) -> None:
    assert region_of(text) == region


def test_the_issuer_comes_before_what_the_text_names() -> None:
    blocks = (Block("深圳的经验", "l.1"),)
    assert context_of(Document("a", blocks, issuer="重庆市教育委员会")).region == "重庆市"
    assert context_of(Document("a", blocks)).region == "深圳市"


def test_a_speech_counts_from_the_day_it_was_held() -> None:
    assert context_of(Document("a", (), issued="2023-11-03", spoken="2023-10-27")).date == "2023-10-27"
    assert context_of(Document("a", (), issued="2023-11-03")).date == "2023-11-03"


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("江北区", "重庆市", "500105"),
        ("江北区", "浙江省", "330205"),
        ("江北区", None, None),
        ("常州", None, "320400"),
        ("无此地", "重庆市", None),
    ],
)
def test_a_district_of_a_common_name_is_that_of_the_documents_region(
    name: str, within: str | None, code: str | None
) -> None:
    assert region_code(name, within) == code
