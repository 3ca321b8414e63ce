"""Technical service of schools, against the definition worked out school by school."""

import pytest

from graph.gaps.service_gap import RECEIVED, VOCATIONAL, service_gap

TAKING_PART = (
    "MEMBER_OF",
    "LEADS",
    "COOPERATES_WITH",
    "CO_BUILDS",
    "OFFERS",
    "HOSTS",
    "SERVES",
    "OPERATES_IN",
    "DEMANDS",
    "SHARES",
)


def pair_income(rows):
    by_source = {}
    for row in rows:
        by_source.setdefault(row["source"], []).append(row)
    totals = [
        (min((-r["confidence"], r["method"] != "record") for r in own), sum(r["income"] for r in own))
        for own in by_source.values()
    ]
    return min(totals)[1] if totals else None


def incomes(made):
    told = {}
    for row in made.claims("COOPERATES_WITH"):
        if row["status"] in RECEIVED and row["income"] is not None and row["income"] >= 0:
            told.setdefault((row["head"], row["tail"]), []).append(row)
    found = {}
    for (school, _), rows in told.items():
        found[school] = found.get(school, 0) + pair_income(rows)
    return found


def province(made, school):
    places = {row["tail"] for row in made.claims("LOCATED_IN") if row["head"] == school}
    found = {one for one in places if one.startswith("Region:省")}
    if "Region:县" in places:
        found.add("Region:省0")
    return found.pop() if len(found) == 1 else None


def expected(made):
    levels = {row["id"]: row["level"] for row in made.nodes["School"]}
    active = {
        end
        for kind in TAKING_PART
        for row in made.claims(kind)
        if not row["source"].startswith("reference-")
        for end in (row["head"], row["tail"])
        if end in levels
    }
    told = incomes(made)
    schools = {one: told.get(one) for one in active if levels[one] in VOCATIONAL}
    regions = {}
    for region in {province(made, one) for one in active} - {None}:
        inside = [one for one in levels if province(made, one) == region]
        own = [told[one] for one in inside if levels[one] in VOCATIONAL and one in told]
        above = [told[one] for one in inside if levels[one] == "普通本科" and one in told]
        untold = sum(one in active and levels[one] == "普通本科" and one not in told for one in inside)
        ratio = round(sum(own) / sum(above), 4) if own and above and sum(above) and not untold else None
        if own or above:
            regions[region] = (sum(own) if own else None, own.count(0), ratio)
    return schools, regions


def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    found = ratios = 0
    for made, projection in five_hundred_graphs:
        answer = service_gap(projection)
        schools = {one.subject.id: one.income for one in answer if one.kind == "School"}
        regions = {
            one.subject.id: (one.income, one.zero, one.ratio) for one in answer if one.kind == "Region"
        }
        assert (schools, regions) == expected(made)
        found += len(regions)
        ratios += sum(one[2] is not None for one in regions.values())
    assert found > 40
    assert ratios > 1


@pytest.fixture
def city(empty_graph):
    empty_graph.node("Region", "50", name="示例市", level="省级")
    for name, level in (("高", "高职专科"), ("零", "职业本科"), ("本", "普通本科")):
        school = empty_graph.node("School", name, level=level)
        empty_graph.edge("LOCATED_IN", school, "Region:50")
        empty_graph.edge("MEMBER_OF", school, empty_graph.node("Consortium", f"联{name}"))
    empty_graph.node("Enterprise", "厂")
    return empty_graph


def served(made, school, income, **values):
    made.edge("COOPERATES_WITH", f"School:{school}", "Enterprise:厂", income=income, **values)


def test_the_vocational_total_stands_against_the_undergraduate_total(city):
    for school, income in (("高", 500.0), ("零", 0.0), ("本", 10_000.0)):
        served(city, school, income)
    region, zero, school = service_gap(city.projection())
    assert (region.subject.name, region.known, region.zero, region.zero_share) == ("示例市", 2, 1, 0.5)
    assert (region.income, region.undergraduate, region.ratio) == (500.0, 10_000.0, 0.05)
    assert (zero.subject.name, zero.zero, school.subject.name, school.ratio) == ("名零", 1, "名高", 0.05)


def test_what_a_school_does_not_tell_is_unknown_and_no_ratio_hides_it(city):
    served(city, "高", 500.0)
    region, *schools = service_gap(city.projection())
    assert (region.schools, region.known, region.zero, region.ratio) == (2, 1, 0, None)
    assert region.undergraduate_unknown == 1
    assert [one.income for one in schools] == [500.0, None]


def test_planned_work_has_brought_nothing_and_contradictions_are_shown(city):
    served(city, "高", 900.0, status="计划")
    served(city, "零", 330_000.0, source="records")
    served(city, "零", 350_000.0, source="document")
    found = {one.subject.name: one for one in service_gap(city.projection())}
    assert found["名高"].income is None
    assert found["名零"].income == 330_000.0
    assert found["名零"].conflicts == ("名厂：330000 ≠ 350000",)


def test_what_contradicts_the_undergraduate_total_is_shown_at_the_region_whose_ratio_rests_on_it(city):
    served(city, "高", 500.0)
    for source, income in (("a", 50.0), ("b", 1000.0)):
        served(city, "本", income, source=source)
    region = service_gap(city.projection())[0]
    assert (region.ratio, region.conflicts) == (10.0, ("名本·名厂：50 ≠ 1000",))


def test_totals_that_documents_give_stand_beside_and_are_never_added(city):
    document = city.node("PolicyDocument", "文")
    total = city.node(
        "Statistic", "总@文", metric="高职院校技术服务到款额", value=6.3e8, unit="元", year=2024
    )
    city.edge("REPORTS", document, total, source="document")
    served(city, "高", 500.0)
    region = service_gap(city.projection())[0]
    assert region.income == 500.0
    assert region.stated == ("高职院校技术服务到款额 = 6.3 亿元（2024）",)
