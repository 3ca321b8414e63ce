"""Who a clause speaks of where it does not say so (主语省略).

`甲学院去年升格，设有护理专业，与乙公司共建丙产业学院` says 设有 and 与…共建 of 甲学院. Frames read clauses, so the name
that is meant is put where the clause leaves it out: only before predicates that take such a subject, and only
names of the kinds that the predicate asks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.extraction import Mention
from nlp.relations.letters import ANY, LETTER, SHORT, letters, listed
from nlp.relations.others import begins_with_others, speaks_of_others
from nlp.seeking import opening

DECLARED: Final = re.compile(
    "[（(](?:以下|下文|下)?(?:统一|统称|均)?(?:简称|称|又称|亦称|也称|又名|俗称|原名|原|前身[为是]?|曾用名|现更名为|更名为)[^（）()]{1,30}[）)]"
)
_JOINT: Final = re.compile("与|和|同|联合|携手|牵手|会同")
# 甲公司签约仪式…举行，聚焦…: it is the meeting that the clauses behind it speak of
MEETING: Final = re.compile(
    f"(?<={letters('SE')})[^，\ue000-\uf8ff]{{0,10}}(?:大会|论坛|峰会|年会|仪式|博览会)(?![^，]{{0,4}}(?:暨|揭牌))"
)
_WISHED: Final = re.compile("(?:支持|鼓励|引导|依托|推动|由)$")
_LONGEST_LIST: Final = 30
# `与甲公司共建…、与乙公司共建…`: an item that says with whom is a clause of its own.
_CLAUSE: Final = re.compile(f"(?:(?!(?<=.)、(?:与|和|同|联合|携手|为){ANY})[^，；：。！？\n])+")
_OPENING: Final = (
    f"(?:由{ANY}[^，]{{0,8}}(?:升格|更名|改制|组建|合并|转设|演变|改建)(?:而来|而成|成立)?的)?"
    "(?:[（(][一二三四五六七八九十\\d]{1,3}[）)]|\\d{1,2}[.．、]|[一二三四五六七八九十]是)?"
    "(?:(?:19|20)\\d\\d年)?(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:近日|日前|今年|去年|目前|近年来|其中|同时|此外|据悉|比如|例如|如|"
    "由|作为|支持|鼓励|推动|引导|依托|会上|现场|当天|随后|当地的?|上午|下午|位于)*"
    f"(?:(?:总部)?(?:位于|地处|设在|来自|坐落于){ANY}的)?"
)
_TOPIC: Final = re.compile(
    f"{_OPENING}(?P<group>{listed('SEAPCGXNTLID', _LONGEST_LIST)})(?:的?(?P<owned>{letters('GXNTLC')}))?"
)
# 接续本科专业：林学、森林保护: what is listed so is not what the text goes on to speak of.
_LISTS: Final = re.compile("(?:接续|衔接)[^，。；：\ue000-\uf8ff]{0,12}：$")
# 宁远县唯一的公办中职——宁远县职业中专学校: what a clause comes to speak of behind a dash.
_NAMED_LAST: Final = re.compile(f"(?:——|是|叫|为)(?P<group>{letters('SEPC')})$")
# （三）先进材料产业链。由甲专业群对接: what a clause names is who does it, to what stands before it.
_DONE_BY: Final = re.compile(
    f"(?:主要|分别|首期|拟|将|现|已|并)*由[^。；，]{{0,6}}?(?:{letters('SEAPCR')}的?)?"
    f"{listed('SEAPCGXNTL', _LONGEST_LIST)}(?:等[^，。；]{{0,10}}?)?"
    "(?:共同|联合|合作|合力|负责|牵头|具体|统筹|精准|紧密|重点)*"
    "(?:(?P<built>(?:投资|出资)?(?:共建|建设|兴建|新建|承建|建成|打造|组建|成立|创办|开办))|"
    "(?P<led>牵头|发起|组成|参与)|(?P<served>对接|承接|支撑|服务))"
    "(?:了|而成|并?(?:运营|管理|使用|运行))?(?=[，。；\n]|$)"
    f"(?!，(?:联合|共同|并|会同|携手)*(?:成立|组建|建立|打造|共建|举办)[^，。；]{{0,16}}{letters('CNTLZ')})"
)
_DONE_TO: Final = {"built": "TLNZC", "led": "CTLN", "served": "I"}
_BUILT: Final = re.compile(
    f"(?:共建|成立|组建|设立|打造|开办|揭牌)了?[^，]{{0,6}}?(?P<built>{letters('NTLGC')})$|"
    f"的(?P<group>{letters('G')})$|"
    f"(?:增设|新增|新设|开设|设置|开办)了?[^，]{{0,4}}?(?P<offered>{listed('X', _LONGEST_LIST)})(?:等)?[^，]{{0,6}}专业$"
)
_ADVERBS: Final = (
    "(?:到[^，。；\ue000-\uf8ff]{2,8}[末年底时]|逐步|首期|首批|陆续|一期|今后|未来|下一步|接下来|持续|现|目前|还|并|也|又|已|先后|分别|积极|主动|近日|日前|今年|去年|明年|(?:19|20)\\d\\d年|起|现已|同时|已经|正|正在|拟|将|计划|则|"
    "长期|连续[^，]{1,4}年|多次|再次|率先|成功|合作|重点|专门|毕业生|学生|毕业后|多|主要|可|年均|每年|共|在[^，。；\ue000-\uf8ff]{1,8}(?=建|共|成立|设|开|打))*"
)


@dataclass(frozen=True)
class _Predicate:
    """A predicate that asks for a subject of certain kinds.

    `across`: also for the one of the sentence before. `joins`: it says with whom, so that its subject is who
    stands before the 与 of the clause before, not both.
    """

    pattern: re.Pattern[str]
    kinds: frozenset[str]
    across: bool = False
    of_built: bool = False
    joins: bool = False


def _predicate(
    pattern: str, kinds: str, *, across: bool = False, of_built: bool = False, joins: bool = False
) -> _Predicate:
    return _Predicate(
        re.compile(pattern), frozenset(SHORT[letter] for letter in kinds), across, of_built, joins
    )


_PREDICATES: Final = (
    _predicate(
        f"(?:毕业生|学生)?(?:毕业后)?(?:可|主要|能)*(?:从事|担任|任|胜任|面向|培养|成为|对应)(?=[^，；]{{0,8}}{letters('O')})",
        "X",
        across=True,
    ),
    _predicate(
        "可?(?:接续|衔接)(?=[^，。；、：\ue000-\uf8ff]{0,12}(?:$|" + letters("X") + "))",
        "X",
        across=True,
    ),
    _predicate(
        f"(?:有|设有|建有|拥有|分设|分为)(?=(?:[^，。；、\ue000-\uf8ff]{{1,4}}、)?{letters('RP')})", "S"
    ),
    _predicate(
        "(?:联合|共同|合作|携手)?(?:共建|申报|共同建设|打造的|建设的|组建的|成立的)", "SEP", across=True
    ),
    _predicate(f"(?:与|和|同|联合|携手|牵手|会同|洽谈|依托)(?={letters('SEPA')})", "SE", joins=True),
    _predicate("(?:共同|联合|合作|携手)(?=建|打|组|成|设|开|培|举|申|研|牵|发)", "SEPA"),
    _predicate("(?:开设|设有|设置|新增|增设|新设|申报|招收|停招|首届招|现有专业)", "S", across=True),
    _predicate(
        "(?:对接|服务|面向|聚焦|围绕|瞄准|紧扣|立足|助推|赋能|致力|精准对接|紧密对接|主动服务|支撑|适应|从事|胜任|就业)",
        "GXNTLCS",
        of_built=True,
    ),
    _predicate(
        "(?:主导产业|主营|深耕|专注|形成|集聚|处于产业链|位于产业链|做[大强优精]|主攻|侧重|(?:前瞻|超前)?布局|谋划|聚焦)",
        "EP",
    ),
    _predicate(f"以{letters('I')}", "EP"),
    _predicate("(?:涵盖|包含|包括|覆盖|由|以(?!及))", "GC"),
    _predicate(
        "(?:建有|建成|建设|打造|拥有|组建|成立|设立|开办|举办|合办|签订|签署|签约|获批)", "SEPC", across=True
    ),
    _predicate("(?:牵头|发起|参与|加入|加盟|当选|担任|任|入选|成为|被推|被选)", "SEAP", across=True),
    _predicate(
        f"其?(?:新|主|老|现)?(?:校区|校园|校址|院区)[^，。；\ue000-\uf8ff]{{0,6}}在[^，。；\ue000-\uf8ff]{{0,6}}{letters('RP')}",
        "S",
        across=True,
    ),
    _predicate(
        f"其?(?:总部|生产基地|厂区|工厂)[^，。；\ue000-\uf8ff]{{0,6}}在[^，。；\ue000-\uf8ff]{{0,6}}{letters('RP')}",
        "E",
        across=True,
    ),
    _predicate(
        f"(?![^，。；\ue000-\uf8ff]{{0,6}}{letters('RP')}的[^，。；]{{0,6}}{letters('SEPT')})(?:位于|[坐座]落|地处|落户|入驻|进驻|总部|选址|隶属|扎根|落地|建在|设在|[把将](?:总部|基地|工厂|校区))",
        "SEPLCTN",
        across=True,
    ),
    _predicate(
        f"在{letters('RP')}[^，。；\ue000-\uf8ff]{{0,8}}(?:，|。|奠基|开工|动工|投产|建厂|设厂|落成|投用)",
        "ESPT",
    ),
    _predicate("(?:招聘|急需|急缺|紧缺|需要|引进|缺)", "EI"),
    _predicate(
        f"(?:累计|每年|年均|共)*(?:参与|向|为|给|选派|派出|派|安排|接收|接纳)(?=[^，。；、\ue000-\uf8ff]{{0,16}}{letters('S')}[^，。；]{{0,20}}(?:捐|学生|实习|导师|教师|教学|授课|人才|专业))",
        "E",
    ),
    _predicate("(?:吸纳|汇聚|成员|理事长|副理事长|秘书处|首批)", "C"),
    _predicate("(?:共享|开放|开发|主持)", "SCE"),
)


_NOBODY: Final[list[int]] = []  # 我市, 企业建议: nobody who is named


@cache
def _possible(*characters: str) -> tuple[_Predicate, ...]:
    """The predicates that may begin with one of some characters."""
    return tuple(
        one
        for one in _PREDICATES
        if (begins := opening(one.pattern.pattern)) is None
        or any(re.match(f"[{begins}]", character) for character in characters)
    )


_WITH_WHOM: Final = re.compile(
    f"(?:与|和|同|联合|携手|牵手|会同)(?P<group>{listed('SEPAC', _LONGEST_LIST)})(?:等[^，]{{0,12}})?"
    "(?:深度|长期|紧密|开展|签订|签署|达成|建立|携手|联合|共同|战略)*(?:合作|协议|签约|联手|对接|$)"
)


@dataclass
class Completed:
    """A sentence as letters with the names that its clauses leave out."""

    letters: list[str]
    mentions: list[int | None]
    offsets: list[int]


class Subjects:
    """Completes the sentences of a passage, one after the other."""

    def __init__(self, entities: Sequence[Mention]) -> None:
        self._entities = entities
        self._built: list[int] = []  # what a clause of this sentence built
        self._topics: list[list[int]] = []  # of this sentence, the newest last; empty: of nobody who is named
        self._partners: set[int] = set()  # with whom they did something
        self._wished: set[int] = set()  # who is no subject: 支持甲学院, 依托乙公司, 由丙集团
        self._before: list[list[int]] = []  # of the one before

    def pass_over(self, text: str) -> None:
        """A sentence without a name, which may speak of somebody else: `我市成效明显。`."""
        if begins_with_others(text):
            self._before, self._topics = [_NOBODY], []

    def complete(self, plain: list[str], mentions: list[int | None], offsets: list[int]) -> Completed:
        """The sentence with the subjects that its clauses leave out."""
        self._before, self._topics = self._still_spoken_of(), []
        self._built = []
        text = "".join(plain)
        completed = Completed([], [], [])
        at = 0
        for clause in _CLAUSE.finditer(text):
            begin, end = clause.span()
            place, group = self._missing(text, begin, end, mentions)
            if group:
                self._copy(completed, plain, mentions, offsets, at, place)
                self._insert(completed, group, offsets[place])
                at = place
        self._copy(completed, plain, mentions, offsets, at, len(plain))
        return completed

    def _still_spoken_of(self) -> list[list[int]]:
        """Of whom a new sentence may go on to speak; of others only where the one before began with them."""
        if self._topics and self._topics[0]:
            return [topic for topic in self._topics if topic]
        return self._topics or self._before

    def _missing(
        self, text: str, begin: int, end: int, mentions: Sequence[int | None]
    ) -> tuple[int, list[int]]:
        """Where in a clause its subject is missing, and the names that it is; notes whom the clause speaks of."""
        place, group = self._of_clause(text, begin, end, mentions)
        built = _BUILT.search(text, begin, end)
        if built:  # 共建丙产业学院，面向光伏产业: it is what was built that serves
            self._built = _numbers(mentions, *built.span(built.lastgroup or 0))
        return place, group

    def _of_clause(
        self, text: str, begin: int, end: int, mentions: Sequence[int | None]
    ) -> tuple[int, list[int]]:
        topic = _TOPIC.match(text, begin, end)
        if topic and _LISTS.search(text, max(0, begin - 20), begin):
            return begin, []
        if topic:
            done_to = self._done_to(text, begin)
            self._speak_of(topic, text, begin, end, mentions)
            return begin, done_to
        if speaks_of_others(text, begin, end):
            self._topics.append(_NOBODY)
            return begin, []
        last = _NAMED_LAST.search(text, max(begin, end - 4), end)
        if last:
            self._topics.append(_numbers(mentions, *last.span("group")))
            return begin, []
        if text[begin : begin + 1] == "、":
            begin += 1
        adverbs = _ADVERB.match(text, begin, end)
        place = adverbs.end() if adverbs else begin
        for predicate in _possible(text[place : place + 1], text[begin : begin + 1]):
            if not predicate.pattern.match(text, place, end) and not predicate.pattern.match(
                text, begin, end
            ):
                continue
            at = place if predicate.pattern.match(text, place, end) else begin
            if self._built and predicate.of_built:
                return at, self._built
            group = self._spoken_of(predicate.kinds, across=predicate.across and not self._topics)
            if predicate.of_built and self._wished.intersection(group):
                return begin, []
            if group and predicate.joins:
                group = [n for n in group if n not in self._partners] or group
                self._join(text, at, end, mentions, group)
            if group:
                return at, group
        return begin, []

    def _done_to(self, text: str, begin: int) -> list[int]:
        """What the names of a clause build, lead or serve where that stands before it."""
        passive = _DONE_BY.match(text, begin)
        if not passive:
            return []
        done = passive.lastgroup or ""
        if done == "led" and self._topics:  # frames read who leads what the same sentence names
            return []
        kinds = frozenset(SHORT[letter] for letter in _DONE_TO[done])
        return self._spoken_of(kinds, across=not self._topics)[-1:]

    def _speak_of(
        self, topic: re.Match[str], text: str, begin: int, end: int, mentions: Sequence[int | None]
    ) -> None:
        group = _numbers(mentions, *topic.span("group"))
        if MEETING.match(text, topic.end("group"), end):
            return
        self._topics.append(group)
        if _WISHED.search(text, begin, topic.start("group")):
            self._wished |= set(group)
        joint = _JOINT.search(text, *topic.span("group"))
        self._partners |= set(_numbers(mentions, joint.end(), topic.end("group"))) if joint else set()
        if topic["owned"]:
            self._topics.append(_numbers(mentions, *topic.span("owned")))

    def _join(
        self, text: str, begin: int, end: int, mentions: Sequence[int | None], group: list[int]
    ) -> None:
        """`，与乙公司深度合作，共建…`: both are spoken of from here on."""
        others = _WITH_WHOM.match(text, begin, end)
        if others:
            partners = _numbers(mentions, *others.span("group"))
            self._partners |= set(partners)
            self._topics.append([*group, *partners])

    def _spoken_of(self, kinds: frozenset[str], *, across: bool) -> list[int]:
        for topic in reversed(self._before if across else self._topics):
            group = [n for n in topic if self._entities[n].kind in kinds]
            if group or not topic:
                return group
        return []

    @staticmethod
    def _copy(
        completed: Completed,
        plain: list[str],
        mentions: list[int | None],
        offsets: list[int],
        begin: int,
        end: int,
    ) -> None:
        completed.letters += plain[begin:end]
        completed.mentions += mentions[begin:end]
        completed.offsets += offsets[begin:end]

    def _insert(self, completed: Completed, group: Sequence[int], offset: int) -> None:
        for order, number in enumerate(group):
            if order:
                completed.letters.append("、")
                completed.mentions.append(None)
                completed.offsets.append(offset)
            completed.letters.append(LETTER[self._entities[number].kind])
            completed.mentions.append(number)
            completed.offsets.append(offset)


def _numbers(mentions: Sequence[int | None], begin: int, end: int) -> list[int]:
    return [number for number in mentions[begin:end] if number is not None]


_ADVERB: Final = re.compile(_ADVERBS)
