"""Claims as sources make them, for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph.claims import ClaimsBuilder, Evidence
from graph.store import Source

if (
    TYPE_CHECKING
):  # the processes that tests start take their claims from here, and have no use for the driver
    from graph.store.neo4j.store import Neo4jStore
    from graph.store.neo4j.target import Target

Told = tuple[Source, pa.Table, pa.Table]
Fact = tuple[int, int, str, str | None, int | None]  # school, specialty, the school's name, its level, year


def told(builder: ClaimsBuilder, key: str = "1") -> Told:
    table = builder.table()
    states = pc.equal(table.column("kind"), "STATES")
    source = Source(builder.source, f"{builder.source}.txt", "document", key)
    return source, table.filter(states), table.filter(pc.invert(states))


def facts_told(source: str, facts: Sequence[Fact]) -> Told:
    builder = ClaimsBuilder(source)
    for number, (school, specialty, name, level, year) in enumerate(facts):
        words = Evidence(
            f"第{number}句", number, number + 3, f"l.{number}", confidence=0.5 + number % 10 / 20
        )
        head = builder.node(
            "School", name=name, code=f"41{school}", evidence=words, level=level, aliases=(f"校{school}",)
        )
        tail = builder.node("Specialty", name=f"专业{specialty}", code=f"4601{specialty}", evidence=words)
        builder.edge("OFFERS", head, tail, words, year=year)
    return told(builder)


@pytest.fixture(scope="session")
def tell() -> Callable[[str, Sequence[Fact]], Told]:
    """The claims of a source that says which school offers which specialty."""
    return facts_told


@pytest.fixture(scope="session")
def finish() -> Callable[[ClaimsBuilder], Told]:
    """The claims of a builder as the writer takes them."""
    return told


@pytest.fixture
def store(neo4j_address: str) -> Iterator[Neo4jStore]:
    """A store on the Neo4j of the run."""
    from graph.store.neo4j.store import Neo4jStore  # noqa: PLC0415

    opened = Neo4jStore(neo4j_address)
    yield opened
    opened.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver tries again sooner than it does for people, and loads have several transactions of each sort."""
    from graph.store.neo4j import staging  # noqa: PLC0415
    from graph.store.neo4j.target import Target  # noqa: PLC0415

    made = Target.options

    def options(self: Target, *given: float) -> dict[str, Any]:
        return {**made(self, *given), "initial_retry_delay": 0.05, "retry_delay_multiplier": 1.5}

    monkeypatch.setattr(Target, "options", options)
    monkeypatch.setattr(staging, "PART_ROWS", 50)
