"""`liantu gaps [QUESTION]`: list the gap questions, answer one, or answer `all` (产教问题)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.evidence import evidence as told
from cli.evidence import kind_in_words
from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, console, table, visible, wording, write_json, write_rows, write_view
from graph.errors import LiantuError
from graph.language import Text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text as Words

    from graph.claims import Claim
    from graph.gaps import Finding, Question, Scope
    from graph.project import Projection

ALL = "all"
_CLAIMS_SHOWN = 2  # quotes under a finding
_LIST_SHOWN = 4  # names in a cell of a table
_INDENT = 2


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
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            metavar="NAME|CODE",
            help=str(Text("只看这个地区（含下辖地区与园区）", "Only this region, with all in it")),
        ),
    ] = None,
    chain: Annotated[
        str | None,
        typer.Option(
            "--chain",
            metavar="NAME",
            help=str(Text("只看这条产业链（含其环节）", "Only this chain, with its parts")),
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level",
            metavar="LEVEL",
            help=str(
                Text("只看这个层次，如 中职、高职专科", "Only this level of education, such as 高职专科")
            ),
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", help=str(Text("只用这一年的数", "Only figures of this calendar year"))),
    ] = None,
    minimum_confidence: Annotated[
        float | None,
        typer.Option(
            "--minimum-confidence",
            min=0.0,
            max=1.0,
            help=str(Text("低于此置信度的主张不采信", "Do not believe claims less sure than this")),
        ),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help=str(Text("该问题自己的一个参数；可重复", "A parameter of the question; may be repeated")),
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="RELEASE",
            help=str(
                Text(
                    "与这个发布文件相比（问题 changes；由 liantu release 保存）",
                    "Compare with this release (question changes; saved by `liantu release`)",
                )
            ),
        ),
    ] = None,
    graph: GraphOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Write what the graph says to a question, each finding with the words that it rests on."""
    from graph.gaps import Scope, questions, read_parameters, rows  # noqa: PLC0415 - loads Arrow
    from graph.gaps import answer as answered  # noqa: PLC0415
    from graph.gaps import question as question_named  # noqa: PLC0415

    if question is None:
        _list(list(questions().values()), form, output)
        return
    asked = list(questions().values()) if question == ALL else [question_named(question)]
    if given and question == ALL:
        expected = Text("指定一个问题", "a single question").format()
        raise LiantuError("question.parameter", name="--set", value=given[0], expected=expected)
    parameters = read_parameters(asked[0], given or ())
    scope = Scope(region=region, chain=chain, level=level, year=year, minimum_confidence=minimum_confidence)
    whole = projection_for(asked, graph, scope)
    if against is not None:
        from graph.release import read_release  # noqa: PLC0415 - loads Parquet

        whole.earlier = read_release(against, labels=whole.nodes, kinds=whole.edges)
    projection = scope.limit(whole)
    _say_left_out(projection)
    answers = {one.name: answered(one, projection, **parameters) for one in asked}
    if form is Format.TABLE:
        write_view(pages(asked, answers, projection, limit), output)
        return
    answers = {name: found[:limit] for name, found in answers.items()}
    if form is Format.JSON:
        found = {one.name: as_objects(answers[one.name], projection) for one in asked}
        write_json(found if question == ALL else found[question], output)
    elif question == ALL:
        raise LiantuError("question.single", form=form.value)
    else:
        answer = rows(answers[question], projection.source_names)
        write_rows(answer, titles_of(asked[0]), form, output=output)


def _say_left_out(projection: Projection) -> None:
    """Say what a scope leaves out for want of a place, a level or a year: unknown is not outside."""
    from graph.gaps.scope import Limited  # noqa: PLC0415 - loads Arrow

    if isinstance(projection, Limited) and projection.left_out:
        told = str(Text("；", "; ")).join(map(str, projection.left_out))
        said = Text(
            f"不能确定是否在范围内、因而未计入：{told}", f"Not known to be in scope, so left out: {told}"
        )
        console(errors=True).print(str(said), markup=False)


