from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from api.cursors import encode
from api.findings import finding_field, finding_of, finding_type
from api.limits.cost import SCOPES
from api.names import camel
from graph.claims import Claim
from graph.gaps import Named, needs, questions
from graph.language import Text
from graph.project import project
from graph.store import Source, open_store
from tests.api.watched import Watched

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("name", questions())
def test_a_question_answers_as_graph_gaps_does(ask: Ask, store: Any, name: str) -> None:
    question = questions()[name]
    with store.view() as view:
        wanted = question.answer(project(view, **needs([question])))
    plain = [item.name for item in fields(question.finding) if item.type in ("str", "int", "float", "bool")]
    selected = " ".join([*(camel(item) for item in plain), "confidence evidence{id quote source{id}}"])
    given = ask(f"{{{camel(name)}(first: 100){{totalCount nodes{{{selected}}}}}}}")[camel(name)]
    assert given["totalCount"] == len(wanted)
    for shown, finding in zip(given["nodes"], wanted, strict=False):
        assert [one["id"] for one in shown["evidence"]] == [claim.id for claim in finding.evidence]
        assert [shown[camel(item)] for item in plain] == [getattr(finding, item) for item in plain]
        assert shown["confidence"] == finding.confidence


def test_the_sample_has_a_chain_without_a_group_and_says_why(ask: Ask) -> None:
    query = """{uncoveredChains{nodes{chain{id name node{... on IndustryChain{name aliases}}}
        evidence{kind quote place source{name} head{name} tail{name}}}}}"""
    (finding,) = ask(query)["uncoveredChains"]["nodes"]
    assert finding["chain"]["node"] == {"name": "先进材料", "aliases": ["新材料"]}
    assert {
        "kind": "OPERATES_IN",
        "quote": "长安",
        "place": "Sheet1!2",
        "source": {"name": "成员.xlsx"},
    }.items() <= (finding["evidence"][0].items())


def test_the_types_of_findings_come_from_their_annotations() -> None:
    label = Text(zh="标", en="label")
    written = {
        str: "str",
        int | None: "int | None",
        Named: "Named",
        Named | None: "Named | None",
        tuple[Named, ...]: "list[Named]",
        tuple[str, ...]: "list[str]",
        tuple[Text, ...]: "list[Text]",
        tuple[Claim, ...]: "list[Evidence]",
    }
    assert {kind: finding_field(kind, label).type for kind in written} == written


def test_findings_become_objects_of_their_type(store: Any) -> None:
    question = questions()["uncovered_chains"]
    with store.view() as view:
        (finding,) = question.answer(project(view, **needs([question])))
    made = finding_of(question, finding)
    assert type(made).__name__ == finding_type(question) == "UncoveredChainsFinding"
    assert made.chain.name == "先进材料"


def test_the_questions_are_listed_with_definition_and_parameters(ask: Ask) -> None:
    listed = ask("{questions{name field title{zh en} definition{zh en} parameters{name type default}}}")[
        "questions"
    ]
    assert [one["name"] for one in listed] == list(questions())
    for one in listed:
        assert one["title"]["zh"] == questions()[one["name"]].title.zh
        arguments = [f"{item['name']}: {_literal(item['default'])}" for item in one["parameters"]]
        given = f"({', '.join(arguments)})" if arguments else ""
        assert ask(f"{{{one['field']}{given}{{totalCount}}}}") == ask(f"{{{one['field']}{{totalCount}}}}")


def _literal(value: Any) -> str:
    return json.dumps(value)


def test_a_parameter_changes_the_answer(ask: Ask) -> None:
    sure = ask("{uncoveredChains(minimumConfidence: 1.0){totalCount} all: uncoveredChains{totalCount}}")
    assert sure["uncoveredChains"]["totalCount"] <= sure["all"]["totalCount"] == 1
    with pytest.raises(AssertionError, match=r"question\.parameter"):
        ask("{uncoveredChains(minimumConfidence: 1.1){totalCount}}")


def test_a_scope_limits_the_answer_and_an_unknown_place_is_a_clear_error(ask: Ask) -> None:
    found = ask('{uncoveredChains(chain: "先进材料"){nodes{chain{name} asOf}}}')["uncoveredChains"]["nodes"]
    assert [one["chain"]["name"] for one in found] == ["先进材料"]
    assert (
        ask('{uncoveredChains(year: 2024, level: "中职"){totalCount}}')["uncoveredChains"]["totalCount"] == 1
    )


def test_the_graph_is_read_once_a_version_for_all_questions(serve: Any, store: Any) -> None:
    watched = Watched(store)
    everything = "{" + " ".join(f"{camel(name)}{{totalCount}}" for name in questions()) + "}"
    with serve(watched) as client:
        assert "errors" not in client.ask(everything)
        first = [given for name, given, _ in watched.asked if name == "edges"]
        client.ask(everything)
    assert first == [given for name, given, _ in watched.asked if name == "edges"]
    assert 0 < len(first) == len(set(first))


def test_a_new_version_is_answered_anew_and_its_old_cursors_are_stale(
    serve: Any, tmp_path: Path, sources: dict[Source, Any]
) -> None:
    fresh = open_store(str(tmp_path / "graph"))
    written = list(sources.items())
    with fresh.write() as writer:
        writer.replace(written[0][0], *written[0][1])
    query = "query($after: String){uncoveredChains(first: 1, after: $after){totalCount pageInfo{endCursor}}}"
    with serve(fresh) as client:
        before = client.ask(query)["data"]["uncoveredChains"]
        cursor = before["pageInfo"]["endCursor"]
        assert (
            client.ask(query, after=cursor)["data"]["uncoveredChains"]["totalCount"]
            == before["totalCount"]
            == 1
        )
        health = client.request("GET", "/healthz").json()["version"]
        with fresh.write() as writer:
            writer.retract(written[0][0].id)
            writer.replace(written[1][0], *written[1][1])
        assert client.ask(query)["data"]["uncoveredChains"]["totalCount"] == 0
        assert client.request("GET", "/healthz").json()["version"] != health
        (error,) = client.ask(query, after=cursor)["errors"]
        assert error["extensions"]["code"] == "api.page"
        assert client.code(query, after=encode("schools", "x")) == "api.page"
    fresh.close()


def test_a_cursor_of_a_question_is_none_of_the_same_with_other_parameters(ask: Ask) -> None:
    query = """query($after: String, $chain: String){
        uncoveredChains(first: 1, after: $after, chain: $chain){pageInfo{endCursor}}}"""
    cursor = ask(query)["uncoveredChains"]["pageInfo"]["endCursor"]
    assert ask(query, after=cursor, chain=None)
    with pytest.raises(AssertionError, match=r"api\.page"):
        ask(query, after=cursor, chain="先进材料")


@pytest.mark.parametrize("name", ["region", "chain", "level"])
def test_a_scope_of_endless_words_is_refused_shortly(client: Any, name: str) -> None:
    begun = time.monotonic()
    answer = client.ask(
        f"query($word: String){{uncoveredChains({name}: $word){{totalCount}}}}", word="a" * 200_000
    )
    assert time.monotonic() - begun < 5
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "question.parameter"
    assert len(error["message"]) < 1000


def test_one_operation_asks_in_a_few_scopes(client: Any) -> None:
    def query(count: int) -> str:
        return (
            "{"
            + " ".join(f"y{one}: uncoveredChains(year: {2000 + one}){{totalCount}}" for one in range(count))
            + "}"
        )

    assert "errors" not in client.ask(query(SCOPES))
    assert client.code(query(SCOPES + 1)) == "api.too_large"
