"""ODS_ZYSZSJ 专业设置数据: the specialties of a school, by the national data standard of vocational colleges."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.kind import Edge, Node, RecordKind
from ingest.records.standard import standard_columns

KIND: Final = RecordKind(
    name="ODS_ZYSZSJ",
    title=Text("专业设置数据", "Specialty settings (national standard)"),
    about=Text(
        "国家数据标准的专业设置数据子类表，表头可用字段代码或中文名。专业号（zyh）由学校自定，专业按名称和层次对应国家目录。",
        "The table of specialties of the national data standard, headed by field codes or Chinese names. `zyh` is the "
        "school's own number: the specialty is found in the national catalogue by name and level.",
    ),
    columns=standard_columns("ODS_ZYSZSJ", required=("xxdm", "zymc", "zyccm")),
    nodes=(
        Node("school", "School", (), code="xxdm"),
        Node("specialty", "Specialty", ("zymc",), level="zyccm", properties={"level": "zyccm"}),
        Node("group", "SpecialtyGroup", ("sszyqmc",), scope="school"),
    ),
    edges=(
        Edge("OFFERS", "school", "specialty", {"number": "zyh", "since": "sczsny"}, observed="sjcjsj"),
        Edge("HOSTS", "school", "group", observed="sjcjsj"),
        Edge("INCLUDES", "group", "specialty", observed="sjcjsj"),
    ),
)
