"""Where documents come from (发文地): the region or park whose name the name of an issuer begins with.

重庆市璧山区教育委员会 → 璧山区 (narrower than 重庆市), 璧山高新区管委会 → the park. An agency is located nowhere in the
graph; its own name says where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from graph.gaps.finding import Named, named
from graph.gaps.limited import Limited
from graph.identity import normalise_name
from graph.project import Projection

KINDS: Final = ("ISSUED_BY",)
_LEAST: Final = 2  # characters of a name by which a place is known


class Issuers:
    """The places of those who issue each document, and whether they are asked about."""

    def __init__(self, projection: Projection, minimum_confidence: float) -> None:
        limited = isinstance(projection, Limited) and projection.scope.region is not None
        self._whole = projection.whole if isinstance(projection, Limited) else projection
        self._inside = {*projection.ids("Region"), *projection.ids("Park")} if limited else None
        self._known = self._whole.once(Issuers, lambda: _places(self._whole))
        claims = projection.claims("ISSUED_BY")
        heads, tails = claims.column("head"), claims.column("tail")
        self._found: dict[str, set[str]] = {}
        for row in claims.believed(minimum_confidence):
            place = place_named(self._whole.name(tails[row]), self._known)
            if place is not None:
                self._found.setdefault(heads[row], set()).add(place)

    def places(self, document: str | None) -> tuple[Named, ...]:
        """The regions and parks of a document's issuers, by name; none where their names tell none."""
        return named(self._whole, self._found.get(document or "", ()))

    def asked(self, document: str | None, bodies: Iterable[str] = ()) -> bool:
        """Whether what a document sets is asked about: by its issuers' place, or as a task of one of these bodies.

        So it is where nobody knows its place. A document of another place sets tasks of the region where a body of the
        region, or the region itself, is to do them (`璧山区政府`).
        """
        inside, places = self._inside, self._found.get(document or "")
        if inside is None or not places or places & inside:
            return True
        return any(
            body in inside or place_named(self._whole.name(body), self._known) in inside for body in bodies
        )


def place_named(agency: str, known: Mapping[str, str | None]) -> str | None:
    """The place that an agency's name begins with, the narrowest of those that follow each other; None without one."""
    rest, found = normalise_name(agency), None
    while rest:
        sizes = (size for size in range(len(rest), _LEAST - 1, -1) if rest[:size] in known)
        size = next(sizes, None)
        if size is None:
            return found
        found = known[rest[:size]]
        if found is None:  # several places have that name
            return None
        rest = rest[size:]
    return found


def _places(projection: Projection) -> dict[str, str | None]:
    """Name → the region or park that has it; None where several have it. Whole names go before short ones (北碚)."""
    found: dict[str, str | None] = {}
    for told in (_whole(projection), _short(projection)):
        fresh: dict[str, set[str]] = {}
        for name, place in told:
            if len(name) >= _LEAST and name not in found:
                fresh.setdefault(name, set()).add(place)
        found |= {name: places.pop() if len(places) == 1 else None for name, places in fresh.items()}
    return found


def _whole(projection: Projection) -> Iterator[tuple[str, str]]:
    for label in ("Region", "Park"):
        for place in projection.ids(label):
            yield normalise_name(projection.name(place)), place
            for alias in projection.value(place, "aliases") or ():
                yield normalise_name(alias), place


def _short(projection: Projection) -> Iterator[tuple[str, str]]:
    for place in projection.ids("Region"):
        yield normalise_name(projection.name(place))[:-1], place
