"""Where the way from research to the classroom breaks off, against the definition worked out pair by pair."""

from graph.gaps.missing_platforms import (
    NO_COURSE,
    NO_PLATFORM,
    NO_SCHOOL,
    NO_TEACHING,
    missing_platforms,
)
from graph.gaps.uncovered_chains import uncovered_chains
from graph.identity import scope_of


def below(made, chain):
    inside = {chain}
    for _ in made.ids("IndustryChain"):
        inside |= {row["head"] for row in made.claims("PART_OF") if row["tail"] in inside}
    return inside


def teaches(made, school, chains):
    """Whether a specialty or group of the school serves one of the chains."""
    serving = {head for head, tail in made.done("SERVES") if tail in chains}
    groups = {group for host, group in made.done("HOSTS") if host == school}
    groups |= {one for one in made.ids("SpecialtyGroup") if scope_of(one) == school}
    offered = {specialty for host, specialty in made.done("OFFERS") if host == school}
    offered |= {specialty for group, specialty in made.done("INCLUDES") if group in groups}
    return bool(serving & (groups | offered))


def expected_of_platforms(made):
    answer = {}
    categories = {row["id"]: row.get("category") for row in made.nodes.get("SharedResource", ())}
    sharing = {head for head, tail in made.done("SHARES") if categories[tail] == "课程"}
    for platform in made.ids("ResearchPlatform"):
        schools = {h for h, t in made.done("CO_BUILDS") if t == platform and h.startswith("School:")}
        chains = {
            chain for head, tail in made.done("SERVES") if head == platform for chain in below(made, tail)
        }
        able = {school for school in schools if teaches(made, school, chains)}
        if not schools:
            answer[platform] = NO_SCHOOL
        elif chains and not able:
            answer[platform] = NO_TEACHING
        elif chains and not able & sharing:
            answer[platform] = NO_COURSE
    return answer


def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    kinds = set()
    for made, projection in five_hundred_graphs:
        answer = {one.subject.id: one.gap for one in missing_platforms(projection)}
        platforms = {one: gap for one, gap in answer.items() if one.startswith("ResearchPlatform:")}
        assert platforms == expected_of_platforms(made)
        tier = {row["id"]: row.get("tier") for row in made.nodes["IndustryChain"]}
        for chain, own in tier.items():
            scope = below(made, chain)
            if own == "环节":
                scope |= {whole for whole in tier if chain in below(made, whole)}
            served = any(h.startswith("ResearchPlatform:") and t in scope for h, t in made.done("SERVES"))
            assert not (served and chain in answer)
            uncovered = {one.chain.id for one in uncovered_chains(projection, seats=False)}
            assert served or chain not in uncovered or answer[chain] == NO_PLATFORM
        kinds |= set(answer.values())
    assert kinds == {NO_PLATFORM, NO_SCHOOL, NO_TEACHING, NO_COURSE}


def test_a_platform_walks_the_four_steps(empty_graph):
    chain = empty_graph.node("IndustryChain", "新型显示", tier="产业链")
    school, firm = empty_graph.node("School", "校"), empty_graph.node("Enterprise", "厂")
    empty_graph.edge("OPERATES_IN", firm, chain)

    def gaps():
        return [(one.subject.id, one.gap) for one in missing_platforms(empty_graph.projection())]

    assert gaps() == [(chain, NO_PLATFORM)]
    platform = empty_graph.node("ResearchPlatform", "实验室")
    empty_graph.edge("SERVES", platform, chain)
    empty_graph.edge("CO_BUILDS", firm, platform)
    assert gaps() == [(platform, NO_SCHOOL)]
    empty_graph.edge("CO_BUILDS", school, platform, status="计划")
    (planned,) = missing_platforms(empty_graph.projection())
    assert [one.id for one in planned.intended] == [school]
    empty_graph.edge("CO_BUILDS", school, platform)
    assert gaps() == [(platform, NO_TEACHING)]
    group = empty_graph.node("SpecialtyGroup", f"光电群@{school}")
    empty_graph.edge("SERVES", group, chain)
    assert gaps() == [(platform, NO_COURSE)]
    assert missing_platforms(empty_graph.projection(), courses=False) == ()
    empty_graph.edge(
        "SHARES", school, empty_graph.node("SharedResource", f"显示技术@{school}", category="课程")
    )
    assert gaps() == []


def test_a_chain_that_is_part_of_itself_is_told_once(empty_graph):
    chain = empty_graph.node("IndustryChain", "圈")
    empty_graph.edge("PART_OF", chain, chain)
    assert [one.gap for one in missing_platforms(empty_graph.projection())] == [NO_PLATFORM]
