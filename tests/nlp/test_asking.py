"""What asks for something in the words of a speech, a reply or a plan, and what does not."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlp
from nlp import asking
from nlp.asking import asked, evidence, segments
from nlp.extraction import Context, Passage
from nlp.outline import places
from nlp.pipeline import Extractor
from nlp.tasks import Task
from nlp.words import Words
from tests.nlp.conftest import Read

PARTS = st.text(alphabet="市教育局要将推进建设，。；：\n（一）1.、会议强调希望双方", max_size=120)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "您提出的关于支持茶产业发展的建议收悉，现答复如下：已建成示范园3个。下一步，我委将完善扶持政策，支持龙头企业扩大产能。",
            ["完善扶持政策"],
        ),
        (
            "座谈会上，公司负责人表示，希望双方深化人才培养合作，共建产业学院。",
            ["深化人才培养合作"],
        ),
    ],
)
def test_what_speeches_and_replies_ask_for_is_read(read: Read, text: str, tasks: list[str]) -> None:
    assert [task.text for task in read(text).measures] == tasks


@pytest.mark.parametrize(
    "text",
    [
        "5月20日，泸州职业技术学院与泸州老窖股份有限公司签约，共建白酒产业学院。",
        "学校现有在校生1.2万人，开设专业45个，建有省级实训基地6个。",
        "本文分析了产教联合体的运行机制，发现成员之间的合作仍然不足。",
        "按照市委、市政府要求，今年以来，我们把建设产教联合体作为重要课题，组织有关部门开展调研。",
        "在广泛征求意见的基础上，形成了实施方案，谋划了20条改革举措。",
        "",
    ],
)
def test_what_was_done_is_no_task(read: Read, text: str) -> None:
    assert read(text).measures == ()


def test_a_named_body_that_is_to_do_it_is_responsible(read: Read) -> None:
    found = read("下一步，市工信局将围绕新能源汽车产业链，推动整车与零部件企业协同发展。")
    names = [mention.surface for mention in found.entities]
    assert [(names[one.head], one.measure) for one in found.relations if one.measure] == [
        ("市工信局", found.measures[0].text)
    ]


def test_without_asking_the_rules_alone_read_tasks() -> None:
    text = "座谈会上，公司负责人表示，希望双方深化人才培养合作；学校将加快建设产业学院，服务园区企业。"
    read, rules = (Extractor(recognition=False, weighing=weighing) for weighing in (True, False))
    found = [reader.extract([Passage(text)], Context())[0].measures for reader in (read, rules)]
    assert [{task.method for task in tasks} for tasks in found] == [{"model"}, set()]


def test_a_heading_and_an_explanation_ask_for_nothing(extractor: Extractor) -> None:
    passages = [
        Passage("第一，要深刻认识建设产教联合体的重要意义"),
        Passage("党的二十大指出，要推进产教融合，我们要抓住机遇。"),
        Passage("第二，要突出重点任务"),
        Passage("（一）各学校要增强主动性。要优化专业布局。对照产业需求，建设一批专业群。"),
    ]
    found = extractor.extract(passages, Context(date="2024"))
    assert [[task.text for task in one.measures] for one in found] == [[], [], [], ["建设一批专业群"]]


@given(PARTS)
def test_segments_do_not_overlap_and_tasks_lie_in_the_text(text: str) -> None:
    tasks = [Task(0, len(text), text)] if text else []
    own = segments(text, tasks)
    assert all(one.end <= other.start for one, other in pairwise(own))
    words = Words(text)
    assert len(list(evidence(text, words, own, [False] * len(tasks)))) == len(own)
    for task in asked(text, words, places([text])[0], tasks):
        assert 0 <= task.start < task.end <= len(text)
        assert 0 <= task.likelihood <= 1


def test_what_the_rules_take_for_a_task_and_hardly_is_one_goes() -> None:
    text = "学校现有在校生1.2万人。"
    doubted, named = Task(0, len(text), text), Task(0, len(text), text, named={0: True})
    against = {"always": -9.0}
    assert asked(text, Words(text), places([text])[0], [doubted], against) == []
    assert asked(text, Words(text), places([text])[0], [named], against) == [named]


def test_the_weights_are_of_evidence_that_can_be_found() -> None:
    rows = list(csv.reader((Path(nlp.__file__).parent / asking.WEIGHTS).read_text("utf-8").splitlines()))
    assert rows[0] == ["evidence", "weight"]
    text = "（一）深化合作。下一步，我委将推进建设；要加强管理。\n1.健全制度。"
    own = segments(text, [Task(0, 6, "深化合作")])
    told = {word.split(" ")[0] for one in evidence(text, Words(text), own, [False]) for word in one}
    assert {row[0].split(" ")[0] for row in rows[1:]} <= told
