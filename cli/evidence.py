"""The words that an answer rests on, as a line under it (依据): the quote, the file, the place; kinds in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cli.output import quoted, visible
from graph.language import Text
from graph.ontology import EDGES, NODES
from graph.place import where_in_words

if TYPE_CHECKING:
    from rich.text import Text as Words

EVIDENCE_COLUMNS: Final = ("quote", "source", "place")
_QUOTE_SHOWN: Final = 70  # characters of a quote under a row; JSON and CSV have it whole


def evidence(quote: str | None, source: str | None, place: str | None, more: str = "") -> list[Words]:
    """“quote” — file, place; nothing where nothing is known of the words."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    where = where_in_words(source or "", place).strip()
    if not quote and not where:
        return []
    told = Words(f"“{visible(quoted(quote), _QUOTE_SHOWN)}” " if quote else "")
    told.append(f"— {visible(where)}" if where else "", style="cyan")
    told.append(more, style="dim")
    return [told]


def kind_in_words(value: object) -> object:
    """The name of a node or edge kind in the reader's language; any other value as it is."""
    if isinstance(value, str):
        kind = NODES.get(value) or EDGES.get(value)
        return str(Text(kind.zh, kind.name)) if kind else value
    return value
