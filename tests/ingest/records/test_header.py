"""Headers as they stand in real tables are recognised, and the right kind is chosen."""

from __future__ import annotations

import pytest

from graph.errors import LiantuError
from ingest.records import RECORD_KINDS
from ingest.records.header import best_match, checked, find_header, normalise_header


@pytest.mark.parametrize("kind", list(RECORD_KINDS))
def test_the_headers_of_a_template_are_recognised(kind: str) -> None:
    match = best_match([column.zh for column in RECORD_KINDS[kind].columns])
    assert match is not None
    assert match.kind.name == kind
    assert None not in match.columns
    assert not match.doubled


@pytest.mark.parametrize("kind", list(RECORD_KINDS))
def test_any_variant_of_a_header_is_taken_for_its_column(kind: str) -> None:
    headers = [column.zh for column in RECORD_KINDS[kind].columns]
    for position, column in enumerate(RECORD_KINDS[kind].columns):
        for variant in column.variants:
            varied = [*headers[:position], variant, *headers[position + 1 :]]
            match = best_match(varied, RECORD_KINDS[kind].title.zh)
            assert match is not None
            assert (match.kind.name, match.columns[position]) == (kind, column), variant


def test_width_spaces_stars_and_case_do_not_count() -> None:
    assert normalise_header(" ＊学校　名称： ") == "学校名称"
    match = best_match(["XXDM", "zymc ", "ZYCCM", "Zyh"])
    assert match is not None
    assert match.kind.name == "ODS_ZYSZSJ"


def test_titles_above_the_header_are_passed_over() -> None:
    rows = [
        ["重庆市专业群一览表", "", ""],
        ["", "", ""],
        ["填表日期：2024-10", "", ""],
        ["学校名称", "专业群名称", "级别"],
        ["甲", "乙", "市级"],
    ]
    found = find_header(rows)
    assert found is not None
    assert (found.index, found.depth, found.match.kind.name) == (3, 1, "specialty_groups")


def test_the_name_of_the_sheet_decides_between_equals() -> None:
    headers = ["学校名称", "企业名称"]
    match = best_match(headers, "校企合作项目")
    assert match is not None
    assert match.kind.name == "cooperation"


def test_nothing_is_recognised_in_a_foreign_table() -> None:
    assert best_match(["日期", "天气", "气温"]) is None


def test_a_missing_required_column_is_named() -> None:
    headers = ["学校名称", "专业名称", "在校生数", "毕业生数"]
    match = best_match(headers)
    assert match is not None
    with pytest.raises(LiantuError) as refused:
        checked(match, headers, "a.csv")
    assert (refused.value.code, refused.value.values["columns"]) == ("record.header_missing", "年份")


def test_two_headers_for_one_column_are_an_error_that_names_both() -> None:
    headers = ["学校名称", "专业群名称", "级别", "等级"]
    match = best_match(headers)
    assert match is not None
    with pytest.raises(LiantuError) as refused:
        checked(match, headers, "a.csv")
    assert (refused.value.code, refused.value.values["column"]) == ("record.header_double", "级别 / 等级")


def test_a_list_may_stand_in_several_columns() -> None:
    headers = ["共同体名称", "牵头企业", "牵头高校", "牵头职业学校"]
    match = best_match(headers)
    assert match is not None
    checked(match, headers, "a.csv")
    assert [column and column.name for column in match.columns] == ["consortium", *["leaders"] * 3]


def test_of_two_kinds_that_fit_equally_the_one_that_requires_more_is_meant() -> None:
    match = best_match(["订单班名称", "学校", "企业", "人数"])
    assert match is not None
    assert match.kind.name == "cooperation"


def test_a_header_that_often_holds_prose_gives_way_to_one_that_names_the_mode() -> None:
    both = best_match(["学校", "合作企业", "合作内容", "合作形式"])
    alone = best_match(["学校", "合作企业", "合作内容"])
    assert both is not None
    assert alone is not None
    assert not both.doubled
    assert [column and column.name for column in both.columns] == ["school", "enterprise", None, "mode"]
    assert [column and column.name for column in alone.columns] == ["school", "enterprise", "mode"]
