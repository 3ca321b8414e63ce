"""Parts of a graph make the whole, are bounded, and are the same on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import CLAIMS
from graph.ontology import EDGES, NODES
from graph.store import Store, open_store, parts
from graph.store.parts import claims_of, node_pages, source_groups
from tests.graph.strategies import random_sources

ROWS = st.lists(st.integers(0, 40), max_size=12).map(
    lambda sizes: [{"id": f"{number:02}", "claims": claims} for number, claims in enumerate(sizes)]
)


@given(rows=ROWS, size=st.integers(1, 50))
def test_groups_are_all_sources_in_order_and_none_is_larger_than_allowed(
    rows: list[dict[str, Any]], size: int
) -> None:
    claims = {row["id"]: row["claims"] for row in rows}
    groups = list(source_groups(rows, size))
    assert [one for group in groups for one in group] == [row["id"] for row in rows]
    assert all(len(group) == 1 or sum(claims[one] for one in group) <= size for group in groups if group)
    for first, second in pairwise(groups):  # no group more than needed
        assert sum(claims[one] for one in first) + claims[second[0]] > size


@pytest.fixture
def store(empty_address: str) -> Iterator[Store]:
    opened = open_store(empty_address)
    with opened.write() as writer:
        for source in random_sources(7, 5, 60):
            writer.replace(*source)
    yield opened
    opened.close()


def test_pages_and_groups_are_the_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PAGE_NODES", 3)
    with store.view() as view:
        for label in NODES:
            pages = list(node_pages(view, label))
            assert pa.concat_tables(pages).equals(view.nodes(label))
            assert all(page.num_rows == 3 for page in pages[:-1])
        sources = view.sources().column("id").to_pylist()
        for kind in ("STATES", *EDGES):
            whole = view.edges(kind)
            for some in (sources, sources[:1], sources[1:4], [sources[4], sources[0]], [], ["none"]):
                told = [row for row in whole.to_pylist() if row["source"] in some]
                assert view.edges(kind, sources=some).to_pylist() == told
            heads = whole.column("head").to_pylist()[:5]
            told = [row for row in whole.to_pylist() if row["head"] in heads and row["source"] in sources[:2]]
            assert view.edges(kind, heads=heads, sources=sources[:2]).to_pylist() == told
        claims = claims_of(view, sources[1:3])
        assert claims.schema.equals(CLAIMS)
        assert claims.num_rows == sum(row["claims"] for row in view.sources().to_pylist()[1:3])
        assert claims.column("source").to_pylist() == sorted(claims.column("source").to_pylist())


def test_the_content_hash_does_not_depend_on_the_engine_where_it_is_made_of_parts(
    store: Store, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PAGE_NODES", 3)
    monkeypatch.setattr(parts, "GROUP_CLAIMS", 60)
    other = open_store(str(tmp_path_factory.mktemp("other") / "graph"))
    with other.write() as writer:
        for source in reversed(random_sources(7, 5, 60)):
            writer.replace(*source)
    with store.view() as view, other.view() as same:
        assert view.content_hash() == same.content_hash()
    with other.write() as writer:
        writer.retract(source[0].id)
    with store.view() as view, other.view() as less:
        assert view.content_hash() != less.content_hash()
    other.close()
