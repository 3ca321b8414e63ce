"""What is assumed, in the words of a planner."""

import pytest

from graph.errors import LiantuError
from graph.gaps.alteration import Counted, Gone, Linked, Realised, Stated, Unlinked
from graph.gaps.assumptions import CHARACTERS, FORMS, MOST, assumptions

SCHOOL, CHAIN, FACTORY = "School:工学院", "IndustryChain:储能", "Enterprise:电池厂"


@pytest.fixture
def city(empty_graph):
    def node(label, key, **values):
        return empty_graph.node(label, key, name=key, **values)

    school, chain = node("School", "工学院", level="高职专科"), node("IndustryChain", "储能", tier="产业链")
    node("IndustryChain", "光伏")
    factory, group = node("Enterprise", "电池厂"), f"SpecialtyGroup:机电群@{school}"
    empty_graph.nodes.setdefault("SpecialtyGroup", []).append({"id": group, "name": "机电群"})
    for level in ("中职", "高职专科"):
        node("Specialty", f"机电{level}", level=level)
    for row in empty_graph.nodes["Specialty"]:
        row["name"] = "机电技术"
    node("Specialty", "储能材料", level="高职专科")
    node("Occupation", "运维员")
    node("Consortium", "联合体")
    node("Region", "某区")
    empty_graph.edge("HOSTS", school, group)
    empty_graph.edge("SERVES", group, chain)
    empty_graph.edge("OFFERS", school, "Specialty:机电高职专科", graduates=50)
    empty_graph.edge("DEMANDS", factory, "Occupation:运维员", headcount=30, level="高职专科")
    return empty_graph.projection()


def test_a_new_group_has_its_school_its_specialties_and_its_chains(city):
    words = "建群 工学院·储能群 → 储能、光伏：储能材料、机电技术"
    group = f"SpecialtyGroup:储能群@{SCHOOL}"
    assert assumptions(city, words) == (
        Stated(group, "储能群", words),
        Linked("HOSTS", SCHOOL, group, words),
        Linked("INCLUDES", group, "Specialty:储能材料", words),
        Linked("INCLUDES", group, "Specialty:机电高职专科", words),
        Linked("SERVES", group, CHAIN, words),
        Linked("SERVES", group, "IndustryChain:光伏", words),
    )


def test_a_group_that_there_is_takes_on_more(city):
    words = "建群 工学院·机电群 → 光伏"
    assert assumptions(city, words) == (
        Linked("SERVES", f"SpecialtyGroup:机电群@{SCHOOL}", "IndustryChain:光伏", words),
    )


@pytest.mark.parametrize(
    ("words", "sign", "people"),
    [("+60", "+", 60), ("－1,200人", "-", 1200), (" = 0", "=", 0), ("＋ 5 个", "+", 5)],
)
def test_seats_are_more_fewer_or_a_number(city, words, sign, people):
    (one,) = assumptions(city, f"学位 工学院·机电技术{words}")
    assert isinstance(one, Counted)
    assert (one.tail, one.sign, one.people) == ("Specialty:机电高职专科", sign, people)


def test_a_need_may_name_its_level(city):
    (one,) = assumptions(city, "需求 电池厂·运维员（高职专科） +100")
    assert (one.head, one.tail, one.level, one.people) == (FACTORY, "Occupation:运维员", "高职专科", 100)


def test_the_other_forms(city):
    cases = {
        "对接 工学院·机电群 → 光伏": [
            Linked("SERVES", f"SpecialtyGroup:机电群@{SCHOOL}", "IndustryChain:光伏", "话")
        ],
        "退出 电池厂": [Gone(FACTORY)],
        "合作 工学院·电池厂：订单班": [Linked("COOPERATES_WITH", SCHOOL, FACTORY, "话", {"mode": "订单班"})],
        "加入 电池厂 -> 联合体": [Linked("MEMBER_OF", FACTORY, "Consortium:联合体", "话")],
        "落实 在建、计划": [Realised(("在建", "计划"))],
        "realise 计划": [Realised(("计划",))],
    }
    for words, expected in cases.items():
        found = [
            Linked(one.kind, one.head, one.tail, "话", one.values) if isinstance(one, Linked) else one
            for one in assumptions(city, words)
        ]
        assert found == expected, words


def test_a_new_enterprise_has_a_name_that_the_graph_does_not_know(city):
    stated, operates, located = assumptions(city, "入驻 新厂 → 储能：某区")
    assert stated.name == "新厂"
    assert (operates.kind, operates.tail) == ("OPERATES_IN", CHAIN)
    assert (located.kind, located.tail) == ("LOCATED_IN", "Region:某区")


def test_a_later_line_may_speak_of_what_an_earlier_one_made(city):
    found = assumptions(
        city,
        "入驻 新厂 → 储能; 合作 工学院·新厂：订单班\n# 备注\n\n建群 工学院·新群; 对接 工学院·新群 → 储能",
    )
    assert {one.head for one in found if isinstance(one, Linked) and one.kind == "SERVES"} == {
        f"SpecialtyGroup:新群@{SCHOOL}"
    }


def test_parting_takes_away_what_links_the_two(city):
    found = assumptions(city, "脱离 工学院·机电群 → 储能")
    assert Unlinked("SERVES", f"SpecialtyGroup:机电群@{SCHOOL}", CHAIN) in found


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("学位 工学院·机电技术", "assumption.words"),
        ("学位 工学院 +5", "assumption.words"),
        ("学位 工学院·机电技术 +9999999999999999", "assumption.words"),
        ("学位 工学院·无此专业 +5", "node.unknown"),
        ("建群 无此校·群 → 储能", "node.unknown"),
        ("建群 工学院· → 储能", "assumption.words"),
        ("建群 工学院", "assumption.words"),
        ("对接 工学院·机电群", "assumption.words"),
        ("落实 完成", "assumption.words"),
        ("取消 一切", "assumption.words"),
        ("退出", "assumption.words"),
        ("脱离 电池厂 → 联合体", "assumption.nothing"),
        ("；".join(["退出 电池厂"] * (MOST + 1)), "assumption.many"),
        ("# " + "长" * CHARACTERS, "assumption.many"),
    ],
)
def test_what_cannot_be_read_is_a_clear_error(city, words, code):
    with pytest.raises(LiantuError) as caught:
        assumptions(city, words)
    assert caught.value.code == code
    assert len(str(caught.value)) < 900


def test_every_form_is_known_in_chinese_and_in_english():
    words = [word for form in FORMS for word in form.words]
    assert len(words) == len(set(words)) == 2 * len(FORMS)
