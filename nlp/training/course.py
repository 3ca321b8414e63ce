"""The course (训练过程): texts in a random but repeatable order, from which names and relations are learnt together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from nlp import characters
from nlp.characters import Doc
from nlp.gold import Line
from nlp.pipeline import Extractor
from nlp.recognition.features import CATALOGUE_COLUMN, KINDS, RULED_COLUMN, Features, features, ruled_names
from nlp.recognition.network import BEGIN, END, INSIDE, LABELS, inputs
from nlp.selection import NAMES
from nlp.training.encoder import PRETRAINED, Encoder, scene
from nlp.training.frames import Labelled, labelled
from nlp.training.pairing import Pairs, pairs_of
from nlp.typography import plain

POSITIONS: Final = 512  # all that the pretrained model has: passages are learnt whole
_CHARACTERS: Final = 4500  # in a batch, filling counted
_ALIKE: Final = 400  # texts that are sorted by length, so that little is filled
_SAMPLE: Final = 600  # texts by which inner numbers are judged
_RATE: Final = 2e-4
_RATE_OF_HEADS: Final = 1e-3  # of what begins at random
_WARM: Final = 0.06  # of all steps, in which the rates rise; then they fall
_LEAST: Final = 0.02  # of the rates stays to the end
_UNTOLD: Final = -100  # the label of edges and filling


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the network sees of a text, what it should say of each character, and of the pairs of names, if told."""

    seen: Features
    labels: NDArray[np.int64]
    pairs: Pairs | None = None


class Reader:
    """Makes lessons of texts: the rules of the package read them."""

    def __init__(self) -> None:
        self._pipeline = Extractor(recognition=False, linking=False, calibrated=False).pipeline
        self._known: dict[int, Lesson] = {}

    def lesson(self, example: Line | Labelled) -> Lesson:
        """A text with its names, and, where it is an annotated passage, with its pairs."""
        if isinstance(example, Labelled):
            return self._read(example)[1]
        if id(example) not in self._known:  # a passage is the same in each round
            names = labelled(example)
            doc, lesson = self._read(names)
            ruled = [(span.label_, span.start, span.end) for span in doc.spans[NAMES]]
            self._known[id(example)] = replace(lesson, pairs=pairs_of(example, names.names, ruled))
        return self._known[id(example)]

    def _read(self, example: Labelled) -> tuple[Doc, Lesson]:
        doc = characters.read(self._pipeline, plain(example.text))
        labels = np.zeros(len(example.text), dtype=np.int64)
        for kind, start, end in example.names:
            base = 3 * KINDS.index(kind)
            labels[start:end] = base + INSIDE
            labels[end - 1] = base + END
            labels[start] = base + BEGIN
        return doc, Lesson(features(doc), labels)


def _silent(number: int, names: float, pairs: float) -> None:
    """Tell nobody how a round went."""


def train(
    lessons: Callable[[int], Sequence[Lesson]],
    begin: Callable[[Sequence[Tensor]], Encoder],
    *,
    rounds: int,
    seed: int = 1,
    teachers: Sequence[Encoder] = (),
    told: Callable[[int, float, float], None] = _silent,
) -> Encoder:
    """A network trained for `rounds`; `lessons(round)` are those of a round.

    `begin` gives the network as it begins, from a sample of texts. With `teachers` it learns what they say on average, as
    much as what is right. `told` gets the number of each round and its mean losses on names and pairs. The same lessons
    and seed give the same network on the same machine.
    """
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    source = random.Random(seed)  # noqa: S311 - no secret
    first = list(lessons(0))
    sample = source.sample(first, min(_SAMPLE, len(first)))
    encoder = begin([torch.from_numpy(inputs(one.seen)[0]) for one in sample])
    for teacher in teachers:
        teacher.eval()
    optimizer = _optimizer(encoder)
    total = rounds * len(_batches(first, source))
    step = 0
    encoder.train()
    for number in range(rounds):
        batches = _batches(first if number == 0 else list(lessons(number)), source)
        losses = np.zeros(2)
        for batch in batches:
            share = min(1.0, step / (_WARM * total)) * max(_LEAST, 1 - step / total)
            for group in optimizer.param_groups:
                group["lr"] = group["whole"] * share
            names, pairs = _losses(encoder, [_forgetful(one, source) for one in batch], teachers)
            (names + pairs).backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            losses += names.item(), pairs.item()
        told(number, *(losses / len(batches)).tolist())
    return encoder


