"""What is taught the same, by hand: a specialty at all its schools; groups whose names or specialties agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from networkx.utils import UnionFind

from benchmarks.beside.market import Market, Supplied
from benchmarks.beside.plain import Claim, Plain
from graph.identity import normalise_name

_SUFFIX = re.compile(r"(?:高水平|特色|骨干)?专业(?:集)?群$")


@dataclass
class Unit:
    """A specialty or the first of groups that are alike, with the places of its offerings, and its schools."""

    subject: str
    offerings: list[int]
    schools: set[str]
    groups: tuple[str, ...] = ()


def units(plain: Plain, sides: Market, overlap: float = 0.5) -> list[Unit]:
    """Every specialty that is taught, every class of groups."""
    places = {(one.school, one.kind[0]): place for place, one in enumerate(sides.supplied)}
    by_specialty: dict[str, list[int]] = {}
    for (_, specialty), place in places.items():
        by_specialty.setdefault(specialty, []).append(place)
    found = []
    for specialty, own in by_specialty.items():
        told = {sides.supplied[place].school for place in own}
        found.append(Unit(specialty, own, {school for school in told if school}))
    taught = sides.taught
    for alike in alike_groups(plain, taught.hosts, taught.members, overlap):
        inside = {
            places[school, one]
            for group in alike
            for school in taught.hosts[group]
            for one in taught.members.get(group, ())
        }
        schools = {school for group in alike for school in taught.hosts[group]}
        found.append(Unit(alike[0], sorted(inside), schools, alike))
    return found


def alike_groups(
    plain: Plain, hosts: dict[str, set[str]], members: dict[str, set[str]], overlap: float = 0.5
) -> list[tuple[str, ...]]:
    """The classes of groups that are alike by name, or share so much of their specialties."""
    listed = [group for _, group in plain.names(hosts)]
    alike = UnionFind(listed)
    by_name: dict[str, str] = {}
    including: dict[str, list[str]] = {}
    for group in listed:
        name = normalise_name(plain.named(group)[0])
        for school in sorted(hosts[group]):
            name = name.removeprefix(normalise_name(plain.named(school)[0]))
        if stem := _SUFFIX.sub("", name):
            alike.union(by_name.setdefault(stem, group), group)
        shared = Counter(
            other for specialty in members.get(group, ()) for other in including.get(specialty, ())
        )
        for other, both in shared.items():
            if both / (len(members[group]) + len(members[other]) - both) >= overlap:
                alike.union(other, group)
        for specialty in members.get(group, ()):
            including.setdefault(specialty, []).append(group)
    classes: dict[str, list[str]] = {}
    for group in listed:
        classes.setdefault(alike[group], []).append(group)
    return [tuple(own) for own in classes.values()]


def taught(plain: Plain, sides: Market, unit: Unit) -> list[Claim]:
    """The claims that it is taught."""
    claims = [claim for place in unit.offerings for claim in sides.supplied[place].claims]
    if unit.groups:
        for group in unit.groups:
            for kind in ("HOSTS", "STATES"):
                claims += plain.at(kind, group, None)
            claims += plain.of("INCLUDES", group, None)
    elif not claims:
        claims += plain.at("INCLUDES", unit.subject, None)
    return claims


def by_school(own: Iterable[Supplied]) -> dict[str | None, int]:
    """School → its known graduates together."""
    people: dict[str | None, int] = {}
    for one in own:
        if one.graduates is not None:
            people[one.school] = people.get(one.school, 0) + one.graduates
    return people


def largest_first(plain: Plain, schools: set[str], people: dict[str | None, int]) -> list[str]:
    """Schools by their known graduates, then by name; those that tell none last."""
    return sorted(schools, key=lambda one: (one not in people, -people.get(one, 0), plain.named(one)))


def enough(most_first: list[int], people: int) -> int:
    """How many schools, from the largest, train so many people."""
    for count, own in enumerate(most_first):
        if people <= 0:
            return count
        people -= own
    return len(most_first)
