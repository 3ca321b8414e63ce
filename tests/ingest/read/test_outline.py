"""Marks at the head of a block give its level; what only looks like one does not."""

from __future__ import annotations

import pytest

from ingest.document import Block
from ingest.read.outline import outline_mark, with_outline


@pytest.mark.parametrize(
    ("text", "role", "level"),
    [
        ("第一，要深刻认识重要意义", "heading", 1),
        ("一、总体要求", "heading", 1),
        ("第一章　总则", "heading", 1),
        ("第二节　职责", "heading", 2),
        ("（一）指导思想。坚持产教融合，服务发展。", "list", 2),
        ("(二)主要目标", "heading", 2),
        ("第十二条　本办法由市教委负责解释。", "list", 3),
        ("1.建设培育基地", "heading", 3),
        ("2．开展试点，形成经验。", "list", 3),
        ("（1）明确责任", "heading", 4),
        ("3.1 应急响应", "heading", 4),
        ("①加强领导；", "list", 5),
        ("一是国家级产教联合体，", "list", 5),
    ],
)
def test_each_mark_has_its_level(text, role, level):
    block = with_outline(Block(text, "l.1"))
    assert (block.role, block.level) == (role, level)


@pytest.mark.parametrize(
    "text",
    [
        "一方面，要加强统筹",
        "52.5 万的人才需求",
        "3.5亿元投入建设",
        "2023年工作",
        "第一批市域产教联合体",
        "一体一策",
        "10 月 27 日",
        "1.2%的增长率",
    ],
)
def test_words_that_begin_like_a_mark_are_none(text):
    assert outline_mark(text) is None


def test_what_the_file_declares_is_kept():
    block = Block("一、总体要求", "b.1", role="heading", level=2)
    assert with_outline(block) == block
