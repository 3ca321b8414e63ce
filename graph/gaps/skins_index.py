"""The index of the two skins (两张皮指数): how far education groups the chains otherwise than industry does."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final, TypeAlias

import numpy as np

from graph.columns import Marks, Numbers
from graph.errors import LiantuError
from graph.gaps import breakdown, chain_ties, chains, partnerships, provision, scope
from graph.gaps.agreement import adjusted_mutual_information
from graph.gaps.breakdown import places_of, regions_above
from graph.gaps.chain_communities import bridges, by_structure, communities, rewired
from graph.gaps.chain_ties import Ties
from graph.gaps.chains import reach
from graph.gaps.changes import until
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Question,
    RowsByKind,
    label,
    rounded,
    surest,
    telling,
)
from graph.gaps.limited import Limited
from graph.gaps.partnerships import DONE
from graph.gaps.scope import Scope
from graph.language import Text
from graph.project import Projection
from graph.threads import one_ahead

SAMPLES: Final = 20
RUNS: Final = 10  # of the method of Louvain on each side
LOOSE: Final = 0.05  # a wider span of agreement is told in words
BY: Final = ("whole", "region", "year")
YEARS_SHOWN: Final = 10
Grouping: TypeAlias = tuple[int, ...]
_BLOCK: Final = 1_024  # rows that are compared at a time
_EXACT: Final = 2**24  # whole numbers below are exact in 32 bits
LEGEND: Final = Text(
    zh="指数 = 1 − 一致性：0 为院校与产业把产业链归成同样的群落，1 为毫无关系（两张皮）。"
    "z 为与随机改接的比较：大于 2 才说明一致不是偶然。",
    en="Index = 1 − agreement: 0 where schools and industry group the chains alike, 1 where the two have nothing in "
    "common. z compares with rewiring at random: only above 2 is the agreement no accident.",
)


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
    agreement_from: float | None = field(
        metadata=label("各次划分中最低的一致性", "lowest agreement of the groupings found")
    )
    agreement_to: float | None = field(
        metadata=label("各次划分中最高的一致性", "highest agreement of the groupings found")
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
    modularity by the method of Louvain [2]_, each side for itself, over the chains that both sides know. Many groupings
    may be almost as good [5]_: each side is grouped ten times, and the agreement is the mean over all pairs of groupings:

    .. math:: \text{index} = 1 - \max(0, \overline{\mathrm{AMI}}(U, V)), \qquad
              z = \frac{\overline{\mathrm{AMI}} - \mu_0}{\sigma_0}

    with the mean $\mu_0$ and deviation $\sigma_0$ of the agreement after the school–chain ties were rewired at random,
    every school keeping its number of chains and every chain its number of schools: in each round all schools are paired
    at random, and each pair deals out anew the chains that only one of the two has [3]_.

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
           column totals, Nature Communications 5 (2014) 4114; all pairs at once (global trades): C. J. Carstens,
           A. Berger, G. Strona, Curveball: a new generation of sampling algorithms for graphs with fixed degree
           sequence, arXiv:1609.05137 (2016).
    .. [4] R. Tarjan, A note on finding the bridges of a graph, Information Processing Letters 2 (1974) 160–161.
    .. [5] B. H. Good, Y.-A. de Montjoye, A. Clauset, Performance of modularity maximization in practical contexts,
           Physical Review E 81 (2010) 046106.
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
    above, register = regions_above(projection, minimum_confidence), projection.register
    lying = places_of(projection, minimum_confidence)
    schools = np.flatnonzero(lying.lengths)
    schools = schools[register.are(schools, "School")]
    places = {
        place
        for one in np.unique(lying.of_all(schools)).tolist()
        for place in reach(register.ids[one], above)
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
    counting = chain_ties.tops(projection, minimum_confidence)
    schools, school_rows = chain_ties.of_schools(projection, counting, minimum_confidence, realised)
    industry = chain_ties.of_industry(projection, counting, minimum_confidence)
    taught, working = np.unique(schools.chains), np.unique(industry.ties.chains)
    if not len(taught) and not len(working):
        return ()
    shared = np.intersect1d(taught, working)
    shared = shared[np.argsort(projection.register.order[shared])]
    shared = shared[by_structure([one.among(shared) for one in (schools, industry.ties)], len(shared))]
    ties = schools.among(shared)
    across = communities(industry.ties.among(shared), len(shared), RUNS)
    along = communities(ties, len(shared), RUNS)
    found = _agreements(along, across)
    agreement = statistics.fmean(found) if found else None
    null = _by_chance(ties, across, samples) if found else []
    mean = statistics.fmean(null) if null else None
    spread = statistics.stdev(null) if len(null) > 1 else 0.0
    z_score = (
        (agreement - mean) / spread if agreement is not None and mean is not None and spread > 1e-9 else None
    )
    index = None if agreement is None else 1 - max(0.0, min(1.0, agreement))
    premises: tuple[RowsByKind, ...] = ({"SERVES": school_rows}, industry.rows)
    sure = [one for one in (surest(projection, rows) for rows in premises) if one is not None]
    return (
        SkinsIndex(
            whole=_within(projection),
            index=rounded(index),
            agreement=rounded(agreement),
            agreement_from=rounded(min(found, default=None)),
            agreement_to=rounded(max(found, default=None)),
            by_chance=rounded(mean),
            z_score=rounded(z_score, 2),
            chains=len(shared),
            education_only=len(taught) - len(shared),
            industry_only=len(working) - len(shared),
            communities=_counted(along, across),
            assortativity=rounded(
                _assortativity(projection, schools, industry.enterprises, minimum_confidence, realised)
            ),
            bridges=bridges(schools),
            cut_off=_cut_off(projection, schools),
            meaning=_meaning(index, z_score, found),
            evidence=telling(projection, *((rows, 3) for rows in premises)),
            confidence=min(sure, default=None),
        ),
    )


def _within(projection: Projection) -> Text:
    """What the projection is limited to, in words."""
    told = projection.within
    return Text(zh=told, en=told) if told else Text(zh="全部", en="everything")


def _agreements(along: Sequence[Grouping], across: Sequence[Grouping]) -> list[float]:
    """The agreement of each grouping of one side with each of the other, where anything can agree or disagree."""
    known: dict[tuple[Grouping, Grouping], float | None] = {}
    for pair in product(along, across):
        if pair not in known:
            known[pair] = adjusted_mutual_information(*pair)
    return [told for pair in product(along, across) if (told := known[pair]) is not None]


def _by_chance(ties: Ties, across: Sequence[Grouping], samples: int) -> list[float]:
    """The agreement after each rewiring."""
    size = len(across[0])
    found = (
        _agreements(communities(mixed, size), across) for mixed in one_ahead(rewired(ties, size, samples))
    )
    return [statistics.fmean(told) if told else 0.0 for told in found]


def _assortativity(
    projection: Projection,
    schools: Ties,
    enterprises: Ties,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> float | None:
    """Pairs with a chain in common, less those expected of schools and enterprises with as many partners."""
    told = partnerships.partnerships(projection, minimum_confidence, realised)
    done, chains_of, ends = told.stages == DONE, [], []
    every = np.unique(np.concatenate([schools.chains, enterprises.chains]))
    for side, own in ((schools, told.schools[done]), (enterprises, told.enterprises[done])):
        partners = Ties(side.bodies, np.searchsorted(every, side.chains))
        joined, place = _joined(partners, own, len(every), len(projection.register))
        chains_of.append(joined)
        ends.append(place)
    tied = (ends[0] >= 0) & (ends[1] >= 0)
    pairs = int(tied.sum())
    if not pairs:
        return None
    (left, lefts), (right, rights) = (
        _distinct(joined, place[tied]) for joined, place in zip(chains_of, ends, strict=True)
    )
    same = sum(
        int((left[lefts[at : at + _BLOCK]] & right[rights[at : at + _BLOCK]]).any(axis=1).sum())
        for at in range(0, pairs, _BLOCK)
    )
    exact: Any = np.float32 if pairs < _EXACT else np.float64  # counts of pairs, which BLAS adds up
    often, others = np.bincount(lefts), np.bincount(rights).astype(exact)
    across, meeting = right.T.astype(exact), 0
    for at in range(0, len(left), _BLOCK):
        shared = left[at : at + _BLOCK].astype(exact) @ across
        meet = np.minimum(shared, 1, out=shared) @ others
        meeting += int(often[at : at + _BLOCK] @ meet.astype(np.int64))
    return same / pairs - meeting / pairs**2


def _joined(ties: Ties, bodies: Numbers, width: int, size: int) -> tuple[Marks, Numbers]:
    """Which chains each distinct one of the bodies joins, and of each body its row; -1 where it joins none."""
    asked = np.zeros(size, dtype=bool)
    asked[bodies] = True
    kept = asked[ties.bodies]
    distinct, rows = np.unique(ties.bodies[kept], return_inverse=True)
    joined = np.zeros((len(distinct), width), dtype=bool)
    joined[rows, ties.chains[kept]] = True
    place = np.full(size, -1, dtype=np.int64)
    place[distinct] = np.arange(len(distinct))
    return joined, place[bodies]


def _distinct(joined: Marks, rows: Numbers) -> tuple[Marks, Numbers]:
    """The distinct sets of chains of the rows, and which each row has."""
    packed = np.packbits(joined, axis=1)
    _, first, codes = np.unique(
        packed.view([("", packed.dtype)] * packed.shape[1]).ravel(), return_index=True, return_inverse=True
    )
    used, places = np.unique(codes[rows], return_inverse=True)
    return joined[first[used]], places


def _cut_off(projection: Projection, schools: Ties) -> tuple[Text, ...]:
    names = projection.register.names
    alone = np.bincount(schools.chains, minlength=len(projection.register))[schools.chains] == 1
    told = sorted(
        (names[chain], names[school])
        for school, chain in zip(schools.bodies[alone].tolist(), schools.chains[alone].tolist(), strict=True)
    )
    return tuple(Text(zh=f"{chain}（仅 {school}）", en=f"{chain} (only {school})") for chain, school in told)


def _counted(along: Sequence[Grouping], across: Sequence[Grouping]) -> tuple[Text, ...]:
    education, industry = map(_span, (along, across))
    return (
        Text(
            zh=f"院校一侧 {education} 个，产业一侧 {industry} 个",
            en=f"education {education}, industry {industry}",
        ),
    )


def _span(groupings: Sequence[Grouping]) -> str:
    """How many groups there are, from the fewest to the most."""
    counts = sorted({len(set(one)) for one in groupings})
    return str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"


def _meaning(index: float | None, z_score: float | None, found: Sequence[float]) -> Text:
    told = _in_words(index, z_score)
    if not found or max(found) - min(found) <= LOOSE:
        return told
    low, high = min(found), max(found)
    return Text(
        zh=f"{told.zh}；群落划分不唯一，一致性在 {low:.2f} 到 {high:.2f} 之间，取平均",
        en=f"{told.en}; the communities are not the only ones: agreement from {low:.2f} to {high:.2f}, the mean is taken",
    )


def _in_words(index: float | None, z_score: float | None) -> Text:
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
