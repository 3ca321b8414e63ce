"""Who reads: the rules alone, or with the trained network where the settings say so."""

from __future__ import annotations

from pathlib import Path

from graph.settings import said
from ingest.passages import extract_text
from ingest.reading import extractor_key

# The rules cut the place off, which no catalogue has; the network sees the whole name.
TEXT = "甲市教育局与华龙科创集团共建未来智造产业学院，由临江职业技术学院牵头，服务当地银发经济产业。"


def names() -> set[str]:
    return {mention.surface for found in extract_text(TEXT) for mention in found.entities}


def test_the_network_reads_only_where_the_settings_turn_it_on() -> None:
    with said(recognition=False):
        rules = names()
    with said(recognition=True):
        both = names()
    assert "甲市教育局" in both - rules
    with said(recognition=False):
        assert names() == rules


def test_what_the_network_read_with_is_kept_under_another_key_and_records_are_not(tmp_path: Path) -> None:
    keys = []
    for recognition in (False, True):
        with said(recognition=recognition):
            keys.append((extractor_key("document"), extractor_key("records", tmp_path / "sheet.csv")))
    (document, records), (other, same) = keys
    assert document != other
    assert records == same


def test_names_of_the_network_say_that_a_model_read_them() -> None:
    with said(recognition=True):
        methods = {
            mention.surface: mention.method for found in extract_text(TEXT) for mention in found.entities
        }
    assert methods["甲市教育局"] == "model"
    assert methods["未来智造产业学院"] == "rule"
