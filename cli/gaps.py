"""`liantu gaps [QUESTION]`: list the gap questions, answer one, or answer `all` (产教问题)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, console, table, visible, wording, write_json, write_rows, write_view
from graph.errors import LiantuError
from graph.language import Text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.gaps import Finding, Question
    from graph.project import Projection

ALL = "all"
_WORDS_SHOWN = 64  # characters of a quote in a table
_LIST_SHOWN = 4  # names in a cell of a table


def gaps(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUESTION]",
            help=str(
                Text(
                    "问题的名称；all 为全部；不给则列出",
                    "Name of a question; `all` for all; without, list them",
                )
            ),
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help=str(Text("每个问题最多几条", "At most so many findings each"))),
    ] = None,
    graph: GraphOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Write what the graph says to a question, each finding with the words that it rests on."""
    from graph.gaps import questions  # noqa: PLC0415 - loads Arrow

    known = questions()
    if question is None:
        _list(list(known.values()), form, output)
        return
    if question != ALL and question not in known:
        raise LiantuError("question.unknown", name=question)
    asked = list(known.values()) if question == ALL else [known[question]]
    projection = projection_for(asked, graph)
    answers = {one.name: one.answer(projection)[:limit] for one in asked}
    if form is Format.TABLE:
        write_view(pages(asked, answers, projection), output)
    elif form is Format.JSON:
        found = {one.name: as_rows(answers[one.name], projection) for one in asked}
        write_json(found if question == ALL else found[question], output)
    elif len(asked) == 1:
        write_rows(as_rows(answers[question], projection), titles_of(asked[0]), form, output=output)
    else:
        raise LiantuError("format.single", form=form.value)


def projection_for(asked: Sequence[Question], graph: str | None) -> Projection:
    """The part of the newest version of the graph that the questions read."""
    from graph.project import project  # noqa: PLC0415 - loads Arrow

    labels = {label for one in asked for label in one.labels}
    kinds = {kind for one in asked for kind in one.kinds}
    with reading(graph) as view:
        return project(view, labels=sorted(labels), kinds=sorted(kinds))


def titles_of(question: Question) -> dict[str, str]:
    """The columns of a question's findings with their titles in the reader's language."""
    from graph.gaps import field_labels  # noqa: PLC0415 - loads Arrow

    return {name: str(label) for name, label in field_labels(question.finding).items()}


def as_rows(findings: Sequence[Finding], projection: Projection) -> list[dict[str, Any]]:
    """Findings as rows; the evidence of each as a list of claims with the names of their sources."""
    from graph.gaps import rows  # noqa: PLC0415 - loads Arrow

    return [
        {**row, "evidence": [_claim(claim, projection) for claim in finding.evidence]}
        for row, finding in zip(rows(findings), findings, strict=True)
    ]


def pages(
    asked: Sequence[Question],
    answers: dict[str, tuple[Finding, ...]],
    projection: Projection,
    shown: int | None = None,
) -> RenderableType:
    """One table a question: title, definition, findings (the first `shown`), and the words that each rests on."""
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text as Words  # noqa: PLC0415

    parts: list[RenderableType] = []
    for one in asked:
        findings = answers[one.name]
        count = Text(f"{len(findings)} 条", f"{len(findings)} found")
        parts.append(Words.assemble((str(one.title), "bold"), f"  {one.name} · {count}"))
        parts.append(Padding(Words(str(one.definition), style="dim"), (0, 0, 0, 2)))
        if findings:
            parts.append(_table(one, findings[:shown], projection))
    return Group(*parts)


def _table(question: Question, findings: Sequence[Finding], projection: Projection) -> RenderableType:
    titles = titles_of(question)
    rows = []
    for row in as_rows(findings, projection):
        shown: dict[str, Any] = {name: _short(value) for name, value in row.items()}
        shown["evidence"] = _words(row["evidence"])
        rows.append(shown)
    known = {
        name: title for name, title in titles.items() if any(row.get(name) not in (None, "") for row in rows)
    }
    return table(rows, known)


def _short(value: object) -> object:
    if isinstance(value, list | tuple) and len(value) > _LIST_SHOWN:
        more = Text(f"等 {len(value)} 项", f" … ({len(value)})")
        return f"{wording(value[:_LIST_SHOWN])}{more}"
    return value


def _words(evidence: Sequence[dict[str, Any]]) -> str:
    """The first claim's words and where they stand, and how many claims more there are."""
    if not evidence:
        return ""
    first = evidence[0]
    quote = visible(first["quote"], _WORDS_SHOWN)
    place = f"{first['source_name']} {first['place'] or ''}".strip()
    more = f" +{len(evidence) - 1}" if len(evidence) > 1 else ""
    return f"“{quote}” {place}{more}" if quote else f"{place}{more}"


def _claim(claim: Any, projection: Projection) -> dict[str, Any]:
    fields = {name: getattr(claim, name) for name in type(claim).__dataclass_fields__}
    return fields | {"source_name": projection.source_names.get(claim.source, claim.source)}


def _list(known: list[Question], form: Format, output: Any) -> None:
    rows = [{"name": one.name, "title": str(one.title), "definition": str(one.definition)} for one in known]
    titles = {
        "name": str(Text("名称", "name")),
        "title": str(Text("问题", "question")),
        "definition": str(Text("定义", "definition")),
    }
    write_rows(rows, titles, form, output=output)
    if form is Format.TABLE and output is None:
        hint = Text(
            "回答一个：liantu gaps 名称；全部：liantu gaps all",
            "Answer one: liantu gaps NAME; all: liantu gaps all",
        )
        console(errors=True).print(str(hint), markup=False)
