"""The words under a row: of a long quote the part that tells."""

from __future__ import annotations

from cli.evidence import evidence, excerpt

LONG = (
    "主要目标是：到2027年，培育国家级产教联合体5个，市级产教联合体8个，产业园区牵头的产教联合体15个以上，"
    "学校牵头的产教联合体30个以上，推动高技能人才在技能人才中占比达到45%以上，职业教育综合实力位居全国前列。"
)


def test_a_quote_that_has_room_is_whole() -> None:
    assert excerpt(LONG[:60], ["学校"]) == LONG[:60]


def test_a_long_quote_begins_where_its_sentence_does_unless_the_words_stand_later() -> None:
    for about in ([], [""], ["国家级产教联合体数"], ["没有的名称"]):
        assert excerpt(LONG, about) == f"{LONG[:69]}…"


def test_a_long_quote_is_cut_around_the_words_that_the_row_is_about() -> None:
    shown = excerpt(LONG, ["高技能人才在技能人才中占比"])
    assert shown == f"…{LONG[LONG.index('学校牵头的产教联合体30') :]}"
    assert "高技能人才在技能人才中占比达到45%以上" in shown


def test_of_several_names_the_one_that_stands_there_longest_decides() -> None:
    assert "学校牵头的产教联合体" in excerpt(LONG, ["关于印发方案的通知", "学校牵头的产教联合体数"])


def test_where_nothing_is_known_of_the_words_nothing_is_written() -> None:
    assert evidence(None, None, None) == []
