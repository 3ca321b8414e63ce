"""访企拓岗: the posts that a company offered when a school visited it, and whom it would take from that school."""

from __future__ import annotations

from typing import Final

from graph.ontology import STATUSES
from ingest.records.kind import Column, Derived, Edge, Form, IdOf, Node, Rule
from ingest.records.standard.table import SCHOOL, constant, table

_STAGES: Final = {"签定合作协议": "在建", "达成合作意向": "计划", "其他": "倡导"}

KINDS: Final = (
    table(
        "ODS_FQTGSJ",
        "Visits to companies: posts and pay by specialty",
        required=("xxdm", "zfqymc", "bfsj"),
        forms={
            "ktggws": Form.COUNT,
            "pjxc": Form.MONEY,
            "jssxszyrs": Form.COUNT,
            "jsxsjyrs": Form.COUNT,
            "jsxsjyqxx": Form.MONEY,
        },
        nodes=(
            SCHOOL,
            Node("enterprise", "Enterprise", ("zfqymc",), code="zfqydm"),
            Node("wanted", "Specialty", ("xqzymc",), level="xqzycc"),
            Node("hired", "Specialty", ("jsxsjyzymc",), level="jsxsjyzycc"),
        ),
        edges=(
            Edge(
                "DEMANDS",
                "enterprise",
                "wanted",
                {"headcount": "ktggws", "level": "xqzycc", "year": "year", "pay": "pjxc"},
                observed="bfsj",
            ),
            # What the company says that it would take is no cooperation yet: its status is that of the visit.
            Edge(
                "COOPERATES_WITH",
                "school",
                "enterprise",
                {
                    "mode": "mode",
                    "specialty": IdOf("hired"),
                    "interns": "jssxszyrs",
                    "hires": "jsxsjyrs",
                },
                observed="bfsj",
            ),
        ),
        derived=(
            Derived(Column("year", "年份", "Year", Form.YEAR), "bfsj"),
            constant("mode", "合作模式", "访企拓岗"),
            Derived(
                Column("stage", "进展", "Stage", Form.CHOICE, choices=dict.fromkeys(STATUSES, ())),
                "ftzyxs",
                _STAGES,
                "倡导",
            ),
        ),
        rules=(Rule("at_most", "jsxsjyrs", "ktggws"),),
        status="stage",
        examples={"xqzymc": "新能源汽车技术", "xqzycc": "高职专科", "ktggws": "20"},
    ),
)
