"""Findings as a page (成页): Markdown to go on writing in, HTML to print or send, by the suffix of the file written.

A section a question: what it asks, a table of the telling figures, and what else is known of each row with the words that
it rests on. What documents say is escaped: it is never read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.findings import below_of, cell_of, counted
from cli.output import UNKNOWN, is_number, wording, writing
from graph.language import Text, current_language

if TYPE_CHECKING:
    from graph.gaps import Finding, Question
    from graph.project import Projection

_SUFFIXES: Final = (".md", ".markdown", ".html", ".htm")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_STYLE: Final = """body{font-family:system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;line-height:1.5;
max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
p,.below{color:#555}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.3rem .6rem;border-top:1px solid #ccc}th{border-bottom:2px solid #888}.number{text-align:right;
font-variant-numeric:tabular-nums;white-space:nowrap}
.below td{border-top:0;font-size:.9em;padding-left:1.6rem}tr{break-inside:avoid}
@media print{body{margin:0;max-width:none}}"""


@dataclass(frozen=True, slots=True)
class _Section:
    """A question as the page tells it; of each row its cells, and what stands under it."""

    title: str
    remarks: tuple[str, ...]
    columns: Mapping[str, bool]  # title → whether it holds numbers
    rows: Sequence[tuple[Sequence[str], Sequence[str]]]
    more: str


def is_page(output: Path) -> bool:
    """Whether a file is written as a page, by its suffix."""
    return output.suffix.lower() in _SUFFIXES


def write_page(
    output: Path,
    asked: Sequence[Question],
    answers: Mapping[str, Sequence[Finding]],
    projection: Projection,
    shown: int | None,
    remark: Text | None,
) -> None:
    """Write the findings of questions, the first `shown` of each; `remark` is told first."""
    sections = [_section(one, answers[one.name], projection, shown) for one in asked]
    place = projection.within
    name = (
        sections[0].title.partition(" · ")[0]
        if len(sections) == 1
        else str(Text("产教问题", "Gap questions"))
    )
    title = f"{name} · {place}" if place else name
    told = (str(remark),) if remark else ()
    is_html = output.suffix.lower().startswith(".htm")
    text = (_html if is_html else _markdown)(title, told, sections)
    with writing(output):
        output.write_text(text, encoding="utf-8", newline="")


def _section(
    question: Question, findings: Sequence[Finding], projection: Projection, shown: int | None
) -> _Section:
    from graph.gaps import heads, legends  # noqa: PLC0415 - loads Arrow

    count = counted(findings, shown)
    left = len(findings) - len(findings[:shown])
    columns = heads(question.finding)
    cells = [[cell_of(getattr(one, name)) for name in columns] for one in findings[:shown]]
    numbers = [all(is_number(row[at]) for row in cells) for at in range(len(columns))]
    rows = [
        (
            [
                str(UNKNOWN) if value is None and numbers[at] else wording(value)
                for at, value in enumerate(row)
            ],
            [words.plain for words in below_of(question, one, projection)],
        )
        for row, one in zip(cells, findings[:shown], strict=True)
    ]
    return _Section(
        f"{question.title} · {question.name} · {count}",
        (str(question.definition), *(map(str, legends(question.finding)) if findings else ())),
        {str(title): bool(cells) and numbers[at] for at, title in enumerate(columns.values())},
        rows,
        str(Text(f"另有 {left} 条", f"and {left} more")) if left else "",
    )


def _markdown(title: str, told: Sequence[str], sections: Sequence[_Section]) -> str:
    return "\n\n".join(_marked(title, told, sections)) + "\n"


def _marked(title: str, told: Sequence[str], sections: Sequence[_Section]) -> Iterator[str]:
    yield f"# {_plain(title)}"
    yield from map(_plain, told)
    for section in sections:
        yield f"## {_plain(section.title)}"
        yield from map(_plain, section.remarks)
        if section.rows:
            lines = [
                [_plain(one) for one in section.columns],
                ["---:" if number else "---" for number in section.columns.values()],
                *([_plain(one) for one in cells] for cells, _ in section.rows),
            ]
            yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
        for cells, below in section.rows:
            if below:
                yield "\n".join([f"- **{_plain(cells[0])}**", *(f"  - {_plain(one)}" for one in below)])
        if section.more:
            yield _plain(section.more)


def _plain(text: str) -> str:
    """Text as it is, whatever Markdown makes of its characters; on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _html(title: str, told: Sequence[str], sections: Sequence[_Section]) -> str:
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{current_language()}">\n<meta charset="utf-8">',
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>",
            *(f"<p>{escape(one)}</p>" for one in told),
            *(line for section in sections for line in _drawn(section)),
            "</html>\n",
        ]
    )


def _drawn(section: _Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>"
    yield from (f"<p>{escape(one)}</p>" for one in section.remarks)
    if section.rows:
        marks = [' class="number"' if number else "" for number in section.columns.values()]
        yield (
            "<table>\n<thead><tr>"
            + "".join(
                f"<th{mark}>{escape(one)}</th>" for one, mark in zip(section.columns, marks, strict=True)
            )
            + "</tr></thead>\n<tbody>"
        )
        for cells, below in section.rows:
            drawn = (f"<td{mark}>{escape(one)}</td>" for one, mark in zip(cells, marks, strict=True))
            yield f"<tr>{''.join(drawn)}</tr>"
            for one in below:
                yield f'<tr class="below"><td colspan="{len(marks)}">{escape(one)}</td></tr>'
        yield "</tbody>\n</table>"
    if section.more:
        yield f"<p>{escape(section.more)}</p>"
