"""The course: the same lessons give the same network, it learns, and what is exported says what it says."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from nlp.extraction import Mention
from nlp.linking import pair_network
from nlp.linking.evidence import LEARNT
from nlp.linking.linker import paired
from nlp.linking.pair_network import Scene, apart, spans_of
from nlp.recognition.features import RULED_COLUMN, known
from nlp.recognition.network import LABELS, Network, inputs
from nlp.recognition.network import WIDTH as VIEW
from nlp.relations import skeletons
from nlp.training.frames import filled, patterns
from nlp.training.naming import Namer
from tests.nlp.training.test_linking import CHAIN, PARK, lines

torch = pytest.importorskip("torch", reason="needs the extra `train`")
pytest.importorskip("onnxscript", reason="needs the extra `train`")

from nlp.training import course  # noqa: E402
from nlp.training.course import POSITIONS, Lesson, Reader, Teachers, train  # noqa: E402
from nlp.training.encoder import (  # noqa: E402
    INNER,
    INNER_SHIPPED,
    LAYERS_SHIPPED,
    Encoder,
    begun,
    narrowed,
    scene,
)
from nlp.training.export import export  # noqa: E402
from nlp.training.pretrained import WIDTH, Layer, Pretrained  # noqa: E402


@pytest.fixture(scope="module")
def pretrained() -> Pretrained:
    """A model of random numbers."""
    source = np.random.default_rng(1)

    def numbers(*shape: int) -> np.ndarray:
        return source.normal(scale=0.02, size=shape).astype(np.float32)

    norm = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    parts = ("query", "key", "value", "output", "inner", "outer")
    inner = INNER + 8
    shapes = [(WIDTH, WIDTH)] * 4 + [(WIDTH, inner), (inner, WIDTH)]
    layers = tuple(
        Layer(
            {part: numbers(*shape) for part, shape in zip(parts, shapes, strict=True)},
            {part: numbers(shape[1]) for part, shape in zip(parts, shapes, strict=True)},
            {"attention": norm, "inner": norm},
        )
        for _ in range(4)
    )
    tokens = {token: row for row, token in enumerate(("[UNK]", "[CLS]", "[SEP]", "[unused1]", *known()))}
    return Pretrained(tokens, numbers(len(tokens), WIDTH), numbers(512, WIDTH), norm, layers)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def lessons(reader: Reader) -> list[Lesson]:
    source = random.Random(4)
    namer = Namer(source)
    sentences = [reader.lesson(filled(pattern, namer, source)) for pattern in patterns()[:12]]
    return sentences + [reader.lesson(line) for line in lines()]


def small(positions: int = POSITIONS) -> Encoder:
    """A network of the size that is shipped, its numbers random."""
    return Encoder(positions, layers=LAYERS_SHIPPED, inner=INNER_SHIPPED)


def test_a_passage_has_pairs_and_a_sentence_has_none(lessons: list[Lesson]) -> None:
    assert all(lesson.pairs is None for lesson in lessons[:12])
    assert all(lesson.pairs is not None for lesson in lessons[12:])


def test_the_same_lessons_give_the_same_network_and_it_learns(
    lessons: list[Lesson], pretrained: Pretrained
) -> None:
    told: list[tuple[float, float]] = []
    one, other = (
        train(
            lambda _: list(lessons),
            lambda sample: narrowed(begun(pretrained, sample, POSITIONS), sample, small()),
            rounds=3,
            told=lambda _, *losses: told.append(losses),
        )
        for _ in range(2)
    )
    assert told[:3] == told[3:]
    assert told[2][0] < told[0][0]
    assert told[2][1] < told[0][1]
    others = other.state_dict()
    assert all(torch.equal(own, others[name]) for name, own in one.state_dict().items())


def test_a_network_comes_near_to_what_its_teachers_say(lessons: list[Lesson], pretrained: Pretrained) -> None:
    teacher = begun(pretrained, [], POSITIONS)
    with torch.no_grad():
        teacher.names.bias[7] = 9.0  # whatever the lessons say
    pupil = train(
        lambda _: list(lessons),
        lambda sample: narrowed(teacher, sample, small()),
        rounds=1,
        teachers=[teacher, teacher],
    ).eval()
    with torch.no_grad():
        labels, _ = pupil(*(torch.from_numpy(column)[None] for column in inputs(lessons[0].seen)))
    assert (labels.argmax(-1) == 7).all()


def test_teachers_look_once_at_a_passage_that_comes_again(
    lessons: list[Lesson], pretrained: Pretrained
) -> None:
    teacher, looked = begun(pretrained, [], POSITIONS), list[int]()
    teacher.register_forward_hook(lambda *_: looked.append(1))
    taught = Teachers([teacher])
    first = taught.opinions(lessons[11:14])
    assert [one is None for one in (opinion.pairs for opinion in first)] == [True, False, False]
    assert [opinion.names.shape for opinion in first] == [(len(one.seen), LABELS) for one in lessons[11:14]]
    assert taught.opinions([lessons[13], lessons[12]]) == [first[2], first[1]]
    assert len(looked) == 1


def test_a_teacher_begins_with_the_pretrained_numbers_that_say_most(pretrained: Pretrained) -> None:
    texts = [torch.from_numpy(np.array([1, 9, 10, 11, 1]))]
    encoder = begun(pretrained, texts, 64)
    rows = encoder.characters.weight.detach().numpy()
    assert np.array_equal(rows[4 + 5], pretrained.words[pretrained.tokens[known()[5]]])
    every = pretrained.layers[0].biases["inner"].tolist()
    kept = [every.index(one) for one in encoder.layers[0].inner.bias.tolist()]
    assert kept == sorted(kept)
    assert len(set(kept)) == INNER == len(every) - 8


def test_a_smaller_network_keeps_the_first_and_the_last_layer_and_all_the_rest(
    pretrained: Pretrained,
) -> None:
    teacher = begun(pretrained, [], 64)
    pupil = narrowed(teacher, [torch.tensor([1, 9, 10, 11, 1])], small(64))
    assert torch.equal(pupil.names.weight, teacher.names.weight)
    assert torch.equal(pupil.layers[0].attended.weight, teacher.layers[0].attended.weight)
    assert torch.equal(pupil.layers[1].attended.weight, teacher.layers[2].attended.weight)
    assert pupil.layers[1].outer.weight.shape[1] == INNER_SHIPPED
    as_large = narrowed(teacher, [torch.tensor([1, 9, 10, 1])], Encoder(64)).state_dict()
    assert all(torch.equal(own, as_large[name]) for name, own in teacher.state_dict().items())


def test_a_text_is_told_alike_alone_and_among_longer_ones(
    lessons: list[Lesson], pretrained: Pretrained
) -> None:
    encoder = begun(pretrained, [], POSITIONS).eval()
    batch = lessons[:4]
    with torch.no_grad():
        alone = [course._losses(encoder, [one])[0] * (one.labels >= 0).sum() for one in batch]
        together = course._losses(encoder, batch)[0] * sum(len(one.labels) for one in batch)
    assert torch.allclose(torch.stack(alone).sum(), together, rtol=0.02)


def test_two_names_are_told_in_training_as_in_reading() -> None:
    texts = [f"{PARK}喜爱{CHAIN}。", f"在省里，{PARK}和别的园区都很喜爱{CHAIN}"]
    views = [
        np.random.default_rng(n).normal(size=(len(text), VIEW)).astype(np.float16)
        for n, text in enumerate(texts)
    ]
    sizes = torch.tensor([len(text) + 2 for text in texts])
    filled_views = torch.full((2, int(sizes.max()), VIEW), 7.0)
    wanted, spans, besides, numbers = [], [], [], []
    for number, (text, view) in enumerate(zip(texts, views, strict=True)):
        filled_views[number, 1 : len(text) + 1] = torch.from_numpy(view.astype(np.float32))
        entities = [
            Mention(kind, name, text.index(name), text.index(name) + len(name))
            for kind, name in (("Park", PARK), ("IndustryChain", CHAIN))
        ]
        own = [pair for _, of_it in paired(skeletons(text, entities), entities) for pair in of_it]
        wanted.append(Scene(view).inputs(own, entities))
        spans.append(spans_of(own, entities))
        besides.append(apart(own, spans[-1]))
        numbers += [number] * len(own)
    found = scene(filled_views, sizes, torch.tensor(numbers), torch.from_numpy(np.vstack(spans) + 1))
    told = np.hstack([found.numpy(), np.vstack(besides)])
    np.testing.assert_allclose(told, np.vstack(wanted), atol=1e-5)


def test_what_is_exported_says_what_was_trained(
    lessons: list[Lesson], pretrained: Pretrained, tmp_path: Path
) -> None:
    encoder: Encoder = begun(pretrained, [], POSITIONS).eval()
    export(encoder, tmp_path / "network.onnx", tmp_path / "pairs.onnx")
    network = Network((tmp_path / "network.onnx").read_bytes())
    pairs = pair_network.load((tmp_path / "pairs.onnx").read_bytes())
    seen = lessons[0].seen
    view, likely = network.look(seen)
    with torch.no_grad():
        labels, made = encoder(*(torch.from_numpy(column)[None] for column in inputs(seen)))
        given = torch.rand(7, pair_network.INPUTS)
        odds = encoder.pairs(given)
    assert np.abs(likely - torch.softmax(labels[0, 1:-1], -1).numpy()).max() < 0.05
    assert np.abs(view - made[0, 1:-1].numpy()).mean() < 0.05
    np.testing.assert_allclose(pairs(given.numpy()), odds.numpy(), atol=1e-4)
    assert pairs(given.numpy()[:1]).shape == (1, len(LEARNT))


def test_names_of_the_rules_are_forgotten_now_and_then(lessons: list[Lesson]) -> None:
    source = random.Random(1)
    lesson = next(one for one in lessons if one.seen[:, RULED_COLUMN].any())
    told = [course._forgetful(lesson, source).seen[:, RULED_COLUMN].any() for _ in range(60)]
    assert 0.4 < np.mean(told) < 0.95
