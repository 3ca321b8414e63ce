"""docs/api.md says what the code does: its queries run, its tables agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from api.names import REVERSE, camel
from graph.errors import MESSAGES
from graph.ontology import EDGES
from graph.settings import Settings, variable

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("query", EXAMPLES, ids=lambda query: " ".join(query.split())[:40])
def test_every_query_of_the_page_is_answered(ask: Callable[..., dict[str, Any]], query: str) -> None:
    given = ask(query, **({"id": "Enterprise:重庆长安汽车股份有限公司"} if "$id" in query else {}))
    assert all(value for value in given.values())


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 5


def test_the_limits_of_the_page_are_the_settings() -> None:
    rows = dict(re.findall(r"^\|[^|]+\| `(LIANTU_\w+)` \| (\d+) \|", PAGE, re.MULTILINE))
    limits = {
        variable(item.name): f"{item.default:g}"
        for item in fields(Settings)
        if (item.name.startswith("api_") or item.name == "query_seconds") and item.type == "float"
    }
    assert rows == limits


def test_the_names_of_the_page_are_those_of_the_schema() -> None:
    rows = re.findall(r"^\| ([A-Z_]+) (\S+) \| `(\w+)` \| `(\w+)` \|$", PAGE, re.MULTILINE)
    assert rows == [
        (kind.name, kind.zh, camel(kind.name.lower()), camel(REVERSE[kind.name])) for kind in EDGES.values()
    ]


def test_every_code_of_the_page_is_one_of_ours_and_every_api_code_is_there() -> None:
    codes = set(re.findall(r"`((?:api|graph|query)\.[a-z_]+)`", PAGE))
    assert codes <= set(MESSAGES)
    assert {code for code in MESSAGES if code.startswith("api.")} <= codes
