"""人才链: the ladder that staffs an industry chain: its posts by level, and the specialties that lead to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.language import Text
from ingest.records.columns import CHAINS, YEAR, headed
from ingest.records.kind import PRESENT, Column, Edge, Form, Node, RecordKind

KIND: Final = RecordKind(
    name="talent_chains",
    title=Text("人才链", "Talent chains"),
    about=Text("每行一条人才链上的一个岗位。", "One post of one talent chain a row."),
    columns=(
        replace(headed(CHAINS, "产业链", "Industry chain"), name="chain", form=Form.NAME, required=True),
        Column(
            "talent_chain",
            "人才链名称",
            "Talent chain",
            Form.TITLE,
            required=True,
            example="示例整车制造人才链",
            variants=("人才链", "人才链条", "人才链条名称"),
        ),
        Column(
            "post",
            "岗位",
            "Post",
            Form.NAME,
            several=True,
            required=True,
            example="整车装调工",
            variants=("岗位名称", "职业", "职业名称", "职业岗位", "典型岗位", "核心岗位", "关键岗位"),
        ),
        Column(
            "level",
            "层次",
            "Level",
            Form.CHOICE,
            open=True,
            example="技能型",
            variants=("岗位层次", "级别", "岗位级别", "人才层次"),
            choices={
                "技能型": ("操作技能", "技能人才"),
                "技术型": ("技术人才", "技术技能"),
                "工程型": ("工程人才",),
                "管理型": ("管理人才",),
                "研发型": ("研发人才",),
            },
        ),
        Column(
            "specialties",
            "对应专业",
            "Specialties that lead to it",
            Form.NAMES,
            example="汽车制造与试验技术",
            variants=("专业", "相关专业", "支撑专业", "培养专业", "对应专业名称", "匹配专业"),
        ),
        Column(
            "headcount",
            "需求人数",
            "People needed",
            Form.COUNT,
            example="500",
            variants=("人数", "需求数量", "人才需求", "需求数", "人才需求数", "人才需求量", "需求量"),
        ),
        YEAR,
    ),
    nodes=(
        Node("chain", "IndustryChain", ("chain",)),
        Node("talent_chain", "TalentChain", ("talent_chain",), scope="chain"),
        Node("post", "Occupation", ("post",)),
        Node("specialty", "Specialty", ("specialties",)),
    ),
    edges=(
        Edge("STAFFS", "talent_chain", "chain"),
        Edge("HAS_ROLE", "talent_chain", "post", {"level": "level"}),
        Edge("PREPARES_FOR", "specialty", "post"),
        Edge(
            "DEMANDS",
            "chain",
            "post",
            {"headcount": "headcount", "year": "year"},
            when={"headcount": PRESENT},
            observed="year",
        ),
    ),
)
