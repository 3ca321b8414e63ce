"""`liantu show NODE`: a node, its properties, and its claims by kind, each with source, place and quote (节点详情)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli.evidence import evidence
from cli.names import edge_kinds_of, names_of, node_named, source_names
from cli.options import FormatOption, GraphOption, OutputOption, reading
from cli.output import Format, table, visible, wording, write_json, write_rows, write_view, written_as
from graph.identity import label_of
from graph.language import Text
from graph.ontology import EDGES, EVIDENCE, NODES, label_text

_SAID_BY_DOCUMENTS: Final = ("Target", "Statistic", "Measure")

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.store.protocol import View


def show(
    node: Annotated[
        str, typer.Argument(metavar="NODE", help=str(Text("标识、名称或别名", "An id, name or alias")))
    ],
    limit: Annotated[
        int,
        typer.Option(
            "--limit", min=1, help=str(Text("每类主张在表中最多几条", "Claims of a kind in the table"))
        ),
    ] = 20,
    graph: GraphOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Write a node and everything that is claimed of it, in both directions."""
    form = written_as(form, output)
    with reading(graph) as view:
        found = node_named(view, node)
        claims = claims_of(view, found)
        statements = statements_of(view, found)
    if form is Format.JSON:
        write_json({"node": _plain(found), "stated_by": statements, "claims": claims}, output)
    elif form is Format.CSV:
        write_rows(claims, _titles(), form, output=output)
    else:
        write_view(_page(found, statements, claims, limit), output)


