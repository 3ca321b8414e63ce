"""A question's own parameters (问题的参数) from the words of a command line: `year=2024`, `realised=完成,在建`."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import Any, Final

from graph.errors import LiantuError
from graph.gaps.finding import Question

_NONE: Final = ("", "none", "未写")
_TRUE: Final = ("true", "yes", "1", "是")
_FALSE: Final = ("false", "no", "0", "否")
_FITTING: Final[Mapping[Any, type]] = {bool: bool, int: Integral, float: Real, str: str}


def read_parameters(question: Question, words: Iterable[str]) -> dict[str, Any]:
    """Parameters from `name=value` words, each of its declared type; `question.parameter` where one is wrong.

    A tuple is written with commas; an empty word (or `none`) is None.
    """
    hints = typing.get_type_hints(question.answer)
    given: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        name = name.strip()
        if not equals or name not in question.parameters:
            known = ", ".join(f"{one}=…" for one in question.parameters)
            raise LiantuError("question.parameter", name=name[:40], value=value[:40], expected=known)
        try:
            given[name] = _read(hints[name], value.strip())
        except ValueError:
            raise LiantuError(
                "question.parameter", name=name, value=value[:40], expected=_wording(hints[name])
            ) from None
    return given


def check_parameters(question: Question, parameters: Mapping[str, Any]) -> None:
    """Refuse what is no parameter of the question, or not of its type (`question.parameter`).

    Numbers of numpy and pandas are numbers; what is neither number nor word is left to the question.
    """
    hints = typing.get_type_hints(question.answer)
    for name, value in parameters.items():
        if name not in question.parameters:
            known = ", ".join(f"{one}=…" for one in question.parameters)
            raise LiantuError("question.parameter", name=name[:40], value=str(value)[:40], expected=known)
        if not _fits(hints[name], value):
            expected = _wording(hints[name])
            raise LiantuError("question.parameter", name=name, value=str(value)[:40], expected=expected)
        if name == "minimum_confidence":
            check_confidence(value)


def check_confidence(value: object) -> None:
    """Refuse what is no confidence (`question.parameter`); `None` stands for that of the question."""
    if value is not None and not (isinstance(value, Real) and 0 <= float(value) <= 1):
        raise LiantuError("question.parameter", name="minimum_confidence", value=value, expected="0 … 1")


def _fits(hint: Any, value: Any) -> bool:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return isinstance(value, tuple)
    if type(None) in arguments:
        return value is None or any(_fits(one, value) for one in arguments if one is not type(None))
    if hint not in _FITTING:
        return True
    return isinstance(value, _FITTING[hint]) and (hint is bool or not isinstance(value, bool))


def _wording(hint: Any) -> str:
    return str(hint).removeprefix("<class '").removesuffix("'>")


def _read(hint: Any, value: str) -> Any:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return tuple(_read(arguments[0], part.strip()) for part in value.split(","))
    if type(None) in arguments:
        if value.lower() in _NONE:
            return None
        (hint,) = (one for one in arguments if one is not type(None))
    if hint is bool:
        if value.lower() in (*_TRUE, *_FALSE):
            return value.lower() in _TRUE
        raise ValueError(value)
    if hint in (int, float, str):
        return hint(value)
    raise ValueError(value)
