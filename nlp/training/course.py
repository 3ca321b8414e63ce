"""The course (训练过程): texts in a random but repeatable order, from which names and relations are learnt together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from weakref import WeakKeyDictionary

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


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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


@dataclass(frozen=True, slots=True)
class Opinion:
    """What teachers say of a text: how likely each label of each character is, and each kind of relation of each pair."""

    names: Tensor
    pairs: Tensor | None


class Teachers:
    """What several networks say on average, of whole texts: what a pupil does not see of them, it learns to guess.

    A passage that comes again in a later round is not read again.
    """

    def __init__(self, networks: Sequence[Encoder]) -> None:
        self._networks = [network.eval() for network in networks]
        self._held: WeakKeyDictionary[Lesson, Opinion] = WeakKeyDictionary()

    def opinions(self, lessons: Sequence[Lesson]) -> list[Opinion]:
        """What they say of each text."""
        new = [one for one in lessons if one not in self._held]
        if new and self._networks:
            with torch.no_grad():
                said = [_said(network, new) for network in self._networks]
            names = torch.stack([found.softmax(-1) for found, _ in said]).mean(0).half()
            odds = [found.sigmoid() for _, found in said if found is not None]
            counts = [0 if one.pairs is None else len(one.pairs.spans) for one in new]
            pairs = torch.stack(odds).mean(0).split(counts) if odds else [None] * len(new)
            for one, own, of_pairs in zip(new, names, pairs, strict=True):
                inside = own[1 : len(one.seen) + 1].clone()
                self._held[one] = Opinion(inside, None if one.pairs is None else of_pairs)
        return [self._held[one] for one in lessons] if self._networks else []


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
    taught = Teachers(teachers)
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
            seen = [_forgetful(one, source) for one in batch]
            names, pairs = _losses(encoder, seen, taught.opinions(batch))
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
    encoder: Encoder, batch: Sequence[Lesson], opinions: Sequence[Opinion] = ()
) -> tuple[Tensor, Tensor]:
    """How far what it says of names and of pairs is from what it should, and from what its teachers say."""
    found, odds = _said(encoder, batch)
    padded = [np.pad(one.labels, 1, constant_values=_UNTOLD) for one in batch]
    labels = _filled(padded, found.shape[1], _UNTOLD).view(-1)
    names = functional.cross_entropy(found.view(-1, LABELS), labels, ignore_index=_UNTOLD)
    pairs = torch.zeros(())
    if odds is not None:
        pairs += _wrong(odds, _of_pairs(batch, "right"), _of_pairs(batch, "counted"))
    if opinions:
        inside = found.view(-1, LABELS)[labels != _UNTOLD]
        wanted = torch.cat([one.names for one in opinions]).float()
        names += functional.kl_div(inside.log_softmax(-1), wanted, reduction="batchmean")
        likely = [one.pairs for one in opinions if one.pairs is not None]
        if odds is not None:
            pairs += _wrong(odds, torch.cat(likely), _of_pairs(batch, "counted"))
    return names, pairs


def _said(encoder: Encoder, batch: Sequence[Lesson]) -> tuple[Tensor, Tensor | None]:
    """What an encoder says of each character of texts (filled to one size), and of all their pairs, if there are any."""
    sizes = torch.tensor([len(one.seen) + 2 for one in batch])
    columns = zip(*(inputs(one.seen) for one in batch), strict=True)
    given = [_filled(own, int(sizes.max())) for own in columns]
    there = torch.arange(int(sizes.max()))[None] < sizes[:, None]
    with torch.autocast("cpu", torch.bfloat16):
        found, view = encoder(*given, there)
    paired = [(number, one.pairs) for number, one in enumerate(batch) if one.pairs is not None]
    if not paired:
        return found.float(), None
    text = torch.tensor([number for number, own in paired for _ in own.spans], dtype=torch.long)
    told = scene(view.float(), sizes, text, _of_pairs(batch, "spans") + 1)
    return found.float(), encoder.pairs(torch.cat([told, _of_pairs(batch, "apart")], 1))


def _of_pairs(batch: Sequence[Lesson], what: str) -> Tensor:
    """What is told of the pairs of texts, a row each."""
    return torch.from_numpy(np.vstack([getattr(one.pairs, what) for one in batch if one.pairs is not None]))


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
