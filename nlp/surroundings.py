"""Where a name begins (名称左边界): walk left from a suffix over the words, and tell a name from a generic phrase.

Chinese writes names without spaces, so `支持重庆市智能网联新能源汽车产教联合体` must be cut after `支持`. The walk
stops at punctuation, function words and verbs that do not occur inside names; then what cannot begin a name is
stripped. What is left without a single telling word (`高水平产业学院`) is generic and no name at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from spacy.tokens import Doc

from nlp.names import names
from nlp.words import Words

LONGEST_NAME: Final = 36

# Tags (jieba) that end a name on its left: prepositions, conjunctions, particles, pronouns, adverbs, time, …
_STOP_TAGS: Final = frozenset(
    ("p", "c", "u", "uj", "ul", "ud", "uv", "uz", "ug", "r", "rr", "rz", "d", "y", "e", "o", "t")
)
NOMINAL_VERBS: Final = frozenset(names("nominal_verbs"))
_BREAKING: Final = frozenset(
    [
        "建设",
        "会同",
        "委托",
        "建议",
        "支持",
        "联合",
        "携手",
        "邀请",
        "通知",
        "批准",
        "同意",
        "要求",
        "鼓励",
        "引导",
        "负责",
        "牵头",
        "促进",
        "落实",
        "提升",
        "优化",
        "结合",
        "紧密",
        "紧密结合",
        "紧密围绕",
        "深度融合",
        "做好",
        "办好",
        "面向",
        "主要",
        "随之",
        "对照",
        "担任",
        "急缺",
        "紧缺",
        "急需",
        "招聘",
        "招收",
        "聘用",
        "牵手",
        "联手",
        "前身",
    ]
)
_FUNCTION: Final = frozenset(
    "好让些较的了在是由为将把对从向到于有被让使等个家所名之其此该各每第约近超较最更又也都并且或即就只不未已着过赴来去请邀同跟给替令叫派送签设建办"
    "做当任像如入进出上下内外里前后间时起达现经按据依沿随至自用以可能会要应须需想敢愿找看听说讲问占增减升降共拟获赢评选列属含包缺少多我你"
    "他她它们这那某本年月日时曾正即仍还再很非无"
)
_INNER: Final = frozenset("和与及中")
_LEADING: Final = frozenset(names("leading_words"))
_STRIP: Final = re.compile(
    r"^(?:国家级|省级|市级|区级|县级|校级|首批|"
    r"第[一二三四五六七八九十\d]+批|一批|一个|若干|多个|多家|重点|相关|有关|所属|"
    r"各|该|本|等|和|与|及|的|之|名|所|家|个|项|座|级|批|内|间|即|向|将|"
    r"把|从|在|由|为|是|有|以|对|了|着|过|并|也|又|都|"
    r"\d+|[一二三四五六七八九十两]+(?=[个家所项座批名]))"
)
_ASCII_NAME: Final = re.compile(r"[A-Za-z0-9&\-·+.]+")
_GENERIC: Final = re.compile("|".join(sorted(map(re.escape, names("generic")), key=len, reverse=True)))
_BRACKETED: Final = re.compile(r"[（(](?![一二三四五六七八九十]{1,3}[）)])[\u4e00-\u9fffA-Za-z]{1,8}[）)]$")


def _passes(word: str, tag: str, lenient: bool) -> bool:
    if word in _INNER or word in _FUNCTION or word in _BREAKING:
        return False
    if len(word) == 1 and "\u4e00" <= word <= "\u9fff":
        return True  # an unknown brand falls into single characters: 天合, 赛瓦
    if tag == "x":
        return bool(_ASCII_NAME.fullmatch(word))
    if word in NOMINAL_VERBS or tag == "vn":
        return True
    if tag in _STOP_TAGS:
        return word in ("现代", "未来", "近代", "当代", "新一代", "新时代")
    if tag == "v":
        return lenient and len(word) > 1 and word not in _LEADING
    return True


def name_start(doc: Doc, suffix: int, stops: Collection[int] = (), *, lenient: bool = False) -> int:
    """Where the name begins whose suffix stands at `suffix`; `suffix` itself where nothing before it belongs to it.

    `stops` are offsets that the walk does not cross, such as the end of the name before. A name of the catalogue
    is passed as a whole. `lenient` lets verbs pass that do not introduce names (full company names hold many).
    """
    text, words, passable = doc._.words.content, doc._.words, doc._.passable
    floor = max([suffix - LONGEST_NAME, 0, *(stop for stop in stops if stop <= suffix)])
    position = suffix
    while position > floor:
        known = passable.get(position)
        if known is not None and known >= floor:
            position = known
            continue
        bracket = _BRACKETED.search(text, max(floor, position - 10), position)
        if bracket:
            position = bracket.start()
            continue
        index = words.index(position - 1)
        word, tag, start = words.texts[index], words.tags[index], words.starts[index]
        if start < floor:
            break
        inside = text[start:position]  # a word that reaches into the suffix counts by its part before it
        if len(inside) < len(word) and len(word) > 1:
            tag = "n"
        if not _passes(inside, tag, lenient):
            break
        position = start
    return strip_left(text, words, position, suffix)


def strip_left(text: str, words: Words, start: int, end: int) -> int:
    """`start` moved right past what cannot begin a name: numerals with classifiers, ranks, introducing verbs."""
    while start < end:
        index = words.index(start)
        word = text[start : min(end, words.starts[index] + len(words.texts[index]))]
        if word in _LEADING and start + len(word) < end:
            start += len(word)
            continue
        junk = _STRIP.match(text, start, end)
        if not junk or (len(junk.group()) == 1 and len(word) > 1):
            return start
        start = junk.end()
    return start


def residue(head: str) -> str:
    """What is left of a phrase without its generic words: empty where it names nothing.

    >>> residue("高水平现代"), residue("智能制造高水平")
    ('', '智能制造')
    """
    return _GENERIC.sub("", head)
