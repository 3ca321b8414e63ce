"""The texts of the project's own annotated passages (标注文本), for the benchmarks that read documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).resolve().parent.parent / "tests" / "data" / "nlp"


def annotated_texts() -> list[str]:
    """Every passage that has a text, file by file in the order of their names."""
    lines = [
        line
        for path in sorted(_FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [passage["text"] for passage in map(json.loads, lines) if "text" in passage]
