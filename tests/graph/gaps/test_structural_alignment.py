"""The structure of what is taught against that of industry, against both sides added up thing by thing."""

import networkx as nx
import pytest

from graph.errors import LiantuError
from graph.gaps import alignment
from graph.gaps.figures import figure
from graph.gaps.market import market
from graph.gaps.sectors import categories, sector_named
from graph.gaps.structural_alignment import structural_alignment


class Slow:
    """Both sides of a random graph by one breakdown, each thing looked at by itself."""

    def __init__(self, made, projection, by):
        self.made, self.projection, self.by = made, projection, by
        self.sides = market(projection)
        self.tier = {row["id"]: row["tier"] for row in made.nodes["IndustryChain"]}
        self.parts = nx.DiGraph()  # part → whole
        self.parts.add_nodes_from(self.tier)
        self.regions = nx.DiGraph()
        for row in made.claims("PART_OF"):
            graph = self.parts if row["tail"].startswith("IndustryChain") else self.regions
            graph.add_edge(row["head"], row["tail"])
        for row in made.claims("LOCATED_IN"):
            if row["head"].startswith("Park"):
                self.regions.add_edge(row["head"], row["tail"])

    def wholes(self, chain):
        return {chain} | nx.descendants(self.parts, chain)

    def units_of_chain(self, chain):
        around = self.wholes(chain)
        if self.by == "cluster":
            fit = {one for one in around if self.tier[one] == "集群"}
            best = {one for one in fit if not any(one in self.wholes(two) for two in fit - {one})}
        else:
            fit = {one for one in around if self.tier[one] not in ("集群", "行业")}
            best = {one for one in fit if not (self.wholes(one) - {one}) & fit}
        return best or fit

    def up(self, place):
        return {place} | (nx.descendants(self.regions, place) if place in self.regions else set())

    def units_of_place(self, place):
        level = {row["id"]: row.get("level") for row in self.made.nodes["Region"]}
        return {one for one in self.up(place) if level.get(one) == "省级"}

    def units_of_specialty(self, specialty):
        row = next(row for row in self.made.nodes["Specialty"] if row["id"] == specialty)
        word = row["class_name"] if self.by == "class" else row["category"]
        return {categories(None).get(word) if self.by == "sector" else word} - {None}

    def units_of_body(self, body):
        return {
            unit
            for row in self.made.claims("LOCATED_IN")
            if row["head"] == body
            for unit in self.units_of_place(row["tail"])
        }

    def units_of_offering(self, one):
        if self.by in ("category", "class", "sector"):
            return self.units_of_specialty(one.specialty)
        if self.by == "region":
            return self.units_of_body(one.school) if one.school else set()
        return {unit for chain in one.chains for unit in self.units_of_chain(chain)}

    def enrolled(self, one):
        rows = {}
        for n, row in enumerate(self.made.edges.get("OFFERS", ())):
            pair = (row["head"], row["tail"]) == (one.school, one.specialty)
            if pair and row["confidence"] >= 0.5 and row["status"] in (None, "完成"):
                rows.setdefault(row["year"], set()).add(n)
        told = {
            year or 0: value
            for year, own in rows.items()
            if (value := self.number("OFFERS", own, "enrolled", "number", year)) is not None
        }
        return told[max(told)] if told else None

    def number(self, kind, rows, column, part, year):
        return figure(self.projection, kind, rows, column=column, part=part, year=year, cautious=min).value

    def taught(self):
        values = {}
        for one in self.sides.supplied:
            units, value = self.units_of_offering(one), self.enrolled(one)
            for unit in units:
                own = values.setdefault(unit, [])
                own += [] if value is None else [value / len(units)]
        return {unit: sum(own) if own else None for unit, own in values.items()}

    def employed(self):
        rows = {}
        for n, row in enumerate(self.made.edges.get("HAS_INDUSTRY", ())):
            if row["confidence"] >= 0.5 and row["status"] in (None, "完成"):
                rows.setdefault((row["head"], row["tail"]), {}).setdefault(row["year"], set()).add(n)
        told = {}
        for pair, by_year in rows.items():
            years = {
                year or 0: value
                for year, own in by_year.items()
                if (value := self.number("HAS_INDUSTRY", own, "employees", "source", year)) is not None
            }
            if years:
                told[pair] = years[max(years)]
        values = {}
        for pair, value in told.items():
            units = self.units_of_figure(pair)
            if not any(self.holds(other, pair) for other in told.keys() - {pair}):
                for unit in units:
                    values.setdefault(unit, []).append(value / len(units))
        return {unit: sum(own) for unit, own in values.items()}

    def units_of_figure(self, pair):
        region, chain = pair
        if self.by == "region":
            return self.units_of_place(region)
        return self.units_of_chain(chain) if self.by in ("chain", "cluster") else set()

    def holds(self, other, pair):
        """Whether another figure stands in the way of this one."""
        units, others = self.units_of_figure(pair), self.units_of_figure(other)
        if pair[1] == other[1]:
            return other[0] in self.up(pair[0]) and bool(others)
        if pair[0] != other[0]:
            return False
        if other[1] in self.wholes(pair[1]):
            return units == others
        return pair[1] in self.wholes(other[1]) and bool(others) and units != others


