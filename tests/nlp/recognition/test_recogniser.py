"""The recogniser: what the trained network adds to the rules, on text that the network has not learnt from."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from nlp.extraction import Context, Extraction, Passage
from nlp.pipeline import Extractor
from nlp.recognition.features import COLUMNS
from nlp.recognition.network import build, load, save
from nlp.recognition.recogniser import shipped
from nlp.scoring import score

GOLD = Path(__file__).parents[2] / "data" / "nlp"
LARGEST = 15 * 2**20  # bytes that a shipped network may take


@pytest.fixture(scope="module")
def both() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(recognition=False)


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract([Passage(text)], Context())[0]


def test_names_that_no_rule_knows_are_seen_and_say_so(both: Extractor, rules: Extractor) -> None:
    text = "学校与蒙娜丽莎陶瓷、欧神诺陶瓷签订协议，每年输送学生60人。"
    found = {(m.surface, m.kind): m.method for m in read(both, text).entities}
    assert found["蒙娜丽莎陶瓷", "Enterprise"] == "model"
    ruled = read(rules, text)
    assert ("蒙娜丽莎陶瓷", "Enterprise") not in {(m.surface, m.kind) for m in ruled.entities}


def test_what_a_title_names_is_part_of_the_title(both: Extractor) -> None:
    text = "在海州市域产教联合体成立大会上的讲话\n（2024年3月6日）"
    kinds = {mention.kind for mention in read(both, text).entities}
    assert "Consortium" not in kinds


def test_generic_words_stay_refused(both: Extractor) -> None:
    text = "各高职院校要与龙头企业共建产业学院、实训基地和专业群，深化产教融合，服务区域经济发展。"
    assert not read(both, text).entities


def test_more_names_are_found_than_by_the_rules_alone_on_text_that_neither_has_learnt_from(
    both: Extractor, rules: Extractor
) -> None:
    lines = [
        json.loads(line)
        for name in ("blind.jsonl", "cities-mixed.jsonl")
        for line in (GOLD / name).read_text(encoding="utf-8").splitlines()
    ]
    scores = [
        score(lines, [read(extractor, line["text"]) for line in lines]).entities
        for extractor in (rules, both)
    ]
    assert scores[1].recall > scores[0].recall + 0.03
    assert scores[1].f1 > scores[0].f1 + 0.03
    assert scores[1].precision > scores[0].precision - 0.02


@pytest.mark.parametrize(
    "text", ["", "甲", "　", "😀" * 50, "职业学院" * 800, "\ud800学院", "A" * 3000, "\n\n。。；"]
)
def test_any_text_is_read_with_exact_offsets(both: Extractor, text: str) -> None:
    for mention in read(both, text).entities:
        assert text[mention.start : mention.end] == mention.surface


def test_a_name_is_seen_wherever_it_stands_in_a_long_text(both: Extractor) -> None:
    sentence = "铁道机车专业与兰州地铁签有订单，学生第三年到企业顶岗。"
    found = [m for m in read(both, sentence * 120).entities if m.surface == "兰州地铁"]
    assert len(found) > 110
    assert all(m.confidence > 0.5 for m in found)


def test_a_network_is_kept_and_read_again(tmp_path: Path) -> None:
    save(shipped(), tmp_path / "network.npz")
    with (tmp_path / "network.npz").open("rb") as file:
        again = load(file)
    seen = [np.arange(10 * len(COLUMNS), dtype=np.uint64).reshape(10, len(COLUMNS))]
    assert (again.predict(seen)[0] == shipped().predict(seen)[0]).all()
    assert (tmp_path / "network.npz").stat().st_size < LARGEST


def test_a_network_of_another_shape_is_refused() -> None:
    kept = BytesIO()
    np.savez(kept, other=np.zeros(3))
    kept.seek(0)
    with pytest.raises(ValueError, match="not as this network has it"):
        load(kept)
    assert build().predict([np.zeros((3, len(COLUMNS)), dtype=np.uint64)])[0].shape[0] == 3
