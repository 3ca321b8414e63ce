"""How near two bodies lie, by hand: in one district or park, one city, one province."""

from __future__ import annotations

from benchmarks.beside.plain import Plain, label

NEAR = ("同区或同园区", "同城", "同省")
FAR = len(NEAR)
Steps = tuple[set[str], set[str], set[str]]


class Whereabouts:
    """The districts, cities and provinces that bodies lie in, each place looked up once."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self._of_place: dict[str, Steps] = {}

    def of(self, body: str) -> Steps:
        """Where a body lies, as far as claims place it."""
        found: Steps = (set(), set(), set())
        for place in self._above(body):
            if place not in self._of_place:
                self._of_place[place] = self._wider(place)
            for mine, own in zip(found, self._of_place[place], strict=True):
                mine.update(own)
        return found

    def _above(self, body: str) -> set[str]:
        claims = [*self._plain.of("LOCATED_IN", body, None), *self._plain.of("PART_OF", body, None)]
        return {claim["tail"] for claim in claims if label(claim["tail"]) in ("Region", "Park")}

    def _wider(self, place: str) -> Steps:
        own: set[str] = set()
        provinces: set[str] = set()
        seen, waiting = {place}, [place]
        while waiting:
            one = waiting.pop()
            level = self._plain.value(one, "level") if label(one) == "Region" else None
            if label(one) == "Park" or level == "县级" or (one == place and level is None):
                own.add(one)
            if level == "省级":
                provinces.add(one)
            waiting += self._above(one) - seen
            seen |= self._above(one)
        return own, self._cities(place), provinces

    def _cities(self, place: str) -> set[str]:
        """The first above that are cities; what lies in nothing wider stands for one."""
        found: set[str] = set()
        seen, waiting = {place}, [place]
        while waiting:
            one = waiting.pop()
            above = self._above(one)
            if not above or (label(one) == "Region" and self._plain.value(one, "level") in ("地级", "省级")):
                found.add(one)
            else:
                waiting += above - seen
                seen |= above
        return found
