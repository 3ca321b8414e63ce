"""The server of a language model (模型服务): chat completions in the OpenAI-compatible protocol, over HTTP.

Nothing is trusted: answers are limited in size and time, redirections are not followed, proxies and passwords of the
environment are not used, and no word of the server's enters a message.
"""

from __future__ import annotations

import asyncio
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from graph.address import shown
from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings, variable
from nlp.language_model.answer import Completion
from nlp.language_model.prompt import SCHEMA, messages
from nlp.language_model.refusal import Reason

if TYPE_CHECKING:
    import httpx

LARGEST: Final = 2_000_000  # bytes of an answer
_BUSY: Final = frozenset((429, 502, 503, 504))
_NOT_THIS_WAY: Final = frozenset(
    (400, 404, 415, 422, 500, 501)
)  # what servers say to a format that they do not know
_DECLINED: Final = frozenset((400, 413, 422))  # of this text, not of all: a content filter
_LASTING: Final = frozenset((401, 403, 429))  # and 5xx: what the next question would be told, too
_MEANING: Final = {
    401: Text("密钥 LIANTU_MODEL_KEY 未填或不对", "the key LIANTU_MODEL_KEY is missing or wrong"),
    403: Text("密钥 LIANTU_MODEL_KEY 无权使用", "the key LIANTU_MODEL_KEY may not be used for this"),
    404: Text(
        "没有 --model 或 LIANTU_MODEL_NAME 所说的模型，或 LIANTU_MODEL_ADDRESS 少了末尾的 /v1",
        "it has no model of the name in --model or LIANTU_MODEL_NAME, or LIANTU_MODEL_ADDRESS lacks its /v1",
    ),
}
_PAUSES: Final = (1.0, 4.0)  # seconds before a busy server is asked again
_LIMITS: Final = {
    "model_seconds": (0.1, 86_400),
    "model_file_seconds": (0.1, 86_400),
    "model_requests": (1, 64),
    "model_tokens": (1, 1_000_000),
}
_CONTENT_TYPE: Final = {"Content-Type": "application/json", "Accept": "application/json"}


class UnreachableError(LiantuError):
    """The server gave no answer; `lasting` where the next question would most likely get none either."""

    def __init__(self, address: str, reason: str | Text, *, lasting: bool) -> None:
        super().__init__("model.unreachable", address=address, reason=reason)
        self.lasting = lasting


class Server:
    """One server and the model that is asked there, by a schema until it has answered only without one.

    Raises `model.address` where the settings cannot be right, `model.client` where the extra is not installed.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._url = _sound(settings.model_address) + "/chat/completions"
        self.address = shown(settings.model_address)
        if not settings.model_key.isascii() or not (settings.model_key or "-").isprintable():
            raise _wrong("LIANTU_MODEL_KEY")
        for name, (least, most) in _LIMITS.items():
            if not least <= getattr(settings, name) <= most:  # nor is what is no number
                raise _wrong(f"{variable(name)}: {least:g}…{most:g}")
        if find_spec("httpx") is None:
            raise LiantuError("model.client", name="httpx")
        self._with_schema = True
        self._knows_schema = False  # has answered with one
        self.answered = False  # anything at all
        self.declined: UnreachableError | None = None  # how it declined a text

    def client(self) -> httpx.AsyncClient:
        """A client for one stretch of work."""
        import ssl  # noqa: PLC0415 - only where a model is asked

        import httpx  # noqa: PLC0415 - an extra

        headers = dict(_CONTENT_TYPE)
        headers["Accept-Encoding"] = "identity"  # no bomb in a packed answer
        if self._settings.model_key:
            headers["Authorization"] = f"Bearer {self._settings.model_key}"
        return httpx.AsyncClient(
            headers=headers,
            timeout=self._settings.model_seconds,
            follow_redirects=False,
            trust_env=False,
            verify=ssl.create_default_context() if self._url.startswith("https") else False,
        )

    async def complete(self, client: httpx.AsyncClient, text: str) -> Completion:
        """The answer to a text; `model.unreachable` where the server gives none in the time that it has."""
        import httpx  # noqa: PLC0415 - an extra

        try:
            async with asyncio.timeout(self._settings.model_seconds):
                return await self._asked(client, text)
        except TimeoutError:
            raise self._away(f"> {self._settings.model_seconds:g} s", lasting=True) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise self._away(type(error).__name__, lasting=True) from None

    async def _asked(self, client: httpx.AsyncClient, text: str) -> Completion:
        pauses = iter(_PAUSES)
        with_schema = self._with_schema
        while True:
            status, body = await self._post(client, self._request(text, with_schema=with_schema))
            if status == 200:
                self.answered = True
                self._knows_schema |= with_schema
                self._with_schema = with_schema or self._knows_schema
                return self._completion(body)
            if status in _NOT_THIS_WAY and with_schema and not self._knows_schema:
                with_schema = False  # asked for JSON in words alone, and all others so if that is answered
                continue
            pause = next(pauses, None) if status in _BUSY else None
            if pause is None:
                away = self._away(_told(status), lasting=status in _LASTING or status >= 500)
                if status not in _DECLINED:
                    raise away
                self.declined = away
                return Completion("", Reason.DECLINED)
            await asyncio.sleep(pause)

    def _request(self, text: str, *, with_schema: bool) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._settings.model_name,
            "messages": messages(text),
            "temperature": 0,
            "max_tokens": int(self._settings.model_tokens),
            "stream": False,
        }
        if with_schema:
            schema = {"name": "annotation", "strict": True, "schema": SCHEMA}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        return request

    async def _post(self, client: httpx.AsyncClient, request: dict[str, Any]) -> tuple[int, bytes | None]:
        """Status and body; no body where it is larger than any answer may be."""
        content = json.dumps(request).encode("ascii")
        async with client.stream("POST", self._url, content=content) as response:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise self._away("Content-Encoding")
            if response.status_code != 200:
                return response.status_code, b""
            body = bytearray()
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > LARGEST:
                    return 200, None
            return 200, bytes(body)

    def _completion(self, body: bytes | None) -> Completion:
        if body is None:
            return Completion("", Reason.TOO_LARGE)
        try:
            choice = json.loads(body)["choices"][0]
            content, finish = _words(choice["message"].get("content")), choice.get("finish_reason")
        except (ValueError, RecursionError, TypeError, KeyError, IndexError, AttributeError):
            raise self._away(Text("不是 OpenAI 兼容的应答", "no chat completion")) from None
        if finish == "content_filter":
            return Completion("", Reason.DECLINED)
        if finish == "length":  # before a word of the answer, where all went into thoughts
            return Completion(content or "", Reason.CUT)
        return Completion("", Reason.UNREADABLE) if content is None else Completion(content)

    def _away(self, reason: str | Text, *, lasting: bool = False) -> UnreachableError:
        return UnreachableError(self.address, reason, lasting=lasting)


def _told(status: int) -> Text:
    """A status of HTTP, with what it most likely means."""
    means = _MEANING.get(status)
    return Text(
        f"HTTP {status}" + (f"（{means.zh}）" if means else ""),
        f"HTTP {status}" + (f" ({means.en})" if means else ""),
    )


def _words(content: object) -> str | None:
    """The text of an answer, which some servers give in parts; `None` for a call of a tool, or nothing."""
    if isinstance(content, list):
        parts = [part["text"] for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(parts) if parts else None
    return content if isinstance(content, str) else None


def _sound(address: str) -> str:
    """The address without a slash at its end; `model.address` where it is no plain URL."""
    if not address:
        raise _wrong(Text("LIANTU_MODEL_ADDRESS 未填", "LIANTU_MODEL_ADDRESS is not set"))
    try:
        parts = urlsplit(address)
        sound = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port)
        )
    except ValueError:
        sound = False
    if not sound or not address.isprintable() or " " in address:
        raise _wrong(
            Text("LIANTU_MODEL_ADDRESS 不是 http(s) 地址", "LIANTU_MODEL_ADDRESS is no http(s) address")
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _wrong(
            Text(
                "密钥应填入 LIANTU_MODEL_KEY，不写在地址中",
                "the key belongs into LIANTU_MODEL_KEY, not the address",
            )
        )
    return address.rstrip("/")


def _wrong(reason: str | Text) -> LiantuError:
    return LiantuError("model.address", reason=reason)
