"""What a table says in its title alone (标题): a school's own table names school and year once, above the header.

    某某职业学院2025年招生计划
    专业名称 | 学制 | 计划数

Where a kind lacks but the columns of the school and the year, they are read from the rows above the header, if these
name one school and one year. A school is a name of the national register, or one that ends as names of schools do.
A list of members names its consortium so, or in the name of its sheet.
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
from ingest.records.kind import Column
from ingest.records.kinds.consortium_members import CONSORTIUM
from ingest.records.personal import without_persons
from ingest.records.second_header import is_header_row
from ingest.records.sheet import Sheet, is_note

_SCHOOL_AND_YEAR: Final = ((SCHOOL,), (YEAR,), (SCHOOL, YEAR))
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


_CONSORTIUM: Final = re.compile(
    r"[\w（）()“”\"·]+?(?:产教联合体|产教融合共同体|产教融合联合体|产教共同体|共同体|联合体|职教集团|职业教育集团)"
)
_MEMBERS: Final = re.compile(r"成员|名单|名录|一览|理事")
# Words that name no one consortium: 首批市域产教联合体, 行业产教融合共同体.
_NO_CONSORTIUM: Final = re.compile(
    r"(?:第[一二三四五六七八九十]+批|首批|[国省市区县校]级|[全各本我]?[国省市区县]|市域|行业|区域|国家|重点|拟|组建|建设|申报|入选|立项|成立|加入"
    r"|[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,5}自治区|(?:北京|天津|上海|重庆)市?"
    r"|产教|融合|职业|教育|职教|联合体|共同体|集团|示范|试点|培育|公布|关于|附件|附表|的|名单|[\d年（）()])+"
)
_BEFORE_CONSORTIUM: Final = re.compile(r"^(?:关于|附件|附表|印发|公布|加入|[\d年：:、.]|(?<=\d)批)+")
_FIGURE: Final = re.compile(r"\s*[\d.,，%％]+\s*")
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
    rows: Sequence[Sequence[str]], found: Header | None, hint: str, file: str, sheet: str | None = None
) -> tuple[Header, Title] | None:
    """The header of a table whose title says school, year or consortium, and what it says; None where it needs no title.

    `found` is the header without a look at the title, `sheet` the name of the sheet. `record.title` where columns are
    lacking that the title could tell and does not, or not clearly.
    """
    above = [line_above(row) for row in rows[: HEADER_ROWS - 1]]
    consortium = _of_consortium(rows, above, found, hint, sheet or "", file)
    if consortium is not None:
        return consortium
    if found is not None and not found.match.missing:
        return None
    for index, added in ((index, added) for index in range(1, HEADER_ROWS) for added in _SCHOOL_AND_YEAR):
        headed = _header_below(rows[index:], added, hint)
        if headed is None:
            continue
        told = _told([line for line in above[:index] if line])
        lacking = [column.zh for column in added if told.get(column.name) is None]
        if lacking:
            shown = "　".join(filter(None, above[:index]))
            raise LiantuError("record.title", file=file, columns="、".join(lacking), title=shown[:60])
        return _titled(rows, index, headed, [(c.zh, told[c.name] or "") for c in added], told["words"], file)
    return None


def line_above(row: Sequence[str]) -> str:
    """A row above a header as one line, without what it says of persons."""
    return " ".join(dict.fromkeys(filter(None, map(str.strip, without_persons(row)))))[:_LONGEST]


def _titled(
    rows: Sequence[Sequence[str]],
    index: int,
    headed: Header,
    told: Sequence[tuple[str, str]],
    words: str | None,
    file: str,
) -> tuple[Header, Title]:
    own = headed.headers[: -len(told)]
    match = checked(with_units(headed.match, headed.headers, rows[:index]), headed.headers, file)
    return Header(index, headed.depth, own, match_kind(match.kind, own)), Title(
        words or "", tuple(told), match
    )


def _of_consortium(
    rows: Sequence[Sequence[str]],
    above: Sequence[str],
    found: Header | None,
    hint: str,
    sheet: str,
    file: str,
) -> tuple[Header, Title] | None:
    """The header of a list of members whose title, or else the name of its sheet, names their consortium.

    A list of bodies and where they are may be read as one of enterprises, too: under the title of a list of members it is
    none.
    """
    for index in range(min(len(rows), HEADER_ROWS)):
        lines = [line for line in above[:index] if line] or [sheet]
        named = {line: set(_consortia_in(line)) for line in lines}
        names = set().union(*named.values()) or (set(_consortia_in(sheet)) if lines != [sheet] else set())
        if len(names) != 1 or not any(cell.strip() for cell in rows[index]):
            continue
        headed = _header_below(rows[index:], (CONSORTIUM,), hint)
        if headed is None:
            continue
        words = " ".join(line for line in lines if named[line]) or sheet
        if found is not None and not found.match.missing:
            own = headed.match.score - 1
            members = found.match.kind.name == "enterprises" and _MEMBERS.search(words)
            if found.index != index or not members or own < found.match.score:
                return None
        return _titled(rows, index, headed, [(CONSORTIUM.zh, names.pop())], words, file)
    return None


def _header_below(rows: Sequence[Sequence[str]], added: Sequence[Column], hint: str) -> Header | None:
    """The header in the first of these rows, which with the columns added has all that its kind requires.

    A row of data may hold the name of a column (企业 | 800): a header has at least two and no figure, or nothing but
    headings.
    """
    names = [column.zh for column in added]
    headed = find_header([[*row, *([""] * len(names) if is_unit_row(row) else names)] for row in rows], hint)
    if headed is None or headed.index or headed.match.kind.standard:
        return None
    match, count = headed.match, len(names)
    own = [column for column in match.columns[:-count] if column is not None]
    last = [column.name if column else "" for column in match.columns[-count:]]
    whole = not match.missing and not match.doubled and last == [column.name for column in added]
    if not whole or not any(column.required for column in own):
        return None
    said = [header for header in headed.headers[:-count] if header.strip()]
    heading = len(own) >= 2 and not any(map(_FIGURE.fullmatch, said))
    return headed if heading or is_header_row(said) else None


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


def _consortia_in(line: str) -> Iterator[str]:
    """The names of consortia in a title."""
    for found in _CONSORTIUM.finditer(_DAY.sub(" ", _TIME.sub(" ", line))[:_LONGEST]):
        name = _BEFORE_CONSORTIUM.sub("", found[0])
        if _NO_CONSORTIUM.fullmatch(name) is None:
            yield name


@cache
def _register() -> frozenset[str]:
    return frozenset(row["name"] for row in reference_rows("schools"))
