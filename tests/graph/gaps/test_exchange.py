"""The exchange of talent, against its definition worked out pair by pair, and against networkx's bipartite matching."""

from collections import Counter
from itertools import product

import networkx as nx
import numpy as np
import pytest

from graph import gaps
from graph.errors import LiantuError
from graph.gaps.deferred_acceptance import stable_assignment
from graph.gaps.exchange import exchange
from graph.gaps.market import market
from graph.gaps.matching import misfit
from graph.gaps.preferences import preferences
from graph.gaps.stable_round import stable_round
from graph.project import Projection

DONE = ("完成", None)


def round_of(projection, proposing="school", choices=50):
    sides = market(projection)
    return stable_round(
        projection, sides, choices=choices, proposing=proposing, minimum_confidence=0.5, realised=DONE
    )


def working(made):
    """(school, enterprise) pairs that cooperate or build together, done."""
    pairs = made.done("COOPERATES_WITH")
    built = made.done("CO_BUILDS")
    return pairs | {
        (one, other)
        for (one, thing), (other, same) in product(built, built)
        if thing == same and one.startswith("School:") and other.startswith("Enterprise:")
    }


def lying(made, body):
    """The districts and parks, cities and provinces of a body."""
    level = {row["id"]: row.get("level") for row in made.nodes["Region"]}
    pairs = [(r["head"], r["tail"]) for kind in ("LOCATED_IN", "PART_OF") for r in made.claims(kind)]
    pairs = [(head, tail) for head, tail in pairs if tail.startswith(("Region:", "Park:"))]

    def above(one):
        return {tail for head, tail in pairs if head == one}

    def cities(one, seen=()):
        if not above(one) or level.get(one) in ("地级", "省级"):
            return {one}
        return {city for up in above(one) - set(seen) for city in cities(up, (*seen, one))}

    places = above(body)
    every = set(places)
    for _ in range(5):
        every |= {up for one in every for up in above(one)}
    district = {one for one in every if one.startswith("Park:") or level.get(one) == "县级"}
    district |= {one for one in places if one.startswith("Region:") and level[one] is None}
    return district, {c for one in places for c in cities(one)}, {o for o in every if level.get(o) == "省级"}


def nearness(made, school, enterprise):
    for step, (one, other) in enumerate(zip(lying(made, school), lying(made, enterprise), strict=True)):
        if one & other:
            return step
    return 3


def pay(made, need):
    rows = [r for r in made.claims("DEMANDS") if (r["head"], r["tail"]) == (need.demander, need.demanded)]
    return max((row.get("pay") or 0 for row in rows), default=0)


def test_both_sides_rank_as_the_definition_says(five_hundred_graphs):
    compared = 0
    for made, projection in five_hundred_graphs:
        sides = market(projection)
        lists = preferences(projection, sides, choices=50, minimum_confidence=0.5, realised=DONE)
        together = working(made)
        liking, liked = {}, {}
        for (d, need), (o, offering) in product(enumerate(sides.needed), enumerate(sides.supplied)):
            against = misfit(sides, offering, need)
            if against is None or offering.school is None or not need.demander.startswith("Enterprise:"):
                continue
            works = (offering.school, need.demander) not in together
            near = nearness(made, offering.school, need.demander)
            accepted = {part for chain in need.chains for part in sides.answers.get(chain, {chain})}
            serves = accepted.isdisjoint(offering.chains)
            unknown = -1 if offering.graduates is None else offering.graduates
            people = -1 if need.headcount is None else need.headcount
            liking[d, o] = (against, works, near, serves, -unknown, o)
            liked[d, o] = (against, works, -pay(made, need), near, -people, d)
        found = dict(
            zip(zip(lists.needs, lists.offerings, strict=True), range(len(lists.needs)), strict=True)
        )
        assert found.keys() == liking.keys()
        for (d, o), row in found.items():
            assert lists.rank[row] == sum(liking[d, x] < liking[d, o] for e, x in liking if e == d)
            assert lists.liked[row] == sum(liked[x, o] < liked[d, o] for x, p in liked if p == o)
        compared += len(found)
    assert compared > 300


