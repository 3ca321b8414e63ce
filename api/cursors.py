"""Pages (分页): what `first`, `after`, `last` and `before` mean, and the cursors that they speak of.

Whatever is paged is in the order of its ids, and a cursor names the id that it stands at and the list that it is of.
So a cursor outlives the version of the graph that it was made on: a page goes on after its id, also where that id is
gone by now. Only the findings of a gap question have no ids; their cursors name the version and what was asked, and go
stale with the version.
"""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.errors import LiantuError
from graph.language import Text

DEFAULT_PAGE: Final = 20
"""How many items a page has where neither `first` nor `last` is given."""

_LONGEST: Final = 2048
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The paging arguments of one field, as given."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def size(self, largest: int) -> int:
        """How many items are asked for; `api.page` where that is negative, more than `largest`, or asked twice."""
        if self.first is not None and self.last is not None:
            raise LiantuError(
                "api.page", reason=Text("first 与 last 不能同时给出", "first and last exclude each other")
            )
        for name, value in (("first", self.first), ("last", self.last)):
            if value is not None and not 0 <= value <= largest:
                reason = Text(f"{name} 应在 0 到 {largest} 之间", f"{name} must be from 0 to {largest}")
                raise LiantuError("api.page", reason=reason)
        return next(
            (size for size in (self.first, self.last) if size is not None), min(DEFAULT_PAGE, largest)
        )


@dataclass(frozen=True, slots=True)
class Page:
    """The part `[start:stop]` of a list that a page shows, and whether there is more on either side."""

    start: int
    stop: int
    total: int
    has_previous: bool
    has_next: bool


def encode(scope: str, position: str) -> str:
    """The cursor of the item `position` in the list `scope`."""
    words = json.dumps([scope, position], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(words.encode("utf-8")).decode("ascii").rstrip("=")


def decode(scope: str, cursor: str) -> str:
    """The position that a cursor of `scope` names; `api.page` where it is malformed or of another list."""
    malformed = LiantuError("api.page", reason=Text("游标无法识别", "the cursor is malformed"))
    if len(cursor) > _LONGEST or not cursor.isascii():
        raise malformed
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        value = json.loads(raw.decode("utf-8"))
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair is no text
    except (binascii.Error, ValueError, RecursionError):
        raise malformed from None
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)):
        raise malformed
    if value[0] != scope:
        raise LiantuError("api.page", reason=Text("游标属于另一个列表", "the cursor is of another list"))
    return str(value[1])


def paged(ids: Sequence[str], request: PageRequest, scope: str, largest: int) -> Page:
    """The page of a list whose `ids` are in ascending order; `api.page` where the request makes no sense."""
    low, high = 0, len(ids)
    if request.after is not None:
        low = bisect_right(ids, decode(scope, request.after))
    if request.before is not None:
        high = max(low, bisect_left(ids, decode(scope, request.before)))
    size = request.size(largest)
    start, stop = (low, min(high, low + size)) if request.last is None else (max(low, high - size), high)
    return Page(start, stop, len(ids), has_previous=start > 0, has_next=stop < len(ids))


def finding_position(version: str, asked: str, number: int) -> str:
    """Where a finding stands: in a version, in the answer to what was asked (a short hash of it), at a number."""
    return f"{version}:{asked}:{number:0{_DIGITS}d}"


def check_version(cursor: str | None, scope: str, version: str, asked: str) -> None:
    """Refuse a cursor into findings of another version of the graph, or of other parameters (`api.page`)."""
    if cursor is None:
        return
    rest, _, number = decode(scope, cursor).rpartition(":")
    made, _, of = rest.rpartition(":")
    if not (made and len(number) == _DIGITS and number.isascii() and number.isdecimal()):
        raise LiantuError("api.page", reason=Text("游标无法识别", "the cursor is malformed"))
    if made != version:
        reason = Text(
            "图谱已更新，请从第一页重新开始", "the graph has changed, begin again at the first page"
        )
        raise LiantuError("api.page", reason=reason)
    if of != asked:
        reason = Text("游标属于参数不同的另一次提问", "the cursor is of the question with other parameters")
        raise LiantuError("api.page", reason=reason)
