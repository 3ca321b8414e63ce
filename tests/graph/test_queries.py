from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph.claims import ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.ontology import EDGES, NODES
from graph.store import Source, View, open_store
from graph.store.queries import parse, queries, query_named
from tests.neo4j.database import Database

SOURCE, OTHER = "a" * 16, "b" * 16
REQUIRED = {"school": "甲校", "specialty": "460101", "document": "渝教〔2023〕1号", "source": SOURCE}


def claims() -> tuple[ClaimsBuilder, ClaimsBuilder]:
    document = ClaimsBuilder(SOURCE)
    words = Evidence("原文", 0, 2, "l.1")
    notice = document.node(
        "PolicyDocument",
        name="渝教〔2023〕1号",
        evidence=words,
        number="渝教〔2023〕1号",
        title="实施方案",
        issued="2023-10",
        kind="实施方案",
    )
    agency = document.node("Agency", name="重庆市教育委员会", aliases=("市教委",), evidence=words)
    school = document.node("School", name="甲校", aliases=("甲",), evidence=words)
    second = document.node("School", name="乙校", evidence=words)
    firm = document.node("Enterprise", name="丙企", evidence=words)
    consortium = document.node("Consortium", name="丁联合体", level="市级", evidence=words)
    document.node("Consortium", name="空联合体", evidence=words)
    chain = document.node("IndustryChain", name="新能源汽车", evidence=words)
    cluster = document.node("IndustryChain", name="汽车", tier="集群", evidence=words)
    group = document.node("SpecialtyGroup", name="汽车专业群", scope=school, evidence=words)
    first = document.node("Specialty", name="汽车技术", code="460101", level="高职专科", evidence=words)
    platform = document.node("ResearchPlatform", name="戊中心", evidence=words)
    occupation = document.node("Occupation", name="装调工", evidence=words)
    measure = document.node(
        "Measure", name="建设联合体", scope=notice, evidence=words, order=1, text="建设联合体", due="2025年"
    )
    target = document.node(
        "Target",
        name="数量",
        scope=notice,
        evidence=words,
        metric="数量",
        comparator="≥",
        value=4.0,
        unit="个",
        year=2025,
    )
    statistic = document.node(
        "Statistic", name="人数", scope=notice, evidence=words, metric="人数", value=525000.0
    )
    for kind, head, tail, own in (
        ("ISSUED_BY", notice, agency, {}),
        ("LEADS", school, consortium, {"role": "理事长单位"}),
        ("MEMBER_OF", firm, consortium, {}),
        ("MEMBER_OF", second, consortium, {}),
        ("COOPERATES_WITH", school, firm, {"mode": "订单班"}),
        ("HOSTS", school, group, {}),
        ("INCLUDES", group, first, {}),
        ("SERVES", group, chain, {}),
        ("SERVES", platform, chain, {}),
        ("CO_BUILDS", school, platform, {}),
        ("CO_BUILDS", firm, platform, {}),
        ("OPERATES_IN", firm, chain, {}),
        ("PART_OF", chain, cluster, {}),
        ("DEMANDS", firm, occupation, {"headcount": 30, "year": 2024}),
        ("OFFERS", school, first, {"enrolled": 100, "graduates": 40, "year": 2024}),
        ("OFFERS", second, first, {"enrolled": 50, "year": 2024}),
        ("SETS", notice, measure, {}),
        ("SETS", notice, target, {}),
        ("REPORTS", notice, statistic, {}),
        ("RESPONSIBLE_FOR", agency, measure, {"lead": True}),
        ("MENTIONS", notice, school, {}),
    ):
        document.edge(kind, head, tail, words, **own)
    again = ClaimsBuilder(OTHER)
    more = Evidence("另一处", 5, 8, "S!2", method="record")
    again.node("Consortium", name="空联合体", evidence=more)
    head = again.node("School", name="甲校", evidence=more)
    tail = again.node("Specialty", name="汽车技术", code="460101", evidence=more)
    again.edge("OFFERS", head, tail, more, enrolled=110, graduates=45, year=2024)
    again.edge(
        "SERVES",
        again.node("SpecialtyGroup", name="汽车专业群", scope=head, evidence=more),
        again.node("IndustryChain", name="新能源汽车", evidence=more),
        more,
    )
    return document, again


def put(address: str) -> None:
    store = open_store(address)
    with store.write() as writer:
        for builder in claims():
            table = builder.table()
            states = pc.equal(table.column("kind"), "STATES")
            source = Source(builder.source, "x", "document", "1")
            writer.replace(source, table.filter(states), table.filter(pc.invert(states)))
    store.close()


