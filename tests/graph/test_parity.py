"""Both engines give the same answers (两个引擎，同样的答案): every query, every gap question, find, the content hash.

The same random graphs go into LadybugDB and into a real Neo4j, batch after batch into the same graph, so that replacing
and retracting are compared as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import gaps
from graph.ontology import EDGES, NODES
from graph.project import project
from graph.store import Store, View, open_store
from graph.store.queries import queries
from tests.graph.strategies import NAMES, Told, random_sources

VALUES = ("", *NAMES[:4], "460701", "甲", "2024", "乙", "labels", "市级", "国家级", "没有", "*", "AND")
COMPARED = settings(
    deadline=None, max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def put(store: Store, told: list[Told]) -> None:
    """Make a graph hold just these sources, in one batch."""
    with store.write() as writer:
        for row in writer.sources().to_pylist():
            writer.retract(row["id"])
        for source in told:
            writer.replace(*source)


@contextmanager
def both(folder: Path, address: str) -> Iterator[tuple[Store, Store]]:
    stores = open_store(str(folder)), open_store(address)
    try:
        yield stores
    finally:
        for store in stores:
            store.close()


def asked(name: str, chance: random.Random, sources: list[str]) -> dict[str, object]:
    """Parameters for a query: some of what there is, some of what there is not, some left out."""
    chosen: dict[str, object] = {}
    for key, item in queries()[name].parameters.items():
        if item.default is not None and chance.random() < 0.4:
            continue
        if item.type == "integer":
            chosen[key] = chance.choice((0, 2023, 2024))
        else:
            chosen[key] = chance.choice(sources if key == "source" else VALUES)
    return chosen


def answers(view: View, seed: int) -> Iterator[tuple[str, object]]:
    """All that a graph can be asked, with what was asked."""
    chance = random.Random(seed)
    sources = [str(name) for name in view.sources().column("id").to_pylist()] or ["x"]
    yield "hash", view.content_hash()
    yield "sources", view.sources().to_pylist()
    for label in (*NODES, "Source"):
        yield label, view.nodes(label).to_pylist()
    for kind in ("STATES", *EDGES):
        yield kind, view.edges(kind).to_pylist()
    for name in queries():
        for _ in range(2):
            given = asked(name, chance, sources)
            yield f"{name} {given}", view.query(name, **given).to_pylist()
    for text in (*VALUES[1:], "重庆", "电子工程职业", "学院", 'a"b', "labels:x", "~", "(甲", "Übung"):
        yield f"find {text}", view.find(text, limit=7).to_pylist()
    read = project(view, **gaps.needs())
    for name, question in gaps.questions().items():
        yield name, gaps.rows(question.answer(read))


def backwards(table: pa.Table) -> pa.Table:
    return table.take(pa.array(range(table.num_rows - 1, -1, -1), pa.int64()))


def compare(one: Store, other: Store, seed: int) -> None:
    with one.view() as ours, other.view() as theirs:
        for (what, left), (_, right) in zip(answers(ours, seed), answers(theirs, seed), strict=True):
            assert right == left, what


def test_both_engines_answer_alike_on_random_graphs(tmp_path, neo4j_address):
    with both(tmp_path / "graph", neo4j_address) as stores:

        @COMPARED
        @given(number=st.integers(0, 2**32), sources=st.integers(2, 3), seed=st.integers(0, 2**16))
        def agree(number: int, sources: int, seed: int) -> None:
            told = random_sources(number, sources, 60)
            for store in stores:
                put(store, told)
            compare(*stores, seed)

        agree()


def test_both_engines_answer_alike_on_the_sample_graph(demo_graph, demo_on_neo4j):
    with both(demo_graph, demo_on_neo4j) as stores:
        compare(*stores, 1)


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_claims_and_sources_does_not_change_an_answer(tmp_path, seed):
    told = random_sources(seed, 3, 80)
    turned = [(source, backwards(nodes), backwards(edges)) for source, nodes, edges in reversed(told)]
    with both(tmp_path / "one", str(tmp_path / "other")) as (one, other):
        put(one, told)
        put(other, turned)
        compare(one, other, seed)
