"""What people leave out of a table because it stands above (同上): the cells that say so, and blanks that mean it.

The columns on the left group the rows: 区县, 学校, then what is said of each. A value is written once, and blanks below
it mean it until the next. Within the group of an outer column the inner ones group again: 渝北区 has several schools.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.kind import Form, RecordKind
from ingest.records.sheet import Sheet, is_note, is_total_name

_DITTO: Final = frozenset({"同上", "〃", "″", "”", '"', "ditto"})
_LEAST_BLANK: Final = 0.3  # of the rows: one blank cell is an omission, many are a layout
_NAMES: Final = frozenset({Form.NAME, Form.TITLE, Form.NAMES})
_GROUPS: Final = frozenset(
    {"Region", "Park", "IndustryChain"}
)  # what tables are ordered by, besides who reports


@dataclass(frozen=True, slots=True)
class _Above:
    """Of a column the rows that mean what stands above them, by a word or by a blank; and those `inside` its groups.

    A blank that is not inside a group of the `outer` column means nothing, and what stood before it holds no more.
    """

    ditto: pa.Array
    blank: pa.Array
    inside: pa.Array | None = None
    outer: pa.Array | None = None


def filled_down(sheet: Sheet) -> Sheet:
    """The sheet with what people leave out because it stands above: 同上, and blanks below a name on the left.

    Blanks are filled in the first column that is read, where it holds names that a row must have, or regions, parks,
    chains, and many of its cells are blank: so it is when cells were merged, or a school is written once for all its
    rows. So too in the next such columns, in rows that go on with the group of the column before (blank there, too, or
    the same once more) and have a name to the right; never from one group of the outer column into the next. A region is
    not filled where one is written twice in a row: then a blank is an omission. A total is no name. A mapping can say
    that blanks are blanks (`as_above: false`).
    """
    if sheet.corrects is not None:  # it went out with nothing left blank, and may have been sorted
        return sheet
    if sheet.match.kind.standard or not len(sheet.numbers):
        return sheet
    columns, notes = list(sheet.columns), list[str]()
    inside: pa.Array | None = None  # which rows go on with the group above
    grouping = sheet.match.as_above
    for index, (array, column) in enumerate(zip(sheet.columns, sheet.match.columns, strict=True)):
        if column is None:
            continue
        text = pc.utf8_trim_whitespace(array)
        ditto = pc.is_in(text, pa.array(sorted(_DITTO)))
        above = _grouped(sheet, index, text, ditto, inside) if grouping else None
        grouping = above is not None
        if above is None:
            above = _Above(ditto, pa.repeat(pa.scalar(False), len(text)))
        inside = above.inside
        if pc.any(pc.or_(above.ditto, above.blank)).as_py():
            columns[index] = _filled(array, above)
            notes.append(sheet.headers[index].strip())
    return replace(sheet, columns=tuple(columns), filled_down=tuple(notes))


def _grouped(
    sheet: Sheet, index: int, text: pa.Array, ditto: pa.Array, outer: pa.Array | None
) -> _Above | None:
    """How a column groups the rows, within those of the `outer` one; None where it does not."""
    kind, column = sheet.match.kind, sheet.match.columns[index]
    if column is None or (index and outer is None):
        return None
    names = column.required and column.form in {Form.NAME, Form.TITLE}
    if not names and column.name not in _groups(kind):
        return None
    blank = pc.equal(text, "")
    blanks = pc.sum(blank).as_py() or 0
    if not index and not blanks:  # written in every row: the columns after it may be grouped
        return _Above(ditto, blank, _same(text))
    if len(text) < 3 or blanks < _LEAST_BLANK * len(text) or not (names or _once_each(text, outer)):
        return None
    if outer is None:
        meant = pc.and_(blank, _something(sheet.columns[1:], blank))
        return _Above(ditto, meant, pc.or_(meant, ditto))
    right = [
        array
        for array, other in zip(sheet.columns[index + 1 :], sheet.match.columns[index + 1 :], strict=True)
        if other is not None and other.form in _NAMES
    ]
    if not right:
        return None
    meant = pc.and_(pc.and_(blank, outer), _something(right, blank))
    return _Above(ditto, meant, pc.and_(outer, pc.or_(meant, ditto)), outer)


def _same(text: pa.Array) -> pa.Array:
    """The rows that say what the row above says."""
    return pa.concat_arrays([pa.array([False]), pc.equal(text[1:], text[:-1])])


def _groups(kind: RecordKind) -> frozenset[str]:
    """The columns of a kind that name regions, parks and chains."""
    return frozenset(
        name
        for node in kind.nodes
        if isinstance(node.label, str) and node.label in _GROUPS
        for name in node.names
    )


def _something(arrays: Sequence[pa.Array], otherwise: pa.Array) -> pa.Array:
    """The rows where one of the cells is not blank."""
    return (
        reduce(pc.or_, (pc.not_equal(pc.utf8_trim_whitespace(one), "") for one in arrays))
        if arrays
        else otherwise
    )


def _once_each(text: pa.Array, outer: pa.Array | None) -> bool:
    """Whether a column begins with a value, and none stands twice in a row, so that blanks may mean the one above.

    Of an inner column only the rows within a group of the `outer` one count: the next group may begin with the same.
    """
    cells = text.to_pylist()
    within = [True] * len(cells) if outer is None else outer.to_pylist()
    pairs = zip(pairwise(cells), within[1:], strict=True)
    return bool(cells and cells[0]) and not any(here and one and one == other for (one, other), here in pairs)


def _filled(array: pa.Array, above: _Above) -> pa.Array:
    cells = array.to_pylist()
    last = of_group = ""
    ditto, blank = above.ditto.to_pylist(), above.blank.to_pylist()
    outer = [True] * len(cells) if above.outer is None else above.outer.to_pylist()
    for row, cell in enumerate(cells):
        if not outer[row]:  # another group begins
            of_group = ""
        if ditto[row]:
            cells[row] = of_group = last
        elif blank[row]:
            cells[row] = of_group
        elif cell.strip() and not is_total_name(cell) and not is_note(cell):
            last = of_group = cell
    return pa.array(cells, pa.string())