@contextmanager
def opened(address: str) -> Iterator[View]:
    store = open_store(address)
    with store.view() as view:
        yield view
    store.close()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = str(tmp_path_factory.mktemp("graph"))
    put(folder)
    with opened(folder) as view:
        yield view


@pytest.fixture
def view(engine: str, request: pytest.FixtureRequest) -> Iterator[View]:
    if engine == "ladybug":
        yield request.getfixturevalue("embedded")
        return
    database: Database = request.getfixturevalue("neo4j_database")
    database.hold(__name__, put)
    with opened(database.uri) as served:
        yield served


def ask(view: View, name: str, *columns: str, **given: object) -> list[Any]:
    required = {
        key: REQUIRED[key] for key, item in queries()[name].parameters.items() if item.default is None
    }
    table = view.query(name, **(required | given))
    return list(zip(*(table.column(column).to_pylist() for column in columns), strict=True))


EXPECTED: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
    "documents": (
        ("number", "title", "issued", "issuer"),
        [("渝教〔2023〕1号", "实施方案", "2023-10", "重庆市教育委员会")],
    ),
    "consortia": (
        ("name", "level", "leaders", "members"),
        [("丁联合体", "市级", 1, 2), ("空联合体", None, 0, 0)],
    ),
    "consortia-by-level": (("level", "consortia"), [("市级", 1), (None, 1)]),
    "consortium-members": (
        ("name", "relation", "member_name", "role", "quote"),
        [
            ("丁联合体", "LEADS", "甲校", "理事长单位", "原文"),
            ("丁联合体", "MEMBER_OF", "丙企", None, "原文"),
            ("丁联合体", "MEMBER_OF", "乙校", None, "原文"),
        ],
    ),
    "cooperation": (
        ("school_name", "enterprise_name", "mode", "quote", "place"),
        [("甲校", "丙企", "订单班", "原文", "l.1")],
    ),
    "targets": (
        ("number", "metric", "comparator", "value", "unit", "year", "quote"),
        [("渝教〔2023〕1号", "数量", "≥", 4.0, "个", 2025, "原文")],
    ),
    "statistics": (("number", "metric", "value", "year"), [("渝教〔2023〕1号", "人数", 525000.0, None)]),
    "measures": (
        ("position", "text", "due", "body_name", "lead"),
        [(1, "建设联合体", "2025年", "重庆市教育委员会", True)],
    ),
    "chain-linkage": (
        ("chain_name", "relation", "name", "claims"),
        [
            ("新能源汽车", "OPERATES_IN", "丙企", 1),
            ("新能源汽车", "SERVES", "戊中心", 1),
            ("新能源汽车", "SERVES", "汽车专业群", 2),
        ],
    ),
    "chain-structure": (("chain_name", "relation", "other_name"), [("新能源汽车", "PART_OF", "汽车")]),
    "platforms-of-chain": (
        ("platform_name", "builder_name"),
        [("戊中心", "丙企"), ("戊中心", "甲校")],
    ),
    "specialties-of-school": (
        ("name", "year", "enrolled", "graduates", "source"),
        [("汽车技术", 2024, 100, 40, SOURCE), ("汽车技术", 2024, 110, 45, OTHER)],
    ),
    "schools-of-specialty": (
        ("school_name", "enrolled", "graduates"),
        [("乙校", 50, None), ("甲校", 100, 40), ("甲校", 110, 45)],
    ),
    "groups-of-school": (
        ("school_name", "group_name", "specialty_name"),
        [("甲校", "汽车专业群", "汽车技术")],
    ),
    "demand-by-chain": (
        ("chain_name", "wanted_name", "year", "headcount", "enterprises"),
        [("新能源汽车", "装调工", 2024, 30, 1)],
    ),
    "supply-by-specialty": (
        ("name", "year", "schools", "enrolled", "graduates"),
        [("汽车技术", 2024, 2, 160, 45)],
    ),
    "mentions-of-document": (("name", "start", "finish"), [("甲校", 0, 2)]),
    "claims-of-source": (
        ("kind", "head_name", "tail_name", "method"),
        [("OFFERS", "甲校", "汽车技术", "record"), ("SERVES", "汽车专业群", "新能源汽车", "record")],
    ),
}


@pytest.mark.parametrize("name", list(queries()))
def test_each_query_answers_what_its_head_says(view, name):
    columns, rows = EXPECTED[name]
    given = {"source": OTHER} if name == "claims-of-source" else {}
    assert ask(view, name, *columns, **given) == rows


