"""The claims of one kind by row (主张行): columns as numbers for counting, as Python values for telling."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph import columns
from graph.claims import Claim
from graph.columns import Coded, Grouped, Marks, Numbers
from graph.ontology import EDGES
from graph.register import Register

REFERENCE_PREFIX: Final = "reference-"
Rows: TypeAlias = Collection[int] | NDArray[Any]
UNSURE: Final = -1.0  # less sure than any claim: how sure nothing is
_CLAIM_FIELDS: Final = tuple(Claim.__dataclass_fields__)
_LOOKED_AT: Final = 2_000  # rows by which it is guessed whether a column repeats few values
_FEW: Final = 200
_ONE_BY_ONE: Final = 5_000  # values that are read one by one before a whole column is
_AS_LONG: Final = 6  # or one in so many of a short table: all columns of it take as long
_SOURCE, _CONFIDENCE, _ID = (_CLAIM_FIELDS.index(name) for name in ("source", "confidence", "id"))


def is_reference(source: str) -> bool:
    """Whether a source is a catalogue (参考目录), which names what there is in general."""
    return source.startswith(REFERENCE_PREFIX)


class Claims:
    """The claims of one kind, by row: its columns as numbers or as Python lists, its rows by head and by tail.

    `heads` and `tails` are numbers of `register`; what `STATES` starts from is a source, which has none (-1).
    """

    def __init__(self, table: pa.Table, register: Register, kind: str) -> None:
        self.table = table
        self.register = register
        self._kind = kind
        self._columns: dict[str, list[Any]] = {}
        self._coded: dict[str, Coded] = {}
        self._numbers: dict[str, tuple[NDArray[Any], Marks]] = {}
        self._believed: dict[float, list[int]] = {}
        self._read_singly = 0
        self._whole: list[list[Any]] | None = None

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def heads(self) -> NDArray[np.int32]:
        """The number of the node that each claim starts from."""
        return self.register.heads(self._kind)

    @property
    def tails(self) -> NDArray[np.int32]:
        """The number of the node that each claim ends at."""
        return self.register.tails(self._kind)

    @cached_property
    def confidences(self) -> NDArray[np.float64]:
        """How sure each claim is."""
        return columns.numbers(self.table.column("confidence"))[0]

    @cached_property
    def from_reference(self) -> Marks:
        """Which claims a catalogue makes."""
        sources = self.coded("source")
        return np.array([is_reference(one) for one in sources.values], dtype=bool)[sources.codes]

    def coded(self, name: str) -> Coded:
        """A column by its distinct values."""
        if name not in self._coded:
            self._coded[name] = columns.coded(self.table.column(name))
        return self._coded[name]

    def numbers(self, name: str) -> tuple[NDArray[Any], Marks]:
        """A column of numbers, 0 where unknown, and which are known."""
        if name not in self._numbers:
            self._numbers[name] = columns.numbers(self.table.column(name))
        return self._numbers[name]

    def known(self, name: str) -> Marks:
        """Which claims have a value in a column."""
        found: Marks = self.table.column(name).is_valid().to_numpy()
        return found

    def sure(self, minimum_confidence: float) -> Marks:
        """Which claims are at least as sure as `minimum_confidence`."""
        return self.confidences >= minimum_confidence

    def done(self, minimum_confidence: float, statuses: Sequence[str | None]) -> Marks:
        """Which claims are believed and have one of the statuses."""
        return self.sure(minimum_confidence) & self.coded("status").among(statuses)

    def column(self, name: str) -> list[Any]:
        """The values of a column, one a row; unknown is None."""
        if name not in self._columns:
            self._columns[name] = self._listed(name)
        return self._columns[name]

    def _listed(self, name: str) -> list[Any]:
        if name == "tail" or (name == "head" and self._kind in EDGES):
            return _shared(self.register.ids, self.heads if name == "head" else self.tails)
        read = self.table.column(name)
        if pa.types.is_string(read.type) and len(read.slice(0, _LOOKED_AT).unique()) <= _FEW < len(read):
            codes, values = self.coded(name)
            return _shared([*values, None], codes)
        return list(read.to_pylist())

    def value(self, name: str, row: int) -> Any:
        """One value; the whole column is read once many are asked for."""
        if name in self._columns or self._many:
            return self.column(name)[row]
        self._read_singly += 1
        return self.table.column(name)[row].as_py()

    @property
    def _many(self) -> bool:
        """Whether so many values were read one by one that reading whole columns costs no more."""
        return self._read_singly > min(_ONE_BY_ONE, len(self) // _AS_LONG)

    @cached_property
    def from_head(self) -> Grouped:
        """The rows that start at each node, by its number."""
        return Grouped(self.heads, len(self.register))

    @cached_property
    def at_tail(self) -> Grouped:
        """The rows that end at each node, by its number."""
        return Grouped(self.tails, len(self.register))

    @cached_property
    def by_head(self) -> Mapping[str, Sequence[int]]:
        """The rows that start at each node."""
        if self._kind not in EDGES:
            return _rows_by(self.column("head"))
        return _RowsById(self.register, self.from_head)

    @cached_property
    def by_tail(self) -> Mapping[str, Sequence[int]]:
        """The rows that end at each node."""
        return _RowsById(self.register, self.at_tail)

    def believed(self, minimum_confidence: float) -> list[int]:
        """The rows whose claim is at least as sure as `minimum_confidence`; not to be changed."""
        if minimum_confidence not in self._believed:
            self._believed[minimum_confidence] = np.flatnonzero(self.sure(minimum_confidence)).tolist()
        return self._believed[minimum_confidence]

    def believed_of(self, rows: Numbers, minimum_confidence: float) -> Numbers:
        """Those of `rows` whose claim is at least as sure as `minimum_confidence`."""
        return rows[self.confidences[rows] >= minimum_confidence]

    def first_told(self, rows: Numbers, count: int) -> Numbers:
        """The first `count` of `rows` in the order of telling: documents and records first, the surest first, then by id.

        Only as many are put in order as are needed.
        """
        weights = self._weights(rows)
        if len(rows) > count:
            last = np.partition(weights, count - 1)[count - 1]
            before, level = rows[weights < last], rows[weights == last]
            if len(before) + len(level) > count:
                level = self._first_by_id(level, count - len(before))
            rows = np.concatenate([before, level])
            weights = self._weights(rows)
        ids = self.table.column("id").take(columns.index_array(rows)).to_pylist()
        keys = list(zip(weights.tolist(), ids, strict=True))
        return rows[sorted(range(len(rows)), key=keys.__getitem__)]

    def _weights(self, rows: Numbers) -> NDArray[np.float64]:
        weights: NDArray[np.float64] = np.where(self.from_reference[rows], 2.0, 0.0) - self.confidences[rows]
        return weights

    def _first_by_id(self, rows: Numbers, count: int) -> Numbers:
        ids = pa.Table.from_arrays([self.table.column("id").take(columns.index_array(rows))], names=["id"])
        chosen = pc.select_k_unstable(ids, k=count, sort_keys=[("id", "ascending")])
        found: Numbers = rows[columns.numbers(chosen.cast(pa.int64()))[0]]
        return found

    def claim(self, row: int) -> Claim:
        """The claim of a row, as answers carry it."""
        if self._whole is None and not self._many:
            return Claim(*[self.value(name, row) for name in _CLAIM_FIELDS])
        return Claim(*[column[row] for column in self._told])

    def weight(self, row: int) -> tuple[bool, float, str]:
        """The place of a row in the order of telling: no catalogue's first, the surest first, then by id."""
        if self._whole is None and not self._many:
            source, sure, own = (self.value(name, row) for name in ("source", "confidence", "id"))
            return is_reference(source), -sure, own
        told = self._told
        sources, confidences, ids = told[_SOURCE], told[_CONFIDENCE], told[_ID]
        return is_reference(sources[row]), -confidences[row], ids[row]

    @property
    def _told(self) -> list[list[Any]]:
        """The columns that claims are made of, read once many claims are asked for."""
        if self._whole is None:
            self._whole = [self.column(name) for name in _CLAIM_FIELDS]
        return self._whole


class _RowsById(Mapping[str, Sequence[int]]):
    """Rows by the id of a node, found through its number."""

    def __init__(self, register: Register, rows: Grouped) -> None:
        self._register, self._rows = register, rows

    def __getitem__(self, identifier: str) -> list[int]:
        number = self._register.number(identifier)
        found = self._rows.of(-1 if number is None else number)
        if not len(found):
            raise KeyError(identifier)
        return list(found.tolist())

    def __iter__(self) -> Iterator[str]:
        ids = self._register.ids
        return (ids[number] for number in np.flatnonzero(self._rows.lengths).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(self._rows.lengths))


def _shared(values: list[Any], codes: NDArray[Any]) -> list[Any]:
    """The values by their codes: rows that have the same share one object."""
    found: list[Any] = list(map(values.__getitem__, codes.tolist()))
    return found


def _rows_by(values: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, value in enumerate(values):
        found.setdefault(value, []).append(row)
    return found
