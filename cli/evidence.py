"""The words that an answer rests on, as a line under it (依据): the quote, the file, the place; kinds in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from cli.output import quoted, visible
from graph.language import Text
from graph.ontology import EDGES, NODES
from graph.place import where_in_words

if TYPE_CHECKING:
    from rich.text import Text as Words

EVIDENCE_COLUMNS: Final = ("quote", "source", "place")
_QUOTE_SHOWN: Final = 70  # characters of a quote under a row; JSON and CSV have it whole
_BEFORE: Final = 25  # of these, at most so many before the words that the row is about
_TELLING: Final = 3  # a shorter part of a name is found anywhere
_PAUSE: Final = re.compile(r"[，。；：、！？|]\s*")


def evidence(
    quote: str | None, source: str | None, place: str | None, more: str = "", *, about: Iterable[str] = ()
) -> list[Words]:
    """“quote” — file, place; nothing where nothing is known of the words.

    Of a long quote the part that names what the row is `about`.
    """
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    where = where_in_words(source or "", place).strip()
    if not quote and not where:
        return []
    told = Words(f"“{visible(excerpt(quoted(quote), about))}” " if quote else "")
    told.append(f"— {visible(where)}" if where else "", style="cyan")
    told.append(more, style="dim")
    return [told]


def excerpt(quote: str, about: Iterable[str] = ()) -> str:
    """The part of a quote that a line has room for: around the longest part of one of the names, else from the start.

    >>> excerpt("主要目标是：" + "培育国家级产教联合体5个，" * 9 + "技能人才占比达到45%以上。", ["技能人才占比"])
    '…培育国家级产教联合体5个，技能人才占比达到45%以上。'
    """
    if len(quote) <= _QUOTE_SHOWN:
        return quote
    found = [
        SequenceMatcher(None, quote, name, autojunk=False).find_longest_match() for name in about if name
    ]
    best = max(found, key=lambda match: match.size, default=None)
    start = 0
    if best is not None and best.size >= _TELLING and best.a + best.size > _QUOTE_SHOWN - 1:
        pauses = [pause.end() for pause in _PAUSE.finditer(quote, 0, best.a)]
        start = next((spot for spot in pauses if spot >= best.a - _BEFORE), best.a)
    shown = quote[start : start + _QUOTE_SHOWN]
    cut = start + _QUOTE_SHOWN < len(quote)
    return f"{'…' if start else ''}{shown[:-1] if cut else shown}{'…' if cut else ''}"


def kind_in_words(value: object) -> object:
    """The name of a node or edge kind in the reader's language; any other value as it is."""
    if isinstance(value, str):
        kind = NODES.get(value) or EDGES.get(value)
        return str(Text(kind.zh, kind.name)) if kind else value
    return value
