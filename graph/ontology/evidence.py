"""What every claim carries (依据), and the book-keeping beside the ontology: sources and what they state."""

from __future__ import annotations

from typing import Final

from graph.ontology.kind import EdgeKind, NodeKind, count, date, joined, number, text
from graph.ontology.nodes import NODES

STATUSES: Final = ("完成", "在建", "计划", "倡导")
METHODS: Final = ("record", "rule", "model")

EVIDENCE: Final = (
    text("source", "来源", "the source that claims it"),
    text("quote", "原文", "the words that it rests on"),
    count("start", "起点", "first character in the source's text"),
    count("end", "终点", "after the last character in the source's text"),
    text("place", "位置", "where in the original: p.3 (page), l.66 (line), Sheet1!12 (row)"),
    text("method", "方法", "how it was read", *METHODS),
    number("confidence", "置信度", "from 0 to 1"),
    text("status", "状态", "done, under way, planned, encouraged", *STATUSES),
    date("observed", "观测日期", "date that it speaks of"),
)

# Book-keeping beside the ontology: a source, and what it states of a node (name, aliases, properties).
SOURCE: Final = NodeKind(
    "Source",
    "来源",
    "a document, record set or catalogue that was read",
    "hash of its content",
    (
        text("medium", "类型", "document, records or reference"),
        text("key", "版本", "extractor version and settings that its claims were made with"),
        text("document", "文件", "id of the policy document that it holds"),
    ),
)
STATES: Final = EdgeKind(
    "STATES",
    "记载",
    "states",
    joined(("Source",), tuple(NODES)),
    (
        text("local", "原标识", "the id of the node before names were resolved"),
        text("name", "名称", "name as stated"),
        text("aliases", "别名", "aliases as stated, a JSON list"),
        text("properties", "属性", "properties as stated, a JSON object"),
    ),
)
