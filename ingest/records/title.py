"""What a table says in its title alone (标题): a school's own table names school and year once, above the header.

    某某职业学院2025年招生计划
    专业名称 | 学制 | 计划数

Where a kind lacks but the columns of the school and the year, they are read from the rows above the header, if these
name one school and one year. A school is a name of the national register, or one that ends as names of schools do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import LiantuError
from graph.reference import rows as reference_rows
from ingest.records.columns import SCHOOL, YEAR
from ingest.records.header import (
    HEADER_ROWS,
    Header,
    Match,
    checked,
    find_header,
    is_unit_row,
    match_kind,
    with_units,
)
from ingest.records.personal import without_persons
from ingest.records.sheet import Sheet, is_note

_ADDED: Final = ((SCHOOL,), (YEAR,), (SCHOOL, YEAR))
_TIME: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}\s*年?\s*[-–—~～/至]+\s*(?:19|20)\d{2}\s*(?:学年度?|年度?)"
    r"|(?:19|20)\d{2}\s*(?:学年度?|年度|年|届)(?!\s*\d{1,2}\s*月))"
)
_DAY: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*(?:[月./-](?:\s*\d{1,2}\s*日?)?)?")
_ENDS: Final = "大学|学院|学校|高等专科学校|高专|职教中心|教育中心|职业中专|技校|党校"
_NAME: Final = re.compile(rf"[\u4e00-\u9fff（）()·]+?(?:{_ENDS})+")
_BEFORE: Final = re.compile(r"^(?:关于|附件|附表|印发|公布|下达|上报|报送)+")
# Words that name no one school: 全市职业学校, 各高职学院, 填报学校.
_GENERIC: Final = re.compile(
    rf"职业|技术|技工|高等|中等|专科|本科|普通|成人|教育|公办|民办|高职|中职|职教|全国|[全各我本][国省市区县校院]?|有关|相关|合作|参与|成员"
    rf"|填报|申报|报送|上报|呈报|填表|办学|主办|承办|牵头|所在|主管|院校|单位|[（）()]"
    rf"|[市省区县]属|所属|直属|部分|试点|{_ENDS}"
)


_LONGEST: Final = 200  # characters of a line that are looked at


@dataclass(frozen=True, slots=True)
class Title:
    """What the rows above a header say: their words, and of each column that the header lacks its header and value.

    `match` is that of the table with these columns, which come last.
    """

    words: str
    columns: tuple[tuple[str, str], ...]
    match: Match

    def given(self, sheet: Sheet) -> Sheet:
        """The sheet with the columns of its title, in every row that says anything but a note below the table."""
        filled = [pc.not_equal(pc.utf8_trim_whitespace(column), "") for column in sheet.columns]
        said = [any(row) for row in zip(*(column.to_pylist() for column in filled), strict=True)]
        for column in sheet.columns:
            for row in pc.indices_nonzero(pc.match_substring_regex(column, "[:：]")).to_pylist():
                alone = sum(one[row].as_py() for one in filled) == 1
                said[row] = said[row] and not (alone and is_note(column[row].as_py()))
        columns = (
            pc.if_else(pa.array(said, pa.bool_()), pa.scalar(value), pa.scalar(""))
            for _, value in self.columns
        )
        return replace(
            sheet,
            match=self.match,
            headers=(*sheet.headers, *(header for header, _ in self.columns)),
            columns=(*sheet.columns, *columns),
            title=self.words,
            titled=self.columns,
        )


def titled_header(
    rows: Sequence[Sequence[str]], found: Header | None, hint: str, file: str
) -> tuple[Header, Title] | None:
    """The header of a table whose title says school or year, and what it says; None where the header needs no title.

    `found` is the header without a look at the title. `record.title` where columns are lacking that the title could
    tell and does not, or not clearly.
    """
    if found is not None and not found.match.missing:
        return None
    for index, added in ((index, added) for index in range(1, HEADER_ROWS) for added in _ADDED):
        headed = _header_below(rows[index:], added, hint)
        if headed is None:
            continue
        title = [
            " ".join(dict.fromkeys(filter(None, map(str.strip, without_persons(row)))))[:_LONGEST]
            for row in rows[:index]
        ]
        told = _told([line for line in title if line])
        lacking = [column.zh for column in added if told.get(column.name) is None]
        if lacking:
            shown = "　".join(filter(None, title))
            raise LiantuError("record.title", file=file, columns="、".join(lacking), title=shown[:60])
        columns = tuple((column.zh, told[column.name] or "") for column in added)
        words = told["words"] or ""
        own = headed.headers[: -len(added)]
        match = checked(with_units(headed.match, headed.headers, rows[:index]), headed.headers, file)
        header = Header(index, headed.depth, own, match_kind(match.kind, own))
        return header, Title(words, columns, match)
    return None


def _header_below(rows: Sequence[Sequence[str]], added: Sequence[object], hint: str) -> Header | None:
    """The header in the first of these rows, which with the columns added has all that its kind requires."""
    names = [column.zh for column in _ADDED[-1] if column in added]
    headed = find_header([[*row, *([""] * len(names) if is_unit_row(row) else names)] for row in rows], hint)
    if headed is None or headed.index or headed.match.kind.standard:
        return None
    match, count = headed.match, len(names)
    own = [column for column in match.columns[:-count] if column is not None]
    last = [column.name if column else "" for column in match.columns[-count:]]
    whole = not match.missing and not match.doubled and last == [c.name for c in _ADDED[-1] if c in added]
    return headed if whole and any(column.required for column in own) else None


def _told(lines: Sequence[str]) -> dict[str, str | None]:
    """The school and the year that the lines name, None where none or several, and the words of the lines that do."""
    schools = {line: set(_schools_in(line)) for line in lines}
    named = set().union(*schools.values())
    naming = [line for line in lines if schools[line]]
    dated = [line for line in naming if _TIME.search(line)] or [line for line in lines if _TIME.search(line)]
    years = {year for line in dated for year in _TIME.findall(line)}
    return {
        SCHOOL.name: named.pop() if len(named) == 1 else None,
        YEAR.name: years.pop().strip() if len(years) == 1 else None,
        "words": " ".join(line for line in lines if line in naming or line in dated),
    }


def _schools_in(line: str) -> Iterator[str]:
    """The names of schools in a title."""
    rest = _DAY.sub(" ", _TIME.sub(" ", line))[:_LONGEST]
    at = 0
    while at < len(rest):  # the longest name of the register that begins here
        ends = (end for end in range(len(rest), at + 3, -1) if rest[at:end] in _register())
        if (end := next(ends, None)) is not None:
            yield rest[at:end]
            rest = f"{rest[:at]} {rest[end:]}"
        at += 1
    for found in _NAME.finditer(rest):
        run = _BEFORE.sub("", found[0])
        if len(_GENERIC.sub("", run)) >= 2:
            yield run


@cache
def _register() -> frozenset[str]:
    return frozenset(row["name"] for row in reference_rows("schools"))
