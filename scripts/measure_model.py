"""Measure rules alone and rules with the trained network; keep the figures and write the tables of the model card.

    python scripts/measure_model.py [--texts DIR] [GOLD.jsonl…]

Without files: those that nothing was learnt from (`HELD_OUT`). The figures of a file replace those that
`docs/model-figures.csv` has of it; others stay.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from nlp.confidence import BOTH, RULES
from nlp.gold import read_gold
from nlp.pipeline import Extractor
from nlp.training.figures import Figure, keep, kept, reliability, scores, tables
from nlp.training.fit import read
from nlp.training.material import HELD_OUT

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "model-figures.csv"
CARD = ROOT / "docs" / "model-card.md"
BEGIN, END = "<!-- figures: scripts/measure_model.py -->\n", "\n<!-- end of figures -->"
READERS = {RULES: False, BOTH: True}


def measure(path: Path, texts: Path | None) -> list[Figure]:
    """The figures of a file."""
    lines = read_gold(path, texts)
    figures: list[Figure] = []
    for reader, recognition in READERS.items():
        found = read(lines, Extractor(recognition=recognition))
        figures += scores(path.name, reader, lines, found)
        if recognition:
            figures += reliability(path.name, reader, lines, found)
    return figures


def card(page: str, figures: list[Figure]) -> str:
    """The page of the card with these figures in its tables."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + tables(figures) + END + rest.split(END)[1]


def main() -> None:
    """Measure, keep, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    gold = ROOT / "tests" / "data" / "nlp"
    parser.add_argument("files", nargs="*", type=Path, metavar="GOLD.jsonl")
    parser.add_argument(
        "--texts", type=Path, help="folder of the texts that annotations by offsets point into"
    )
    options = parser.parse_args()
    files = options.files or [gold / name for name in HELD_OUT]
    names = {file.name for file in files}
    figures = [one for one in kept(FIGURES) if one.file not in names]
    for file in files:
        figures += measure(file, options.texts)
    figures.sort(key=lambda one: one.file)
    keep(FIGURES, figures)
    CARD.write_text(card(CARD.read_text(encoding="utf-8"), figures), encoding="utf-8")
    print(tables([one for one in figures if one.file in names]))


if __name__ == "__main__":
    main()