def claims_of(view: View, node: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The claims that the node is an end of: kind, direction, the other end's id and name, properties, evidence."""
    rows: list[dict[str, Any]] = []
    for kind, is_head, is_tail in edge_kinds_of(str(node["label"])):
        own = [item.name for item in EDGES[kind].properties]
        found = [(row, "tail") for row in view.edges(kind, heads=[node["id"]]).to_pylist()] if is_head else []
        found += (
            [(row, "head") for row in view.edges(kind, tails=[node["id"]]).to_pylist()] if is_tail else []
        )
        for row, other in found:
            properties = {name: row[name] for name in own if row.get(name) is not None}
            evidence = {item.name: row.get(item.name) for item in EVIDENCE}
            rows.append(
                {
                    "id": row["id"],
                    "kind": kind,
                    "direction": "out" if other == "tail" else "in",
                    "other": row[other],
                }
                | {"properties": properties}
                | evidence
            )
    named = {value for row in rows for value in row["properties"].values() if _is_id(value)}
    others = {row["other"] for row in rows}
    names, said = names_of(view, others | named), _said_by_documents(view, others)
    sources = source_names(view)
    for row in rows:
        row["other_name"] = names.get(row["other"], row["other"])
        row["other_properties"] = said.get(row["other"], {})
        row["property_names"] = {
            name: names.get(value, value) for name, value in row["properties"].items() if _is_id(value)
        }
        row["source_name"] = sources.get(row["source"], row["source"])
    return sorted(rows, key=_as_read)


def _as_read(row: Mapping[str, Any]) -> tuple[int, str, str, int, int]:
    """Kind by kind, and in each source from its beginning to its end; of a record the number in its id tells."""
    number = row["id"].rpartition("#")[2]
    return (
        list(EDGES).index(row["kind"]),
        row["direction"],
        row["source"],
        row["start"] if row["start"] is not None else -1,
        int(number) if number.isdecimal() else 0,
    )


def _said_by_documents(view: View, identifiers: set[str]) -> dict[str, dict[str, Any]]:
    """The properties of targets, statistics and measures by id: without them their names tell nothing."""
    said: dict[str, dict[str, Any]] = {}
    for label in _SAID_BY_DOCUMENTS:
        wanted = sorted(one for one in identifiers if label_of(one) == label)
        for node in view.nodes(label, wanted).to_pylist() if wanted else ():
            own = (item.name for item in NODES[label].properties)
            said[node["id"]] = {name: node[name] for name in own if node.get(name) is not None}
    return said


def _is_id(value: object) -> bool:
    return isinstance(value, str) and ":" in value and label_of(value) in NODES


def statements_of(view: View, node: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Which sources state the node itself, under which name and with which properties, in which words, where."""
    sources = source_names(view)
    return [
        {"source": row["source"], "source_name": sources.get(row["source"], row["source"])}
        | {name: row.get(name) for name in ("name", "place", "quote", "confidence")}
        | {"properties": json.loads(row["properties"] or "{}")}
        for row in view.edges("STATES", tails=[node["id"]]).to_pylist()
    ]


def _plain(node: Mapping[str, Any]) -> dict[str, Any]:
    own = [item.name for item in NODES[str(node["label"])].properties]
    return {
        "id": node["id"],
        "kind": node["label"],
        "name": node["name"],
        "aliases": list(node["aliases"] or []),
    } | {"properties": {name: node[name] for name in own if node.get(name) is not None}}


def _titles() -> dict[str, str]:
    return {
        "kind": str(Text("关系", "claim")),
        "direction": str(Text("方向", "direction")),
        "other_name": str(Text("对方", "other end")),
        "other": str(Text("对方标识", "id of the other end")),
        "properties": str(Text("属性", "properties")),
        "source_name": str(Text("来源", "source")),
        "place": str(Text("位置", "place")),
        "quote": str(Text("原文", "quote")),
        "confidence": str(Text("置信度", "confidence")),
        "status": str(Text("状态", "status")),
    }


def _page(
    node: Mapping[str, Any], statements: list[dict[str, Any]], claims: list[dict[str, Any]], limit: int
) -> RenderableType:
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without
    from rich.text import Text as Words  # noqa: PLC0415

    from cli.sheet import Paragraph  # noqa: PLC0415

    label = str(node["label"])
    parts: list[RenderableType] = [Words(f"{visible(node['name'])}  ({label_text(label)})", style="bold")]
    facts = {str(Text("标识", "id")): node["id"], str(Text("别名", "aliases")): node["aliases"] or None}
    facts |= {str(Text(item.zh, item.name)): node.get(item.name) for item in NODES[label].properties}
    colon = Text("：", ": ")
    parts += [
        Paragraph(Words.assemble((f"{title}{colon}", "dim"), visible(value)), 2)
        for title, value in facts.items()
        if value is not None
    ]
    parts += [Words(""), _stated(label, statements, limit)]
    for kind, is_head, is_tail in edge_kinds_of(label):
        for direction, possible in (("out", is_head), ("in", is_tail)):
            rows = [row for row in claims if row["kind"] == kind and row["direction"] == direction]
            if possible and rows:
                parts.append(_group(kind, direction, rows, limit))
    return Group(*parts)


def _stated(label: str, statements: list[dict[str, Any]], limit: int) -> RenderableType:
    """Which source says what of the node itself."""
    caption = str(Text(f"记载 ({len(statements)})", f"Stated by ({len(statements)})")) + _left(
        statements, limit
    )
    titles = {"name": str(Text("名称", "name")), "properties": str(Text("属性", "properties"))}
    known = NODES[label].properties
    shown = [
        {
            "name": row["name"] if number == 0 or row["name"] != statements[number - 1]["name"] else "",
            "properties": str(Text("；", "; ")).join(
                f"{Text(item.zh, item.name)} {wording(row['properties'][item.name])}"
                for item in known
                if row["properties"].get(item.name) is not None
            ),
        }
        for number, row in enumerate(statements[:limit])
    ]
    below = [evidence(row["quote"], row["source_name"], row["place"]) for row in statements[:limit]]
    return table(shown, titles, caption, below=below, sparse=True)


def _left(rows: list[dict[str, Any]], limit: int) -> str:
    shown = Text(f"，此处列前 {limit} 条", f", the first {limit} here")
    return str(shown) if len(rows) > limit else ""


def _group(kind: str, direction: str, rows: list[dict[str, Any]], limit: int) -> RenderableType:
    arrow = "→" if direction == "out" else "←"
    caption = f"{arrow} {Text(EDGES[kind].zh, kind)} ({len(rows)})" + _left(rows, limit)
    titles = {name: title for name, title in _titles().items() if name in ("other_name", "properties")}
    shown = [{"other_name": row["other_name"], "properties": _in_words(kind, row)} for row in rows[:limit]]
    below = [
        evidence(row["quote"], row["source_name"], row["place"], about=[row["other_name"]])
        for row in rows[:limit]
    ]
    return table(shown, titles, caption, below=below, sparse=True)


def _in_words(kind: str, row: Mapping[str, Any]) -> str:
    """The properties of a claim and its status, named in the reader's language."""
    told = row["properties"] | row["property_names"]
    known = [(item, told.get(item.name)) for item in EDGES[kind].properties]
    known += [(item, row[item.name]) for item in EVIDENCE if item.name == "status"]
    parts = [f"{Text(item.zh, item.name)} {wording(value)}" for item, value in known if value is not None]
    parts = [*_figure(row["other_properties"]), *parts]
    return str(Text("；", "; ")).join(parts)


def _figure(said: Mapping[str, Any]) -> list[str]:
    """The value of a target or statistic, who is to take a measure and by when."""
    if "value" in said:
        from graph.gaps.stated import figure_text  # noqa: PLC0415 - most nodes have none

        return [figure_text(said.get("comparator"), said["value"], said.get("unit"), said.get("year"))]
    told = ((name, said.get(name)) for name in ("responsible", "due"))
    titles = {item.name: Text(item.zh, item.name) for item in NODES["Measure"].properties}
    return [f"{titles[name]} {visible(value)}" for name, value in told if value is not None]
