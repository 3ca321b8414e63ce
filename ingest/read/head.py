"""What the head of a document says of it (版头与落款): number, title, issuer, dates, genre."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.document import Block
from ingest.read.dates import DATE, iso_date, iso_dates, plain_digits
from ingest.read.standing import closed_up, is_date, number_in
from ingest.read.titles import genre_of
from ingest.records.body import body_label

_HEAD_BLOCKS: Final = 15
_LABELLED_NUMBER: Final = re.compile(
    r"(?:^|\s)(?:发文字号|发文文号|文\s*号|文件编号)\s*[:：]\s*(\S.*?)(?=\s+[\u4e00-\u9fff]{2,6}\s*[:：]|$)"
)
_BRACKETED_NUMBER: Final = re.compile(r"[（(]([^（()）]*〔\d{4}〕[^（()）]*号)[）)]$")
_ORDER: Final = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,20})令$")
_ORDER_NUMBER: Final = re.compile(r"第\s*\d{1,5}\s*号")
_LETTERHEAD: Final = re.compile(r"^(?P<issuer>[\u4e00-\u9fff\s]{3,30}?)文件$")
_BODIES: Final = (
    r"(?:委员会|人民政府|政府|办公厅|办公室|领导小组|小组|国务院|中央军委|管委会|党组|委|办|局|厅|部|署|院|中心|大学|学校|协会|学会"
    r"|联合会|公司|集团|联合体|共同体|联盟|理事会|秘书处|秘书组|银行|总社|监会|工会|工商联|残联|妇联|科协|社科联|文联|侨联)"
)
# Two names without anything between them: the first is complete, and a place begins the second.
_SEAM: Final = re.compile(
    r"(?:(?<=委员会)|(?<=人民政府))(?=[\u4e00-\u9fff]{2,3}[省市区县])|(?<=[局厅部])(?=[\u4e00-\u9fff]{2,3}[省市])"
)
_BODY_NAME: Final = re.compile(rf"[\u4e00-\u9fff（）()·]{{1,38}}{_BODIES}|国务院")
# Who stands behind 关于 or 转发 has issued what is passed on.
_TITLE_PREFIX: Final = re.compile(
    rf"^(?P<issuer>(?:(?!关于|印发|转发|批转)[^《》“”。])*?{_BODIES})(?=(?:关于|印发|转发|批转)|对.{{2,40}}的?(?:答复|批复|复函)$)"
)
_STAMP: Final = re.compile(r"\s*[（(]\s*(?:公\s*章|盖\s*章|签\s*章|印\s*章|章|印)\s*[)）]")
_CLOSING_DATE: Final = re.compile(rf"(?P<before>[^。；：:]*?)\s*(?P<date>{DATE.pattern})", re.VERBOSE)
_LONGEST_SIGNATURE: Final = 60  # characters
_MEMBERS: Final = frozenset({"School", "Enterprise", "Consortium", "IndustryCollege", "Park"})
_RUN: Final = 3  # schools one below the other: a list
_PRINTED: Final = re.compile(r"日\s*印发$")
_LABELLED_DATE: Final = re.compile(
    r"(?:发布时间|发布日期|发文日期|成文日期|发稿时间|时间|日期|来源)\s*[:：]?.{0,24}?(?=(?:19|20)\d{2})"
)
_NEWS: Final = re.compile(r"本报讯|本网讯|记者|通讯员|日电|日讯|来源[:：]|（图|讯[（(]")
_DATELINE: Final = 40  # characters of a news item in which its own day stands
_ABSTRACT: Final = re.compile(r"^[【\[]?(?:摘\s*要|内容提要|Abstract)[】\]]?")
_SPEECH: Final = ("讲话", "致辞", "发言")


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says of itself; dates are ISO text, unknown is `None`."""

    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued: str | None = None
    printed: str | None = None
    spoken: str | None = None
    kind: str | None = None


def head_of(blocks: Sequence[Block], declared: Head | None = None) -> Head:
    """The head of a document of these blocks; `declared` is what the file's own metadata says (html).

    The number, the date below the text and the title as laid out win over metadata, which are often those of the
    web page.
    """
    declared = declared or Head()
    whole_title, title_at = _title(blocks)
    whole_title = whole_title or declared.title
    prefix = _TITLE_PREFIX.match(whole_title) if whole_title else None
    signed_by, signed_on = _signature(blocks, title_at)
    ordered_by, order = _order(blocks)
    printed = _printed(blocks)
    issuer = (
        (_several(prefix.group("issuer")) if prefix else None)
        or ordered_by
        or signed_by
        or _letterhead(blocks)
        or declared.issuer
    )
    title = whole_title[prefix.end() :].strip() if whole_title and prefix else whole_title
    return Head(
        number=order or _number(blocks) or declared.number,
        title=title,
        issuer=issuer,
        issued=signed_on or printed or declared.issued or _dated(blocks),
        printed=printed,
        spoken=_spoken(blocks),
        kind=_kind(title, blocks) or declared.kind,
    )


def _title(blocks: Sequence[Block]) -> tuple[str | None, int]:
    for index, block in enumerate(blocks):
        if block.role == "title":
            return block.text, index
    return None, 0


