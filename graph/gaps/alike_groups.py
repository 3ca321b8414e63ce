"""Which specialty groups are the same in substance (同质专业群): by name, or by the specialties that they include.

A group exists inside one school, so no two are one node. Two are alike where their names agree but for the school's
name and the word 专业群, or where the specialties that they include agree to a share of `overlap` (Jaccard 1912); what is
alike to the same group stands in one class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from graph.gaps.joins import Join, parts, place_within
from graph.gaps.provision import Provision
from graph.identity import normalise_name
from graph.project import Projection

OVERLAP: Final = 0.5
_AT_ONCE: Final = 1_000_000  # pairs of groups that are compared together
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
    numbers: dict[str, int] = {}
    inside = [
        [numbers.setdefault(specialty, len(numbers)) for specialty in members.get(one, ())] for one in groups
    ]
    sizes = np.array([len(own) for own in inside], dtype=np.int64)
    including = np.repeat(np.arange(len(groups)), sizes)
    specialties = np.array([one for own in inside for one in own], dtype=np.int64)
    sharing, most = Join(including, specialties, including, specialties), len(groups)
    for start, end in parts([sharing], most, _AT_ONCE):
        ones, others = sharing.between(start, end)
        later = others > ones
        pairs = ones[later] * most + others[later]
        pairs.sort()
        firsts = np.flatnonzero(place_within(pairs) == 0)
        both = np.diff(np.append(firsts, len(pairs)))
        ones, others = np.divmod(pairs[firsts], most)
        alike = both / (sizes[ones] + sizes[others] - both) >= overlap
        for one, other in zip(ones[alike].tolist(), others[alike].tolist(), strict=True):
            yield groups[one], groups[other]
