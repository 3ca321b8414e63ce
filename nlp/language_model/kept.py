"""Answers that are kept (存下的应答): a batch that goes on where it stopped does not ask again what it was told.

One small file an answer, named by a digest of all that shaped it: the model, its limit of tokens, the prompt and the
text. They hold what the model answered, so they are checked anew each time they are used. The folder may be deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from graph.errors import LiantuError
from graph.language import Text
from nlp.language_model.answer import Completion
from nlp.language_model.refusal import Reason

_UNIT: Final = "\x1f"


class Answers:
    """The answers of one model, asked in one way, in a folder; kept nowhere where there is none.

    Raises `model.address` where the folder is a file.
    """

    def __init__(self, folder: Path | None, identity: str) -> None:
        if folder is not None and _is_file(folder):
            reason = Text(
                "LIANTU_MODEL_ANSWERS 应是文件夹，所指是文件", "LIANTU_MODEL_ANSWERS is a file, not a folder"
            )
            raise LiantuError("model.address", reason=reason)
        self._folder = folder
        self._identity = identity

    def find(self, text: str) -> Completion | None:
        """The kept answer to a text, if it is there and whole."""
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._file(self._folder, text).read_text(encoding="utf-8"))
            fault = kept["fault"]
            content = kept["content"]
            reason = Reason[fault] if fault is not None else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if not isinstance(content, str):
            return None
        found = Completion(content, reason)
        return found if _is_answer(found) else None

    def keep(self, text: str, completion: Completion) -> None:
        """Keep an answer; where there is no word in it, or it cannot be written, it is asked for again another time."""
        if self._folder is None or not _is_answer(completion):
            return
        file = self._file(self._folder, text)
        fault = completion.fault.name if completion.fault else None
        partial = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps({"content": completion.content, "fault": fault}), encoding="utf-8")
            partial.replace(file)
        except OSError:
            with suppress(OSError):  # where the folder is none, neither is the file
                partial.unlink(missing_ok=True)

    def _file(self, folder: Path, text: str) -> Path:
        told = f"{self._identity}{_UNIT}{text}".encode("utf-8", "surrogatepass")
        name = hashlib.sha256(told).hexdigest()
        return folder / name[:2] / f"{name}.json"


def _is_answer(completion: Completion) -> bool:
    """Whether anything was answered, which another time would be the same."""
    return bool(completion.content) or completion.fault is Reason.TOO_LARGE


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # what cannot be looked at is no place to keep anything, which `keep` bears
        return False
