"""The gap questions on a graph of national size: seconds by the clock and of the processor, and memory, in one run.

    python benchmarks/national.py [--json] [--share 1.0] [QUESTION …]

The projection is built once and shared, as in a run of `liantu gaps all`: what questions share counts for the
first; answers are kept, as there, for the questions that compare them.
`--share 0.1` takes a tenth of the schools, enterprises and offers, to see how time grows. The bar: all questions
together in 60 s and 4 GB on 2 cores.
"""

from __future__ import annotations

import resource
import time
from typing import Any

from national_graph import national_projection

from benchmarks.results import arguments, show
from graph import gaps


def main() -> None:
    """Build the graph, ask, and print."""
    parser = arguments(__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="size of the graph; 1.0 is national")
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help="only these (all)")
    chosen = parser.parse_args()
    begun = time.perf_counter()
    projection = national_projection(chosen.share)
    claims = sum(table.num_rows for table in projection.edges.values())
    nodes = sum(table.num_rows for table in projection.nodes.values())
    built = time.perf_counter() - begun
    if not chosen.json:
        print(f"{nodes:,} nodes, {claims:,} claims, made in {built:.0f} s; {memory():.2f} GB")
    results: list[dict[str, Any]] = []
    for name in chosen.questions or gaps.questions():
        question = gaps.question(name)
        begun, begun_work = time.perf_counter(), time.process_time()
        findings = gaps.answer_once(question, projection)
        seconds, work = time.perf_counter() - begun, time.process_time() - begun_work
        results.append(
            {
                "name": name,
                "seconds": round(seconds, 2),
                "processor": round(work, 2),
                "findings": len(findings),
            }
        )
        if not chosen.json:
            print(
                f"{name:24} {seconds:7.2f} s {work:7.2f} s {len(findings):9,} findings   peak {memory():.2f} GB",
                flush=True,
            )
    total, worked = (sum(result[key] for result in results) for key in ("seconds", "processor"))
    results.append(
        {
            "name": "all",
            "seconds": round(total, 2),
            "processor": round(worked, 2),
            "gigabytes": round(memory(), 2),
        }
    )
    if chosen.json:
        show(results, as_json=True)
        return
    print(f"{'all':24} {total:7.2f} s {worked:7.2f} s {'':18}   peak {memory():.2f} GB")


def memory() -> float:
    """The most memory that this process has had, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
