"""Fitting the linker on a few annotated passages."""

from __future__ import annotations

from nlp.gold import Line
from nlp.linking import Linker, Weights
from nlp.pipeline import Extractor
from nlp.relations import skeletons
from nlp.training.fit import read
from nlp.training.linking import Example, examples, fit_links

PARK, CHAIN = "小蓝经开区", "集成电路产业"


def line(number: int, text: str, *, related: bool) -> Line:
    names = [
        {"kind": kind, "surface": name, "start": text.index(name), "end": text.index(name) + len(name)}
        for kind, name in (("Park", PARK), ("IndustryChain", CHAIN))
    ]
    relations = [{"kind": "OPERATES_IN", "head": 0, "tail": 1}] if related else []
    return {
        "id": str(number),
        "text": text,
        "entities": names,
        "relations": relations,
        "quantities": [],
        "measures": [],
    }


def lines() -> list[Line]:
    taught = [line(number, f"{PARK}喜爱{CHAIN}。", related=True) for number in range(6)]
    return taught + [line(9 + number, f"{PARK}讨厌{CHAIN}。", related=False) for number in range(6)]


def test_the_names_of_a_passage_are_examples_right_where_it_has_the_relation() -> None:
    given = list(examples(lines(), Extractor(recognition=False, linking=False, calibrated=False)))
    assert {one.kind for one in given} == {"OPERATES_IN"}
    assert {("between 喜爱" in one.evidence, one.right) for one in given} == {(True, True), (False, False)}


def test_the_same_passages_give_the_same_weights_and_those_tell_the_two_apart() -> None:
    extractor = Extractor(recognition=False, linking=False, calibrated=False)
    given = list(examples(lines(), extractor))
    rows = fit_links(given)
    assert rows == fit_links(given)
    weight = {evidence: value for evidence, _, value in rows}
    assert weight["between 喜爱"] > 0.2 > -0.2 > weight["between 讨厌"]
    linker = Linker(Weights(rows))
    for one, found in zip(lines(), read(lines(), extractor), strict=True):
        sentences = list(skeletons(one["text"], found.entities))
        assert bool(linker.relations(sentences, found.entities, found.relations)) == bool(one["relations"])


def test_evidence_that_is_seen_seldom_has_no_weight() -> None:
    seldom = [Example("OFFERS", ("always", f"between {number}"), number % 2 == 0) for number in range(9)]
    assert {evidence for evidence, _, _ in fit_links(seldom)} <= {"always"}
