"""共享资源: courses, textbooks, teachers, equipment and bases that a member shares, and who uses them."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import YEAR
from ingest.records.kind import ByChoice, Column, Edge, Form, Node, RecordKind

_BODIES: Final = {"院校": "School", "企业": "Enterprise", "联合体": "Consortium"}
_USERS: Final = {"院校": "School", "企业": "Enterprise"}

KIND: Final = RecordKind(
    name="shared_resources",
    title=Text("共享资源", "Shared resources"),
    about=Text(
        "每行一项共享资源：谁提供，谁在用。单位的类型按名称判断；判断不了时请填写类型，不同类型的使用单位分行填写。",
        "One shared resource a row: who provides it and who uses it. What kind of body each is shows in its name; where "
        "it does not, fill in the kind, and give users of different kinds in rows of their own.",
    ),
    columns=(
        Column(
            "resource",
            "资源名称",
            "Resource",
            Form.TITLE,
            required=True,
            example="示例电池装配在线课程",
            variants=("共享资源名称", "共享资源", "资源"),
        ),
        Column(
            "category",
            "资源类别",
            "Category",
            Form.CHOICE,
            open=True,
            example="课程",
            variants=("资源类型", "共享类别", "资源种类"),
            choices={
                "课程": ("在线课程", "精品课程", "共享课程"),
                "教材": ("数字教材", "活页式教材"),
                "教学资源库": ("资源库", "专业教学资源库"),
                "师资": ("教师", "师资库", "导师库"),
                "设备": ("仪器设备", "大型设备"),
                "实训基地": ("实训室", "实训中心", "公共实训基地"),
            },
        ),
        Column(
            "owner",
            "提供单位",
            "Provided by",
            Form.NAME,
            required=True,
            example="示例职业技术学院",
            variants=("共享单位", "资源提供单位", "主持单位", "提供方", "权属单位", "归属单位", "所属单位"),
        ),
        Column(
            "owner_type",
            "提供单位类型",
            "Kind of provider",
            Form.CHOICE,
            variants=("单位类型",),
            choices={"院校": ("学校", "高校"), "企业": ("公司",), "联合体": ("产教联合体",)},
        ),
        Column(
            "users",
            "使用单位",
            "Used by",
            Form.NAMES,
            example="示例汽车零部件有限公司",
            variants=("资源使用单位", "受益单位", "使用方", "使用院校", "使用企业"),
        ),
        Column(
            "user_type",
            "使用单位类型",
            "Kind of user",
            Form.CHOICE,
            choices={"院校": ("学校", "高校"), "企业": ("公司",)},
        ),
        Column(
            "since",
            "共享日期",
            "Shared since",
            Form.DATE,
            example="2023-09",
            variants=("共享时间", "开放日期", "开放时间", "开始共享时间"),
        ),
        YEAR,
    ),
    nodes=(
        Node("owner", ByChoice("owner_type", _BODIES, by_name=True), ("owner",)),
        Node("resource", "SharedResource", ("resource",), scope="owner", properties={"category": "category"}),
        Node("user", ByChoice("user_type", _USERS, by_name=True), ("users",)),
    ),
    edges=(
        Edge("SHARES", "owner", "resource", {"since": "since"}, observed="since"),
        Edge("USES", "user", "resource", {"year": "year"}, observed="year"),
    ),
)
