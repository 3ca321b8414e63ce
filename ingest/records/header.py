"""Which kind a table is (识别表头): its headers compared with those that the kinds declare."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from graph.errors import LiantuError
from ingest.records.kind import Column, Form, RecordKind
from ingest.records.kinds import RECOGNISED
from ingest.records.units import SCALED, is_unclear, unit_named, unit_of_header, units_above

_LONGEST: Final = 40  # characters of a header
_LONGEST_REMARK: Final = 400  # with a remark in brackets
HEADER_ROWS: Final = 10  # titles and notes may stand above the header
_MARKS: Final = re.compile(r"[\s*＊:：“”\"'_·]+")
_BRACKETS: Final = re.compile(r"\((.*?)\)|\[(.*?)\]|【(.*?)】")
_CODE: Final = re.compile(r"[a-z][a-z0-9]+|[^a-z0-9]+[^a-z]*")  # xxdm学校代码 is a code and a name
_FIGURE: Final = re.compile(r"^[\d.,，%％+-]+$|\d{4,}|^\d+\s*[人个万元%]")
# Words that make of a column another one: 就业人数（市内）, 毕业生数（预计）. A rate is no number.
_NARROWER: Final = re.compile(
    r"其中|本[市地省县区]|[市省县区][内外]|外[地省市]|[男女]|计划|预计|目标|率|占比|比例|增速"
)
_MORE: Final = 2  # columns: what tells another kind from a chance
_PART: Final = re.compile(r"[·/|\n—-]+")
LEAST_COVERED: Final = (
    0.5  # of the headers, for a table of the standard: its names are those of hand-made tables, too
)


@dataclass(frozen=True, slots=True)
class Match:
    """A table recognised as `kind`: for each header the column that it is, or None, and the factor of its unit.

    Fields of persons are recognised like others (`RecordKind.personal`), so that they can be dropped.
    """

    kind: RecordKind
    columns: tuple[Column | None, ...]
    factors: tuple[int, ...]
    missing: tuple[Column, ...]
    doubled: tuple[Column, ...]
    as_above: bool = True  # whether a blank of a column that groups rows may mean what stands above it
    unclear: tuple[str, ...] = ()  # headers that speak of a unit that is not known

    @property
    def score(self) -> int:
        """How many columns of the kind were found."""
        return len({column.name for column in self.columns if column})


def normalise_header(header: str) -> str:
    """A header as it is compared: width, case, spaces, stars, colons and quotation marks do not count."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", header)).casefold()


def bare_header(header: str) -> str:
    """The header without what stands in brackets: a unit or a remark."""
    return _BRACKETS.sub("", normalise_header(header))


