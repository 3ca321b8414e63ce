"""A graph as it would be, against rows changed by hand."""

import random

import pytest

from graph.errors import LiantuError
from graph.gaps.alteration import ASSUMED, Counted, Gone, Linked, Realised, Stated, Unlinked, altered
from graph.gaps.figures import figure


def links(projection):
    """Every claim but those that name nodes: kind, ends and status, as often as it is told."""
    return sorted(
        (kind, row["head"], row["tail"], row["status"] or "")
        for kind, table in projection.edges.items()
        if kind != "STATES"
        for row in table.select(["head", "tail", "status"]).to_pylist()
    )


def by_hand(made, one):
    """The rows of a small graph after an alteration."""
    rows = [
        (kind, row["head"], row["tail"], row.get("status") or "")
        for kind, told in made.edges.items()
        if kind != "STATES"
        for row in told
    ]
    if isinstance(one, Linked):
        return sorted([*rows, (one.kind, one.head, one.tail, "完成")])
    if isinstance(one, Unlinked):
        return sorted(row for row in rows if row[:3] != (one.kind, one.head, one.tail))
    if isinstance(one, Gone):
        gone = {
            node
            for label in made.nodes
            for node in made.ids(label)
            if node == one.identifier or node.endswith(f"@{one.identifier}")
        }
        return sorted(row for row in rows if not gone & set(row[1:3]))
    return sorted((*row[:3], "完成" if row[3] in one.statuses else row[3]) for row in rows)


def alterations(made, chance):
    served = made.edges.get("SERVES") or made.edges["STATES"]
    row = chance.choice(served)
    chains, schools = made.ids("IndustryChain"), made.ids("School")
    yield Linked("SERVES", chance.choice(schools), chance.choice(chains), "话")
    if served is not made.edges["STATES"]:
        yield Unlinked("SERVES", row["head"], row["tail"])
    yield Gone(chance.choice([*schools, *made.ids("Enterprise"), *chains]))
    yield Realised(chance.choice((("在建",), ("在建", "计划"))))


def test_links_are_those_of_the_rows_changed_by_hand(small_graphs):
    chance = random.Random(1)
    for made, projection in small_graphs[:100]:
        for one in alterations(made, chance):
            assert links(altered(projection, [one])) == by_hand(made, one), one


def test_the_graph_that_was_given_stays_as_it_is(small_graphs):
    chance = random.Random(2)
    for made, projection in small_graphs[:40]:
        tables = [dict(projection.nodes), dict(projection.edges)]
        altered(projection, alterations(made, chance))
        assert tables == [projection.nodes, projection.edges]
        assert links(projection) == links(made.projection())


def told(projection, head, tail):
    claims = projection.claims("OFFERS")
    rows = [row for row in claims.by_head.get(head, ()) if claims.column("tail")[row] == tail]
    rows = [row for row in rows if claims.column("confidence")[row] >= 0.5]
    rows = [row for row in rows if claims.column("status")[row] in ("完成", None)]
    return figure(projection, "OFFERS", rows, column="graduates", part="number", year=None, cautious=min)


def test_people_are_counted_on_from_what_the_claims_say_together(small_graphs):
    counted = 0
    for made, projection in small_graphs[:40]:
        for head, tail in sorted({(row["head"], row["tail"]) for row in made.edges.get("OFFERS", ())}):
            before = told(projection, head, tail)
            for sign, people in (("+", 25), ("-", 25), ("=", 7)):
                change = Counted("OFFERS", head, tail, "graduates", sign, people, "话")
                if before.value is None and sign == "-":
                    with pytest.raises(LiantuError) as caught:
                        altered(projection, [change])
                    assert caught.value.code == "assumption.unknown"
                    continue
                after = told(altered(projection, [change]), head, tail)
                known = before.value or 0
                assert after.value == {"+": known + 25, "-": max(0, known - 25), "=": 7}[sign]
                assert after.year == before.year
                counted += 1
    assert counted > 60


def test_a_number_is_as_it_was_when_what_was_put_on_is_taken_off(small_graphs):
    for made, projection in small_graphs[100:120]:
        for row in made.claims("OFFERS"):
            before = told(projection, row["head"], row["tail"])
            there, back = (
                Counted("OFFERS", row["head"], row["tail"], "graduates", sign, 9, "话") for sign in "+-"
            )
            after = told(altered(projection, [there, back]), row["head"], row["tail"])
            assert after.value == (before.value or 0)


def test_what_is_assumed_says_so_and_is_sure(empty_graph):
    school = empty_graph.node("School", "校")
    chain = empty_graph.node("IndustryChain", "链")
    group = f"SpecialtyGroup:群@{school}"
    made = altered(
        empty_graph.projection(),
        [
            Stated(group, "群", "建群"),
            Linked("HOSTS", school, group, "建群"),
            Linked("SERVES", group, chain, "建群"),
        ],
    )
    assert made.name(group) == "群"
    claim = made.claims("SERVES").claim(0)
    assert (claim.source, claim.quote, claim.status, claim.confidence) == (ASSUMED, "建群", "完成", 1.0)
    assert made.source_names[ASSUMED]


def test_a_plan_that_is_done_does_not_move_the_day_on_which_the_graph_speaks(empty_graph):
    school, enterprise = empty_graph.node("School", "校"), empty_graph.node("Enterprise", "厂")
    empty_graph.edge(
        "COOPERATES_WITH", school, enterprise, status="完成", observed="2024-06", since="2023-01"
    )
    empty_graph.edge(
        "COOPERATES_WITH", school, enterprise, status="计划", observed="2026-03", since="2026-03"
    )
    claims = altered(empty_graph.projection(), [Realised(("计划",))]).claims("COOPERATES_WITH")
    assert claims.column("status") == ["完成", "完成"]
    assert claims.column("observed") == ["2024-06", "2024-06"]
    assert claims.column("since") == ["2023-01", "2023-01"]


def test_what_becomes_of_more_graduates_is_not_known(empty_graph):
    school, specialty = empty_graph.node("School", "校"), empty_graph.node("Specialty", "专")
    empty_graph.edge("OFFERS", school, specialty, year=2024, graduates=70, employed=60, enrolled=200)
    change = Counted("OFFERS", school, specialty, "graduates", "+", 60, "话")
    claims = altered(empty_graph.projection(), [change]).claims("OFFERS")
    assert claims.column("graduates") == [None, 130]
    assert claims.column("employed") == [None, None]
    assert claims.column("enrolled") == [200, None]


def test_a_need_of_several_levels_must_name_one(empty_graph):
    enterprise, post = empty_graph.node("Enterprise", "厂"), empty_graph.node("Occupation", "岗")
    for level in ("本科", "高职专科"):
        empty_graph.edge("DEMANDS", enterprise, post, headcount=10, level=level)
    change = Counted("DEMANDS", enterprise, post, "headcount", "+", 5, "话")
    with pytest.raises(LiantuError) as caught:
        altered(empty_graph.projection(), [change])
    assert caught.value.code == "assumption.levels"
