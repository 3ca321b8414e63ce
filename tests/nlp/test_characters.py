"""A token a character, and what is put into a document is what is there."""

from __future__ import annotations

import pytest

from nlp.characters import Doc, Span, blank


def test_a_token_is_a_character_at_its_offset() -> None:
    doc = blank()("重庆𠮷 A")
    assert [token.text for token in doc] == list("重庆𠮷 A")
    assert doc[2:4].text == "𠮷 "
    assert doc.text == "重庆𠮷 A"


def test_a_lone_surrogate_keeps_its_place() -> None:
    assert blank()("甲\ud800乙").text == "甲\ufffd乙"


def test_spans_are_those_that_were_put_in() -> None:
    doc = blank()("重庆大学")
    span = Span(doc, 0, 4, label="School")
    doc.spans["schools"] = [span]
    assert doc.spans["schools"][0] is span
    assert str(span) == "重庆大学"
    with pytest.raises(KeyError):
        doc.spans["parks"]


def test_notes_have_their_declared_defaults_and_no_others() -> None:
    Doc.set_extension("said_in_a_test", default="nothing", force=True)
    first, second = blank()("甲"), blank()("乙")
    first._.said_in_a_test = "something"
    assert (first._.said_in_a_test, second._.said_in_a_test) == ("something", "nothing")
    with pytest.raises(AttributeError, match="never_declared"):
        _ = first._.never_declared
    Doc.remove_extension("said_in_a_test")
