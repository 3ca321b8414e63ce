"""ODS_CXHZSJ 产学合作数据: a school's cooperation with companies, by the national data standard of colleges."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.kind import Edge, Node, RecordKind
from ingest.records.standard import standard_columns

KIND: Final = RecordKind(
    name="ODS_CXHZSJ",
    title=Text("产学合作数据", "Cooperation with enterprises (national standard)"),
    about=Text(
        "国家数据标准的产学合作数据子类表，表头可用字段代码或中文名。技术服务年收入以元计。",
        "The table of cooperation of the national data standard, headed by field codes or Chinese names. Income in yuan.",
    ),
    columns=standard_columns("ODS_CXHZSJ", required=("xxdm", "hzqymc")),
    nodes=(
        Node("school", "School", (), code="xxdm"),
        Node("enterprise", "Enterprise", ("hzqymc",), code="hzqytyshxydm"),
    ),
    edges=(
        Edge(
            "COOPERATES_WITH",
            "school",
            "enterprise",
            {
                "since": "hzksny",
                "order_students": "ddpyrs",
                "courses": "gtkfkcms",
                "textbooks": "gtkfjcs",
                "teachers": "zcxxjzjss",
                "interns": "jsdgsxxss",
                "hires": "jsbysjys",
                "income": "xxwqyjsfwnsr",
            },
            observed="sjcjsj",
        ),
    ),
)
