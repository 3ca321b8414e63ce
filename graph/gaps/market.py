"""The two sides of the talent market (人才供需两侧): who is trained where, who is needed by whom, each person once.

A need that several claims tell of counts once: what a chain is said to need beyond what its parts and its enterprises
ask for is the chain's own need, so that the needs of all add up. `Market` is built once a projection and shared by
the questions that match supply with demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from graph.errors import LiantuError
from graph.gaps import demand, provision
from graph.gaps.chains import Graph, parts_of_chains, reach, reversed_graph
from graph.gaps.demand import Demand
from graph.gaps.figures import Figure, figure
from graph.gaps.finding import MINIMUM_CONFIDENCE, REALISED
from graph.gaps.provision import Provision
from graph.identity import label_of
from graph.project import Projection

LABELS: Final = tuple(dict.fromkeys((*provision.LABELS, *demand.LABELS)))
KINDS: Final = tuple(dict.fromkeys((*provision.KINDS, *demand.KINDS, "PART_OF", "PREPARES_FOR")))

LADDER: Final[Mapping[str, int]] = {
    "中职": 0,
    "技工": 0,
    "高职专科": 1,
    "职业本科": 2,
    "普通本科": 2,
    "本科": 2,
    "研究生": 3,
}
"""Levels of education from low to high; whoever has a higher one can fill a need for a lower one."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """What an offering (专业点) supplies: `graduates` a year who stay; None where no claim tells how many."""

    school: str | None
    specialty: str
    level: str | None
    chains: frozenset[str]
    graduates: int | None
    told: Figure  # what the claims say of all graduates
    rows: frozenset[int]  # of OFFERS


@dataclass(frozen=True, slots=True)
class Needed:
    """What an enterprise or a chain needs; `headcount` is None where no claim tells how many."""

    demander: str
    demanded: str
    level: str | None
    chains: frozenset[str]
    headcount: int | None
    rows: frozenset[int]  # of DEMANDS


@dataclass(frozen=True, eq=False)
class Market:
    """Both sides, ordered by name, and what links them.

    `suited` gives the specialties that fit an occupation or specialty demanded, `prepared` is the same the other way
    round, `answers` the chains whose specialties count for a need of a chain, `inside` each chain with its parts.
    """

    supplied: tuple[Supplied, ...]
    needed: tuple[Needed, ...]
    suited: Graph
    prepared: Graph
    answers: Graph
    inside: Graph
    provided: Provision
    demand: Demand


Key = tuple[int | None, float, float, tuple[str | None, ...]]
_MARKETS: Final[WeakKeyDictionary[Projection, dict[Key, Market]]] = WeakKeyDictionary()


def market(
    projection: Projection,
    *,
    year: int | None = None,
    retention: float = 1.0,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> Market:
    """The two sides of the talent market, built once a projection and set of parameters.

    `retention` is the share of graduates who stay (留存率): of each offering the whole people of that share count;
    `LiantuError` question.parameter where it is no share.
    """
    if not 0 <= retention <= 1:
        raise LiantuError("question.parameter", name="retention", value=retention, expected="0 … 1")
    kept = _MARKETS.setdefault(projection, {})
    key = (year, retention, minimum_confidence, realised)
    if key not in kept:
        kept[key] = _built(projection, year, retention, minimum_confidence, realised)
    return kept[key]


def _built(
    projection: Projection,
    year: int | None,
    retention: float,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> Market:
    parts = parts_of_chains(projection, minimum_confidence)
    wholes = reversed_graph(parts)
    chains = set(projection.ids("IndustryChain")) | parts.keys() | wholes.keys()
    inside = {chain: reach(chain, parts) for chain in chains}
    provided = provision.provision(projection, minimum_confidence, realised)
    asked = Demand(projection, minimum_confidence, year)
    suited = _suited(projection, asked, minimum_confidence)
    answers = {
        chain: own | reach(chain, wholes) if projection.value(chain, "tier") == "环节" else own
        for chain, own in inside.items()
    }
    supplied = _supplied(projection, provided, year, retention)
    needed = _needed(projection, asked, inside, year)
    return Market(
        tuple(sorted(supplied, key=lambda one: _place(projection, one.specialty, one.school, one.level))),
        tuple(sorted(needed, key=lambda one: _place(projection, one.demander, one.demanded, one.level))),
        suited,
        reversed_graph(suited),
        answers,
        inside,
        provided,
        asked,
    )


def _place(projection: Projection, first: str, second: str | None, third: str | None) -> tuple[str, ...]:
    """Where it stands in the order: by names, so that other ids give the same answer."""
    return (
        projection.name(first),
        projection.name(second) if second else "",
        third or "",
        first,
        second or "",
    )


def _supplied(
    projection: Projection, provided: Provision, year: int | None, retention: float
) -> Iterable[Supplied]:
    for offering, rows in provided.offered.items():
        told = figure(projection, "OFFERS", rows, column="graduates", part="number", year=year, cautious=min)
        yield Supplied(
            offering.school,
            offering.specialty,
            projection.value(offering.specialty, "level"),
            frozenset(provided.chains(offering)),
            None if told.value is None else int(told.value * retention),
            told,
            told.rows or frozenset(rows),
        )


def _needed(projection: Projection, asked: Demand, inside: Graph, year: int | None) -> Iterable[Needed]:
    of_chains: dict[str, dict[str, int]] = {}  # demanded → chain → what it is said to need
    of_enterprises: dict[str, dict[str, int]] = {}  # demanded → enterprise → what it asks for
    for demander, wanted in asked.needs.items():
        is_chain = label_of(demander) == "IndustryChain"
        for demanded, rows in wanted.items():
            whole = _headcount(projection, rows, year)
            if whole is None:
                chains = frozenset({demander} if is_chain else asked.chains.get(demander, ()))
                yield Needed(demander, demanded, None, chains, None, frozenset(rows))
            elif is_chain:
                of_chains.setdefault(demanded, {})[demander] = whole
            else:
                of_enterprises.setdefault(demanded, {})[demander] = whole
                chains = frozenset(asked.chains.get(demander, ()))
                for level, people in _by_level(projection, rows, whole, year):
                    yield Needed(demander, demanded, level, chains, people, frozenset(rows))
    for demanded, said in of_chains.items():
        for chain, beyond in _beyond(projection, said, of_enterprises.get(demanded, {}), asked, inside):
            rows = asked.needs[chain][demanded]
            levels = {projection.claims("DEMANDS").column("level")[row] for row in rows}
            level = next(iter(levels)) if len(levels) == 1 else None
            yield Needed(chain, demanded, level, frozenset({chain}), beyond, frozenset(rows))


def _beyond(
    projection: Projection, said: Mapping[str, int], asked: Mapping[str, int], needs: Demand, inside: Graph
) -> Iterable[tuple[str, int]]:
    """What each chain is said to need beyond its parts and its enterprises; small chains before those they are in."""
    beyond: dict[str, int] = {}
    order = sorted(said, key=lambda one: (len(inside[one]), -said[one], projection.name(one), one))
    for chain in order:
        enterprises = {one for part in inside[chain] for one in needs.enterprises.get(part, ())}
        covered = sum(asked.get(one, 0) for one in enterprises)
        covered += sum(beyond.get(part, 0) for part in inside[chain])
        beyond[chain] = max(0, said[chain] - covered)
        yield chain, beyond[chain]


def _headcount(projection: Projection, rows: Iterable[int], year: int | None) -> int | None:
    return figure(
        projection, "DEMANDS", rows, column="headcount", part="level", year=year, cautious=max
    ).value


def _by_level(
    projection: Projection, rows: Iterable[int], whole: int, year: int | None
) -> Iterable[tuple[str | None, int]]:
    """A number of people by level of education; what no level is told of stands under None."""
    levels: dict[str | None, list[int]] = {}
    column = projection.claims("DEMANDS").column("level")
    for row in rows:
        levels.setdefault(column[row], []).append(row)
    if len(levels) == 1:
        yield next(iter(levels)), whole
        return
    split = {
        level: _headcount(projection, own, year) or 0 for level, own in levels.items() if level is not None
    }
    told = sum(split.values())
    if told > whole:
        yield None, whole  # the levels contradict the whole: not told apart
        return
    yield from sorted(split.items())
    if whole > told:
        yield None, whole - told


def _suited(projection: Projection, asked: Demand, minimum_confidence: float) -> dict[str, set[str]]:
    """Occupation or specialty demanded → the specialties that fit it: itself, those that prepare for it, and those
    that the demander's own words name beside it."""
    suited: dict[str, set[str]] = {}
    prepares = projection.claims("PREPARES_FOR")
    heads, tails = prepares.column("head"), prepares.column("tail")
    for row in prepares.believed(minimum_confidence):
        suited.setdefault(tails[row], set()).add(heads[row])
    for post, specialty in asked.beside:
        suited.setdefault(post, set()).add(specialty)
    for wanted in asked.needs.values():
        for demanded in wanted:
            if label_of(demanded) == "Specialty":
                suited.setdefault(demanded, set()).add(demanded)
    return suited
