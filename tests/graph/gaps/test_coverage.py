"""Who belongs to a consortium and who does not; targets against the figures that measure them."""

import pytest

from graph.gaps.coverage import VOCATIONAL, coverage
from graph.gaps.targets import BEHIND, MISSED, ON_PATH, OPEN, REACHED, UNKNOWN, targets


def counted(made, kind):
    """The bodies of a kind that are to be covered."""
    rows = made.nodes[kind]
    if kind == "Park":
        return {row["id"] for row in rows}
    wanted = VOCATIONAL if kind == "School" else ("大型", "规模以上")
    return {row["id"] for row in rows if row.get("level" if kind == "School" else "scale") in wanted}


def test_coverage_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    for made, projection in five_hundred_graphs:
        joined = {head for kind in ("MEMBER_OF", "LEADS") for head, _ in made.done(kind)}
        joined |= {
            tail
            for head, tail in made.done("LOCATED_IN")
            if head.startswith("Consortium:") and tail.startswith("Park:")
        }
        answer = {one.group.en: one for one in coverage(projection, catalogue=True)}
        for kind, words in (
            ("Park", "parks"),
            ("School", "vocational schools and colleges"),
            ("Enterprise", "large enterprises"),
        ):
            wanted = counted(made, kind)
            if words not in answer:
                assert not wanted
                continue
            one = answer[words]
            assert (one.total, one.covered) == (len(wanted), len(wanted & joined))
            assert {named.id for named in one.uncovered} == wanted - joined
            assert one.share == (round(one.covered / one.total, 4) if one.total else None)


def test_a_catalogue_alone_makes_nobody_uncovered_and_an_unknown_level_is_counted_apart(empty_graph):
    named = empty_graph.node("School", "名单里的", level="高职专科")
    listed = empty_graph.node("School", "目录里的", level="高职专科")
    vague = empty_graph.node("School", "层次不明的")
    empty_graph.edge("STATES", "Source:x", named, source="document")
    empty_graph.edge("STATES", "Source:x", vague, source="document")
    empty_graph.edge("STATES", "Source:y", listed, source="reference-schools")
    (found,) = coverage(empty_graph.projection())
    assert ([one.id for one in found.uncovered], found.unknown, found.elsewhere) == ([named], 1, 1)
    (whole,) = coverage(empty_graph.projection(), catalogue=True)
    assert whole.total == 2
    assert whole.share == 0


def test_joining_a_consortium_never_lowers_the_share(small_graphs):
    for made, projection in small_graphs[:60]:
        wider = made.copy()
        wider.edge("MEMBER_OF", made.ids("School")[0], made.ids("Consortium")[0])
        before, after = (
            {one.group.en: one.share or 0 for one in coverage(p, catalogue=True)}
            for p in (projection, wider.projection())
        )
        assert all(after[group] >= share for group, share in before.items())


@pytest.fixture
def plan(empty_graph):
    """A document of 2024 with a target of 100 order classes by 2028, and a function that reports a figure."""
    document = empty_graph.node("PolicyDocument", "方案", issued="2024-03-01")
    target = empty_graph.node(
        "Target", f"目标@{document}", metric="订单班数", value=100.0, unit="个", comparator="≥", year=2028
    )
    empty_graph.edge("SETS", document, target)

    def report(value, year, metric="订单班", unit="个"):
        own = empty_graph.node(
            "Statistic", f"{metric}{value}{year}@{document}", metric=metric, value=value, unit=unit, year=year
        )
        empty_graph.edge("REPORTS", document, own)

    return empty_graph, report


def test_a_target_without_figure_is_unknown_not_zero(plan):
    made, report = plan
    report(500.0, 2025, unit="人")  # another unit measures something else
    report(5.0, 2025, metric="实训基地")
    (found,) = targets(made.projection())
    assert (found.state, found.actual, found.expected) == (UNKNOWN, None, None)


