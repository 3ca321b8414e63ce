"""Where the claims of a load are (主张目录): in parts of bounded size, each with a number that all its claims carry.

A load is written part by part. The number of a part says its load as well, so one number on a claim tells whether it is
visible, and one index finds the claims of a part. The source keeps how many claims each part has: a reader knows from the
sources which parts a version shows, reads them by the index a few at a time, and counts claims without looking at any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

PARTS_OF_LOAD: Final = 1_000_000
"""A load has fewer parts than that: 12 000 003 is the third part of load 12."""


@dataclass(frozen=True, slots=True)
class Part:
    """Claims of one kind that were written together."""

    number: int
    claims: int


def numbered(load: int, sizes: Mapping[str, Sequence[int]]) -> dict[str, list[Part]]:
    """The parts of a load by edge kind, numbered in the order of the kinds, from how many claims each has."""
    found: dict[str, list[Part]] = {}
    number = load * PARTS_OF_LOAD
    for kind, claims in sizes.items():
        found[kind] = [Part(number + place, size) for place, size in enumerate(claims, 1)]
        number += len(claims)
    return found


def text_of(sizes: Mapping[str, Sequence[int]]) -> str:
    """The sizes as the source keeps them."""
    return json.dumps(dict(sizes), separators=(",", ":"))


def sizes_of(text: str) -> dict[str, list[int]]:
    """The sizes from what the source keeps."""
    found: dict[str, list[int]] = json.loads(text)
    return found


class Directory:
    """The parts that one version shows, of all sources or of some."""

    def __init__(self, sources: Iterable[Sequence[Any]]) -> None:
        """From `id`, `load` and the text of the sizes of each source."""
        self._sources = {
            str(source): numbered(int(load), sizes_of(str(sizes))) for source, load, sizes in sources
        }

    def parts(self, kind: str, sources: Iterable[str] | None = None) -> list[Part]:
        """The parts with claims of a kind, in the order of their numbers; of these sources where they are given."""
        chosen = self._sources if sources is None else set(sources) & self._sources.keys()
        return sorted(
            (part for source in chosen for part in self._sources[source].get(kind, ())),
            key=lambda part: part.number,
        )

    def count(self, kind: str) -> int:
        """How many claims of a kind there are."""
        return sum(part.claims for part in self.parts(kind))

    def numbers(self, source: str) -> list[int]:
        """The numbers of all parts of a source."""
        return [part.number for parts in self._sources.get(source, {}).values() for part in parts]


def together(parts: Iterable[Part], claims: int) -> Iterator[list[int]]:
    """The numbers of parts in groups of up to so many claims (a part is never divided)."""
    group: list[int] = []
    held = 0
    for part in parts:
        if group and held + part.claims > claims:
            yield group
            group, held = [], 0
        group.append(part.number)
        held += part.claims
    if group:
        yield group
