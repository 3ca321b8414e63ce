"""Where a name begins (名称左边界): walk left from a suffix over the words, and tell a name from a generic phrase.

Chinese writes names without spaces, so `支持重庆市智能网联新能源汽车产教联合体` must be cut after `支持`. The walk
stops at punctuation, function words and verbs that do not occur inside names; then what cannot begin a name is
stripped. What is left without a single telling word (`高水平产业学院`) is generic and no name at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from nlp.characters import Doc
from nlp.names import names
from nlp.seeking import one_of
from nlp.words import Words

LONGEST_NAME: Final = 36
MODERN: Final = frozenset(
    ("现代", "未来", "近代", "当代", "新一代", "新时代")
)  # words of time inside of names

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
        "加盟",
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
        "现有",
        "共有",
        "代表",
        "推举",
        "推荐",
        "列入",
        "入选",
        "获批",
        "获评",
        "荣获",
        "公布",
        "印发",
        "举行",
        "召开",
        "前往",
        "走进",
        "来自",
        "分别",
        "做强",
        "做优",
        "助推",
        "助力",
        "赋能",
        "紧紧围绕",
        "围绕",
        "立足于",
        "位于",
        "落户",
        "入驻",
        "进驻",
        "坐落于",
        "地处",
        "选址",
        "做大",
        "紧挨",
        "毗邻",
        "紧邻",
        "比邻",
        "邻近",
    ]
)
_FUNCTION: Final = frozenset(
    "暨好让些较的了在是由为将把对从向到于有被让使等个家所名之其此该各每第约近超较最更又也都并且或即就只不未已着过赴来去请邀同跟给替令叫派送签设建办"
    "做当任像如入进出上下内外里前后间时起达现经按据依沿随至自用以可能会要应须需想敢愿找看听说讲问占增减升降共拟获赢评选列属含包缺少多我你"
    "他她它们这那某本年月日时曾正即仍还再很非无称"
)
_INNER: Final = frozenset("和与及中")
_INTRODUCES: Final = frozenset("在与和由为向对从暨")
_TWO_COUNTRIES: Final = re.compile("中[德英法美日韩俄澳加新意瑞芬荷丹西白老缅泰非欧巴]$")  # 沈阳中德学院
_LEADING: Final = frozenset(names("leading_words"))
_STRIP: Final = re.compile(
    r"(?:国家级|省级|市级|区级|县级|校级|首批|"
    r"(?:副?理事长|常务理事|理事|牵头|成员|会员|支持|参建|发起|主办|承办|协办|指导|依托|合作)单位|(?:深度|长期|紧密)?合作(?:企业|单位|伙伴)|\d{1,2}[.．、]|"
    r"\d+[余多]?[所家个名]|第[一二三四五六七八九十\d]+批|一批|一个|若干|多个|多家|重点|相关|有关|所属|"
    r"牵手|携手|联手|共管|共享|共用|各|该|本|等|暨|和|与|及|的|之|名|所|家|个|项|座|级|批|内|间|即|向|将|"
    r"把|从|在|由|为|是|有|以|对|了|着|过|并|也|又|都|"
    r"\d+|[一二三四五六七八九十两]+(?=[个家所项座批名]))"
)
_ASCII_NAME: Final = re.compile(r"[A-Za-z0-9&\-·+.]+")
_GENERIC: Final = re.compile(one_of(names("generic")))
_BRACKETED: Final = re.compile(r"[（(](?![一二三四五六七八九十]{1,3}[）)])[\u4e00-\u9fffA-Za-z]{1,8}[）)]$")


def _passes(word: str, tag: str, lenient: bool) -> bool:
    if word in _INNER or word in _FUNCTION or (word in _BREAKING and not (lenient and word == "建设")):
        return False
    if len(word) == 1 and "\u4e00" <= word <= "\u9fff":
        return True  # an unknown brand falls into single characters: 天合, 赛瓦
    if tag == "x":
        return bool(_ASCII_NAME.fullmatch(word))
    if word in NOMINAL_VERBS or tag == "vn":
        return True
    if tag in _STOP_TAGS:
        return word in MODERN
    if tag == "v":
        return lenient and len(word) > 1 and word not in _LEADING
    return True


def name_start(doc: Doc, suffix: int, stops: Collection[int] = (), *, lenient: bool = False) -> int:
    """Where the name begins whose suffix stands at `suffix`; `suffix` itself where nothing before it belongs to it.

    `stops` are offsets that the walk does not cross, such as the end of the name before. A name of the catalogue
    is passed as a whole. `lenient` lets verbs pass that do not introduce names (full company names hold many).
    """
    return strip_left(
        doc._.words.content, doc._.words, walk_left(doc, suffix, stops, lenient=lenient), suffix
    )


def walk_left(doc: Doc, suffix: int, stops: Collection[int] = (), *, lenient: bool = False) -> int:
    """How far words that occur in names reach to the left of `suffix`."""
    text, words, passable = doc._.words.content, doc._.words, doc._.passable
    floor = max([suffix - LONGEST_NAME, 0, *(stop for stop in stops if stop <= suffix)])
    position = suffix
    while position > floor:
        known = passable.get(position)
        if known is not None and known >= floor:
            position = known
            continue
        if text[position - 1] in "）)":
            bracket = _BRACKETED.search(text, max(floor, position - 10), position)
            if bracket:
                position = bracket.start()
                continue
        if position - 2 >= floor and _TWO_COUNTRIES.match(text, position - 2, position):
            position -= 2
            continue
        if text[position - 1] == "中" and _begins_name(doc, text, position - 1, floor):
            position -= 1  # 由|中软国际, 贵州|中泰
            break
        index = words.index(position - 1)
        word, tag, start = words.texts[index], words.tags[index], words.starts[index]
        if start < floor:
            break
        inside = text[start:position]  # a word that reaches into the suffix counts by its part before it
        if len(inside) < len(word) and len(word) > 1:
            tag = "n"
        if not _passes(inside, tag, lenient):
            break
        if len(inside) > 1 and inside[0] in _INTRODUCES and tag.startswith("nr"):
            position = start + 1
            break
        position = start
    return position


def from_place(doc: Doc, start: int, suffix: int, floor: int) -> int:
    """`start`, or the place before it from which only words of names and 和 lead to it: 西藏汽车服务与管理行业|职教集团.

    A place behind which another name ends (重庆市教育局和化工|协会) begins no such name.
    """
    text, words = doc._.words.content, doc._.words
    floor = max(floor, suffix - LONGEST_NAME)
    at = start
    while at > floor:
        place = doc._.place_ends.get(at)
        if place is not None and place >= floor and start - at > 1:
            return place if not _ENDS_A_BODY.search(text, at, start) else start
        wide = _GREAT_REGION.search(text, max(floor, at - 8), at)
        if wide and start - at > 1:
            return wide.start() if not _ENDS_A_BODY.search(text, at, start) else start
        if text.startswith(("全国", "中国"), at - 2) and at - 2 >= floor and start - at > 1:
            return at - 2 if not _ENDS_A_BODY.search(text, at, start) else start
        index = words.index(at - 1)
        word, begin = words.texts[index], words.starts[index]
        conjunction = word in ("和", "与", "及") and at <= suffix - 2
        industry = word == "建设" and bool(_AN_INDUSTRY.match(text, at))
        if begin < floor or not (conjunction or industry or is_nominal(words, begin, at, leading=True)):
            return start
        at = begin
    return start


_GREAT_REGION: Final = re.compile(
    "(?:黄河流域|长江流域|珠江流域|淮河流域|长江经济带|长三角|珠三角|京津冀|粤港澳(?:大湾区)?|成渝(?:地区|双城经济圈)?|川渝|海峡两岸|"
    "中国—东盟|中国-东盟|西部(?:地区)?|东北(?:地区)?|西北(?:地区)?|西南(?:地区)?|中部(?:地区)?|北部湾|环渤海|省会经济圈|长株潭|一带一路)$"
)
_ENDS_A_BODY: Final = re.compile(
    "(?:会|[学法]院|校|局|厅|委|部|公司|集团|政府|中心|大学|园区|新区|开发区|[省市区县])[和与及]"
)
_AN_INDUSTRY: Final = re.compile("行业|工程|职业|集团|监理|管理|教育|协会|人才|投资|银行|科技")


def _begins_name(doc: Doc, text: str, at: int, floor: int) -> bool:
    """Whether 中 at `at` begins a name: behind a mark, a preposition or a place, not in `发展中`."""
    before = text[at - 1 : at]
    return at <= floor or before in "、，。；：“《（ \u3000\n与和由及向为对同" or at in doc._.passable


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


def is_nominal(words: Words, start: int, end: int, *, leading: bool = False) -> bool:
    """Whether a stretch can be part of a name: no mark, particle, pronoun, preposition, adverb or plain verb in it.

    `leading` lets words pass that only cannot begin a name (管理, 服务).
    """
    for index in range(words.index(start), words.index(end - 1) + 1):
        word, tag = words.texts[index], words.tags[index]
        if len(word) == 1:
            if word in _FUNCTION or not "\u4e00" <= word <= "\u9fff":
                return False
            continue
        if word in _BREAKING or (word in _LEADING and not leading) or tag == "x":
            return False
        if tag in _STOP_TAGS and word not in MODERN:
            return False
        if tag == "v" and word not in NOMINAL_VERBS and word[-1] not in "与和及":
            return False
    return True
