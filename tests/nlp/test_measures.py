"""What a paragraph without numbers asks for, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Read


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "在养老、托育等领域，扩大中高职贯通培养规模。健全专业动态调整机制，定期发布目录。",
            ["扩大中高职贯通培养规模", "健全专业动态调整机制"],
        ),
        ("三是压实企业责任。对接收学生实习的企业，按规定给予补贴。", ["按规定给予补贴"]),
        (
            "各市州要建立人才需求预测制度；全省要锚定优势产业，实施强链计划。",
            ["建立人才需求预测制度", "实施强链计划"],
        ),
        ("（一）加强培训。根据企业需求开展定岗式培训，年培训两万人。", ["根据企业需求开展定岗式培训"]),
        (
            "（二）落实责任。各县（区、市）要统筹布局中职学校；市直部门要安排专项经费。",
            ["统筹布局中职学校", "安排专项经费"],
        ),
        ("（三）加强督导。市教育局、市财政局按职责分工，定期通报工作进展。", ["定期通报工作进展"]),
        (
            "（四）调整布局。对规模不足的，通过合并、托管或者转为其他形式逐步调整。",
            ["通过合并、托管或者转为其他形式逐步调整"],
        ),
        ("加强校企合作，已与12家企业共建实训基地。推进教学改革，荣获国家级教学成果奖。", []),
        ("学院需推进三项改革：实施学分制，构筑新机制；落实证书制度。改革后质量提高。", []),
    ],
)
def test_tasks_of_a_paragraph(read: Read, text: str, tasks: list[str]) -> None:
    assert [measure.text for measure in read(text).measures] == tasks
