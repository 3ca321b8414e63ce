"""Many documents through `ingest`: resident memory on the way, and how much of the cores is used. Linux only.

    python benchmarks/documents.py [--json] [--documents 10000]

The documents are the project's own annotated passages, three a file in an order of its own each, so that no two are
alike. Memory is that of the process that writes and of each reader after so many documents; it is flat where the last
figures are near the first ones. `cores` is processor time of all processes ÷ time by the clock.
"""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from annotated_texts import annotated_texts

from benchmarks.results import Result, arguments, show
from ingest.batch import ingest, initialise

MARKS: Final = (0.1, 0.2, 0.5, 1.0)


def write_documents(folder: Path, count: int) -> None:
    """So many texts, each of three passages and a title of its own."""
    texts = annotated_texts()
    chance = random.Random(0)  # noqa: S311 - no secret
    for number in range(count):
        paragraphs = [f"关于第{number + 1}号工作情况的通报", *chance.sample(texts, 3)]
        (folder / f"{number:05}.txt").write_text("\n".join(paragraphs), encoding="utf-8")


def processes() -> dict[int, tuple[int, float]]:
    """Resident megabytes and processor seconds of this process and of each that it started, by number."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        number = int(path.parent.name)
        if os.getpid() in (number, int(fields[1])):
            seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            found[number] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000, seconds
    return found


def ended() -> float:
    """Processor seconds of the processes that this one started and that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measure(count: int) -> list[dict[str, Any]]:
    """Memory, clock and processor time at each mark, and at the end of the batch."""
    found: list[dict[str, Any]] = []
    marks = {round(count * share) for share in MARKS}
    with tempfile.TemporaryDirectory() as folder:
        documents, graph = Path(folder) / "documents", str(Path(folder) / "graph")
        documents.mkdir()
        write_documents(documents, count)
        initialise(graph)
        begun, before, gone = time.monotonic(), time.process_time(), ended()

        def mark(name: str, done: int) -> None:
            now = processes()
            own, _ = now.pop(os.getpid())
            clock, processor = time.monotonic() - begun, time.process_time() - before
            processor += sum(seconds for _, seconds in now.values()) + ended() - gone
            found.append(
                {
                    "name": name,
                    "documents": done,
                    "megabytes": own,
                    "megabytes_of_readers": sorted(size for size, _ in now.values()),
                    "seconds": round(clock, 1),
                    "processor_seconds": round(processor, 1),
                    "cores": round(processor / clock, 2),
                }
            )

        def tell(stage: str, done: int, total: int) -> None:  # noqa: ARG001 - what `ingest` tells
            if stage == "read" and done in marks:
                marks.discard(done)
                mark("documents: read", done)

        report = ingest([documents], graph, progress=tell)
        mark("documents: in the graph", sum(file.status == "taken" for file in report.files))
    return found


def main() -> None:
    """Measure and print: a line for people, or `--json`."""
    parser = arguments(__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    options = parser.parse_args()
    results = measure(options.documents)
    show(results, as_json=options.json, line=_line)


def _line(one: Result) -> str:
    return (
        f"{one['name']}: {one['documents']:,}; {one['megabytes']} MB, readers {one['megabytes_of_readers']} MB; "
        f"{one['seconds']} s, {one['cores']} cores"
    )


if __name__ == "__main__":
    main()
