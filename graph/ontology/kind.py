"""What kinds and properties are made of (本体的构件)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Type(StrEnum):
    """The types of property values. A `DATE` is ISO text as exact as it is known: 2023, 2023-10, 2023-10-27."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or edge kind; `values` lists them where they are enumerated."""

    name: str
    zh: str
    en: str
    type: Type = Type.TEXT
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node (节点类型); `identity` says what tells one from another."""

    name: str
    zh: str
    en: str
    identity: str
    properties: tuple[Property, ...] = ()
    scope: tuple[str, ...] = ()  # the kinds that such a node exists inside of


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of claim (关系类型) and the pairs of node kinds that it may join."""

    name: str
    zh: str
    en: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()


def text(name: str, zh: str, en: str, *values: str) -> Property:
    """A property whose values are words, or one of `values`."""
    return Property(name, zh, en, values=values)


def count(name: str, zh: str, en: str) -> Property:
    """A property whose values are whole numbers."""
    return Property(name, zh, en, Type.INTEGER)


def number(name: str, zh: str, en: str) -> Property:
    """A property whose values are numbers."""
    return Property(name, zh, en, Type.NUMBER)


def date(name: str, zh: str, en: str) -> Property:
    """A property whose values are dates, as exact as they are known."""
    return Property(name, zh, en, Type.DATE)


def joined(heads: tuple[str, ...], tails: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Every pair of a head and a tail."""
    return tuple(product(heads, tails))
