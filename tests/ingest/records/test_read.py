"""From a file to claims: what each kind of row says, what is refused, and that no row is lost."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.claims import CLAIMS
from graph.errors import LiantuError
from graph.identity import label_of
from graph.ontology import EDGES, STATES
from ingest import samples
from ingest.read.encoding import decode
from ingest.records import RECORD_KINDS, RECORD_SUFFIXES, RecordsRead, is_record_file, read_records
from ingest.records.delimited import stream_delimited
from ingest.records.standard.links import STANDARD_KINDS

SAMPLES = sorted(path for path in samples.records().iterdir() if is_record_file(path))


def read(folder: Path, text: str, name: str = "records.csv") -> RecordsRead:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_records(path, "source")


def edges(result: RecordsRead, kind: str) -> list[dict[str, Any]]:
    return [row for row in result.claims.to_pylist() if row["kind"] == kind]


def reasons(result: RecordsRead) -> list[tuple[int | None, str, str]]:
    return [(item.row, item.column, item.code) for item in result.rejects]


def test_a_row_of_a_schools_specialty_becomes_nodes_and_claims_with_its_words(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,学校代码,专业名称,层次,年份,在校生数（人）,毕业生数,面向产业链\n"
        "重庆电子科技职业大学,4150012609,新能源汽车技术,专科,2024,１，２００,,智能网联新能源汽车、先进材料\n",
    )
    assert result.claims.schema == CLAIMS
    (offers,) = edges(result, "OFFERS")
    assert (offers["head"], offers["tail"]) == ("School:4150012609", "Specialty:460702")
    assert (offers["enrolled"], offers["graduates"], offers["year"], offers["observed"]) == (
        1200,
        None,
        2024,
        "2024",
    )
    assert offers["quote"] == "重庆电子科技职业大学 | 新能源汽车技术 | 年份 2024 | 在校生数（人） １，２００"
    assert (offers["place"], offers["method"], offers["confidence"], offers["status"]) == (
        "l.2",
        "record",
        1.0,
        "完成",
    )
    assert [row["tail"] for row in edges(result, "SERVES")] == [
        "IndustryChain:智能网联新能源汽车",
        "IndustryChain:先进材料",
    ]
    stated = {row["local"]: json.loads(row["properties"]) for row in edges(result, STATES.name)}
    assert stated["School:4150012609"] == {"code": "4150012609"}
    assert stated["Specialty:460702"] == {"level": "高职专科"}


def test_figures_on_two_lines_of_a_cell_are_not_run_together(tmp_path: Path) -> None:
    result = read(
        tmp_path, '企业名称,需求岗位,需求人数\n甲公司,"电工\n焊工","10\n20"\n乙公司,电工,"1200\n人"\n'
    )
    assert reasons(result) == [(2, "需求人数", "record.several")]
    assert [row["headcount"] for row in edges(result, "DEMANDS")] == [1200]


def test_a_name_that_sums_up_is_no_record(tmp_path: Path) -> None:
    head = "学校名称,专业名称,年份,在校生数,备注\n"
    body = "甲学院,护理,2024,300,三年累计\n甲学院,大数据与会计,2024,200,\n"
    below = "甲学院,医药类小计,2024,500,\n甲学院,合计（人）,2024,500,\n甲学院合计,,2024,500,\n全市总计数：,,2024,500,\n"
    result = read(tmp_path, head + body + below)
    assert (result.rows_taken, result.set_aside, result.rejects) == (2, 4, ())
    assert [row["enrolled"] for row in edges(result, "OFFERS")] == [300, 200]


def test_notes_below_a_table_are_no_names_though_the_name_is_all_that_a_row_needs(tmp_path: Path) -> None:
    notes = "注：本表数据截至2024年底，由各区县报送。,,,\n*注1：含分公司,,,\n制表单位：市教委,,,\n"
    notes += "填表人：王某 联系电话：,,,\n"
    signed = "填表人（签字）：王某,,审核人：李某,联系方式：无\n"
    result = read(
        tmp_path, f"企业名称,企业规模,需求岗位,需求人数\n甲机床有限公司,大型,车工,5\n{notes}{signed}"
    )
    assert (result.rows_taken, result.set_aside, result.rejects) == (1, 5, ())
    assert not any("王某" in str(row) or "注" in str(row) for row in result.claims.to_pylist())
    consortium = read(
        tmp_path, "联合体名称,成员名称\n示例产教联合体,甲机床有限公司\n备注：含分公司,\n", "c.csv"
    )
    assert (consortium.rows_taken, consortium.set_aside, consortium.rejects) == (1, 1, ())


def test_a_row_with_something_beside_a_note_is_a_record(tmp_path: Path) -> None:
    result = read(tmp_path, "企业名称,企业规模,需求岗位,需求人数\n甲机床有限公司,,说明：车工,5\n")
    assert (result.rows_taken, result.set_aside) == (1, 0)


@pytest.mark.parametrize(
    "row",
    [
        "甲联合体,乙公司,企业,理事长 张三13800138000",
        "甲联合体,张三１３８００１３８０００公司,企业,成员",
        "甲联合体,乙公司 zhangsan＠qq.com,企业,成员",
    ],
)
def test_what_is_about_a_person_is_refused_in_any_column_of_words(tmp_path: Path, row: str) -> None:
    result = read(tmp_path, f"联合体名称,成员名称,成员类型,角色\n{row}\n")
    (reject,) = result.rejects
    assert (reject.code, result.claims.num_rows) == ("record.personal", 0)
    assert not [one for one in ("138", "１３８", "zhangsan") if one in f"{reject.value}{reject.cells}"]


def test_the_zero_that_a_spreadsheet_took_from_an_industry_is_put_back_by_its_name(tmp_path: Path) -> None:
    head = "地区,产业名称,行业代码,年份,产值（亿元）\n"
    rows = "甲区,稻谷种植,111,2024,3\n甲区,农业,1,2024,3\n甲区,谷物种植,11,2024,3\n甲区,汽车,36,2024,3\n"
    more = "甲区,煤炭开采和洗选辅助活动,111,2024,3\n甲区,汽车制造业,3611,2024,3\n甲区,稻谷种植,36,2024,3\n"
    result = read(tmp_path, head + rows + more)
    codes = [row["tail"].partition(":")[2] for row in edges(result, "HAS_INDUSTRY")]
    assert codes == ["0111", "01", "011", "36", "111", "3611"]
    assert reasons(result) == [(8, "行业代码", "record.industry_name")]


def test_who_leads_and_who_belongs_to_a_consortium(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "联合体名称,成员名称,成员类型,角色,所在区域\n"
        "甲联合体,重庆大学,高校,牵头单位,沙坪坝区\n甲联合体,乙公司,企业,,渝北区\n甲联合体,丙局,部门,成员,渝北区\n"
        "甲联合体,丁中心,研发平台,牵头,渝北区\n",
    )
    assert [(row["head"], row["role"]) for row in edges(result, "LEADS")] == [("School:重庆大学", "牵头")]
    assert [(row["head"], row["role"]) for row in edges(result, "MEMBER_OF")] == [
        ("Enterprise:乙公司", None),
        ("Agency:丙局", "成员"),
        ("ResearchPlatform:丁中心", "牵头"),  # the ontology lets no platform lead; its role is kept
    ]
    assert {row["head"] for row in edges(result, "LOCATED_IN")} == {
        "School:重庆大学",
        "Enterprise:乙公司",
        "ResearchPlatform:丁中心",
    }


def test_core_specialties_of_a_group_are_known_unknown_or_not_core(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,专业群名称,包含专业,核心专业\n甲学院,A群,软件技术、大数据技术,软件技术、云计算技术应用\n甲学院,B群,护理,\n",
    )
    core = {(row["head"].partition("@")[0], row["tail"]): row["core"] for row in edges(result, "INCLUDES")}
    assert core == {
        ("SpecialtyGroup:a群", "Specialty:软件技术"): True,
        ("SpecialtyGroup:a群", "Specialty:大数据技术"): False,
        ("SpecialtyGroup:a群", "Specialty:云计算技术应用"): True,
        ("SpecialtyGroup:b群", "Specialty:护理"): None,
    }
    assert edges(result, "HOSTS")[0]["tail"] == "SpecialtyGroup:a群@School:甲学院"


def test_a_list_belongs_to_its_row_though_other_rows_have_none(tmp_path: Path) -> None:
    rows = [
        "甲学院,A群,,",
        "乙学院,B群,先进材料、新型显示,",
        "丙学院,C群,,护理",
        "丁学院,D群,卫星互联网,药学",
        "戊学院,E群,,",
    ]
    result = read(tmp_path, "学校名称,专业群名称,对接产业链,包含专业\n" + "\n".join(rows))
    assert [
        (row["head"].partition("@")[0], row["tail"], row["place"]) for row in edges(result, "SERVES")
    ] == [
        ("SpecialtyGroup:b群", "IndustryChain:先进材料", "l.3"),
        ("SpecialtyGroup:b群", "IndustryChain:新型显示", "l.3"),
        ("SpecialtyGroup:d群", "IndustryChain:卫星互联网", "l.5"),
    ]
    assert [(row["head"].partition("@")[0], row["tail"]) for row in edges(result, "INCLUDES")] == [
        ("SpecialtyGroup:c群", "Specialty:护理"),
        ("SpecialtyGroup:d群", "Specialty:药学"),
    ]


def test_a_post_and_the_specialty_that_suits_it_are_one_need_counted_once(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "企业名称,需求岗位,需求专业,需求人数,需求年份\n甲公司,装调工,新能源汽车技术,60人,2025\n甲公司,,软件技术,1.2千,2025\n",
    )
    demands = [(row["tail"], row["headcount"]) for row in edges(result, "DEMANDS")]
    assert sorted(demands, key=str) == [
        ("Occupation:装调工", 60),
        ("Specialty:新能源汽车技术", None),
        ("Specialty:软件技术", 1200),
    ]
    assert len({row["quote"] for row in edges(result, "DEMANDS") if row["place"] == "l.2"}) == 1


def test_income_becomes_yuan_and_the_specialty_an_id(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,企业名称,涉及专业,技术服务收入（万元）,状态,共建名称\n甲学院,乙公司,软件技术,35.5,进行中,乙软件产业学院\n",
    )
    (works,) = edges(result, "COOPERATES_WITH")
    assert (works["income"], works["specialty"], works["status"]) == (355_000.0, "Specialty:软件技术", "在建")
    assert [(row["head"], row["tail"]) for row in edges(result, "CO_BUILDS")] == [
        ("School:甲学院", "IndustryCollege:乙软件产业学院"),
        ("Enterprise:乙公司", "IndustryCollege:乙软件产业学院"),
    ]


def test_builders_are_told_apart_by_their_names(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "平台名称,共建单位,单位类型\n甲中心,重庆大学、中铝高端制造股份有限公司；永川高新技术产业开发区,\n乙中心,长安,企业\n丙中心,长安,\n",
    )
    assert [label_of(row["head"]) for row in edges(result, "CO_BUILDS")] == [
        "School",
        "Enterprise",
        "Park",
        "Enterprise",
    ]
    assert reasons(result) == [(4, "共建单位", "record.body")]


def test_a_table_of_the_national_standard_is_read_by_codes_or_names(tmp_path: Path) -> None:
    rows = "4150012215,智能网联汽车技术,GY01,2,202309,甲专业群,20240930 101500\n"
    by_code = read(tmp_path, "xxdm,zymc,zyh,zyccm,sczsny,sszyqmc,sjcjsj\n" + rows, "a.csv")
    by_name = read(
        tmp_path,
        "学校代码,专业名称,专业号,专业层次码,首次招生年月,所属专业群名称,数据采集时间\n" + rows,
        "b.csv",
    )
    for result in (by_code, by_name):
        assert result.kinds == ("ODS_ZYSZSJ",)
        (offers,) = edges(result, "OFFERS")
        assert (offers["tail"], offers["number"], offers["since"], offers["observed"]) == (
            "Specialty:460704",
            "GY01",
            "2023-09",
            "2024-09-30",
        )
        names = {row["local"]: row["name"] for row in edges(result, STATES.name)}
        assert names["School:4150012215"] == "重庆工业职业技术大学"
    assert by_code.claims.drop_columns(["quote"]).equals(by_name.claims.drop_columns(["quote"]))


def test_wrong_rows_are_rejected_with_every_reason_and_the_others_go_in(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,专业名称,层次,年份,在校生数,备注\n甲学院,护理,高职,2024,10,\n甲学院,,博士,今年,-1,\n甲学院,软件技术、护理,,2024,5,\n"
        "合计,,,,15,\n,,,,,\n乙学院,护理,,2024,,\n甲学院,护理\n",
    )
    assert (result.rows_read, result.rows_taken, result.rejected_rows) == (6, 2, 3)
    assert result.set_aside == 1  # 合计
    assert str(result.notes[-1]) in {"合计、小计 1 行，不计：l.5", "1 rows of totals, set aside: l.5"}
    assert Counter(reasons(result)) == Counter(
        [
            (3, "专业名称", "record.required"),
            (3, "层次", "record.choice"),
            (3, "年份", "record.year"),
            (3, "在校生数", "record.whole_number"),
            (4, "专业名称", "record.shared"),
            (8, "", "record.columns"),
        ]
    )
    assert result.ignored == ("备注",)
    assert dict(result.rejects[0].cells)["在校生数"] == "-1"


def test_a_cell_of_a_million_characters_is_refused_and_shown_short(tmp_path: Path) -> None:
    long = "护" * 1_000_000
    result = read(tmp_path, f"学校名称,专业名称,年份\n甲学院,{long},2024\n甲学院,护理,2024\n甲学院,{long}\n")
    assert reasons(result) == [(2, "专业名称", "record.too_long"), (4, "", "record.columns")]
    assert len(result.rejects[0].value) == 80
    assert result.rows_taken == 1


def test_rows_that_say_the_same_are_one_claim_and_rows_that_differ_are_two(tmp_path: Path) -> None:
    row = "甲学院,护理,2024,{}\n"
    result = read(tmp_path, "学校名称,专业名称,年份,在校生数\n" + row.format(10) * 3 + row.format(11))
    assert (result.rows_read, result.rows_taken) == (4, 4)
    assert [(row["enrolled"], row["place"]) for row in edges(result, "OFFERS")] == [(10, "l.2"), (11, "l.5")]


def test_names_that_look_like_queries_stay_names(tmp_path: Path) -> None:
    name = "Entity`) WITH n MATCH (x) DETACH DELETE x // \\u0060 ' @ | :\x1f"
    text = io.StringIO()
    csv.writer(text).writerows([["学校名称", "专业名称", "年份"], [name, "护理", "2024"]])
    (stated, *_) = edges(read(tmp_path, text.getvalue()), STATES.name)
    assert (
        stated["name"] == name.replace("\x1f", "").strip().removesuffix(" |").strip()
        or "DETACH" in stated["name"]
    )
    assert label_of(stated["local"]) == "School"


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "重庆大学",
            "护理",
            "2024",
            "12",
            "1.2万",
            "-3",
            "合计",
            "高职",
            "示例职业技术学院",
            "甲、乙",
            "x" * 300,
            "4150010611",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=8), max_size=8))
def test_rows_read_are_rows_taken_and_rows_rejected_whatever_they_hold(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    header = ["学校名称", "学校代码", "专业名称", "层次", "年份", "在校生数", "面向产业链"]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    result = read(tmp_path, text.getvalue())
    assert result.rows_read == result.rows_taken + result.rejected_rows + result.set_aside
    assert result.rows_read >= sum(any(cell.strip() for cell in row) and len(row) == 8 for row in rows)
    assert_sound(result)


def assert_sound(result: RecordsRead) -> None:
    """Every claim is one that the ontology allows, between nodes that the source states, with words and place."""
    claims = result.claims.to_pylist()
    stated = {row["tail"] for row in claims if row["kind"] == STATES.name}
    for number, row in enumerate(claims):
        assert row["id"] == f"{row['source']}#{number}"
        assert row["quote"]
        assert row["place"]
        if row["kind"] != STATES.name:
            assert (label_of(row["head"]), label_of(row["tail"])) in EDGES[row["kind"]].ends
            assert {row["head"], row["tail"]} <= stated
            own = {item.name for item in EDGES[row["kind"]].properties}
            given_ = {
                name
                for name in CLAIMS.names[CLAIMS.get_field_index("observed") + 1 :]
                if row[name] is not None
            }
            assert given_ <= own


@pytest.mark.parametrize("path", [p for p in SAMPLES if p.suffix == ".csv"], ids=lambda path: path.name)
def test_every_word_of_a_quote_stands_in_the_row_that_it_leads_to(path: Path) -> None:
    lines = decode(path.read_bytes(), path.name).splitlines()
    openings = ("", *(f"{header} " for header in next(stream_delimited(path, whole=True)).headers))
    for row in read_records(path, "source").claims.to_pylist():
        line = lines[int(row["place"].removeprefix("l.")) - 1]
        for word in row["quote"].split(" | "):
            assert any(word.startswith(o) and word.removeprefix(o) in line for o in openings), (word, line)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples_are_taken_whole_and_their_claims_are_sound(path: Path) -> None:
    result = read_records(path, "source")
    assert result.rejects == ()
    assert result.rows_read == result.rows_taken > 0
    assert_sound(result)


def test_the_samples_show_every_kind() -> None:
    kinds = {kind for path in SAMPLES for kind in read_records(path, "source").kinds}
    by_hand = set(RECORD_KINDS) - set(STANDARD_KINDS)
    assert by_hand - kinds == {"consortium_lists"}  # these come as attachments of notices, in documents
    assert kinds - by_hand == {"ODS_CXHZSJ", "ODS_ZYSZSJ"}
    assert {path.suffix for path in SAMPLES} == {".csv", ".xlsx"}


def test_the_same_rows_give_the_same_claims_in_any_order(tmp_path: Path) -> None:
    lines = (samples.records() / "enterprises.csv").read_text(encoding="utf-8").splitlines()
    turned = [*lines[:2], *reversed(lines[2:])]

    def said(result: RecordsRead) -> Counter[tuple[Any, ...]]:
        table = result.claims.drop_columns(["id", "place"])
        return Counter(tuple(row.values()) for row in table.to_pylist())

    forward, backward = (
        read(tmp_path, "\n".join(order), f"{n}.csv") for n, order in enumerate((lines, turned))
    )
    assert said(forward) == said(backward)
    assert pc.count_distinct(forward.claims.column("id")).as_py() == forward.claims.num_rows


@pytest.mark.parametrize(
    ("name", "code"), [("missing.csv", "file.missing"), ("a.pdf", "file.type"), ("~$a.xlsx", "file.type")]
)
def test_a_file_that_is_not_there_or_no_table_is_refused(tmp_path: Path, name: str, code: str) -> None:
    if code == "file.type":
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(LiantuError) as refused:
        read_records(tmp_path / name, "s")
    assert refused.value.code == code


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_CSV_MEGABYTES", "0.0001")
    with pytest.raises(LiantuError) as refused:
        read(tmp_path, "学校名称,专业名称,年份\n" + "甲学院,护理,2024\n" * 10)
    assert refused.value.code == "file.too_large"


def test_record_files_are_told_by_their_suffix() -> None:
    assert all(is_record_file(Path(f"a{suffix.upper()}")) for suffix in RECORD_SUFFIXES)
    assert not is_record_file(Path("a.docx"))


def test_an_organ_that_is_said_not_to_be_there_is_not_unknown(tmp_path: Path) -> None:
    result = read(tmp_path, "联合体名称,是否成立理事会,秘书处,章程,赋权清单\n示例联合体,√,无,,/\n")
    (consortium,) = [row for row in edges(result, "STATES") if row["tail"] == "Consortium:示例联合体"]
    organs = json.loads(consortium["properties"]) if "properties" in consortium else consortium
    assert (organs["council"], organs["secretariat"]) == ("有", "未设")
    assert organs.get("charter") is organs.get("mandate") is None


def test_a_specialty_group_that_is_planned_only_serves_its_chain_as_planned(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,专业群名称,群内专业,对接产业链,建设状态\n甲学院,乙专业群,软件技术,软件,拟建\n甲学院,丙专业群,软件技术,软件,已建成\n甲学院,丁专业群,软件技术,软件,\n",
    )
    for kind in ("HOSTS", "INCLUDES", "SERVES"):
        assert [row["status"] for row in edges(result, kind)] == ["计划", "完成", "完成"]
