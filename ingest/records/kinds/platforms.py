"""研发平台: laboratories, centres, institutes; who builds them, for which chain, where."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import CHAINS, REGION
from ingest.records.kind import ByChoice, Column, Edge, Form, Node, RecordKind

BUILDER_KINDS: Final = {
    "院校": "School",
    "企业": "Enterprise",
    "园区": "Park",
    "部门": "Agency",
    "联合体": "Consortium",
}

KIND: Final = RecordKind(
    name="platforms",
    title=Text("研发平台", "Research platforms"),
    about=Text(
        "每行一个平台。共建单位的类型按名称判断；判断不了时请填写“单位类型”，不同类型分行填写。",
        "One platform a row. What kind of body a builder is shows in its name; where it does not, fill in the kind of "
        "builder, and give builders of different kinds in rows of their own.",
    ),
    columns=(
        Column(
            "platform",
            "平台名称",
            "Platform",
            Form.TITLE,
            required=True,
            example="示例智能驾驶工程技术研究中心",
            variants=(
                "研发平台名称",
                "研发平台",
                "平台",
                "实验室名称",
                "中心名称",
                "科研平台名称",
                "创新平台名称",
                "平台（基地）名称",
            ),
        ),
        Column(
            "category",
            "类别",
            "Category",
            Form.CHOICE,
            open=True,
            example="工程技术研究中心",
            variants=("平台类别", "平台类型", "类型", "平台种类"),
            choices={
                "重点实验室": ("实验室",),
                "工程技术研究中心": ("工程研究中心", "工程中心"),
                "技术创新中心": ("创新中心",),
                "协同创新中心": (),
                "研究院": ("产业技术研究院",),
                "孵化器": ("科技企业孵化器", "众创空间"),
                "公共服务平台": (),
            },
        ),
        Column(
            "level",
            "级别",
            "Grade",
            Form.CHOICE,
            open=True,
            example="市级",
            variants=("平台级别", "等级", "平台等级", "平台层级", "认定级别"),
            choices={"国家级": ("国家",), "市级": ("省级", "省部级"), "校级": ("院级",), "企业级": ()},
        ),
        Column(
            "builders",
            "共建单位",
            "Built by",
            Form.NAMES,
            example="示例职业技术学院、示例汽车零部件有限公司",
            variants=(
                "建设单位",
                "依托单位",
                "牵头单位",
                "参建单位",
                "承建单位",
                "共建企业",
                "依托学校",
                "依托院校",
                "合作共建单位",
            ),
        ),
        Column(
            "builder_type",
            "单位类型",
            "Kind of builder",
            Form.CHOICE,
            variants=("共建单位类型", "依托单位类型"),
            choices={
                "院校": ("学校", "高校"),
                "企业": ("公司",),
                "园区": ("开发区", "产业园区"),
                "部门": ("政府部门", "行业组织"),
                "联合体": ("产教联合体",),
            },
        ),
        CHAINS,
        REGION,
        Column(
            "since",
            "成立日期",
            "Founded",
            Form.DATE,
            example="2022-06",
            variants=(
                "成立时间",
                "批准日期",
                "批准时间",
                "建立日期",
                "成立年份",
                "建立时间",
                "批准年份",
                "认定时间",
                "认定年份",
                "获批时间",
                "获批年份",
                "立项时间",
            ),
        ),
    ),
    nodes=(
        Node(
            "platform",
            "ResearchPlatform",
            ("platform",),
            properties={"category": "category", "level": "level"},
        ),
        Node("builder", ByChoice("builder_type", BUILDER_KINDS, by_name=True), ("builders",)),
        Node("chain", "IndustryChain", ("chains",)),
        Node("region", "Region", ("region",)),
    ),
    edges=(
        Edge("CO_BUILDS", "builder", "platform", {"since": "since"}, observed="since"),
        Edge("SERVES", "platform", "chain"),
        Edge("LOCATED_IN", "platform", "region"),
    ),
)