def _factors(
    headers: Sequence[str], columns: Sequence[Column | None], told: Sequence[int | None] = ()
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The factor of each header, `told` going before what it says itself, and the headers whose unit is not clear."""
    factors: list[int] = []
    unclear: list[str] = []
    for place, (header, column) in enumerate(zip(headers, columns, strict=True)):
        given = told[place] if told else None
        unit = unit_of_header(header) if column is not None and column.form in SCALED else None
        if given is None and column is not None and column.form in SCALED:
            other = unit is not None and unit.factor != 1 and not unit.of(column.form)
            if other or is_unclear(header):
                unclear.append(header.strip())
        factors.append(given if given is not None else unit.factor if unit is not None else 1)
    return tuple(factors), tuple(unclear)


def with_units(match: Match, headers: Sequence[str], lines: Sequence[Sequence[str]]) -> Match:
    """The match with the units that the lines above the header tell, in the columns whose headers tell none."""
    units, unclear = units_above(lines)
    if not units and not unclear:
        return match
    factors, wrong = list(match.factors), list(match.unclear)
    for place, (header, column) in enumerate(zip(headers, match.columns, strict=True)):
        if column is None or column.form not in SCALED or unit_of_header(header) or header.strip() in wrong:
            continue
        said = {unit.factor for unit in units if unit.of(column.form)}
        if unclear or len(said) > 1 or (said and factors[place] not in {1, *said}):
            wrong.append(header.strip())
        elif said:
            factors[place] = said.pop()
    return replace(match, factors=tuple(factors), unclear=tuple(wrong))


def match_of(
    kind: RecordKind, headers: Sequence[str], names: Sequence[str | None], factors: Sequence[int | None]
) -> Match:
    """A match as a person gave it: the column name of each header, and the factors that its unit does not tell."""
    by_name = {column.name: column for column in kind.columns}
    columns = tuple(by_name[name] if name else None for name in names)
    known = [column.name for column in columns if column]
    scaled, unclear = _factors(headers, columns, factors)
    return Match(
        kind=kind,
        columns=columns,
        factors=scaled,
        unclear=unclear,
        missing=tuple(c for c in kind.columns if c.required and c.name not in known),
        doubled=_doubled(kind, known),
    )


def _doubled(kind: RecordKind, names: Sequence[str]) -> tuple[Column, ...]:
    """The columns that stand there twice, where one alone can count; a list may have several (牵头企业, 牵头高校)."""
    return tuple(
        c
        for c in kind.columns
        if c.form is not Form.NAMES and c.name in kind.kept and names.count(c.name) > 1
    )


@cache
def _vocabulary(kind: str) -> Mapping[str, Column]:
    words: dict[str, Column] = {}
    declared = (*RECOGNISED[kind].columns, *RECOGNISED[kind].personal)
    for shorten in (normalise_header, bare_header):
        for column in declared:
            words.setdefault(shorten(column.zh), column)
        for column in declared:
            for word in (column.en, *column.variants, column.name):
                words.setdefault(shorten(word), column)
    words.pop("", None)
    return words


@lru_cache(maxsize=4096)
def _spellings(header: str) -> tuple[str, ...]:
    """What a header may be looked up as: whole, without brackets, what is in them, field code or name alone, parts."""
    if len(header) > _LONGEST_REMARK:
        return ()  # no header, and looking for brackets in it takes a while
    whole, bare = normalise_header(header), bare_header(header)
    inside = ["".join(groups) for groups in _BRACKETS.findall(whole)]
    if (
        bare and not bare.isascii()
    ):  # of 成员单位（院校） the brackets are a remark; of 学校代码（xxdm） they are the name
        inside = [words for words in inside if words.isascii()]
    parts = [normalise_header(part) for part in _PART.split(unicodedata.normalize("NFKC", header))]
    joined = "".join(parts)
    ends = [word for part in reversed(parts) for word in (part, bare_header(part))]
    found = (whole, bare, *inside, *_CODE.findall(bare), joined, bare_header(joined), *ends)
    narrower = _NARROWER.findall(whole)
    if narrower:  # only a column that says so itself, or a field code, is meant
        found = tuple(word for word in found if word.isascii() or all(one in word for one in narrower))
    return tuple(dict.fromkeys(word for word in found if word))


def match_kind(kind: RecordKind, headers: Sequence[str]) -> Match:
    """How far `headers` are those of `kind`."""
    words = _vocabulary(kind.name)
    columns = tuple(
        next((words[word] for word in _spellings(header) if word in words), None) for header in headers
    )
    names = [column.name for column in columns if column]
    columns = tuple(
        None if column and names.count(column.name) > 1 and bare_header(header) in column.spare else column
        for header, column in zip(headers, columns, strict=True)
    )
    names = [column.name for column in columns if column]
    factors, unclear = _factors(headers, columns)
    return Match(
        kind=kind,
        columns=columns,
        factors=factors,
        unclear=unclear,
        missing=tuple(c for c in kind.columns if c.required and c.name not in names),
        doubled=_doubled(kind, names),
    )


@cache
def _kinds_by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for kind in RECOGNISED:
        for word in _vocabulary(kind):
            found.setdefault(word, {})[kind] = None
    return {word: tuple(kinds) for word, kinds in found.items()}


def is_header_word(cell: str) -> bool:
    """Whether a cell is the name of a column of some kind."""
    if len(cell) > _LONGEST:
        return False
    known = _kinds_by_word()
    if cell.isalnum():  # no brackets, and nothing that does not count: most names are so
        return cell.casefold() in known
    return normalise_header(cell) in known or bare_header(cell) in known


def _candidates(headers: Sequence[str]) -> list[RecordKind]:
    """The kinds that know at least two of the headers, in the order of their declaration."""
    index = _kinds_by_word()
    known: Counter[str] = Counter()
    for header in headers:
        known.update({kind for word in _spellings(header) for kind in index.get(word, ())})
    return [kind for name, kind in RECOGNISED.items() if known[name] >= 2]


def _plausible(match: Match, headers: int, *, named: bool) -> bool:
    """Whether a table may be of this kind at all."""
    if match.score < 2:
        return False
    if match.kind.standard:
        enough = match.score >= 3 and match.score >= LEAST_COVERED * headers
        whole = match.kind.left is None or 2 * match.score >= len(match.kind.columns)
        sure = not match.missing or (match.score >= 5 and match.score >= 0.8 * headers)
        return named or (enough and whole and sure)
    return any(column and column.required for column in match.columns)


def best_match(headers: Sequence[str], hint: str = "") -> Match | None:
    """The kind that fits best, complete ones first; `hint` (sheet and file name) decides between equals.

    None where no kind has at least two of its columns there, one of them required. Of equals the one that requires more
    is meant: 学校 and 企业 are a cooperation. The code of a table of the standard
    in the hint (ODS_CXHZSJ) goes before all else.
    """
    said = normalise_header(hint)
    filled = sum(bool(header.strip()) for header in headers)

    def rank(match: Match) -> tuple[bool, bool, int, int, bool, bool, int]:
        coded = match.kind.standard and normalise_header(match.kind.name) in said
        named = any(normalise_header(word) in said for word in (match.kind.name, match.kind.title.zh))
        tight = match.score - len(match.doubled)
        return (
            coded,
            not match.missing,
            tight,
            -len(match.missing),
            named,
            match.kind.left is None,
            required(match),
        )

    def required(match: Match) -> int:
        return sum(column.required for column in match.kind.columns) if not match.missing else 0

    matches = (match_kind(kind, headers) for kind in _candidates(headers))
    likely = [m for m in matches if _plausible(m, filled, named=rank(m)[0])]
    best = max(likely, key=rank, default=None)
    if best is None or not best.kind.standard or rank(best)[0]:
        return best
    # A table that lacks a column is told so; it is not read as another table, which has few of its own columns there.
    fuller = [m for m in likely if m.kind.standard and m.kind.left is None and m.score >= best.score + 2]
    return max(fuller, key=rank, default=best)


def table_named(hint: str) -> RecordKind | None:
    """The table of the standard whose code stands in the name of a sheet or file, whatever its headers are."""
    said = normalise_header(hint)
    found = (k for k in RECOGNISED.values() if k.standard and normalise_header(k.name) in said)
    return max(found, key=lambda kind: len(kind.name), default=None)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: the index of its first row, how many rows it has, their words joined, and the match."""

    index: int
    depth: int
    headers: tuple[str, ...]
    match: Match


def find_header(rows: Sequence[Sequence[str]], hint: str = "") -> Header | None:
    """The header among the first rows of a table, and what it was recognised as.

    The first row that has all that a kind requires, else the row that comes nearest; None where none comes near. Two or
    three rows are one header where together they say more than the first alone: the upper ones span several columns.
    A second row that says the same in field codes, or nothing but units, is part of the header, too.
    """
    found: Header | None = None
    for index in range(len(rows[:HEADER_ROWS])):
        header = _header_at(rows, index, hint)
        if header is None:
            continue
        while header.depth > 1:  # a title above a header is wordy, too, and says nothing
            later = _header_at(rows, header.index + 1, hint)
            if (
                later is None
                or later.match.score < header.match.score
                or len(later.match.missing) > len(header.match.missing)
            ):
                break
            header = later
        if found is None or header.match.score > found.match.score:
            found = header
        if not header.match.missing:
            found = header
            break
    if found is None:
        return None
    found = _with_unit_row(rows, replace(found, depth=found.depth + _repeats(rows, found)))
    return replace(found, match=with_units(found.match, found.headers, rows[: found.index]))


def _header_at(rows: Sequence[Sequence[str]], index: int, hint: str) -> Header | None:
    deep = _deepest(rows, index, hint)
    if deep is not None:
        return deep
    match = best_match(rows[index], hint) if index < len(rows) else None
    return None if match is None else Header(index, 1, tuple(rows[index]), match)


def _deepest(rows: Sequence[Sequence[str]], index: int, hint: str) -> Header | None:
    """The header of two or three rows that begins at `index`, where it says more than its first row alone."""
    if index >= len(rows):
        return None
    alone = best_match(rows[index], hint)
    best: Header | None = None
    score = alone.score if alone else 1
    for depth in (2, 3):
        stacked = rows[index : index + depth]
        if len(stacked) < depth or not all(_wordy(row) for row in stacked):
            break
        headers = joined_headers(stacked)
        match = best_match(headers, hint)
        better = match is not None and (
            match.score > score or (alone is not None and alone.missing and not match.missing)
        )
        if match is not None and better and (alone is None or _meant(match, alone)):
            best, score = Header(index, depth, headers, match), match.score
    return best


def _meant(deep: Match, alone: Match) -> bool:
    """Whether several rows are one header though their first alone is one, too: of the same kind, or by far more."""
    more = not deep.missing and deep.score >= alone.score + _MORE
    return deep.kind is alone.kind or bool(alone.missing) or more


def _wordy(row: Sequence[str]) -> bool:
    """Whether a row may be part of a header: at least two cells, and no number, date or code among them."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) >= 2 and not any(_FIGURE.search(cell) for cell in cells)


def joined_headers(stacked: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The words of each column from top to bottom; an upper cell counts for the empty ones to its right."""
    width = max(map(len, stacked))
    filled: list[list[str]] = []
    for level, row in enumerate(stacked):
        cells = [*(cell.strip() for cell in row), *[""] * (width - len(row))]
        last = ""
        for column in range(width) if level < len(stacked) - 1 else ():
            below = any(len(r) > column and r[column].strip() for r in stacked[level + 1 :])
            last = cells[column] or last
            if not cells[column] and below:
                cells[column] = last
        filled.append(cells)
    return tuple("·".join(dict.fromkeys(c for c in column if c)) for column in zip(*filled, strict=True))


def _repeats(rows: Sequence[Sequence[str]], header: Header) -> int:
    """1 where the row below the header says the same columns once more, as field codes or Chinese names."""
    below = header.index + header.depth
    if below >= len(rows):
        return 0
    cells = [
        (cell, column)
        for cell, column in zip(rows[below], header.match.columns, strict=False)
        if cell.strip()
    ]
    words = _vocabulary(header.match.kind.name)
    same = sum(
        any(words.get(word) is column for word in _spellings(cell))
        for cell, column in cells
        if column is not None
    )
    return int(same >= 2 and 2 * same > len(cells))


def _with_unit_row(rows: Sequence[Sequence[str]], header: Header) -> Header:
    """The header with the row below it, where that holds units alone: 产值 above （万元）."""
    below = header.index + header.depth
    cells = rows[below] if below < len(rows) else ()
    if len(cells) != len(header.headers) or not is_unit_row(cells):
        return header
    headers = tuple(
        f"{upper.strip()}·{cell.strip()}" if cell.strip() else upper
        for upper, cell in zip(header.headers, cells, strict=True)
    )
    match = match_kind(header.match.kind, headers)
    same = match.columns == header.match.columns
    return Header(header.index, header.depth + 1, headers, match) if same else header


def is_unit_row(cells: Sequence[str]) -> bool:
    """Whether a row holds units and nothing else."""
    said = [cell for cell in cells if cell.strip()]
    return bool(said) and all(map(_is_unit, said))


def _is_unit(cell: str) -> bool:
    if len(cell) > _LONGEST:
        return False
    return unit_named(cell) is not None or (not bare_header(cell) and unit_of_header(cell) is not None)


def shown_headers(rows: Sequence[Sequence[str]]) -> str:
    """The widest of the first rows, as an error may show it; nothing where it is data, perhaps of persons."""
    widest = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row), default=())
    if not _wordy(widest):
        return "…"
    return "、".join(cell.strip() for cell in widest if cell.strip())[:200]


def checked(match: Match, headers: Sequence[str], file: str) -> Match:
    """The match, or `LiantuError` record.header_missing, record.header_double, record.unit."""
    if match.missing:
        columns = "、".join(column.zh for column in match.missing)
        raise LiantuError("record.header_missing", file=file, columns=columns)
    if match.doubled:
        first = match.doubled[0]
        given = [h for h, column in zip(headers, match.columns, strict=True) if column is first]
        raise LiantuError("record.header_double", file=file, column=" / ".join(given))
    if match.unclear:
        raise LiantuError("record.unit", file=file, columns="、".join(match.unclear))
    return match