def _head_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks before the running text."""
    head: list[Block] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if "。" in block.text[12:] and block.role != "title":
            break
        head.append(block)
    return head


def _number(blocks: Sequence[Block]) -> str | None:
    for block in _head_blocks(blocks):
        for text in block.cells or (block.text,):
            labelled = _LABELLED_NUMBER.search(text)
            # elsewhere a number in brackets is that of a document which is cited
            bracketed = _BRACKETED_NUMBER.search(text) if block.role == "title" else None
            written = labelled.group(1) if labelled else bracketed.group(1) if bracketed else text
            if found := number_in(written):
                return found
    return None


def _order(blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """Issuer and number of an order, that stand in two lines: …令 / 第707号."""
    head = _head_blocks(blocks)
    for block, following in pairwise(head):
        order = _ORDER.fullmatch(block.text.replace(" ", ""))
        if order and _ORDER_NUMBER.fullmatch(following.text):
            return order.group("issuer").removeprefix(
                "中华人民共和国"
            ), order.group() + following.text.replace(" ", "")
    return None, None


def _several(written: str) -> str | None:
    """Bodies as written, `、` between them; `None` if one of them is no name of a body."""
    unstamped = closed_up(_STAMP.sub("", written).strip())
    names = [name for part in re.split(r"[\s、，,]+", unstamped) for name in _SEAM.split(part) if name]
    if names and all(_BODY_NAME.fullmatch(name) for name in names):
        return "、".join(names)
    return None


def _signature(blocks: Sequence[Block], title_at: int) -> tuple[str | None, str | None]:
    """Who signed and when (落款): the first date that stands by itself below names of bodies, or behind them."""
    for index in range(title_at + 1, len(blocks)):
        closing = _closing(blocks[index])
        if closing is None:
            continue
        before, day = closing
        names = [before] if before else []
        for block in reversed(blocks[title_at + 1 : index]):
            name = _several(block.text) if len(block.text) <= _LONGEST_SIGNATURE else None
            if name is None or _is_listed(block, name, names, in_table=blocks[index].role == "table"):
                break
            names.insert(0, name)
        if names and not (len(names) >= _RUN and all(map(_is_member, names))):
            return "、".join(names), day
    return None, None


def _is_listed(block: Block, name: str, below: Sequence[str], *, in_table: bool) -> bool:
    """Whether bodies above a signature are those of a list: no authority above one, or a row of a table that ended."""
    members = any(map(_is_member, name.split("、")))
    if block.role == "table" and not in_table and (members or below):
        return True
    return members and any(not _is_member(one) for names in below for one in names.split("、"))


def _is_member(name: str) -> bool:
    """Whether a body is one of those that lists name, a school, firm or consortium, and no authority."""
    return body_label(name) in _MEMBERS


def _closing(block: Block) -> tuple[str, str | None] | None:
    """The bodies before the date that a line consists of, often none, and the date; `None` for any other line."""
    text = _STAMP.sub("", block.text)
    if is_date(text):
        return "", iso_date(text)
    if not _ends_with_day(block):
        return None
    dated = _CLOSING_DATE.fullmatch(plain_digits(text).strip())
    names = _several(dated["before"]) if dated else None
    return (names, iso_date(dated["date"])) if dated and names else None


def _ends_with_day(block: Block) -> bool:
    """Whether a short line, no row of a table, ends with a date that has a day."""
    dated = None
    if block.role != "table" and len(block.text) <= _LONGEST_SIGNATURE:
        dated = _CLOSING_DATE.fullmatch(plain_digits(_STAMP.sub("", block.text)).strip())
    return dated is not None and len(iso_date(dated["date"]) or "") == len("2023-11-03")


def _printed(blocks: Sequence[Block]) -> str | None:
    for block in reversed(blocks[-6:]):
        if _PRINTED.search(block.text):
            return (iso_dates(block.text) or (None,))[-1]
    return None


def _dated(blocks: Sequence[Block]) -> str | None:
    """The date of what no body is known to have signed: in the head a line of its own, in brackets or labelled; else a
    line of its own or the end of a short one anywhere; else that of a dispatch (电头), of the first words of what is no
    official writing, or in the head."""
    for block in _head_blocks(blocks):
        labelled = _LABELLED_DATE.search(block.text)
        if is_date(block.text) or labelled or (block.text[:1] in "（(" and len(block.text) <= 60):
            found = iso_date(block.text[labelled.end() :] if labelled else block.text)
            if found:
                return found
    dated = next((block for block in blocks if is_date(block.text)), None)
    if dated:
        return iso_date(dated.text)
    plain = (block for block in reversed(blocks) if block.role == "paragraph")
    if closing := next(filter(_ends_with_day, plain), None):
        return iso_dates(closing.text)[-1]
    official = any(block.role == "title" and genre_of(block.text) for block in blocks)
    leads = [block.text[:_DATELINE] for block in blocks[:4]]
    told = [lead for lead in leads if not official or _NEWS.search(lead)]
    told += [block.text for block in _head_blocks(blocks)[:4]]
    return next((found for text in told if (found := iso_date(text))), None)


def _letterhead(blocks: Sequence[Block]) -> str | None:
    for block in _head_blocks(blocks):
        if found := _LETTERHEAD.match(closed_up(block.text)):
            return _several(found.group("issuer"))
    return None


def _spoken(blocks: Sequence[Block]) -> str | None:
    """The date below the title of a speech."""
    for index, block in enumerate(blocks):
        if block.role == "title" and genre_of(block.text) in _SPEECH:
            for following in blocks[index + 1 : index + 4]:
                if len(following.text) <= 60 and (found := iso_date(following.text)):
                    return found
    return None


def _kind(title: str | None, blocks: Sequence[Block]) -> str | None:
    genre = genre_of(title) if title else None
    if genre:
        return genre
    if any(_ABSTRACT.match(block.text) for block in blocks[:10]):
        return "论文摘要"
    if any(_NEWS.search(block.text[:120]) for block in [*blocks[:6], *blocks[-2:]]):
        return "新闻"
    return None
