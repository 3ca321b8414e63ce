"""Train the networks, fit the votes, the linker and the confidence, from scratch; the same input gives the same files.

    python scripts/train_model.py [--texts /work/shared/data] [--pretrained FOLDER] [--rounds 6]
        [--pupil-rounds 10] [--keep-network] [--keep-linker | --linker]

Learns from the annotated passages in `tests/data/nlp`, from sentence patterns of the project, and from two texts of
others, which are not in the repository: State Council documents of 2018 and 2019 as gov.cn published them
(`policies/state_council_2018_2019.jsonl`) and the specialty profiles of the Ministry of Education of 2022
(`specialties/profiles_2022.jsonl`), below `--texts`. The networks begin with a language model that is fetched once to
`--pretrained`. It needs the extra `train`; an hour and a half of two cores.

Writes `network.onnx` and `votes.csv` in `nlp/recognition`, `weights.csv`, `pairs.onnx` and `verdict.csv` in
`nlp/linking`, `asking.csv`, `stance.csv` and `confidence.csv` in `nlp`. The votes, the verdict and the confidence are
fitted on the passages held out, which networks and linker have not learnt from; for the verdict, the votes on one half
of them are fitted on the other, for the confidence both. The confidence of the rules alone is fitted on two files more,
which they do not know. With `--keep-network` both networks stay, with `--keep-linker` the evidence of the linker: after
a change of the rules, or of those of tasks and numbers alone. With `--linker` that evidence alone is weighed.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from nlp import asking, confidence, stance
from nlp.gold import Line
from nlp.linking import linker, pair_network, verdict
from nlp.pipeline import Extractor
from nlp.recognition import votes
from nlp.recognition.network import Network
from nlp.recognition.recogniser import MODEL
from nlp.training import asking as asking_of
from nlp.training import stance as stance_of
from nlp.training import verdict as verdict_of
from nlp.training.fit import Judged, Outcome, fit_confidence, fit_evidence, judged, proposed, read
from nlp.training.linking import examples, fit_links
from nlp.training.material import HELD_OUT, KNOWN_TO_RULES, NEW_TO_RULES, OWN, Material, gather, passages
from nlp.training.naming import Namer

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "nlp"
NLP = ROOT / "nlp"
# Seeds of the teachers: what is shipped learns from both, so that what one got wrong by chance counts less.
TEACHERS = (1, 2)


def fit_networks(material: Material, rounds: int, pupil_rounds: int, folder: Path) -> None:
    """The network of the recogniser and that of pairs; `folder` keeps the pretrained model that they begin with."""
    # Only this needs torch.
    from nlp.training.course import POSITIONS, Lesson, Reader, train  # noqa: PLC0415
    from nlp.training.encoder import (  # noqa: PLC0415
        INNER_SHIPPED,
        LAYERS_SHIPPED,
        Encoder,
        begun,
        narrowed,
    )
    from nlp.training.export import export  # noqa: PLC0415
    from nlp.training.pretrained import fetched, read_pretrained  # noqa: PLC0415

    reader = Reader()

    def lessons(number: int) -> list[Lesson]:
        namer = Namer(random.Random(0))  # noqa: S311 - no secret
        return [reader.lesson(one) for one in material.round(number, namer)]

    def told(number: int, names: float, pairs: float) -> None:
        print(f"round {number + 1}, loss {names:.4f} on names, {pairs:.4f} on pairs", flush=True)

    pretrained = read_pretrained(fetched(folder))
    teachers = [
        train(
            lessons, lambda sample: begun(pretrained, sample, POSITIONS), rounds=rounds, seed=seed, told=told
        )
        for seed in TEACHERS
    ]
    small = partial(Encoder, POSITIONS, layers=LAYERS_SHIPPED, inner=INNER_SHIPPED)
    encoder = train(
        lessons,
        lambda sample: narrowed(teachers[0], sample, small()),
        rounds=pupil_rounds,
        teachers=teachers,
        told=told,
    )
    export(encoder, NLP / "recognition" / MODEL, NLP / "linking" / pair_network.MODEL)


def halves(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Every other passage."""
    return list(lines[::2]), list(lines[1::2])


def write(path: Path, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table of the package."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([titles, *rows])
    print(f"wrote {path.relative_to(ROOT)}")


def fit_linker() -> None:
    """What speaks for a relation, on the names that rules and network find in passages that the networks know, too."""
    lines = passages(OWN, GOLD)
    rows = fit_links(list(examples(lines, Extractor(linking=False, calibrated=False))))
    write(NLP / "linking" / linker.WEIGHTS, ("evidence", "kind", "weight"), rows)


def fit_weights(texts: Path) -> None:
    """What asks for something and what a number is, beside the rules, in passages that are learnt from."""
    rules = Extractor(recognition=False, linking=False, weighing=False, calibrated=False)
    lines = passages(KNOWN_TO_RULES, GOLD, texts)
    for fitted, table in ((asking_of, asking.WEIGHTS), (stance_of, stance.WEIGHTS)):
        write(NLP / table, ("evidence", "weight"), fitted.fit(list(fitted.examples(lines, rules))))


def main() -> None:
    """Train, fit, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--texts", type=Path, default=Path("/work/shared/data"), help="folder of the texts of others"
    )
    parser.add_argument(
        "--pretrained",
        type=Path,
        default=ROOT / "build",
        help="folder that the pretrained model is fetched to",
    )
    parser.add_argument("--rounds", type=int, default=6, help="of each teacher")
    parser.add_argument("--pupil-rounds", type=int, default=10, help="of what is shipped")
    parser.add_argument("--keep-network", action="store_true", help="the network stays as it is")
    parser.add_argument("--keep-linker", action="store_true", help="the linker stays as it is")
    parser.add_argument("--linker", action="store_true", help="fit the linker only")
    options = parser.parse_args()

    if options.linker:
        fit_linker()
        return
    if not options.keep_network:
        fit_networks(gather(GOLD, options.texts), options.rounds, options.pupil_rounds, options.pretrained)
    network = Network((NLP / "recognition" / MODEL).read_bytes())

    held_out, new = passages(HELD_OUT, GOLD), passages(NEW_TO_RULES, GOLD)
    rules = Extractor(recognition=False, linking=False, calibrated=False)
    parts = halves(held_out)
    proposals = [list(proposed(part, network, rules)) for part in parts]
    weigh(NLP / "recognition" / votes.WEIGHTS, proposals)
    fit_weights(options.texts)
    if not options.keep_linker:
        fit_linker()
    names, related = Extractor(linking=False, calibrated=False), list[list[Judged]]()
    by_others = of_others(proposals)
    for part, weights in zip(parts, by_others, strict=True):
        names.use(network=network, weights=weights)
        related.append(list(verdict_of.proposed(part, names)))
    weigh(NLP / "linking" / verdict.WEIGHTS, related)
    found = {
        confidence.RULES: list(judged(new, read(new, rules))),
        confidence.BOTH: decided(parts, network, by_others, of_others(related)),
    }
    write(
        NLP / confidence.TABLE,
        ("reader", "what", "method", "group", "raw", "confidence", "right", "total"),
        (
            (reader, *step.key, step.raw, step.confidence, step.right, step.total)
            for reader, outcomes in found.items()
            for step in fit_confidence(outcomes)
        ),
    )


def weigh(path: Path, given: Sequence[Sequence[Judged]]) -> None:
    """What speaks for a name or for a relation, on all parts."""
    write(path, ("evidence", "weight"), sorted(fit_evidence([one for part in given for one in part]).items()))


def decided(
    parts: Sequence[Sequence[Line]],
    network: Network,
    names: Sequence[Mapping[str, float]],
    related: Sequence[Mapping[str, float]],
) -> list[Outcome]:
    """What is found in all parts and what of it is right; votes and verdict of a part are those of the others."""
    extractor, found = Extractor(calibrated=False), list[Outcome]()
    for lines, weights, of_relations in zip(parts, names, related, strict=True):
        extractor.use(network=network, weights=weights, of_relations=of_relations)
        found += judged(lines, read(lines, extractor))
    return found


def of_others(given: Sequence[Sequence[Judged]]) -> list[dict[str, float]]:
    """For each part the weights that what is proposed in all others gives."""
    return [
        fit_evidence([one for other, part in enumerate(given) if other != number for one in part])
        for number in range(len(given))
    ]


if __name__ == "__main__":
    main()
