"""联合体运行机构: the organs of governance that a consortium has or has not."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.kind import Column, Form, Node, RecordKind

ORGANS: Final = {
    "council": (
        "理事会",
        "Council",
        ("理事会设立", "理事会设立情况", "理事会情况", "是否成立理事会", "是否设立理事会"),
    ),
    "secretariat": (
        "秘书处",
        "Secretariat",
        ("秘书处设立", "秘书处设立情况", "秘书处情况", "是否设立秘书处"),
    ),
    "operator": (
        "运营平台",
        "Operating platform",
        ("运营公司", "实体运营平台", "运营平台设立", "实体化运营公司", "实体化运营平台", "是否有运营公司"),
    ),
    "charter": ("章程", "Charter", ("联合体章程", "章程制定", "章程制定情况", "是否制定章程")),
    "mandate": ("赋权清单", "Powers delegated", ("授权清单", "权责清单", "赋权事项清单", "是否有赋权清单")),
}
_STATES: Final = {
    "有": ("√", "✓", "已设", "已设立", "已建", "已建立", "已制定", "已印发", "是", "yes"),
    "筹建": ("筹建中", "在建", "起草中", "计划", "拟设", "under way"),
    "未设": ("无", "×", "没有", "未设立", "未建立", "未制定", "否", "no"),
}

KIND: Final = RecordKind(
    name="consortia",
    title=Text("联合体运行机构", "Organs of the consortia"),
    about=Text(
        "每行一个联合体：理事会、秘书处、运营平台、章程、赋权清单有没有。不知道的留空。",
        "One consortium a row: whether it has council, secretariat, operating platform, charter, delegated powers. Leave "
        "empty what is not known.",
    ),
    columns=(
        Column(
            "consortium",
            "联合体名称",
            "Consortium",
            Form.TITLE,
            required=True,
            example="示例产教联合体",
            variants=("联合体", "产教联合体", "产教联合体名称", "市域产教联合体", "市域产教联合体名称"),
        ),
        *(
            Column(name, zh, en, Form.CHOICE, choices=_STATES, variants=variants, example="有")
            for name, (zh, en, variants) in ORGANS.items()
        ),
    ),
    nodes=(Node("consortium", "Consortium", ("consortium",), properties={name: name for name in ORGANS}),),
    edges=(),
)
