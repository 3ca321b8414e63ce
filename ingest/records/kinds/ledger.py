"""工作台账: how far the measures and targets of documents have come; the sheet of the question `ledger`, filled in."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import status
from ingest.records.kind import PRESENT, ByChoice, Column, Edge, Form, Node, RecordKind

ITEM_KINDS: Final = {"举措": "Measure", "目标": "Target"}

KIND: Final = RecordKind(
    name="ledger",
    title=Text("工作台账", "Ledger of tasks"),
    about=Text(
        "每行一项举措或目标的进展：用 liantu gaps ledger --format csv -o 台账.csv 导出，填好状态和更新日期，再读回来。"
        "状态空着的不算进展。",
        "One measure or target a row: write the sheet with `liantu gaps ledger --format csv -o ledger.csv`, fill in "
        "status and date, read it back. A row without a status reports nothing.",
    ),
    columns=(
        Column(
            "item",
            "举措或目标",
            "measure or target",
            Form.TEXT,
            required=True,
            variants=(
                "举措",
                "工作举措",
                "任务",
                "工作任务",
                "目标",
                "事项",
                "重点任务",
                "任务名称",
                "任务内容",
                "工作事项",
            ),
            example="组建示例运营公司",
        ),
        Column(
            "item_kind",
            "类别",
            "kind",
            Form.CHOICE,
            required=True,
            choices={"举措": ("任务", "Measure"), "目标": ("指标", "Target")},
            variants=("事项类别",),
            example="举措",
        ),
        Column(
            "item_key",
            "编号",
            "number inside the document",
            Form.TEXT,
            required=True,
            variants=("序号", "任务编号"),
            example="4",
        ),
        Column(
            "document",
            "文件",
            "document",
            Form.TEXT,
            variants=("文件名称", "文件标题"),
            example="示例实施方案",
        ),
        Column(
            "document_key",
            "文件标识",
            "key of the document",
            Form.TEXT,
            required=True,
            variants=("文号", "文件文号", "发文字号"),
            example="示例发〔2024〕1号",
        ),
        status("完成状态", "完成情况", "进展状态", example="完成", en="status"),
        Column(
            "updated",
            "更新日期",
            "reported on",
            Form.DATE,
            variants=("填报日期", "办结日期", "报送日期", "更新时间", "填报时间"),
            example="2024-10-15",
        ),
    ),
    nodes=(
        Node("document", "PolicyDocument", ("document",), identity="document_key"),
        Node(
            "item",
            ByChoice("item_kind", ITEM_KINDS),
            ("item",),
            identity="item_key",
            scope="document",
        ),
    ),
    edges=(Edge("SETS", "document", "item", when={"status": PRESENT}, observed="updated"),),
    status="status",
)