@pytest.mark.parametrize("name", list(queries()))
def test_the_head_of_each_file_is_true(view, name):
    query = queries()[name]
    used = set(re.findall(r"\$([A-Za-z_]+)", query.text))
    assert set(query.parameters) == used, "parameters of the head and of the text"
    returned = query.text[query.text.rindex("RETURN") : query.text.rindex("ORDER BY")]
    assert tuple(re.findall(r"(?:AS |RETURN (?:DISTINCT )?|, )(\w+)(?=,|\s*$)", returned)) == query.columns
    table = view.query(
        name, **{key: REQUIRED[key] for key, p in query.parameters.items() if p.default is None}
    )
    assert table.column_names == list(query.columns)
    assert query.order
    assert set(query.order) <= set(query.columns), "ordered by columns, none of them downwards"
    assert not any(pa.types.is_decimal(field.type) for field in table.schema)
    assert query.question.zh.endswith("？")
    assert query.question.en.endswith("?")


@pytest.mark.parametrize("name", list(queries()))
def test_each_query_names_only_what_the_ontology_has(name):
    text = queries()[name].text
    for alternatives in re.findall(r"\(\w*:([A-Za-z|]+)", text):
        assert set(alternatives.split("|")) <= set(NODES)
    for alternatives in re.findall(r"\[\w*:([A-Z_|]+)", text):
        assert set(alternatives.split("|")) <= set(EDGES)


@pytest.mark.parametrize("name", list(queries()))
def test_each_optional_parameter_narrows_the_answer(view, name):
    query = queries()[name]
    required = {key: REQUIRED[key] for key, item in query.parameters.items() if item.default is None}
    whole = view.query(name, **required).to_pylist()
    for key, item in query.parameters.items():
        if item.default is not None:
            other = 1900 if item.type == "integer" else "没有'\"`$x"
            some = view.query(name, **(required | {key: other})).to_pylist()
            assert some == [], f"{key} is a value, and no row has this one"
            assert whole


def test_a_parameter_finds_by_id_name_and_alias(view):
    for school in ("甲校", "甲", "School:甲校"):
        assert ask(view, "cooperation", "enterprise_name", school=school) == [("丙企",)]
    assert ask(view, "documents", "number", issuer="市教委") == [("渝教〔2023〕1号",)]


def test_wrong_names_and_parameters_are_refused(view):
    def refusal(name: str, **given: object) -> str:
        with pytest.raises(LiantuError) as refused:
            view.query(name, **given)
        return refused.value.code

    assert refusal("nothing") == refusal("../documents") == "query.unknown"
    assert refusal("documents", unknown=1) == "query.parameter"
    assert refusal("specialties-of-school") == "query.parameter"
    assert refusal("specialties-of-school", school=5) == "query.parameter"
    assert refusal("specialties-of-school", school="校" * 2000) == "query.parameter"
    for year in ("x", "1.5", 1.5, True, [2024], "[1]", 2**70, "1e400"):
        assert refusal("supply-by-specialty", year=year) == "query.parameter"


def test_a_command_line_gives_text_for_numbers(view):
    assert ask(view, "supply-by-specialty", "year", year="2024") == [(2024,)]


def test_a_head_that_is_not_of_the_form_is_refused():
    good = "// question (en): A?\n// 问题: 甲？\n// columns: a, b\nMATCH (n) RETURN n.id AS a, n.name AS b ORDER BY a"
    query = parse("good", good)
    assert (query.columns, dict(query.parameters)) == (("a", "b"), {})
    for bad in (
        good.replace("问题", "x"),
        good.replace("// columns: a, b\n", ""),
        "// parameter: x\n" + good,
    ):
        with pytest.raises(ValueError, match="bad"):
            parse("bad", bad)
    assert query_named("documents").name == "documents"


def test_every_query_is_expected_here_and_lies_in_the_folder():
    folder = Path(__file__).parents[2] / "cypher"
    assert set(EXPECTED) == set(queries()) == {path.stem for path in folder.glob("*.cypher")}


@pytest.mark.parametrize("name", queries())
def test_every_query_has_titles_for_people_in_the_order_of_telling(name: str) -> None:
    query = queries()[name]
    assert query.titles
    assert set(query.titles) <= set(query.columns)
    assert all(title.zh and title.en for title in query.titles.values())


def test_a_title_of_no_column_is_refused() -> None:
    head = "// question (en): Which?\n// 问题: 哪些？\n// columns: a\n// titles: b = 乙 / b\n"
    with pytest.raises(ValueError, match="title"):
        parse("x", head + "RETURN 1 AS a")
