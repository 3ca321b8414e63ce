"""Places that stand alone (行政区域): province and city in one run are one mention; one-character names by frame."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from spacy.language import Language

from graph.reference import rows
from nlp.catalogues import short_county, short_region
from nlp.characters import Doc, Span
from nlp.gazetteer import CATALOGUE
from nlp.seeking import Seeker

REGIONS: Final = "regions"

SHORT: Final = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "冀": "河北省", "豫": "河南省", "湘": "湖南省",
    "鄂": "湖北省", "皖": "安徽省", "鲁": "山东省", "苏": "江苏省", "浙": "浙江省", "赣": "江西省", "闽": "福建省",
    "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "川": "四川省", "黔": "贵州省", "滇": "云南省",
    "陕": "陕西省",
}  # fmt: skip
_LETTERS: Final = "".join(SHORT)
_AFTER_VERB: Final = re.compile(
    f"(?<=[留在来驻赴返入援离])[{_LETTERS}](?![\u4e00-\u9fff]?[省市县江山河海语剧菜])"
)
_TOGETHER: Final = Seeker(
    f"(?<![\u4e00-\u9fff])[{_LETTERS}]{{2,5}}(?=[两三四五]地|[两三四五]省|合作|毗邻|联合|，|、|。)"
)
_ALL_LETTERS: Final = f"{_LETTERS}甘青宁新藏蒙黑吉辽晋贵云台港澳"
_NUMBERED_LIST: Final = Seeker(
    f"(?<![\u4e00-\u9fff])[{_ALL_LETTERS}](?:、[{_ALL_LETTERS}]){{1,8}}(?=等?[两二三四五六七八九]省)"
    f"|(?<=[到向在对])[{_ALL_LETTERS}](?:、[{_ALL_LETTERS}]){{1,8}}(?=等?[两二三四五六七八九]省)"
)
_HELD: Final = re.compile("举[行办]|召开")  # 在京举行 is one word to the segmenter
_ALONE_IN_LIST: Final = re.compile(f"(?<=[、，])[{_LETTERS}](?=[、，等])")
_CONTINUES: Final = re.compile(
    "(?:市|省)?域|路|大道|街道?|话|菜|籍|站|港口?|军区|机场|海关|(?:商品|证券)交易所|重工|银行|铁路局|电网|日报|大学城"
)
_PARTS_OF_A_CITY: Final = frozenset(["城区", "郊区", "矿区"])  # districts only behind their city: 晋城市城区
_NOT_HERE: Final = frozenset(["华东", "华北", "西北", "东北"])


@Language.component("regions")
def find_regions(doc: Doc) -> Doc:
    """Mark places in `doc.spans["regions"]`."""
    text = doc._.words.content
    runs: list[list[int]] = []
    for span in doc.spans[CATALOGUE]:
        if span.label_ != "Region":
            continue
        if not ((span.start, span.end) in doc._.counties or _at_word(doc, span)) or str(span) in _NOT_HERE:
            continue
        if runs and span.start < runs[-1][1]:
            continue  # inside a longer one
        if str(span) in _PARTS_OF_A_CITY and not (runs and span.start == runs[-1][1]):
            continue  # 东部城区
        if (
            runs
            and span.start == runs[-1][1]
            and _lies_in(str(span), text[runs[-1][0] : runs[-1][1]], len(span))
        ):
            runs[-1][1] = span.end
        else:
            runs.append([span.start, span.end])
    found = [Span(doc, start, end, label="Region") for start, end in runs if not _CONTINUES.match(text, end)]
    found += [
        Span(doc, match.start(), match.end(), label="Region")
        for pattern in (_AFTER_VERB, _ALONE_IN_LIST)
        for match in pattern.finditer(text)
        if doc._.words.is_edge(match.end())
        or _HELD.match(text, match.end())  # not 鲁 in 在鲁班工坊, 津 in 赴津巴布韦
    ]
    for match in _NUMBERED_LIST.finditer(text):
        found += [
            Span(doc, at, at + 1, label="Region")
            for at in range(match.start(), match.end())
            if text[at] in _ALL_LETTERS
        ]
    for match in _TOGETHER.finditer(text):
        found += [Span(doc, at, at + 1, label="Region") for at in range(match.start(), match.end())]
    doc.spans[REGIONS] = found
    return doc


@cache
def _divisions() -> dict[str, set[str]]:
    """The first digits of the codes of each place, by its name with and without rank: 2 of a province, 4 of a city, 6."""
    found: dict[str, set[str]] = {}
    for row in rows("regions"):
        digits = {"省级": 2, "地级": 4}.get(row["level"], 6)
        for name in {row["name"], short_county(row["name"]) if digits > 4 else short_region(row["name"])}:
            found.setdefault(name, set()).add(row["code"][:digits])
    return found


def _lies_in(place: str, whole: str, length: int) -> bool:
    """Whether a place that stands right behind another goes on naming it: 江苏省常州市, 浙江绍兴."""
    if length > 2:
        return len(whole) > 1
    inner, outer = _divisions().get(place, set()), _divisions().get(whole, set())
    return any(code[:digits] in outer for code in inner for digits in (2, 4) if digits < len(code))


def _at_word(doc: Doc, span: Span) -> bool:
    """A short name must not be cut out of other words: 海南 in 上海南站, 大同 in 大同小异."""
    if len(span) > 2:
        return True
    words = doc._.words
    index = words.index(span.start)
    word, start = words.texts[index], words.starts[index]
    if start == span.start and start + len(word) == span.end:
        return True
    return start <= span.start and start + len(word) >= span.end and words.tags[index] in ("ns", "nt", "nz")