def close(first, second):
    return first == second or (first is not None and second is not None and abs(first - second) < 1e-3)


@pytest.mark.parametrize(("by", "least"), [("chain", 60), ("cluster", 10), ("region", 60)])
def test_both_sides_and_their_shares_agree_with_the_definition_on_random_graphs(
    five_hundred_graphs, by, least
):
    compared = 0
    for made, projection in five_hundred_graphs:
        slow = Slow(made, projection, by)
        x, y = slow.taught(), slow.employed()
        told = any(value is not None for value in x.values())
        x = {unit: x.get(unit, 0.0 if told else None) for unit in x.keys() | y.keys()}
        common = [unit for unit in x if x[unit] is not None and y.get(unit) is not None]
        p = alignment.shares({unit: x[unit] for unit in common})
        o = alignment.shares({unit: y[unit] for unit in common})
        findings = structural_alignment(
            projection, by=by, education="enrolled", industry="employees", region_level="省级"
        )
        rows = {one.node.id: one for one in findings if one.node}
        assert rows.keys() == x.keys()
        for unit, one in rows.items():
            assert close(one.education, x[unit])
            assert close(one.industry, y.get(unit))
            assert close(one.education_share, p.get(unit))
            assert close(one.industry_share, o.get(unit))
        if findings:
            assert close(findings[0].matching, alignment.overlap(p, o))
        compared += len(common)
    assert compared > least


@pytest.mark.parametrize("by", ["sector", "category", "class"])
def test_people_needed_count_to_the_specialties_that_fit_on_random_graphs(five_hundred_graphs, by):
    counted = 0
    for made, projection in five_hundred_graphs:
        slow = Slow(made, projection, by)
        x, y = slow.taught(), {}
        for need in slow.sides.needed:
            units = {
                unit
                for specialty in slow.sides.suited.get(need.demanded, ())
                for unit in slow.units_of_specialty(specialty)
            }
            for unit in units:
                own = y.setdefault(unit, [])
                own += [] if need.headcount is None else [need.headcount / len(units)]
        findings = structural_alignment(projection, by=by, education="enrolled", industry="demand")
        rows = {one.unit.zh: one for one in findings[1:]}
        assert rows.keys() == x.keys() | y.keys()
        for unit, one in rows.items():
            assert close(one.industry, sum(y[unit]) if y.get(unit) else None)
            if unit in x:
                assert close(one.education, x[unit])
        counted += len(rows)
    assert counted > 100


