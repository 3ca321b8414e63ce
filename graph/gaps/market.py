"""The two sides of the talent market (人才供需两侧): who is trained where, who is needed by whom, each person once.

A need that several claims tell of counts once: what a chain is said to need beyond what its parts and its enterprises
ask for is the chain's own need, so that the needs of all add up. `Market` is built once a projection and shared by
the questions that match supply with demand. Both sides are columns, which make an object of one offering or need when
it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from graph.columns import Grouped, pairs_of
from graph.errors import LiantuError
from graph.gaps import demand, provision
from graph.gaps.chains import Graph, parts_of_chains, reach, reversed_graph
from graph.gaps.demand import Demand
from graph.gaps.figures import Figures, figures
from graph.gaps.finding import MINIMUM_CONFIDENCE, REALISED
from graph.gaps.needs import Needed, Needs, needs_of
from graph.gaps.offers import Supplied, Supplies, supplies_of
from graph.gaps.provision import Provision
from graph.identity import label_of
from graph.project import Projection

__all__ = ["KINDS", "LABELS", "LADDER", "Market", "Needed", "Needs", "Supplied", "market"]

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


@dataclass(frozen=True, eq=False)
class Market:
    """Both sides, ordered by name, and what links them.

    `suited` gives the specialties that fit an occupation or specialty demanded, `prepared` is the same the other way
    round, `answers` the chains whose specialties count for a need of a chain, `inside` each chain with its parts.
    """

    supplied: Supplies
    needed: Needs
    suited: Graph
    prepared: Graph
    answers: Graph
    inside: Graph
    provided: Provision
    demand: Demand

    @cached_property
    def aimed(self) -> frozenset[str]:
        """The specialties of which a claim tells what they prepare for; that one is asked for by itself tells nothing."""
        return frozenset(one for one, posts in self.prepared.items() if not posts <= {one})

    @cached_property
    def accepted(self) -> Grouped:
        """The numbers of the chains whose specialties count for each of the sets of chains of `needed`."""
        nodes, sets = self.needed.nodes, self.needed.chains.chains
        told = np.unique(sets.values)
        counting = [
            nodes.numbers(self.answers.get(one, {one})) for one in map(nodes.ids.__getitem__, told.tolist())
        ]
        answers = Grouped(
            np.repeat(told, [len(own) for own in counting]),
            len(nodes),
            np.concatenate([np.zeros(0, dtype=np.int64), *counting]),
        )
        owners, chains = pairs_of(
            np.repeat(sets.keys, answers.lengths[sets.values]), answers.of_all(sets.values)
        )
        return Grouped(owners, len(sets), chains)


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
    return projection.once(
        (market, year, retention, minimum_confidence, realised),
        lambda: _built(projection, year, retention, minimum_confidence, realised),
    )


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
    asked = projection.once(
        (Demand, minimum_confidence, year), lambda: Demand(projection, minimum_confidence, year)
    )
    suited = _suited(projection, asked, minimum_confidence)
    answers = {
        chain: own | reach(chain, wholes) if projection.value(chain, "tier") == "环节" else own
        for chain, own in inside.items()
    }
    return Market(
        supplies_of(
            projection, provided, told_of_offerings(projection, provided, "graduates", year), retention
        ),
        needs_of(projection, asked, inside, year),
        suited,
        reversed_graph(suited),
        answers,
        inside,
        provided,
        asked,
    )


def told_of_offerings(projection: Projection, provided: Provision, column: str, year: int | None) -> Figures:
    """The graduates (or another column of OFFERS) of each offering of `provided`, worked out once."""
    return projection.once(
        (told_of_offerings, provided, column, year),
        lambda: figures(
            projection,
            "OFFERS",
            provided.offerings.rows,
            column=column,
            part="number",
            year=year,
            cautious=min,
        ),
    )


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
    for number in np.unique(asked.asks.demanded).tolist():
        demanded = projection.register.ids[number]
        if label_of(demanded) == "Specialty":
            suited.setdefault(demanded, set()).add(demanded)
    return suited
