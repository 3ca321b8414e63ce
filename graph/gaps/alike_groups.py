"""Which specialty groups are the same in substance (同质专业群): by name, or by the specialties that they include.

A group exists inside one school, so no two are one node. Two are alike where their names agree but for the school's
name and the word 专业群, or where the specialties that they include agree to a share of `overlap` (Jaccard 1912); what is
alike to the same group stands in one class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from graph.gaps.provision import Provision
from graph.identity import normalise_name
from graph.project import Projection

OVERLAP: Final = 0.5
_SUFFIX: Final = re.compile(r"(?:高水平|特色|骨干)?专业(?:集)?群$")


def classes_of_groups(
    projection: Projection, provided: Provision, groups: Iterable[str], overlap: float = OVERLAP
) -> list[tuple[str, ...]]:
    """The classes of groups that are alike, one of which each group is in; each ordered by name, then id."""
    listed = sorted(groups, key=lambda one: (projection.name(one), one))
    joined = {one: one for one in listed}

    def first(one: str) -> str:
        while joined[one] != one:
            joined[one] = joined[joined[one]]
            one = joined[one]
        return one

    def join(one: str, other: str) -> None:
        joined[first(other)] = first(one)

    by_name: dict[str, str] = {}
    for one in listed:
        word = stem(projection, provided, one)
        if word:
            join(by_name.setdefault(word, one), one)
    for one, other in _overlapping(listed, provided.members, overlap):
        join(one, other)
    found: dict[str, list[str]] = {}
    for one in listed:
        found.setdefault(first(one), []).append(one)
    return [tuple(one) for one in found.values()]


def stem(projection: Projection, provided: Provision, group: str) -> str:
    """What a group's name says of its field: without the school's name, without 专业群."""
    word = normalise_name(projection.name(group))
    for school in sorted(provided.schools.get(group, ())):
        word = word.removeprefix(normalise_name(projection.name(school)))
    return _SUFFIX.sub("", word)


def _overlapping(
    groups: Sequence[str], members: Mapping[str, set[str]], overlap: float
) -> Iterable[tuple[str, str]]:
    """The pairs of groups whose specialties agree to at least `overlap`; of each pair one order."""
    including: dict[str, list[str]] = {}
    for one in groups:
        for specialty in members.get(one, ()):
            including.setdefault(specialty, []).append(one)
    for one in groups:
        shared: dict[str, int] = {}
        for specialty in members.get(one, ()):
            for other in including[specialty]:
                if other > one:
                    shared[other] = shared.get(other, 0) + 1
        for other, both in shared.items():
            if both / (len(members[one]) + len(members[other]) - both) >= overlap:
                yield one, other