def test_the_line_from_the_base_tells_on_the_path_from_behind(plan):
    made, report = plan
    report(20.0, 2024)
    report(50.0, 2026)
    (found,) = targets(made.projection(), today=2026)
    assert (found.expected, found.state, found.pace) == (60.0, BEHIND, 25.0)
    report(65.0, 2027)
    (found,) = targets(made.projection(), today=2027)
    assert (found.expected, found.state, found.pace) == (80.0, BEHIND, 35.0)
    made.nodes["Statistic"][-1]["value"] = 85.0
    (found,) = targets(made.projection(), today=2027)
    assert (found.state, found.pace) == (ON_PATH, 15.0)
    (late,) = targets(made.projection(), today=2029)
    assert late.state == MISSED
    made.nodes["Statistic"][-1]["value"] = 100.0
    (found,) = targets(made.projection(), today=2027)
    assert (found.state, found.pace) == (REACHED, None)


def test_a_figure_of_the_year_due_tells_a_missed_target_though_no_document_is_dated(plan):
    made, report = plan
    made.nodes["PolicyDocument"][0]["issued"] = None
    report(40.0, 2027)
    (found,) = targets(made.projection())
    assert found.state == OPEN
    report(50.0, 2028)
    (found,) = targets(made.projection())
    assert (found.state, found.actual_year) == (MISSED, 2028)


def test_without_a_base_the_pace_is_told_but_no_judgement(plan):
    made, report = plan
    report(40.0, 2025)
    (found,) = targets(made.projection())
    assert (found.state, found.expected, found.pace) == (OPEN, None, 20.0)
    assert found.path == ("2026：60 个", "2027：80 个", "2028：100 个")


def test_the_path_of_a_far_target_tells_the_next_years_and_the_last(plan):
    made, report = plan
    made.nodes["Target"][0]["year"] = 2050
    report(50.0, 2025)
    (found,) = targets(made.projection())
    assert [one[:4] for one in found.path] == [*(str(year) for year in range(2026, 2035)), "2050"]
    assert found.path[-1] == "2050：100 个"


def test_figures_that_contradict_are_shown_and_the_cautious_one_taken(plan):
    made, report = plan
    report(330000.0, 2026)
    report(350000.0, 2026)
    (found,) = targets(made.projection())
    assert (found.actual, found.conflicts) == ("33 万个", ("33 万个", "35 万个"))


def test_a_target_to_stay_below_is_reached_from_above(plan):
    made, report = plan
    made.nodes["Target"][0] |= {"comparator": "≤", "value": 10.0}
    report(12.0, 2026)
    report(8.0, 2027)
    (found,) = targets(made.projection())
    assert found.state == REACHED


def test_a_target_to_pass_or_to_stay_below_is_not_reached_at_the_figure_itself(plan):
    made, report = plan
    report(100.0, 2026)
    for comparator, reached in (("≥", True), ("=", True), ("≤", True), (">", False), ("<", False)):
        made.nodes["Target"][0]["comparator"] = comparator
        (found,) = targets(made.projection())
        assert (found.state == REACHED) is reached


def test_a_target_of_just_so_many_that_is_to_fall_is_not_reached_from_above(plan):
    made, report = plan
    made.nodes["Target"][0] |= {"comparator": "=", "value": 5.0}
    report(22.0, 2023)
    report(20.0, 2026)
    (found,) = targets(made.projection(), today=2026)
    assert (found.expected, found.state, found.pace) == (11.8, BEHIND, -7.5)
    made.nodes["Statistic"][-1]["value"] = 5.0
    (found,) = targets(made.projection(), today=2026)
    assert found.state == REACHED


def test_a_figure_about_one_school_measures_no_target_about_nothing_in_particular(plan):
    made, report = plan
    report(120.0, 2026)
    made.edge("ABOUT", made.nodes["Statistic"][-1]["id"], made.node("School", "甲"))
    (found,) = targets(made.projection())
    assert (found.state, found.actual) == (UNKNOWN, None)
    made.edges["ABOUT"][0]["tail"] = made.node("Region", "市", level="省级")
    (found,) = targets(made.projection())
    assert (found.state, found.actual) == (REACHED, "120 个")


def test_who_is_only_planned_to_join_is_not_covered(empty_graph):
    school = empty_graph.node("School", "甲", level="高职专科")
    empty_graph.edge("MEMBER_OF", school, empty_graph.node("Consortium", "联"), status="计划")
    (found,) = coverage(empty_graph.projection())
    assert (found.total, found.covered) == (1, 0)
    (found,) = coverage(empty_graph.projection(), realised=("计划",))
    assert found.covered == 1


