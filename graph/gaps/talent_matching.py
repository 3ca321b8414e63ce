"""Needs met and unmet (岗位缺口): which posts of which chains find people, and which stay empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.gaps import market
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    label,
    named,
    surest,
)
from graph.gaps.market import Market, Needed
from graph.gaps.matching import match
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
    chains: tuple[Named, ...] = field(metadata=label("产业链", "chains", head=Text("产业链", "chains")))
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
    met = match(sides).met
    regions = _regions(projection, minimum_confidence) if by_region else {}
    offered: dict[str, int] = {}
    for one in sides.supplied:
        offered[one.specialty] = offered.get(one.specialty, 0) + 1
    groups: dict[tuple[str, str | None, frozenset[str], str | None], list[int]] = {}
    for number, need in enumerate(sides.needed):
        if need.headcount == 0:  # nothing beyond what others are counted for
            continue
        key = (need.demanded, need.level, need.chains, regions.get(need.demander))
        groups.setdefault(key, []).append(number)
    found = [
        _finding(projection, sides, [(sides.needed[one], met[one]) for one in members], key[3], offered)
        for key, members in groups.items()
    ]
    return tuple(sorted(found, key=_most_short))


def _finding(
    projection: Projection,
    sides: Market,
    members: Iterable[tuple[Needed, int]],
    region: str | None,
    offered: dict[str, int],
) -> TalentMatching:
    members = tuple(members)
    first = members[0][0]
    known = [(one.headcount, met) for one, met in members if one.headcount is not None]
    needed = sum(people for people, _ in known) if known else None
    matched = sum(met for _, met in known) if known else None
    rows = {"DEMANDS": {row for one, _ in members for row in one.rows}}
    suited = sides.suited.get(first.demanded, set())
    return TalentMatching(
        demanded=Named(projection.name(first.demanded), first.demanded),
        chains=named(projection, first.chains),
        level=first.level,
        region=region,
        needed=needed,
        matched=matched,
        shortage=None if needed is None or matched is None else needed - matched,
        unknown=sum(one.headcount is None for one, _ in members),
        demanders=named(projection, {one.demander for one, _ in members}),
        specialties=named(projection, suited),
        offered=sum(offered.get(one, 0) for one in suited),
        evidence=best_evidence(projection, rows, 3),
        confidence=surest(projection, rows),
    )


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


def _most_short(one: TalentMatching) -> tuple[bool, int, int, Named, str, tuple[Named, ...], str]:
    known = one.needed is None, -(one.shortage or 0), -(one.needed or 0)
    return *known, one.demanded, one.level or "", one.chains, one.region or ""


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