@pytest.fixture
def city(empty_graph):
    """Three chains of one city: 60, 30 and no students in 2024, output 400, 100, 500 (100 million yuan)."""
    region = empty_graph.node("Region", "市", level="地级")
    school = empty_graph.node("School", "校")
    for name, students, output in (("甲", 60, 400), ("乙", 30, 100), ("丙", None, 500)):
        chain = empty_graph.node("IndustryChain", name, tier="产业链")
        for year, growth in ((2022, 0.8), (2023, 0.9), (2024, 1.0)):
            empty_graph.edge("HAS_INDUSTRY", region, chain, output=output * growth * 1e8, year=year)
        if students:
            specialty = empty_graph.node("Specialty", f"专{name}")
            empty_graph.edge("SERVES", specialty, chain)
            for year, growth in ((2022, 1.0), (2023, 1.1), (2024, 1.0)):
                empty_graph.edge("OFFERS", school, specialty, enrolled=round(students * growth), year=year)
    return empty_graph


def told(made, **parameters):
    return {one.unit.zh: one for one in structural_alignment(made.projection(), **parameters)}


def test_the_measures_by_hand(city):
    found = told(city)
    assert [round(found[name].education_share, 4) for name in ("名甲", "名乙", "名丙")] == [0.6667, 0.3333, 0]
    assert [found[name].industry_share for name in ("名甲", "名乙", "名丙")] == [0.4, 0.1, 0.5]
    assert [found[name].deviation for name in ("名甲", "名乙", "名丙")] == [0.6667, 2.3333, -1]
    assert found["全部"].deviation == pytest.approx((0.6667 + 2.3333 + 1) / 3, abs=1e-4)
    assert found["全部"].matching == pytest.approx(0.4 + 0.1)
    assert found["全部"].measures.zh == "在校生数 对 产值（亿元）"
    assert found["名丙"].matching == 0


def test_students_rest_on_the_claims_that_tell_them_not_on_later_ones_of_graduates(city):
    city.edge("OFFERS", "School:校", "Specialty:专甲", graduates=20, year=2025, quote="graduates")
    one = told(city)["名甲"]
    assert one.education_year == "2024"
    (offer,) = (claim for claim in one.evidence if claim.kind == "OFFERS")
    assert offer.quote != "graduates"


def test_the_whole_and_each_year_are_of_the_day_of_their_own_evidence(city):
    for number, kind in enumerate(("OFFERS", "HAS_INDUSTRY")):
        for place, row in enumerate(city.edges[kind]):
            row["observed"] = f"202{number}-0{place + 1}"
    for by in ("chain", "year"):
        for one in told(city, by=by).values():
            assert one.as_of == max(claim.observed for claim in one.evidence)


def test_years_of_a_table_rest_on_no_records_of_industries(city):
    table = ";".join(f"名{name}:{year}:{year - 2000}" for name in "甲乙" for year in (2022, 2023, 2024))
    for one in told(city, by="year", table=table).values():
        assert {claim.kind for claim in one.evidence} == {"OFFERS"}
    assert {claim.kind for claim in told(city, by="year")["2023"].evidence} == {"OFFERS", "HAS_INDUSTRY"}


def test_people_needed_rest_on_the_claims_of_the_year_that_counts(city):
    occupation = city.node("Occupation", "岗")
    for year in (2023, 2024):
        for chain in ("甲", "乙"):
            city.edge(
                "DEMANDS", f"IndustryChain:{chain}", occupation, headcount=10, year=year, quote=f"{year}"
            )
    one = told(city, industry="demand")["名甲"]
    assert [claim.quote for claim in one.evidence if claim.kind == "DEMANDS"] == ["2024"]


def test_people_needed_tell_their_year(city):
    occupation = city.node("Occupation", "岗")
    for chain, year in (("甲", 2024), ("乙", 2025), ("丙", None)):
        city.edge("DEMANDS", f"IndustryChain:{chain}", occupation, headcount=10, year=year)
    found = told(city, industry="demand")
    assert [found[name].year for name in ("名甲", "名乙", "名丙", "全部")] == [
        "2024",
        "2025",
        None,
        "2024–2025",
    ]


