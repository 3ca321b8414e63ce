"""Findings as a workbook (工作簿): a sheet a question for WPS and Excel, what was asked, and what each finding rests on.

The first sheets are the answers, with the columns of the csv, one finding a row; then 说明: the question and its
definition, how many were found, the scope, the newest day that the claims speak of, the release, what is left out; last
依据: a row a claim, by sheet and row of the finding, with its quote, the document and the place. Cells that a spreadsheet
would run as a formula are neutralised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cli.findings import newest_day, titles_of
from cli.output import neutral, replacing
from graph.language import Text
from graph.ontology import label_text

if TYPE_CHECKING:
    from graph.claims import Claim
    from graph.gaps import Finding, Question
    from graph.project import Projection

_MOST_ROWS: Final = 1_048_575  # of a sheet, below its header
_EVIDENCE: Final = "evidence"  # a sheet of its own
_ABOUT: Final = Text("说明", "About")
_RESTS_ON: Final = Text("依据", "Evidence")
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\']")
_MEASURED: Final = 50  # rows by which a column is made wide
_NARROW: Final = 8
_WIDE: Final = 60
_LONGEST: Final = 31


def write_workbook(
    output: Path,
    asked: Sequence[Question],
    answers: Mapping[str, Sequence[Finding]],
    projection: Projection,
    shown: int | None,
    remark: Text | None,
) -> None:
    """Write the findings of questions, the first `shown` of each, with what they mean and what they rest on."""
    told = {one.name: answers[one.name][:shown] for one in asked}
    titles: dict[str, str] = {}
    sheets: list[tuple[str, list[list[object]]]] = []
    for one in asked:
        if told[one.name] or len(asked) == 1:
            titles[one.name] = _title(str(one.title), set(titles.values()))
            sheets.append((titles[one.name], [*_answer(one, told[one.name], projection)]))
    sheets.append((str(_ABOUT), [*_about(asked, answers, told, projection, remark)]))
    sheets.append((str(_RESTS_ON), [*_claims(asked, told, titles, projection)][: _MOST_ROWS + 1]))
    _write(output, sheets)


def write_sheet(output: Path, rows: Sequence[list[object]]) -> None:
    """Write rows, the first of them the header, as a workbook of one sheet."""
    _write(output, [(_title(output.stem, set()) or "1", rows[: _MOST_ROWS + 1])])


def _write(output: Path, sheets: Sequence[tuple[str, Sequence[list[object]]]]) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - a quarter of a second that only workbooks need

    with replacing(output) as made:
        workbook = Workbook(write_only=True)
        try:
            for title, rows in sheets:
                _fill(workbook.create_sheet(title), rows)
            workbook.save(made)
        except BaseException:
            for sheet in workbook.worksheets:
                if not sheet.closed:
                    with suppress(Exception):  # what went wrong is told already, by what is raised
                        sheet.close()
            raise


def _answer(
    question: Question, findings: Sequence[Finding], projection: Projection
) -> Iterator[list[object]]:
    from graph.gaps import rows  # noqa: PLC0415 - loads Arrow

    titles = {name: title for name, title in titles_of(question).items() if name != _EVIDENCE}
    yield [*titles.values()]
    for row in rows(findings[:_MOST_ROWS], projection.source_names):
        yield [row.get(name) for name in titles]


def _about(
    asked: Sequence[Question],
    answers: Mapping[str, Sequence[Finding]],
    told: Mapping[str, Sequence[Finding]],
    projection: Projection,
    remark: Text | None,
) -> Iterator[list[object]]:
    from graph.gaps import legends  # noqa: PLC0415 - loads Arrow

    yield [str(Text("项目", "item")), str(Text("内容", "what"))]
    if projection.within:
        yield [str(Text("范围", "scope")), projection.within]
    if remark is not None:
        yield [str(Text("未列出", "not listed")), str(remark)]
    for one in asked:
        found = len(answers[one.name])
        yield [str(Text("问题", "question")), f"{one.title}（{one.name}）"]
        yield [str(Text("定义", "definition")), str(one.definition)]
        for words in legends(one.finding) if found else ():
            yield [str(Text("符号", "signs")), str(words)]
        yield [str(Text("条数", "findings")), found]
        if found > len(told[one.name]):
            yield [str(Text("其中写出", "of these written")), len(told[one.name])]
        if day := newest_day(told[one.name]):
            yield [str(Text("截至", "as of")), day]


def _claims(
    asked: Sequence[Question],
    told: Mapping[str, Sequence[Finding]],
    titles: Mapping[str, str],
    projection: Projection,
) -> Iterator[list[object]]:
    yield [
        str(text)
        for text in (
            Text("工作表", "sheet"),
            Text("行号", "row of it"),
            Text("主张", "claim"),
            Text("主体", "of"),
            Text("客体", "to"),
            Text("原文", "quote"),
            Text("出处", "document or table"),
            Text("位置", "place"),
            Text("进展", "progress"),
            Text("说明日期", "speaks of"),
            Text("置信度", "confidence"),
        )
    ]
    for one in asked:
        for number, finding in enumerate(told[one.name][:_MOST_ROWS], start=2):
            for claim in finding.evidence:
                yield [titles[one.name], number, *_claim(claim, projection)]


def _claim(claim: Claim, projection: Projection) -> list[object]:
    return [
        str(label_text(claim.kind)),
        _name(claim.head, projection),
        _name(claim.tail, projection),
        claim.quote,
        projection.source_names.get(claim.source, claim.source),
        claim.place,
        claim.status,
        claim.observed,
        claim.confidence,
    ]


def _name(node: str, projection: Projection) -> str:
    """The name of an end of a claim, as far as the question read such nodes; of a source, the document's."""
    label, named, key = node.partition(":")
    if label in projection.nodes:
        return projection.name(node)
    return key.partition("@")[0] if named else projection.source_names.get(node, node)


def _fill(sheet: Any, rows: Sequence[list[object]]) -> None:
    """Write rows, the first of them bold and always in sight; columns as wide as the first rows need."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - loads openpyxl
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    header = rows[0]
    for number, cells in enumerate(zip(*rows[:_MEASURED], strict=True), start=1):
        longest = max(_width(cell) for cell in cells)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(max(longest + 2, _NARROW), _WIDE)
    sheet.freeze_panes = "A2"
    bold = []
    for title in header:
        cell = WriteOnlyCell(sheet, value=str(neutral(title)))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows[1:]:
        sheet.append([neutral(value) for value in row])


def _width(value: object) -> int:
    """How many letters a cell is wide; a Chinese sign takes two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(neutral(value) if value is not None else ""))


def _title(wanted: str, taken: set[str]) -> str:
    """A sheet title of at most 31 characters that no other sheet has."""
    base = _NOT_IN_TITLES.sub(" ", wanted).strip()
    title, number = base[:_LONGEST], 2
    while title.casefold() in {one.casefold() for one in taken}:
        title, number = f"{base[: _LONGEST - 3]}{number:>3}", number + 1
    return title
