"""联合体成员: who leads a consortium and who belongs to it."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import CHAINS, REGION
from ingest.records.kind import ByChoice, Column, Edge, Form, Node, RecordKind

MEMBER_KINDS: Final = {
    "院校": "School",
    "企业": "Enterprise",
    "园区": "Park",
    "部门": "Agency",
    "研发平台": "ResearchPlatform",
}
# A platform cannot lead a consortium (the ontology has no such edge): it is kept as a member with its role.
_LEADING: Final = {"role": ("牵头",), "member_type": ("院校", "企业", "园区", "部门")}

CONSORTIUM: Final = Column(
    "consortium",
    "联合体名称",
    "Consortium",
    Form.TITLE,
    required=True,
    example="示例产教联合体",
    variants=(
        "联合体",
        "产教联合体",
        "产教联合体名称",
        "市域产教联合体",
        "市域产教联合体名称",
        "所属联合体",
        "行业产教融合共同体",
        "行业产教融合共同体名称",
        "共同体名称",
        "职教集团名称",
        "集团名称",
    ),
)
CONSORTIUM_LEVEL: Final = Column(
    "consortium_level",
    "联合体级次",
    "Level of the consortium",
    Form.CHOICE,
    example="市级",
    variants=("级次", "联合体级别", "联合体层级", "立项级别"),
    choices={
        "国家级": ("国家",),
        "市级": ("省级", "市", "省（市）级"),
        "园区牵头": ("园区级", "园区"),
        "企业牵头": ("企业",),
        "学校牵头": ("学校", "院校牵头"),
    },
)
MEMBER_TYPE: Final = Column(
    "member_type",
    "成员类型",
    "Kind of member",
    Form.CHOICE,
    example="院校",
    otherwise="role",
    variants=("类型", "单位类型", "成员类别", "单位性质", "成员单位类型", "单位类别", "成员单位类别"),
    choices={
        "院校": ("学校", "高校", "高职院校", "中职学校", "职业院校", "本科院校", "大学"),
        "企业": ("公司", "行业企业", "龙头企业"),
        "园区": ("产业园区", "开发区", "高新区", "工业园区"),
        "部门": ("政府部门", "党政部门", "政府", "行业组织", "行业协会", "协会", "机关"),
        "研发平台": ("科研机构", "科研院所", "研究院", "研究机构", "平台"),
    },
)

KIND: Final = RecordKind(
    name="consortium_members",
    title=Text("联合体成员", "Consortium members"),
    about=Text("每行一个联合体的一个成员。", "One member of one consortium a row."),
    columns=(
        CONSORTIUM,
        CONSORTIUM_LEVEL,
        Column(
            "member",
            "成员名称",
            "Member",
            Form.NAME,
            required=True,
            several=True,
            example="示例职业技术学院",
            variants=("成员", "成员单位", "成员单位名称", "单位名称", "参与单位", "成员单位全称", "单位全称"),
        ),
        MEMBER_TYPE,
        Column(
            "role",
            "角色",
            "Role",
            Form.CHOICE,
            open=True,
            example="成员",
            variants=("成员角色", "担任角色", "职务", "联合体角色", "单位角色", "承担角色"),
            choices={
                "牵头": (
                    "牵头单位",
                    "牵头院校",
                    "牵头学校",
                    "牵头企业",
                    "牵头园区",
                    "牵头高校",
                    "联合牵头",
                    "联合牵头单位",
                    "共同牵头",
                    "共同牵头单位",
                    "总牵头单位",
                    "理事长单位",
                ),
                "成员": ("成员单位", "参与", "参与单位", "理事单位", "普通成员"),
            },
        ),
        Column(
            "member_code",
            "成员代码",
            "Code of the member",
            Form.ORGANISATION_CODE,
            variants=(
                "单位代码",
                "成员单位代码",
                "学校代码或信用代码",
                "统一社会信用代码",
                "学校代码",
                "社会信用代码",
                "信用代码",
            ),
        ),
        REGION,
        Column(
            "since",
            "加入日期",
            "Joined",
            Form.DATE,
            variants=("加入时间", "入会时间", "加入年月", "加入联合体时间"),
            example="2023-09",
        ),
        Column("until", "退出日期", "Left", Form.DATE, variants=("退出时间", "退出年月", "退会时间")),
        CHAINS,
    ),
    nodes=(
        Node("consortium", "Consortium", ("consortium",), properties={"level": "consortium_level"}),
        Node("member", ByChoice("member_type", MEMBER_KINDS, by_name=True), ("member",), code="member_code"),
        Node("chain", "IndustryChain", ("chains",)),
        Node("region", "Region", ("region",)),
    ),
    edges=(
        Edge("LEADS", "member", "consortium", {"role": "role"}, when=_LEADING),
        Edge(
            "MEMBER_OF",
            "member",
            "consortium",
            {"role": "role", "since": "since", "until": "until"},
            unless=_LEADING,
            observed="since",
        ),
        Edge("SERVES", "consortium", "chain"),
        Edge("LOCATED_IN", "member", "region"),
    ),
)
