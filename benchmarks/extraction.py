"""How fast text is read: characters a second and core, by the rules alone, with the linker, and with the trained network
as well, beside `jieba.posseg` over the same text.

    python benchmarks/extraction.py [--json] [--characters 200000] [--rounds 3] [FILE…]

Without files the project's own annotated passages are read again and again. All are measured turn about in one
process; the fastest round of each counts, in time of the processor. jieba is no dependency of liantu: `pip install jieba`
first, else `rjieba` with tags is the baseline, and the result says which it was. `ratio` is our speed ÷ theirs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from annotated_texts import annotated_texts

from benchmarks.results import Result, arguments, show
from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor

DOCUMENT = 200  # passages read together, as in a document


def passages_of(files: Sequence[Path], characters: int) -> list[str]:
    """About `characters` characters of text in paragraphs, from `files` or from the annotated passages."""
    if files:
        found = [
            line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
    else:
        found = annotated_texts()
    average = sum(map(len, found)) / len(found)
    return list(islice(cycle(found), max(1, round(characters / average))))


def tagger() -> tuple[str, Callable[[str], object]]:
    """The baseline: segmentation and part of speech."""
    if find_spec("jieba") is None:
        import rjieba  # noqa: PLC0415 - only where it is the baseline

        return "rjieba.tag", rjieba.tag
    return "jieba.posseg", import_module("jieba.posseg").lcut


def seconds(work: Callable[[], object]) -> float:
    """The processor time of one call."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def measure(texts: Sequence[str], rounds: int) -> list[dict[str, Any]]:
    """The speeds of all over the same text."""
    context = Context(date="2024-05")
    documents = [
        [Passage(text) for text in texts[start : start + DOCUMENT]]
        for start in range(0, len(texts), DOCUMENT)
    ]
    name, tag = tagger()
    readers = {
        "extraction: rules": Extractor(recognition=False, linking=False),
        "extraction: rules and linker": Extractor(recognition=False),
        "extraction: rules, linker and network": Extractor(),
    }

    def read(extractor: Extractor) -> None:
        for document in documents:
            extractor.extract(document, context)

    tag("先读词典")  # dictionaries and network load at the first use
    for reader in readers.values():
        reader.extract([Passage("先读词典")], context)
    theirs: list[float] = []
    ours: dict[str, list[float]] = {reader: [] for reader in readers}
    for _ in range(rounds):
        theirs.append(seconds(lambda: [tag(text) for text in texts]))
        for reader, extractor in readers.items():
            ours[reader].append(seconds(partial(read, extractor)))
    characters = sum(map(len, texts))
    return [
        {
            "name": reader,
            "characters": characters,
            "characters_per_second": round(characters / min(spent)),
            "baseline": name,
            "baseline_characters_per_second": round(characters / min(theirs)),
            "ratio": round(min(theirs) / min(spent), 3),
        }
        for reader, spent in ours.items()
    ]


def main() -> None:
    """Measure and print: a line for people, or `--json`."""
    parser = arguments(__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--characters", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    results = measure(passages_of(options.files, options.characters), options.rounds)
    show(results, as_json=options.json, line=_line)


def _line(result: Result) -> str:
    return (
        f"{result['name']}: {result['characters_per_second']:,} characters/s; {result['baseline']} "
        f"{result['baseline_characters_per_second']:,}; ratio {result['ratio']}"
    )


if __name__ == "__main__":
    main()
