"""A small graph for the API: a consortium with its members, two schools, chains, one document; and a way to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from api.app import create_app
from graph.claims import ClaimsBuilder, Evidence
from graph.settings import Settings
from graph.store import Source, Store, open_store
from tests.neo4j.database import Database

Ask = Callable[..., dict[str, Any]]

SCHOOLS = 130


def split(table: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The STATES rows of a table of claims, and the rest."""
    states = pc.equal(table.column("kind"), "STATES")
    return table.filter(states), table.filter(pc.invert(states))


def records() -> pa.Table:
    """What the record set says: many schools that offer one specialty, two of which cooperate with enterprises."""
    claims = ClaimsBuilder("records-1")
    row = Evidence(quote="长安", place="Sheet1!2", method="record")
    chain = claims.node(
        "IndustryChain", name="智能网联新能源汽车", evidence=row, tier="产业链", size="万亿级"
    )
    bare = claims.node("IndustryChain", name="先进材料", evidence=row, tier="产业链", aliases=("新材料",))
    specialty = claims.node("Specialty", name="汽车智能技术", code="510107", evidence=row, level="高职专科")
    other = claims.node("Specialty", name="材料工程技术", code="430601", evidence=row, level="高职专科")
    changan = claims.node("Enterprise", name="重庆长安汽车股份有限公司", evidence=row, aliases=("长安",))
    maker = claims.node("Enterprise", name="西南铝业（集团）有限责任公司", evidence=row)
    claims.edge("OPERATES_IN", changan, chain, row)
    claims.edge("OPERATES_IN", maker, bare, row)
    for number in range(SCHOOLS):
        school = claims.node("School", name=f"重庆示例学院{number:03d}", evidence=row, level="高职专科")
        claims.edge("OFFERS", school, specialty, row, enrolled=100 + number, year=2024)
        claims.edge("OFFERS", school, other, row, enrolled=10)
        group = claims.node("SpecialtyGroup", name="智能网联汽车专业群", scope=school, evidence=row)
        claims.edge("HOSTS", school, group, row, grade="市级")
        if number < 2:
            claims.edge("SERVES", group, chain, row)
            claims.edge("COOPERATES_WITH", school, changan, row, mode="订单班", order_students=40)
    return claims.table()


def document() -> pa.Table:
    """What the policy document says: a consortium, who leads it and who takes part, a target."""
    claims = ClaimsBuilder("document-1")
    words = Evidence(quote="支持长安汽车牵头组建联合体", start=10, end=23, place="p.1", confidence=0.9)
    policy = claims.node(
        "PolicyDocument", name="实施方案", evidence=words, number="渝教发〔2023〕1号", issued="2023-10-27"
    )
    consortium = claims.node(
        "Consortium", name="重庆市智能网联新能源汽车产教联合体", evidence=words, level="市级"
    )
    changan = claims.node("Enterprise", name="重庆长安汽车股份有限公司", evidence=words)
    agency = claims.node("Agency", name="重庆市教育委员会", evidence=words)
    park = claims.node("Park", name="两江新区", evidence=words)
    claims.edge("LEADS", changan, consortium, words, role="牵头单位")
    for member in (changan, agency, park):
        claims.edge("MEMBER_OF", member, consortium, words)
    claims.edge("MEMBER_OF", park, consortium, Evidence(quote="两江新区加入联合体", start=40, end=49))
    for number in range(SCHOOLS):
        school = claims.node("School", name=f"重庆示例学院{number:03d}", evidence=words)
        claims.edge("MEMBER_OF", school, consortium, words)
        claims.edge("MENTIONS", policy, school, words)
    target = claims.node(
        "Target", name="建设联合体数", scope=policy, evidence=words, metric="联合体数", value=10.0
    )
    claims.edge("SETS", policy, target, words)
    claims.edge("ISSUED_BY", policy, agency, words)
    return claims.table()


@pytest.fixture(scope="session")
def sources() -> dict[Source, tuple[pa.Table, pa.Table]]:
    """The two sources of the sample graph: records first, then the document."""
    return {
        Source("records-1", "成员.xlsx", "records", "1"): split(records()),
        Source("document-1", "方案.docx", "document", "1", "PolicyDocument:实施方案"): split(document()),
    }


@pytest.fixture(scope="session")
def graph_folder(
    tmp_path_factory: pytest.TempPathFactory, sources: dict[Source, tuple[pa.Table, pa.Table]]
) -> Path:
    folder = tmp_path_factory.mktemp("api") / "graph"
    load(str(folder), sources)
    return folder


def load(address: str, sources: dict[Source, tuple[pa.Table, pa.Table]]) -> None:
    opened = open_store(address)
    with opened.write() as writer:
        for source, tables in sources.items():
            writer.replace(source, *tables)
    opened.close()


@pytest.fixture(scope="session")
def store(engine: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The sample graph on each engine."""
    given = Database.for_reading() if engine == "neo4j" else None
    opened = open_store(given.address if given else str(request.getfixturevalue("graph_folder")))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def sample_graph(request: pytest.FixtureRequest, sources: dict[Source, tuple[pa.Table, pa.Table]]) -> None:
    """Neo4j holds the sample graph when a test begins that asks it there."""
    if "engine" in request.fixturenames and request.getfixturevalue("engine") == "neo4j":
        database: Database = request.getfixturevalue("neo4j_read")
        database.hold("the sample graph of tests/api", lambda address: load(address, sources))


class Client:
    """The application as a client meets it, over its real HTTP interface but without a socket."""

    def __init__(self, portal: BlockingPortal, http: httpx.AsyncClient) -> None:
        self._portal = portal
        self._http = http

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        return self._portal.call(partial(self._http.request, method, path, **given))

    def started(self, query: str) -> Future[httpx.Response]:
        """A request under way: its answer is a future."""
        return self._portal.start_task_soon(
            partial(self._http.request, "POST", "/graphql", json={"query": query})
        )

    def ask(self, query: str, language: str = "en", **variables: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.request(
            "POST",
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"Accept-Language": language},
        ).json()
        return answer

    def code(self, query: str, **variables: Any) -> str:
        """The stable code with which a query is refused: one error and no data at all."""
        answer = self.ask(query, **variables)
        assert answer.get("data") is None, answer
        (error,) = answer["errors"]
        return str(error["extensions"]["code"])


@contextmanager
def serving(
    store: Any, *, host: str | None = "liantu", engine_seconds: float | None = None, **settings: float | str
) -> Iterator[Client]:
    """The application over `store`, served at `host`: the one that the client asks.

    With `engine_seconds` the engine has another limit than the request.
    """
    chosen = Settings(**settings)  # type: ignore[arg-type]
    limits = chosen if engine_seconds is None else replace(chosen, query_seconds=engine_seconds)
    app = create_app(store.asynchronous(limits), chosen, host)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    lifespan = app.router.lifespan_context(app)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(lifespan):
        http = httpx.AsyncClient(transport=transport, base_url="http://liantu")
        yield Client(portal, http)
        portal.call(http.aclose)


@pytest.fixture(scope="session")
def serve() -> Callable[..., Any]:
    """`serve(store, api_depth=3)`: the application over a store under other settings, as a context manager."""
    return serving


@pytest.fixture(scope="session")
def client(store: Store) -> Iterator[Client]:
    with serving(store) as opened:
        yield opened


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask the sample graph and get the data; an error fails the test."""

    def answer(query: str, **variables: Any) -> dict[str, Any]:
        given = client.ask(query, **variables)
        assert "errors" not in given, given["errors"]
        data: dict[str, Any] = given["data"]
        return data

    return answer
