"""The index of the two skins (两张皮指数): how far education groups the chains otherwise than industry does."""

from __future__ import annotations

import math
import random
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from graph.errors import LiantuError
from graph.gaps import breakdown, chains, partnerships, provision, scope
from graph.gaps.agreement import adjusted_mutual_information
from graph.gaps.breakdown import places_of, regions_above
from graph.gaps.chains import parts_of_chains, reach, reversed_graph
from graph.gaps.changes import until
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Question,
    label,
    surest,
    telling,
)
from graph.gaps.partnerships import DONE
from graph.gaps.scope import Limited, Scope
from graph.language import Text
from graph.project import Projection

if TYPE_CHECKING:
    import networkx as nx

SAMPLES: Final = 20
BY: Final = ("whole", "region", "year")
YEARS_SHOWN: Final = 10
_SEED: Final = 2024
_TRADES: Final = 3  # trades a school, after which the ties are well mixed
_WIDEST: Final = 200  # who joins more chains than this says nothing about which belong together
LEGEND: Final = Text(
    zh="指数 = 1 − 一致性：0 为院校与产业把产业链归成同样的群落，1 为毫无关系（两张皮）。"
    "z 为与随机改接的比较：大于 2 才说明一致不是偶然。",
    en="Index = 1 − agreement: 0 where schools and industry group the chains alike, 1 where the two have nothing in "
    "common. z compares with rewiring at random: only above 2 is the agreement no accident.",
)

Ties = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkinsIndex(Finding):
    """One number for the whole of what is looked at, with what it is made of."""

    whole: Text = field(metadata=label("范围", "of what", head=Text("范围", "of what")))
    index: float | None = field(
        metadata=label("两张皮指数", "index of the two skins", head=Text("指数", "index"), legend=LEGEND)
    )
    agreement: float | None = field(
        metadata=label("群落一致性（AMI）", "agreement of communities, AMI", head=Text("一致性", "agreement"))
    )
    by_chance: float | None = field(
        metadata=label(
            "随机改接的一致性（均值）", "agreement after rewiring, mean", head=Text("随机", "by chance")
        )
    )
    z_score: float | None = field(metadata=label("z 值", "z-score", head=Text("z", "z")))
    chains: int = field(
        metadata=label("两侧都有的产业链数", "chains on both sides", head=Text("产业链", "chains"))
    )
    education_only: int = field(metadata=label("只有院校一侧的产业链", "chains of the education side alone"))
    industry_only: int = field(metadata=label("只有产业一侧的产业链", "chains of the industry side alone"))
    communities: tuple[Text, ...] = field(
        metadata=label("两侧各成的群落数", "communities on each side", note=True)
    )
    assortativity: float | None = field(
        metadata=label("校企合作的同链程度（模块度）", "cooperation within one chain, modularity")
    )
    bridges: int = field(metadata=label("割边数（断一条即断开）", "bridges between schools and chains"))
    cut_off: tuple[Text, ...] = field(
        metadata=label(
            "一所院校退出就无人对接的产业链", "chains that one school's leaving cuts off", note=True
        )
    )
    meaning: Text = field(metadata=label("含义", "meaning", note=True))


