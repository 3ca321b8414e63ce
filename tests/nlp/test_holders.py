"""Whose a number is."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Read


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        (
            "重庆工业职业技术学院与重庆长安汽车股份有限公司合作，该公司年产值1000亿元。",
            ["重庆长安汽车股份有限公司"],
        ),
        (
            "重庆工业职业技术学院在校生1.5万人，重庆长安汽车股份有限公司员工4万人。",
            ["重庆工业职业技术学院", "重庆长安汽车股份有限公司"],
        ),
        ("重庆工业职业技术学院有专业50个，在校生1.5万人。", ["重庆工业职业技术学院"] * 2),
        ("重庆工业职业技术学院位于渝北区。学校现有在校生1.5万人。", ["重庆工业职业技术学院"]),
        (
            "重庆工业职业技术学院在校生1.5万人，与重庆长安汽车股份有限公司共建基地3个。",
            ["重庆工业职业技术学院"] * 2,
        ),
        ("长安汽车、赛力斯等30家企业参加。", [None]),
    ],
)
def test_a_number_is_about_what_its_clause_names(read: Read, text: str, holders: list[str | None]) -> None:
    found = read(text)
    named = [None if one.subject is None else found.entities[one.subject].surface for one in found.quantities]
    assert named == holders
