"""Findings: evidence looked up when looked at, the most telling first, and what they name made once."""

import copy
import dataclasses
import random
from dataclasses import dataclass

import numpy as np
import pytest

from graph.gaps.finding import Finding, best_evidence, later, named, names_of, rests_on_the_same, surest
from graph.gaps.scope import Scope
from graph.project import is_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Finding):
    what: str


def test_evidence_is_looked_up_once_and_only_when_somebody_looks(small_graphs):
    projection = next(one for _, one in small_graphs if len(one.claims("SERVES")))
    looked = []

    def look():
        looked.append(1)
        return best_evidence(projection, {"SERVES": {0}})

    finding = Told(what="甲", evidence=later(look), confidence=1.0)
    assert not looked
    assert finding.evidence == (projection.claims("SERVES").claim(0),)
    assert finding.evidence is finding.evidence
    assert len(looked) == 1


def test_a_finding_that_rests_on_the_same_looks_nothing_up_until_somebody_looks(empty_graph):
    empty_graph.edge(
        "OPERATES_IN", empty_graph.node("Enterprise", "厂"), empty_graph.node("IndustryChain", "链")
    )
    claim, looked = empty_graph.projection().claims("OPERATES_IN").claim(0), []
    first = Finding(evidence=later(lambda: looked.append(1) or (claim,)))
    second = Finding(evidence=rests_on_the_same(first))
    assert not looked
    assert second.evidence == first.evidence == (claim,)
    assert Finding(evidence=rests_on_the_same(first)).evidence == (claim,)


def test_a_finding_is_dated_by_its_evidence_unless_the_question_dates_it(empty_graph):
    for day in ("2023", "2024-06", None):
        empty_graph.edge("LEADS", "School:甲", "Consortium:联", observed=day)
    claims = best_evidence(empty_graph.projection(), {"LEADS": {0, 1, 2}})
    assert Told(what="甲", evidence=later(lambda: claims)).as_of == "2024-06"
    assert Told(what="甲", evidence=claims).as_of == "2024-06"
    assert Told(what="甲", evidence=claims, as_of="2025").as_of == "2025"
    assert Told(what="甲").as_of is None


def test_findings_with_evidence_to_come_compare_copy_and_travel_like_others(empty_graph):
    empty_graph.edge("LEADS", "School:甲", "Consortium:联", observed="2024")
    claims = best_evidence(empty_graph.projection(), {"LEADS": {0}})
    lazy, given = (Told(what="甲", evidence=one) for one in (later(lambda: claims), claims))
    assert lazy == given
    assert hash(lazy) == hash(given)
    assert repr(lazy) == repr(given)
    assert dataclasses.replace(lazy, what="乙").evidence == claims
    assert copy.copy(lazy) == given


@pytest.mark.parametrize("at_a_time", [1, 3, 512])
def test_the_most_telling_claims_are_those_of_all_put_in_order(five_hundred_graphs, monkeypatch, at_a_time):
    monkeypatch.setattr("graph.gaps.finding._MANY", at_a_time)
    chance = random.Random(3)
    ranks = {"STATES": 2, "MENTIONS": 1}
    for _, projection in five_hundred_graphs[::10]:
        rows = {
            kind: {row for row in range(len(projection.claims(kind))) if chance.random() < 0.7}
            for kind in ("OFFERS", "SERVES", "STATES", "MENTIONS", "DEMANDS")
        }
        everything = [(kind, projection.claims(kind).claim(row)) for kind, own in rows.items() for row in own]
        everything.sort(
            key=lambda one: (is_reference(one[1].source), ranks.get(one[0], 0), -one[1].confidence, one[1].id)
        )
        expected, said = [], set()
        for _, claim in everything:
            words = (claim.source, claim.place, claim.quote)
            if words not in said or not claim.quote:
                expected.append(claim)
            said.add(words)
        assert best_evidence(projection, rows, 4) == tuple(expected[:4])
        arrays = {kind: np.array(sorted(own), dtype=np.int32) for kind, own in rows.items()}
        assert best_evidence(projection, arrays, 4) == tuple(expected[:4])
        assert surest(projection, arrays) == max((one.confidence for _, one in everything), default=None)


def test_nodes_by_number_are_named_as_by_id(small_graphs):
    for _, projection in small_graphs[:20]:
        names, register = names_of(projection), projection.register
        numbers = np.flatnonzero(np.arange(len(register)) % 2 == 0)
        assert names(numbers) == named(projection, {register.ids[number] for number in numbers})
        assert names(set(numbers.tolist())) == names(numbers)


def test_a_scope_numbers_its_nodes_anew(five_hundred_graphs):
    for _, projection in five_hundred_graphs[:40]:
        within = Scope(minimum_confidence=0.8).limit(projection)
        claims = within.claims("OFFERS")
        assert [within.register.ids[one] for one in claims.heads] == claims.table.column("head").to_pylist()
        assert claims.column("tail") == claims.table.column("tail").to_pylist()
