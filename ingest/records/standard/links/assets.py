"""教材、课程、科研项目、专利、设备: what a school made with companies, can share, or was given."""

from __future__ import annotations

from typing import Final

from ingest.records.kind import Column, Derived, Edge, Form, Group, Measure, Node, RecordKind
from ingest.records.standard.table import COLLECTED, SCHOOL, YEAR, constant, is_secondary, table


def _resource(name: str, when: dict[str, tuple[str, ...]] | None = None) -> Node:
    return Node(
        "resource",
        "SharedResource",
        (name,),
        scope="school",
        properties={"category": "category"},
        when=when or {},
    )


def _textbooks(name: str) -> RecordKind:
    return table(
        name,
        "Textbooks developed with companies",
        required=("xxdm", "jcmc", "sfxqhzkfjc"),
        nodes=(SCHOOL, _resource("jcmc", {"sfxqhzkfjc": ("是",)})),
        edges=(Edge("SHARES", "school", "resource", {"since": "cbrq"}, observed=COLLECTED),),
        derived=(constant("category", "类别", "校企合作教材"),),
        examples={"jcmc": f"示例{'汽修' if is_secondary(name) else '电池'}教材", "sfxqhzkfjc": "是"},
    )


KINDS: Final = (
    _textbooks("ODS_JCJBSJ"),
    _textbooks("ODS_ZZJCJBSJ"),
    table(
        "ODS_KCJBSJ",
        "Courses developed with companies",
        required=("xxdm", "kcmc", "sfxqhzkfkc"),
        nodes=(SCHOOL, _resource("kcmc", {"sfxqhzkfkc": ("是",)})),
        edges=(Edge("SHARES", "school", "resource", observed=COLLECTED),),
        derived=(constant("category", "类别", "校企合作课程"),),
        examples={"kcmc": "示例新能源汽车检测", "sfxqhzkfkc": "是"},
    ),
    table(
        "ODS_KYXMJBSJ",
        "Research projects with companies",
        required=("xxdm", "kyxmmc", "kyxmlbm"),
        nodes=(SCHOOL, _resource("kyxmmc", {"kyxmlbm": ("校企合作项目",)})),
        edges=(
            Edge(
                "SHARES",
                "school",
                "resource",
                {"since": "lxrq", "until": "jxrq", "income": "xmlxjf"},
                observed=COLLECTED,
            ),
        ),
        derived=(constant("category", "类别", "校企合作项目"),),
        examples={"kyxmmc": "示例电池回收研究", "kyxmlbm": "校企合作项目"},
    ),
    table(
        "ODS_ZLFBSJ",
        "Patents",
        required=("xxdm", "fbzlmc"),
        nodes=(SCHOOL, _resource("fbzlmc")),
        edges=(Edge("SHARES", "school", "resource", {"since": "sqggrq"}, observed=COLLECTED),),
        derived=(constant("category", "类别", "专利"),),
        examples={"fbzlmc": "示例电池检测装置"},
    ),
    table(
        "ODS_YQSBJBSJ",
        "Equipment that companies gave, counted",
        required=("xxdm", "sblym"),
        nodes=(SCHOOL, Node("enterprise", "Enterprise", ("jzqymc",), code="jzqydm")),
        groups=(
            Group(
                ("xxdm", "jzqymc", "jzqydm", "year"),
                (
                    Measure(Column("items", "件数", "Pieces", Form.COUNT)),
                    Measure(Column("worth", "价值", "Worth", Form.MONEY), "sum", "yqjg"),
                ),
                (
                    Edge(
                        "DONATES_TO",
                        "enterprise",
                        "school",
                        {"items": "items", "worth": "worth", "year": "year"},
                    ),
                ),
                {"sblym": ("捐赠",)},
            ),
        ),
        derived=(Derived(YEAR.column, "gzrq"),),
        examples={"sblym": "捐赠", "jzqymc": "示例汽车零部件有限公司", "gzrq": "20240301", "yqjg": "50000"},
    ),
)
