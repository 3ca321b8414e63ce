"""Several names in one cell are as many rows; what hangs on one of them alone is refused, not told of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.records import RecordsRead, read_records
from ingest.records.kind import Form
from ingest.records.kinds import RECORD_KINDS


def read(folder: Path, text: str, name: str = "a.csv") -> RecordsRead:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    result = read_records(path, "s")
    assert result.rows_read == result.rows_taken + result.rejected_rows
    return result


def told(result: RecordsRead, kind: str) -> list[tuple[str, str, str]]:
    return [(r["head"], r["tail"], r["place"]) for r in result.claims.to_pylist() if r["kind"] == kind]


@pytest.mark.parametrize(
    "cell",
    [
        "重庆大学、西南大学",
        "重庆大学；西南大学",
        "1.重庆大学 2.西南大学",
        "重庆大学\n西南大学",
        "重庆大学，西南大学等2所",
    ],
)
def test_a_cell_of_several_members_is_as_many_members_at_one_place(tmp_path: Path, cell: str) -> None:
    result = read(
        tmp_path,
        f'联合体名称,成员名称,成员类型,角色\n甲联合体,"{cell}",院校,成员\n甲联合体,乙公司,企业,成员\n',
    )
    assert (result.rows_read, result.rows_taken) == (2, 2)
    heads = [head for head, _, _ in told(result, "MEMBER_OF")]
    assert heads == ["School:重庆大学", "School:西南大学", "Enterprise:乙公司"]
    assert {place for head, _, place in told(result, "MEMBER_OF") if head.startswith("School")} == {"l.2"}
    quotes = [r["quote"] for r in result.claims.to_pylist() if r["kind"] == "MEMBER_OF"]
    assert [quote.split(" | ")[0] for quote in quotes] == ["重庆大学", "西南大学", "乙公司"]


def test_a_name_wrapped_over_two_lines_stays_one(tmp_path: Path) -> None:
    result = read(tmp_path, '联合体名称,成员名称,成员类型\n甲联合体,"重庆电子科技\n职业大学",院校\n')
    assert [head for head, _, _ in told(result, "MEMBER_OF")] == ["School:重庆电子科技职业大学"]


def test_members_of_any_kind_are_told_by_their_names_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    result = read(tmp_path, "联合体名称,成员单位\n甲联合体,重庆大学、乙公司、丙高新区\n甲联合体,丁\n")
    assert {head for head, _, _ in told(result, "MEMBER_OF")} == {
        "School:重庆大学",
        "Enterprise:乙公司",
        "Park:丙高新区",
    }
    assert [(r.row, r.code) for r in result.rejects] == [(3, "record.body")]


def test_a_consortium_a_row_with_its_members_in_lists(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["序号", "产教联合体名称", "牵头单位", "成员单位", None, "所在区县"])
    sheet.append([None, None, None, "院校", "企业", None])
    sheet.append(
        [1, "甲联合体", "重庆大学、乙高新区", "西南大学、重庆文理学院", "丙公司\n丁有限公司", "渝北区"]
    )
    workbook.save(tmp_path / "名单.xlsx")
    result = read_records(tmp_path / "名单.xlsx", "s")
    assert (result.kinds, result.rows_taken, result.rejects) == (("consortium_lists",), 1, ())
    assert [head for head, _, _ in told(result, "LEADS")] == ["School:重庆大学", "Park:乙高新区"]
    assert [head for head, _, _ in told(result, "MEMBER_OF")] == [
        "School:西南大学",
        "School:重庆文理学院",
        "Enterprise:丙公司",
        "Enterprise:丁有限公司",
    ]
    assert not told(result, "COOPERATES_WITH")


def test_who_stands_in_a_list_of_members_is_not_said_to_cooperate(tmp_path: Path) -> None:
    head = "产教联合体名称,成员单位（院校）,成员单位（企业）\n"
    result = read(tmp_path, f"{head}甲联合体,重庆大学,乙公司\n")
    assert result.kinds == ("consortium_lists",)


def test_one_project_with_several_companies_is_cooperation_with_each(tmp_path: Path) -> None:
    head = "学校名称,企业名称,合作模式,涉及专业,技术服务收入\n"
    result = read(tmp_path, f"{head}甲学院,乙公司、丙公司,订单班,护理、药学,\n")
    rows = [r for r in result.claims.to_pylist() if r["kind"] == "COOPERATES_WITH"]
    assert {(r["tail"], r["specialty"]) for r in rows} == {
        (f"Enterprise:{company}", f"Specialty:{specialty}")
        for company in ("乙公司", "丙公司")
        for specialty in ("护理", "药学")
    }


def test_a_figure_or_code_of_one_among_several_is_refused(tmp_path: Path) -> None:
    head = "学校名称,企业名称,统一社会信用代码,合作模式,技术服务收入\n"
    result = read(
        tmp_path,
        f"{head}甲学院,乙公司、丙公司,,技术服务,5000\n甲学院,乙公司、丙公司,91110000600037341L,技术服务,\n甲学院,乙公司,,技术服务,70\n",
    )
    assert [(r.row, r.column, r.code) for r in result.rejects] == [
        (2, "企业名称", "record.shared"),
        (3, "企业名称", "record.shared"),
    ]
    assert "技术服务收入" in result.rejects[0].reason.zh
    (row,) = (r for r in result.claims.to_pylist() if r["kind"] == "COOPERATES_WITH")
    assert row["income"] == 70


def test_two_lists_whose_names_nobody_can_pair_are_refused(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,企业名称,合作模式\n甲学院、乙学院,丙公司、丁公司,订单班\n甲学院、乙学院,丙公司,订单班\n",
    )
    assert [(r.row, r.code) for r in result.rejects] == [(2, "record.pairing")]
    assert [(head, tail) for head, tail, _ in told(result, "COOPERATES_WITH")] == [
        ("School:甲学院", "Enterprise:丙公司"),
        ("School:乙学院", "Enterprise:丙公司"),
    ]


def test_a_headcount_of_one_post_may_stand_beside_the_specialties_that_suit_it(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "企业名称,需求岗位,需求专业,需求人数\n甲公司,装调工,数控技术、机电一体化技术,20\n乙公司,,数控技术、机电一体化技术,20\n",
    )
    assert result.rejects == ()
    rows = [r for r in result.claims.to_pylist() if r["kind"] == "DEMANDS"]
    assert [(r["tail"].partition(":")[0], r["headcount"]) for r in rows] == [
        ("Occupation", 20),
        ("Specialty", None),
        ("Specialty", None),
        ("Specialty", None),
        ("Specialty", None),
    ]


def test_posts_with_one_headcount_are_needed_and_how_many_of_each_is_unknown(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "企业名称,需求岗位,需求人数,年份\n甲公司,电工、焊工,30,2025\n乙公司,电工,5,2025\n丙公司、丁公司,钳工,8,2025\n",
    )
    assert (result.rejects, result.rows_taken) == ((), 3)
    rows = [r for r in result.claims.to_pylist() if r["kind"] == "DEMANDS"]
    assert [(r["tail"], r["headcount"]) for r in rows] == [
        ("Occupation:电工", None),
        ("Occupation:焊工", None),
        ("Occupation:电工", 5),
        ("Occupation:钳工", None),
        ("Occupation:钳工", None),
    ]
    assert rows[0]["quote"] == rows[1]["quote"] == "甲公司 | 需求岗位 电工、焊工 | 需求人数 30 | 年份 2025"
    (note,) = [one for one in result.notes if "合写" in one.zh]
    assert (note.zh[:3], note.zh[-7:]) == ("2 行", "l.2、l.4")


def test_only_names_may_be_several_and_none_where_rows_are_counted() -> None:
    for kind in RECORD_KINDS.values():
        several = [column for column in kind.columns if column.several]
        assert all(column.form is Form.NAME for column in several)
        assert not several or not kind.groups


def test_names_in_the_brackets_of_a_name_do_not_cut_it(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,专业群名称,包含专业\n甲学院,汽车群,汽车维修（新能源、智能网联方向）、护理\n",
        "专业群.csv",
    )
    tails = [tail for _, tail, _ in told(result, "INCLUDES")]
    assert tails == ["Specialty:汽车维修（新能源、智能网联方向）", "Specialty:护理"]
    read_one = read(tmp_path, "学校名称,专业名称,年份,在校生数\n甲学院,计算机（软件、网络方向）,2024,120\n")
    assert [tail for _, tail, _ in told(read_one, "OFFERS")] == ["Specialty:计算机（软件、网络方向）"]


def test_leaders_of_each_kind_in_a_column_of_their_own_are_one_list(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "联合体名称,牵头企业,牵头高校,牵头职业学校\n甲联合体,甲公司,乙大学、丙大学,\n乙联合体,,,丁学院\n",
    )
    assert {(head, tail) for head, tail, _ in told(result, "LEADS")} == {
        ("Enterprise:甲公司", "Consortium:甲联合体"),
        ("School:乙大学", "Consortium:甲联合体"),
        ("School:丙大学", "Consortium:甲联合体"),
        ("School:丁学院", "Consortium:乙联合体"),
    }


def test_who_leads_is_told_by_the_role_where_only_the_name_shows_the_kind_of_member(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "联合体名称,成员名称,角色\n甲联合体,甲大学,牵头\n甲联合体,乙公司,共同牵头单位\n甲联合体,丙研究院,牵头\n"
        "甲联合体,丁公司,成员\n",
    )
    assert [head for head, _, _ in told(result, "LEADS")] == ["School:甲大学", "Enterprise:乙公司"]
    # a platform cannot lead
    assert [head for head, _, _ in told(result, "MEMBER_OF")] == [
        "ResearchPlatform:丙研究院",
        "Enterprise:丁公司",
    ]


def test_a_column_of_kinds_that_holds_roles_tells_the_roles(tmp_path: Path) -> None:
    result = read(tmp_path, "联合体名称,成员名称,类型\n甲联合体,甲大学,牵头单位\n甲联合体,乙公司,理事单位\n")
    assert [head for head, _, _ in told(result, "LEADS")] == ["School:甲大学"]
    assert [head for head, _, _ in told(result, "MEMBER_OF")] == ["Enterprise:乙公司"]
