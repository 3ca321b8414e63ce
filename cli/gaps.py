"""`liantu gaps [QUESTION]`: list the gap questions, answer one, or answer `all` (产教问题)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.findings import as_objects, pages, titles_of
from cli.options import FormatOption, GraphOption, reading
from cli.output import Format, console, is_workbook, write_json, write_rows, write_view, written_as
from cli.page import is_page, write_page
from cli.workbook import write_workbook
from graph.errors import LiantuError
from graph.language import Text

if TYPE_CHECKING:
    from graph.gaps import Question, Scope
    from graph.project import Projection
    from ingest.reject import Reject

ALL = "all"
_ASSUMING = "what_if"
_COMPARING = "changes"
_LARGEST_TABLE = 1_000_000  # bytes of a file that stands for a parameter


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
            help=str(
                Text(
                    "该问题自己的一个参数，@文件 取文件内容；可重复",
                    "A parameter of the question, @FILE for a file's text; may be repeated",
                )
            ),
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
    assumed: Annotated[
        Path | None,
        typer.Option(
            "--assume",
            metavar="FILE",
            help=str(
                Text(
                    "假设这个 csv 或 xlsx 里的记录成立（问题 what_if）；图谱不变",
                    "Assume the records of this csv or xlsx (question what_if); the graph stays as it is",
                )
            ),
        ),
    ] = None,
    graph: GraphOption = None,
    form: FormatOption = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=str(
                Text(
                    "写入文件而不是屏幕；.xlsx 为工作簿（附说明与依据），.html、.md 成页，.csv、.json 按后缀",
                    "Write to a file instead of the screen; .xlsx is a workbook with definitions and evidence, .html "
                    "and .md a page, .csv and .json are as they say",
                )
            ),
        ),
    ] = None,
) -> None:
    """Write what the graph says to a question, each finding with the words that it rests on."""
    from graph.gaps import Scope, questions, read_parameters, rows  # noqa: PLC0415 - loads Arrow
    from graph.gaps import answer_once as answered  # noqa: PLC0415
    from graph.gaps import question as question_named  # noqa: PLC0415

    form = written_as(form, output)
    if question is None:
        _list(list(questions().values()), form, output)
        return
    if question == ALL and form is Format.CSV and not (output is not None and is_workbook(output)):
        raise LiantuError("question.single", form=form.value)
    asked = list(questions().values()) if question == ALL else [question_named(question)]
    if given and question == ALL:
        expected = Text("指定一个问题", "a single question").format()
        raise LiantuError("question.parameter", name="--set", value=given[0], expected=expected)
    _check_read(question, "--against", against, (_COMPARING, _ASSUMING, ALL))
    _check_read(question, "--assume", assumed, (_ASSUMING,))
    parameters = read_parameters(asked[0], [_with_file(word) for word in given or ()])
    scope = Scope(region=region, chain=chain, level=level, year=year, minimum_confidence=minimum_confidence)
    whole = projection_for(asked, graph, scope)
    if against is not None:
        from graph.release import read_release  # noqa: PLC0415 - loads Parquet

        whole.earlier = read_release(against, labels=whole.nodes, kinds=whole.edges)
    if assumed is not None:
        _assume(assumed, whole)
    projection = scope.limit(whole)
    if (left_out := _left_out(projection)) is not None:
        console(errors=True).print(str(left_out), markup=False)
    answers = {one.name: answered(one, projection, **parameters) for one in asked}
    if form is not Format.JSON and output is not None and is_workbook(output):
        write_workbook(output, asked, answers, projection, limit, left_out)
        return
    if form is Format.TABLE and output is not None and is_page(output):
        write_page(output, asked, answers, projection, limit, left_out)
        return
    if form is Format.TABLE:
        write_view(pages(asked, answers, projection, limit), output)
        return
    answers = {name: found[:limit] for name, found in answers.items()}
    if form is Format.JSON:
        found = {one.name: as_objects(answers[one.name], projection) for one in asked}
        write_json(found if question == ALL else found[question], output)
    else:
        answer = rows(answers[question], projection.source_names)
        write_rows(answer, titles_of(asked[0]), form, output=output)


def _check_read(question: str, option: str, file: Path | None, fitting: Sequence[str]) -> None:
    """Refuse a file that the question does not read (`question.parameter`)."""
    if file is not None and question not in fitting:
        expected = Text(f"只用于问题 {fitting[0]}", f"only with the question {fitting[0]}")
        raise LiantuError("question.parameter", name=option, value=file.name, expected=expected)


def _with_file(word: str) -> str:
    """`name=@file` with the text of the file in place of its name."""
    name, at, file = word.partition("=@")
    if not at:
        return word
    from ingest.read.encoding import decode  # noqa: PLC0415 - loads the detection of encodings

    path = Path(file)
    if not path.is_file():
        raise LiantuError("file.missing", file=path.name)
    if path.stat().st_size > _LARGEST_TABLE:
        size, limit = f"{path.stat().st_size:,}", f"{_LARGEST_TABLE:,}"
        raise LiantuError("file.too_large", file=path.name, size=size, limit=limit)
    return f"{name}={decode(path.read_bytes(), path.name)}"


def _assume(path: Path, whole: Projection) -> None:
    """Let `what_if` compare with the graph as it would be by the records of a file, and say what was not taken."""
    from graph.gaps.alteration import altered  # noqa: PLC0415 - loads Arrow
    from ingest.assumption import read_assumption  # noqa: PLC0415 - loads the reader of records

    found = read_assumption(path, whole)
    whole.assumed = altered(whole, found.alterations)
    read = found.records
    said = [
        Text(
            f"{path.name}：假设 {read.rows_taken} 行（{'、'.join(read.kinds)}），未取 {read.rejected_rows} 行",
            f"{path.name}: {read.rows_taken} rows assumed ({', '.join(read.kinds)}), {read.rejected_rows} not taken",
        ),
        *(Text(f"未用：{one}", f"not used: {one}") for one in read.ignored),
        *read.notes,
        *(_rejected(one) for one in read.rejects),
    ]
    for words in said:
        console(errors=True).print(str(words), markup=False)


def _rejected(one: Reject) -> Text:
    where = f"{one.sheet}!{one.row}" if one.sheet else f"{one.row or ''}"
    return Text(f"第 {where} 行 {one.column}：{one.reason.zh}", f"row {where} {one.column}: {one.reason.en}")


def _left_out(projection: Projection) -> Text | None:
    """What a scope leaves out for want of a place, a level or a year: unknown is not outside."""
    from graph.gaps.limited import Limited  # noqa: PLC0415 - loads Arrow

    if not isinstance(projection, Limited) or not projection.left_out:
        return None
    zh, en = (
        "；".join(one.zh for one in projection.left_out),
        "; ".join(one.en for one in projection.left_out),
    )
    return Text(
        f"不能确定是否在范围内，因而不列出、不计入合计（作他人的合作方仍算）：{zh}",
        f"Not known to be in scope, so neither listed nor counted in totals (they do count as partners): {en}",
    )


def projection_for(asked: Sequence[Question], graph: str | None, scope: Scope | None = None) -> Projection:
    """The part of the newest version of the graph that the questions read, and what limits them to a scope."""
    from graph.gaps import needs  # noqa: PLC0415 - loads Arrow
    from graph.project import project  # noqa: PLC0415

    with reading(graph) as view:
        return project(view, **needs(asked, scope))


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
