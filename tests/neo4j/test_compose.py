"""docker-compose.yml, as far as it can be checked without Docker: its form, and its settings on the real server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import neo4j
import pytest

from tests.neo4j.database import Database
from tests.neo4j.server import neo4j_version

FILE = Path(__file__).resolve().parents[2] / "docker-compose.yml"


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="reads YAML: pip install pyyaml")
    parsed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert parsed.keys() == {"services", "volumes"}
    found: dict[str, Any] = parsed["services"]["neo4j"]
    assert {volume.partition(":")[0] for volume in found["volumes"]} == parsed["volumes"].keys()
    return found


def test_it_starts_the_version_that_is_tested_and_listens_on_this_machine_only(
    service: dict[str, Any],
) -> None:
    tested = ".".join(neo4j_version().split(".")[:2])
    assert service["image"] == f"neo4j:{tested}-community"
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert {port.rpartition(":")[2] for port in service["ports"]} == {"7474", "7687"}
    assert "127.0.0.1:7474" in service["healthcheck"]["test"][1]


def test_the_password_is_that_of_liantu_and_stands_nowhere(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j/\$\{LIANTU_NEO4J_PASSWORD:\?[^}]+\}", service["environment"]["NEO4J_AUTH"])


def test_the_server_has_every_setting_that_is_named(
    service: dict[str, Any], neo4j_database: Database
) -> None:
    # the image takes NEO4J_a_b__c as the setting a.b_c
    names = {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")
        for name in service["environment"]
        if name != "NEO4J_AUTH"
    }
    assert "server.memory.heap.max_size" in names
    with neo4j.GraphDatabase.driver(
        neo4j_database.uri, auth=(neo4j_database.user, neo4j_database.password)
    ) as driver:
        known = {record["name"] for record in driver.execute_query("SHOW SETTINGS YIELD name").records}
    assert names <= known
