"""Who issued a document (印发): in the sentence, in its own title, or by a later `印发了实施方案`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import Frame

_ISSUE: Final = (
    "(?:联合|共同|正式|制定|研究|等?(?:[一二三四五六七八九十\\d]{1,3}(?:个)?)?(?:部门|部委|单位))*"
    "(?:印发|发布|出台|颁布|下发|公布|制定出台|印发实施|发文)"
)
_BACKWARD: Final = re.compile(
    "印发(?:了)?(?:该|此|这一|上述)?(?P<genre>实施方案|方案|意见|实施意见|"
    "通知|行动计划|计划|办法|规划|措施)(?=[，。；]|$)"
)

FRAMES: Final = (
    Frame("ISSUED_BY", "{tail=A}(?:等)?{~}{0,6}?" + _ISSUE + "(?:了|的|关于)?{head=D}"),
    Frame("ISSUED_BY", "{tail=A}(?:等)?" + _ISSUE + "(?:了|的)?{D}[（(〔]{head=D}"),
    Frame("ISSUED_BY", "{tail=A}{A}(?:联合)?" + _ISSUE + "(?:了|的|关于)?{head=D}"),  # 甲办公厅　乙办公厅印发
    Frame(
        "ISSUED_BY", "{tail=A}(?:等[一二三四五六七八九十\\d]{0,3}(?:个)?(?:部门|单位|部委)?)?{head=D}"
    ),  # 教育部等六部门《…》
    Frame("ISSUED_BY", "{head=D}(?:已)?(?:由|经){tail=A}(?:等)?" + _ISSUE),
    Frame("ISSUED_BY", "{head=D}[^。；]{0,60}?(?:由|经){tail=A}(?:等)?(?:于{~}{0,14})?" + _ISSUE),
    Frame(
        "ISSUED_BY",
        "^(?P<tail>{A}{2,12})(?:等[一二三四五六七八九十\\d]{0,3}(?:部门|单位))?{head=D}(?=$|[（(。])",
    ),
    Frame("ISSUED_BY", "^{tail=A}(?:等)?(?:[一二三四五六七八九十\\d]{0,3}(?:部门|单位))?{head=D}$"),
)


# The end of a notice: whoever signs it, and the day.
_SIGNED: Final = re.compile(
    "\n[ \u3000]*(?P<names>[^\n，。；：]{4,60})\n[ \u3000]*(?:19|20)\\d\\d年\\d{1,2}月\\d{1,2}日\\s*$"
)
_HEREBY: Final = re.compile("现将《?$|现(?:印发|发布|公布)《?$")


def signed(text: str, entities: Sequence[Mention]) -> Iterator[Relation]:
    """`现将《D》印发给你们…` with a signature at the end: who signs issues D."""
    end = _SIGNED.search(text)
    if end is None:
        return
    begin, stop = end.span("names")
    issuers = [n for n, m in enumerate(entities) if m.kind == "Agency" and begin <= m.start < stop]
    for number, mention in enumerate(entities):
        if mention.kind == "PolicyDocument" and _HEREBY.search(
            text, max(0, mention.start - 8), mention.start
        ):
            for issuer in issuers:
                yield Relation(
                    "ISSUED_BY", number, issuer, mention.start, entities[issuer].end, confidence=0.8
                )


def issued_before(text: str, entities: Sequence[Mention]) -> Iterator[Relation]:
    """`市政府办公厅印发了实施方案` names the last document of that genre before it in the passage."""
    for match in _BACKWARD.finditer(text):
        issuer = next(
            (n for n, m in enumerate(entities) if m.kind == "Agency" and m.end == match.start()), None
        )
        named = [
            number
            for number, mention in enumerate(entities)
            if mention.kind == "PolicyDocument"
            and mention.end < match.start()
            and mention.surface.endswith(match["genre"])
        ]
        if issuer is not None and named:
            yield Relation(
                "ISSUED_BY", named[-1], issuer, entities[named[-1]].start, match.end(), confidence=0.7
            )
