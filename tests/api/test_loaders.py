"""The number of store queries, counted on the view itself, and the grouping behind it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cursors import PageRequest, encode, paged
from api.loaders import Ids, grouped
from graph.ontology import EDGES, NODES
from tests.api.watched import Watched

QUERIES = {
    "nodes": "schools(first: N){nodes{name aliases}}",
    "claims": "schools(first: N){nodes{offers(first: N){edges{enrolled quote source{name} node{name code}}}}}",
    "ends of many kinds": "consortiums{nodes{members(first: N){edges{quote node{__typename name}}}}}",
    "all ways": "schools(first: N){nodes{name offers{nodes{name}} hosts{nodes{serves{nodes{name}}}} memberOf{nodes{name}}"
    " mentionedBy{nodes{name} edges{source{document{number}}}} statements{edges{name source{name}}}}}",
    "both ends": "schools(first: N){nodes{cooperatesWith{edges{head{name} tail{name} node{name}}}}}",
    "evidence": "uncoveredChains(first: N){nodes{chain{node{name}} evidence{head{name} tail{name} source{name}}}}",
    "found": 'find(text: "示例", first: N){rank node{name}}',
    "sources": "sources(first: N){nodes{name document{name}}}",
}


@pytest.mark.parametrize("name", QUERIES)
def test_store_queries_do_not_grow_with_the_page(serve: Any, store: Any, name: str) -> None:
    counts = []
    for first in (1, 10, 100):
        counting = Watched(store)
        with serve(counting, api_cost=10**6) as client:
            answer = client.ask("{" + QUERIES[name].replace("N", str(first)) + "}")
        assert "errors" not in answer
        assert counting.views == 1
        counts.append(Counter(name for name, _, _ in counting.asked))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0].total() < 3 * (len(NODES) + len(EDGES))


def test_the_name_of_a_source_costs_no_count_of_all_claims(serve: Any, store: Any) -> None:
    counting = Watched(store)
    with serve(counting) as client:
        assert "errors" not in client.ask("{schools(first: 2){nodes{offers{edges{source{name medium}}}}}}")
        assert "sources" not in [name for name, _, _ in counting.asked]
        assert "errors" not in client.ask("{schools(first: 2){nodes{offers{edges{source{claims}}}}}}")
        assert [name for name, _, _ in counting.asked].count("sources") == 1


def test_a_refused_query_opens_no_view(serve: Any, store: Any) -> None:
    counting = Watched(store)
    with serve(counting) as client:
        assert client.code("{schools(first: 101){totalCount}}") == "api.page"
        assert client.code("{nothing}") == "api.invalid"
    assert counting.views == 0


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 99)), max_size=40),
    st.lists(st.sampled_from("abcxyz")),
)
def test_grouping_gives_each_node_its_claims_in_order(rows: list[tuple[str, int]], ids: list[str]) -> None:
    table = pa.table(
        {
            "head": pa.array([head for head, _ in rows], pa.string()),
            "id": pa.array([str(n) for _, n in rows], pa.string()),
        }
    )
    wanted = [sorted(str(number) for head, number in rows if head == one) for one in ids]
    assert [part.column("id").to_pylist() for part in grouped(table, "head", ids)] == wanted


@pytest.mark.parametrize("first", [0, 1, 3])
def test_a_page_of_a_node_with_many_claims_reads_the_ids_that_it_shows(first: int) -> None:
    read: list[object] = []

    class Column(Ids):
        def __getitem__(self, place: Any) -> Any:
            read.append(place)
            return super().__getitem__(place)

    wanted = [f"{number:07d}" for number in range(100_000)]
    ids = Column(pa.table({"id": pa.chunked_array([wanted[:70_000], wanted[70_000:]])}))
    page = paged(ids, PageRequest(first=first, after=encode("x", wanted[70_001])), "x", 100)
    assert (page.start, page.total) == (70_002, 100_000)
    assert ids[page.start : page.stop] == wanted[70_002 : 70_002 + first]
    assert len(read) < 30
