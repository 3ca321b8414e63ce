"""`liantu quality`: how good the records are, where they conflict, and who has not reported (质量报告)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import FormatOption, GraphOption, graph_address, reading
from cli.output import Format, is_workbook, replacing, table, write_json, write_rows, write_view, written_as
from graph.language import Text

if TYPE_CHECKING:
    from ingest.quality import Report


def quality(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]",
            help=str(Text("来源的文件名或标识；不给则全部", "File name or id; without, all")),
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            metavar="REGION",
            help=str(
                Text(
                    "列出该省市尚未报送的职业院校", "Also list its vocational schools that have not reported"
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
                    "写入文件；.xlsx 为发回学校的工作簿，.csv、.json 按后缀",
                    "Write to a file; .xlsx: a workbook for the school; .csv and .json as they say",
                )
            ),
        ),
    ] = None,
) -> None:
    """Report completeness, validity, consistency, duplicates, conflicts and coverage of the records in the graph."""
    from ingest.manifest import Manifest  # noqa: PLC0415 - loads the engine
    from ingest.quality import finding_rows, quality_report, title_texts, write_quality  # noqa: PLC0415
    from ingest.workplace import workplace  # noqa: PLC0415

    form = written_as(form, output)
    with reading(graph) as view:
        report = quality_report(
            Manifest(workplace(graph_address(graph)), tidy=False), view, source=source, region=region
        )
    titles = {name: str(title) for name, title in title_texts().items()}
    if output is not None and is_workbook(output):
        with replacing(output) as made:
            write_quality(report, made)
        typer.echo(str(Text(f"已写入 {output}", f"Wrote {output}")), err=True)
    elif form is Format.JSON:
        write_json(as_object(report), output)
    elif form is Format.CSV:
        write_rows(finding_rows(report), titles, form, output=output)
    else:
        write_view(_page(report, finding_rows(report), titles), output)


def as_object(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return {
        "sources": [
            {
                "name": entry.source.name,
                "source": entry.source.id,
                "school": report.schools.get(entry.source.id),
                "status": entry.status,
                "findings": [
                    {
                        name: getattr(finding, name)
                        for name in ("kind", "check", "column", "reason", "rows", "of", "places")
                    }
                    for finding in findings
                ],
            }
            for entry, findings in report.sources
        ],
        "conflicts": [
            {
                "kind": one.kind,
                "head": one.head,
                "tail": one.tail,
                "figure": one.figure,
                "year": one.year,
                "said": dict(one.said),
            }
            for one in report.conflicts
        ],
        "not_reported": list(report.silent),
    }


def _page(report: Report, rows: list[dict[str, Any]], titles: dict[str, str]) -> Any:
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without

    count = len(report.sources)
    parts: list[Any] = [
        table(
            rows,
            titles,
            str(Text(f"{count} 个来源，{len(rows)} 处", f"{count} sources, {len(rows)} findings")),
        )
    ]
    for one in report.conflicts:
        said = "；".join(f"{name} {number:g}" for name, number in one.said)
        parts.append(f"{one.kind} {one.head} → {one.tail} {one.figure} {one.year or ''}：{said}")
    if report.silent:
        names = "、".join(report.silent)
        parts.append(
            str(
                Text(
                    f"未报送（{len(report.silent)}）：{names}",
                    f"Not reported ({len(report.silent)}): {names}",
                )
            )
        )
    return Group(*parts)
