"""Rows checked column by column (校验): typed columns of the good rows, and a reason for every row that is not taken.

A column is cleaned and read once for each *distinct* value; rows are never walked in Python, but for the wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records import values
from ingest.records.body import body_label
from ingest.records.faults import Faults, ragged_rejects, row_rejects
from ingest.records.kind import ByChoice, Column, Form, RecordKind
from ingest.records.sheet import Sheet
from ingest.records.values import BadValueError
from ingest.reject import Reject, shortened

_TOTALS: Final = re.compile(
    r"(?:本页|本表|全市|全校)?\s*(?:[合总小共]\s*计|(?:Sub|Grand )?[Tt]otal|TOTAL)\s*[:：]?"
)
_TOTAL_WORDS: Final = ("计", "otal", "TOTAL")
_TEXTS: Final = frozenset({Form.NAME, Form.TITLE, Form.NAMES, Form.TEXT})
_ARROW: Final[Mapping[Form, pa.DataType]] = {
    Form.COUNT: pa.int64(),
    Form.YEAR: pa.int64(),
    Form.MONEY: pa.float64(),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of a sheet that are taken: `values` typed, `words` as they stand in the file, by column name."""

    kind: RecordKind
    headers: Mapping[str, str]
    values: Mapping[str, pa.Array]
    words: Mapping[str, pa.Array]
    places: pa.Array
    rows_read: int
    rejects: tuple[Reject, ...]

    @property
    def rows(self) -> int:
        """How many rows are taken."""
        return len(self.places)


def by_distinct(
    array: pa.Array, read: Callable[[str], Any], kind: pa.DataType
) -> tuple[pa.Array, list[tuple[int, str, BadValueError]]]:
    """`read` applied to each distinct value of a text column; the result, and (row, value, fault) where it failed."""
    encoded = array.dictionary_encode()
    results: list[Any] = []
    faults: dict[int, BadValueError] = {}
    distinct = encoded.dictionary.to_pylist()
    for position, value in enumerate(distinct):
        try:
            results.append(read(value))
        except BadValueError as fault:
            results.append(None)
            faults[position] = fault
    taken = pa.array(results, kind).take(encoded.indices)
    if not faults:
        return taken, []
    wrong = pc.is_in(encoded.indices, pa.array(list(faults), pa.int32()))
    rows = pc.indices_nonzero(pc.fill_null(wrong, False)).to_pylist()
    positions = encoded.indices.take(pa.array(rows, pa.int64())).to_pylist()
    return taken, [(row, distinct[p], faults[p]) for row, p in zip(rows, positions, strict=True)]


def check_sheet(sheet: Sheet, file: str) -> Checked:
    """The rows of `sheet`, checked against the kind that it was recognised as."""
    kind, count = sheet.match.kind, len(sheet.numbers)
    present = _present(sheet)
    headers = {column.name: sheet.headers[index].strip() for column, index in present}
    words = {column.name: _cleaned(sheet.columns[index], column) for column, index in present}
    for column in kind.columns:
        words.setdefault(column.name, pa.nulls(count, pa.string()))
    read = _read_mask(sheet, words)
    faults = Faults()
    totals = _totals(sheet)
    typed: dict[str, pa.Array] = {}
    for column in kind.columns:
        typed[column.name] = _typed(sheet, column, words[column.name], faults)
    for column, index in present:
        _check_length(column, sheet.columns[index], faults)
    for column in kind.columns:
        if column.required:
            empty = pc.and_(pc.is_null(words[column.name]), read)
            for row in pc.indices_nonzero(empty).to_pylist():
                faults.add(row, column.name, "", BadValueError("record.required"))
    for node in kind.nodes:
        if isinstance(node.label, ByChoice) and node.label.by_name:
            _check_bodies(kind, node.label, node.names, typed, faults)
    for row, (column_name, value) in totals.items():
        faults.rows[row] = [(column_name, value, BadValueError("record.total"))]
    faulty = {row: found for row, found in faults.rows.items() if read[row].as_py()}
    good = _good_mask(read, faulty)
    rejects = (*row_rejects(sheet, file, headers, faulty), *ragged_rejects(sheet, file))
    places = pc.binary_join_element_wise(sheet.prefix, sheet.numbers.cast(pa.string()), "")
    return Checked(
        kind=kind,
        headers=headers,
        values={name: array.filter(good) for name, array in typed.items()},
        words={name: array.filter(good) for name, array in words.items()},
        places=places.filter(good),
        rows_read=(pc.sum(read).as_py() or 0) + len(sheet.ragged),
        rejects=tuple(sorted(rejects, key=lambda item: item.row or 0)),
    )


def _present(sheet: Sheet) -> list[tuple[Column, int]]:
    return [(column, index) for index, column in enumerate(sheet.match.columns) if column is not None]


def _cleaned(array: pa.Array, column: Column) -> pa.Array:
    limit = column.limit

    def read(text: str) -> str | None:
        if len(text) > limit:
            return text[:limit]  # rejected later: only shown
        return values.clean_several(text) if column.form is Form.NAMES else values.clean(text)

    return by_distinct(array, read, pa.string())[0]


