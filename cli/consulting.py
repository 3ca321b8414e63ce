"""A language model that a command was told to ask (询问语言模型): said at the end is what came of it, on stderr.

Its answer a command writes while it lasts, so that there is one where the model could not be asked, too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from graph.language import Text
from graph.settings import said

if TYPE_CHECKING:
    from nlp.language_model.consultation import Consultation

_PARTIAL = 3


@contextmanager
def consulting(model: str | None, recognition: bool | None) -> Iterator[Consultation | None]:
    """The consultation for a command, `None` where no model is asked; exit status 3 where it could not be asked.

    While it lasts, the trained network reads where `recognition` says so; `None` leaves that to the settings.
    """
    with said(model_name=model, recognition=recognition):
        from ingest.passages import consultation  # noqa: PLC0415 - loads spaCy

        consulted = consultation()
        yield consulted
    if consulted is None:
        return
    if consulted.failure is not None:
        sys.stderr.write(f"{Text('提示', 'note')}[{consulted.failure.code}]: {consulted.failure}\n")
        raise typer.Exit(_PARTIAL)
    sys.stderr.write(f"{consulted.summary()}\n")
