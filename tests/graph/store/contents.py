"""What tests write into a graph, and what they compare of it (图谱内容)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import neo4j

from graph.settings import Settings
from graph.store.ladybug import LadybugStore
from graph.store.neo4j.store import Neo4jStore


def write(store: Any, *changes: Any) -> None:
    """One batch: what replaces sources, and the ids of those to take out."""
    with store.write() as writer:
        for change in changes:
            if isinstance(change, str):
                writer.retract(change)
            else:
                writer.replace(*change)


def content(store: Any) -> tuple[str, Any, Any]:
    """What a graph says: its hash, its sources, what is found by a name."""
    with store.view() as view:
        return view.content_hash(), view.sources(), view.find("校")


def expected(folder: Path, *changes: Any) -> tuple[str, Any, Any]:
    """What the embedded engine says after the same batch."""
    store = LadybugStore(folder)
    write(store, *changes)
    found = content(store)
    store.close()
    return found


def rows(store: Neo4jStore, statement: str) -> list[list[Any]]:
    """What the database holds, visible or not."""
    return store._connection.rows(statement)


def left(address: str, settings: Settings) -> dict[str, int]:
    """What lies in the database beside the visible claims, each by how often."""
    with neo4j.GraphDatabase.driver(address, auth=(settings.neo4j_user, settings.neo4j_password)) as driver:
        counts = {
            "sources": "MATCH (n:Source) RETURN count(n)",
            "claims": "MATCH ()-[r]->() RETURN count(r)",
            "loads": "MATCH (n:Load|Batch) RETURN count(n)",
        }
        return {
            name: driver.execute_query(text, database_=settings.neo4j_database).records[0][0]
            for name, text in counts.items()
        }
