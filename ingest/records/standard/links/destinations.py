"""毕业去向: where graduates go, a row a graduate, counted while it is read; no row enters the graph."""

from __future__ import annotations

from typing import Final

from ingest.records.kind import PRESENT, Column, Edge, Form, Group, IdOf, Measure, Node, RecordKind
from ingest.records.standard.table import SCHOOL, SPECIALTY, YEAR, constant, is_secondary, table

_IN_FIELD: Final = Measure(
    Column("in_field", "对口人数", "Graduates in their field", Form.COUNT), when={"sfdk": ("是",)}
)
_PAY: Final = Measure(Column("pay", "平均起薪", "Average pay", Form.MONEY), "mean", "qxx")
_LEVEL: Final = constant("level", "层次", "中职")


def _people(name: str, what: str, en: str) -> Measure:
    return Measure(Column(name, f"人数（{what}）", en, Form.COUNT))


def _specialty(secondary: bool) -> tuple[Node, tuple[str, ...]]:
    """How the table names a specialty: secondary schools by national code, colleges by their own number."""
    if secondary:
        by_code = Node("specialty", "Specialty", ("zymc",), code="zydm", properties={"level": "level"})
        return by_code, ("zydm", "zymc", "level")
    return SPECIALTY, ("zyh", "zymc")


def _offers(by: tuple[str, ...], *measures: Measure) -> Group:
    """Graduates of one kind, by specialty and year."""
    names = [measure.column.name for measure in measures]
    number = {"number": "zyh"} if "zyh" in by else {}
    edge = Edge("OFFERS", "school", "specialty", {**number, "year": "year", **{n: n for n in names}})
    return Group(("xxdm", *by, "year"), measures, (edge,), people=True)


def _go_to(by: tuple[str, ...], tail: str, place: tuple[str, ...], *measures: Measure) -> Group:
    """Graduates of one specialty and year, by the place where they go."""
    every = (_people("graduates", "去向", "Graduates"), *measures)
    figures = {measure.column.name: measure.column.name for measure in every}
    edge = Edge("GRADUATES_TO", "school", tail, {"specialty": IdOf("specialty"), "year": "year", **figures})
    return Group(("xxdm", *by, *place, "year"), every, (edge,), {place[0]: PRESENT}, people=True)


def _employed(name: str, city: str) -> RecordKind:
    node, by = _specialty(is_secondary(name))
    return table(
        name,
        "Graduates employed, counted by specialty, company, place and industry",
        required=("xxdm", "zymc", "sfdk"),
        forms={"qxx": Form.MONEY, "zydm": Form.SPECIALTY_CODE, city: Form.NAME},
        nodes=(
            SCHOOL,
            node,
            Node("enterprise", "Enterprise", ("jydwmc",)),
            Node("city", "Region", (city,), code="jyqyshjgbm", by_code=True),
            Node("industry", "IndustryChain", (), code="jydwhym"),
        ),
        groups=(
            _offers(by, _people("employed", "就业", "Employed"), _IN_FIELD),
            _go_to(by, "enterprise", ("jydwmc",), _IN_FIELD, _PAY),
            _go_to(by, "city", ("jyqyshjgbm", city), _IN_FIELD, _PAY),
            _go_to(by, "industry", ("jydwhym",), _IN_FIELD, _PAY),
        ),
        derived=(YEAR, _LEVEL) if is_secondary(name) else (YEAR,),
        examples={
            "jydwmc": "示例汽车零部件有限公司",
            "jyqyshjgbm": "500100",
            "jydwhym": "C",
            "sfdk": "是",
            "sjcjsj": "20240930",
            "qxx": "4500",
        }
        | ({"zymc": "汽车运用与维修"} if is_secondary(name) else {}),
    )


def _studying(name: str) -> RecordKind:
    node, by = _specialty(is_secondary(name))
    return table(
        name,
        "Graduates who study on, counted by specialty and school",
        required=("xxdm", "zymc", "lqxxmc"),
        forms={"zydm": Form.SPECIALTY_CODE},
        nodes=(SCHOOL, node, Node("next", "School", ("lqxxmc",))),
        groups=(
            _offers(by, _people("further_study", "升学", "Studying on")),
            _go_to(by, "next", ("lqxxmc",)),
        ),
        derived=(YEAR, _LEVEL) if is_secondary(name) else (YEAR,),
        examples={"lqxxmc": "示例大学", "sjcjsj": "20240930"}
        | ({"zymc": "汽车运用与维修"} if is_secondary(name) else {}),
    )


def _unemployed(name: str) -> RecordKind:
    node, by = _specialty(is_secondary(name))
    return table(
        name,
        "Graduates without employment, counted by specialty",
        required=("xxdm", "zymc", "wjylxm"),
        forms={"zydm": Form.SPECIALTY_CODE},
        nodes=(SCHOOL, node),
        groups=(_offers(by, _people("unemployed", "未就业", "Without employment")),),
        derived=(YEAR, _LEVEL) if is_secondary(name) else (YEAR,),
        examples={"sjcjsj": "20240930"} | ({"zymc": "汽车运用与维修"} if is_secondary(name) else {}),
    )


KINDS: Final = (
    _employed("ODS_BYQXJYSJ", "jyqyshjgmc"),
    _studying("ODS_BYQXSXSJ"),
    _unemployed("ODS_BYQXWJYSJ"),
    _employed("ODS_ZZBYQXJYSJ", "jyqyshimc"),
    _studying("ODS_ZZBYQXSXSJ"),
    _unemployed("ODS_ZZBYQXWJYSJ"),
)
