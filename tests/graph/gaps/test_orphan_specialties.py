"""Specialties and groups that serve no chain, against the definition worked out pair by pair."""

from graph.gaps.orphan_specialties import orphan_specialties
from graph.identity import scope_of


def hosts(made):
    """(school, group), by claim or because the group exists inside the school."""
    inside = {(scope_of(group), group) for group in made.ids("SpecialtyGroup") if scope_of(group)}
    return made.done("HOSTS") | inside


def expected(made):
    hosted, serves, includes = hosts(made), made.done("SERVES"), made.done("INCLUDES")
    serving = {head for head, _ in serves}
    offerings = set(made.done("OFFERS"))
    for group, specialty in includes:
        schools = {school for school, own in hosted if own == group}
        offerings |= {(school, specialty) for school in schools}
    taught = {specialty for _, specialty in offerings}
    offerings |= {(None, specialty) for _, specialty in includes if specialty not in taught}
    orphans = {}
    for school, specialty in offerings:
        through = {
            group
            for group, own in includes
            if own == specialty
            and ((school, group) in hosted or (school is None and group not in {g for _, g in hosted}))
        }
        if not {specialty, *through} & serving:
            orphans.setdefault(specialty, set()).add(school)
    answer = {(specialty, frozenset(schools - {None})) for specialty, schools in orphans.items()}
    for group in {own for _, own in hosted} - serving:
        answer.add((group, frozenset(school for school, own in hosted if own == group)))
    return answer


def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        findings = orphan_specialties(projection)
        answer = {(one.subject.id, frozenset(school.id for school in one.schools)) for one in findings}
        assert answer == expected(made)
        assert len(answer) == len(findings)
        found += len(answer)
    assert found > 100


def test_a_specialty_serves_through_a_group_of_its_own_school_alone(empty_graph):
    chain = empty_graph.node("IndustryChain", "显示")
    first, second = (empty_graph.node("School", name) for name in ("甲", "乙"))
    specialty = empty_graph.node("Specialty", "光电")
    group = empty_graph.node("SpecialtyGroup", f"光电群@{first}")
    for school in (first, second):
        empty_graph.edge("OFFERS", school, specialty, graduates=50, year=2024)
    empty_graph.edge("INCLUDES", group, specialty)
    empty_graph.edge("SERVES", group, chain)
    (finding,) = orphan_specialties(empty_graph.projection())
    assert [school.id for school in finding.schools] == [second]
    assert (finding.linked_schools, finding.graduates) == (1, 50)


def test_a_group_does_not_serve_by_its_specialties(empty_graph):
    chain = empty_graph.node("IndustryChain", "显示")
    school, specialty = empty_graph.node("School", "甲"), empty_graph.node("Specialty", "光电")
    group = empty_graph.node("SpecialtyGroup", f"光电群@{school}")
    empty_graph.edge("INCLUDES", group, specialty)
    empty_graph.edge("SERVES", specialty, chain)
    (finding,) = orphan_specialties(empty_graph.projection())
    assert (finding.subject.id, finding.kind) == (group, "SpecialtyGroup")


def test_graduates_that_no_source_tells_are_none_and_counted_as_unknown(empty_graph):
    school, specialty = empty_graph.node("School", "甲"), empty_graph.node("Specialty", "光电")
    empty_graph.edge("OFFERS", school, specialty)
    (finding,) = orphan_specialties(empty_graph.projection())
    assert (finding.graduates, finding.unknown) == (None, 1)


def test_a_planned_chain_and_who_asks_for_the_specialty_are_shown(empty_graph):
    chain = empty_graph.node("IndustryChain", "显示")
    enterprise = empty_graph.node("Enterprise", "面板厂")
    school, specialty = empty_graph.node("School", "甲"), empty_graph.node("Specialty", "光电")
    empty_graph.edge("OFFERS", school, specialty)
    empty_graph.edge("SERVES", specialty, chain, status="倡导")
    empty_graph.edge("DEMANDS", enterprise, specialty)
    (finding,) = orphan_specialties(empty_graph.projection())
    assert [one.id for one in finding.intended] == [chain]
    assert [one.id for one in finding.wanted_by] == [enterprise]
