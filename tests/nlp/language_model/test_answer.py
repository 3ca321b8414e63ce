"""An answer is read whatever a model puts around it; what is no such answer is told as that."""

from __future__ import annotations

import json

import pytest

from nlp.language_model.answer import Completion, read_answer
from nlp.language_model.refusal import Reason

ANSWER = {
    "entities": [{"kind": "School", "surface": "重庆大学"}],
    "relations": [],
    "quantities": [],
    "measures": [],
}
WORDS = json.dumps(ANSWER, ensure_ascii=False)


@pytest.mark.parametrize(
    "content",
    [
        WORDS,
        f"```json\n{WORDS}\n```",
        f"好的，标注如下：\n{WORDS}\n如有需要可继续。",
        f'<think>先看 {{"entities": []}} 再说</think>\n{WORDS}',
        f'先看 {{"entities": []}} 再说\n</think>\n{WORDS}',  # <think> stood in the prompt
        f"<think>一</think>再想</think>{WORDS}",
        f"{{注}} {WORDS}",
        json.dumps({"entities": ANSWER["entities"]}),
        json.dumps({"entities": ANSWER["entities"], "relations": None}),
    ],
)
def test_the_object_is_found(content: str) -> None:
    assert read_answer(Completion(content)) == ANSWER


@pytest.mark.parametrize(
    "content",
    [
        "",
        "对不起，我无法完成。",
        "I'm sorry, as an AI I cannot do that.",
        WORDS[: len(WORDS) // 2],
        "[" * 200_000,
        '{"a":' * 100_000,
        '{"entities": "重庆大学"}',
        '{"entities": {"kind": "School"}}',
        '{"answer": 42}',
        "[]",
        "null",
        "<think>" + WORDS,
        '先看 {"entities": []} 再说</think>对不起。',
        '{"entities": [' + "9" * 10_000 + "]}",
    ],
    ids=lambda content: content[:20],
)
def test_what_is_no_such_object_is_unreadable(content: str) -> None:
    assert read_answer(Completion(content)) is Reason.UNREADABLE


def test_a_fault_of_the_server_is_the_reason() -> None:
    assert read_answer(Completion(WORDS, Reason.CUT)) is Reason.CUT


def test_the_mark_of_thoughts_in_what_is_quoted_cuts_nothing() -> None:
    content = json.dumps({"entities": [{"kind": "School", "surface": "甲</think>乙"}]}, ensure_ascii=False)
    assert isinstance(read_answer(Completion(content)), dict)
