"""The register of nodes (节点编号): every node of a projection by number, so that claims join by numbers.

Nodes of one kind have consecutive numbers, in the order of their table. Nodes of which no row was read, that only claims
name or that others live in (the school of a group), follow after them in the order in which they turn up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import ne
from threading import RLock
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph.columns import Marks, index_array, numbers, whole
from graph.identity import label_of, scope_of
from graph.ontology import EDGES

Numbered: TypeAlias = NDArray[np.int32]
_UNREAD: Final = -2  # the number of no node
_SMALL: Final = 20_000  # so many names are sorted as quickly in Python, which needs no column for them


class _Texts:
    """The ids and names of the nodes of one table as Python has them."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @cached_property
    def ids(self) -> list[str]:
        """The id of each row."""
        return list(self.table.column("id").to_pylist())

    @cached_property
    def names(self) -> list[str | None]:
        """The name of each row."""
        return list(self.table.column("name").to_pylist())

    @cached_property
    def rows(self) -> dict[str, int]:
        """Id → row; of rows with one id the first counts, as in `Register._with_rows`."""
        by_id = dict(zip(self.ids, range(len(self.ids)), strict=True))
        if len(by_id) < len(self.ids):
            by_id |= {self.ids[row]: row for row in reversed(range(len(self.ids)))}
        return by_id


