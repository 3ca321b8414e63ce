"""Needs met and unmet (岗位缺口): which posts of which chains find people, and which stay empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.columns import Grouped, distinct_pairs, in_order, largest, totals
from graph.gaps import market
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    each_later,
    label,
    names_of,
)
from graph.gaps.many import findings
from graph.gaps.market import Market
from graph.gaps.matching import match
from graph.gaps.needs import Needs
from graph.gaps.offers import text_order
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class TalentMatching(Finding):
    """A post or specialty needed in a chain, at a level: how many of the people needed are found."""

    demanded: Named = field(
        metadata=label(
            "需求岗位或专业", "post or specialty needed", head=Text("岗位或专业", "post or specialty")
        )
    )
    chains: tuple[Named, ...] = field(
        metadata=label("产业链", "chains", head=Text("产业链", "chains"), bound=True)
    )
    level: str | None = field(metadata=label("学历层次", "level", head=Text("学历层次", "level")))
    region: str | None = field(metadata=label("所在地区", "region"))
    needed: int | None = field(
        metadata=label("需求人数（已知）", "people needed, as known", head=Text("需求人数", "needed"))
    )
    matched: int | None = field(metadata=label("可满足", "of these found", head=Text("可满足", "found")))
    shortage: int | None = field(metadata=label("缺口", "of these not found", head=Text("缺口", "short")))
    unknown: int = field(metadata=label("未填人数的需求方", "demanders who do not say how many"))
    demanders: tuple[Named, ...] = field(metadata=label("需求方", "who needs them", note=True))
    specialties: tuple[Named, ...] = field(
        metadata=label("可培养的专业", "specialties that prepare for it", note=True)
    )
    offered: int = field(metadata=label("开设这些专业的专业点数", "offerings of these specialties"))


def talent_matching(
    projection: Projection,
    *,
    year: int | None = None,
    retention: float = 1.0,
    by_region: bool = False,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[TalentMatching, ...]:
    r"""Which needs the region's graduates meet, and which they leave open.

    The assignment is that of `talent_balance`: of all known graduates to all known needs, each person once, as many
    needs met as can be. With $x_{od}$ graduates of offering $o$ in need $d$ of size $n_d$, and $D_k$ the needs of one
    post or specialty, one level and the same chains,

    .. math::

       \text{matched}(k) = \sum_{d \in D_k} \sum_o x_{od}, \qquad
       \text{shortage}(k) = \sum_{d \in D_k} n_d - \text{matched}(k)

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    year : int or None
        Count figures of this year alone; None: of each offering and each demand its own latest year.
    retention : float
        The share of graduates who stay (留存率), from 0 to 1.
    by_region : bool
        Tell needs of different regions apart. A need lies where its enterprise does; that of a chain nowhere.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS and INCLUDES that count as done. A plan to hire is a demand.

    Returns
    -------
    tuple of TalentMatching
        The largest shortage first, then what is met, then needs of unknown size.

    Notes
    -----
    The number matched in all is unique. Needs that the same offerings can fill share what there is in proportion to
    their size; between others the fit decides, so that a shortage may be moved from one post to another that
    the same people could fill, never away. Evidence: the claims of the need. Beyond the assignment it takes
    $O(n \log n)$ for $n$ needs.

    References
    ----------
    .. [1] F. L. Hitchcock, The distribution of a product from several sources to numerous localities, J. Math. Phys. 20
           (1941) 224–230.
    """
    sides = market.market(
        projection, year=year, retention=retention, minimum_confidence=minimum_confidence, realised=realised
    )
    needed, names = sides.needed, names_of(projection)
    met = np.array(match(sides).met, dtype=np.int64)
    there = np.flatnonzero(
        ~needed.known | (needed.headcounts > 0)
    )  # the others need no one beyond what is counted
    regions, of_region = _regions_of(projection, needed.demanders[there], minimum_confidence, by_region)
    columns = needed.demanded[there], needed.level_codes[there], needed.chain_sets[there], of_region
    alike = np.zeros(len(there), dtype=np.int64)
    for column in columns:
        *_, alike = distinct_pairs(alike, column)
    groups = Grouped(alike, int(alike.max(initial=-1)) + 1, there)
    known = np.bincount(alike, needed.known[there], len(groups)).astype(np.int64)
    people = totals(needed.headcounts[there], alike, len(groups))
    matched = totals(met[there], alike, len(groups))
    confidences = projection.claims("DEMANDS").confidences[needed.rows.values]
    surest_of = largest(largest(confidences, needed.rows, 0.0)[groups.values], groups, 0.0)
    first = groups.values[groups.starts[:-1]] if len(groups) else there
    region_of = of_region[np.searchsorted(there, first)]
    chains = names.of_groups(needed.chains.chains)
    asking = distinct_pairs(groups.keys, needed.demanders[groups.values])
    demanders = names.of_groups(Grouped(asking[0], len(groups), asking[1]))
    fitting = _Fitting(projection, sides)
    order = np.lexsort(
        (
            text_order([*regions, None])[region_of],
            _chains_order(projection, needed.chains.chains)[needed.chain_sets[first]],
            text_order([*needed.levels, None])[needed.level_codes[first]],
            projection.register.order[needed.demanded[first]],
            -np.array(people, dtype=np.float64),
            -np.array([need - found for need, found in zip(people, matched, strict=True)], dtype=np.float64),
            known == 0,
        )
    )
    shown = order.tolist()
    told = [people[group] if some else None for group, some in zip(shown, known[order].tolist(), strict=True)]
    demanded = needed.demanded[first][order].tolist()
    fits = {one: fitting.of(one) for one in set(demanded)}
    return findings(
        TalentMatching,
        len(shown),
        demanded=[names[one] for one in demanded],
        chains=[chains[of_set] for of_set in needed.chain_sets[first][order].tolist()],
        level=[needed.level(code) for code in needed.level_codes[first][order].tolist()],
        region=[regions[lying] if lying >= 0 else None for lying in region_of[order].tolist()],
        needed=told,
        matched=[None if one is None else matched[group] for one, group in zip(told, shown, strict=True)],
        shortage=[
            None if one is None else one - matched[group] for one, group in zip(told, shown, strict=True)
        ],
        unknown=(groups.lengths - known)[order].tolist(),
        demanders=[demanders[group] for group in shown],
        specialties=[fits[one][0] for one in demanded],
        offered=[fits[one][1] for one in demanded],
        evidence=each_later(partial(_evidence, projection, needed, groups), shown),
        confidence=surest_of[order].tolist(),
    )


def _evidence(projection: Projection, needed: Needs, groups: Grouped, group: int) -> tuple[Claim, ...]:
    return best_evidence(projection, {"DEMANDS": needed.rows.of_all(groups.of(group))}, 3)


class _Fitting:
    """What fits an occupation or specialty demanded: the specialties, and how many offerings of them there are."""

    def __init__(self, projection: Projection, sides: Market) -> None:
        self._sides, self._names, self._ids = sides, names_of(projection), projection.register.ids
        self._offerings = np.bincount(sides.supplied.specialties, minlength=len(projection.register))

    def of(self, demanded: int) -> tuple[tuple[Named, ...], int]:
        """The specialties that fit, and how many offerings of them there are."""
        suited = self._sides.provided.register.numbers(self._sides.suited.get(self._ids[demanded], ()))
        return self._names(suited), int(self._offerings[suited].sum())


def _chains_order(projection: Projection, sets: Grouped) -> NDArray[np.int64]:
    """The place of each set of chains in the order of their names."""
    order, ends = projection.register.order, sets.starts.tolist()
    in_sets = order[sets.values[in_order(sets.keys, order[sets.values])]].tolist()
    keys = [in_sets[start:end] for start, end in pairwise(ends)]
    places = np.empty(len(keys), dtype=np.int64)
    places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return places


def _regions_of(
    projection: Projection, demanders: NDArray[np.int64], minimum_confidence: float, by_region: bool
) -> tuple[list[str], NDArray[np.int64]]:
    """The names of the regions, and which of them each demander lies in; -1 where it is not asked or not known."""
    if not by_region:
        return [], np.full(len(demanders), -1, dtype=np.int64)
    known = _regions(projection, minimum_confidence)
    regions = sorted(set(known.values()))
    places = {name: place for place, name in enumerate(regions)}
    distinct, at = np.unique(demanders, return_inverse=True)
    told = (known.get(projection.register.ids[number]) for number in distinct.tolist())
    return regions, np.array([-1 if one is None else places[one] for one in told], dtype=np.int64)[at]


def _regions(projection: Projection, minimum_confidence: float) -> dict[str, str]:
    """Where enterprises lie: the name of the region, or of the region of their park."""
    parks = _places(projection, "PART_OF", minimum_confidence)
    located = _places(projection, "LOCATED_IN", minimum_confidence)
    found: dict[str, str] = {}
    for one, places in located.items():
        regions = {place for place in places if label_of(place) == "Region"}
        regions = regions or {
            region for park in places for region in parks.get(park, set()) | located.get(park, set())
        }
        names = sorted(projection.name(region) for region in regions if label_of(region) == "Region")
        if names:
            found[one] = names[0]
    return found


def _places(projection: Projection, kind: str, minimum_confidence: float) -> dict[str, set[str]]:
    claims = projection.claims(kind)
    heads, tails = claims.column("head"), claims.column("tail")
    found: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        if label_of(heads[row]) in ("Enterprise", "Park"):
            found.setdefault(heads[row], set()).add(tails[row])
    return found


QUESTION = Question(
    name="talent_matching",
    title=Text(zh="岗位缺口", en="Needs met and unmet"),
    definition=Text(
        zh="把全部已知毕业生按“专业面向职业、层次不低于要求”分配给全部已知需求，每人只算一次，满足的需求最多；每条链、每个岗位、每个层次满足了多少、还缺多少。",
        en="All known graduates are assigned to all known needs (the specialty prepares for the post, the level is no "
        "lower than asked), each person once, so that most needs are met: how many people of each post, chain and "
        "level are found and how many are short.",
    ),
    finding=TalentMatching,
    answer=talent_matching,
    labels=(*market.LABELS, "Region", "Park"),
    kinds=(*market.KINDS, "LOCATED_IN"),
)
