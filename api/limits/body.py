"""The body of a request (请求体): how large it may be, and what it must be before a query is looked for in it.

JSON of the right type alone is read: a page of another site can send a form or plain text without being asked for
leave, but not `application/json`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request

from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings

_LONG_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{400}")
"""More digits than a number of any type has; Python itself reads no more than 4,300."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks to run."""

    query: str
    variables: dict[str, Any]
    name: str | None


class Refused(Exception):  # noqa: N818 (it is an answer, the error is inside)
    """A request that is no GraphQL request: the status to answer with, and why."""

    def __init__(self, status: HTTPStatus, error: LiantuError) -> None:
        super().__init__(status, error)
        self.status = status
        self.error = error


def _invalid(zh: str, en: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Refused:
    return Refused(status, LiantuError("api.invalid", reason=Text(zh=zh, en=en)))


async def read_operation(request: Request, settings: Settings) -> Operation:
    """The operation in a request; `Refused` for a wrong type, too large a body, or anything but one operation."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        raise _invalid("请求类型应为 application/json", "the content type must be application/json", status)
    body = await _limited(request, int(settings.api_body_kilobytes * 1024))
    try:
        given = json.loads(body.decode("utf-8"), parse_constant=_no_number)
        json.dumps(given, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise _invalid("请求体含有不成对的代理字符", "the body holds half of a surrogate pair") from None
    except (ValueError, RecursionError):
        raise _invalid("请求体不是 JSON", "the body is not JSON") from None
    if isinstance(given, list):
        raise _invalid("不支持批量请求", "batches are not supported")
    if not isinstance(given, dict):
        raise _invalid("请求体应为 JSON 对象", "the body must be a JSON object")
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise _invalid("缺少 query", "there is no query")
    if _LONG_NUMBER.search(query):
        raise _invalid("数字过长", "a number is too long")
    if not isinstance(variables, dict | None):
        raise _invalid("variables 应为对象", "variables must be an object")
    if not isinstance(name, str | None):
        raise _invalid("operationName 应为文本", "operationName must be text")
    check_variables(variables or {}, settings)
    return Operation(query, variables or {}, name)


def check_variables(variables: dict[str, Any], settings: Settings) -> None:
    """Refuse variables of more values than a query may have tokens (`api.too_large`)."""
    limit = int(settings.api_tokens)
    waiting: list[Any] = [variables]
    found = 0
    while waiting:
        value = waiting.pop()
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend(inside)
        found += len(inside)
        if found > limit:
            what = Text("个变量值", "values in variables")
            raise Refused(
                HTTPStatus.OK, LiantuError("api.too_large", what=what, found=f"> {limit}", limit=limit)
            )


def _no_number(word: str) -> None:
    """NaN and Infinity, which Python takes for numbers and JSON does not have."""
    raise ValueError(word)


async def _limited(request: Request, limit: int) -> bytes:
    """The body, no further than `limit` bytes."""
    declared = request.headers.get("content-length", "")
    parts: list[bytes] = []
    found = int(declared) if declared.isdecimal() else 0
    if found <= limit:
        found = 0
        try:
            async for part in request.stream():
                found += len(part)
                if found > limit:
                    break
                parts.append(part)
        except ClientDisconnect:
            raise _invalid("请求中断", "the request broke off") from None
    if found > limit:
        shown = f"> {limit // 1024} KB" if not declared else f"{found // 1024} KB"
        error = LiantuError(
            "api.too_large", what=Text("的请求体", "of request"), found=shown, limit=f"{limit // 1024} KB"
        )
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error)
    return b"".join(parts)
