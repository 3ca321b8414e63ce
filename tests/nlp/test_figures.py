"""What reading reaches on text of all provinces, kept above a floor: the figures that docs/extraction.md tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor
from nlp.scoring import score

DATA = Path(__file__).parents[1] / "data" / "nlp"
FLOORS = {
    # seen by who writes the rules: what was corrected stays corrected
    "cities-development.jsonl": {"entities": 0.90, "relations": 0.80, "quantities": 0.79},
    "provinces-development.jsonl": {
        "entities": 0.95,
        "relations": 0.86,
        "quantities": 0.96,
        "measures": 0.90,
    },
    # names: of the rules alone, the network has not learnt from it
    "cities-mixed.jsonl": {"entities": 0.76, "relations": 0.50, "quantities": 0.76},
    # set aside: nobody reads them, nothing learns from them
    "archive-blind.jsonl": {"entities": 0.80, "relations": 0.42, "quantities": 0.75},
    "genres-blind.jsonl": {"entities": 0.80, "relations": 0.36, "quantities": 0.75},
    "cities-blind.jsonl": {"entities": 0.80, "relations": 0.38, "quantities": 0.80},
    "provinces-blind.jsonl": {"entities": 0.87, "relations": 0.64, "quantities": 0.91, "measures": 0.20},
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """As users have it: rules, network and linker."""
    return Extractor()


def passages(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", FLOORS)
def test_text_of_all_provinces_is_read_above_the_floor(extractor: Extractor, name: str) -> None:
    lines = passages(name)
    found = [
        extractor.extract([Passage(str(line["text"]))], Context(date=str(line["date"])))[0] for line in lines
    ]
    report = score(lines, found)
    reached = {what: getattr(report, what).f1 for what in FLOORS[name]}
    assert {what: f1 for what, f1 in reached.items() if f1 < FLOORS[name][what]} == {}


def test_the_halves_have_no_passage_in_common_and_enough_of_them() -> None:
    development, blind = (passages(f"provinces-{half}.jsonl") for half in ("development", "blind"))
    assert not {line["text"] for line in development} & {line["text"] for line in blind}
    assert min(len(development), len(blind)) >= 60
    for half in (development, blind):
        assert len({line["province"] for line in half}) >= 25
        assert len({line["genre"] for line in half}) >= 7
        for line in half:
            for mention in line["entities"]:
                assert line["text"][mention["start"] : mention["end"]] == mention["surface"], line["id"]
