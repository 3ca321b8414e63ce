"""Questions apart from how they are put to the server (逐步提问): one text of a view for both drivers of Neo4j.

A method of `graph.store.neo4j.view.Reading` is a generator: it yields what is to be asked and is sent what was found. A
thread takes the steps with the blocking driver, an event loop with the asynchronous one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Concatenate, Final, Generic, ParamSpec, TypeAlias, TypeVar

import pyarrow as pa

from graph.store.neo4j.state import Row

P = ParamSpec("P")
T = TypeVar("T")
Found: TypeAlias = tuple[Any, Mapping[str, Row]]
"""The rows of a statement, as lists or as the table that was asked for; and the rows, as they were in the version asked,
of the nodes that have changed since."""
AT_ONCE: Final = 4
"""So many parts of one question are read at the same time, each over a connection of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading statement with its parameters; `name` says in errors what was asked.

    With `schema` the answer is a table, in the pieces of `graph.store.neo4j.pieces`. A statement that is to be put
    several times, for a table in parts, has the other parameters of each in `parts`.
    """

    statement: str
    parameters: Mapping[str, object]
    name: str
    limit: int | None = (
        None  # the most rows, before which the names of the columns come; all and no names where None
    )
    seconds: float | None = None  # where it has a limit of its own
    schema: pa.Schema | None = None
    parts: Sequence[Mapping[str, object]] = ({},)

    def put(self) -> list[dict[str, object]]:
        """The parameters each time that the statement is put."""
        return [{**self.parameters, **part} for part in self.parts]


def joined(found: Sequence[Found]) -> Found:
    """What was found by a statement that was put several times."""
    if len(found) == 1:
        return found[0]
    past: dict[str, Row] = {}
    for _, rows in found:
        past |= rows
    return pa.concat_tables([table for table, _ in found]), past


Steps: TypeAlias = Generator[Asked, Found, T]


class Step(Generic[T]):
    """Where some steps have come to: the next question in `asked`, or none and the `answer`."""

    answer: T

    def __init__(self, steps: Steps[T]) -> None:
        self._steps = steps
        self.asked: Asked | None = None
        self._go(lambda: next(steps))

    def take(self, found: Found) -> None:
        """Go on with what was found."""
        self._go(lambda: self._steps.send(found))

    def _go(self, on: Callable[[], Asked]) -> None:
        try:
            self.asked = on()
        except StopIteration as ended:
            self.asked, self.answer = None, ended.value


def at_once(
    method: Callable[Concatenate[Any, P], Steps[T]],
) -> Callable[Concatenate[Any, P], T]:
    """A method of a view that waits for the answer, from the steps of the same method of a reading."""

    def ask(self: Any, /, *given: P.args, **named: P.kwargs) -> T:
        answer: T = self.run(lambda reading: method(reading, *given, **named))
        return answer

    return update_wrapper(ask, method)