def test_coordination_by_hand(city):
    one = told(city, normalisation="maximum")["名甲"]
    assert (one.education_level, one.industry_level) == (1.0, 0.8)
    coupling = 2 * (0.8**0.5) / 1.8
    assert one.coupling == pytest.approx(coupling, abs=1e-4)
    assert one.coordination == pytest.approx((coupling * 0.9) ** 0.5, abs=1e-4)
    assert one.grade.zh == "优质协调"
    one = told(city, normalisation="maximum", alpha=0.0)["名甲"]
    assert one.level == 0.8
    two = told(city, normalisation="maximum", education="enrolled:3; places:1")["名乙"]
    assert two.education_level == pytest.approx(0.75 * 0.5 + 0.25 * 1.0)


def test_the_grey_degree_is_of_the_years_that_both_sides_tell(city):
    found = told(city)
    expected = alignment.grey_degrees(
        {"甲": ([320, 360, 400], [60, 66, 60]), "乙": ([80, 90, 100], [30, 33, 30])}
    )
    assert found["名甲"].grey == pytest.approx(expected["甲"], abs=1e-4)
    assert found["名甲"].grey_years == "2022–2024"
    assert found["名丙"].grey is None
    assert found["全部"].grey == pytest.approx((expected["甲"] + expected["乙"]) / 2, abs=1e-4)


def test_by_year_each_year_is_a_structure_of_its_own(city):
    found = told(city, by="year")
    assert list(found) == ["全部", "2022", "2023", "2024"]
    assert found["2023"].education == 99
    assert found["2023"].industry == pytest.approx(900)
    assert found["2023"].matching == pytest.approx(0.5)
    assert (found["2022"].education_level, found["2023"].education_level) == (0.01, 1)


def test_a_school_that_begins_to_report_makes_no_growth(city):
    before = told(city, by="year")
    school = city.node("School", "新校")
    city.edge("OFFERS", school, "Specialty:专甲", enrolled=500, year=2024)
    after = told(city, by="year")
    assert [one.education for one in after.values()] == [one.education for one in before.values()]
    assert told(city)["名甲"].education == 560


def test_what_belongs_to_two_units_counts_half_to_each(city):
    city.edge("SERVES", "Specialty:专乙", "IndustryChain:丙")
    found = told(city)
    assert (found["名乙"].education, found["名丙"].education) == (15, 15)


def test_a_segment_counts_to_its_chain_and_a_part_of_a_figure_not_again(city):
    segment = city.node("IndustryChain", "甲电池", tier="环节")
    city.edge("PART_OF", segment, "IndustryChain:甲")
    city.edge("HAS_INDUSTRY", "Region:市", segment, output=90e8, year=2024)
    city.edge("SERVES", "Specialty:专乙", segment)
    found = told(city)
    assert found["名甲"].industry == 400
    assert (found["名甲"].education, found["名乙"].education) == (75, 15)
    assert "名甲电池" not in found


def test_a_district_within_the_city_is_not_added_to_it(city):
    district = city.node("Region", "区", level="县级")
    city.edge("PART_OF", district, "Region:市")
    city.edge("HAS_INDUSTRY", district, "IndustryChain:甲", output=150e8, year=2024)
    assert told(city)["名甲"].industry == 400
    found = told(city, by="region", region_level="县级")
    assert found["名区"].industry == 150


def test_a_table_is_taken_as_given_and_matched_by_name(city):
    found = told(city, table="名甲:50%; 名乙:30%; 名丙:0.2")
    assert [found[name].industry_share for name in ("名甲", "名乙", "名丙")] == [0.5, 0.3, 0.2]
    csv = "产业链,年份,产值\n名甲,2023,10\n名甲,2024,30\n名乙,2024,10\n"
    found = told(city, table=csv)
    assert (found["名甲"].industry, found["名甲"].year, "名丙" in found) == (30, "2024", False)
    assert told(city, table=csv, year=2023)["名乙"].industry is None