def skins_index(
    projection: Projection,
    *,
    by: str = "whole",
    region_level: str = "县级",
    samples: int = SAMPLES,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[SkinsIndex, ...]:
    r"""How far the communities of chains on the education side agree with those on the industry side.

    The education side joins two chains by each school that serves both (itself, by a group or by a specialty that it
    offers); the industry side by each enterprise that operates in both and each occupation that both demand, and by
    claims that one is upstream of the other. Parts count for their wholes. A body that joins $k$ chains adds
    $1/(k-1)$ to each pair [1]_, so that large bodies do not drown the others. Communities are those of greatest
    modularity by the method of Louvain [2]_, each side for itself, over the chains that both sides know:

    .. math:: \text{index} = 1 - \max(0, \mathrm{AMI}(U, V)), \qquad
              z = \frac{\mathrm{AMI} - \mu_0}{\sigma_0}

    with the mean $\mu_0$ and deviation $\sigma_0$ of the agreement after the school–chain ties were rewired at random,
    every school keeping its number of chains and every chain its number of schools: pairs of schools trade the chains
    that only one of them has [3]_.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    by : str
        `whole`; `region`: each region of `region_level` with a school in it, by itself (as `Scope` limits to it);
        `year`: at the end of each of the last ten years of which a claim speaks, as it was known then.
    region_level : str
        The level of regions: 省级, 地级, 县级.
    samples : int
        How many rewirings; fewer than 2 leave the z-score out.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses that count as done; None is a claim told without a status.

    Returns
    -------
    tuple of SkinsIndex
        One finding for the whole, each region (the largest index first) or each year, none where no chain is tied to a
        school or an enterprise.

    Notes
    -----
    `bridges` are ties between a school and a chain without which the two would fall apart [4]_; `cut_off` names the
    chains that a single school serves. `assortativity` is the modularity of realised cooperation between schools and
    enterprises with respect to chains: the share of pairs with a chain in common less that expected of schools and
    enterprises drawn by their number of partners. With $s$ rewirings, $m$ ties, $h$ schools and $n$
    chains it takes $O(s (m + h n^2))$.

    References
    ----------
    .. [1] M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64 (2001) 016132.
    .. [2] V. D. Blondel et al., Fast unfolding of communities in large networks, J. Stat. Mech. (2008) P10008.
    .. [3] G. Strona et al., A fast and unbiased procedure to randomize ecological binary matrices with fixed row and
           column totals, Nature Communications 5 (2014) 4114.
    .. [4] R. Tarjan, A note on finding the bridges of a graph, Information Processing Letters 2 (1974) 160–161.
    """
    if by not in BY:
        raise LiantuError("question.parameter", name="by", value=by, expected=" | ".join(BY))
    if by == "region":
        found = [
            replace(one, whole=Text(zh=name, en=name))
            for name, part in _by_region(projection, region_level, minimum_confidence)
            for one in _index(part, samples, minimum_confidence, realised)
        ]
        return tuple(sorted(found, key=lambda one: (one.index is None, -(one.index or 0), one.whole.zh)))
    if by == "year":
        return tuple(
            replace(one, whole=Text(zh=f"{year} 年底", en=f"end of {year}"))
            for year in _years(projection, minimum_confidence)
            for one in _index(until(projection, f"{year}-12-31"), samples, minimum_confidence, realised)
        )
    return _index(projection, samples, minimum_confidence, realised)


def _by_region(
    projection: Projection, level: str, minimum_confidence: float
) -> Iterator[tuple[str, Projection]]:
    """Each region of a level in which a school lies, by name, and the projection limited to it."""
    above = regions_above(projection, minimum_confidence)
    places = {
        place
        for body, own in places_of(projection, minimum_confidence).items()
        if body.startswith("School:")
        for one in own
        for place in reach(one, above)
        if place.startswith("Region:") and projection.value(place, "level") == level
    }
    outer = projection.scope if isinstance(projection, Limited) else Scope()
    for region in sorted(places, key=lambda one: (projection.name(one), one)):
        yield projection.name(region), replace(outer, region=region).limit(projection)


def _years(projection: Projection, minimum_confidence: float) -> list[int]:
    """The last years of which a claim on either side speaks."""
    found = set()
    for kind in ("SERVES", "OPERATES_IN", "DEMANDS", "COOPERATES_WITH", "HOSTS", "INCLUDES", "OFFERS"):
        claims = projection.claims(kind)
        observed = claims.column("observed")
        words = {observed[row] for row in claims.believed(minimum_confidence)}
        found |= {int(word[:4]) for word in words if word and word[:4].isdigit()}
    return sorted(found)[-YEARS_SHOWN:]


def _index(
    projection: Projection, samples: int, minimum_confidence: float, realised: tuple[str | None, ...]
) -> tuple[SkinsIndex, ...]:
    """The finding for one projection, none where no chain is tied to a school or an enterprise."""
    wholes = reversed_graph(parts_of_chains(projection, minimum_confidence))
    tops = _tops(projection, wholes)
    provided = provision.provision(projection, minimum_confidence, realised)
    schools, school_rows = _schools(projection, provided, tops, minimum_confidence, realised)
    industry, chained, industry_rows = _industry(projection, tops, minimum_confidence)
    taught = {chain for served in schools.values() for chain in served}
    working = {chain for joined in industry.values() for chain in joined}
    shared = sorted(taught & working, key=lambda one: (projection.name(one), one))
    if not taught and not working:
        return ()
    order = {one: place for place, one in enumerate(shared)}
    ties = _ordered(projection, schools, order)
    across = _communities(
        order, [frozenset(order[c] for c in joined if c in order) for joined in _sorted(projection, industry)]
    )
    along = _communities(order, ties)
    agreement = adjusted_mutual_information(along, across)
    null = _rewired(order, ties, across, samples) if agreement is not None else []
    mean = statistics.fmean(null) if null else None
    spread = statistics.stdev(null) if len(null) > 1 else 0.0
    z_score = (
        (agreement - mean) / spread if agreement is not None and mean is not None and spread > 1e-9 else None
    )
    index = None if agreement is None else 1 - max(0.0, min(1.0, agreement))
    premise = {**school_rows, **industry_rows}
    return (
        SkinsIndex(
            whole=_within(projection),
            index=_rounded(index),
            agreement=_rounded(agreement),
            by_chance=_rounded(mean),
            z_score=_rounded(z_score, 2),
            chains=len(shared),
            education_only=len(taught - working),
            industry_only=len(working - taught),
            communities=_counted(along, across),
            assortativity=_rounded(
                _assortativity(projection, schools, chained, minimum_confidence, realised)
            ),
            bridges=_bridges(schools),
            cut_off=_cut_off(projection, schools),
            meaning=_meaning(index, z_score),
            evidence=telling(projection, premise),
            confidence=surest(projection, premise),
        ),
    )


def _within(projection: Projection) -> Text:
    """What the projection is limited to, in words."""
    told = projection.within
    return Text(zh=told, en=told) if told else Text(zh="全部", en="everything")


def _tops(projection: Projection, wholes: chains.Graph) -> dict[str, frozenset[str]]:
    """Chain → the chains that it counts for: of a segment its wholes, of any other itself; no clusters, no industries."""
    tier = {one: projection.value(one, "tier") for one in projection.ids("IndustryChain")}

    def counts_for(one: str) -> frozenset[str]:
        above = {whole for whole in reach(one, wholes) if tier.get(whole) not in ("集群", "行业", "环节")}
        return frozenset(above if tier.get(one) == "环节" and above else {one})

    return {
        one: frozenset(top for top in counts_for(one) if projection.asks(top))
        for one in tier
        if tier[one] != "行业"
    }


def _schools(
    projection: Projection,
    provided: provision.Provision,
    tops: Ties,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> tuple[dict[str, set[str]], dict[str, set[int]]]:
    """School → the chains that it serves, and the rows of SERVES that say so."""
    found: dict[str, set[str]] = {}
    for head, served in provided.served.items():
        kind = head.partition(":")[0]
        if kind == "School":
            bodies = {head}
        elif kind == "SpecialtyGroup":
            bodies = provided.schools.get(head, set())
        elif kind == "Specialty":
            bodies = provided.by_specialty.get(head, set())
        else:
            continue
        counted = {top for chain in served for top in tops.get(chain, ())}
        for school in bodies if counted else ():
            found.setdefault(school, set()).update(counted)
    claims = projection.claims("SERVES")
    rows = {
        row
        for row in claims.believed(minimum_confidence)
        if claims.column("status")[row] in realised
        and claims.column("head")[row].startswith(("School:", "Specialty:", "SpecialtyGroup:"))
    }
    return found, {"SERVES": rows}


def _industry(
    projection: Projection, tops: Ties, minimum_confidence: float
) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[int]]]:
    """Enterprise, occupation or pair of neighbours → the chains that it joins; enterprise → chains; and the rows."""
    joined: dict[str, set[str]] = {}
    rows: dict[str, set[int]] = {}
    operates = projection.claims("OPERATES_IN")
    heads, tails = operates.column("head"), operates.column("tail")
    rows["OPERATES_IN"] = set()
    for row in operates.believed(minimum_confidence):
        if heads[row].startswith("Enterprise:") and tops.get(tails[row]):
            joined.setdefault(heads[row], set()).update(tops[tails[row]])
            rows["OPERATES_IN"].add(row)
    chained = {one: set(own) for one, own in joined.items()}
    demands = projection.claims("DEMANDS")
    heads, tails = demands.column("head"), demands.column("tail")
    for row in demands.believed(minimum_confidence):
        own = chained.get(heads[row]) or tops.get(heads[row])
        if own:
            joined.setdefault(tails[row], set()).update(own)
    upstream = projection.claims("UPSTREAM_OF")
    for row in upstream.believed(minimum_confidence):
        ends = {top for end in ("head", "tail") for top in tops.get(upstream.column(end)[row], ())}
        if ends:
            joined.setdefault("→".join(sorted(ends)), set()).update(ends)
        rows.setdefault("UPSTREAM_OF", set()).add(row)
    return joined, chained, rows


