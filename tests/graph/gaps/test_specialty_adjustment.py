"""What to do with each specialty, against the rules worked out offering by offering and year by year."""

import pytest

from graph.errors import LiantuError
from graph.gaps.advice import GROW, HOLD, MERGE, OPEN, STOP, UNDECIDED
from graph.gaps.figures import figure
from graph.gaps.market import market
from graph.gaps.matching import match, misfit, rank
from graph.gaps.specialty_adjustment import specialty_adjustment

YEARS = (2024, 2023, 2022, 2021, None)


class Slow:
    """The signals of a random graph, number by number."""

    def __init__(self, made, projection):
        self.projection, self.sides = projection, market(projection)
        self.rows = {}
        for n, row in enumerate(made.edges.get("OFFERS", ())):
            if row["confidence"] >= 0.5 and row["status"] in (None, "完成"):
                self.rows.setdefault((row["head"], row["tail"], row["year"]), set()).add(n)

    def value(self, offering, column, year):
        rows = self.rows.get((offering.school, offering.specialty, year), set())
        return figure(
            self.projection, "OFFERS", rows, column=column, part="number", year=year, cautious=min
        ).value

    def told(self, offered, *columns):
        """Year → the values of the columns, of offerings that tell them all; undated only where nothing is dated."""
        found = {}
        for year in YEARS:
            rows = [[self.value(one, column, year) for column in columns] for one in offered]
            rows = [row for row in rows if None not in row]
            if rows and (year is not None or not found):
                found[year] = rows
        return found

    def rate(self, offered, year, parts, whole, at_most):
        """Employed (and further study, where told) of the graduates, of the offerings that tell both.

        With `at_most` all graduates where further study is not told.
        """
        pairs = []
        for one in offered:
            first, *others = (self.value(one, part, year) for part in parts)
            base = self.value(one, whole, year)
            if first is not None and base is not None:
                most = at_most and None in others
                own = first + sum(other or 0 for other in others)
                pairs.append((max(own, base) if most else own, base))
        whole = sum(pair[1] for pair in pairs)
        return min(1.0, sum(pair[0] for pair in pairs) / whole) if whole else None

    def rates(self, offered, parts, whole, at_most=False):
        dated = {year: self.rate(offered, year, parts, whole, at_most) for year in YEARS[:-1]}
        if any(self.told(offered, parts[0], whole).keys() - {None}):
            return {year: rate for year, rate in dated.items() if rate is not None}
        undated = self.rate(offered, None, parts, whole, at_most)
        return {} if undated is None else {0: undated}

    def trend(self, offered):
        for column in ("enrolled", "graduates"):
            years = [
                year
                for year in YEARS[:-1]
                if any(self.value(one, column, year) is not None for one in offered)
            ]
            if len(years) < 2:
                continue
            ends = (min(years), max(years))
            pairs = [[self.value(one, column, year) for year in ends] for one in offered]
            pairs = [pair for pair in pairs if None not in pair]
            before, after = (sum(pair[end] for pair in pairs) for end in (0, 1))
            if before:
                return (after / before) ** (1 / (ends[1] - ends[0])) - 1
        return None

    def absorbed(self, offered):
        """Of each offering the newest figure of each column; and the same with the graduates of those that tell none."""
        newest_first = (*sorted(YEARS[:-1], reverse=True), None)
        known = untold = 0
        for one in offered:
            told = [
                next(
                    (value for year in newest_first if (value := self.value(one, column, year)) is not None),
                    None,
                )
                for column in ("in_field", "further_study")
            ]
            known += sum(value or 0 for value in told)
            untold += (one.graduates or 0) if told == [None, None] else 0
        return known, known + untold

    def busy(self, offered):
        """The years in which somebody studies or graduates."""
        return {
            year
            for year in YEARS[:-1]
            if any(self.value(one, column, year) for one in offered for column in ("enrolled", "graduates"))
        }


def running(values, holds):
    count = 0
    for n, year in enumerate(sorted(values, reverse=True)):
        if not holds(values[year]) or year != max(values) - n:
            break
        count += 1
    return count


