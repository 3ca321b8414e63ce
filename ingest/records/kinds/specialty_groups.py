"""专业群: a school's groups of specialties, what they hold and which chains they serve."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import CHAINS, GRADES, LEVELS, SCHOOL, SCHOOL_CODE, status
from ingest.records.kind import Column, Edge, Form, ListedIn, Node, RecordKind

KIND: Final = RecordKind(
    name="specialty_groups",
    title=Text("专业群", "Specialty groups"),
    about=Text("每行一所学校的一个专业群。", "One specialty group of one school a row."),
    columns=(
        SCHOOL,
        SCHOOL_CODE,
        Column(
            "group",
            "专业群名称",
            "Specialty group",
            Form.TITLE,
            required=True,
            example="示例新能源汽车专业群",
            variants=(
                "专业群",
                "专业群全称",
                "群名称",
                "所属专业群",
                "高水平专业群名称",
                "高水平专业群",
                "建设专业群",
            ),
        ),
        CHAINS,
        Column(
            "specialties",
            "包含专业",
            "Specialties in it",
            Form.NAMES,
            example="新能源汽车技术、汽车智能技术",
            variants=(
                "群内专业",
                "专业组成",
                "组成专业",
                "包含的专业",
                "专业构成",
                "专业群包含专业",
                "群内专业名称",
                "涵盖专业",
                "专业群构成",
                "群内包含专业",
                "所含专业",
            ),
        ),
        Column(
            "core_specialties",
            "核心专业",
            "Core specialties",
            Form.NAMES,
            example="新能源汽车技术",
            variants=("群核心专业", "龙头专业", "骨干专业", "核心专业名称", "牵头专业", "专业群核心专业"),
        ),
        Column(
            "level",
            "层次",
            "Level of the specialties",
            Form.CHOICE,
            choices=LEVELS,
            variants=("专业层次", "培养层次", "办学层次"),
            example="高职专科",
        ),
        Column(
            "grade",
            "级别",
            "Grade",
            Form.CHOICE,
            choices=GRADES,
            example="市级",
            variants=("专业群级别", "建设级别", "等级", "立项级别", "专业群等级", "认定级别"),
        ),
        Column(
            "since",
            "设立日期",
            "Set up",
            Form.DATE,
            example="2022-09",
            variants=(
                "设立时间",
                "建立日期",
                "建立时间",
                "组建时间",
                "立项时间",
                "设立年份",
                "组建年份",
                "立项年份",
                "立项年度",
            ),
        ),
        status("建设状态", "专业群状态", "建设进展", "进展", "建设情况", example="完成"),
    ),
    nodes=(
        Node("school", "School", ("school",), code="school_code"),
        Node("group", "SpecialtyGroup", ("group",), scope="school"),
        Node("chain", "IndustryChain", ("chains",)),
        Node("specialty", "Specialty", ("specialties", "core_specialties"), level="level"),
    ),
    edges=(
        Edge("HOSTS", "school", "group", {"grade": "grade", "since": "since"}, observed="since"),
        Edge("INCLUDES", "group", "specialty", {"core": ListedIn("core_specialties")}),
        Edge("SERVES", "group", "chain"),
    ),
    status="status",
)
