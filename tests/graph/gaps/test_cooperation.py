"""How deep cooperation goes, against its definition worked out pair by pair."""

from collections import Counter
from itertools import product

import pytest

from graph.errors import LiantuError
from graph.gaps.cooperation import cooperation

STAGE = {None: 0, "完成": 0, "在建": 1, "计划": 2, "倡导": 2}


def pairs(made):
    found = {(row["head"], row["tail"]) for row in made.claims("COOPERATES_WITH")}
    built = {(row["head"], row["tail"]) for row in made.claims("CO_BUILDS")}
    return found | {
        (one, other)
        for (one, first), (other, second) in product(built, built)
        if first == second and one.startswith("School:") and other.startswith("Enterprise:")
    }


def things(made, pair):
    stages = {}
    for thing in {row["tail"] for row in made.claims("CO_BUILDS")}:
        both = [
            [
                STAGE[row["status"]]
                for row in made.claims("CO_BUILDS")
                if (row["head"], row["tail"]) == (one, thing)
            ]
            for one in pair
        ]
        if all(both):
            stages[thing] = max(min(one) for one in both)
    return stages


def expected(made, pair):
    own = [row for row in made.claims("COOPERATES_WITH") if (row["head"], row["tail"]) == pair]
    words = {(row["source"], row["place"]) for row in own if row["place"]}
    built = things(made, pair)
    told = {
        row["tail"]
        for row in made.claims("CO_BUILDS")
        if row["head"] in pair and (row["source"], row.get("place")) in words
    }
    counts = []
    for stage in (0, 1, 2):
        here = [row for row in own if STAGE[row["status"]] == stage]
        by_mode = {
            mode: max(Counter(row["source"] for row in here if row["mode"] == mode).values())
            for mode in {row["mode"] for row in here}
        }
        named = sum(count for mode, count in by_mode.items() if mode)
        projects = named or by_mode.get(None, 0)
        counts.append(projects + sum(built[one] == stage for one in built if one not in told))
    incomes = {}
    for row in own:
        if STAGE[row["status"]] == 0 and row["income"] is not None and row["income"] >= 0:
            incomes.setdefault(row["source"], []).append(row)
    totals = {
        (
            min((-r["confidence"], r["method"] != "record") for r in rows),
            sum(r["income"] for r in rows),
        )
        for rows in incomes.values()
    }
    return tuple(counts), min(totals)[1] if totals else None, sum(stage == 0 for stage in built.values())


def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        answer = {
            (one.subject.id, one.partner.id): ((one.done, one.under_way, one.intended), one.income, one.built)
            for one in cooperation(projection)
        }
        assert answer == {pair: expected(made, pair) for pair in pairs(made)}
        found += len(answer)
    assert found > 200


@pytest.mark.parametrize("by", ["school", "enterprise"])
def test_what_a_school_or_enterprise_does_is_the_sum_of_its_pairs(small_graphs, by):
    for _, projection in small_graphs[::3]:
        whole = {one.subject.id: one for one in cooperation(projection, by=by)}
        for side, total in whole.items():
            own = [
                one
                for one in cooperation(projection)
                if side in (one.subject.id, one.partner.id if one.partner else None)
            ]
            assert total.done == sum(one.done for one in own)
            known = [one.income for one in own if one.income is not None]
            assert total.income == (sum(known) if known else None)


def test_a_chain_has_the_pairs_of_the_enterprises_in_it_and_its_parts(empty_graph):
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    chain, part = empty_graph.node("IndustryChain", "链"), empty_graph.node("IndustryChain", "环")
    empty_graph.edge("PART_OF", part, chain)
    empty_graph.edge("PART_OF", chain, part)  # a chain that is part of itself
    empty_graph.edge("OPERATES_IN", enterprise, part)
    empty_graph.edge("COOPERATES_WITH", school, enterprise, mode="订单班")
    found = cooperation(empty_graph.projection(), by="chain")
    assert {(one.subject.id, one.done) for one in found} == {(chain, 1), (part, 1)}


def test_contradicting_incomes_are_shown_and_not_averaged(empty_graph):
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    for source, income in (("records", 330000.0), ("document", 350000.0)):
        empty_graph.edge("COOPERATES_WITH", school, enterprise, source=source, mode="技术服务", income=income)
    (one,) = cooperation(empty_graph.projection())
    assert (one.done, one.income) == (1, 330000.0)
    assert one.conflicts == ("名甲·名厂：330000 ≠ 350000",)


def test_what_is_only_planned_is_told_apart_and_its_income_never_counted(empty_graph):
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    empty_graph.edge("COOPERATES_WITH", school, enterprise, mode="订单班", status="计划", income=9.0)
    (one,) = cooperation(empty_graph.projection())
    assert (one.done, one.intended, one.modes, one.only_said, one.income) == (0, 1, (), ("订单班",), None)


def test_work_without_an_end_lasts_until_the_day_asked_for(empty_graph):
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    empty_graph.edge("COOPERATES_WITH", school, enterprise, since="2023-09", until="2027-07")
    (one,) = cooperation(empty_graph.projection(), as_of="2024-09-01")
    assert (one.since, one.months) == ("2023-09", 12)


def test_another_subject_is_a_clear_error(empty_graph):
    with pytest.raises(LiantuError) as caught:
        cooperation(empty_graph.projection(), by="teacher")
    assert caught.value.code == "question.parameter"
