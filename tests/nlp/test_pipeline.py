"""The extractor as a whole: scores on annotated passages, exact offsets on any text, context, order, time."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ontology import EDGES, NODES
from nlp.extraction import Context, Extraction, Passage
from nlp.pipeline import Extractor
from nlp.scoring import Report, score

OWN = Path(__file__).parents[1] / "data" / "nlp" / "gold.jsonl"
SEED = Path(__file__).parents[3] / "shared" / "gold" / "seed" / "gold.jsonl"
CHONGQING = Context(issuer="中共重庆市委教育工作领导小组", region="重庆市", date="2023-10-27")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def read(extractor: Extractor, path: Path, context: Context) -> tuple[tuple[Extraction, ...], Report]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = extractor.extract([Passage(line["text"], line["id"]) for line in lines], context)
    return found, score(lines, found)


def one(extractor: Extractor, text: str, context: Context | None = None) -> Extraction:
    return extractor.extract([Passage(text)], context or Context(date="2024-05"))[0]


def named(extraction: Extraction) -> set[tuple[str, str]]:
    return {(mention.kind, mention.surface) for mention in extraction.entities}


def test_own_passages_are_read_above_the_floor(extractor: Extractor) -> None:
    _, report = read(extractor, OWN, Context(date="2024-05-10"))
    assert report.entities.f1 >= 0.95
    assert report.relations.f1 >= 0.85
    assert report.quantities.f1 >= 0.95
    assert report.measures.f1 >= 0.6


@pytest.mark.skipif(
    not SEED.exists(), reason="the annotated seed document lies beside the repository, not in it"
)
def test_the_seed_document_is_read_above_the_goal(extractor: Extractor) -> None:
    found, report = read(extractor, SEED, CHONGQING)
    assert report.entities.f1 >= 0.9
    assert report.relations.f1 >= 0.8
    assert report.quantities.f1 >= 0.85
    assert report.measures.f1 >= 0.7
    chains = {edge.tail_name for extraction in found for edge in extraction.implied}
    assert chains == {"智能网联新能源汽车", "新一代电子信息制造业", "先进材料"}


@pytest.mark.parametrize(
    "text",
    [
        "推动企业与高职院校共建产教联合体，鼓励有关区县、市级有关部门支持专业群建设。",
        "打造高水平现代产业学院和混合所有制二级学院，建设开放型区域产教融合实践中心。",
        "发展制造业、服务业，引导食品企业参与职业教育，开设订单班。",
    ],
)
def test_generic_words_are_no_entities(extractor: Extractor, text: str) -> None:
    assert named(one(extractor, text)) == set()


def test_a_rank_stands_for_the_place_of_the_document(extractor: Extractor) -> None:
    mention = one(extractor, "市教委要建立工作台账。", CHONGQING).entities[0]
    assert (mention.surface, mention.name) == ("市教委", "重庆市教委")


def test_a_declared_short_form_is_known_in_later_passages(extractor: Extractor) -> None:
    first, second = extractor.extract(
        [
            Passage("海州精密制造职业学院（以下简称“海州精职”）举行签约仪式。"),
            Passage("海州精职与华为公司开展合作。"),
        ],
        Context(),
    )
    assert first.aliases == (("海州精职", "海州精密制造职业学院"),)
    assert second.entities[0].name == "海州精密制造职业学院"
    assert [(r.kind, r.head, r.tail) for r in second.relations] == [("COOPERATES_WITH", 0, 1)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("重庆大学与华为公司深化合作。", None),
        ("重庆大学计划与华为公司开展合作。", "计划"),
        ("鼓励重庆大学与华为公司开展合作。", "倡导"),
    ],
)
def test_a_relation_carries_the_status_of_its_clause(
    extractor: Extractor, text: str, status: str | None
) -> None:
    assert [relation.status for relation in one(extractor, text).relations] == [status]


def test_what_is_denied_is_no_claim(extractor: Extractor) -> None:
    assert one(extractor, "重庆大学尚未与华为公司开展合作。").relations == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年全省高职院校92所。", ("Statistic", 92, "=", "所", 2023)),
        ("到2027年，培育产教融合型企业100—150家。", ("Target", 100, "≥", "家", 2027)),
        ("现有在校生52.5万人。", ("Statistic", 525000, "=", "人", 2024)),
        ("就业率达到95%以上。", ("Statistic", 0.95, "≥", "比例", 2024)),
        ("“十四五”末，高技能人才占比三分之一。", ("Target", 0.3333333, "=", "比例", 2025)),
        ("集聚企业近百家，约3000人。", ("Statistic", 3000, "≈", "人", 2024)),
    ],
)
def test_a_number_is_read_with_comparator_unit_and_year(
    extractor: Extractor, text: str, expected: tuple[object, ...]
) -> None:
    quantity = one(extractor, text).quantities[-1]
    assert (quantity.type, quantity.value, quantity.comparator, quantity.unit, quantity.year) == expected


@pytest.mark.parametrize(
    "text", ["第3次会议", "坚持三个导向，抓好两个方面", "2023年11月3日", "提出“11335”思路", "下面讲3点意见"]
)
def test_dates_ordinals_and_outlines_are_no_quantities(extractor: Extractor, text: str) -> None:
    assert one(extractor, text).quantities == ()


def test_who_is_responsible_stands_with_the_task(extractor: Extractor) -> None:
    extraction = one(extractor, "市教育局会同市财政局、市人社局制定奖补办法，2025年6月底前印发。")
    assert extraction.measures[0].responsible == ("市教育局", "市财政局", "市人社局")
    assert [relation.properties["lead"] for relation in extraction.relations] == [True, False, False]


def test_the_order_is_by_start_end_and_kind_and_repeats(extractor: Extractor) -> None:
    first, _ = read(extractor, OWN, Context(date="2024"))
    again, _ = read(extractor, OWN, Context(date="2024"))
    assert first == again
    for extraction in first:
        keys = [(mention.start, mention.end, mention.kind) for mention in extraction.entities]
        assert keys == sorted(keys)


PIECES = st.sampled_from(
    [
        "重庆",
        "大学",
        "学院",
        "产业链",
        "专业",
        "、",
        "，",
        "。",
        "与",
        "由",
        "牵头",
        "有限公司",
        "市教委",
        "要",
        "10个",
        "“4+1”",
        "《",
        "》",
        "（",
        "）",
        "智能制造",
        "共建",
        "95%以上",
        "全覆盖",
        "每年",
        "三分之一",
        "以下简称",
        "该校",
        "该联合体",
        "等企业",
        "人民电器",
        "一是",
        "集团",
        "实训基地",
        "工程师",
        "到2027年",
        "\n",
        "\x00",
        "😀",
        "\u2028",
        "�",
        "a",
        "1",
        "；",
        "：",
    ]
)


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(st.characters(), max_size=80), st.lists(PIECES, max_size=40).map("".join)))
def test_offsets_are_exact_on_any_text(extractor: Extractor, text: str) -> None:
    extraction = one(extractor, text)
    spans = [(item.start, item.end, item.surface) for item in extraction.entities]
    spans += [(item.start, item.end, item.surface) for item in extraction.quantities]
    spans += [(item.start, item.end, item.surface) for item in extraction.measures]
    for start, end, surface in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == surface
    for mention in extraction.entities:
        assert mention.kind in NODES
    for relation in extraction.relations:
        assert relation.kind in EDGES
        assert 0 <= relation.start < relation.end <= len(text)
        if relation.tail is not None:
            ends = extraction.entities[relation.head].kind, extraction.entities[relation.tail].kind
            assert ends in EDGES[relation.kind].ends
    for edge in extraction.implied:
        assert text[edge.start : edge.end] == edge.tail_name


@pytest.mark.parametrize(
    "piece",
    [
        "中",
        "产业",
        "重庆大学与华为",
        "10个",
        "百分之",
        "专业、",
        "要",
        "“3+",
        "、",
        "市教育局",
        "该校",
        "等企业",
        "人民电器、",
    ],
)
def test_time_grows_with_the_length_only(extractor: Extractor, piece: str) -> None:
    assert seconds(extractor, piece, 2_000) * 4 * 3 + 0.125 > seconds(extractor, piece, 8_000)


def test_a_figure_is_weighed_by_what_stands_near_it_however_long_the_line(extractor: Extractor) -> None:
    piece = "2024年12家，"
    assert seconds(extractor, piece, 4_000) * 6 * 2 > seconds(extractor, piece, 24_000)


@pytest.mark.parametrize("piece", ["教学", "技能", "实训", "业务"])
def test_words_that_stand_before_a_suffix_may_be_repeated_without_end(
    extractor: Extractor, piece: str
) -> None:
    assert seconds(extractor, piece, 4_000) * 6 * 2 + 0.125 > seconds(extractor, piece, 24_000)


def seconds(extractor: Extractor, piece: str, length: int) -> float:
    text = (piece * length)[:length]
    begin = time.process_time()
    one(extractor, text)
    return time.process_time() - begin
