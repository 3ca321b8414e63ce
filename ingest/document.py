"""What every reader ends in (文档): the text of a document in blocks, each leading back to the original file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Role = Literal["title", "heading", "paragraph", "list", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, its wrapped lines joined.

    `level` is 0 for running text and 1, 2, 3 … for headings and list items by their depth (第一， 一、 → 1;
    （一） → 2; 1. → 3). `place` says where it begins in the original: `p.3` (page), `l.66` (line), `Sheet1!12` (row);
    a table row has its `cells` (lines in them apart, and what merged cells say of the row, which its text has not), and
    `table` tells one table from the next where the file does. `marks` says where in the
    original its later words stand, as (offset in `text`, place) of each line that was joined, in order.
    """

    text: str
    place: str
    role: Role = "paragraph"
    level: int = 0
    cells: tuple[str, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    table: int = 0

    def place_at(self, offset: int) -> str:
        """Where the character at `offset` of the block's text stands in the original file."""
        number = bisect_right(self.marks, offset, key=lambda mark: mark[0])
        return self.marks[number - 1][1] if number else self.place


@dataclass(frozen=True)
class Document:
    """A document as read: its blocks and what its head says of itself; dates are ISO text, unknown is None."""

    name: str
    blocks: tuple[Block, ...]
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued: str | None = None
    printed: str | None = None  # when it was printed and sent out, by its last line
    spoken: str | None = (
        None  # the date of a speech inside the document, which relative years are counted from
    )
    kind: str | None = None  # 通知, 实施方案, 意见, 讲话, 名单, 新闻, 论文摘要 …
    unread: tuple[str, ...] = ()  # places that hold something but no text: scanned pages among others (`p.4`)
    # of each place that was read by text recognition (`p.4`), how sure that is, from 0 to 1
    recognised: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The whole text, one block a line: the offsets of claims count its characters."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each block in `text`."""
        starts, position = [], 0
        for block in self.blocks:
            starts.append(position)
            position += len(block.text) + 1
        return tuple(starts)

    @cached_property
    def issuers(self) -> tuple[str, ...]:
        """The issuing bodies one by one; `issuer` has several of them with `、` between."""
        return tuple(self.issuer.split("、")) if self.issuer else ()

    def place_at(self, offset: int) -> str:
        """Where the character at `offset` of `text` stands in the original file."""
        number = max(bisect_right(self.starts, offset) - 1, 0)
        return self.blocks[number].place_at(offset - self.starts[number])
