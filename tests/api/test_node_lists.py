"""The lists at the root: pages cut in the store, just as if the whole list had been cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.cursors import PageRequest, encode, paged
from tests.api.watched import Watched

Ask = Callable[..., dict[str, Any]]

QUERY = """query($first: Int, $after: String, $last: Int, $before: String, $name: String, $level: String) {
  schools(first: $first, after: $after, last: $last, before: $before, name: $name, level: $level) {
    totalCount nodes { id } edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
IDS = [f"School:重庆示例学院{number:03d}" for number in range(130)]
PLACES = st.none() | st.sampled_from(
    ["School:", "School:重庆示例学院0505", "T", *IDS[:3], *IDS[60:64], *IDS[-2:]]
)
SIZES = st.none() | st.integers(0, 5) | st.just(100)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    after=PLACES,
    before=PLACES,
    size=SIZES,
    backwards=st.booleans(),
    name=st.sampled_from([None, "06", "学院", "没有"]),
    level=st.sampled_from([None, "高职专科", "中职"]),
)
def test_a_page_is_what_cutting_the_whole_list_would_give(
    ask: Ask,
    after: str | None,
    before: str | None,
    size: int | None,
    backwards: bool,
    name: str | None,
    level: str | None,
) -> None:
    wanted = [one for one in IDS if (name is None or name in one) and level in (None, "高职专科")]
    request: dict[str, Any] = {
        "last" if backwards else "first": size,
        "after": after and encode("schools", after),
        "before": before and encode("schools", before),
    }
    page = paged(wanted, PageRequest(**request), "schools", 100)
    shown = wanted[page.start : page.stop]
    cursors = [encode("schools", one) for one in shown]
    found = ask(QUERY, name=name, level=level, **request)["schools"]
    assert [node["id"] for node in found["nodes"]] == shown
    assert [edge["cursor"] for edge in found["edges"]] == cursors
    assert found["totalCount"] == len(wanted)
    assert found["pageInfo"] == {
        "hasNextPage": page.has_next,
        "hasPreviousPage": page.has_previous,
        "startCursor": cursors[0] if cursors else None,
        "endCursor": cursors[-1] if cursors else None,
    }


@pytest.mark.parametrize(
    ("selected", "asked"),
    [
        ("nodes{id}", [("nodes", 4)]),
        ("nodes{id} pageInfo{hasNextPage endCursor}", [("nodes", 4)]),
        ("nodes{id} totalCount", [("nodes", 4), ("count", 130)]),
        ("nodes{id} pageInfo{hasPreviousPage}", [("nodes", 4), ("nodes", 1)]),
    ],
)
def test_no_more_is_read_than_is_asked_for(
    serve: Any, store: Any, selected: str, asked: list[tuple[str, int]]
) -> None:
    watched = Watched(store)
    cursor = encode("schools", IDS[10])
    with serve(watched) as client:
        answer = client.ask("query($c: String){schools(first: 3, after: $c){" + selected + "}}", c=cursor)
    assert "errors" not in answer
    found = [(name, rows if name == "count" else rows.num_rows) for name, _, rows in watched.asked]
    assert found == asked


def test_stats_read_no_tables(serve: Any, store: Any) -> None:
    watched = Watched(store)
    with serve(watched) as client:
        assert client.ask("{stats{nodes{kind count} edges{kind count} sources}}")["data"]
    assert {name for name, _, _ in watched.asked} == {"count"}


def test_narrowing_values_are_values(ask: Ask) -> None:
    for value in ("' OR 1=1 //", "`) DETACH DELETE n //", "\\", "%", ".*"):
        for argument in ("name", "level"):
            found = ask(f"query($v: String){{schools({argument}: $v){{totalCount nodes{{id}}}}}}", v=value)[
                "schools"
            ]
            assert found == {"totalCount": 0, "nodes": []}