def advised(slow, offered_numbers, family, factor):
    """The advice by the rules of the docstring; the family is what crowds each other: {school: numbers}."""
    sides = slow.sides
    made = match(sides, demand=factor)
    offered = [sides.supplied[n] for n in offered_numbers]
    known = [one.graduates for one in offered if one.graduates is not None]
    graduates = sum(known) if known else None
    short = max((made.up_to[n] for n in offered_numbers), default=0)
    needs = [need for need in sides.needed if any(misfit(sides, one, need) is not None for one in offered)]
    demand_known = any(need.headcount is not None for need in needs)
    employment = slow.rates(offered, ("employed", "further_study"), "graduates")
    fields = slow.rates(offered, ("in_field",), "employed")
    latest = employment[max(employment)] if employment else None
    field = fields[max(fields)] if fields else None
    idle = {}
    for year in YEARS[:-1]:
        students = [slow.value(one, "enrolled", year) for one in offered]
        if students and None not in students:
            idle[year] = sum(students)
    empty_since = running(idle, lambda people: people == 0)
    if empty_since >= 3 and all(year <= max(idle) for year in slow.busy(offered)):
        return STOP
    least = 0.1 * (graduates or 0)
    unmet = short > 0 and short >= least
    at_most = slow.rates(offered, ("employed", "further_study"), "graduates", at_most=True)
    if running(at_most, lambda rate: rate < 0.6) >= 2:
        return HOLD if unmet else STOP
    if unmet:
        if graduates is None:
            return UNDECIDED
        if field is not None and field < 0.5:
            return HOLD
        return HOLD if graduates * ((1 + (slow.trend(offered) or 0)) ** 3 - 1) >= short else GROW
    placed = sum(made.placed[n] for n in offered_numbers)
    if not demand_known or graduates is None:
        return UNDECIDED if not demand_known and latest is None else HOLD
    known, working = slow.absorbed(offered)
    if graduates - max(placed, known) <= least or (latest is not None and latest >= 0.9 and field is None):
        return HOLD
    if graduates - max(placed, working) <= least:
        return UNDECIDED
    return MERGE if spared(slow, offered, family, made) else HOLD


def spared(slow, offered, family, made):
    """Whether fewer schools of the family would do, and these are not all of them."""
    supplied = slow.sides.supplied
    members = [n for numbers in family.values() for n in numbers]
    taken = max(sum(made.placed[n] for n in members), slow.absorbed([supplied[n] for n in members])[1])
    sizes = {}
    for school, numbers in family.items():
        told = [people for n in numbers if (people := supplied[n].graduates) is not None]
        if told:
            sizes[school] = sum(told)
    order = sorted(sizes, key=lambda school: (-sizes[school], slow.projection.name(school), school))
    enough = next((k for k in range(len(order)) if sum(sizes[s] for s in order[:k]) >= taken), len(order))
    own = {one.school for one in offered} - {None}
    return enough < len(order) and not own <= set(order[:enough])


def taught(sides, specialty):
    family = {}
    for n, one in enumerate(sides.supplied):
        if one.specialty == specialty:
            family.setdefault(one.school, []).append(n)
    return family


@pytest.mark.parametrize("by", ["specialty", "offering"])
def test_agrees_with_the_rules_on_random_graphs(five_hundred_graphs, by):
    seen = {}
    for made, projection in five_hundred_graphs:
        slow, expected = Slow(made, projection), {}
        for specialty in {one.specialty for one in slow.sides.supplied}:
            family = taught(slow.sides, specialty)
            units = [sorted(n for own in family.values() for n in own)]
            if by == "offering":
                units = [own for school, own in family.items()]
            for numbers in units:
                school = slow.sides.supplied[numbers[0]].school if by == "offering" else None
                expected[specialty, school] = tuple(
                    advised(slow, numbers, family, factor) for factor in (1, 0.8, 1.2)
                )
        findings = specialty_adjustment(projection, by=by)
        answer = {
            (one.subject.id, one.school.id if one.school else None): (one.advice, one.if_less, one.if_more)
            for one in findings
            if one.advice != OPEN
        }
        assert answer == expected
        for one in findings:
            assert one.robust == (one.advice == one.if_less == one.if_more)
            seen[one.advice] = seen.get(one.advice, 0) + 1
    assert min(seen.get(one, 0) for one in (GROW, HOLD, UNDECIDED)) > 5
    assert min(seen[MERGE], seen[STOP]) >= 1  # who studies on is seldom told


def test_what_to_open_is_what_is_demanded_and_nobody_could_fill_on_random_graphs(five_hundred_graphs):
    found = 0
    for _, projection in five_hundred_graphs:
        sides, expected = market(projection), {}
        for need in sides.needed:
            if need.headcount is None or any(misfit(sides, one, need) is not None for one in sides.supplied):
                continue
            want = rank(need.level)
            fit = [
                specialty
                for specialty in sides.suited.get(need.demanded, ())
                if None in (want, have := rank(projection.value(specialty, "level"))) or have >= want
            ]
            for subject in fit or [need.demanded]:
                expected[subject] = expected.get(subject, 0) + need.headcount
        answer = {
            one.subject.id: one.people for one in specialty_adjustment(projection, only="open", opening=20)
        }
        assert answer == {subject: people for subject, people in expected.items() if people >= 20}
        found += len(answer)
    assert found > 50


