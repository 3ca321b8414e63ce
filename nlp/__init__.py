"""Reading text (文本抽取): text in, mentions, relations, quantities and measures out."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_TEXTS: Final = (".py", ".txt", ".csv")  # rules, word lists, weights and confidence
_NETWORK: Final = ".onnx"
_NO_PART: Final = ("__pycache__", "training")  # how the network is trained reads no text


def _fingerprint(folder: Traversable) -> str:
    """The digest of all that reads: rules, word lists and tables, whatever their line ends, and the trained networks."""
    digest = hashlib.sha256()
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in _NO_PART:
            digest.update(_fingerprint(entry).encode())
        elif entry.name.endswith(_TEXTS):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes().replace(b"\r\n", b"\n") + b"\0")
        elif entry.name.endswith(_NETWORK):
            digest.update(entry.name.encode() + b"\0" + hashlib.sha256(entry.read_bytes()).digest())
    return digest.hexdigest()


# Changes with all that reads: what was extracted by another version is extracted anew.
VERSION: Final = f"rules-{_fingerprint(files('nlp'))[:12]}"