def blocking(held):
    """The pairs that would both rather be with each other than as the round leaves them."""
    lists, found = held.lists, []
    have = [one.graduates or 0 for one in held.market.supplied]
    want = [one.headcount or 0 for one in held.market.needed]
    for need, offering, rank, liked in zip(
        lists.needs, lists.offerings, lists.rank, lists.liked, strict=True
    ):
        content = held.held[(lists.offerings == offering) & (lists.liked <= liked)].sum() == have[offering]
        full = held.held[(lists.needs == need) & (lists.rank <= rank)].sum() == want[need]
        if not content and not full:
            found.append((need, offering))
    return found


def most_of_all(proposers, receivers, have, want):
    """Units placed at most, each unit a node, by Hopcroft and Karp's bipartite matching of networkx."""
    graph = nx.Graph()
    units = [("first", int(p), i) for p in set(proposers.tolist()) for i in range(have[p])]
    graph.add_nodes_from(units)
    for p, r in zip(proposers.tolist(), receivers.tolist(), strict=True):
        graph.add_edges_from(
            (("first", p, i), ("second", r, j)) for i in range(have[p]) for j in range(want[r])
        )
    return len(nx.bipartite.hopcroft_karp_matching(graph, units)) // 2


def test_the_round_is_stable_and_places_half_of_the_most_at_least(five_hundred_graphs):
    placed = 0
    for _, projection in five_hundred_graphs:
        held = round_of(projection)
        assert blocking(held) == []
        for number, one in enumerate(held.market.supplied):
            assert held.held[held.lists.offerings == number].sum() + held.left[number] == (one.graduates or 0)
        for number, one in enumerate(held.market.needed):
            assert held.held[held.lists.needs == number].sum() + held.open[number] == (one.headcount or 0)
        assert (held.held >= 0).all()
        amounts = [
            np.array([(getattr(one, name) or 0) // 10 for one in side])
            for name, side in (("graduates", held.market.supplied), ("headcount", held.market.needed))
        ]  # all numbers of the random graphs are tens
        most = most_of_all(held.lists.offerings, held.lists.needs, *amounts)
        total = int(held.held.sum()) // 10
        assert most <= 2 * total <= 2 * most
        placed += total
    assert placed > 200


def random_market(chance):
    """A market with wishes of both sides by chance, which conflict more than those of the graphs."""
    size = chance.integers(2, 9, 2)
    pairs = [pair for pair in product(range(size[0]), range(size[1])) if chance.random() < 0.8]
    proposers, receivers = (np.array([p[i] for p in pairs], dtype=np.int64) for i in (0, 1))
    first, second = (chance.permutation(len(pairs)) for _ in range(2))
    have, want = (chance.integers(0, 5, count) for count in size)
    return proposers, receivers, first, second, have, want


def test_of_any_wishes_the_assignment_is_stable_and_best_for_those_who_propose():
    chance = np.random.default_rng(7)
    conflicts, fewer = 0, 0
    for _ in range(500):
        proposers, receivers, first, second, have, want = random_market(chance)
        held = stable_assignment(proposers, receivers, first, second, have, want)
        other = stable_assignment(receivers, proposers, second, first, want, have)
        for one in (held, other):
            for p, r, i, j in zip(proposers, receivers, first, second, strict=True):
                content = one[(proposers == p) & (first <= i)].sum() == have[p]
                full = one[(receivers == r) & (second <= j)].sum() == want[r]
                assert content or full
        for ends, amounts in ((proposers, have), (receivers, want)):
            for number, amount in enumerate(amounts):
                assert held[ends == number].sum() == other[ends == number].sum() <= amount
        for p in range(len(have)):  # of the best of its list it never has fewer than in the other's best
            for i in first[proposers == p]:
                better = (proposers == p) & (first <= i)
                assert held[better].sum() >= other[better].sum()
        most = most_of_all(proposers, receivers, have, want)
        assert most <= 2 * held.sum() <= 2 * most
        conflicts += bool((held != other).any())
        fewer += int(held.sum()) < most
    assert conflicts > 10
    assert fewer > 20


def test_the_round_is_the_same_whoever_proposes_because_some_pair_always_likes_each_other_best(
    five_hundred_graphs,
):
    placed = 0
    for _, projection in five_hundred_graphs:
        held = round_of(projection)
        assert (round_of(projection, "enterprise").held == held.held).all()
        left = [*zip(held.lists.needs, held.lists.offerings, held.lists.rank, held.lists.liked, strict=True)]
        while left:  # whoever is left, of which pairs one likes each other best
            best = {n: min(rank for need, _, rank, _ in left if need == n) for n, *_ in left}
            liked = {o: min(own for _, other, _, own in left if other == o) for _, o, *_ in left}
            mutual = [one for one in left if one[2] == best[one[0]] and one[3] == liked[one[1]]]
            assert mutual
            left = [one for one in left if one not in mutual]
        placed += int((held.held > 0).sum())
    assert placed > 100


def test_short_lists_hold_the_best_of_the_long_ones(five_hundred_graphs):
    cut = 0
    for _, projection in five_hundred_graphs[::10]:
        sides = market(projection)
        long, short = (
            preferences(projection, sides, choices=number, minimum_confidence=0.5, realised=DONE)
            for number in (50, 1)
        )
        best = {
            (int(n), int(o))
            for n, o, rank in zip(long.needs, long.offerings, long.rank, strict=True)
            if not rank
        }
        assert {(int(n), int(o)) for n, o in zip(short.needs, short.offerings, strict=True)} == best
        cut += len(long.needs) - len(best)
    assert cut > 5


@pytest.fixture
def one_post(empty_graph):
    """Two schools that prepare for a post of two enterprises: 近 lies where 甲 does, 远 works with 甲."""
    chain = empty_graph.node("IndustryChain", "显示", tier="产业链")
    post, specialty = empty_graph.node("Occupation", "面板工"), empty_graph.node("Specialty", "光电")
    empty_graph.edge("PREPARES_FOR", specialty, post)
    district = empty_graph.node("Region", "区", level="县级")
    for name, people in (("近", 30), ("远", 50)):
        school = empty_graph.node("School", name)
        empty_graph.edge("OFFERS", school, specialty, graduates=people, year=2024)
    for name, people in (("甲", 60), ("乙", 100)):
        enterprise = empty_graph.node("Enterprise", name)
        empty_graph.edge("OPERATES_IN", enterprise, chain)
        empty_graph.edge("DEMANDS", enterprise, post, headcount=people, year=2025, quote=name)
    empty_graph.edge("LOCATED_IN", "School:近", district)
    empty_graph.edge("LOCATED_IN", "Enterprise:甲", district)
    empty_graph.edge("COOPERATES_WITH", "School:远", "Enterprise:甲", mode="订单班")
    return empty_graph


def told(findings):
    return [(f.enterprise.name, f.rank, f.school and f.school.name, f.placed, f.open) for f in findings]


def test_who_works_together_comes_before_who_is_near(one_post):
    findings = exchange(one_post.projection())
    assert told(findings) == [
        ("名乙", 1, "名远", 0, 80),
        ("名乙", 2, "名近", 20, 80),
        ("名甲", 1, "名远", 50, 0),
        ("名甲", 2, "名近", 10, 0),
    ]
    first = findings[2]
    assert [str(one) for one in first.reasons] == [
        "the specialty prepares for the post",
        "work together already: 订单班",
    ]
    assert {claim.kind for claim in first.evidence} == {
        "DEMANDS",
        "OFFERS",
        "PREPARES_FOR",
        "COOPERATES_WITH",
    }


def test_a_school_is_told_the_needs_that_suit_it(one_post):
    (first, second) = exchange(one_post.projection(), of="名近")
    assert (first.enterprise.name, first.liked, second.enterprise.name, second.liked) == (
        "名甲",
        1,
        "名乙",
        2,
    )
    assert told(exchange(one_post.projection(), of="名近", by="need")) == [
        ("名乙", 2, "名近", 20, 80),
        ("名甲", 2, "名近", 10, 0),
    ]
    assert told(exchange(one_post.projection(), of="甲", best=1)) == [
        ("名甲", 1, "名远", 50, 0),
        ("名甲", 2, "名近", 10, 0),
    ]


def test_who_does_not_say_how_many_is_ranked_and_not_placed(one_post):
    one_post.edges["OFFERS"][1]["graduates"] = None
    findings = exchange(one_post.projection(), of="甲")
    assert told(findings) == [("名甲", 1, "名远", None, 30), ("名甲", 2, "名近", 30, 30)]
    assert findings[0].left is None
    assert "unknown" in str(findings[0].reasons[-1])


def test_a_need_that_nobody_can_fill_says_why(one_post):
    other = one_post.node("Occupation", "电池工")
    one_post.edge("DEMANDS", "Enterprise:乙", other, headcount=5, quote="电池工")
    (finding,) = exchange(one_post.projection(), of="电池工")
    assert (finding.school, finding.placed, finding.open) == (None, 0, 5)
    assert [one.zh for one in finding.reasons] == ["没有专业记载面向它"]
    fitting = one_post.node("Specialty", "电池")
    one_post.edge("PREPARES_FOR", fitting, other)
    (finding,) = exchange(one_post.projection(), of="电池工")
    assert [one.zh for one in finding.reasons] == ["面向它的专业没有院校开设：名电池"]


def test_a_better_paid_need_is_liked_better(one_post):
    one_post.edges["DEMANDS"][1]["pay"] = 9000.0
    liked = {f.enterprise.name: f.liked for f in exchange(one_post.projection(), of="名近")}
    assert liked == {"名乙": 1, "名甲": 2}


def test_what_a_need_paid_in_another_year_than_the_one_that_counts_is_not_looked_at(one_post):
    told = one_post.edges["DEMANDS"][1]
    before = exchange(one_post.projection(), by="school")
    told["year"] = 2024
    one_post.edge("DEMANDS", told["head"], told["tail"], headcount=told["headcount"], pay=9000.0, year=2020)
    after = exchange(one_post.projection(), by="school")
    assert [(one.enterprise, one.liked) for one in after] == [(one.enterprise, one.liked) for one in before]
    assert not any(claim.id.endswith("DEMANDS2") for one in after for claim in one.evidence)


def test_one_more_graduate_never_leaves_more_people_unfound(five_hundred_graphs):
    for made, projection in five_hundred_graphs[::10]:
        before = int(round_of(projection).held.sum())
        more = made.copy()
        more.edges["OFFERS"] = [
            row | {"graduates": row["graduates"] + 10} if row.get("graduates") is not None else row
            for row in made.edges.get("OFFERS", ())
        ]
        assert int(round_of(more.projection()).held.sum()) >= before


def test_what_is_asked_is_checked(one_post):
    for wrong in ({"by": "all"}, {"proposing": "all"}, {"choices": 0}):
        with pytest.raises(LiantuError, match="cannot be"):
            exchange(one_post.projection(), **wrong)
    with pytest.raises(LiantuError, match="无此企业"):
        exchange(one_post.projection(), of="无此企业")
    assert exchange(Projection.from_tables({}, {}), by="school") == ()


def test_no_more_needs_are_told_than_asked_for(one_post):
    findings = exchange(one_post.projection(), most=1)
    assert Counter(f.enterprise.name for f in findings) == {"名乙": 2}
    assert len(exchange(one_post.projection(), most=0)) == 4
    assert gaps.frame(findings)["placed"].sum() == 20
