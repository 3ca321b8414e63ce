"""Rows checked column by column (校验): typed columns of the good rows, and a reason for every row that is not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records import values
from ingest.records.body import body_label
from ingest.records.cells import arrow_type, by_distinct, meant, read_column
from ingest.records.codes import industry_name, industry_named, name_of_code
from ingest.records.conditions import fulfils
from ingest.records.faults import Faults, ragged_rejects, row_rejects
from ingest.records.kind import ByChoice, Column, Derived, Form, RecordKind
from ingest.records.scopes import correction, report_scopes, reporter
from ingest.records.second_header import further_headers
from ingest.records.several import check_several
from ingest.records.sheet import NoRecord, SetAside, Sheet, no_record
from ingest.records.values import BadValueError
from ingest.reject import CORRECTIONS, Reject, reason, shortened


@dataclass(frozen=True)
class Checked:
    """The rows of a sheet that are taken: `values` typed, `words` as they stand in the file, by column name.

    `told` are the places of the rows where they do not follow from `prefix` and `numbers`.
    """

    kind: RecordKind
    headers: Mapping[str, str]
    values: Mapping[str, pa.Array]
    words: Mapping[str, pa.Array]
    numbers: pa.Array
    prefix: str
    rows_read: int
    rejects: tuple[Reject, ...]
    scopes: pa.Array | None = None  # of each row the scope of its claims (`ingest.records.scopes`)
    schools: frozenset[str | None] = frozenset()  # of whom a table made by hand speaks, in wrong rows too
    set_aside: tuple[SetAside, ...] = ()  # rows that are no records, in order
    deleted: int = 0  # rows that say of themselves that they are deleted: taken, and silent
    told: pa.Array | None = None
    unsplit: tuple[
        str, ...
    ] = ()  # the places of rows whose figure several names have together: each one's is unknown
    title: str = ""  # the title from which columns or the status were read, that the quotes tell
    status: str = "完成"  # of the rows that do not tell theirs

    @property
    def rows(self) -> int:
        """How many rows say something."""
        return len(self.numbers)

    @cached_property
    def places(self) -> pa.Array:
        """Where each row stands."""
        if self.told is not None:
            return self.told
        return pc.binary_join_element_wise(self.prefix, self.numbers.cast(pa.string()), "")


def check_sheet(sheet: Sheet, file: str, source: str = "") -> Checked:
    """The rows of `sheet` of a source, checked against the kind that it was recognised as."""
    kind, count = sheet.match.kind, len(sheet.numbers)
    present = _present(sheet)
    headers = {column.name: sheet.headers[index].strip() for column, index in present}
    faults = Faults()
    words, typed, aside = _read_columns(sheet, present, faults)
    headed = further_headers(sheet, present)
    aside |= dict.fromkeys(headed.repeated, "header")
    mask = _read_mask(sheet, present, words)
    below = _below(sheet, headed.other, mask, file)
    if below is not None:
        mask = pc.and_(mask, pc.less(pa.array(range(count), pa.int64()), headed.other))
    for column in kind.columns:
        if column.name not in words:
            words[column.name] = pa.nulls(count, pa.string())
            typed[column.name] = pa.nulls(count, arrow_type(column.form))
    _check_required(kind, words, mask, faults)
    _check_nodes(kind, typed, faults)
    unsplit = _together(sheet, check_several(kind, typed, faults.add))
    for name, rows in unsplit.items():
        typed[name] = pc.if_else(rows, pa.scalar(None, typed[name].type), typed[name])
    for row, value in sheet.duplicates:
        faults.add(row, kind.key or "", value, BadValueError("record.duplicate"))
    # a row that is sound in spite of a note, and has something beside it, is a record
    alone = dict(sheet.aside)
    aside = {row: what for row, what in aside.items() if what != "note" or row in faults.rows or row in alone}
    scopes = _correction_scopes(sheet.corrects, mask, faults) if sheet.corrects is not None else None
    faulty = {row: found for row, found in faults.rows.items() if row not in aside and mask[row].as_py()}
    records = _good_mask(mask, aside)
    good = _good_mask(records, faulty)
    apart, sheet = _set_aside(sheet, mask, aside)
    rejects = (*row_rejects(sheet, file, source, headers, faulty), *ragged_rejects(sheet, file, source))
    if below is not None:
        rejects = (*rejects, below)
    for derived in kind.derived:
        typed[derived.column.name] = _derived(derived, typed, count)
        words[derived.column.name] = typed[derived.column.name].cast(pa.string())
    if scopes is None:
        scopes = report_scopes(kind, typed)
    taken = pc.sum(good).as_py() or 0
    if kind.without:
        good = pc.and_(good, pc.invert(fulfils(typed, kind.without)))
    kept = _keeping(good)
    numbers = kept(sheet.numbers)
    return Checked(
        kind=kind,
        headers=headers,
        values={name: kept(array) for name, array in typed.items()},
        words={name: kept(array) for name, array in words.items()},
        numbers=numbers,
        prefix=sheet.prefix,
        rows_read=(pc.sum(records).as_py() or 0) + len(sheet.ragged) + len(apart) + (below is not None),
        rejects=tuple(sorted(rejects, key=lambda item: item.row or 0)),
        scopes=None if scopes is None else kept(scopes),
        schools=_schools(kind, typed, records),
        set_aside=apart,
        deleted=taken - len(numbers),
        title=sheet.title or sheet.planned,
        status="计划" if sheet.planned else "完成",
        unsplit=tuple(
            dict.fromkeys(
                f"{sheet.prefix}{sheet.numbers[row].as_py()}"
                for rows in unsplit.values()
                for row in pc.indices_nonzero(pc.and_(rows, good)).to_pylist()
            )
        ),
    )


def _present(sheet: Sheet) -> list[tuple[Column, int]]:
    """The columns that are there, each with its place."""
    kind = sheet.match.kind
    found = [(column, index) for index, column in enumerate(sheet.match.columns) if column is not None]
    names = {column.name for column, _ in found}
    return [
        (meant(column, kind.column(column.otherwise), sheet.columns[index]), index)
        if column.otherwise and column.otherwise not in names
        else (column, index)
        for column, index in found
    ]


def _read_columns(
    sheet: Sheet, present: list[tuple[Column, int]], faults: Faults
) -> tuple[dict[str, pa.Array], dict[str, pa.Array], dict[int, NoRecord]]:
    """The words and the values of the columns that are there, and the rows whose cells say that they are no records."""
    words: dict[str, pa.Array] = {}
    typed: dict[str, pa.Array] = {}
    aside: dict[int, NoRecord] = dict(sheet.aside)
    for column, index in present:
        factor = sheet.match.factors[index]
        read = read_column(sheet.columns[index], column, factor, serials=sheet.serials)
        if column.name in words:  # a list in several columns: 牵头企业, 牵头高校
            words[column.name] = _both(words[column.name], read.words, "、")
            typed[column.name] = _both(typed[column.name], read.values, values.BETWEEN)
        else:
            words[column.name], typed[column.name] = read.words, read.values
        for row, value, fault in read.faults:
            faults.add(row, column.name, value, fault)
        for row, what in read.aside:
            aside.setdefault(row, what)
    return words, typed, aside


def _both(one: pa.Array, other: pa.Array, between: str) -> pa.Array:
    return pc.coalesce(pc.binary_join_element_wise(one, other, between), one, other)  # null where either is


def _below(sheet: Sheet, other: int | None, mask: pa.Array, file: str) -> Reject | None:
    """The reject of the rows from the header of another table on; it is one for all, and none is shown."""
    if other is None:
        return None
    rows = pc.sum(mask.slice(other + 1)).as_py() or 0
    return Reject(
        file=file,
        sheet=sheet.name,
        row=sheet.numbers[other].as_py(),
        column="",
        value="",
        code="record.header_below",
        reason=reason("record.header_below", number=rows),
    )


def _set_aside(
    sheet: Sheet, mask: pa.Array, aside: Mapping[int, NoRecord]
) -> tuple[tuple[SetAside, ...], Sheet]:
    """The rows that are no records, and the sheet without those of them that are shorter or longer than the header."""
    found = [(sheet.numbers[row].as_py(), what) for row, what in aside.items() if mask[row].as_py()]
    told = [(one, None if one.swallowed else no_record(one.cells)) for one in sheet.ragged]
    found += [(one.number, what) for one, what in told if what is not None]
    apart = tuple(SetAside(f"{sheet.prefix}{number}", what) for number, what in sorted(found))
    return apart, replace(sheet, ragged=tuple(one for one, what in told if what is None))


def _schools(kind: RecordKind, typed: Mapping[str, pa.Array], mask: pa.Array) -> frozenset[str | None]:
    """The schools of which the rows of a table speak that is made by hand."""
    schools = None if kind.standard else reporter(kind, typed)
    return frozenset() if schools is None else frozenset(schools.filter(mask).unique().to_pylist())


def _together(sheet: Sheet, unsplit: Mapping[str, pa.BooleanArray]) -> dict[str, Any]:
    """The rows, by column, whose figure several names have together: in one cell, or in rows that share a merged cell."""
    found: dict[str, Any] = dict(unsplit)
    for name in sorted({name for name, _ in sheet.shared}):
        rows = pa.array([number for column, number in sheet.shared if column == name], pa.int64())
        shared = pc.is_in(sheet.numbers, rows)
        found[name] = pc.or_(found[name], shared) if name in found else shared
    return found


def _correction_scopes(told: pa.Array, mask: pa.Array, faults: Faults) -> pa.Array:
    """The scope of each corrected row; a row that does not say what it corrects is faulty."""
    scopes, wrong = by_distinct(told, lambda number: correction(number).scope, pa.string())
    for row, number, fault in wrong:
        if mask[row].as_py():
            faults.add(row, str(CORRECTIONS), number, fault)
    return scopes


def _keeping(good: pa.Array) -> Callable[[pa.Array], pa.Array]:
    """The good rows of an array; the array itself where all are, for copying a million rows takes a while."""
    return (lambda array: array) if good.true_count == len(good) else (lambda array: array.filter(good))


def _check_required(kind: RecordKind, words: Mapping[str, pa.Array], mask: pa.Array, faults: Faults) -> None:
    for column in kind.columns:
        if not column.required:
            continue
        empty = pc.and_(pc.is_null(words[column.name]), mask)
        for row in pc.indices_nonzero(empty).to_pylist():
            if not any(name == column.name for name, _, _ in faults.rows.get(row, ())):
                faults.add(row, column.name, "", BadValueError("record.required"))


def _check_nodes(kind: RecordKind, typed: dict[str, pa.Array], faults: Faults) -> None:
    for node in kind.nodes:
        if isinstance(node.label, ByChoice) and node.label.by_name:
            _check_bodies(kind, node.label, node.names, typed, faults)
        if node.label == "Specialty" and node.code and node.names:
            _check_code(node.code, node.names[0], typed, faults)
        if node.label == "IndustryChain" and node.code and node.names:
            typed[node.code] = _industry_codes(node.code, node.names[0], typed, faults)


def _read_mask(sheet: Sheet, present: list[tuple[Column, int]], words: Mapping[str, pa.Array]) -> pa.Array:
    """Which rows count as read: not the blank ones, and not the template's own example."""
    blank = example = pa.repeat(pa.scalar(True), len(sheet.numbers))
    for _, index in sorted(
        present, key=lambda one: not one[0].required
    ):  # what is seldom empty tells soonest
        if not pc.any(blank).as_py():
            break
        blank = pc.and_(blank, values.empty(sheet.columns[index]))
    if sheet.filled is not None:
        blank = pc.and_(blank, pc.invert(sheet.filled))
    for column, _ in present:
        if not pc.any(example).as_py():
            break
        array = words[column.name]
        same = pc.fill_null(pc.equal(array, column.example), False) if column.example else pc.is_null(array)
        example = pc.and_(example, same)
    return pc.invert(pc.or_(blank, example))


