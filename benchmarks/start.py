"""How soon the command line answers: `liantu gaps` on the demo graph, against `python -c "import spacy"`.

    python benchmarks/start.py [--json] [--runs 7] [--graph liantu-demo/graph]

Without `--graph` the demo graph is built first, in a folder that goes away. Both sides are measured turn about, each in a
process of its own; the fastest run of each counts, because everything else on the machine can only add to it.
`ratio` is theirs ÷ ours in seconds: 0.67 means that the answer takes one and a half times as long as the import.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.results import Result, arguments, show

RUN = "from cli.main import run; run()"
QUESTIONS = ("uncovered_chains", "all")


def seconds(*arguments: str) -> float:
    """The time of one process."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def measure(graph: str, runs: int) -> list[dict[str, Any]]:
    """One result a question asked."""
    ours: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    theirs: list[float] = []
    for _ in range(runs):
        theirs.append(seconds("import spacy"))
        for name, taken in ours.items():
            taken.append(seconds(RUN, "gaps", name, "--graph", graph))
    return [
        {
            "name": f"start: liantu gaps {name}",
            "seconds": round(min(taken), 3),
            "import_spacy_seconds": round(min(theirs), 3),
            "ratio": round(min(theirs) / min(taken), 3),
        }
        for name, taken in ours.items()
    ]


def main() -> None:
    """Measure and print: a table for people, or `--json`."""
    parser = arguments(__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--graph", help="a demo graph that is there already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        graph = options.graph
        if graph is None:
            from ingest.demo import build_demo  # noqa: PLC0415 - loads the extractor

            graph = build_demo(Path(folder))[0]
        results = measure(graph, options.runs)
    heading = f"{'':36}{'seconds':>10}{'import spacy':>14}{'ratio':>8}"
    show(results, as_json=options.json, line=_line, heading=heading)


def _line(one: Result) -> str:
    return f"{one['name']:36}{one['seconds']:>10}{one['import_spacy_seconds']:>14}{one['ratio']:>8}"


if __name__ == "__main__":
    main()
