"""Reading an answer (解读应答): the JSON object in it, whatever a model puts around it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from nlp.language_model.prompt import FIELDS
from nlp.language_model.refusal import Reason

_THOUGHTS: Final = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_PLAIN: Final = ("{", "```")  # an answer that begins at once; what it quotes may hold the mark
_OBJECTS_TRIED: Final = 3


@dataclass(frozen=True, slots=True)
class Completion:
    """What a server answered: the text, and whether it was cut at the limit of tokens or of size."""

    content: str
    fault: Reason | None = None


def read_answer(completion: Completion) -> dict[str, list[Any]] | Reason:
    """The lists of an answer by their names, or why it cannot be read.

    A list that is absent is empty; one that was not asked for (`Entities`) is given, too. Words around the object, a
    fence of Markdown and the thoughts of a model that thinks aloud are passed over.
    """
    if completion.fault is not None:
        return completion.fault
    content = _THOUGHTS.sub("", completion.content)
    if not content.lstrip().startswith(_PLAIN):
        content = content.rpartition("</think>")[2]  # `<think>` stood in the prompt of the server
    return _lists(content)


def _lists(content: str) -> dict[str, list[Any]] | Reason:
    """The lists of the first object that has any of them."""
    decoder = json.JSONDecoder()
    at = content.find("{")
    for _ in range(_OBJECTS_TRIED):
        if at < 0:
            break
        try:
            found, _end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and any(name in found for name in FIELDS):
            lists = {name: found.get(name) for name in FIELDS}
            if any(items is not None and not isinstance(items, list) for items in lists.values()):
                return Reason.UNREADABLE
            return {name: lists.get(name) or [] for name in (*FIELDS, *found)}
        at = content.find("{", at + 1)
    return Reason.UNREADABLE