def _sorted(projection: Projection, joined: Mapping[str, set[str]]) -> list[set[str]]:
    """What each body joins, in an order that does not depend on ids."""
    return sorted(joined.values(), key=lambda own: sorted(projection.name(one) for one in own))


def _ordered(
    projection: Projection, schools: Mapping[str, set[str]], order: Mapping[str, int]
) -> list[frozenset[int]]:
    return [
        frozenset(order[one] for one in served if one in order) for served in _sorted(projection, schools)
    ]


def _communities(order: Mapping[str, int], ties: list[frozenset[int]]) -> list[int]:
    """The community of each chain, by its place in `order`; who stands alone is a community of its own."""
    import networkx as nx  # noqa: PLC0415 (a third of a second that other questions do not need)
    import numpy as np  # noqa: PLC0415

    joining = Counter(own for own in ties if 1 < len(own) <= _WIDEST)
    incidence = np.zeros((len(joining), len(order)))
    for row, own in enumerate(joining):
        incidence[row, list(own)] = 1.0
    each = np.array([times / (len(own) - 1) for own, times in joining.items()])
    weights = np.triu((incidence * each[:, None]).T @ incidence, 1).round(9) if joining else np.zeros((0, 0))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(order)))
    graph.add_weighted_edges_from(
        (int(one), int(other), float(weights[one, other]))
        for one, other in zip(*np.nonzero(weights), strict=True)
    )
    found = [0] * len(order)
    for number, community in enumerate(nx.community.louvain_communities(graph, seed=_SEED)):
        for one in community:
            found[one] = number
    return found


