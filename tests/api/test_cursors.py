from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cursors import PageRequest, check_version, decode, encode, finding_position, paged
from graph.errors import LiantuError

_IDS = st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=30).map(sorted)


@settings(deadline=None, max_examples=60)
@given(_IDS, st.integers(1, 7))
def test_pages_forwards_show_every_item_once_and_in_order(ids: list[str], size: int) -> None:
    shown: list[str] = []
    after = None
    while True:
        page = paged(ids, PageRequest(first=size, after=after), "list", 100)
        shown += ids[page.start : page.stop]
        assert page.total == len(ids)
        if not page.has_next:
            break
        after = encode("list", shown[-1])
    assert shown == ids


@settings(deadline=None, max_examples=60)
@given(_IDS, st.integers(1, 7))
def test_pages_backwards_show_every_item_once_and_in_order(ids: list[str], size: int) -> None:
    shown: list[str] = []
    before = None
    while True:
        page = paged(ids, PageRequest(last=size, before=before), "list", 100)
        shown = ids[page.start : page.stop] + shown
        if not page.has_previous:
            break
        before = encode("list", shown[0])
    assert shown == ids


@settings(deadline=None, max_examples=60)
@given(_IDS.filter(bool), st.data())
def test_a_cursor_goes_on_where_its_item_is_gone(ids: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(ids))
    rest = [one for one in ids if one != gone]
    page = paged(rest, PageRequest(first=100, after=encode("list", gone)), "list", 100)
    assert rest[page.start : page.stop] == [one for one in rest if one > gone]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=20), st.text(max_size=20))
def test_a_cursor_is_read_as_it_was_written(scope: str, position: str) -> None:
    assert decode(scope, encode(scope, position)) == position


def _raw(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "!!!!",
        "游标",
        "a" * 5000,
        _raw([1, 2]),
        _raw({}),
        _raw(["list"]),
        _raw(None),
        "W" * 2000,
        encode("other", "a"),
    ],
)
def test_malformed_and_foreign_cursors_are_refused(cursor: str) -> None:
    with pytest.raises(LiantuError) as refused:
        decode("list", cursor)
    assert refused.value.code == "api.page"


@pytest.mark.parametrize(
    "request_",
    [
        PageRequest(first=-1),
        PageRequest(first=101),
        PageRequest(last=-1),
        PageRequest(last=10**12),
        PageRequest(first=1, last=1),
    ],
)
def test_pages_that_make_no_sense_are_refused(request_: PageRequest) -> None:
    with pytest.raises(LiantuError) as refused:
        request_.size(100)
    assert refused.value.code == "api.page"


def test_a_page_may_be_empty_or_as_large_as_the_limit() -> None:
    assert PageRequest(first=0).size(100) == 0
    assert PageRequest(last=100).size(100) == 100
    assert PageRequest().size(5) == 5


def test_cursors_into_findings_go_stale_with_the_version() -> None:
    cursor = encode("gaps", finding_position("000001", "asked", 3))
    check_version(cursor, "gaps", "000001", "asked")
    check_version(None, "gaps", "000001", "asked")
    with pytest.raises(LiantuError):
        check_version(cursor, "gaps", "000002", "asked")


@pytest.mark.parametrize(
    "position",
    ["000001:other:000000003", "000001:asked:zzz", "000001:asked:３３３３３３３３３", "000001:asked", ""],
)
def test_cursors_into_findings_of_other_parameters_or_altered_ones_are_refused(position: str) -> None:
    with pytest.raises(LiantuError) as refused:
        check_version(encode("gaps", position), "gaps", "000001", "asked")
    assert refused.value.code == "api.page"
