"""Which groups could extend to a chain (可延伸的专业群), and why: shared specialties, occupations, schools in reach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, distinct_pairs
from graph.gaps.chains import Graph, reversed_graph
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
        self._suited = reversed_graph(self._prepares)
        self._names = Likeness({one: projection.name(one) for one in projection.ids("Specialty")})
        self._cities = _cities(projection, minimum_confidence)

    def of(self, chain: str, inside: Collection[str], specialties: set[str]) -> Nearest:
        """The groups nearest to a chain with its parts, which `specialties` serve outside any group.

        A group is near by the specialties that serve the chain, that it or its enterprises demand, or that prepare
        for the occupations demanded; where there are none, by specialties with a name like the chain's.
        """
        within = self._projection.register.numbers(inside)
        demanders = np.union1d(within, self._needs.enterprises_inside(within))
        wants, ids = self._needs.wants, self._projection.register.ids
        demanded = {
            ids[one] for one in np.unique(wants.demanded[wants.by_demander.of_all(demanders)]).tolist()
        }
        lacking = specialties | {one for one in demanded if one.startswith("Specialty:")}
        lacking = lacking.union(*(self._suited.get(one, ()) for one in demanded))
        alike = [one for one, _ in self._names.nearest(self._projection.name(chain), self._likeness, _ALIKE)]
        by_name = {self._projection.name(one): one for one in reversed(alike)}  # one name at several levels
        named = [Named(name, one) for name, one in reversed(by_name.items())][:_SHOWN]
        shared: dict[str, set[str]] = {}
        for specialty in lacking or alike:
            for group in self._provided.groups.get(specialty, ()):
                shared.setdefault(group, set()).add(specialty)
        if not shared:
            return Nearest((), (), tuple(named))
        least = sorted(map(len, shared.values()), reverse=True)[:_SHOWN][-1]
        shared = {group: own for group, own in shared.items() if len(own) >= least}
        posts = {group: self._posts(own, demanded) for group, own in shared.items()}
        here = np.bincount(self._cities.of_all(demanders), minlength=len(self._cities))
        near = {group: self._in_reach(group, here) for group in shared}
        ordered = sorted(
            shared,
            key=lambda one: (
                -len(shared[one]),
                -len(posts[one]),
                -near[one],
                Named(self._projection.name(one), one),
            ),
        )[:_SHOWN]
        reasons = tuple(
            self._reason(one, shared[one], posts[one], near[one], bool(lacking)) for one in ordered
        )
        return Nearest(
            tuple(Named(self._projection.name(one), one) for one in ordered), reasons, tuple(named)
        )

    def _posts(self, specialties: set[str], demanded: set[str]) -> set[str]:
        return {post for one in specialties for post in self._prepares.get(one, ()) if post in demanded}

    def _in_reach(self, group: str, here: NDArray[np.int64]) -> int:
        """The chain's enterprises in the cities of the group's schools; `here` counts those of each city."""
        schools = self._projection.register.numbers(self._provided.schools.get(group, ()))
        return int(here[np.unique(self._cities.of_all(schools))].sum())

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
    ones, where, _ = distinct_pairs(heads[places], tails[places])
    above = Grouped(ones, len(register), where)
    cities = [_above(projection, above, place) for place in np.unique(where).tolist()]
    lengths = np.zeros(len(register), dtype=np.int64)
    lengths[np.unique(where)] = [len(own) for own in cities]
    of_place = Grouped.of_lengths(lengths, np.array([one for own in cities for one in own], dtype=np.int64))
    nodes, found, _ = distinct_pairs(np.repeat(ones, of_place.lengths[where]), of_place.of_all(where))
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
