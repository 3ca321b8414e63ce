"""What things of both sides of a structure count to, by hand: chains, clusters, sectors, specialties, regions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

from benchmarks.beside.market import market
from benchmarks.beside.plain import Plain, label
from graph.gaps.sectors import OF_CATEGORIES

OF_SPECIALTIES = {"category": "category", "class": "class_name", "sector": "category"}


class Units:
    """The units by one of `BY`; `sectors` are changes, `大类:第二产业; …`."""

    def __init__(self, plain: Plain, by: str, region_level: str, sectors: str | None) -> None:
        self._plain, self._by, self._level = plain, by, region_level
        changes = [line.split(":") for line in (sectors or "").split(";") if line.strip()]
        self._sectors = {**OF_CATEGORIES, **{category.strip(): sector for category, sector in changes}}
        self.of_chain = cache(self._of_chain)
        self.of_body = cache(self._of_body)

    def node(self, unit: str) -> tuple[str, str] | None:
        """The unit with its name, where it is a node."""
        return self._plain.named(unit) if self._by not in OF_SPECIALTIES else None

    def called(self, word: str) -> str:
        """The unit that a table calls so: a node by its key."""
        if self._by in OF_SPECIALTIES:
            return word
        return f"Region:{word}" if self._by == "region" else f"IndustryChain:{word}"

    def of_offering(self, school: str | None, specialty: str, chains: Iterable[str]) -> set[str]:
        """What the students of an offering count to."""
        if self._by in OF_SPECIALTIES:
            return self._of_specialty(specialty)
        if self._by == "region":
            return self.of_body(school) if school else set()
        return {unit for chain in chains for unit in self.of_chain(chain)}

    def of_need(self, demander: str, post: str, chains: Iterable[str]) -> set[str]:
        """What the people of a need count to: by specialty, to those that fit the post."""
        if self._by in OF_SPECIALTIES:
            suited = self._suited.get(post, ())
            return {unit for specialty in suited for unit in self._of_specialty(specialty)}
        return self.of_firm(demander, chains)

    def of_firm(self, firm: str, chains: Iterable[str]) -> set[str]:
        """What an enterprise counts to; a chain lies in no region."""
        if self._by == "region":
            return self.of_body(firm) if label(firm) == "Enterprise" else set()
        return {unit for chain in chains for unit in self.of_chain(chain)}

    @cached_property
    def _suited(self) -> dict[str, set[str]]:
        return market(self._plain).suited

    def _of_specialty(self, specialty: str) -> set[str]:
        word = self._plain.value(specialty, OF_SPECIALTIES[self._by])
        unit = self._sectors.get(word) if self._by == "sector" else word
        return {unit} if unit else set()

    def _of_chain(self, chain: str) -> set[str]:
        """Of a chain and its wholes those that are part of no other; by cluster, those of which no other is a part."""
        around, plain = self._plain.wholes(chain), self._plain
        if self._by == "cluster":
            fit = {one for one in around if plain.value(one, "tier") == "集群"}
            return {one for one in fit if not any(one in plain.wholes(other) for other in fit - {one})} or fit
        fit = {one for one in around if plain.value(one, "tier") not in ("集群", "行业")}
        return {one for one in fit if not (plain.wholes(one) - {one}) & fit} or fit

    def _of_body(self, body: str) -> set[str]:
        """The regions of the level in which a school or enterprise lies."""
        waiting = [claim["tail"] for claim in self._plain.of("LOCATED_IN", body, None)]
        seen: set[str] = set()
        while waiting:
            place = waiting.pop()
            if place not in seen and label(place) in ("Region", "Park"):
                seen.add(place)
                for kind in ("LOCATED_IN", "PART_OF"):
                    waiting += [claim["tail"] for claim in self._plain.of(kind, place, None)]
        return {
            one for one in seen if label(one) == "Region" and self._plain.value(one, "level") == self._level
        }
