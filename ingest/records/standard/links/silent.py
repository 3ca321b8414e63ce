"""与联系无关的标准表: the tables of the standard that say nothing of linkages, known so that the report can say so."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from graph.language import Text
from ingest.records.kind import RecordKind
from ingest.records.standard import tables
from ingest.records.standard.table import table

NOTHING_TO_SAY: Final = Text("与产教联系无关", "it says nothing of linkages")
_REASONS: Final = {
    "ODS_XSJNZSSJ": Text("证书只记到学生，未记专业", "it names students, not specialties"),
    "ODS_ZZXSJNDSSJ": Text("证书只记到学生，未记专业", "it names students, not specialties"),
    "ODS_ZYJNJDJGSJ": Text("鉴定只记到学校，未记专业", "it names schools, not specialties"),
    "ODS_KYXMYJHDSJ": Text(
        "活动未记项目类别，项目见 ODS_KYXMJBSJ",
        "activities do not say which projects are with companies: ODS_KYXMJBSJ does",
    ),
    "ODS_XSJYYXSJ": Text("意向不是去向", "a wish is no destination"),
}


def kinds_beside(linking: Collection[str]) -> dict[str, RecordKind]:
    """A kind without claims for every table that is not among `linking`."""
    return {
        name: table(name, "Left", required=(), left=_REASONS.get(name, NOTHING_TO_SAY))
        for name in tables()
        if name not in linking
    }
