"""Votes: what the rules and the network say of a name is weighed, and the likelier of overlapping names stays."""

from __future__ import annotations

import pytest

from nlp.recognition.candidates import Candidate
from nlp.recognition.recogniser import Opinion
from nlp.recognition.votes import LEAST, LEAST_BY_RULES, Vote, chosen, evidence, weights
from nlp.weighing import probability

RULE = ("School", 0, 6)


def test_the_network_speaks_for_the_names_that_it_sees_too() -> None:
    agreed = dict(evidence([RULE], Opinion((Candidate("School", 0, 6, 0.9),)), frozenset()))[RULE]
    unseen = dict(evidence([RULE], Opinion(scores={RULE: 0.01}), frozenset()))[RULE]
    assert probability(agreed, weights()) > probability(unseen, weights())
    assert "network has other ends" not in agreed


def test_another_reading_of_the_network_speaks_against_a_name() -> None:
    longer = Opinion((Candidate("IndustryCollege", 0, 12, 0.9),), {RULE: 0.05})
    found = dict(evidence([RULE], longer, frozenset()))
    assert found[RULE]["network has other ends"] == pytest.approx(0.9)
    assert found["IndustryCollege", 0, 12]["around a name of the rules"] == 1
    other = dict(evidence([RULE], Opinion((Candidate("Enterprise", 0, 6, 0.9),), {RULE: 0.1}), frozenset()))
    assert other[RULE]["network has another kind"] == 1


def test_a_catalogue_speaks_for_its_names() -> None:
    known, unknown = (
        dict(evidence([RULE], Opinion(), names))[RULE] for names in (frozenset([RULE]), frozenset())
    )
    assert "catalogue" in known
    assert probability(known, weights()) > probability(unknown, weights())


def test_of_overlapping_names_the_likelier_stays_and_what_is_doubtful_goes_whoever_found_it() -> None:
    votes = [
        Vote(("School", 0, 6), by_rules=True, probability=0.7),
        Vote(("IndustryCollege", 0, 12), by_rules=False, probability=0.9),
        Vote(("Region", 14, 16), by_rules=False, probability=LEAST - 0.01),
        Vote(("Park", 20, 26), by_rules=False, probability=LEAST),
        Vote(("Agency", 30, 34), by_rules=True, probability=LEAST_BY_RULES),
        Vote(("Region", 30, 32), by_rules=False, probability=LEAST_BY_RULES - 0.1),
        Vote(("Enterprise", 40, 44), by_rules=True, probability=LEAST_BY_RULES - 0.01),
        Vote(("PolicyDocument", 50, 90), by_rules=True, probability=0.01),
    ]
    assert [vote.name[0] for vote in chosen(votes)] == ["IndustryCollege", "Park", "Agency", "PolicyDocument"]


def test_the_evidence_of_the_package_is_what_is_gathered() -> None:
    opinion = Opinion(
        (Candidate("IndustryCollege", 0, 12, 0.9), Candidate("Region", 20, 22, 0.5)), {RULE: 0.1}
    )
    gathered = {word for _, found in evidence([RULE], opinion, frozenset([RULE])) for word in found}
    assert gathered <= set(weights())
