"""`liantu gaps [QUESTION]`: list the gap questions, answer one, or answer `all` (产教问题)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, console, table, visible, wording, write_json, write_rows, write_view
from graph.errors import LiantuError
from graph.language import Text
from graph.ontology import NODES, label_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text as Words

    from graph.claims import Claim
    from graph.gaps import Finding, Question
    from graph.project import Projection

ALL = "all"
_WORDS_SHOWN = 60  # characters of a quote in a table
_CLAIMS_SHOWN = 2  # claims in a cell of a table
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
    from graph.gaps import question as question_named  # noqa: PLC0415 - loads Arrow
    from graph.gaps import questions, rows  # noqa: PLC0415

    if question is None:
        _list(list(questions().values()), form, output)
        return
    asked = list(questions().values()) if question == ALL else [question_named(question)]
    projection = projection_for(asked, graph)
    answers = {one.name: one.answer(projection)[:limit] for one in asked}
    if form is Format.TABLE:
        write_view(pages(asked, answers, projection), output)
    elif form is Format.JSON:
        found = {one.name: as_objects(answers[one.name], projection) for one in asked}
        write_json(found if question == ALL else found[question], output)
    elif question == ALL:
        raise LiantuError("question.single", form=form.value)
    else:
        answer = rows(answers[question], projection.source_names)
        write_rows(answer, titles_of(asked[0]), form, output=output)


def projection_for(asked: Sequence[Question], graph: str | None) -> Projection:
    """The part of the newest version of the graph that the questions read."""
    from graph.gaps import needs  # noqa: PLC0415 - loads Arrow
    from graph.project import project  # noqa: PLC0415

    with reading(graph) as view:
        return project(view, **needs(asked))


def titles_of(question: Question) -> dict[str, str]:
    """The columns of a question's findings with their titles in the reader's language."""
    from graph.gaps import field_labels  # noqa: PLC0415 - loads Arrow

    return {name: str(label) for name, label in field_labels(question.finding).items()}


def as_objects(findings: Sequence[Finding], projection: Projection) -> list[dict[str, Any]]:
    """Findings for programs: nodes by id and name, the evidence of each as claims with the names of their sources."""
    return [
        {item.name: _plain(getattr(finding, item.name)) for item in fields(finding)}
        | {"evidence": [_claim(claim, projection) for claim in finding.evidence]}
        for finding in findings
    ]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


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
        parts.append(_table(one, findings[:shown], projection) if findings else Words(""))
    return Group(*parts)


def _table(question: Question, findings: Sequence[Finding], projection: Projection) -> RenderableType:
    """A row a finding: what it is about, what the graph says of it, and the words that say so."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    labels = {item.name: str(item.metadata["label"]) for item in fields(question.finding)}
    own = [name for name in labels if name not in ("evidence", "confidence")]
    subject, *others = own
    rows = [
        {
            "subject": Words(visible(_short(getattr(finding, subject))), style="bold yellow"),
            "facts": _facts({labels[name]: getattr(finding, name) for name in others}),
            "words": _words(finding.evidence, projection),
        }
        for finding in findings
    ]
    titles = {
        "subject": labels[subject],
        "facts": str(Text("图谱所载", "what the graph says")),
        "words": str(Text("依据", "the words that it rests on")),
    }
    return table(rows, titles, lines=True)


def _facts(values: Mapping[str, object]) -> Words:
    """What is known of a finding, the names of the facts dimmed so that their values stand out."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    known = [(label, value) for label, value in values.items() if value not in (None, "", ())]
    colon, between = str(Text("：", ": ")), str(Text("；", "; "))
    parts = [Words.assemble((f"{label}{colon}", "dim"), visible(_short(value))) for label, value in known]
    return Words(between, style="").join(parts)


def _short(value: object) -> str:
    """A value of a finding in words: nodes by name, long lists cut."""
    if isinstance(value, tuple):
        shown = str(Text("、", ", ")).join(_short(part) for part in value[:_LIST_SHOWN])
        more = Text(f" 等 {len(value)} 项", f" … ({len(value)})") if len(value) > _LIST_SHOWN else ""
        return f"{shown}{more}"
    if isinstance(value, str) and value in NODES:
        return str(label_text(value))
    return wording(getattr(value, "name", value))


def _words(evidence: Sequence[Claim], projection: Projection) -> Words:
    """The words of the first claims and where they stand, and how many claims more there are."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    told = Words()
    for claim in evidence[:_CLAIMS_SHOWN]:
        if claim.quote:
            told.append(f"“{visible(claim.quote, _WORDS_SHOWN)}”\n")
        told.append(f"{_place(claim, projection)}\n", style="cyan")
    if len(evidence) > _CLAIMS_SHOWN:
        told.append(
            str(Text(f"另有 {len(evidence) - _CLAIMS_SHOWN} 条", f"and {len(evidence) - _CLAIMS_SHOWN} more"))
        )
    told.rstrip()
    return told


def _place(claim: Claim, projection: Projection) -> str:
    return visible(f"{projection.source_names.get(claim.source, claim.source)} {claim.place or ''}".strip())


def _claim(claim: Claim, projection: Projection) -> dict[str, Any]:
    return asdict(claim) | {"source_name": projection.source_names.get(claim.source, claim.source)}


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