def _read_mask(sheet: Sheet, words: Mapping[str, pa.Array]) -> pa.Array:
    """Which rows count as read: not the blank ones, and not the template's own example."""
    blank = example = pa.repeat(pa.scalar(True), len(sheet.numbers))
    for column, _ in _present(sheet):
        blank = pc.and_(blank, pc.is_null(words[column.name]))
    for array, known in zip(sheet.columns, sheet.match.columns, strict=True):
        if known is None and pc.any(blank).as_py():
            blank = pc.and_(blank, pc.equal(pc.utf8_trim_whitespace(array), ""))
    for column, _ in _present(sheet):
        if not pc.any(example).as_py():
            break
        array = words[column.name]
        same = pc.fill_null(pc.equal(array, column.example), False) if column.example else pc.is_null(array)
        example = pc.and_(example, same)
    return pc.invert(pc.or_(blank, example))


def _totals(sheet: Sheet) -> dict[int, tuple[str, str]]:
    """The rows of which a cell says that they sum up others: row → (header, cell)."""
    found: dict[int, tuple[str, str]] = {}
    for header, array, column in zip(sheet.headers, sheet.columns, sheet.match.columns, strict=True):
        if column is not None and column.form not in _TEXTS:
            continue
        for word in _TOTAL_WORDS:
            for row in pc.indices_nonzero(pc.match_substring(array, word)).to_pylist():
                if _TOTALS.fullmatch(array[row].as_py().strip()):
                    found.setdefault(row, (header.strip(), array[row].as_py()))
    return found


def _check_length(column: Column, array: pa.Array, faults: Faults) -> None:
    if (pc.max(pc.binary_length(array)).as_py() or 0) <= column.limit:
        return  # not even its bytes are too many
    for row in pc.indices_nonzero(pc.greater(pc.utf8_length(array), column.limit)).to_pylist():
        if any(name == column.name for name, _, _ in faults.rows.get(row, ())):
            faults.rows[row] = [item for item in faults.rows[row] if item[0] != column.name]
        faults.add(row, column.name, array[row].as_py(), BadValueError("record.too_long", limit=column.limit))


def _typed(sheet: Sheet, column: Column, array: pa.Array, faults: Faults) -> pa.Array:
    factor = next(
        (f for c, f in zip(sheet.match.columns, sheet.match.factors, strict=True) if c is column), 1
    )
    read = _reader(column, factor, serials=sheet.serials)
    if read is None:
        return array
    result, wrong = by_distinct(array, read, _ARROW.get(column.form, pa.string()))
    for row, value, fault in wrong:
        faults.add(row, column.name, value, fault)
    return result


def _reader(column: Column, factor: int, *, serials: bool) -> Callable[[str], Any] | None:
    """How the cells of a column are read; None where they stay as they are."""
    if column.form is Form.CHOICE:
        return partial(_choice, column, _spellings(column))
    readers: dict[Form, Callable[[str], Any]] = {
        Form.NAME: _one_name,
        Form.COUNT: partial(values.count, factor=factor),
        Form.MONEY: partial(values.money, factor=factor),
        Form.YEAR: values.year,
        Form.DATE: partial(values.date, serials=serials),
        Form.SCHOOL_CODE: values.school_code,
        Form.CREDIT_CODE: values.credit_code,
        Form.ORGANISATION_CODE: values.organisation_code,
        Form.SPECIALTY_CODE: values.specialty_code,
    }
    return readers.get(column.form)


def _one_name(text: str) -> str:
    if values.ONE_OF_SEVERAL.search(text):
        raise BadValueError("record.several")
    return text


def _spellings(column: Column) -> dict[str, str]:
    words: dict[str, str] = {}
    for value, others in column.choices.items():
        for word in (value, *others):
            words.setdefault(values.folded(word).casefold(), value)
    return words


def _choice(column: Column, spellings: Mapping[str, str], text: str) -> str:
    plain = values.folded(text).casefold()
    value = spellings.get(plain) or spellings.get(plain.removesuffix(".0"))
    if value is None and not column.open:
        raise BadValueError("record.choice", choices="、".join(column.choices))
    return value or text


def _check_bodies(
    kind: RecordKind, label: ByChoice, names: tuple[str, ...], typed: Mapping[str, pa.Array], faults: Faults
) -> None:
    """Where a column does not say what kind of body a name is, the name itself must."""
    silent = pc.is_null(typed[label.column])
    for name in names:

        def read(text: str) -> bool:
            for part in text.split("、"):
                if body_label(part) not in label.labels.values():
                    raise BadValueError(
                        "record.body", name=shortened(part), column=kind.column(label.column).zh
                    )
            return True

        masked = pc.if_else(silent, typed[name], pa.scalar(None, pa.string()))
        for row, value, fault in by_distinct(masked, read, pa.bool_())[1]:
            faults.add(row, name, value, fault)


def _good_mask(read: pa.Array, faulty: Mapping[int, object]) -> pa.Array:
    if not faulty:
        return read
    rows = pa.array(range(len(read)), pa.int64())
    return pc.and_(read, pc.invert(pc.is_in(rows, pa.array(list(faulty), pa.int64()))))