def _optimizer(encoder: Encoder) -> Any:
    groups: dict[bool, list[Any]] = {True: [], False: []}
    for name, parameter in encoder.named_parameters():
        groups[name.split(".")[0] in PRETRAINED].append(parameter)
    rates = {True: _RATE, False: _RATE_OF_HEADS}
    return torch.optim.AdamW(
        [{"params": own, "lr": 0.0, "whole": rates[pretrained]} for pretrained, own in groups.items()],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )


def _losses(
    encoder: Encoder, batch: Sequence[Lesson], teachers: Sequence[Encoder] = ()
) -> tuple[Tensor, Tensor]:
    """How far what it says of names and of pairs is from what it should, and from what its teachers say."""
    sizes = torch.tensor([len(one.seen) + 2 for one in batch])
    columns = zip(*(inputs(one.seen) for one in batch), strict=True)
    given = [_filled(own, int(sizes.max())) for own in columns]
    padded = [np.pad(one.labels, 1, constant_values=_UNTOLD) for one in batch]
    labels = _filled(padded, int(sizes.max()), _UNTOLD).view(-1)
    there = torch.arange(int(sizes.max()))[None] < sizes[:, None]
    paired = [(number, one.pairs) for number, one in enumerate(batch) if one.pairs is not None]
    text = torch.tensor([number for number, own in paired for _ in own.spans], dtype=torch.long)

    def part(name: str) -> Tensor:
        return torch.from_numpy(np.vstack([getattr(own, name) for _, own in paired]))

    def said(network: Encoder) -> tuple[Tensor, Tensor | None]:
        with torch.autocast("cpu", torch.bfloat16):
            found, view = network(*given, there)
        if not paired:
            return found.float(), None
        told = scene(view.float(), sizes, text, part("spans") + 1)
        return found.float(), network.pairs(torch.cat([told, part("apart")], 1))

    found, odds = said(encoder)
    names = functional.cross_entropy(found.view(-1, LABELS), labels, ignore_index=_UNTOLD)
    pairs = torch.zeros(()) if odds is None else _wrong(odds, part("right"), part("counted"))
    if not teachers:
        return names, pairs
    with torch.no_grad():
        opinions = [said(teacher) for teacher in teachers]
    wanted = torch.stack([one.softmax(-1) for one, _ in opinions]).mean(0)
    inside = labels != _UNTOLD
    names += functional.kl_div(
        found.view(-1, LABELS)[inside].log_softmax(-1), wanted.view(-1, LABELS)[inside], reduction="batchmean"
    )
    if odds is not None:
        likely = torch.stack([one.sigmoid() for _, one in opinions if one is not None]).mean(0)
        pairs += _wrong(odds, likely, part("counted"))
    return names, pairs


def _wrong(odds: Tensor, right: Tensor, counted: Tensor) -> Tensor:
    """The mean loss on pairs, of names that are counted."""
    each = functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
    return (each * counted).sum() / counted.sum().clamp(min=1)


def _filled(parts: Sequence[NDArray[Any]], size: int, filling: int = 0) -> Tensor:
    """Arrays of different length as one."""
    found = np.full((len(parts), size, *parts[0].shape[1:]), filling, dtype=parts[0].dtype)
    for row, part in zip(found, parts, strict=True):
        row[: len(part)] = part
    return torch.from_numpy(found)


def _forgetful(lesson: Lesson, source: random.Random) -> Lesson:
    """A quarter of the texts are seen without the catalogues, and names of the rules are left out at random.

    No catalogue holds all names, and on new text the rules miss more than on what they were written with.
    """
    seen = lesson.seen.copy()
    if source.random() < 0.25:
        seen[:, CATALOGUE_COLUMN] = 0
    if source.random() < 0.2:
        seen[:, RULED_COLUMN] = 0
    else:
        for name in ruled_names(seen):
            if source.random() < 0.15:
                seen[name, RULED_COLUMN] = 0
    return replace(lesson, seen=seen)


def _batches(lessons: list[Lesson], source: random.Random) -> list[list[Lesson]]:
    """The lessons in a random order, those together that are about as long."""
    source.shuffle(lessons)
    batches = [
        batch for start in range(0, len(lessons), _ALIKE) for batch in _alike(lessons[start : start + _ALIKE])
    ]
    source.shuffle(batches)
    return batches


def _alike(lessons: Sequence[Lesson]) -> Iterator[list[Lesson]]:
    batch: list[Lesson] = []
    for one in sorted(lessons, key=lambda lesson: len(lesson.seen)):
        if batch and len(one.seen) * (len(batch) + 1) > _CHARACTERS:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch
