"""Titles (标题): which blocks are the title of the document or of what it encloses, joined where they were wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.document import Block
from ingest.read.outline import outline_mark
from ingest.read.paragraphs import join_blocks
from ingest.read.standing import closed_up, is_date, is_number

# The genres of official writing (文种), the longer before those that they end in.
GENRES: Final = (
    *(
        "实施方案",
        "行动方案",
        "工作方案",
        "行动计划",
        "工作计划",
        "实施意见",
        "指导意见",
        "实施细则",
        "管理办法",
    ),
    *(
        "暂行办法",
        "实施办法",
        "工作要点",
        "工作总结",
        "工作报告",
        "应急预案",
        "答复",
        "复函",
        "通知",
        "通告",
        "公告",
    ),
    *(
        "通报",
        "决定",
        "决议",
        "意见",
        "办法",
        "规定",
        "规则",
        "细则",
        "条例",
        "方案",
        "规划",
        "计划",
        "纲要",
        "要点",
    ),
    *(
        "讲话",
        "致辞",
        "发言",
        "报告",
        "请示",
        "批复",
        "函",
        "纪要",
        "名单",
        "名录",
        "目录",
        "指南",
        "指引",
        "章程",
        "倡议书",
    ),
    *("倡议", "公示", "标准", "规范", "制度", "预案", "清单", "总结", "措施", "协议", "简报", "台账"),
)
_REMARK: Final = r"(?:\s*[（(〔\[][^（(）)]{1,24}[）)〕\]])*"
_GENRE_END: Final = re.compile(rf"({'|'.join(GENRES)})[》”]?{_REMARK}[》”]?$")
_OF_GENRE: Final = re.compile(rf"(?:的|若干|》)\s*(?:{'|'.join(GENRES)})[》”]?{_REMARK}$")
_NOT_TITLE: Final = re.compile(
    r"^(?:特急|加急|急件|平急|特提|绝密|机密|秘密|来源|作者|编辑|责任编辑|发布|时间|日期|字号|索引号|浏览|点击|打印|签发|附件[:：\d]?"
    r"|摘\s*要|关键词|抄送|主题词|目\s*录$|扫一扫|分享|当前位置|首页|第\s*\d+\s*号$)|^[^关]{2,20}(?:文件|令)$|^[（(].*[）)]$|[★☆]"
)
# The fields that public sites set above a document (公文元数据), often several in a line.
_FIELDS: Final = re.compile(
    r"(?:索引号|主题分类|发文字号|文\s*号|发文机关|发布机构|成文日期|发布日期)\s*[:：]"
)
_ENDED: Final = re.compile(r"[。；，、：;:,]$")
_LONGEST: Final = 90  # characters of a title, at most
_MOST_LINES: Final = 5


def genre_of(title: str) -> str | None:
    """The genre (文种) that a title ends in: 通知, 实施方案, 意见, 讲话 …, or `None`.

    >>> genre_of("重庆市深化产教融合实施方案（2023—2027年）")
    '实施方案'
    """
    found = _GENRE_END.search(title.replace(" ", ""))
    return found.group(1) if found else None


def with_titles(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with role `title` on the titles; a title in several lines becomes one block.

    A title stands at the beginning, or where an enclosed document begins: after the date that closes the one before.
    """
    found: list[Block] = []
    position, may_begin = 0, True
    declared = any(block.role == "title" for block in blocks)
    raised = False  # the first heading style sets titles, so the second sets what stands at the first level
    while position < len(blocks):
        run = _run(blocks, position) if may_begin else 0
        taken = _title_in(blocks[position : position + run], at_start=not found and not declared)
        if taken:
            first, last = taken
            found.extend(blocks[position : position + first])
            whole = join_blocks(blocks[position + first : position + last])
            raised = raised or blocks[position + first].role == "heading"
            found.append(replace(whole, role="title", level=0))
            position += last
            may_begin = False
            continue
        block = blocks[position]
        found.append(replace(block, level=block.level - 1) if raised and block.level > 1 else block)
        position += 1
        # What may stand before a title: the number, an urgency, a date, 附件; running text ends the region.
        may_begin = is_number(block.text) or is_date(block.text) or _stands_before_title(block)
    return found


def _stands_before_title(block: Block) -> bool:
    text = closed_up(block.text)
    return (len(text) <= 24 and _NOT_TITLE.search(text) is not None) or _FIELDS.match(text) is not None


def _is_heading_of_all(block: Block) -> bool:
    """Whether a heading by style is a title: many set the title of a notice in the first heading style."""
    return block.role == "heading" and block.level == 1 and genre_of(block.text) is not None


def _may_be_title(block: Block) -> bool:
    text = block.text
    return (
        (block.role == "paragraph" or _is_heading_of_all(block))
        and len(text) <= _LONGEST
        and not _ENDED.search(text)
        and not _NOT_TITLE.search(closed_up(text))
        and not _FIELDS.match(text)
        and not is_number(text)
        and not is_date(text)
        and "。" not in text
        and outline_mark(text) is None
    )


def _run(blocks: Sequence[Block], position: int) -> int:
    length = 0
    while (
        length < _MOST_LINES and position + length < len(blocks) and _may_be_title(blocks[position + length])
    ):
        length += 1
    return length


def _closed(lines: Sequence[Block]) -> bool:
    whole = "".join(line.text for line in lines)
    return "关于" not in whole or _OF_GENRE.search(lines[-1].text) is not None


def _title_in(run: Sequence[Block], *, at_start: bool) -> tuple[int, int] | None:
    """The part of a run of short lines that is a title: the lines down to the first that ends in a genre.

    What is `关于 …` ends in `的通知`, `的意见`: the name of a genre alone may be part of what it is about.
    """
    ends = [last for last, block in enumerate(run, start=1) if genre_of(block.text)]
    ends = [last for last in ends if len("".join(part.text for part in run[:last])) <= _LONGEST]
    if ends:
        return 0, next((last for last in ends if _closed(run[:last])), ends[0])
    if at_start and run and len(run[0].text) >= 4:
        return 0, 1  # news, abstracts: the first line
    return None
