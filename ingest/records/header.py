"""Which kind a table is (识别表头): its headers compared with those that the kinds declare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.errors import LiantuError
from ingest.records.kind import Column, Form, RecordKind
from ingest.records.kinds import RECORD_KINDS

HEADER_ROWS: Final = 10  # titles and notes may stand above the header
_MARKS: Final = re.compile(r"[\s*＊:：“”\"'_·]+")
_BRACKETS: Final = re.compile(r"\((.*?)\)|\[(.*?)\]|【(.*?)】")
_FACTORS: Final = {
    "元": 1,
    "千元": 10**3,
    "万元": 10**4,
    "百万元": 10**6,
    "亿元": 10**8,
    "人": 1,
    "万人": 10**4,
    "千人": 10**3,
}


@dataclass(frozen=True, slots=True)
class Match:
    """A table recognised as `kind`: for each header the column that it is, or None, and the factor of its unit."""

    kind: RecordKind
    columns: tuple[Column | None, ...]
    factors: tuple[int, ...]
    missing: tuple[Column, ...]
    doubled: tuple[Column, ...]

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


def unit_factor(header: str) -> int:
    """The factor of the unit that a header names: 技术服务收入（万元） → 10000; 1 where it names none."""
    for groups in _BRACKETS.findall(normalise_header(header)):
        for part in re.split(r"[,，:：/]|单位", "".join(groups)):
            if part in _FACTORS:
                return _FACTORS[part]
    return 1


@cache
def _vocabulary(kind: str) -> Mapping[str, Column]:
    words: dict[str, Column] = {}
    declared = RECORD_KINDS[kind].columns
    for shorten in (normalise_header, bare_header):
        for column in declared:
            words.setdefault(shorten(column.zh), column)
        for column in declared:
            for word in (column.en, *column.variants, column.name):
                words.setdefault(shorten(word), column)
    words.pop("", None)
    return words


def match_kind(kind: RecordKind, headers: Sequence[str]) -> Match:
    """How far `headers` are those of `kind`."""
    words = _vocabulary(kind.name)
    columns = tuple(words.get(normalise_header(h)) or words.get(bare_header(h)) for h in headers)
    names = [column.name for column in columns if column]
    return Match(
        kind=kind,
        columns=columns,
        factors=tuple(
            unit_factor(header) if column and column.form in {Form.MONEY, Form.COUNT} else 1
            for header, column in zip(headers, columns, strict=True)
        ),
        missing=tuple(c for c in kind.columns if c.required and c.name not in names),
        doubled=tuple(c for c in kind.columns if names.count(c.name) > 1),
    )


def best_match(headers: Sequence[str], hint: str = "") -> Match | None:
    """The kind that fits best, complete ones first; `hint` (sheet and file name) decides between equals.

    None where no kind has at least two of its columns there, one of them required.
    """
    matches = [match_kind(kind, headers) for kind in RECORD_KINDS.values()]
    plausible = [m for m in matches if m.score >= 2 and any(c and c.required for c in m.columns)]
    said = normalise_header(hint)

    def rank(match: Match) -> tuple[bool, int, int, bool]:
        named = any(normalise_header(word) in said for word in (match.kind.name, match.kind.title.zh))
        return not match.missing, match.score - len(match.doubled), -len(match.missing), named

    return max(plausible, key=rank, default=None)


def find_header(rows: Sequence[Sequence[str]], hint: str = "") -> tuple[int, Match] | None:
    """The header among the first rows of a table: its index and what it was recognised as.

    The first row that has all that a kind requires, else the row that comes nearest; None where none comes near.
    """
    found: tuple[int, Match] | None = None
    for index, row in enumerate(rows[:HEADER_ROWS]):
        match = best_match(row, hint)
        if match is None:
            continue
        if not match.missing:
            return index, match
        if found is None or match.score > found[1].score:
            found = index, match
    return found


def checked(match: Match, headers: Sequence[str], file: str) -> Match:
    """The match, or `LiantuError` record.header_missing, record.header_double."""
    if match.missing:
        columns = "、".join(column.zh for column in match.missing)
        raise LiantuError("record.header_missing", file=file, columns=columns)
    if match.doubled:
        first = match.doubled[0]
        given = [h for h, column in zip(headers, match.columns, strict=True) if column is first]
        raise LiantuError("record.header_double", file=file, column=" / ".join(given))
    return match
