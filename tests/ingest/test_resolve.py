"""Names become nodes by rules over the whole set of statements, so the order of loading cannot matter."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identity import node_id
from ingest.judgement import FILE, Judgement, read_judgements, unread_judgements, write_judgements
from ingest.resolve import Resolution, resolve
from ingest.skeleton import skeleton


def statements(*rows: tuple[str, str, str | None] | tuple[str, str, str | None, list[str]]) -> pa.Table:
    """Rows of (label, name, code[, aliases]) as STATES rows."""
    made = []
    for label, name, code, *rest in rows:
        local = node_id(label, name=name, code=code)
        made.append({"local": local, "name": name, "aliases": json.dumps(rest[0] if rest else [])})
    return pa.Table.from_pylist(
        made, schema=pa.schema([(n, pa.string()) for n in ("local", "name", "aliases")])
    )


def test_a_name_without_code_becomes_the_only_coded_node_of_that_name() -> None:
    found = resolve(
        statements(("School", "重庆工程职业技术学院", "4150010876"), ("School", "重庆工程职业技术学院", None))
    )
    assert found.final("School:重庆工程职业技术学院") == "School:4150010876"


def test_a_former_name_leads_to_the_school_of_today() -> None:
    found = resolve(
        statements(
            ("School", "重庆电子科技职业大学", "4150012215", ["重庆电子工程职业学院", "重电"]),
            ("School", "重庆电子工程职业学院", None),
            ("School", "重电", None),
        )
    )
    assert found.final("School:重庆电子工程职业学院") == "School:4150012215"
    assert found.final("School:重电") == "School:4150012215"


def test_a_name_of_two_coded_nodes_joins_neither_and_is_reviewed() -> None:
    found = resolve(
        statements(
            ("Specialty", "护理", "720201"), ("Specialty", "护理", "520201"), ("Specialty", "护理", None)
        )
    )
    assert found.final("Specialty:护理") == "Specialty:护理"
    assert {pair.right for pair in found.review} == {"Specialty:720201", "Specialty:520201"}


def test_a_listed_company_is_known_by_its_short_name() -> None:
    found = resolve(
        statements(("Enterprise", "长城汽车", None), ("Enterprise", "长城汽车股份有限公司", None))
    )
    assert found.final("Enterprise:长城汽车") == found.final("Enterprise:长城汽车股份有限公司")


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("Enterprise", "重庆惠科金渝光电科技有限公司", "重庆惠科金渝光电科技"),
        ("Park", "永川高新技术产业开发区", "永川高新区"),
        ("Agency", "重庆市教育委员会", "重庆市教委"),
        ("Agency", "中共重庆市委教育工作领导小组", "重庆市委教育工作领导小组"),
        ("Consortium", "重庆市智能网联新能源汽车产教联合体", "重庆智能网联新能源汽车产教联合体"),
    ],
)
def test_names_with_the_same_telling_part_are_one(label: str, one: str, other: str) -> None:
    found = resolve(statements((label, one, None), (label, other, None)))
    assert found.final(node_id(label, name=other)) == found.final(node_id(label, name=one))


def test_a_group_and_the_company_of_its_stem_are_two_and_put_up_for_review() -> None:
    group, listed = "中国石油天然气集团有限公司", "中国石油天然气股份有限公司"
    short = ("中国石油天然气集团", "中国石油天然气公司")
    found = resolve(statements(*(("Enterprise", name, None) for name in (group, listed, *short))))
    final = {name: found.final(f"Enterprise:{name}") for name in (group, listed, *short)}
    assert final[group] != final[listed]
    assert final[short[0]] == final[group], "the group, named short"
    assert final[short[1]] == f"Enterprise:{short[1]}", "either of them"
    reviewed = {(pair.left, pair.right) for pair in found.review}
    assert tuple(sorted((f"Enterprise:{group}", f"Enterprise:{listed}"))) in reviewed
    judged = resolve(
        statements(("Enterprise", group, None), ("Enterprise", listed, None)),
        [Judgement(f"Enterprise:{group}", f"Enterprise:{listed}", "same")],
    )
    assert judged.final(f"Enterprise:{group}") == judged.final(f"Enterprise:{listed}")


def test_a_company_that_has_changed_its_form_is_one() -> None:
    names = ("某某精密科技有限责任公司", "某某精密科技股份有限公司", "某某精密科技")
    found = resolve(statements(*(("Enterprise", name, None) for name in names)))
    assert len({found.final(f"Enterprise:{name}") for name in names}) == 1


def test_a_source_that_gives_a_company_both_forms_under_its_code_makes_them_one() -> None:
    names = ("某某精密集团有限公司", "某某精密有限公司")
    rows = [("Enterprise", name, code) for name in names for code in ("91500000A", None)]
    found = resolve(statements(*rows, ("Enterprise", "某某精密", None)))
    assert {found.final(f"Enterprise:{name}") for name in (*names, "某某精密")} == {"Enterprise:91500000A"}


def test_a_province_and_a_city_of_one_name_are_two() -> None:
    names = ("吉林省人民政府", "吉林市人民政府", "吉林市政府")
    finals = [
        resolve(statements(*(("Agency", name, None) for name in names))).final(f"Agency:{name}")
        for name in names
    ]
    assert finals[0] != finals[1] == finals[2]


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("School", "重庆市第一职业高级中学", "重庆市第二职业高级中学"),
        ("School", "重庆电子工程职业学院", "重庆电信工程职业学院"),
        ("Enterprise", "重庆三峡银行股份有限公司", "重庆三峡油漆股份有限公司"),
    ],
)
def test_likeness_alone_joins_nothing_but_is_put_up_for_review(label: str, one: str, other: str) -> None:
    ids = [node_id(label, name=name) for name in (one, other)]
    found = resolve(
        statements((label, one, None), (label, other, None)), fresh=frozenset(ids), review_score=0.7
    )
    assert found.final(ids[0]) != found.final(ids[1])
    assert {(pair.left, pair.right) for pair in found.review} == {(min(ids), max(ids))}


def test_two_official_codes_are_never_joined_by_a_rule_but_by_a_person() -> None:
    rows = statements(("Enterprise", "某某公司", "91500000A"), ("Enterprise", "某某", "91500000B"))
    assert resolve(rows).final("Enterprise:91500000B") == "Enterprise:91500000B"
    judged = resolve(rows, [Judgement("Enterprise:91500000A", "Enterprise:91500000B", "same")])
    assert judged.final("Enterprise:91500000A") == judged.final("Enterprise:91500000B")


def test_a_negative_judgement_stops_a_join_also_a_transitive_one() -> None:
    rows = statements(
        ("Agency", "重庆市教育委员会", None), ("Agency", "重庆市教委", None), ("Agency", "重庆教委", None)
    )
    ids = [node_id("Agency", name=n) for n in ("重庆市教育委员会", "重庆市教委", "重庆教委")]
    assert len({resolve(rows).final(i) for i in ids}) == 1
    parted = resolve(rows, [Judgement(ids[0], ids[2], "different")])
    assert parted.final(ids[0]) != parted.final(ids[2])
    assert any(pair.reason == "judged different" for pair in parted.review)


def test_a_scoped_id_follows_its_scope() -> None:
    found = resolve(
        statements(("School", "重庆工程职业技术学院", "4150010876"), ("School", "重庆工程职业技术学院", None))
    )
    local = node_id("SpecialtyGroup", name="智能制造专业群", scope="School:重庆工程职业技术学院")
    assert found.final(local) == "SpecialtyGroup:智能制造专业群@School:4150010876"


def group(school: str | None, name: str = "光电显示技术专业群") -> tuple[str, str]:
    """The id of a group of a school, or of none, and its name."""
    scope = node_id("School", name=school) if school else None
    return node_id("SpecialtyGroup", name=name, scope=scope), name


def stated_groups(*groups: tuple[str, str]) -> pa.Table:
    rows = [{"local": local, "name": name, "aliases": "[]"} for local, name in groups]
    return pa.Table.from_pylist(
        rows, schema=pa.schema([(n, pa.string()) for n in ("local", "name", "aliases")])
    )


def test_a_group_named_without_its_school_is_that_of_the_only_school_that_has_it() -> None:
    own, alone = group("重庆电子工程职业学院"), group(None)
    assert resolve(stated_groups(own, alone)).final(alone[0]) == own[0]


def test_a_group_of_two_schools_or_judged_another_stays_by_itself() -> None:
    own, other, alone = group("甲职业学院"), group("乙职业学院"), group(None)
    assert resolve(stated_groups(own, other, alone)).final(alone[0]) == alone[0]
    different = Judgement(alone[0], own[0], "different", "王工", "2026-11-29")
    assert resolve(stated_groups(own, alone), [different]).final(alone[0]) == alone[0]


def test_apply_keeps_order_and_nulls() -> None:
    column = pa.chunked_array([["School:a", None, "School:b"], ["School:a"]])
    found = Resolution({"School:a": "School:1"}).apply(column)
    assert found.to_pylist() == ["School:1", None, "School:b", "School:1"]


_NAMES = st.sampled_from(
    [
        "甲职业学院",
        "甲市职业学院",
        "甲职院",
        "乙职业学院",
        "乙职院",
        "丙高新区学院",
        "丙高新技术产业开发区学院",
        "丁大学",
    ]
)
_ROWS = st.lists(
    st.tuples(
        st.just("School"),
        _NAMES,
        st.sampled_from([None, None, "4150000001", "4150000002"]),
        st.lists(_NAMES, max_size=2),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=150)
@given(_ROWS, st.integers(0, 1000))
def test_the_order_of_statements_changes_nothing(
    rows: list[tuple[str, str, str | None, list[str]]], seed: int
) -> None:
    shuffled = rows[:]
    random.Random(seed).shuffle(shuffled)
    one, two = resolve(statements(*rows)), resolve(statements(*shuffled))
    for label, name, code, _ in rows:
        local = node_id(label, name=name, code=code)
        assert one.final(local) == two.final(local)
        assert one.final(one.final(local)) == one.final(local)
    codes = {node_id("School", code=code) for _, _, code, _ in rows if code}
    assert all(one.final(code) == code for code in codes), "a code gives way to nothing"


def test_judgements_survive_being_written(tmp_path: Path) -> None:
    kept = (
        Judgement("Agency:甲", "Agency:乙", "same", "王工", "2024-05-01"),
        Judgement("a", "b", "different"),
    )
    write_judgements(tmp_path, kept)
    assert read_judgements(tmp_path) == kept


def test_judgements_that_cannot_be_followed_are_told_with_their_line(tmp_path: Path) -> None:
    rows = "left,right,verdict\r\nA:1,A:2,Same\r\nA:1,A:3,maybe\r\n,,\r\nnope\r\n"
    (tmp_path / FILE).write_text(rows, encoding="utf-8", newline="")
    assert read_judgements(tmp_path) == (Judgement("A:1", "A:2", "same"),)
    verdict, ids = unread_judgements(tmp_path)
    assert "第 3 行的判定“maybe”" in verdict.zh
    assert "Line 5 of judgements.csv" in ids.en


def test_judgements_below_another_header_are_told_once(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("左,右,结论\nA:1,A:2,same\n", encoding="utf-8")
    assert read_judgements(tmp_path) == ()
    (told,) = unread_judgements(tmp_path)
    assert "left,right,verdict" in told.en


def test_a_short_rest_tells_nothing() -> None:
    assert skeleton("Enterprise", "集团有限公司") == ""


def test_a_register_of_many_names_is_resolved_in_time_that_grows_with_their_number() -> None:
    # names that share most of their characters, as those of one city do: comparing each with each would take minutes
    middles = (f"{a}{b}{c}" for a in "金宏远中天龙长嘉陵渝" for b in "东方科信达安" for c in "泰和光电机")
    names = [f"重庆{middle}科技有限公司" for middle in middles] * 14
    names = [f"{name}{number}" for number, name in enumerate(names)]
    begin = time.process_time()
    resolution = resolve(stated(names), fresh=frozenset(f"Enterprise:{name}" for name in names))
    assert time.process_time() - begin < 10
    assert 0 < len(resolution.review) <= 1000, "a person is given the likeliest, not all"


def stated(names: list[str]) -> pa.Table:
    ids = [node_id("Enterprise", name=name) for name in names]
    return pa.table({"local": ids, "name": names, "aliases": ["[]"] * len(ids)})
