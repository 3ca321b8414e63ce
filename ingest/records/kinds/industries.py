"""产业规模: output, value added and employment of a region's industries, year by year, as its yearbook tells them."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import REGION, YEAR, headed, required
from ingest.records.kind import Column, Edge, Form, Node, RecordKind

KIND: Final = RecordKind(
    name="industries",
    title=Text("产业规模", "Size of industries"),
    about=Text(
        "每行一个地区的一个产业（产业链、集群、国民经济行业或第一、二、三产业）在一个年份的规模。",
        "One industry (chain, cluster, industry of GB/T 4754, or the primary, secondary, tertiary sector) of one region "
        "in one year a row.",
    ),
    columns=(
        required(headed(REGION, "地区", "Region")),
        Column(
            "industry",
            "产业名称",
            "Industry",
            Form.NAME,
            required=True,
            variants=(
                "产业",
                "行业",
                "行业名称",
                "产业链名称",
                "产业集群名称",
                "集群名称",
                "产业门类",
                "产业类别",
                "行业门类",
                "行业类别",
            ),
            example="示例汽车产业",
        ),
        Column(
            "industry_code",
            "行业代码",
            "Code of the industry, GB/T 4754",
            Form.INDUSTRY_CODE,
            variants=("国民经济行业代码", "行业门类代码"),
        ),
        required(YEAR),
        Column(
            "output",
            "产值",
            "Output",
            Form.MONEY,
            variants=("总产值", "工业总产值", "产业产值", "产业规模", "营业收入", "工业产值", "产业总产值"),
            example="120000万元",
        ),
        Column(
            "value_added",
            "增加值",
            "Value added",
            Form.MONEY,
            variants=("产业增加值", "工业增加值", "行业增加值", "生产总值"),
            example="30000万元",
        ),
        Column(
            "employees",
            "从业人员数",
            "People employed",
            Form.COUNT,
            variants=(
                "从业人员",
                "从业人数",
                "就业人员数",
                "平均用工人数",
                "期末从业人员数",
                "用工人数",
                "从业人员总数",
            ),
            example="5200",
        ),
        Column(
            "enterprises",
            "企业数",
            "Enterprises",
            Form.COUNT,
            variants=(
                "企业单位数",
                "规模以上企业数",
                "法人单位数",
                "规上企业数",
                "企业数量",
                "企业总数",
                "企业个数",
                "企业家数",
            ),
            example="48",
        ),
    ),
    nodes=(
        Node("region", "Region", ("region",)),
        Node("industry", "IndustryChain", ("industry",), code="industry_code"),
    ),
    edges=(
        Edge(
            "HAS_INDUSTRY",
            "region",
            "industry",
            {
                "output": "output",
                "value_added": "value_added",
                "employees": "employees",
                "enterprises": "enterprises",
                "year": "year",
            },
            observed="year",
        ),
    ),
)