def test_sectors_can_be_given_and_changed(city):
    city.nodes["Specialty"] = [
        row | {"category": "电子与信息大类" if row["id"].endswith("甲") else "装备制造大类"}
        for row in city.nodes["Specialty"]
    ]
    shares = "第一产业:5; 二产:45; 第三产业:50"
    found = told(city, by="sector", table=shares)
    assert (found["第三产业"].education, found["第二产业"].education, found["第一产业"].education) == (
        60,
        30,
        0,
    )
    found = told(city, by="sector", table=shares, sectors="电子与信息大类：第二产业")
    assert (found["第三产业"].education, found["第二产业"].education) == (0, 90)


def test_industries_of_gbt_4754_count_to_their_sector(empty_graph):
    region = empty_graph.node("Region", "市", level="地级")
    section = empty_graph.node("IndustryChain", "C", name="制造业", code="C", tier="行业")
    division = empty_graph.node("IndustryChain", "36", name="汽车制造业", code="36", tier="行业")
    trade = empty_graph.node("IndustryChain", "F", name="批发和零售业", code="F", tier="行业")
    empty_graph.edge("PART_OF", division, section)
    for chain, output in ((section, 300), (division, 100), (trade, 200)):
        empty_graph.edge("HAS_INDUSTRY", region, chain, output=output * 1e8, year=2024)
    found = told(empty_graph, by="sector")
    assert {unit: one.industry for unit, one in found.items() if unit != "全部"} == {
        "第二产业": 300,
        "第三产业": 200,
    }


def test_unknown_is_not_zero(city):
    city.edges["OFFERS"] = [
        row | {"enrolled": None} if row["tail"].endswith("乙") else row for row in city.edges["OFFERS"]
    ]
    found = told(city, education="enrolled")
    assert (found["名乙"].education, found["名乙"].education_share, found["名乙"].unknown) == (None, None, 1)
    assert found["名丙"].education == 0  # nobody teaches for it
    assert found["名甲"].industry_share == pytest.approx(400 / 900, abs=1e-4)  # of what can be compared


def test_the_unit_of_the_figures_does_not_matter(city):
    before = told(city)
    city.edges["HAS_INDUSTRY"] = [row | {"output": row["output"] / 7} for row in city.edges["HAS_INDUSTRY"]]
    after = told(city)
    for unit, one in after.items():
        assert one.deviation == before[unit].deviation
        assert one.grey == before[unit].grey
        assert one.coordination == pytest.approx(before[unit].coordination, abs=2e-4)


def test_twice_the_same_claim_counts_once_and_a_contradiction_is_settled_with_care(city):
    row = city.edges["HAS_INDUSTRY"][2]
    twice = {key: row[key] for key in ("head", "tail", "output", "year")}
    city.edge("HAS_INDUSTRY", source="yearbook", **twice)
    assert told(city)["名甲"].industry == 400
    city.edge("HAS_INDUSTRY", source="bulletin", **(twice | {"output": 300e8}))
    assert told(city)["名甲"].industry == 300


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "school"},
        {"across": "year"},
        {"education": "students"},
        {"education": "enrolled:-1"},
        {"education": "enrolled; enrolled"},
        {"industry": " "},
        {"table": "名甲"},
        {"table": "名甲:a:3"},
        {"table": "名甲:-3"},
        {"by": "sector", "table": "甲:3"},
        {"weighting": "ahp"},
        {"normalisation": "z"},
        {"scaling": "z"},
        {"floor": 1.0},
        {"alpha": 2.0},
        {"resolution": 0.0},
        {"sectors": "电子与信息大类"},
    ],
)
def test_a_parameter_that_means_nothing_is_a_clear_error(city, wrong):
    with pytest.raises(LiantuError) as caught:
        structural_alignment(city.projection(), **wrong)
    assert caught.value.code == "question.parameter"


def test_a_name_in_the_table_that_nothing_has_is_a_clear_error(city):
    with pytest.raises(LiantuError) as caught:
        structural_alignment(city.projection(), table="没有的链:3")
    assert caught.value.code == "node.unknown"


def test_sectors_are_known_by_their_usual_names():
    assert [sector_named(word) for word in ("第一产业", "二产", "第三", "三次产业", "制造业")] == [
        "第一产业",
        "第二产业",
        "第三产业",
        "第三产业",
        None,
    ]