def projection_for(asked: Sequence[Question], graph: str | None, scope: Scope | None = None) -> Projection:
    """The part of the newest version of the graph that the questions read, and what limits them to a scope."""
    from graph.gaps import needs  # noqa: PLC0415 - loads Arrow
    from graph.project import project  # noqa: PLC0415

    with reading(graph) as view:
        return project(view, **needs(asked, scope))


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
    more: str = "",
) -> RenderableType:
    """One table a question: title, how many were found, definition, the first `shown` findings and their words.

    `more` is the command that tells the others, with the name of the question as `{name}`.
    """
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without
    from rich.text import Text as Words  # noqa: PLC0415

    from cli.sheet import Paragraph  # noqa: PLC0415
    from graph.gaps import legends  # noqa: PLC0415 - loads Arrow

    parts: list[RenderableType] = []
    for one in asked:
        findings = answers[one.name]
        count = Text(f"共 {len(findings)} 条", f"{len(findings)} found")
        parts.append(Words.assemble((str(one.title), "bold"), f"  {one.name} · ", (str(count), "bold")))
        parts += [
            Paragraph(Words(str(text), style="dim"), _INDENT)
            for text in (one.definition, *(legends(one.finding) if findings else ()))
        ]
        parts.append(Words(""))
        if findings:
            parts.append(_table(one, findings[:shown], projection))
        left = len(findings) - len(findings[:shown])
        if left:
            told = Text(f"另有 {left} 条", f"and {left} more")
            colon = Text("：", ": ") if more else ""
            parts += [Paragraph(Words(f"{told}{colon}{more.format(name=one.name)}"), _INDENT), Words("")]
    return Group(*parts)


def _table(question: Question, findings: Sequence[Finding], projection: Projection) -> RenderableType:
    """A row a finding: the telling figures, and under them what else is known and the words that say so."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    from graph.gaps import heads, notes  # noqa: PLC0415 - loads Arrow

    titles = {name: str(title) for name, title in heads(question.finding).items()}
    subject = next(iter(titles))
    rows = [
        {name: _cell(getattr(finding, name)) for name in titles}
        | {subject: Words(_cell(getattr(finding, subject)) or "", style="bold")}
        for finding in findings
    ]
    beside = notes(question.finding)
    below = [
        [
            *(
                _note(label, getattr(finding, name))
                for name, label in beside.items()
                if getattr(finding, name)
            ),
            *_words(finding.evidence, projection),
        ]
        for finding in findings
    ]
    return table(rows, titles, below=below, unknown=True)


def _cell(value: object) -> Any:
    """A value of a finding in a cell: numbers as they are, nodes by name, what is not known said to be unknown."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return visible(_short(value))


def _note(label: Text, value: object) -> Words:
    """What is known beside the figures, its name dimmed so that the value stands out."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    return Words.assemble((f"{label}{Text('：', ': ')}", "dim"), visible(_short(value)))


def _short(value: object) -> str:
    """A value of a finding in words: nodes by name, long lists cut."""
    if isinstance(value, tuple):
        texts = all(hasattr(part, "id") for part in value)
        between = str(Text("、", ", ") if texts else Text("；", "; "))
        shown = between.join(_short(part) for part in value[:_LIST_SHOWN])
        more = Text(f" 等 {len(value)} 项", f" … ({len(value)})") if len(value) > _LIST_SHOWN else ""
        return f"{shown}{more}"
    return wording(kind_in_words(getattr(value, "name", value)))


def _words(evidence: Sequence[Claim], projection: Projection) -> Iterator[Words]:
    """The words of the first claims and where they stand, no place twice; and how many claims more there are."""
    by_place: dict[tuple[str, str | None], Claim] = {}
    for claim in evidence:
        by_place.setdefault((claim.source, claim.place), claim)
    shown = list(by_place.values())[:_CLAIMS_SHOWN]
    left = len(by_place) - len(shown)
    for claim in shown:
        more = Text(f"；另有 {left} 处", f"; and {left} more") if left and claim is shown[-1] else ""
        source = projection.source_names.get(claim.source, claim.source)
        yield from told(claim.quote, source, claim.place, str(more))


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
