"""`skins_index` by hand: the communities into which schools and industry join the chains, and how far they agree."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.beside.pairs import pairs
from benchmarks.beside.plain import DONE_STAGE, Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.teaching import teaching

ROUNDS, SEED, WIDEST, RUNS = 6, 2024, 200, 10  # as they are declared: the same draws give the same answer
Joined = dict[str, set[str]]


def loop(plain: Plain, *, by: str = "whole", region_level: str = "县级", samples: int = 20) -> list[Row]:
    """One row for the whole, or one a year in which anything is told."""
    del region_level  # of regions this loop tells nothing
    if by == "whole":
        return _index(plain, samples, "全部")
    kinds = ("SERVES", "OPERATES_IN", "DEMANDS", "COOPERATES_WITH", "HOSTS", "INCLUDES", "OFFERS")
    days = {claim["observed"] or "" for kind in kinds for claim in plain.all(kind, None)}
    years = sorted({day[:4] for day in days if day[:4].isdigit()})[-10:]
    return [row for year in years for row in _index(plain.until(f"{year}-12-31"), samples, f"{year} 年底")]


def _index(plain: Plain, samples: int, whole: str) -> list[Row]:
    counted = {
        chain: _tops(plain, chain)
        for chain in plain.labelled["IndustryChain"]
        if plain.value(chain, "tier") != "行业"
    }
    schools, serving = _schools(plain, counted)
    firms, working = _firms(plain, counted)
    posts, asking = _posts(plain, counted, firms)
    neighbours = {}
    beside = list(plain.all("UPSTREAM_OF", None))
    for claim in beside:
        both = counted.get(claim["head"], set()) | counted.get(claim["tail"], set())
        neighbours[" ".join(sorted(both))] = both  # several claims of the same chains are one
    taught = set().union(*schools.values())
    made = set().union(*firms.values(), *posts.values(), *neighbours.values())
    if not taught and not made:
        return []
    shared = _ordered(sorted(taught & made, key=plain.named), schools, {**firms, **posts, **neighbours})
    place = {chain: number for number, chain in enumerate(shared)}
    ties = _numbered(schools.values(), place)
    industry = _numbered((*firms.values(), *posts.values(), *neighbours.values()), place)
    along, across = (_communities(own, len(shared), RUNS) for own in (ties, industry))
    found = _agreements(along, across)
    agreement = statistics.fmean(found) if found else None
    null = []
    for mixed in _rewired(ties, samples) if found else ():
        told = _agreements(_communities(mixed, len(shared), 1), across)
        null.append(statistics.fmean(told) if told else 0.0)
    mean = statistics.fmean(null) if null else None
    spread = statistics.stdev(null) if len(null) > 1 else 0.0
    z_score = (
        (agreement - mean) / spread if mean is not None and agreement is not None and spread > 1e-9 else None
    )
    index = None if agreement is None else 1 - max(0.0, min(1.0, agreement))
    graph: nx.Graph[str] = nx.Graph((school, chain) for school, own in schools.items() for chain in own)
    told = (serving, [*working, *asking, *beside])
    sure = [one for one in map(surest, told) if one is not None]
    return [
        {
            "whole": whole,
            "index": _round(index),
            "agreement": _round(agreement),
            "agreement_from": _round(min(found, default=None)),
            "agreement_to": _round(max(found, default=None)),
            "by_chance": _round(mean),
            "z_score": _round(z_score, 2),
            "chains": len(shared),
            "education_only": len(taught) - len(shared),
            "industry_only": len(made) - len(shared),
            "communities": (f"院校一侧 {_span(along)} 个，产业一侧 {_span(across)} 个",),
            "assortativity": _round(_assortativity(plain, schools, firms)),
            "bridges": sum(1 for _ in nx.bridges(graph)),
            "cut_off": tuple(
                f"{chain}（仅 {school}）"
                for chain, school in sorted(
                    (plain.named(chain)[0], plain.named(next(graph.neighbors(chain)))[0])
                    for chain in taught
                    if graph.degree(chain) == 1
                )
            ),
            "meaning": _meaning(index, z_score) + _loose(found),
            **rests_on(in_turn(telling(told[0], 3), telling(told[1], 3)), min(sure, default=None)),
        }
    ]


def _tops(plain: Plain, chain: str) -> set[str]:
    """The chains that a chain counts for: of a segment its wholes, of any other itself."""
    if plain.value(chain, "tier") != "环节":
        return {chain}
    above = {one for one in plain.wholes(chain) if plain.value(one, "tier") not in ("集群", "行业", "环节")}
    return above or {chain}


def _schools(plain: Plain, counted: Joined) -> tuple[Joined, list[Claim]]:
    """School → the chains that it, its groups or the specialties that it offers serve; and the claims."""
    taught = teaching(plain)
    offering: dict[str, set[str]] = {}
    for school, specialty in taught.offerings:
        if school is not None:
            offering.setdefault(specialty, set()).add(school)
    found: Joined = {}
    claims = [
        claim
        for claim in plain.all("SERVES")
        if label(claim["head"]) in ("School", "SpecialtyGroup", "Specialty")
    ]
    for claim in claims:
        head, kind = claim["head"], label(claim["head"])
        known = taught.hosts if kind == "SpecialtyGroup" else offering
        for school in {head} if kind == "School" else known.get(head, ()):
            found.setdefault(school, set()).update(counted.get(claim["tail"], ()))
    return {school: own for school, own in found.items() if own}, claims


def _firms(plain: Plain, counted: Joined) -> tuple[Joined, list[Claim]]:
    """Enterprise → the chains in which it operates; and the claims."""
    found: Joined = {}
    claims = [
        claim
        for claim in plain.all("OPERATES_IN", None)
        if label(claim["head"]) == "Enterprise" and claim["tail"] in counted
    ]
    for claim in claims:
        found.setdefault(claim["head"], set()).update(counted[claim["tail"]])
    return found, claims


def _posts(plain: Plain, counted: Joined, firms: Joined) -> tuple[Joined, list[Claim]]:
    """Occupation or specialty demanded → the chains that demand it, themselves or their enterprises; and the claims."""
    found: Joined = {}
    claims = []
    for claim in plain.all("DEMANDS", None):
        chains = counted.get(claim["head"]) or firms.get(claim["head"])
        if chains:
            claims.append(claim)
            found.setdefault(claim["tail"], set()).update(chains)
    return found, claims


def _numbered(bodies: Iterable[set[str]], place: dict[str, int]) -> list[set[int]]:
    return [own for body in bodies if (own := {place[chain] for chain in body if chain in place})]


def _ordered(chains: list[str], *sides: Joined) -> list[str]:
    """Chains by whom they are joined by, and with which others: names decide only between those joined alike."""
    own: list[dict[str, list[set[str]]]] = []
    for side in sides:
        joining: dict[str, list[set[str]]] = {chain: [] for chain in chains}
        for body in side.values():
            for chain in (kept := body & joining.keys()):
                joining[chain].append(kept)
        own.append(joining)
    weights: dict[str, dict[str, list[float]]] = {}
    for chain in chains:
        ties: dict[str, list[float]] = {}
        for number, joining in enumerate(own):
            for body in joining[chain]:
                for other in body - {chain} if len(body) <= WIDEST else ():
                    ties.setdefault(other, [0.0] * len(own))[number] += 1 / (len(body) - 1)
        weights[chain] = {other: [round(one, 9) for one in told] for other, told in ties.items()}
    keys: dict[str, Any] = {
        chain: [sorted(len(body) for body in joining[chain]) for joining in own] for chain in chains
    }
    known = 0
    while True:
        distinct = sorted({repr(key): key for key in keys.values()}.values())
        colour = {chain: distinct.index(keys[chain]) for chain in chains}
        if len(distinct) == known:
            return sorted(chains, key=colour.__getitem__)
        known = len(distinct)
        keys = {
            chain: [colour[chain], sorted([colour[other], *told] for other, told in weights[chain].items())]
            for chain in chains
        }


def _agreements(along: list[list[int]], across: list[list[int]]) -> list[float]:
    told = (_agreement(one, other) for one in along for other in across)
    return [one for one in told if one is not None]


def _span(groupings: list[list[int]]) -> str:
    counts = sorted({len({*one}) for one in groupings})
    return str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"


def _loose(found: list[float]) -> str:
    if not found or max(found) - min(found) <= 0.05:
        return ""
    return f"；群落划分不唯一，一致性在 {min(found):.2f} 到 {max(found):.2f} 之间，取平均"


def _communities(bodies: Iterable[Iterable[int]], size: int, runs: int) -> list[list[int]]:
    """The community of each chain, several times: whoever joins k chains ties each two of them by 1 ÷ (k − 1)."""
    weights: dict[tuple[int, int], float] = {}
    for chains, often in Counter(tuple(sorted(own)) for own in bodies).items():
        if 1 < len(chains) <= WIDEST:
            for pair in combinations(chains, 2):
                weights[pair] = weights.get(pair, 0.0) + often / (len(chains) - 1)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from((*pair, round(weights[pair], 9)) for pair in sorted(weights))
    groupings = []
    for run in range(runs):
        found = [0] * size
        for number, community in enumerate(nx.community.louvain_communities(graph, seed=SEED + run)):
            for one in community:
                found[one] = number
        groupings.append(found)
    return groupings


def _agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """The adjusted mutual information of two groupings; None where nothing can agree or disagree."""
    total, rows, columns = len(first), Counter(first), Counter(second)
    if total < 2 or all(len(groups) in (1, total) for groups in (rows, columns)):
        return None
    mutual = sum(
        n / total * math.log(total * n / (rows[row] * columns[column]))
        for (row, column), n in Counter(zip(first, second, strict=True)).items()
    )
    entropy = sum(-n / total * math.log(n / total) for groups in (rows, columns) for n in groups.values())
    expected = 0.0
    for a in rows.values():
        for b in columns.values():
            for n in range(max(1, a + b - total), min(a, b) + 1):
                chance = math.comb(a, n) * math.comb(total - a, b - n) / math.comb(total, b)
                expected += n / total * math.log(total * n / (a * b)) * chance
    most = entropy / 2 - expected
    return (mutual - expected) / most if abs(most) > 1e-12 else None


def _rewired(bodies: list[set[int]], samples: int) -> Iterator[list[set[int]]]:
    """The schools with their chains mixed at random: in each round all are paired, and each pair deals out anew."""
    chance = np.random.default_rng(SEED)
    mixed = sorted(bodies, key=lambda own: sum(1 << chain for chain in own))
    half = len(mixed) // 2
    for _ in range(samples if len(mixed) > 1 else 0):
        for _ in range(ROUNDS):
            shuffled = chance.permutation(len(mixed)).tolist()
            couples = list(zip(shuffled[:half], shuffled[half : 2 * half], strict=True))
            differing = [sorted(mixed[one] ^ mixed[other]) for one, other in couples]
            draws = chance.random(sum(map(len, differing))).tolist()
            begin = 0
            for (one, other), chains in zip(couples, differing, strict=True):
                if chains:
                    own = draws[begin : begin + len(chains)]
                    begin += len(chains)
                    dealt = [chain for _, chain in sorted(zip(own, chains, strict=True))]
                    kept, size = mixed[one] & mixed[other], len(mixed[one] - mixed[other])
                    mixed[one], mixed[other] = kept.union(dealt[:size]), kept.union(dealt[size:])
        yield mixed


def _assortativity(plain: Plain, schools: Joined, firms: Joined) -> float | None:
    """The share of realised pairs with a chain in common, less that expected by the numbers of partners."""
    number: dict[str, int] = {}
    bits = [
        {body: sum(1 << number.setdefault(chain, len(number)) for chain in own) for body, own in side.items()}
        for side in (schools, firms)
    ]
    done = [
        (bits[0][school], bits[1][firm])
        for (school, firm), pair in pairs(plain).items()
        if pair.stage == DONE_STAGE and school in bits[0] and firm in bits[1]
    ]
    if not done:
        return None
    often, others = (Counter(side) for side in zip(*done, strict=True))
    same = sum(one & other > 0 for one, other in done)
    meeting = sum(
        count * sum(many for other, many in others.items() if one & other) for one, count in often.items()
    )
    return same / len(done) - meeting / len(done) ** 2


def _meaning(index: float | None, z_score: float | None) -> str:
    if index is None:
        return "两侧共有的产业链太少或都不成群落，算不出指数"
    if z_score is None or z_score < 2:
        return f"指数 {index:.2f}：院校的布局与产业的群落并不比随机更一致"
    return f"指数 {index:.2f}：院校的布局与产业的群落有超出偶然的一致（z = {z_score:.1f}）"


def _round(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits) + 0
