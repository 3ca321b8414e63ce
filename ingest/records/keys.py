"""Rows that were sent twice in one file (重复行), told by the key that the standard gives each row; in little memory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.sheet import Sheet


class Keys:
    """The keys of the rows read so far, table by table: of each only 8 bytes."""

    def __init__(self) -> None:
        self._seen: dict[str, Any] = {}

    def marked(self, sheet: Sheet) -> Sheet:
        """The sheet with the rows named whose key an earlier row has; rows without a key are never the same."""
        key = sheet.match.kind.key
        index = next((i for i, c in enumerate(sheet.match.columns) if c is not None and c.name == key), None)
        if key is None or index is None or not len(sheet.numbers):
            return sheet
        import numpy as np  # noqa: PLC0415 - only tables of the standard need it

        cells = sheet.columns[index]
        hashes = _hashes(cells)
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        again = np.zeros(len(hashes), dtype=bool)
        again[order[1:]] = ordered[1:] == ordered[:-1]
        name = sheet.match.kind.name
        seen = self._seen.get(name)
        if seen is not None:
            places = np.searchsorted(seen, ordered).clip(
                max=len(seen) - 1
            )  # in order: memory is read once, forwards
            again[order] |= seen[places] == ordered
        again &= ~np.asarray(pc.equal(pc.binary_length(cells), 0))
        fresh = ordered if seen is None else np.concatenate([seen, ordered])
        self._seen[name] = np.sort(fresh, kind="stable")
        rows = [int(row) for row in np.flatnonzero(again)]
        doubled = tuple((row, str(cells[row])) for row in rows)
        if key in sheet.match.kind.used:
            return replace(sheet, duplicates=doubled)
        return replace(_without(sheet, index), duplicates=doubled)


def _without(sheet: Sheet, index: int) -> Sheet:
    """The sheet without its keys, every one another: nothing more is asked of them than whether there is one."""
    there = pc.not_equal(pc.utf8_trim_whitespace(sheet.columns[index]), "")

    def others(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return (*values[:index], *values[index + 1 :])

    match = sheet.match
    return replace(
        sheet,
        match=replace(match, columns=others(match.columns), factors=others(match.factors)),
        headers=others(sheet.headers),
        columns=others(sheet.columns),
        filled=there if sheet.filled is None else pc.or_(there, sheet.filled),
    )


def _hashes(cells: pa.Array) -> Any:
    """A 64-bit hash of every cell; 32 characters, which the standard asks for, are mixed without Python's help."""
    import numpy as np  # noqa: PLC0415

    lengths = pc.binary_length(cells)
    if pc.all(pc.equal(lengths, 32)).as_py():
        start = np.frombuffer(cells.buffers()[1], np.int32, count=1, offset=4 * cells.offset)[0]
        words = np.frombuffer(cells.buffers()[2], np.uint8, count=32 * len(cells), offset=int(start))
        mixed = np.zeros(len(cells), np.uint64)
        for part in words.view(np.uint64).reshape(-1, 4).T:
            mixed = (mixed ^ part) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(29)
        return mixed
    return np.array([hash(text) for text in cells.to_pylist()], np.int64).view(np.uint64)
