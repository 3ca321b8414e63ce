"""Which groups could extend to a chain (可延伸的专业群), and why: shared specialties, occupations, schools in reach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.columns import Grouped, distinct, pairs_of
from graph.gaps.chains import Graph
from graph.gaps.demand import Demand
from graph.gaps.finding import Named
from graph.gaps.likeness import Likeness
from graph.gaps.provision import Provision
from graph.language import Text
from graph.project import Projection

LABELS: Final = ("Specialty", "SpecialtyGroup", "Region", "Park")
KINDS: Final = ("PREPARES_FOR", "LOCATED_IN", "PART_OF")
LIKENESS: Final = 0.5
_SHOWN: Final = 3
_ALIKE: Final = 8
_NAMES: Final = 2  # names in a reason


@dataclass(frozen=True)
class Nearest:
    """The groups nearest to a chain, why, and the specialties whose names come closest to its own."""

    groups: tuple[Named, ...]
    reasons: tuple[Text, ...]
    alike: tuple[Named, ...]


class Nearness:
    """Finds the nearest groups of many chains; what all of them need is read once."""

    def __init__(
        self,
        projection: Projection,
        provided: Provision,
        needs: Demand,
        minimum_confidence: float,
        likeness: float,
    ) -> None:
        self._projection = projection
        self._provided = provided
        self._needs = needs
        self._minimum = minimum_confidence
        self._likeness = likeness
        self._prepares = self._links("PREPARES_FOR")  # specialty → occupations
        prepares = projection.claims("PREPARES_FOR")
        told = prepares.sure(minimum_confidence)
        self._suited = Grouped(prepares.tails[told], len(projection.register), prepares.heads[told])
        self._names = Likeness({one: projection.name(one) for one in projection.ids("Specialty")})
        self._cities = _cities(projection, minimum_confidence)
        self._around = self._around_groups()

    def _around_groups(self) -> Grouped:
        """Group → the cities of the schools that host it; by number."""
        register, schools = self._projection.register, self._provided.schools
        hosted = [(group, school) for group, hosts in schools.items() for school in hosts]
        hosts = register.numbers(school for _, school in hosted)
        groups, cities = pairs_of(
            np.repeat(register.numbers(group for group, _ in hosted), self._cities.lengths[hosts]),
            self._cities.of_all(hosts),
        )
        return Grouped(groups, len(register), cities)

    def of(self, chain: str, inside: Collection[str], specialties: set[str]) -> Nearest:
        """The groups nearest to a chain with its parts, which `specialties` serve outside any group.

        A group is near by the specialties that serve the chain, that it or its enterprises demand, or that prepare
        for the occupations demanded; where there are none, by specialties with a name like the chain's.
        """
        register, ids = self._projection.register, self._projection.register.ids
        within = register.numbers(inside)
        demanders = np.union1d(within, self._needs.enterprises_inside(within))
        wants = self._needs.wants
        wanted = distinct(wants.demanded[wants.by_demander.of_all(demanders)])
        asked = wanted[register.are(wanted, "Specialty")]
        numbers = [register.numbers(specialties), asked, self._suited.of_all(wanted)]
        lacking = distinct(np.concatenate(numbers))
        alike = [one for one, _ in self._names.nearest(self._projection.name(chain), self._likeness, _ALIKE)]
        by_name = {self._projection.name(one): one for one in reversed(alike)}  # one name at several levels
        named = [Named(name, one) for name, one in reversed(by_name.items())][:_SHOWN]
        near_by = lacking if len(lacking) else register.numbers(alike)
        including = self._provided.including
        groups, counts = np.unique(including.of_all(near_by), return_counts=True)
        if not len(groups):
            return Nearest((), (), tuple(named))
        most = groups[counts >= np.sort(counts)[::-1][:_SHOWN][-1]]
        fitting = {ids[one] for one in near_by.tolist()}
        shared = {(group := ids[one]): self._provided.members[group] & fitting for one in most.tolist()}
        demanded = {ids[one] for one in wanted.tolist()}
        posts = {group: self._posts(own, demanded) for group, own in shared.items()}
        here = np.bincount(self._cities.of_all(demanders), minlength=len(self._cities))
        near = {
            group: int(here[self._around.of(number)].sum())
            for group, number in zip(shared, most.tolist(), strict=True)
        }
        ordered = sorted(
            shared,
            key=lambda one: (
                -len(shared[one]),
                -len(posts[one]),
                -near[one],
                Named(self._projection.name(one), one),
            ),
        )[:_SHOWN]
        claimed = bool(len(lacking))
        reasons = tuple(self._reason(one, shared[one], posts[one], near[one], claimed) for one in ordered)
        return Nearest(
            tuple(Named(self._projection.name(one), one) for one in ordered), reasons, tuple(named)
        )

    def _posts(self, specialties: set[str], demanded: set[str]) -> set[str]:
        return {post for one in specialties for post in self._prepares.get(one, ()) if post in demanded}

    def _reason(self, group: str, shared: set[str], posts: set[str], near: int, claimed: bool) -> Text:
        what = self._listed(shared)
        zh = [f"{'相同专业' if claimed else '名称相近的专业'} {len(shared)} 个（{what.zh}）"]
        en = [f"{len(shared)} specialties {'shared' if claimed else 'with a like name'} ({what.en})"]
        if posts:
            told = self._listed(posts)
            zh.append(f"面向所需岗位 {len(posts)} 个（{told.zh}）")
            en.append(f"prepares for {len(posts)} posts in demand ({told.en})")
        if near:
            zh.append(f"同城链上企业 {near} 家")
            en.append(f"{near} of the chain's enterprises in its city")
        name = self._projection.name(group)
        schools = sorted(self._projection.name(one) for one in self._provided.schools.get(group, ()))
        who = f"{schools[0]}·{name}" if schools else name
        return Text(zh=f"{who}：{'，'.join(zh)}", en=f"{who}: {', '.join(en)}")

    def _listed(self, identifiers: set[str]) -> Text:
        names = sorted(self._projection.name(one) for one in identifiers)
        more = len(names) > _NAMES
        return Text(
            zh="、".join(names[:_NAMES]) + ("等" if more else ""),
            en=", ".join(names[:_NAMES]) + (" …" if more else ""),
        )

    def _links(self, kind: str) -> Graph:
        claims = self._projection.claims(kind)
        heads, tails = claims.column("head"), claims.column("tail")
        found: dict[str, set[str]] = {}
        for row in claims.believed(self._minimum):
            found.setdefault(heads[row], set()).add(tails[row])
        return found


def _cities(projection: Projection, minimum_confidence: float) -> Grouped:
    """Node → the cities that it lies in (a municipality for its districts), as far up as the claims go; by number."""
    register = projection.register
    kinds = [projection.claims(kind) for kind in ("PART_OF", "LOCATED_IN")]
    believed = [claims.sure(minimum_confidence) for claims in kinds]
    heads = np.concatenate([claims.heads[rows] for claims, rows in zip(kinds, believed, strict=True)])
    tails = np.concatenate([claims.tails[rows] for claims, rows in zip(kinds, believed, strict=True)])
    places = register.are(tails, "Region", "Park")
    ones, where = pairs_of(heads[places], tails[places])
    above = Grouped(ones, len(register), where)
    cities = [_above(projection, above, place) for place in np.unique(where).tolist()]
    lengths = np.zeros(len(register), dtype=np.int64)
    lengths[np.unique(where)] = [len(own) for own in cities]
    of_place = Grouped.of_lengths(lengths, np.array([one for own in cities for one in own], dtype=np.int64))
    nodes, found = pairs_of(np.repeat(ones, of_place.lengths[where]), of_place.of_all(where))
    return Grouped(nodes, len(register), found)


def _above(projection: Projection, above: Grouped, place: int) -> list[int]:
    """The cities that a place lies in: itself where it is one or nothing is told of what it is in."""
    seen, waiting, found = {place}, [place], []
    while waiting:
        one = waiting.pop()
        higher = above.of(one).tolist()
        level = projection.value(projection.register.ids[one], "level") if higher else None
        if not higher or level in ("地级", "省级"):
            found.append(one)
        else:
            waiting.extend(place for place in higher if place not in seen)
            seen.update(higher)
    return sorted(found)
