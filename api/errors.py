"""What leaves the API when something goes wrong (出错): a stable code, a message in the reader's language, no more.

Every error passes through here, whichever path it took. Those of `graph.errors` keep their code; what GraphQL itself
refuses is `api.invalid`; anything else is `api.internal` with a reference under which the log has the details.
"""

from __future__ import annotations

import logging
import re
import traceback
import uuid
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Final

from graphql import GraphQLError

from graph.errors import MESSAGES, LiantuError
from graph.language import Language, Text

_log = logging.getLogger("liantu.api")

_INTERNAL: Final = frozenset({"internal"})
_TOO_MANY_TOKENS: Final = re.compile(r"Document contains more th[ae]n (\d+) tokens")
_SUGGESTION: Final = re.compile(r"Did you mean .*$", re.DOTALL)
_ADDRESS: Final = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://\S+")
_DIRECTORY: Final = re.compile(r"(?:[A-Za-z]:)?[\\/](?:[^\s'\":;,()\\/]+[\\/])+")
_LONGEST: Final = 300  # characters of a value in a message: what a client sent may be as long as a request
_BEGINNING: Final = 200  # of them, where the end says what is wrong


def message(code: str, language: Language, **values: object) -> str:
    """The message of a code in the reader's language; no value shows a directory or an address."""
    text = MESSAGES[code]
    shown = {name: _shown(value, language) for name, value in values.items()}
    return " ".join((text.zh if language == "zh" else text.en).format(**shown).split())


def described(error: LiantuError, language: Language) -> dict[str, Any]:
    """An error of the project as GraphQL sends it."""
    return {"message": message(error.code, language, **error.values), "extensions": {"code": error.code}}


def published(error: GraphQLError, language: Language, *, suggestions: bool) -> dict[str, Any]:
    """An error of an execution as GraphQL sends it: where it is, and what may be known of it."""
    sent = described(_known(error, suggestions=suggestions) or _unknown(error), language)
    if error.locations:
        sent["locations"] = [{"line": where.line, "column": where.column} for where in error.locations]
    if error.path:
        sent["path"] = error.path
    return sent


def internal(error: BaseException) -> LiantuError:
    """`api.internal` for an error that nobody foresaw, which goes to the log under the same reference."""
    reference = uuid.uuid4().hex[:12]
    frames = [
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    _log.error(
        "%s %s: %s [%s]", reference, type(error).__name__, _masked(str(error)), " < ".join(reversed(frames))
    )
    return LiantuError("api.internal", reference=reference)


def _known(error: GraphQLError, *, suggestions: bool) -> LiantuError | None:
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, LiantuError) and cause.code in MESSAGES and cause.code not in _INTERNAL:
        return cause
    if isinstance(cause, RecursionError):
        return LiantuError("api.too_deep", depth="…", limit="…")
    if isinstance(cause, GraphQLError):
        if found := _TOO_MANY_TOKENS.search(cause.message):
            limit = int(found[1])
            return LiantuError(
                "api.too_large", what=Text("个词元", "tokens"), found=f"> {limit}", limit=limit
            )
        reason = cause.message if suggestions else _SUGGESTION.sub("", cause.message)
        return LiantuError("api.invalid", reason=_without_middle(reason.rstrip().rstrip(".")))
    return None


def _unknown(error: GraphQLError) -> LiantuError:
    return internal(error.original_error or error)


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return _cut(value.zh if language == "zh" else value.en)
    if isinstance(value, PurePath):
        return _cut(value.name)
    if isinstance(value, str):
        value = _cut(value)
        if PurePosixPath(value).is_absolute() and value.count("/") > 1:
            return PurePosixPath(value).name
        if PureWindowsPath(value).is_absolute():
            return PureWindowsPath(value).name
        return _masked(value)
    return value


def _masked(text: str) -> str:
    return _DIRECTORY.sub("…/", _ADDRESS.sub("…", _cut(text)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _without_middle(text: str) -> str:
    """A reason of GraphQL, which quotes what was sent and then says what is wrong with it."""
    return text if len(text) <= _LONGEST else f"{text[:_BEGINNING]}…{text[_BEGINNING - _LONGEST + 1 :]}"
