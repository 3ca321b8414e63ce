"""Progress of long work (进度): on stderr, and only where a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cli.output import console, visible

Progress = Callable[[str, int, int], None]


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody is watching."""


@contextmanager
def progress() -> Iterator[Progress]:
    """A function to call with (stage, done, total) as work goes on; it draws nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415 - only a terminal draws bars

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console(errors=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def advance(stage: str, done: int, total: int) -> None:
            shown = visible(stage, 40)
            if shown not in tasks:
                tasks[shown] = bars.add_task(shown, total=total)
            bars.update(tasks[shown], completed=done, total=total)  # type: ignore[arg-type]

        yield advance
