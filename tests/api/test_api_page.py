"""docs/api.md says what the code does: its queries run, its tables agree."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from api.app import create_app
from api.names import REVERSE, camel
from graph.errors import MESSAGES
from graph.ontology import EDGES
from graph.settings import Settings, variable
from graph.store import Store

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("query", EXAMPLES, ids=lambda query: " ".join(query.split())[:40])
def test_every_query_of_the_page_is_answered(ask: Callable[..., dict[str, Any]], query: str) -> None:
    given = ask(query, **({"id": "Enterprise:重庆长安汽车股份有限公司"} if "$id" in query else {}))
    assert all(value for value in given.values())


def test_the_python_of_the_page_prints_every_school(store: Store) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    config = uvicorn.Config(create_app(store.asynchronous(Settings()), Settings()), log_level="warning")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/graphql"
        assert program.count("http://127.0.0.1:8000/graphql") == 1
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            ran = subprocess.run(
                [sys.executable, "-c", program.replace("http://127.0.0.1:8000/graphql", address)],
                capture_output=True,
                encoding="utf-8",
                env=os.environ | {"PYTHONIOENCODING": "utf-8"},
                timeout=120,
                check=False,
            )
        finally:
            server.should_exit = True
            thread.join(30)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [
        f"重庆示例学院{number:03d}\t高职专科\t智能网联汽车专业群" for number in range(130)
    ]


def test_the_curl_of_the_page_is_answered(client: Any) -> None:
    (command,) = re.findall(r"```sh\n(curl .*?)```", PAGE, re.DOTALL)
    name, *given = shlex.split(command.replace("\\\n", " "))
    options = [(key, value) for key, value in pairwise(given) if key.startswith("-")]
    headers = dict(value.split(": ") for key, value in options if key == "-H")
    (body,) = (value for key, value in options if key == "-d")
    answer = client.request("POST", "/graphql", content=body.encode(), headers=headers).json()
    assert (name, given[1]) == ("curl", "http://127.0.0.1:8000/graphql")
    assert answer == {
        "data": {
            "find": [
                {
                    "rank": 1,
                    "node": {"id": "Enterprise:重庆长安汽车股份有限公司", "name": "重庆长安汽车股份有限公司"},
                }
            ]
        }
    }


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