@pytest.fixture
def taught_at_two(empty_graph):
    """A specialty at two schools, 100 and 40 graduates a year, for a post of which 60 people are needed."""
    specialty, post = (
        empty_graph.node("Specialty", "数控", level="高职专科"),
        empty_graph.node("Occupation", "数控车工"),
    )
    enterprise = empty_graph.node("Enterprise", "机床厂")
    empty_graph.edge("PREPARES_FOR", specialty, post)
    empty_graph.edge("DEMANDS", enterprise, post, headcount=60, level="高职专科", year=2025)
    for name, people in (("大校", 100), ("小校", 40)):
        school = empty_graph.node("School", name)
        for year in (2022, 2023, 2024):
            empty_graph.edge(
                "OFFERS",
                school,
                specialty,
                year=year,
                graduates=people,
                employed=people * 8 // 10,
                in_field=people // 4,
                further_study=0,
            )
    return empty_graph


def told(made, **parameters):
    return {
        (one.subject.name, one.school.name if one.school else None): one
        for one in specialty_adjustment(made.projection(), **parameters)
    }


def changed(made, kind, **values):
    again = made.copy()
    again.edges[kind] = [row | values for row in again.edges[kind]]
    return again


def test_too_many_schools_are_to_merge_and_the_largest_is_kept(taught_at_two):
    one = told(taught_at_two)["名数控", None]
    assert (one.advice, one.people, one.enough, one.surplus, one.robust) == (MERGE, 80, 1, 80, True)
    by_school = told(taught_at_two, by="offering")
    assert by_school["名数控", "名大校"].advice == HOLD
    assert by_school["名数控", "名小校"].advice == MERGE


def test_a_shortage_is_to_grow_by_as_many_and_less_demand_may_end_it(taught_at_two):
    one = told(changed(taught_at_two, "DEMANDS", headcount=170), lowest_in_field=0.3)["名数控", None]
    assert (one.advice, one.people, one.if_less, one.if_more, one.robust) == (GROW, 30, HOLD, GROW, False)


def test_what_grows_already_needs_no_growing(taught_at_two):
    grown = changed(taught_at_two, "DEMANDS", headcount=170)
    for row in grown.edges["OFFERS"]:
        row["enrolled"] = {2022: 200, 2023: 240, 2024: 290}[row["year"]]
    one = told(grown, lowest_in_field=0.3)["名数控", None]
    assert one.advice == HOLD
    assert one.trend == pytest.approx((290 / 200) ** 0.5 - 1, abs=1e-4)
    assert told(grown, horizon=0, lowest_in_field=0.3)["名数控", None].advice == GROW


def test_few_in_their_field_hold_the_growth(taught_at_two):
    short = changed(taught_at_two, "DEMANDS", headcount=170)
    assert told(short, lowest_in_field=0.3)["名数控", None].advice == GROW
    assert told(short, lowest_in_field=0.4)["名数控", None].advice == HOLD


def test_low_employment_for_years_is_to_stop_unless_people_are_short(taught_at_two):
    low = changed(taught_at_two, "OFFERS", employed=15)
    assert told(low)["名数控", None].advice == STOP
    assert told(low, low_years=4)["名数控", None].advice == MERGE
    assert told(changed(low, "DEMANDS", headcount=400))["名数控", None].advice == HOLD


def test_it_rests_on_the_offers_of_all_years_by_which_employment_is_told(taught_at_two):
    one = told(taught_at_two, by="offering")["名数控", "名小校"]
    assert [claim.kind for claim in one.evidence] == ["OFFERS", "OFFERS", "OFFERS", "DEMANDS"]


def test_a_low_rate_stops_nothing_while_it_is_not_told_who_studies_on(taught_at_two):
    low = changed(taught_at_two, "OFFERS", employed=15, further_study=None)
    one = told(low)["名数控", None]
    assert (one.advice, [text.zh for text in one.missing]) == (MERGE, ["升学人数"])
    for row in low.edges["OFFERS"]:
        row["further_study"] = 3 if row["graduates"] == 100 else None
    assert told(low)["名数控", None].advice == STOP  # 58 of 140 if all the 40 of the small school studied on


def test_graduates_of_whom_no_field_is_told_are_no_surplus(taught_at_two):
    untold = taught_at_two.copy()
    for row in untold.edges["OFFERS"]:
        silent = row["graduates"] == 40
        row["in_field"], row["further_study"] = (None, None) if silent else (95, 0)
    one = told(untold)["名数控", None]
    assert (one.advice, one.surplus, one.enough) == (UNDECIDED, 5, 2)
    assert [text.zh for text in one.missing] == ["对口就业或升学人数：名小校"]
    silent = told(changed(untold, "OFFERS", in_field=None, further_study=None))["名数控", None]
    assert (silent.advice, silent.surplus) == (UNDECIDED, None)