def test_of_bases_that_contradict_that_from_which_more_is_needed_is_taken(plan):
    made, report = plan
    for base in (20.0, 40.0):
        report(base, 2024)
    report(69.0, 2026)
    (found,) = targets(made.projection(), today=2026)
    assert (found.expected, found.state) == (70.0, BEHIND)
    made.nodes["Target"][0] |= {"comparator": "≤", "value": 0.0}
    made.nodes["Statistic"][-1]["value"] = 11.0
    (found,) = targets(made.projection(), today=2026)
    assert (found.expected, found.state) == (10.0, BEHIND)


def test_a_like_metric_of_the_same_subject_is_found_behind_many_of_others(plan):
    made, report = plan
    for number in range(60):
        report(float(number), 2026, metric=f"产业{number}学院")
    for number in range(22):
        report(float(number), 2026, metric="在办订单班级")
        made.edge("ABOUT", made.nodes["Statistic"][-1]["id"], made.node("IndustryChain", f"甲{number}"))
    report(99.0, 2026, metric="在办订单班级")
    chain = made.node("IndustryChain", "乙")
    made.edge("ABOUT", made.nodes["Statistic"][-1]["id"], chain)
    made.edge("ABOUT", made.nodes["Target"][0]["id"], chain)
    made.nodes["Target"][0]["metric"] = "新办订单班级"
    (found,) = targets(made.projection(), likeness=0.4)
    assert found.actual == "99 个"


def test_other_metrics_that_are_like_do_not_contradict(plan):
    made, report = plan
    made.nodes["Target"][0]["metric"] = "联合体内校企共建市级以上实训基地数"
    report(14.0, 2024, metric="校企共建实训基地数")
    report(3.0, 2024, metric="市级以上实训基地")
    (found,) = targets(made.projection())
    assert (found.actual, found.conflicts) == ("3 个", ())


def test_a_metric_within_another_measures_it_and_says_so(plan):
    made, report = plan
    made.nodes["Target"][0]["metric"] = "联合体内校企共建市级以上实训基地数"
    report(14.0, 2024, metric="校企共建实训基地数")
    (found,) = targets(made.projection())
    assert found.actual == "14 个"
    assert "核对" in found.measured_by.zh
    (strict,) = targets(made.projection(), likeness=1.0)
    assert strict.state == UNKNOWN


def fits_subject(wanted, told):
    """What a figure is about: nothing, or the same; or regions alone where nothing in particular is wanted."""
    return not told or wanted & told or (not wanted and all(one.startswith("Region:") for one in told))


def test_targets_agree_with_the_definition_on_random_graphs(five_hundred_graphs):
    """Among metrics that are the same but for 数: the newest figure, of these the one farthest from the target."""
    measured = 0
    for made, projection in five_hundred_graphs:
        told = {row["tail"] for kind in ("SETS", "REPORTS") for row in made.claims(kind)}
        about = {}
        for row in made.claims("ABOUT"):
            about.setdefault(row["head"], set()).add(row["tail"])
        rows = {
            row["id"]: row
            for row in made.nodes["Target"]
            if row["id"] in told and row.get("value") is not None
        }
        answer = {one.target.id: one for one in targets(projection, likeness=1.0)}
        assert answer.keys() == rows.keys()
        for target, row in rows.items():
            fits = [
                other
                for other in made.nodes["Statistic"]
                if other["id"] in told
                and other["value"] is not None
                and other["unit"] == row["unit"]
                and other["metric"].removesuffix("数")
                == (row.get("metric") or row["name"]).removesuffix("数")
                and fits_subject(about.get(target, set()), about.get(other["id"], set()))
            ]
            newest = max((other["year"] or 0 for other in fits), default=None)
            values = [other["value"] for other in fits if (other["year"] or 0) == newest]
            farthest = max if row["comparator"] == "≤" else min
            wanted = f"{farthest(values):.0f} {row['unit']}" if values else None
            assert answer[target].actual == wanted
            assert bool(answer[target].conflicts) == (len(set(values)) > 1)
            measured += bool(values)
    assert measured > 50
