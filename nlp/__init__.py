"""Reading text (文本抽取): text in, mentions, relations, quantities and measures out."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_RULES: Final = (".py", ".txt")


def _fingerprint(folder: Traversable) -> str:
    """The digest of all rules and word lists, whatever the line ends of the files."""
    digest = hashlib.sha256()
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            digest.update(_fingerprint(entry).encode())
        elif entry.name.endswith(_RULES):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


# Changes with any rule or word list: what was extracted by another version is extracted anew.
VERSION: Final = f"rules-{_fingerprint(files('nlp'))[:12]}"