def _derived(derived: Derived, typed: Mapping[str, pa.Array], count: int) -> pa.Array:
    """The values of a column that no header gives."""
    kind = arrow_type(derived.column.form)
    if derived.origin is None:
        return pa.repeat(pa.scalar(derived.value, kind), count)
    origin = typed[derived.origin]
    if derived.column.form is Form.YEAR:
        return pc.utf8_slice_codeunits(origin, 0, 4).cast(pa.int64())
    mapped = by_distinct(origin, lambda value: derived.words.get(value, derived.value), kind)[0]
    return mapped if derived.value is None else pc.fill_null(mapped, derived.value)


def _check_code(code: str, name: str, typed: Mapping[str, pa.Array], faults: Faults) -> None:
    """A specialty's code and name must not be those of two specialties: whoever reads it would take the wrong one."""
    pairs = pc.binary_join_element_wise(typed[code], typed[name], "\x1f")

    def read(pair: str) -> bool:
        own, said = pair.split("\x1f")
        known = name_of_code(own, said)
        if known is not None:
            raise BadValueError("record.code_name", number=own, known=known, name=shortened(said))
        return True

    for row, pair, fault in by_distinct(pairs, read, pa.bool_())[1]:
        faults.add(row, code, pair.partition("\x1f")[0], fault)


def _industry_codes(code: str, name: str, typed: Mapping[str, pa.Array], faults: Faults) -> pa.Array:
    """The codes of industries with the leading zeros that the names tell; code and name must not be of two industries."""
    pairs = pc.binary_join_element_wise(typed[code], typed[name], "\x1f")

    def read(pair: str) -> str:
        own, said = pair.split("\x1f")
        meant = industry_named(own, said)
        if meant is None:
            known = industry_name(own)
            raise BadValueError("record.industry_name", number=own, known=known, name=shortened(said))
        return meant

    meant, wrong = by_distinct(pairs, read, pa.string())
    for row, pair, fault in wrong:
        faults.add(row, code, pair.partition("\x1f")[0], fault)
    return pc.coalesce(meant, typed[code])


def _check_bodies(
    kind: RecordKind, label: ByChoice, names: tuple[str, ...], typed: Mapping[str, pa.Array], faults: Faults
) -> None:
    """Where a column does not say what kind of body a name is, the name itself must."""
    silent = pc.is_null(typed[label.column])
    for name in names:

        def read(text: str) -> bool:
            for part in text.split(values.BETWEEN):
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
