"""`liantu copy --to GRAPH`: a whole graph into another place, another engine too, and verified there (复制图谱)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.options import FormatOption, graph_address, named
from cli.output import Format, write_json
from cli.progress import progress
from graph.language import Text


def copy(
    target: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="PATH|URL",
            help=str(Text("目标：目录或 Neo4j 的地址", "The target: a directory, or the URL of Neo4j")),
        ),
    ],
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PATH|URL",
            help=str(
                Text(
                    "原图谱（默认 LIANTU_GRAPH，再默认 liantu-graph）",
                    "The origin (LIANTU_GRAPH, or else liantu-graph, if not given)",
                )
            ),
        ),
    ] = None,
    mirror: Annotated[
        bool,
        typer.Option(
            "--mirror",
            help=str(
                Text(
                    "撤出目标中多出的来源，使两者完全一致",
                    "Take sources out of the target that the origin lacks",
                )
            ),
        ),
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Copy source by source what the target does not hold yet, and compare both at the end; run again, it goes on."""
    from ingest.copy import copy_graph  # noqa: PLC0415 - loads the engines

    with progress() as tell:
        done = copy_graph(graph_address(origin), target, mirror=mirror, progress=tell)
    if form is Format.JSON:
        write_json(asdict(done))
        return
    lines = [
        Text(
            f"{named(target)}：装入 {done.put} 个来源，{done.unchanged} 个已在，撤出 {done.taken_out} 个",
            f"{named(target)}: {done.put} sources put in, {done.unchanged} were there, {done.taken_out} taken out",
        ),
        Text(
            f"核对一致：{done.sources} 个来源，{done.claims} 条主张，内容哈希 {done.hash}",
            f"Verified: {done.sources} sources, {done.claims} claims, content hash {done.hash}",
        ),
    ]
    if done.without_claims:
        lines.append(
            Text(
                f"有 {done.without_claims} 个来源的抽取结果不在本机：名称若再归并，这些来源须在原装载机上更新",
                f"The kept claims of {done.without_claims} sources are not on this machine: where names are joined "
                "later, these sources follow at the machine that loaded them",
            )
        )
    for line in lines:
        typer.echo(str(line))
