"""What a person types, made into ids (指称): a kind by its English or Chinese name, a node by id or name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.errors import LiantuError
from graph.identity import label_of
from graph.ontology import EDGES, NODES

if TYPE_CHECKING:
    from graph.store.protocol import View

_CANDIDATES: Final = 5  # how many an error names
_FOUND: Final = 50


def kind_named(word: str) -> str:
    """The node kind that `word` names, in English or Chinese: `School`, `school`, `院校`; `claim.kind` if none."""
    for kind in NODES.values():
        if word.casefold() == kind.name.casefold() or word == kind.zh:
            return kind.name
    raise LiantuError("claim.kind", kind=word)


def node_named(view: View, word: str) -> dict[str, Any]:
    """The node that `word` names: its id, else its name, else an alias, else the only name that holds it.

    `node.unknown` where there is none, `node.ambiguous` with the candidates where there are several.
    """
    label = label_of(word)
    if label in NODES and label != word:
        exact = view.nodes(label, [word]).to_pylist()
        if exact:
            return {"label": label, **exact[0]}
    found = view.find(word, limit=_FOUND).to_pylist()
    if not found:
        raise LiantuError("node.unknown", name=word)
    best = [row for row in found if row["rank"] == found[0]["rank"]]
    if found[0]["rank"] > 1:
        best = found  # no name or alias is the word itself: only a single hit can be meant
    if len(best) > 1:
        raise LiantuError(
            "node.ambiguous", name=word, candidates=_list([f"{row['id']} ({row['name']})" for row in best])
        )
    label = str(best[0]["label"])
    return {"label": label, **view.nodes(label, [best[0]["id"]]).to_pylist()[0]}


def names_of(view: View, identifiers: set[str]) -> dict[str, str]:
    """The names of nodes by id; one look-up a kind."""
    names: dict[str, str] = {}
    by_label: dict[str, list[str]] = {}
    for identifier in sorted(identifiers):
        by_label.setdefault(label_of(identifier), []).append(identifier)
    for label, wanted in by_label.items():
        if label in NODES:
            found = view.nodes(label, wanted)
            names |= dict(zip(found.column("id").to_pylist(), found.column("name").to_pylist(), strict=True))
    return names


def source_names(view: View) -> dict[str, str]:
    """The names of all sources by id: of a file its name, of a catalogue its title."""
    found = view.sources()
    return dict(zip(found.column("id").to_pylist(), found.column("name").to_pylist(), strict=True))


def edge_kinds_of(label: str) -> tuple[tuple[str, bool, bool], ...]:
    """The edge kinds that a node kind can be an end of: (kind, as head, as tail), in the ontology's order."""
    kinds = (
        (kind.name, any(head == label for head, _ in kind.ends), any(tail == label for _, tail in kind.ends))
        for kind in EDGES.values()
    )
    return tuple((name, head, tail) for name, head, tail in kinds if head or tail)


def _list(identifiers: list[str]) -> str:
    shown = ", ".join(identifiers[:_CANDIDATES])
    return shown if len(identifiers) <= _CANDIDATES else f"{shown}, … ({len(identifiers)})"
