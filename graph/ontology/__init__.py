"""The vocabulary of the graph, declared once (本体): node kinds, edge kinds, their properties and ends.

The store's tables, the claims schema, extraction labels, record validation, GraphQL types and `docs/ontology.md`
derive from this folder; a test fails where one drifts.
"""

from __future__ import annotations

from graph.errors import LiantuError
from graph.language import Text
from graph.ontology.edges import EDGES, GRADES
from graph.ontology.evidence import EVIDENCE, METHODS, SOURCE, STATES, STATUSES
from graph.ontology.kind import EdgeKind, NodeKind, Property, Type
from graph.ontology.nodes import NODES, SCHOOL_LEVELS, SPECIALTY_LEVELS

__all__ = [
    "EDGES",
    "EVIDENCE",
    "GRADES",
    "METHODS",
    "NODES",
    "SCHOOL_LEVELS",
    "SOURCE",
    "SPECIALTY_LEVELS",
    "STATES",
    "STATUSES",
    "EdgeKind",
    "NodeKind",
    "Property",
    "Type",
    "edge_kind",
    "in_english",
    "label_text",
    "node_kind",
    "plural",
]


def node_kind(name: str) -> NodeKind:
    """The node kind `name`; `LiantuError` claim.kind where there is none."""
    try:
        return NODES[name]
    except KeyError:
        raise LiantuError("claim.kind", kind=name) from None


def edge_kind(name: str) -> EdgeKind:
    """The edge kind `name`; `LiantuError` claim.kind where there is none."""
    try:
        return EDGES[name]
    except KeyError:
        raise LiantuError("claim.kind", kind=name) from None


def label_text(name: str) -> Text:
    """The name of a node or edge kind in both languages."""
    kind = NODES.get(name) or EDGES.get(name) or (SOURCE if name == SOURCE.name else STATES)
    return Text(zh=kind.zh, en=kind.name)


def in_english(name: str) -> str:
    """The English words of a node kind's name.

    >>> in_english("ResearchPlatform")
    'research platform'
    """
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip()


def plural(words: str) -> str:
    """The English plural of a node kind's words.

    >>> plural("industry college"), plural("agency"), plural("consortium")
    ('industry colleges', 'agencies', 'consortia')
    """
    for singular, several in (("y", "ies"), ("um", "a")):
        if words.endswith(singular):
            return words.removesuffix(singular) + several
    return f"{words}s"
