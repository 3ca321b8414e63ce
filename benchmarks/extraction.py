"""How fast text is read: characters a second and core with the rules, beside `jieba.posseg` over the same text.

    python benchmarks/extraction.py [--json] [--characters 200000] [--rounds 3] [FILE…]

Without files the project's own annotated passages are read again and again. Both sides are measured turn about in one
process; the fastest round of each counts. jieba is no dependency of liantu: `pip install jieba` first, else `rjieba`
with tags is the baseline, and the result says which it was. `ratio` is our speed ÷ theirs.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor

OWN = Path(__file__).resolve().parent.parent / "tests" / "data" / "nlp"
DOCUMENT = 200  # passages read together, as in a document


def passages_of(files: Sequence[Path], characters: int) -> list[str]:
    """About `characters` characters of text in paragraphs, from `files` or from the annotated passages."""
    if files:
        found = [
            line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
    else:
        lines = chain.from_iterable(
            path.read_text(encoding="utf-8").splitlines() for path in sorted(OWN.glob("*.jsonl"))
        )
        found = [json.loads(line)["text"] for line in lines]
    average = sum(map(len, found)) / len(found)
    return list(islice(cycle(found), max(1, round(characters / average))))


def tagger() -> tuple[str, Callable[[str], object]]:
    """The baseline: segmentation and part of speech."""
    if find_spec("jieba") is None:
        import rjieba  # noqa: PLC0415 - only where it is the baseline

        return "rjieba.tag", rjieba.tag
    return "jieba.posseg", import_module("jieba.posseg").lcut


def seconds(work: Callable[[], object]) -> float:
    """The time of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """The speeds of both sides over the same text."""
    extractor, context = Extractor(), Context(date="2024-05")
    documents = [
        [Passage(text) for text in texts[start : start + DOCUMENT]]
        for start in range(0, len(texts), DOCUMENT)
    ]
    name, tag = tagger()
    tag("先读词典")  # the dictionary loads at the first use

    def read() -> None:
        for document in documents:
            extractor.extract(document, context)

    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(seconds(lambda: [tag(text) for text in texts]))
        ours.append(seconds(read))
    characters = sum(map(len, texts))
    return {
        "name": "extraction: rules",
        "characters": characters,
        "characters_per_second": round(characters / min(ours)),
        "baseline": name,
        "baseline_characters_per_second": round(characters / min(theirs)),
        "ratio": round(min(theirs) / min(ours), 3),
    }


def main() -> None:
    """Measure and print: a line for people, or `--json`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print a list of results as JSON")
    parser.add_argument("--characters", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    result = measure(passages_of(options.files, options.characters), options.rounds)
    if options.json:
        print(json.dumps([result], ensure_ascii=False, indent=2))
    else:
        print(
            f"{result['characters_per_second']:,} characters/s; {result['baseline']} "
            f"{result['baseline_characters_per_second']:,}; ratio {result['ratio']}"
        )


if __name__ == "__main__":
    main()
