"""实训基地、实训室、对外服务: where students practise, who built it with the school, and who else uses it."""

from __future__ import annotations

from typing import Final

from ingest.records.kind import (
    PRESENT,
    ByChoice,
    Column,
    Derived,
    Edge,
    Form,
    Group,
    Measure,
    Node,
    RecordKind,
)
from ingest.records.standard.table import COLLECTED, SCHOOL, YEAR, constant, is_secondary, table


def _laboratories(name: str) -> RecordKind:
    """Laboratories that have a company behind them; the others say nothing of linkages."""
    shared = Edge("SHARES", "school", "laboratory", {"since": "sxsjlrq"}, observed=COLLECTED)
    return table(
        name,
        "Laboratories built with companies",
        required=("xxdm", "sxsmc"),
        forms={"syshzqy": Form.NAMES, "sxsmc": Form.TITLE},
        nodes=(
            SCHOOL,
            Node("enterprise", "Enterprise", ("syshzqy",)),
            Node(
                "laboratory",
                "SharedResource",
                ("sxsmc",),
                scope="school",
                properties={"category": "category"},
                when={"syshzqy": PRESENT},
            ),
        ),
        edges=(
            Edge(
                "COOPERATES_WITH",
                "school",
                "enterprise",
                {"mode": "mode", "since": "sxsjlrq"},
                observed=COLLECTED,
            ),
            shared,
            Edge("SHARES", "enterprise", "laboratory", {"since": "sxsjlrq"}, observed=COLLECTED),
        ),
        derived=(constant("mode", "合作模式", "共建实训室"), constant("category", "类别", "实训室")),
        examples={
            "syshzqy": "示例汽车零部件有限公司",
            "sxsmc": f"示例{'整车' if is_secondary(name) else '电池'}实训室",
        },
    )


KINDS: Final = (
    table(
        "ODS_SXJDSJ",
        "Training bases and the companies that keep them",
        required=("xxdm", "sxjdmc"),
        forms={"jdhzqy": Form.NAMES, "syzymc": Form.NAMES, "sxjdmc": Form.TITLE},
        nodes=(
            SCHOOL,
            Node("base", "TrainingBase", ("sxjdmc",), owner="school"),
            Node("enterprise", "Enterprise", ("jdhzqy",)),
            Node("specialty", "Specialty", ("syzymc",)),
            Node(
                "shared",
                "SharedResource",
                ("sxjdmc",),
                scope="school",
                properties={"category": "category"},
                when={"jdhzqy": PRESENT},
            ),
        ),
        edges=(
            Edge("CO_BUILDS", "school", "base", {"since": "sxjdjlrq"}, observed=COLLECTED),
            Edge("CO_BUILDS", "enterprise", "base", {"since": "sxjdjlrq"}, observed=COLLECTED),
            Edge("TRAINS", "base", "specialty", observed=COLLECTED),
            Edge("SHARES", "school", "shared", {"since": "sxjdjlrq"}, observed=COLLECTED),
            Edge("SHARES", "enterprise", "shared", {"since": "sxjdjlrq"}, observed=COLLECTED),
        ),
        derived=(constant("category", "类别", "实训基地"),),
        examples={
            "sxjdmc": "示例新能源汽车实训基地",
            "jdhzqy": "示例汽车零部件有限公司",
            "syzymc": "新能源汽车技术",
        },
    ),
    table(
        "ODS_ZZXNSXJDSJ",
        "Training bases in schools",
        required=("xxdm", "sxjdmc"),
        forms={"mxzy": Form.NAMES, "sxjdmc": Form.TITLE},
        nodes=(
            SCHOOL,
            Node("base", "TrainingBase", ("sxjdmc",), owner="school"),
            Node("specialty", "Specialty", ("mxzy",)),
        ),
        edges=(
            Edge("CO_BUILDS", "school", "base", {"since": "pzrq"}, observed=COLLECTED),
            Edge("TRAINS", "base", "specialty", observed=COLLECTED),
        ),
        examples={"sxjdmc": "示例汽修实训基地", "mxzy": "汽车运用与维修"},
    ),
    table(
        "ODS_ZZXWSXJDSJ",
        "Training bases outside schools, with the companies that keep them",
        required=("xxdm", "sxsxjdmc"),
        forms={"mxzy": Form.NAMES, "sxsxjdmc": Form.TITLE, "ytdwmc": Form.NAME},
        nodes=(
            SCHOOL,
            Node("base", "TrainingBase", ("sxsxjdmc",), owner="school"),
            Node(
                "enterprise",
                "Enterprise",
                ("ytdwmc",),
                when={"ytdwxzm": ("国有企业", "民营（私营）企业", "财政金融机构")},
            ),
            Node("specialty", "Specialty", ("mxzy",)),
        ),
        edges=(
            Edge("CO_BUILDS", "school", "base", {"since": "jdclny"}, observed=COLLECTED),
            Edge("CO_BUILDS", "enterprise", "base", {"since": "jdclny"}, observed=COLLECTED),
            Edge(
                "COOPERATES_WITH",
                "school",
                "enterprise",
                {"mode": "mode", "since": "hzkssj", "until": "hzjssj"},
                observed=COLLECTED,
            ),
            Edge("TRAINS", "base", "specialty", observed=COLLECTED),
        ),
        derived=(constant("mode", "合作模式", "校外实训基地"),),
        examples={
            "sxsxjdmc": "示例汽车城实训基地",
            "ytdwmc": "示例汽车零部件有限公司",
            "ytdwxzm": "国有企业",
            "mxzy": "汽车运用与维修",
        },
    ),
    _laboratories("ODS_SXSJBSJ"),
    _laboratories("ODS_ZZSXSJBSJ"),
    table(
        "ODS_XNFZJDDWFWSJ",
        "Who uses a base for virtual simulation",
        required=("xxdm", "dwfwdx", "dwfwrc"),
        nodes=(
            SCHOOL,
            Node("base", "SharedResource", ("base",), scope="school", properties={"category": "category"}),
            Node("user", ByChoice("dwfwdx", {"企业人员": "Enterprise", "他校人员": "School"}), ("fwdwmc",)),
        ),
        groups=(
            Group(
                ("xxdm", "base", "category", "dwfwdx", "fwdwmc", "year"),
                (
                    Measure(Column("visits", "人次", "Visits", Form.COUNT), "sum", "dwfwrc"),
                    Measure(Column("hours", "课时数", "Hours", Form.COUNT), "sum", "fwkss"),
                ),
                (
                    Edge("SHARES", "school", "base", observed="year"),
                    Edge("USES", "user", "base", {"visits": "visits", "hours": "hours", "year": "year"}),
                ),
            ),
        ),
        derived=(
            Derived(YEAR.column, "fwrq"),
            constant("base", "基地", "虚拟仿真实训基地"),
            constant("category", "类别", "实训基地"),
        ),
        examples={"fwdwmc": "示例汽车零部件有限公司", "dwfwdx": "企业人员", "fwrq": "20240520"},
    ),
)
