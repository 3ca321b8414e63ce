"""`liantu stats`: nodes and edges by kind, the sources, and the content hash of the graph (统计)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, table, write_json, write_rows, write_view, written_as
from graph.language import Text
from graph.ontology import EDGES, NODES, label_text

MEDIA: Final = {
    "document": Text("文件", "document"),
    "records": Text("记录", "records"),
    "reference": Text("目录", "reference"),
}
"""What a source is, in words."""

if TYPE_CHECKING:
    from graph.store.protocol import View


def stats(graph: GraphOption = None, form: FormatOption = Format.TABLE, output: OutputOption = None) -> None:
    """Write how much the graph holds; the hash depends on what it says alone."""
    form = written_as(form, output)
    with reading(graph) as view:
        found = statistics(view)
    if form is Format.JSON:
        write_json(found, output)
        return
    counts = [
        {"part": str(part), "kind": name, "label": str(label_text(name)), "count": count}
        for part, group in ((Text("节点", "node"), found["nodes"]), (Text("关系", "edge"), found["edges"]))
        for name, count in group.items()
    ]
    titles = {
        "part": str(Text("种类", "part")),
        "label": str(Text("类别", "kind")),
        "kind": str(Text("英文名", "name")),
        "count": str(Text("数量", "count")),
    }
    if form is Format.CSV:
        write_rows(counts, titles, form, output=output)
        return
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without

    sources = {
        "name": str(Text("来源", "source")),
        "medium": str(Text("类型", "type")),
        "claims": str(Text("主张数", "claims")),
        "id": str(Text("标识", "id")),
    }
    told = [row | {"medium": str(MEDIA.get(str(row["medium"]), row["medium"]))} for row in found["sources"]]
    write_view(
        Group(
            table(counts, {name: title for name, title in titles.items() if name != "kind"}),
            table(sorted(told, key=_by_medium), sources),
            f"{Text('内容哈希', 'hash')}  {found['hash']}",
        ),
        output,
    )


def _by_medium(row: Mapping[str, object]) -> tuple[str, str]:
    return str(row["medium"]), str(row["name"])


def statistics(view: View) -> dict[str, Any]:
    """`nodes` and `edges` by kind (kinds without any are left out), `sources`, `hash`, `version`."""
    nodes = {name: view.nodes(name).num_rows for name in NODES}
    edges = {name: view.edges(name).num_rows for name in EDGES}
    return {
        "nodes": {name: count for name, count in nodes.items() if count},
        "edges": {name: count for name, count in edges.items() if count},
        "sources": view.sources().to_pylist(),
        "hash": view.content_hash(),
        "version": view.version,
    }
