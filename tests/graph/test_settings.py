"""Settings come from what is given, else the environment, else their defaults."""

from __future__ import annotations

import pytest

from graph.errors import LiantuError
from graph.settings import Settings, said, variable


def test_given_comes_before_the_environment_before_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIANTU_GRAPH", raising=False)
    assert Settings.load().graph == "liantu-graph"
    monkeypatch.setenv("LIANTU_GRAPH", "city")
    assert Settings.load().graph == "city"
    assert Settings.load(graph="here").graph == "here"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_QUERY_SECONDS", "")
    assert Settings.load().query_seconds == Settings().query_seconds


@pytest.mark.parametrize("value", ["soon", "1e999x", "10 s", "nan", "inf", "1e999", "-1"])
def test_a_number_that_is_none_names_the_variable(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(variable("query_seconds"), value)
    with pytest.raises(LiantuError, match="LIANTU_QUERY_SECONDS") as caught:
        Settings.load()
    assert caught.value.code == "setting.invalid"


def test_what_is_said_holds_for_the_block_and_leaves_the_environment_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LIANTU_GRAPH", "city")
    monkeypatch.delenv("LIANTU_MODEL_NAME", raising=False)
    with said(graph="here", model_name="qwen", query_seconds=None):
        assert (Settings.load().graph, Settings.load().model_name) == ("here", "qwen")
        assert Settings.load().query_seconds == Settings().query_seconds
    assert (Settings.load().graph, Settings.load().model_name) == ("city", "")


def test_what_is_said_to_be_on_or_off_is_a_number() -> None:
    with said(recognition=True):
        assert Settings.load().recognition == 1
    with said(recognition=False):
        assert Settings.load().recognition == 0
