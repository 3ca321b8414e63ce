"""The cells of a column read (列取值): words as they stand, typed values, and what is wrong with them.

A column is cleaned and read once for each *distinct* value; rows are never walked in Python, but for the wrong ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records import values
from ingest.records.kind import Column, Form
from ingest.records.names import names_others
from ingest.records.personal import is_personal
from ingest.records.sheet import NoRecord, is_note, is_total, is_total_name
from ingest.records.validity import is_void
from ingest.records.values import BadValueError

_TEXTS: Final = frozenset({Form.NAME, Form.TITLE, Form.NAMES, Form.TEXT})
_WORDS: Final = _TEXTS | {Form.CHOICE}
_NAMES: Final = frozenset({Form.NAME, Form.NAMES})
_NAMED: Final = frozenset({Form.NAME, Form.TITLE})
_FIGURES: Final = frozenset({Form.COUNT, Form.MONEY})
_ARROW: Final[Mapping[Form, pa.DataType]] = {
    Form.COUNT: pa.int64(),
    Form.YEAR: pa.int64(),
    Form.MONEY: pa.float64(),
}


def arrow_type(form: Form) -> pa.DataType:
    """The type of a column of this form when it is read."""
    return _ARROW.get(form, pa.string())


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
    return taken, [(row, distinct[p], faults[p]) for row, p in _rows_of(encoded.indices, faults)]


def _rows_of(indices: pa.Array, positions: Mapping[int, object]) -> list[tuple[int, int]]:
    """The rows that hold one of the dictionary positions, each with its position."""
    if not positions:
        return []
    wanted = pc.is_in(indices, pa.array(list(positions), pa.int32()))
    rows = pc.indices_nonzero(pc.fill_null(wanted, False))
    return list(zip(rows.to_pylist(), indices.take(rows).to_pylist(), strict=True))


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column as it was read: cleaned words and typed values, its faults and the cells that say 合计 or are a note."""

    words: pa.Array
    values: pa.Array
    faults: list[tuple[int, str, BadValueError]]
    aside: list[tuple[int, NoRecord]]


def read_column(array: pa.Array, column: Column, factor: int, *, serials: bool) -> ReadColumn:
    """A column cleaned, and its values read; every distinct value once."""
    read = _reader(column, factor, serials=serials)
    encoded = array.dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    words: list[str | None] = []
    results: list[Any] = []
    faults: dict[int, BadValueError] = {}
    aside: dict[int, NoRecord] = {}
    for position, text in enumerate(distinct):
        word = result = None
        try:
            word = _word(text, column)
            result = word if word is None or read is None else read(word)
        except BadValueError as fault:
            faults[position] = fault
        words.append(values.told(word))
        results.append(result)
        if (column.form in _NAMES and is_total_name(text)) or (column.form in _TEXTS and is_total(text)):
            aside[position] = "total"
        elif column.form in _TEXTS and is_note(text):
            aside[position] = "note"
        elif column.open and is_void(text):
            aside[position] = "void"
    return ReadColumn(
        pa.array(words, pa.string()).take(encoded.indices),
        pa.array(results, arrow_type(column.form)).take(encoded.indices),
        [(row, distinct[position], faults[position]) for row, position in _rows_of(encoded.indices, faults)],
        [(row, aside[position]) for row, position in _rows_of(encoded.indices, aside)],
    )


def meant(column: Column, other: Column, array: pa.Array) -> Column:
    """The one of two columns of choices whose words most of the cells are; the first where none is more."""
    own, theirs = _spellings(column), _spellings(other)
    said = [values.folded(text).casefold() for text in array.unique().to_pylist() if text.strip()]
    return other if sum(word in theirs for word in said) > sum(word in own for word in said) else column


def _word(text: str, column: Column) -> str | None:
    if len(text) > column.limit:
        raise BadValueError("record.too_long", limit=column.limit)
    if column.form in _FIGURES and values.several_figures(text):
        raise BadValueError("record.several")
    if column.form is Form.NAMES:
        word = values.clean_several(text)
    elif column.form in _NAMED:
        word = _named(text, column)
        if word is None and column.required and values.clean(text) is not None:
            raise BadValueError("record.no_name")
    else:
        word = values.clean(text)
    if word is None and column.form is Form.CHOICE and text.strip() in _spellings(column):
        word = text.strip()  # 无 says that there is none, where that is one of the choices
    if word is not None and column.form in _WORDS and is_personal(word):
        raise BadValueError("record.personal")
    return word


def _named(text: str, column: Column) -> str | None:
    if column.several:
        return values.clean_names(text)
    return values.clean_name(text) if column.form is Form.TITLE else values.clean_one_name(text)


def _reader(column: Column, factor: int, *, serials: bool) -> Callable[[str], Any] | None:
    """How the cells of a column are read; None where they stay as they are."""
    if column.form is Form.CHOICE:
        return partial(_choice, column, _spellings(column))
    if column.several:
        return _all_named
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
        Form.INDUSTRY_CODE: values.industry_code,
        Form.REGION_CODE: values.region_code,
    }
    return readers.get(column.form)


def _all_named(names: str) -> str:
    """Names that leave none out: what a row says would be told of 甲公司 alone in `甲公司等5家`."""
    if names_others(names):
        raise BadValueError("record.several")
    return names


def _one_name(text: str) -> str:
    if values.is_several(text):
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
