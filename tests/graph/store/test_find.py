"""The ranking of names, beside its definition written out plainly."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as some

from graph.identity import normalise_name
from graph.store.find import FOUND, ranked, searchable

PIECES = ["重庆", "电子", "校", "A", "b 1", "é", "\\", "%", ".", "(", "𠮷"]
names = some.lists(some.sampled_from(PIECES), min_size=1, max_size=3).map("".join)
rows = some.lists(some.tuples(names, some.lists(names, max_size=3)), max_size=12)


def place(wanted: str, name: str, aliases: list[str]) -> int:
    """The rank by its definition; 6 for a node that is not found."""

    def closeness(one: str) -> int:
        if wanted not in one:
            return 3
        return 0 if one == wanted else 1 if one.startswith(wanted) else 2

    others = [closeness(normalise_name(alias)) for alias in aliases]
    return min(2 * closeness(normalise_name(name)), 2 * min([2, *others]) + 1 if min([3, *others]) < 3 else 6)


@example([], "校", 3)
@example([("校", [])], "没有", 3)
@given(rows, names, some.integers(1, 6))
def test_the_ranking_is_what_it_is_said_to_be(stated, text, limit):
    nodes = pa.table(
        {
            "id": pa.array([f"School:{row}" for row in range(len(stated))], pa.string()),
            "name": pa.array([name for name, _ in stated], pa.string()),
            "aliases": pa.array([aliases for _, aliases in stated], pa.list_(pa.string())),
        }
    )
    labels = pa.array(["School"] * len(stated), pa.string())
    found = ranked(text, searchable(nodes).append_column("label", labels), limit)
    wanted = normalise_name(text)
    expected = sorted(
        (place(wanted, name, aliases), len(normalise_name(name)), f"School:{row}")
        for row, (name, aliases) in enumerate(stated)
    )
    best = [(rank, one) for rank, _, one in expected if rank < 6][:limit]
    assert list(zip(found["rank"].to_pylist(), found["id"].to_pylist(), strict=True)) == best
    assert found.schema == FOUND
