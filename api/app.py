"""The application (服务): `create_app` puts the schema, the IDE and the health page behind HTTP routes.

POST /graphql   one GraphQL operation as JSON          GET /graphql   the IDE (not in production)
GET  /healthz   whether the graph answers              GET /          to the IDE
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import anyio
from graphql import GraphQLError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from api.answers import Answers
from api.errors import described, internal, published
from api.hosts import allowed_hosts
from api.ide import SAFE_HEADERS, ide_asset, ide_page
from api.limits.body import Operation, Refused, read_operation
from api.schema import make_schema
from api.session import Session
from graph.errors import LiantuError
from graph.language import Language, Text, current_language
from graph.settings import Settings
from graph.store.asynchronous import AsyncStore


class Answer(JSONResponse):
    """JSON with Chinese as it is, and never kept by a cache."""

    def __init__(
        self, content: Any, status: int = HTTPStatus.OK, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(content, status, SAFE_HEADERS | {"Cache-Control": "no-store"} | (headers or {}))

    def render(self, content: Any) -> bytes:
        """The bytes of the answer."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


class Endpoint:
    """Answers the requests of one application."""

    def __init__(self, store: AsyncStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._production = settings.production >= 1
        self._schema = make_schema(settings)
        self._answers = Answers()
        self._threads = ThreadPoolExecutor(
            max(1, int(settings.api_threads)), thread_name_prefix="liantu-answer"
        )

    async def close(self) -> None:
        """Let go of the graph and of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await self._store.close()

    async def graphql(self, request: Request) -> Response:
        """One operation in, one answer out; the IDE where a browser asks for a page."""
        language = language_of(request)
        if request.method != "POST":
            return self._page(request, language)
        try:
            operation = await read_operation(request, self._settings)
            return Answer(await self._run(operation, language))
        except Refused as refused:
            return Answer({"errors": [described(refused.error, language)]}, refused.status)
        except Exception as error:  # noqa: BLE001 (the last door: nothing leaves unmasked)
            failed = described(internal(error), language)
            return Answer({"data": None, "errors": [failed]}, HTTPStatus.INTERNAL_SERVER_ERROR)

    async def health(self, request: Request) -> Response:
        """200 and the version of the graph that is served, or 503 and why there is none."""
        language = language_of(request)
        try:
            with anyio.fail_after(self._settings.query_seconds):
                version = await self._store.version()
        except LiantuError as error:
            return self._unwell(error, language)
        except TimeoutError:
            return self._unwell(self._busy(), language)
        except Exception as error:  # noqa: BLE001 (as above)
            return self._unwell(internal(error), language)
        return Answer({"ok": True, "version": version})

    def _page(self, request: Request, language: Language) -> Response:
        if request.method in ("GET", "HEAD") and not self._production and not request.query_params:
            return ide_page(language)
        reason = Text("请用 POST 发送查询", "send queries by POST")
        refused = described(LiantuError("api.invalid", reason=reason), language)
        return Answer({"errors": [refused]}, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "POST"})

    async def _run(self, operation: Operation, language: Language) -> dict[str, Any]:
        session = self._session(language)
        try:
            with anyio.fail_after(self._settings.query_seconds):
                result = await self._schema.execute(
                    operation.query, operation.variables, session, operation_name=operation.name
                )
        except TimeoutError:
            return {"data": None, "errors": [described(self._busy(), language)]}
        except (CannotGetOperationTypeError, InvalidOperationTypeError):
            reason = Text(
                "没有要运行的操作，或 operationName 不对", "no operation to run, or a wrong operationName"
            )
            return {"data": None, "errors": [described(LiantuError("api.invalid", reason=reason), language)]}
        finally:
            await session.close()
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [self._published(error, language) for error in result.errors]
        return answer

    def _published(self, error: GraphQLError, language: Language) -> dict[str, Any]:
        return published(error, language, suggestions=not self._production)

    def _session(self, language: Language) -> Session:
        return Session(self._store, self._settings, language, self._answers, self._threads)

    def _busy(self) -> LiantuError:
        return LiantuError("graph.busy", query="GraphQL", seconds=f"{self._settings.query_seconds:g}")

    def _unwell(self, error: LiantuError, language: Language) -> Response:
        return Answer({"ok": False, "errors": [described(error, language)]}, HTTPStatus.SERVICE_UNAVAILABLE)


def language_of(request: Request) -> Language:
    """The reader's language: the first of Accept-Language that is Chinese or English, else the server's own."""
    for part in request.headers.get("accept-language", "").split(","):
        wanted = part.partition(";")[0].strip().lower()
        if wanted.startswith("zh"):
            return "zh"
        if wanted.startswith("en"):
            return "en"
    return current_language()


async def _asset(request: Request) -> Response:
    return ide_asset(request.path_params["name"])


async def _home(_request: Request) -> Response:
    return RedirectResponse("graphql")


def create_app(store: AsyncStore, settings: Settings, host: str | None = None) -> Starlette:
    """The application that serves `store` under `settings`; it opens the graph when it is first asked.

    `store` is what `Store.asynchronous(settings)` gives; it is closed when the application ends.

    Requests with another `Host` than this machine's, `host` or those of the settings get status 400.
    """
    endpoint = Endpoint(store, settings)
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    routes = [
        Route("/graphql", endpoint.graphql, methods=methods),
        Route("/healthz", endpoint.health),
    ]
    if settings.production < 1:
        routes += [Route("/", _home), Route("/static/{name}", _asset)]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(settings, host), www_redirect=False)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await endpoint.close()

    return Starlette(routes=routes, middleware=[guard], lifespan=lifespan)
