from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as some

from graph.store.content_hash import ContentHash

SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        ("words", pa.list_(pa.string())),
        ("count", pa.int64()),
        ("share", pa.float64()),
        ("yes", pa.bool_()),
    ]
)
texts = some.none() | some.sampled_from(["", "a", "b", "ab", "甲", "甲\n乙"])
rows = some.lists(
    some.fixed_dictionaries(
        {
            "text": some.text(max_size=3),
            "words": some.lists(some.sampled_from(["", "x", "xy"]), max_size=3),
            "count": some.none() | some.integers(0, 2),
            "share": some.none() | some.sampled_from([0.0, 0.5]),
            "yes": some.none() | some.booleans(),
        }
    ),
    max_size=6,
    unique_by=lambda row: row["text"],
)


def hashed(content: list[dict[str, Any]], pieces: int = 1) -> str:
    table = pa.Table.from_pylist(content, schema=SCHEMA)
    step = max(1, -(-len(content) // pieces))
    parts = [table.slice(start, step) for start in range(0, max(len(content), 1), step)]
    content_hash = ContentHash()
    content_hash.add("rows", pa.concat_tables([table.slice(0, 0), *parts]))
    return content_hash.hexdigest()


@settings(max_examples=100, deadline=None)
@given(content=rows, data=some.data())
def test_neither_the_order_of_rows_nor_their_pieces_count(content, data):
    shuffled = data.draw(some.permutations(content))
    assert hashed(content) == hashed(shuffled, pieces=3)


@settings(max_examples=150, deadline=None)
@given(content=rows, other=rows)
def test_different_contents_have_different_hashes(content, other):
    def keyed(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return sorted(found, key=lambda row: str(row["text"]))

    assert (hashed(content) == hashed(other)) == (keyed(content) == keyed(other))


def test_text_does_not_run_over_from_one_value_into_the_next():
    def row(text: str | None, *words: str) -> dict[str, Any]:
        return {"text": text, "words": list(words), "count": None, "share": None, "yes": None}

    contents = [
        [row("ab"), row("c")],
        [row("a"), row("bc")],
        [row("", "ab", "c")],
        [row("", "a", "bc")],
        [row(None)],
        [row("")],
        [row("a", ""), row("b")],
        [row("a"), row("b", "")],
        [],
    ]
    assert len({hashed(content) for content in contents}) == len(contents)


def test_the_hash_is_the_same_on_every_machine():
    content = [{"text": "重庆", "words": ["渝", "巴"], "count": 7, "share": 0.5, "yes": True}]
    assert hashed(content) == "ff8c45e8a3a88b6dd169dd47a6aef14cabb9bf2d7afe5318a7b2b89c5fa3dc02"
