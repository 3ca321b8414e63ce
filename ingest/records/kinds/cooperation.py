"""校企合作项目: what a school and a company do together, and what they build."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import CREDIT_CODE, ENTERPRISE, SCHOOL, SCHOOL_CODE, STATUS_CHOICES, several
from ingest.records.kind import ByChoice, Column, Edge, Form, IdOf, Node, RecordKind

BUILT_KINDS: Final = {
    "产业学院": "IndustryCollege",
    "实训基地": "TrainingBase",
    "研发平台": "ResearchPlatform",
    "人才培养项目": "TalentProgram",
}

KIND: Final = RecordKind(
    name="cooperation",
    title=Text("校企合作项目", "Cooperation projects"),
    about=Text("每行一所学校与一家企业的一个合作项目。", "One project of one school with one company a row."),
    columns=(
        several(SCHOOL),
        SCHOOL_CODE,
        several(ENTERPRISE),
        CREDIT_CODE,
        Column(
            "mode",
            "合作模式",
            "Mode",
            Form.CHOICE,
            open=True,
            example="订单班",
            variants=("合作方式", "合作类型", "合作形式", "项目类型", "合作内容"),
            choices={
                "订单班": ("订单培养", "订单式培养"),
                "学徒制": ("现代学徒制", "中国特色学徒制"),
                "产业学院": ("共建产业学院",),
                "技术服务": ("横向课题", "技术开发"),
                "实训基地": ("共建实训基地",),
                "兼职教师": ("企业导师",),
                "现场工程师": (),
            },
        ),
        Column(
            "specialty",
            "涉及专业",
            "Specialty concerned",
            Form.NAME,
            several=True,
            example="新能源汽车技术",
            variants=("专业", "专业名称", "合作专业", "对应专业"),
        ),
        Column(
            "since",
            "起始日期",
            "From",
            Form.DATE,
            example="2023-09",
            variants=(
                "起始时间",
                "开始日期",
                "开始时间",
                "合作开始日期",
                "合作起始时间",
                "签约日期",
                "签约时间",
            ),
        ),
        Column(
            "until",
            "终止日期",
            "Until",
            Form.DATE,
            example="2026-08",
            variants=("终止时间", "结束日期", "结束时间", "截止日期", "合作结束时间"),
        ),
        Column(
            "income",
            "技术服务收入（元）",
            "Technical service income (yuan)",
            Form.MONEY,
            example="250000",
            variants=("技术服务收入", "技术服务年收入", "服务收入", "到账金额", "横向到款额"),
        ),
        Column(
            "status",
            "状态",
            "Status",
            Form.CHOICE,
            choices=STATUS_CHOICES,
            example="在建",
            variants=("项目状态", "合作状态", "进展", "建设状态"),
        ),
        Column(
            "built_type",
            "共建类型",
            "Kind of thing built",
            Form.CHOICE,
            example="实训基地",
            variants=("共建载体类型", "载体类型", "平台类型"),
            choices={
                "产业学院": ("现代产业学院", "混合所有制学院"),
                "实训基地": ("实习实训基地", "生产性实训基地", "实践中心", "开放型区域产教融合实践中心"),
                "研发平台": ("研发中心", "技术创新中心", "工程中心", "协同创新中心", "实验室"),
                "人才培养项目": ("人才项目", "培养项目", "订单班项目", "现场工程师项目"),
            },
        ),
        Column(
            "built",
            "共建名称",
            "Thing built",
            Form.TITLE,
            example="示例新能源汽车实训基地",
            variants=("共建载体名称", "共建载体", "载体名称", "共建平台名称"),
        ),
    ),
    nodes=(
        Node("school", "School", ("school",), code="school_code"),
        Node("enterprise", "Enterprise", ("enterprise",), code="credit_code"),
        Node("specialty", "Specialty", ("specialty",)),
        Node("built", ByChoice("built_type", BUILT_KINDS, by_name=True), ("built",)),
    ),
    edges=(
        Edge(
            "COOPERATES_WITH",
            "school",
            "enterprise",
            {
                "mode": "mode",
                "specialty": IdOf("specialty"),
                "since": "since",
                "until": "until",
                "income": "income",
            },
            observed="since",
        ),
        Edge("CO_BUILDS", "school", "built", {"since": "since"}, observed="since"),
        Edge("CO_BUILDS", "enterprise", "built", {"since": "since"}, observed="since"),
    ),
    status="status",
)
