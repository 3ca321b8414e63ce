"""How the headers of a table were understood, written down beside it (表头对照): corrected once, used for its like.

`FILE.mapping.yaml` names the kind, the headers and the column that each one means. Every table in the same folder whose
headers are these is read by it, whatever its own name is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from graph.errors import LiantuError
from ingest.records.header import (
    Header,
    Match,
    find_header,
    joined_headers,
    match_kind,
    match_of,
    normalise_header,
    shown_headers,
    with_units,
)
from ingest.records.kinds import RECORD_KINDS
from ingest.records.sheet import is_correction_header
from ingest.records.units import unit_named
from ingest.reject import CORRECTION

SUFFIX: Final = ".mapping.yaml"
_LARGEST: Final = 100_000  # bytes of a mapping: it is a small file


@dataclass(frozen=True, slots=True)
class Mapped:
    """The headers of a table, top to bottom joined, with the column that each means (None: none) and its unit."""

    kind: str
    depth: int
    columns: Mapping[str, str | None]
    units: Mapping[str, str]
    as_above: bool = True

    def fits(self, headers: Sequence[str]) -> bool:
        """Whether a table has just these headers, in whatever order."""
        given = {normalise_header(header) for header in headers if header.strip()}
        return given == {normalise_header(header) for header in self.columns}

    def header(self, rows: Sequence[Sequence[str]]) -> Header | None:
        """The rows among the first of a table that are just these headers."""
        for index in range(len(rows)):
            stacked = rows[index : index + self.depth]
            headers = tuple(stacked[0]) if self.depth == 1 else joined_headers(stacked)
            if self.fits(headers):
                return Header(index, self.depth, headers, self.match(headers))
        return None

    def match(self, headers: Sequence[str]) -> Match:
        """The match that this makes of the headers of a table that fits."""
        by_header = {normalise_header(header): name for header, name in self.columns.items()}
        units = {normalise_header(header): unit for header, unit in self.units.items()}
        names = [by_header.get(normalise_header(header)) for header in headers]
        told = [unit_named(units.get(normalise_header(header), "")) for header in headers]
        factors = [None if unit is None else unit.factor for unit in told]
        match = match_of(RECORD_KINDS[self.kind], headers, names, factors)
        return replace(match, as_above=self.as_above)


def mapping_file(table: Path) -> Path:
    """Where the mapping of a table is kept."""
    return table.with_name(table.name + SUFFIX)


def mappings_beside(table: Path) -> tuple[Mapped, ...]:
    """The mappings in the folder of a table, its own first; `record.mapping` for one that is wrong."""
    own = mapping_file(table)
    files = sorted(table.parent.glob(f"*{SUFFIX}"), key=lambda file: (file != own, file.name))
    return tuple(_read(file) for file in files)


def digest_beside(table: Path) -> str:
    """What these mappings amount to, for the key of the claims that were read by them; empty where there is none."""
    files = sorted(table.parent.glob(f"*{SUFFIX}"))
    if not files:
        return ""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes()[:_LARGEST])
    return digest.hexdigest()[:8]


class Reading(Protocol):
    """A way to read headers that goes before recognition."""

    def header(self, rows: Sequence[Sequence[str]]) -> Header | None:
        """The header among the first rows of a table, if this way knows it."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """The kind that a person says a table is of, with the columns (header → name, None to leave it) put right.

    Without a kind it is the one that the headers tell.
    """

    kind: str | None
    columns: Mapping[str, str | None]

    def header(self, rows: Sequence[Sequence[str]]) -> Header | None:
        """The row that knows most of the kind's headers, or of those that were named."""
        found = find_header(rows)
        name = self.kind or (found.match.kind.name if found else None)
        if name is None or name not in RECORD_KINDS:
            return None
        kind = RECORD_KINDS[name]
        known = {word: column.name for column in kind.columns for word in (column.name, column.zh)}
        given = {normalise_header(header): name for header, name in self.columns.items()}
        for header, name in self.columns.items():
            if name is not None and name not in known:
                raise LiantuError(
                    "record.column_unknown", name=name, known="、".join(c.zh for c in kind.columns)
                )
            if not any(normalise_header(header) in map(normalise_header, row) for row in rows):
                raise LiantuError("record.column_unknown", name=header, known=shown_headers(rows))
        if found is not None and found.match.kind is kind:
            return self._right(found, known, given)
        best: tuple[int, Header] | None = None
        for index, row in enumerate(rows):
            match = match_kind(kind, row)
            score = match.score + len(given.keys() & set(map(normalise_header, row)))
            if score and (best is None or score > best[0]):
                best = score, Header(index, 1, tuple(row), match)
        return self._right(best[1], known, given) if best else None

    def _right(self, header: Header, known: Mapping[str, str], given: Mapping[str, str | None]) -> Header:
        """The header with the columns put right; of a header of several rows the lowest word is enough."""
        kind = header.match.kind
        names = [c.name if c is not None and c not in kind.personal else None for c in header.match.columns]
        for place, words in enumerate(header.headers):
            for word in (words, words.rpartition("·")[2]):
                if normalise_header(word) in given:
                    wanted = given[normalise_header(word)]
                    names[place] = None if wanted is None else known[wanted]
        match = match_of(kind, header.headers, names, [None] * len(names))
        return replace(header, match=match)


