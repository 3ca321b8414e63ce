"""企业与人才需求: a company, its chain and place, and the people that it needs."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import CHAINS, CREDIT_CODE, ENTERPRISE, REGION, headed, several
from ingest.records.kind import PRESENT, Column, Edge, Form, Node, RecordKind

# A post and the specialty that suits it are one need: both claims quote the same words, so that it is counted once.
_NEED: Final = ("post", "specialty", "headcount", "education", "year")

KIND: Final = RecordKind(
    name="enterprises",
    title=Text("企业与人才需求", "Enterprises and their talent needs"),
    about=Text(
        "每行一家企业的一项人才需求（没有需求的企业也占一行）。同时填写岗位和专业时，人数记在岗位上。",
        "One talent need of one company a row (a company without any has a row too). Where both post and specialty are "
        "given, the headcount is that of the post.",
    ),
    columns=(
        several(ENTERPRISE),
        CREDIT_CODE,
        Column(
            "scale",
            "企业规模",
            "Scale",
            Form.CHOICE,
            open=True,
            example="规模以上",
            variants=("规模", "企业类型", "规模类型"),
            choices={
                "大型": ("大型企业",),
                "中型": ("中型企业",),
                "小型": ("小型企业",),
                "微型": ("微型企业",),
                "规模以上": ("规上", "规上企业", "规模以上企业"),
            },
        ),
        headed(CHAINS, "所属产业链", "Industry chains"),
        Column(
            "position",
            "链上位置",
            "Position in the chain",
            Form.CHOICE,
            example="中游",
            variants=("产业链位置", "所处环节", "产业链环节", "位置"),
            choices={"上游": ("链上游",), "中游": ("链中游",), "下游": ("链下游",)},
        ),
        REGION,
        Column(
            "park",
            "所在园区",
            "Park",
            Form.NAME,
            example="两江新区",
            variants=("园区", "所属园区", "产业园区", "所在产业园"),
        ),
        Column(
            "post",
            "需求岗位",
            "Post needed",
            Form.NAME,
            several=True,
            example="电池装配工程师",
            variants=("岗位", "岗位名称", "需求职业", "招聘岗位", "紧缺岗位"),
        ),
        Column(
            "specialty",
            "需求专业",
            "Specialty needed",
            Form.NAME,
            several=True,
            example="新能源汽车技术",
            variants=("专业要求", "专业需求", "需求专业名称", "紧缺专业"),
        ),
        Column(
            "education",
            "学历层次",
            "Level of education",
            Form.CHOICE,
            open=True,
            example="高职专科",
            variants=("学历", "学历要求", "层次", "学历需求"),
            choices={
                "中职": ("中专",),
                "高职专科": ("高职", "专科", "大专", "高职（专科）"),
                "职业本科": ("高职本科",),
                "普通本科": ("本科",),
                "研究生": ("硕士", "硕士研究生"),
            },
        ),
        Column(
            "headcount",
            "需求人数",
            "People needed",
            Form.COUNT,
            example="60",
            variants=("人数", "需求数量", "招聘人数", "岗位人数", "需求数", "缺口人数"),
        ),
        Column(
            "year",
            "需求年份",
            "Year of the need",
            Form.YEAR,
            example="2025",
            variants=("年份", "年度", "需求年度"),
        ),
    ),
    nodes=(
        Node("enterprise", "Enterprise", ("enterprise",), code="credit_code", properties={"scale": "scale"}),
        Node("chain", "IndustryChain", ("chains",)),
        Node("region", "Region", ("region",)),
        Node("park", "Park", ("park",)),
        Node("post", "Occupation", ("post",)),
        Node("specialty", "Specialty", ("specialty",), level="education"),
    ),
    edges=(
        Edge("OPERATES_IN", "enterprise", "chain", {"position": "position"}),
        Edge("LOCATED_IN", "enterprise", "region"),
        Edge("LOCATED_IN", "enterprise", "park"),
        Edge(
            "DEMANDS",
            "enterprise",
            "post",
            {"headcount": "headcount", "level": "education", "year": "year"},
            observed="year",
            words=_NEED,
        ),
        Edge(
            "DEMANDS",
            "enterprise",
            "specialty",
            {"level": "education", "year": "year"},
            when={"post": PRESENT},
            observed="year",
            words=_NEED,
        ),
        Edge(
            "DEMANDS",
            "enterprise",
            "specialty",
            {"headcount": "headcount", "level": "education", "year": "year"},
            unless={"post": PRESENT},
            observed="year",
            words=_NEED,
        ),
    ),
)
