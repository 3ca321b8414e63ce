"""Where documents come from, by hand: the region or park that the names of their issuers begin with."""

from __future__ import annotations

from benchmarks.beside.plain import Named, Plain
from graph.identity import normalise_name


def places_of_issuers(plain: Plain) -> dict[str, tuple[Named, ...]]:
    """Document → the regions and parks that its issuers' names begin with."""
    whole: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for kind in ("Region", "Park"):
        for place in plain.labelled[kind]:
            for name in (plain.named(place)[0], *(plain.value(place, "aliases") or ())):
                whole.setdefault(normalise_name(name), set()).add(place)
    for place in plain.labelled["Region"]:
        short.setdefault(normalise_name(plain.named(place)[0])[:-1], set()).add(place)
    known = {name: places for name, places in (short | whole).items() if len(name) > 1}
    longest = max(map(len, known), default=0)
    found: dict[str, set[str]] = {}
    for claim in plain.all("ISSUED_BY", None):
        place = _place(normalise_name(plain.named(claim["tail"])[0]), known, longest)
        if place is not None:
            found.setdefault(claim["head"], set()).add(place)
    return {document: plain.names(places) for document, places in found.items()}


def _place(rest: str, known: dict[str, set[str]], longest: int) -> str | None:
    """The last of the names of places that follow each other at the beginning; None where several have one of them."""
    found = None
    while rest:
        size = next((size for size in range(min(longest, len(rest)), 1, -1) if rest[:size] in known), None)
        if size is None:
            break
        if len(known[rest[:size]]) > 1:
            return None
        (found,) = known[rest[:size]]
        rest = rest[size:]
    return found
