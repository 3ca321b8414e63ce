"""The plan on graphs: who could take on what, by definition; and that carrying it out does what it says."""

import pytest

from graph.errors import LiantuError
from graph.gaps.alteration import altered
from graph.gaps.assumptions import assumptions
from graph.gaps.market import market
from graph.gaps.matching import match, misfit
from graph.gaps.plan import ENLARGED, EXTENDED, FOUNDED, LEFT, OUT_OF_REACH, TOTAL, plan
from graph.gaps.plan_options import candidates, fills, inside, shortages, takes
from graph.gaps.planning import planned
from graph.gaps.uncovered_chains import uncovered_chains


def members(sides):
    """(school, group) → its offerings, the slow way: of a school, those in no group of it are one."""
    found = {}
    for number, one in enumerate(sides.supplied):
        groups = sides.provided.groups_of(sides.supplied.offering(number)) or {None}
        for group in groups:
            if (one.school, group) != (None, None):
                found.setdefault((one.school, group), set()).add(number)
    return found


def fitting(sides, chain, own):
    """The specialties that fit a chain: that serve it, or suit what it or its enterprises ask for."""
    parts = sides.inside[chain]
    served = {
        one
        for one, chains in sides.provided.served.items()
        if one.startswith("Specialty:") and chains & parts
    }
    asked = {need.demanded for need in sides.needed if need.chains & parts}
    return own & served.union(*(sides.suited.get(one, set()) for one in asked))


def test_candidates_and_what_they_could_do_are_those_of_the_definition(small_graphs):
    some = 0
    for _, projection in small_graphs:
        sides, ids = market(projection), projection.register.ids
        made = candidates(sides)
        keys = [
            (None if school < 0 else ids[school], None if group < 0 else ids[group])
            for school, group in zip(made.schools.tolist(), made.groups.tolist(), strict=True)
        ]
        slow = members(sides)
        assert {key: set(made.members.of(number).tolist()) for number, key in enumerate(keys)} == slow
        chains = [one.chain.id for one in uncovered_chains(projection, seats=False)]
        pairs = takes(sides, made, chains, list(inside(sides, chains)), 1_000)
        told = {
            (keys[candidate], chains[chain], ids[sides.supplied.specialties[offering]])
            for candidate, chain, offering in zip(
                pairs.candidates.tolist(), pairs.others.tolist(), pairs.offerings.tolist(), strict=True
            )
        }
        assert told == {
            (key, chain, specialty)
            for key, own in slow.items()
            for chain in chains
            for specialty in fitting(sides, chain, {sides.supplied[number].specialty for number in own})
        }
        short = shortages(sides, 1_000)
        open_ = [
            (need.headcount or 0) - met for need, met in zip(sides.needed, match(sides).met, strict=True)
        ]
        assert sum(one.people for one in short) == sum(one for one in open_ if one > 0)
        able = fills(sides, made, short, 1_000)
        for candidate, other, offering in zip(
            able.candidates.tolist(), able.others.tolist(), able.offerings.tolist(), strict=True
        ):
            best = [
                against
                for number in slow[keys[candidate]]
                if (against := misfit(sides, sides.supplied[number], short[other].need)) is not None
            ]
            assert misfit(sides, sides.supplied[offering], short[other].need) == min(best)
        assert {(keys[one], other) for one, other in zip(able.candidates, able.others, strict=True)} == {
            (key, number)
            for number, one in enumerate(short)
            for key, own in slow.items()
            if key[0] and any(misfit(sides, sides.supplied[place], one.need) is not None for place in own)
        }
        some += len(told) + len(able.others)
    assert some > 200


def test_carried_out_the_plan_closes_the_chains_that_it_says(small_graphs):
    closed = 0
    for _, projection in small_graphs[:60]:
        told = plan(projection, room=40)
        words = "\n".join(word for one in told for word in one.words)
        if not words or not told[0].closed:
            continue
        after = altered(projection, assumptions(projection, words))
        open_, still = (
            {one.chain for one in uncovered_chains(graph, seats=False)} for graph in (projection, after)
        )
        assert still == {one.chain for one in told if one.chain}
        assert len(open_ - still) == told[0].closed
        closed += told[0].closed
    assert closed > 10


def test_figures_add_up_and_every_chain_without_a_group_is_told_once(small_graphs):
    kinds = set()
    for _, projection in small_graphs[:60]:
        told = plan(projection, groups=1)
        if not told:
            continue
        total, *others = told
        groups = [one for one in others if one.chain is None]
        assert total.kind == TOTAL
        assert total.groups == len(groups) <= 1
        assert total.closed >= sum(len(one.chains) for one in groups)
        assert total.seats == sum(one.seats for one in groups)
        left = {one.chain for one in others if one.chain}
        gaps = {one.chain for one in uncovered_chains(projection, seats=False)}
        assert left | {chain for one in groups for chain in one.chains} <= gaps
        assert total.closed + len(left) == len(gaps)
        kinds |= {one.kind for one in others}
    assert kinds == {EXTENDED, FOUNDED, ENLARGED, LEFT, OUT_OF_REACH}


def test_a_plan_that_was_not_solved_in_time_says_so(small_graphs, monkeypatch):
    in_time = []

    def without_time(options, *, share, seconds):
        solved = planned(options, share=share, seconds=0 * seconds)
        in_time.append(solved.in_time)
        return solved

    monkeypatch.setattr("graph.gaps.plan.planned", without_time)
    answers = [told for _, one in small_graphs[:30] if (told := plan(one))]
    assert [all("seconds" not in str(one) for one in told[0].bounds) for told in answers] == in_time
    assert set(in_time) == {False, True}


@pytest.mark.parametrize(
    "wrong",
    [
        {"groups": -1},
        {"seats": -5},
        {"share": 1.5},
        {"seconds": 3600.0},
        {"choices": 0},
        {"choices": 100_000},
        {"most": 10**9},
    ],
)
def test_a_wrong_parameter_is_a_clear_error(small_graphs, wrong):
    with pytest.raises(LiantuError) as caught:
        plan(small_graphs[0][1], **wrong)
    assert caught.value.code == "question.parameter"
