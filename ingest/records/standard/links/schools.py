"""学校基本数据: which school stands behind a code, of which level, in which district."""

from __future__ import annotations

from typing import Final

from ingest.records.kind import Column, Derived, Edge, Form, Node, Rule
from ingest.records.standard.table import COLLECTED, table

_DISTRICT: Final = Node("district", "Region", ("qxjgmc",), code="qxjgbm", by_code=True)
_LIES: Final = Edge("LOCATED_IN", "school", "district", observed=COLLECTED)


def _level(origin: str, words: dict[str, str], other: str | None = None) -> Derived:
    choices = dict.fromkeys((*words.values(), *((other,) if other else ())), ())
    return Derived(Column("level", "办学层次", "Level", Form.CHOICE, choices=choices), origin, words, other)


KINDS: Final = (
    table(
        "ODS_XXJBSJ",
        "Schools",
        required=("xxdm", "xxmc"),
        nodes=(Node("school", "School", ("xxmc",), code="xxdm", properties={"level": "level"}), _DISTRICT),
        edges=(_LIES,),
        derived=(
            _level("xxbxlxm", {"本科层次职业学校": "职业本科", "高职": "高职专科", "高专": "高职专科"}),
        ),
        rules=(Rule("one_to_one", "xxdm", "xxmc"),),
        examples={"xxmc": "示例职业技术学院", "qxjgbm": "500112", "qxjgmc": "渝北区"},
    ),
    table(
        "ODS_ZZXXGKJCSJ",
        "Schools",
        required=("xxdm", "xxjgmc"),
        nodes=(
            Node("school", "School", ("xxjgmc",), code="xxdm", properties={"level": "level"}),
            _DISTRICT,
        ),
        edges=(_LIES,),
        derived=(_level("xxlb", {"技工学校": "技工"}, "中职"),),
        rules=(Rule("one_to_one", "xxdm", "xxjgmc"),),
        examples={
            "xxjgmc": "示例职业教育中心",
            "qxjgbm": "500112",
            "qxjgmc": "渝北区",
        },
    ),
)