@dataclass(frozen=True, slots=True)
class _Returned:
    """Rows that went out to be corrected: the numbers in front of them say of which kind they are."""

    def header(self, rows: Sequence[Sequence[str]]) -> Header | None:
        """The header of rows that come back; None for any other table."""
        numbers = [
            row[index]
            for top, cells in enumerate(rows)
            for index, cell in enumerate(cells)
            if is_correction_header(cell)
            for row in rows[top + 1 :]
            if len(row) > index
        ]
        told = (found["kind"] for number in numbers if (found := CORRECTION.fullmatch(number)))
        kind = next((name for name in told if name in RECORD_KINDS), None)
        return Told(kind, {}).header(rows) if kind is not None else None


def header_by(readings: Sequence[Reading], rows: Sequence[Sequence[str]]) -> Header | None:
    """The header among the first rows of a table that one of the readings knows, or that came back corrected."""
    every = (_Returned(), *readings)
    found = next((header for reading in every if (header := reading.header(rows)) is not None), None)
    if found is None:
        return None
    return replace(found, match=with_units(found.match, found.headers, rows[: found.index]))


def write_mapping(table: Path, mapped: Mapped) -> Path:
    """Keep a mapping beside its table; an earlier one is replaced."""
    import yaml  # noqa: PLC0415 - most commands read no mapping

    target = mapping_file(table)
    content = {
        "kind": mapped.kind,
        "header_rows": mapped.depth,
        "columns": dict(mapped.columns),
        "units": dict(mapped.units),
        "as_above": mapped.as_above,
    }
    head = "# 表头对照：左为表头，右为列名，null 为不读。 Headers and the columns that they mean; null: not read.\n"
    target.write_text(head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


def _read(file: Path) -> Mapped:
    import yaml  # noqa: PLC0415

    try:
        with file.open(encoding="utf-8") as text:
            return _mapped(yaml.safe_load(text.read(_LARGEST)))
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        why = str(error).splitlines()[0][:120] if not isinstance(error, yaml.YAMLError) else "YAML"
        raise LiantuError("record.mapping", file=file.name, reason=why) from None


def _mapped(content: Any) -> Mapped:
    kind = str(content["kind"])
    if kind not in RECORD_KINDS:
        raise ValueError(f"kind: {kind}")
    known = {column.name: column.name for column in RECORD_KINDS[kind].columns}
    known |= {column.zh: column.name for column in RECORD_KINDS[kind].columns}
    columns: dict[str, str | None] = {}
    for header, name in content["columns"].items():
        if name is not None and str(name) not in known:
            raise ValueError(f"columns: {name}")
        columns[str(header)] = None if name is None else known[str(name)]
    units = {str(header): str(unit) for header, unit in (content.get("units") or {}).items()}
    for unit in units.values():
        if unit_named(unit) is None:
            raise ValueError(f"units: {unit}")
    depth = int(content.get("header_rows", 1))
    if not 1 <= depth <= 3:
        raise ValueError("header_rows: 1–3")
    as_above = content.get("as_above", True)
    if not isinstance(as_above, bool):
        raise ValueError("as_above: true / false")  # noqa: TRY004 - of what a person wrote
    return Mapped(kind, depth, columns, units, as_above)
