"""The recogniser: what the trained network adds to the rules, on text that the network has not learnt from."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import LiantuError
from nlp.extraction import Context, Extraction, Passage
from nlp.linking import pair_network
from nlp.pipeline import Extractor
from nlp.recognition.features import features
from nlp.recognition.network import LONGEST, Network
from nlp.recognition.recogniser import MODEL, _pieces, shipped
from nlp.scoring import score

GOLD = Path(__file__).parents[2] / "data" / "nlp"
LARGEST = 15 * 2**20  # bytes that the shipped networks may take


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


@pytest.mark.parametrize(
    ("text", "firm"), [("其中国轩高科产值最高。", "国轩高科"), ("其中中铁集团落户。", "中铁集团")]
)
def test_a_name_does_not_begin_with_half_of_the_word_before_it(both: Extractor, text: str, firm: str) -> None:
    assert firm in {one.surface for one in read(both, text).entities}


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


def test_the_shipped_networks_are_small_enough() -> None:
    sizes = [
        len((files(package) / name).read_bytes())
        for package, name in (("nlp.recognition", MODEL), ("nlp.linking", pair_network.MODEL))
    ]
    assert sum(sizes) < LARGEST


@settings(deadline=None, max_examples=200)
@given(st.text("职业学院、，。；\n 甲", max_size=1500))
def test_a_text_is_looked_at_in_pieces_without_gaps_that_the_network_can_take(text: str) -> None:
    pieces = list(_pieces(text))
    assert [start for start, _ in pieces] == [0, *(end for _, end in pieces)][: len(pieces)]
    assert not text or pieces[-1][1] == len(text)
    assert all(0 < end - start <= LONGEST for start, end in pieces)


def test_a_long_list_is_parted_between_names() -> None:
    text = "、".join(f"重庆第{number}职业学院" for number in range(100))
    assert all(text[end - 1] == "、" for _, end in list(_pieces(text))[:-1])


def test_whoever_reads_meanwhile_a_text_is_read_alike(both: Extractor) -> None:
    text = "学校与蒙娜丽莎陶瓷、欧神诺陶瓷签订协议，每年输送学生60人。"
    alone = read(both, text)
    with ThreadPoolExecutor(4) as pool:
        seen = features(both.pipeline(text))
        looks = list(pool.map(lambda _: shipped().look(seen)[1], range(16)))
    assert all((one == looks[0]).all() for one in looks)
    assert read(both, text) == alone


def test_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="the network takes"):
        Network((files("nlp.linking") / pair_network.MODEL).read_bytes())


def test_a_machine_that_cannot_load_the_runtime_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(LiantuError) as told:
        Network((files("nlp.recognition") / MODEL).read_bytes())
    assert told.value.code == "recognition.runtime"
    assert "--no-recognition" in str(told.value)