def test_a_year_reads_employment_and_work_in_the_field_of_no_later_year(taught_at_two):
    for row in taught_at_two.edges["OFFERS"]:
        if row["year"] == 2024:
            row |= {"employed": row["graduates"], "in_field": row["graduates"]}
    taught_at_two.edges["DEMANDS"][0]["year"] = 2023
    one = told(taught_at_two, year=2023)["名数控", None]
    assert (one.advice, one.employment, one.in_field, one.surplus) == (MERGE, 0.8, 0.3125, 80)
    assert one.employment_years == ("2022：80.0%", "2023：80.0%")


def test_one_low_year_stops_nothing(taught_at_two):
    for row in taught_at_two.edges["OFFERS"]:
        row["employed"] = 15 if row["year"] == 2024 else row["employed"]
    assert told(taught_at_two)["名数控", None].advice == MERGE


def test_years_without_students_are_to_stop(taught_at_two):
    assert told(changed(taught_at_two, "OFFERS", enrolled=0))["名数控", None].advice == STOP
    assert told(changed(taught_at_two, "OFFERS", enrolled=0), idle_years=4)["名数控", None].advice == MERGE


def test_a_surplus_of_people_who_found_work_is_doubted_where_their_field_is_not_told(taught_at_two):
    good = changed(taught_at_two, "OFFERS", employed=None, in_field=None, further_study=None)
    for row in good.edges["OFFERS"]:
        row["employed"] = row["graduates"]
    assert told(good)["名数控", None].advice == HOLD
    assert told(changed(good, "OFFERS", in_field=5))["名数控", None].advice == MERGE


def test_who_works_in_the_field_or_studies_on_is_not_left_over(taught_at_two):
    for row in taught_at_two.edges["OFFERS"]:
        row["further_study"] = row["graduates"] // 2
    one = told(taught_at_two)["名数控", None]
    assert (one.advice, one.surplus, one.enough) == (HOLD, 140 - 35 - 70, 2)


def test_unknown_is_not_zero(taught_at_two):
    silent = changed(taught_at_two, "OFFERS", graduates=None, employed=None, in_field=None)
    one = told(silent)["名数控", None]
    assert (one.advice, one.graduates, one.surplus, one.employment, one.in_field) == (
        UNDECIDED,
        None,
        None,
        None,
        None,
    )
    nobody_asks = changed(taught_at_two, "DEMANDS", headcount=None)
    one = told(nobody_asks)["名数控", None]
    assert (one.advice, one.demand, one.surplus) == (HOLD, None, None)


def test_what_nobody_teaches_is_to_open_where_enough_people_are_needed(taught_at_two):
    post, other = (
        taught_at_two.node("Occupation", "焊工"),
        taught_at_two.node("Specialty", "焊接", level="高职专科"),
    )
    taught_at_two.edge("DEMANDS", "Enterprise:机床厂", post, headcount=35, level="高职专科", year=2025)
    assert told(taught_at_two, only="增设")["名焊工", None].schools == ()
    taught_at_two.edge("PREPARES_FOR", other, post)
    one = told(taught_at_two, only="增设")["名焊接", None]
    assert (one.people, one.if_less, one.if_more, one.robust) == (35, HOLD, OPEN, False)
    assert told(taught_at_two, only="增设", opening=40) == {}


def test_a_level_that_nobody_teaches_is_to_open_as_well(taught_at_two):
    taught_at_two.edge(
        "DEMANDS", "Enterprise:机床厂", "Occupation:数控车工", headcount=50, level="普通本科", year=2025
    )
    one = told(taught_at_two, only="open")["名数控车工", None]
    assert (one.kind, one.people) == ("Occupation", 50)
    assert "名数控" in one.reasons[1].zh


def test_groups_are_told_as_such(taught_at_two):
    for school in ("School:大校", "School:小校"):
        group = taught_at_two.node("SpecialtyGroup", f"数控专业群@{school}", name="数控专业群")
        taught_at_two.edge("INCLUDES", group, "Specialty:数控")
    found = specialty_adjustment(taught_at_two.projection(), by="group")
    assert {(one.schools[0].name, one.advice) for one in found} == {("名大校", HOLD), ("名小校", MERGE)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "school"},
        {"only": "关闭"},
        {"shift": 0.0},
        {"shift": 1.0},
        {"tolerance": -0.1},
        {"lowest_employment": 60.0},
        {"low_years": 0},
        {"idle_years": 0},
        {"opening": 0},
        {"horizon": -1},
    ],
)
def test_a_parameter_that_means_nothing_is_a_clear_error(empty_graph, wrong):
    with pytest.raises(LiantuError) as caught:
        specialty_adjustment(empty_graph.projection(), **wrong)
    assert caught.value.code == "question.parameter"
