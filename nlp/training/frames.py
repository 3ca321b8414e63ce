"""Sentences for training (造句): the patterns of `frames.txt` with names in them, and annotated passages with others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from nlp.recognition.features import KINDS
from nlp.recognition.recogniser import Name
from nlp.training.naming import Namer

_SLOT: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the names in it, without overlaps, in order."""

    text: str
    names: tuple[Name, ...]


def patterns() -> tuple[str, ...]:
    """The sentence patterns of the project."""
    lines = (files("nlp.training") / "frames.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def filled(pattern: str, namer: Namer, source: random.Random) -> Labelled:
    """A pattern with names and numbers in its places."""
    pieces: list[str] = []
    found: list[Name] = []
    length = position = 0
    for slot in _SLOT.finditer(pattern):
        pieces.append(pattern[position : slot.start()])
        length += len(pieces[-1])
        position = slot.end()
        kind, maker = slot[1], slot[2] or slot[1]
        if kind in KINDS:
            name = namer.name(_kind(maker))
            found.append((kind, length, length + len(name)))
        else:
            name = str(
                source.randint(2018, 2030)
                if kind == "y"
                else source.choice((3, 5, 12, 26, 60, 100, 300, 1200))
            )
        pieces.append(name)
        length += len(name)
    return Labelled("".join(pieces) + pattern[position:], tuple(found))


def _kind(maker: str) -> str:
    return {"specialty": "Specialty", "chain": "IndustryChain", "agency": "Agency"}.get(maker, maker)


def renamed(line: Mapping[str, Any], namer: Namer, source: random.Random, share: float) -> Labelled:
    """An annotated passage with about `share` of its names replaced by others of their kinds."""
    text, pieces = line["text"], []
    found: list[Name] = []
    length = position = 0
    for item in _outermost(line["entities"]):
        pieces.append(text[position : item["start"]])
        length += len(pieces[-1])
        name = text[item["start"] : item["end"]]
        if source.random() < share and item["kind"] != "PolicyDocument":
            name = namer.name(item["kind"])
        found.append((item["kind"], length, length + len(name)))
        pieces.append(name)
        length += len(name)
        position = item["end"]
    return Labelled("".join(pieces) + text[position:], tuple(found))


def labelled(line: Mapping[str, Any]) -> Labelled:
    """An annotated passage as it stands, with the names that stand in no other."""
    names = tuple((item["kind"], item["start"], item["end"]) for item in _outermost(line["entities"]))
    return Labelled(line["text"], names)


def _outermost(items: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    end = 0
    for item in sorted(items, key=lambda item: (item["start"], -item["end"])):
        if item["start"] >= end:
            yield item
            end = item["end"]
