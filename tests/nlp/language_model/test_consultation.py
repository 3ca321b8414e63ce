"""Over real HTTP on loopback: recorded answers are taken, hostile ones refused, a server that fails costs one line."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from graph.errors import LiantuError
from graph.settings import Settings
from nlp.extraction import Context, Extraction, Mention, Passage
from nlp.language_model.consultation import Consultation, LanguageModel, identity
from nlp.language_model.prompt import LONGEST, SCHEMA
from nlp.language_model.refusal import Reason
from nlp.language_model.server import LARGEST
from nlp.pipeline import Extractor
from tests.nlp.language_model.server import ModelServer, Played, completion, passage_of, serving

TEXT = "星环智造拟与云桥学堂共建焊接工坊。"
ANSWER: dict[str, Any] = {
    "entities": [
        {"kind": "Enterprise", "surface": "星环智造"},
        {"kind": "School", "surface": "云桥学堂"},
        {"kind": "TrainingBase", "surface": "焊接工坊"},
    ],
    "relations": [
        {"kind": "CO_BUILDS", "head": "星环智造", "tail": "焊接工坊", "quote": TEXT[:-1], "status": None}
    ],
    "quantities": [],
    "measures": [],
}
NOTHING: dict[str, list[Any]] = {name: [] for name in ANSWER}
KEY = "sk-secret-7f3a"


def settings(server: ModelServer | str, **more: Any) -> Settings:
    address = server if isinstance(server, str) else server.address
    told = {"model_seconds": 20.0, "model_requests": 2.0, "model_key": KEY} | more
    return Settings(model_address=address, model_name="qwen-test", **told)


def consult(extractor: Extractor, told: Settings, *texts: str) -> tuple[tuple[Extraction, ...], Consultation]:
    consultation = Consultation(LanguageModel(told), extractor.gazetteer)
    read = [Extraction(Passage(text, number)) for number, text in enumerate(texts)]
    return consultation.add(read, Context()), consultation


def test_a_recorded_answer_is_taken(extractor: Extractor) -> None:
    with serving(lambda _: completion(ANSWER)) as server:
        (found,), consultation = consult(extractor, settings(server), TEXT)
    assert [one.surface for one in found.entities] == ["星环智造", "云桥学堂", "焊接工坊"]
    assert [(one.kind, one.head, one.tail, one.status) for one in found.relations] == [
        ("CO_BUILDS", 0, 2, "计划")
    ]
    assert consultation.failure is None
    assert (consultation.asked, consultation.taken) == (1, 4)
    assert "4 added, 0 refused" in consultation.summary().en


def test_what_is_sent_is_the_text_the_rules_and_the_limits(extractor: Extractor) -> None:
    with serving(lambda _: completion(NOTHING)) as server:
        consult(extractor, settings(server, model_tokens=512.0), TEXT)
    (request,) = server.requests
    assert server.paths == ["/v1/chat/completions"]
    assert set(request) == {"model", "messages", "temperature", "max_tokens", "stream", "response_format"}
    assert (request["model"], request["temperature"], request["max_tokens"]) == ("qwen-test", 0, 512)
    assert request["response_format"]["json_schema"]["schema"] == SCHEMA
    assert passage_of(request) == TEXT
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_the_name_of_a_file_and_headings_without_words_are_not_sent(extractor: Extractor) -> None:
    with serving(lambda _: completion(NOTHING)) as server:
        _, consultation = consult(extractor, settings(server), "", "2024-05-01", "一、", "ABCDEFGHIJKL")
    assert server.requests == []
    assert consultation.asked == 0


def test_a_long_passage_is_asked_about_in_pieces_and_offsets_are_those_of_the_whole(
    extractor: Extractor,
) -> None:
    text = "本段说的是别的事情。" * 300 + TEXT + "甲" * (2 * LONGEST)

    def play(request: dict[str, Any]) -> Played:
        return completion(ANSWER if TEXT in passage_of(request) else NOTHING)

    with serving(play) as server:
        (found,), _ = consult(extractor, settings(server), text)
    assert all(len(passage_of(request)) <= LONGEST for request in server.requests)
    assert [one.start for one in found.entities] == [text.index(one.surface) for one in found.entities]
    assert len(found.entities) == 3


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_without_schemas_is_asked_in_words_from_then_on(extractor: Extractor, status: int) -> None:
    def play(request: dict[str, Any]) -> Played:
        if "response_format" in request:
            return Played(b'{"error": {"message": "response_format is not supported"}}', status)
        return completion(f"好的：\n```json\n{json.dumps(ANSWER, ensure_ascii=False)}\n```")

    with serving(play) as server:
        found, consultation = consult(
            extractor, settings(server, model_requests=1.0), TEXT, TEXT + "另一段。"
        )
    assert [len(one.entities) for one in found] == [3, 3]
    assert ["response_format" in request for request in server.requests] == [True, False, False]
    assert consultation.failure is None


FILTERED = "这一段被服务的内容过滤器拦下。"


@pytest.mark.parametrize("first", [True, False])
def test_a_text_that_the_server_declines_is_refused_alone_and_the_schema_stays(
    extractor: Extractor, tmp_path: Path, *, first: bool
) -> None:
    def play(request: dict[str, Any]) -> Played:
        return Played(b"content filter", 400) if passage_of(request) == FILTERED else completion(ANSWER)

    texts = [FILTERED, TEXT] if first else [TEXT, FILTERED]
    with serving(play) as server:
        told = settings(server, model_requests=1.0, model_answers=str(tmp_path))
        model = LanguageModel(told)
        consultation = Consultation(model, extractor.gazetteer)
        found = consultation.add([Extraction(Passage(text)) for text in texts], Context())
        assert sorted(len(one.entities) for one in found) == [0, 3]
        assert dict(consultation.refused) == {Reason.DECLINED: 1}
        assert consultation.failure is None
        again = Consultation(model, extractor.gazetteer)
        again.add([Extraction(Passage(TEXT + "下一份文件。"))], Context())
        assert again.failure is None
    assert "response_format" in server.requests[-1]
    assert len(list(tmp_path.rglob("*.json"))) == 2  # what was declined is asked again another time


def test_a_server_that_declines_all_that_it_is_asked_is_a_failure_but_is_asked_again(
    extractor: Extractor,
) -> None:
    with serving(lambda _: Played(b"max_tokens is too large", 400)) as server:
        model = LanguageModel(settings(server))
        for _ in range(2):
            consultation = Consultation(model, extractor.gazetteer)
            consultation.add([Extraction(Passage(TEXT))], Context())
            assert "HTTP 400" in str(consultation.failure)
    assert len(server.requests) == 4  # with and without a schema


@pytest.mark.parametrize(("status", "requests"), [(401, 1), (403, 1), (500, 2), (404, 4), (302, 2)])
def test_only_after_what_lasts_a_server_is_left_alone(
    extractor: Extractor, status: int, requests: int
) -> None:
    with serving(lambda _: Played(b"", status)) as server:
        model = LanguageModel(settings(server))
        for _ in range(2):
            consultation = Consultation(model, extractor.gazetteer)
            consultation.add([Extraction(Passage(TEXT))], Context())
            assert f"HTTP {status}" in str(consultation.failure)
    assert len(server.requests) == requests


HOSTILE: dict[str, tuple[Played, Reason]] = {
    "nonsense": (completion("啦啦啦"), Reason.UNREADABLE),
    "another language": (completion("I cannot help with that request."), Reason.UNREADABLE),
    "half an object": (completion(json.dumps(ANSWER)[:150]), Reason.UNREADABLE),
    "cut": (completion(json.dumps(ANSWER)[:150], finish="length"), Reason.CUT),
    "nested": (completion("[" * 100_000), Reason.UNREADABLE),
    "10 MB": (completion("重" * 3_500_000), Reason.TOO_LARGE),
    "10 MB of spaces": (Played(b" " * 10_000_000), Reason.TOO_LARGE),
    "an invented kind": (
        completion(NOTHING | {"entities": [{"kind": "Person", "surface": "星环智造"}]}),
        Reason.KIND,
    ),
    "an invented relation": (
        completion(NOTHING | {"relations": [ANSWER["relations"][0] | {"kind": "BRIBES"}]}),
        Reason.KIND,
    ),
    "words of elsewhere": (
        completion(NOTHING | {"entities": [{"kind": "School", "surface": "北京大学"}]}),
        Reason.NOT_IN_TEXT,
    ),
    "a link": (
        completion(NOTHING | {"entities": [{"kind": "School", "surface": "https://evil.example"}]}),
        Reason.NO_NAME,
    ),
    "an id for a name": (
        completion(NOTHING | {"relations": [ANSWER["relations"][0] | {"head": "Enterprise:1"}]}),
        Reason.NO_END,
    ),
    "lone surrogates": (
        Played(b'{"choices":[{"message":{"content":"{\\"entities\\":[{\\"kind\\":\\"School\\",'
               b'\\"surface\\":\\"\\\\ud800\\\\udfff\\\\ud800\\"}]}"}}]}'),
        Reason.NO_NAME,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_answer_is_refused_with_its_reason_and_the_rules_reading_stays(
    extractor: Extractor, tmp_path: Path, case: str
) -> None:
    played, reason = HOSTILE[case]
    read = Extraction(Passage(TEXT), entities=(Mention("School", "云桥学堂", 6, 10),))
    with serving(lambda _: played) as server:
        told = settings(server, model_answers=str(tmp_path))
        for _ in range(2):  # the second time from the kept answer
            consultation = Consultation(LanguageModel(told), extractor.gazetteer)
            (found,) = consultation.add([read], Context())
            assert found == read
            assert dict(consultation.refused) == {reason: 1}
            assert consultation.failure is None
            assert reason.value.en in consultation.summary().en
    assert len(server.requests) == 1


def _of(message: dict[str, Any], finish: str = "stop") -> Played:
    """A completion with a message of any shape."""
    return Played(json.dumps({"choices": [{"message": message, "finish_reason": finish}]}).encode())


WORDLESS: dict[str, tuple[Played, Reason]] = {
    "all tokens went into thoughts": (_of({"content": None, "reasoning": "想"}, "length"), Reason.CUT),
    "cut before its first word": (_of({"content": ""}, "length"), Reason.CUT),
    "a call of a tool": (
        _of({"content": None, "tool_calls": [{"function": {"name": "rm"}}]}, "tool_calls"),
        Reason.UNREADABLE,
    ),
    "no content at all": (_of({"role": "assistant"}), Reason.UNREADABLE),
    "a filter of contents": (_of({"content": '{"entities": ['}, "content_filter"), Reason.DECLINED),
}


@pytest.mark.parametrize("case", WORDLESS)
def test_what_holds_no_word_of_an_answer_is_refused_with_its_reason_and_asked_again_another_time(
    extractor: Extractor, tmp_path: Path, case: str
) -> None:
    played, reason = WORDLESS[case]
    with serving(lambda _: played) as server:
        told = settings(server, model_answers=str(tmp_path))
        _, consultation = consult(extractor, told, TEXT)
        assert dict(consultation.refused) == {reason: 1}
        assert consultation.failure is None
        server.play = lambda _: completion(ANSWER)
        (found,), _ = consult(extractor, told, TEXT)
    assert len(found.entities) == 3


def test_an_answer_in_parts_is_read(extractor: Extractor) -> None:
    parts = [
        {"type": "thinking", "thinking": "想"},
        {"type": "text", "text": json.dumps(ANSWER, ensure_ascii=False)},
    ]
    with serving(lambda _: _of({"content": parts})) as server:
        (found,), _ = consult(extractor, settings(server), TEXT)
    assert len(found.entities) == 3


def test_a_list_of_another_name_is_counted_as_left_out(extractor: Extractor) -> None:
    misspelt = {name.capitalize() if name == "entities" else name: items for name, items in ANSWER.items()}
    with serving(lambda _: completion(misspelt)) as server:
        _, consultation = consult(extractor, settings(server), TEXT)
    assert consultation.refused[Reason.FIELD] == 1


def _dripping(closing: Event) -> Iterator[bytes]:
    while not closing.wait(0.05):
        yield b" "


def _bomb(_: Event) -> Iterator[bytes]:
    import gzip  # noqa: PLC0415

    yield gzip.compress(b" " * 50_000_000)


FAILING: dict[str, tuple[Played, str]] = {
    "not allowed": (Played(f"bad key {KEY}".encode(), 401), "HTTP 401 (the key LIANTU_MODEL_KEY is"),
    "no such model": (Played(b"model not found", 404), "HTTP 404 (it has no model of the name in --model"),
    "broken": (Played(b"Traceback: /home/me/secret.py", 500), "HTTP 500"),
    "redirected": (Played(b"", 302, {"Location": "http://127.0.0.1:1/steal"}), "HTTP 302"),
    "a page of the network": (Played(b"<html>Please log in</html>"), "no chat completion"),
    "empty": (Played(b""), "no chat completion"),
    "other JSON": (Played(b'{"choices": []}'), "no chat completion"),
    "a list": (Played(b"[[[]]]"), "no chat completion"),
    "nested": (Played(b"[" * 200_000), "no chat completion"),
    "a packed bomb": (Played(_bomb, headers={"Content-Encoding": "gzip"}), "Content-Encoding"),
    "cut in the middle": (Played(lambda _: iter([b"{"]), headers={"Content-Length": "500"}), "RemoteProtocolError"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILING)
def test_a_server_that_fails_costs_one_line_without_secrets_and_the_rules_go_on(
    extractor: Extractor, case: str
) -> None:
    played, told = FAILING[case]
    with serving(lambda _: played) as server:
        (found,), consultation = consult(extractor, settings(server), TEXT)
    assert found == Extraction(Passage(TEXT, 0))
    assert consultation.failure is not None
    assert consultation.failure.code == "model.unreachable"
    line = str(consultation.failure)
    assert told in line
    assert server.address in line
    assert "\n" not in line
    assert KEY not in line
    assert "secret" not in line
    assert "steal" not in line


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "100000"}])
def test_a_server_that_drips_is_given_up_in_time(extractor: Extractor, headers: dict[str, str]) -> None:
    with serving(lambda _: Played(_dripping, headers=headers)) as server:
        before = time.monotonic()
        _, consultation = consult(extractor, settings(server, model_seconds=0.6), TEXT)
        assert time.monotonic() - before < 10
    assert consultation.failure is not None
    assert "0.6 s" in str(consultation.failure)


def test_all_answers_on_a_file_together_have_their_time(extractor: Extractor, tmp_path: Path) -> None:
    def play(request: dict[str, Any]) -> Played:
        if passage_of(request) != TEXT:
            time.sleep(1.5)
        return completion(NOTHING)

    with serving(play) as server:
        told = settings(server, model_file_seconds=0.8, model_answers=str(tmp_path))
        _, consultation = consult(extractor, told, TEXT, TEXT * 2, TEXT * 3)
    assert consultation.failure is not None
    assert "LIANTU_MODEL_FILE_SECONDS" in str(consultation.failure)
    assert len(list(tmp_path.rglob("*.json"))) == 1  # what came is kept for the next time


def test_nobody_there_is_one_line_and_is_not_asked_for_every_passage(extractor: Extractor) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    consultation = Consultation(LanguageModel(settings(f"http://127.0.0.1:{port}/v1")), extractor.gazetteer)
    read = [Extraction(Passage(TEXT))]
    assert consultation.add(read, Context()) == tuple(read)
    failure = consultation.failure
    assert failure is not None
    assert "ConnectError" in str(failure)
    assert consultation.add(read, Context()) == tuple(read)
    assert consultation.failure is failure


def test_a_busy_server_is_asked_again(extractor: Extractor) -> None:
    answers = iter([Played(b"", 503), completion(ANSWER)])
    with serving(lambda _: next(answers)) as server:
        (found,), consultation = consult(extractor, settings(server), TEXT)
    assert consultation.failure is None
    assert len(found.entities) == 3


def test_what_was_answered_is_not_asked_again_even_if_another_piece_failed(
    extractor: Extractor, tmp_path: Path
) -> None:
    well = False

    def play(request: dict[str, Any]) -> Played:
        return completion(ANSWER) if well or passage_of(request) == TEXT else Played(b"", 500)

    with serving(play) as server:
        told = settings(server, model_answers=str(tmp_path), model_requests=1.0)
        found, consultation = consult(extractor, told, TEXT, TEXT + "另一段。")
        assert consultation.failure is not None
        assert not any(one.entities for one in found)  # a document by the rules alone, not half of it
        well = True
        server.requests.clear()
        found, consultation = consult(extractor, told, TEXT, TEXT + "另一段。")
    assert consultation.failure is None
    assert [len(one.entities) for one in found] == [3, 3]
    assert [passage_of(request) for request in server.requests] == [TEXT + "另一段。"]


def test_kept_answers_are_those_of_one_model_and_limit_and_a_damaged_one_is_asked_for_again(
    extractor: Extractor, tmp_path: Path
) -> None:
    with serving(lambda _: completion(ANSWER)) as server:
        told = settings(server, model_answers=str(tmp_path))
        for other in (told, told, settings(server, model_answers=str(tmp_path), model_tokens=99.0)):
            consult(extractor, other, TEXT)
        assert len(server.requests) == 2
        for file in tmp_path.rglob("*.json"):
            assert KEY not in file.read_text(encoding="utf-8")
            file.write_text('{"content": 1', encoding="utf-8")
        (found,), _ = consult(extractor, told, TEXT)
    assert len(server.requests) == 3
    assert len(found.entities) == 3


def test_a_folder_for_answers_that_is_a_file_is_a_wrong_setting(tmp_path: Path) -> None:
    file = tmp_path / "answers"
    file.write_text("", encoding="utf-8")
    with pytest.raises(LiantuError) as caught:
        LanguageModel(settings("http://127.0.0.1:1/v1", model_answers=str(file)))
    assert caught.value.code == "model.address"
    assert "LIANTU_MODEL_ANSWERS" in str(caught.value)


def test_answers_that_cannot_be_kept_are_taken_all_the_same(extractor: Extractor, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with serving(lambda _: completion(ANSWER)) as server:
        (found,), consultation = consult(
            extractor, settings(server, model_answers=str(file / "answers")), TEXT
        )
    assert consultation.failure is None
    assert len(found.entities) == 3


def test_proxies_and_passwords_of_the_environment_are_not_used(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password p\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving(lambda _: completion(NOTHING)) as server:
        _, consultation = consult(extractor, settings(server, model_key=""), TEXT)
    assert consultation.failure is None
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"model_address": ""},
        {"model_address": "127.0.0.1:8000/v1"},
        {"model_address": "file:///etc/passwd"},
        {"model_address": f"http://me:{KEY}@127.0.0.1/v1"},
        {"model_address": f"http://127.0.0.1/v1?key={KEY}"},
        {"model_address": "http://127.0.0.1:99999/v1"},
        {"model_address": "http:// evil/v1"},
        {"model_address": "http://a\r\nHost: b/v1"},
        {"model_key": f"{KEY}\nX-Other: 1"},
        {"model_key": f"{KEY}密钥"},
        {"model_seconds": 0.0},
        {"model_seconds": float("nan")},
        {"model_tokens": 0.0},
        {"model_tokens": float("inf")},
        {"model_requests": float("nan")},
    ],
    ids=str,
)
def test_settings_that_cannot_be_right_are_said_at_once_without_the_key(wrong: dict[str, Any]) -> None:
    told = {"model_address": "http://127.0.0.1:1/v1", "model_name": "m"} | wrong
    with pytest.raises(LiantuError) as caught:
        LanguageModel(Settings(**told))
    assert caught.value.code == "model.address"
    assert KEY not in str(caught.value)


def test_without_a_model_there_is_no_identity_and_with_one_it_tells_model_limit_and_prompt() -> None:
    assert identity(Settings()) == ""
    first = identity(Settings(model_name="a"))
    assert first != identity(Settings(model_name="b"))
    assert first != identity(Settings(model_name="a", model_tokens=9.0))
    assert first == identity(Settings(model_name="a", model_address="http://elsewhere/v1", model_key="k"))


def test_the_limit_of_an_answer_leaves_room_for_what_was_asked() -> None:
    assert LARGEST >= 100 * LONGEST


def test_the_key_is_in_no_representation_of_the_settings() -> None:
    assert KEY not in repr(Settings(model_key=KEY))
