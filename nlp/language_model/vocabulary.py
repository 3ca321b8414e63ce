"""What a language model may say (可用词汇): the kinds of names and the relations between them, from the ontology."""

from __future__ import annotations

from typing import Final

from graph.ontology import EDGES, NODES, EdgeKind, NodeKind
from nlp.relations.letters import KINDS

_STATED_BY_THE_WRITER: Final = frozenset(("MENTIONS",))  # every mention gets one, by whoever it was found

NAMED: Final[dict[str, NodeKind]] = {kind: NODES[kind] for kind in KINDS}
"""The kinds of things that have names in a text."""

_BETWEEN_NAMES: Final = {
    edge: tuple(pair for pair in edge.ends if pair[0] in NAMED and pair[1] in NAMED)
    for edge in EDGES.values()
    if edge.name not in _STATED_BY_THE_WRITER
}
RELATIONS: Final[dict[str, EdgeKind]] = {edge.name: edge for edge, ends in _BETWEEN_NAMES.items() if ends}
"""The kinds of relations that a text can state between two names."""

ENDS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    edge.name: ends for edge, ends in _BETWEEN_NAMES.items() if ends
}
"""The kinds of names that each of them may join."""