def _rewired(
    order: Mapping[str, int], ties: list[frozenset[int]], across: list[int], samples: int
) -> list[float]:
    """The agreement after each rewiring that keeps how many ties each has: schools trade chains in pairs."""
    chance = random.Random(_SEED)  # noqa: S311 (no secret)
    agreements = []
    mixed = [sorted(own) for own in ties if own]
    for _ in range(samples if len(mixed) > 1 else 0):
        for _ in range(_TRADES * len(mixed)):
            one, other = chance.sample(range(len(mixed)), 2)
            mine, yours = set(mixed[one]), set(mixed[other])
            traded = sorted(mine ^ yours)
            chance.shuffle(traded)
            kept, cut = mine & yours, len(mine - yours)
            mixed[one], mixed[other] = [*kept, *traded[:cut]], [*kept, *traded[cut:]]
        agreement = adjusted_mutual_information(
            _communities(order, [frozenset(own) for own in mixed]), across
        )
        agreements.append(0.0 if agreement is None else agreement)
    return agreements


def _assortativity(
    projection: Projection,
    schools: Mapping[str, set[str]],
    chained: Mapping[str, set[str]],
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> float | None:
    """Pairs with a chain in common, less those expected of schools and enterprises with as many partners."""
    told, ids = partnerships.partnerships(projection, minimum_confidence, realised), projection.register.ids
    done = told.stages == DONE
    together = zip(told.schools[done].tolist(), told.enterprises[done].tolist(), strict=True)
    pairs = [(ids[school], ids[enterprise]) for school, enterprise in together]
    pairs = [
        (school, enterprise) for school, enterprise in pairs if school in schools and enterprise in chained
    ]
    if not pairs:
        return None
    same = sum(not schools[school].isdisjoint(chained[enterprise]) for school, enterprise in pairs) / len(
        pairs
    )
    left = Counter(frozenset(schools[school]) for school, _ in pairs)
    right = Counter(frozenset(chained[enterprise]) for _, enterprise in pairs)
    meeting = sum(n * m for one, n in left.items() for other, m in right.items() if not one.isdisjoint(other))
    return same - meeting / len(pairs) ** 2


def _bridges(schools: Mapping[str, set[str]]) -> int:
    import networkx as nx  # noqa: PLC0415 (a third of a second that other questions do not need)

    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((school, chain) for school, served in schools.items() for chain in served)
    return sum(1 for _ in nx.bridges(graph))


def _cut_off(projection: Projection, schools: Mapping[str, set[str]]) -> tuple[Text, ...]:
    serving: dict[str, list[str]] = {}
    for school, served in schools.items():
        for chain in served:
            serving.setdefault(chain, []).append(school)
    alone = sorted(
        (projection.name(chain), projection.name(own[0])) for chain, own in serving.items() if len(own) == 1
    )
    return tuple(Text(zh=f"{chain}（仅 {school}）", en=f"{chain} (only {school})") for chain, school in alone)


def _counted(along: list[int], across: list[int]) -> tuple[Text, ...]:
    education, industry = len(set(along)), len(set(across))
    return (
        Text(
            zh=f"院校一侧 {education} 个，产业一侧 {industry} 个",
            en=f"education {education}, industry {industry}",
        ),
    )


def _meaning(index: float | None, z_score: float | None) -> Text:
    if index is None:
        return Text(
            zh="两侧共有的产业链太少或都不成群落，算不出指数",
            en="too few chains on both sides, or no communities: no index",
        )
    if z_score is None or z_score < 2:
        return Text(
            zh=f"指数 {index:.2f}：院校的布局与产业的群落并不比随机更一致",
            en=f"index {index:.2f}: schools agree with the communities of industry no better than by chance",
        )
    return Text(
        zh=f"指数 {index:.2f}：院校的布局与产业的群落有超出偶然的一致（z = {z_score:.1f}）",
        en=f"index {index:.2f}: schools agree with the communities of industry, more than by chance (z = {z_score:.1f})",
    )


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None or math.isnan(value) else round(value, digits) + 0.0


QUESTION = Question(
    name="skins_index",
    title=Text(zh="两张皮指数", en="The index of the two skins"),
    definition=Text(
        zh="院校把产业链连成的群落（同一院校对接），"
        "与产业把产业链连成的群落（同一企业、同一岗位、上下游）一致到什么程度："
        "1 减去调整互信息，并与随机改接的结果比较。",
        en="How far the communities into which schools join the chains (one school serves both) agree with those into "
        "which industry joins them (one enterprise, one occupation, upstream): 1 less the adjusted mutual information, "
        "compared with rewiring at random.",
    ),
    finding=SkinsIndex,
    answer=skins_index,
    labels=tuple(
        dict.fromkeys(
            (*chains.LABELS, *provision.LABELS, *partnerships.LABELS, "Occupation", *breakdown.LABELS)
        )
    ),
    kinds=tuple(
        dict.fromkeys(
            (
                "UPSTREAM_OF",
                *provision.KINDS,
                *partnerships.KINDS,
                "OPERATES_IN",
                "DEMANDS",
                *breakdown.KINDS,
                *scope.KINDS,
            )
        )
    ),
)
