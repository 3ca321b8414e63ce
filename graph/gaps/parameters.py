"""A question's own parameters (问题的参数): as words of a command line (`realised=完成,在建`), and what they may be."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graph.errors import LiantuError
from graph.ontology import NODES, STATUSES
from graph.project import Projection

if TYPE_CHECKING:
    from graph.gaps.finding import Question

T = TypeVar("T")

SPANS: Final[Mapping[str, tuple[float, float]]] = {
    **dict.fromkeys(
        ("minimum_confidence", "retention", "likeness", "overlap", "maximum_density", "share"), (0, 1)
    ),
    **dict.fromkeys(("year", "today"), (1900, 2100)),
    **dict.fromkeys(("most", "best"), (0, 1_000_000)),
    **dict.fromkeys(("minimum_partners", "choices"), (1, 1_000_000)),
    "months": (0, 1_200),
    "horizon": (0, 50),
    "samples": (0, 1_000),
}
"""From where to where a number makes sense in every question that has a parameter of this name."""

_WORDS: Final[Mapping[str, tuple[str | None, ...]]] = {
    "realised": (*STATUSES, None),
    "region_level": next(one.values for one in NODES["Region"].properties if one.name == "level"),
}
_ANY_NUMBER: Final = (-1e9, 1e9)
LONGEST: Final = 200
"""The most characters of a word that is no text."""
_TEXTS: Final = ("changes", "table", "indicators", "weights", "education", "industry", "sectors")

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


def checked(answer: Callable[..., T]) -> Callable[..., T]:
    """The answer of a question, which first refuses what cannot be asked (`question.parameter`): the one door to it."""

    @functools.wraps(answer)
    def asked(projection: Projection, **parameters: Any) -> T:
        check_parameters(answer, projection, parameters)
        return answer(projection, **parameters)

    return asked


def check_parameters(answer: Callable[..., Any], projection: object, parameters: Mapping[str, Any]) -> None:
    """Refuse what is no projection or parameter, of another type, or impossible whatever the graph.

    Numbers of numpy and pandas are numbers. What a word may be, the question itself knows.
    """
    if not isinstance(projection, Projection):
        expected = "graph.project.project(view, **gaps.needs())"
        raise LiantuError(
            "question.parameter", name="projection", value=type(projection).__name__, expected=expected
        )
    hints, known = _declared(answer)
    for name, value in parameters.items():
        if name not in known:
            expected = ", ".join(f"{one}=…" for one in known)
        elif not _fits(hints[name], value):
            expected = _wording(hints[name])
        else:
            expected = _possible(name, value)
        if expected:
            raise LiantuError("question.parameter", name=name[:40], value=str(value)[:40], expected=expected)


@functools.lru_cache
def _declared(answer: Callable[..., Any]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The types of an answer's parameters, and their names in the order in which they are declared."""
    known = inspect.signature(answer).parameters.values()
    return typing.get_type_hints(answer), tuple(one.name for one in known if one.kind is one.KEYWORD_ONLY)


def _possible(name: str, value: Any) -> str:
    """What the value of this parameter should be, where it is impossible whatever the graph; else nothing."""
    words = _WORDS.get(name)
    if words is not None and not {*(value if isinstance(value, tuple) else (value,))} <= {*words}:
        return ", ".join(map(str, words))
    if isinstance(value, str) and len(value) > LONGEST and name not in _TEXTS:
        return f"1 … {LONGEST} characters"
    if isinstance(value, (int, float, Integral, Real)) and not isinstance(value, bool):
        least, most = SPANS.get(name, _ANY_NUMBER)
        if not least <= float(value) <= most:
            return f"{least:g} … {most:g}"
    return ""


def check_confidence(value: object) -> None:
    """Refuse what is no confidence (`question.parameter`); `None` stands for that of the question."""
    if value is not None and not (isinstance(value, Real) and 0 <= float(value) <= 1):
        raise LiantuError("question.parameter", name="minimum_confidence", value=value, expected="0 … 1")


def _fits(hint: Any, value: Any) -> bool:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(arguments[0], one) for one in value)
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
