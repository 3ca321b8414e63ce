"""`liantu stats`: nodes and edges by kind, the sources, and the content hash of the graph (统计)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, table, write_json, write_rows, write_view
from graph.language import Text
from graph.ontology import EDGES, NODES, label_text

if TYPE_CHECKING:
    from graph.store.protocol import View


def stats(graph: GraphOption = None, form: FormatOption = Format.TABLE, output: OutputOption = None) -> None:
    """Write how much the graph holds; the hash depends on what it says alone."""
    with reading(graph) as view:
        found = statistics(view)
    if form is Format.JSON:
        write_json(found, output)
        return
    counts = [
        {"part": str(part), "kind": name, "label": label_text(name).zh, "count": count}
        for part, group in ((Text("节点", "node"), found["nodes"]), (Text("关系", "edge"), found["edges"]))
        for name, count in group.items()
    ]
    titles = {
        "part": str(Text("种类", "part")),
        "kind": str(Text("类别", "kind")),
        "label": str(Text("中文", "Chinese")),
        "count": str(Text("数量", "count")),
    }
    if form is Format.CSV:
        write_rows(counts, titles, form, output=output)
        return
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without

    sources = {
        "id": str(Text("来源", "source")),
        "name": str(Text("名称", "name")),
        "medium": str(Text("类型", "medium")),
        "claims": str(Text("主张数", "claims")),
    }
    write_view(
        Group(
            table(counts, titles),
            table(found["sources"], sources),
            f"{Text('内容哈希', 'hash')}  {found['hash']}",
        ),
        output,
    )


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
