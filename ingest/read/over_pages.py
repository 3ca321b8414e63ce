"""Tables that go on over pages (跨页表格): head said once, broken rows whole, merged cells in each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ingest.read.page import Row, told_in_line
from ingest.read.table import row_text, with_merged
from ingest.records.body import body_label

_GOES_ON: Final = re.compile(
    r"[（(]?(?:续|接)(?:上)?(?:页|表)?\s*[\d一二三四五六七八九十.—-]{0,5}[)）]?|表?\s*\d{0,3}\s*[（(]续[)）]"
)
_DEEPEST_HEAD: Final = 3  # rows
_NUMBERED: Final = frozenset({"序号", "编号", "No.", "no."})


def whole_tables(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The pages with each table as if it stood on one page; a row stands on the page where it begins."""
    kept: list[list[Row]] = []
    tables: list[list[Row]] = []
    for page in pages:
        before = tables[-1] if kept and kept[-1] and kept[-1][-1].table and tables else []
        rows = _without_head(page, before)
        if before and rows and _is_rest(rows[0], before):
            whole = _joined(before[-1], rows[0])
            before[-1] = kept[-1][-1] = whole
            rows = rows[1:]
        for number, row in enumerate(rows):
            goes_on = bool(before and _is_same_table(row, before)) if number == 0 else not row.begins
            if row.table and tables and goes_on and (number == 0 or rows[number - 1].table):
                tables[-1].append(row)
            elif row.table:
                tables.append([row])
        kept.append(rows)
    said = {id(row): whole for table in tables for row, whole in zip(table, _said(table), strict=True)}
    return [[said.get(id(row), row) for row in page] for page in kept]


def _without_head(page: Sequence[Row], before: Sequence[Row]) -> list[Row]:
    """The rows of a page without the head of the table that goes on from the page `before`, and without 续表 above it."""
    first = next((at for at, row in enumerate(page) if not _GOES_ON.fullmatch(row.text)), len(page))
    rows = list(page[first:])
    if not before or not rows or not rows[0].table:
        return list(page)
    if rows[0].table != before[0].table:
        return rows if _is_same_table(rows[0], before) else list(page)
    repeated = 1
    for head, row in zip(before[1:_DEEPEST_HEAD], rows[1:], strict=False):
        if head.table != row.table or any(map(str.isdigit, "".join(row.table))):
            break
        repeated += 1
    return rows[repeated:]


def _is_same_table(row: Row, before: Sequence[Row]) -> bool:
    """Whether the first row of a page goes on with the table of the page before: no head of another stands there."""
    is_head = all(row.table) and not any(map(str.isdigit, row.text))
    return len(row.table) == len(before[0].table) and (not row.begins or not is_head)


def _is_rest(row: Row, before: Sequence[Row]) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before.

    So it is in a table of numbered rows where it has no number, leaves empty what every row has, and goes on only with
    names that were not whole: 甲市第四精密 on one page, 机床有限公司 on the next.
    """
    head, last = before[0], before[-1]
    if (
        len(before) < 2
        or len(row.table) != len(head.table)
        or "".join(head.table[0].split()) not in _NUMBERED
    ):
        return False
    goes_on = [column for column, cell in enumerate(row.table) if cell]
    always = [column for column in range(len(head.table)) if all(one.table[column] for one in before[1:])]
    return (
        0 not in goes_on
        and any(column not in goes_on for column in always if column)
        and all(last.table[column] for column in goes_on)
        and not any(body_label(last.table[column]) for column in goes_on)
        and any(body_label(last.table[column] + row.table[column]) for column in goes_on)
    )


def _joined(row: Row, rest: Row) -> Row:
    cells = tuple(one + other for one, other in zip(row.table, rest.table, strict=True))
    return replace(row, text=row_text([told_in_line(one) for one in cells]), table=cells)


def _said(table: Sequence[Row]) -> Iterable[Row]:
    """The rows with what merged cells say of them: also where one goes on to the next page, and is empty there."""
    merged = {column for row in table for column in row.covered}
    covered = [set(row.covered) for row in table]
    for at, (before, row) in enumerate(pairwise(table), start=1):
        if row.page != before.page:
            covered[at] |= {column for column in merged if not row.table[column]}
    said = with_merged([row.table for row in table], covered)
    return (replace(row, table=tuple(cells)) for row, cells in zip(table, said, strict=True))
