"""Figures (得分): how well rules alone and rules with network read annotated passages, and how far confidence holds.

`docs/model-figures.csv` keeps them, by file; the tables of `docs/model-card.md` are made from it.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from nlp.extraction import Extraction, Mention
from nlp.gold import Line
from nlp.scoring import right, score

WHAT: Final = ("entities", "relations", "quantities", "measures")
BINS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Figure:
    """Of a file and a reader: what of it is right, wrong, missing; of a `confidence` bin: how much of it is right.

    `told` is the mean confidence of a bin, 0 for what is no bin.
    """

    file: str
    reader: str
    what: str
    right: int
    wrong: int
    missing: int
    told: float = 0.0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missing) if self.right else 0.0


def scores(file: str, reader: str, lines: Sequence[Line], found: Sequence[Extraction]) -> Iterator[Figure]:
    """The scores of a reader on a file."""
    report = score(lines, found)
    for what in WHAT:
        one = getattr(report, what)
        if one.hits + one.wrong + one.missed:  # a file may be annotated for names alone
            yield Figure(file, reader, what, one.hits, one.wrong, one.missed)


def reliability(
    file: str, reader: str, lines: Sequence[Line], found: Sequence[Extraction]
) -> Iterator[Figure]:
    """How much is right of what has a confidence in each bin, names and all else apart."""
    judged = [
        ("names" if isinstance(part, Mention) else "claims", part.confidence, holds)
        for line, extraction in zip(lines, found, strict=True)
        for part, holds in right(line, extraction)
    ]
    for what in ("names", "claims"):
        for low, high in itertools.pairwise(BINS):
            there = [(told, holds) for sort, told, holds in judged if sort == what and low <= told < high]
            hits = sum(holds for _, holds in there)
            if there:
                mean = round(sum(told for told, _ in there) / len(there), 3)
                yield Figure(file, reader, f"{what} from {low:g}", hits, len(there) - hits, 0, mean)


def kept(path: Path) -> list[Figure]:
    """The figures of a file of figures; none where there is none."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Figure(
                row["file"], row["reader"], row["what"],
                int(row["right"]), int(row["wrong"]), int(row["missing"]), float(row["told"]),
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def keep(path: Path, figures: Iterable[Figure]) -> None:
    """Write them, in order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(Figure)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(asdict, figures))


def tables(figures: Sequence[Figure]) -> str:
    """The tables of the model card."""
    rows = ["| file | reader | what | precision | recall | F1 |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {one.file} | {one.reader} | {one.what} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} |"
        for one in figures
        if not one.told
    ]
    rows += ["", "| file | confidence | mean | right of found | share |", "|---|---|---|---|---|"]
    rows += [
        f"| {one.file} | {one.what} | {one.told:.2f} | {one.right} of {one.right + one.wrong} | {one.precision:.2f} |"
        for one in figures
        if one.told
    ]
    return "\n".join(rows)