class Register:
    """The nodes by number: `number(id)` and back `ids[number]`, `names[number]`, `order[number]`, `are(…, label)`."""

    def __init__(
        self, tables: Mapping[str, pa.Table], edges: Mapping[str, pa.Table], like: Register | None = None
    ) -> None:
        """What was read of the tables that `like` has as well is shared with it."""
        self._tables = dict(tables)
        self._edges = dict(edges)
        self._ends: dict[str, tuple[Numbered, Numbered]] | None = None
        self._first: dict[str, int] = {}
        self._size = 0
        for label, table in self._tables.items():
            self._first[label] = self._size
            self._size += table.num_rows
        self._others: list[str] = []
        shared: Mapping[str, _Texts] = {} if like is None else like.texts
        self.texts: Mapping[str, _Texts] = {
            label: own if (own := shared.get(label)) and own.table is table else _Texts(table)
            for label, table in self._tables.items()
        }
        self._other_numbers: dict[str, int] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        self._all_ends()
        return self._size + len(self._others)

    @property
    def labels(self) -> list[str]:
        """The kinds of which nodes were read."""
        return list(self._first)

    def number(self, identifier: str) -> int | None:
        """The number of a node; None where neither a row nor a claim that was numbered has it."""
        label = label_of(identifier)
        row = self.rows(label).get(identifier)
        if row is not None:
            return self._first[label] + row
        self._all_ends()
        return self._other_numbers.get(identifier)

    def numbers(self, identifiers: Iterable[str]) -> NDArray[np.int64]:
        """The numbers of nodes, without those that have none."""
        found: list[int] = []
        label: str | None = None
        rows: Mapping[str, int] = {}
        for one in identifiers:
            own = label_of(one)
            if own != label:  # ids of one kind mostly come together
                label, rows = own, self.rows(own)
            row = rows.get(one)
            number = self.number(one) if row is None else self._first[own] + row
            if number is not None:
                found.append(number)
        return np.array(found, dtype=np.int64)

    def rows(self, label: str) -> Mapping[str, int]:
        """The nodes of a kind that have a row: id → row."""
        texts = self.texts.get(label)
        return {} if texts is None else texts.rows

    def of_label(self, label: str) -> range:
        """The numbers of the nodes of a kind that have a row."""
        first = self._first.get(label, 0)
        table = self._tables.get(label)
        return range(first, first + (0 if table is None else table.num_rows))

    def are(self, found: NDArray[Any], *labels: str) -> Marks:
        """Which of the nodes are of one of these kinds."""
        chosen = np.zeros(len(found), dtype=bool)
        for label in labels:
            own = self.of_label(label)
            chosen |= (found >= own.start) & (found < own.stop)
        others = found >= self._size
        if others.any():
            alike = np.array([label_of(one) in labels for one in self._others], dtype=bool)
            chosen[others] = alike[found[others] - self._size]
        return chosen

    @cached_property
    def ids(self) -> list[str]:
        """The id of each node, by number."""
        self._all_ends()
        return [one for texts in self.texts.values() for one in texts.ids] + self._others

    @cached_property
    def names(self) -> list[str]:
        """The name of each node, by number: that of its row, else its id without the kind."""
        told = [name for texts in self.texts.values() for name in texts.names]
        told += [None] * (len(self) - len(told))
        return [
            str(name) if name is not None else one.partition(":")[2]
            for name, one in zip(told, self.ids, strict=True)
        ]

    @cached_property
    def order(self) -> Numbered:
        """The place of each node in the order of names, of equal names in that of ids."""
        size = len(self)
        ranks = np.empty(size, dtype=np.int32)
        ranks[self._sorted()] = np.arange(size, dtype=np.int32)
        return ranks

    @cached_property
    def name_order(self) -> Numbered:
        """The place of each node's name in the order of names; equal names have the same."""
        ordered = np.argsort(self.order)
        names = [*map(self.names.__getitem__, ordered.tolist())]
        later = np.array([*map(ne, names, names[1:])], dtype=np.int32)
        places = np.empty(len(ordered), dtype=np.int32)
        places[ordered] = np.concatenate([np.zeros(min(1, len(ordered)), dtype=np.int32), np.cumsum(later)])
        return places

    def _sorted(self) -> NDArray[Any]:
        if len(self) <= _SMALL:
            keys = list(zip(self.names, self.ids, strict=True))
            return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
        columns = [pa.array(texts, pa.string()) for texts in (self.names, self.ids)]
        table = pa.Table.from_arrays(columns, names=["name", "id"])
        places = pc.sort_indices(table, [("name", "ascending"), ("id", "ascending")])
        return numbers(places.cast(pa.int64()))[0]

    def heads(self, kind: str) -> Numbered:
        """The numbers of the nodes that the claims of a kind start from; -1 for sources, which are no nodes."""
        return self._all_ends()[kind][0]

    def tails(self, kind: str) -> Numbered:
        """The numbers of the nodes that the claims of a kind end at."""
        return self._all_ends()[kind][1]

    def _all_ends(self) -> Mapping[str, tuple[Numbered, Numbered]]:
        """The ends of every kind, numbered together, so that no number comes later than the rest."""
        with self._lock:
            if self._ends is None:
                named = {
                    (kind, end): table.column(end)
                    for kind, table in self._edges.items()
                    for end in (("head", "tail") if kind in EDGES else ("tail",))  # STATES: from a source
                }
                found = self._with_rows(list(named.values()))
                told = dict(zip(named, map(self._with_others, named.values(), found), strict=True))
                nobody = {
                    kind: np.full(table.num_rows, -1, dtype=np.int32)
                    for kind, table in self._edges.items()
                    if kind not in EDGES
                }
                self._ends = {
                    kind: (nobody[kind] if kind in nobody else told[kind, "head"], told[kind, "tail"])
                    for kind in self._edges
                }
                for table in self._tables.values():
                    ids = table.column("id")
                    scoped = ids.filter(pc.match_substring(ids, "@")).to_pylist()
                    self._numbers_of_others(sorted({scope for one in scoped if (scope := scope_of(one))}))
            return self._ends

    def _with_rows(self, columns: Sequence[pa.ChunkedArray]) -> list[Numbered]:
        """The numbers of the nodes that columns name, in one search for all; `_UNREAD` where no row is of them."""
        ids = [whole(table.column("id")) for table in self._tables.values()]
        chunks = [chunk for column in columns for chunk in column.chunks]
        among = pa.concat_arrays(ids) if ids else pa.nulls(0, pa.string())
        places, there = numbers(pc.index_in(pa.chunked_array(chunks, pa.string()), value_set=among))
        found = np.where(there, places, _UNREAD).astype(np.int32)  # nodes are numbered as their tables stand
        ends = np.cumsum([len(column) for column in columns], dtype=np.int64)
        return np.split(found, ends)[:-1]

    def _with_others(self, column: pa.ChunkedArray, found: Numbered) -> Numbered:
        """The same of one column, with the numbers of nodes that only claims name; in place."""
        unread = np.flatnonzero(found == _UNREAD)
        if len(unread):
            missing = whole(column.take(index_array(unread))).dictionary_encode()
            codes, _ = numbers(missing.indices)
            found[unread] = self._numbers_of_others(missing.dictionary.to_pylist())[codes]
        return found

    def _numbers_of_others(self, identifiers: list[str]) -> Numbered:
        for one in identifiers:
            if one not in self._other_numbers:
                known = self._row_of_any(one)
                if known is None:
                    known = self._size + len(self._others)
                    self._others.append(one)
                self._other_numbers[one] = known
        return np.array([self._other_numbers[one] for one in identifiers], dtype=np.int32)

    def _row_of_any(self, identifier: str) -> int | None:
        """The number of a node whose kind the column's declaration does not name; None where it has no row."""
        row = self.rows(label_of(identifier)).get(identifier)
        return None if row is None else self._first[label_of(identifier)] + row
