"""Parties (各方): who takes part in what a trigger says, whatever their order and what is between them.

An event of a clause (`nlp.relations.events`) speaks of one subject. `共建`, `办起`, `揭牌`, `缺口` involve several, who
are told in any order: what was built stands behind the trigger, or before it as the subject of `揭牌`; who built it
is looked for leftward from there, name by name, passing places (`在园区`), beneficiaries (`为甲学院`) and other names,
adding whoever is joined (`与甲公司`), and then in the clause before, whose subject goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import Skeleton, joined, over_letters
from nlp.relations.letters import listed
from nlp.relations.others import begins_with_others, speaks_of_others
from nlp.status import REST, is_negated, status_of

_LONGEST_LIST: Final = 30
_REACH: Final = 44  # characters of a clause between a party and the trigger
_BEFORE: Final = 14  # characters before the parties that say whether it is done
_AFTER: Final = 24  # characters behind what an event says that may say it is something else
_LONGEST_CLAUSE: Final = 240  # letters: reading stays linear
_CLAUSE_ENDS: Final = "，。；：！？\n"
# Before a name: it says where, for whom or by what means, and not who.
_NO_PARTY: Final = re.compile(
    "(?:在|于|位于|依托|到|赴|至|来自|为|向|面向|对接|服务|借助|利用|借鉴|围绕|按照|帮助|毗邻|靠近|从|原|以|将|把|给|被|受|因|聘请|邀请|对|是|成为|(?:在|位于)[\ue000-\uf8ff](?:内|区内|园区|境内)?的|落户|入驻|进驻|入选|加入|参加|作为)$"
)
# Before a name: it is one more party, and who did it with them stands before.
_JOINT: Final = re.compile("(?:与|和|同|跟|及|以及|联合|携手|会同|牵手|联手|协同|引入|引进|依靠)(?:了)?$")
# Before the trigger: whoever supports it does not do it.
_SUPPORTED: Final = re.compile("(?:支持|鼓励|推动|引导|指导|推进|倡导|批准|同意|批复|关于|促进)$")
# Before the subject of a clause: when, in what order.
_OPENING: Final = re.compile("(?:[^\ue000-\uf8ff]{0,10}[\ue000-\uf8ff]?(?:的|市|省))?[^\ue000-\uf8ff]{0,12}")
# Behind a name: it is not that body that is spoken of.
_ITS: Final = re.compile(
    "(?:的)?(?:党委|党总支)?(?:书记|校长|院长|副校长|副院长|董事长|总经理|负责人|相关负责|有关负责|老师|教师|学生|毕业生|校友|代表|专家|教授|人事|经理|校区内|校园内|内|里|等地|以南|以北|旁)"
)
# Between a party and its trigger: another event begins there, of which the trigger is no part.
_ANOTHER: Final = re.compile(
    "参观|考察|走访|走进|出席|参加|参会|介绍|表示|指出|位于|坐落|落户|见证|毕业于|来自|应邀|批准|公布|印发|认定|考入|录取|座谈|交流"
)


@dataclass(frozen=True)
class Undertaking:
    """What a trigger says of whom: `head` and `tail` are kinds as in `Frame`.

    `tail_first`: the tail stands before the trigger (`丙学院揭牌`). `between`: what may stand between trigger and tail.
    """

    kind: str
    head: str
    tail: str
    trigger: str
    between: str = "{~LNTZSEAPC,}{0,16}?"
    behind: str = ""
    tail_first: bool = False
    inherits: bool = True
    over: str = "，"  # the marks behind which the subject of the clause before goes on
    of_passage: bool = False  # the only school of the passage, where the sentence names none
    by_office: bool = False  # 甲大学校长…为丙研究院揭牌: an office acts for its body
    told_of: str = ""  # before a party, what says where elsewhere: 对乙公司来说
    refused: str = ""  # in the clauses, what makes it something else
    status: str | None = None

    @cached_property
    def expression(self) -> str:
        """Trigger and tail as a regular expression over letters."""
        tail = f"(?P<tail>{listed(self.tail, _LONGEST_LIST)})"
        trigger = f"(?P<trigger>{self.trigger})"
        order = tail + self.between + trigger if self.tail_first else trigger + self.between + tail
        return over_letters(order + self.behind)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to be looked for."""
        return re.compile(self.expression)

    @cached_property
    def refusal(self) -> re.Pattern[str] | None:
        """What makes its clauses say something else."""
        return re.compile(over_letters(self.refused)) if self.refused else None

    @cached_property
    def parties(self) -> re.Pattern[str]:
        """A list of names that may be its parties."""
        return re.compile(listed(self.head, _LONGEST_LIST))

    def _of_passage(self, skeleton: Skeleton, at: int, entities: Sequence[Mention]) -> int | None:
        """The only school named so far, where this sentence names none and nobody else stands before."""
        if (
            not self.of_passage
            or self.parties.search(skeleton.letters)
            or _ELSEWHERE.search(skeleton.letters)
            or begins_with_others(skeleton.letters[skeleton.letters.rfind("；", 0, at) + 1 : at])
        ):
            return None
        begin = skeleton.offsets[0]
        named = [n for n, mention in enumerate(entities) if mention.kind == "School" and mention.end <= begin]
        return named[-1] if len({entities[n].surface for n in named}) == 1 and at < _REACH else None

    def read(self, skeleton: Skeleton, entities: Sequence[Mention]) -> Iterator[Relation]:
        """What this event says in a sentence."""
        for match in self.compiled.finditer(skeleton.letters):
            heads, begin = _parties(self, skeleton.letters, match.start())
            alone = self._of_passage(skeleton, match.start(), entities) if not heads else None
            if not heads and alone is None:
                continue
            stated = skeleton.letters[max(0, begin - _BEFORE) : match.end()]  # 支持|甲与乙共建…
            if self.refusal and self.refusal.search(skeleton.letters, begin, match.end() + _AFTER):
                continue
            rest = skeleton.letters[match.end() : match.end() + REST]
            if is_negated(stated[-60:], rest):
                continue
            who = _names(skeleton, heads) if alone is None else [alone]
            if self.kind == "CO_BUILDS":
                body = {entities[n].kind for n in who}  # 甲高新区聚焦…，建设乙中心: what it is to have
                if not (body & {"School", "Enterprise"} or _TOGETHER.search(match["trigger"])):
                    continue
            what = _names(skeleton, [match.span("tail")])
            start, end = skeleton.offsets[begin], skeleton.offsets[match.end()]
            status = self.status or status_of(stated[:40] + stated[40:][-40:], rest, self.kind)
            found = Relation(self.kind, -1, -1, start, end, status=status, confidence=0.75)
            yield from joined(found, who, what, entities)


def _names(skeleton: Skeleton, spans: Sequence[tuple[int, int]]) -> list[int]:
    return [n for begin, end in spans for n in skeleton.mentions[begin:end] if n is not None]


# 全省开设…专业的院校: it is not said of the school before.
_ELSEWHERE: Final = re.compile(
    "全省|全国|全市|各地|各校|院校|高校|多所|该省|我国|企业(?:的|对)|研究|本文|文章"
)
_TOGETHER: Final = re.compile("共|合|联")


def _clause_start(text: str, at: int) -> int:
    floor = max(0, at - _LONGEST_CLAUSE)
    return max(floor, *(text.rfind(mark, floor, at) + 1 for mark in _CLAUSE_ENDS))


def _parties(event: Undertaking, text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """The lists of names that are parties of what is said at `at`, and where the first of them begins."""
    found: list[tuple[int, int]] = []
    if _SUPPORTED.search(text, max(0, at - 4), at):
        return [], at
    end = at
    for step in range(3):
        begin = _clause_start(text, end)
        lists = [m.span() for m in event.parties.finditer(text, begin, end)]
        for start, stop in reversed(lists):
            if step == 0 and not found and at - stop > _REACH:
                return [], at
            before = text[max(begin, start - 6) : start]
            gap = text[stop : at if step == 0 else end]
            if _NO_PARTY.search(before) and not (event.told_of and re.search(event.told_of, before)):
                continue
            if (not event.by_office and _ITS.match(gap)) or (
                step == 0 and not found and _ANOTHER.search(gap)
            ):
                if found:
                    continue
                return [], at
            if step and not _JOINT.search(before) and not _OPENING.fullmatch(text, begin, start):
                continue
            found.append((start, stop))
            if not _JOINT.search(before):
                return found, start
        if not event.inherits or begin == 0 or text[begin - 1] not in event.over:
            break
        if (step and lists and not found) or (not lists and speaks_of_others(text, begin, end)):
            break
        end = begin - 1
    return found, (found[-1][0] if found else at)


_BUILD: Final = (
    "(?:共建|合建|合办|联办|共同建设|建设|打造|成立|组建|设立|建立|创办|创建|开办|举办|筹建|筹办|建成|兴建|建起|办起|办了|开设|申报|搭建|"
    "共设|命名为|冠名为?|投建|构建|发起|开启|组成|创立|推出|联建|合作的|合作开展的|共同实施|联合实施|共同开展的|联合开展的)"
)

UNDERTAKINGS: Final = (
    Undertaking("CO_BUILDS", "SEAPC", "LNTZ", f"{_BUILD}(?:了|起|的|出)?"),
    Undertaking(
        "CO_BUILDS",
        "SEAPC",
        "LNTZ",
        "(?:正式|顺利|联合)?(?:揭牌|挂牌|成立|启动|签约|开班|投用|落成|启用|奠基|开工|获批|立项|建成)",
        between="{~、}{0,6}?",
        tail_first=True,
        inherits=False,
    ),
    Undertaking(
        "CO_BUILDS",
        "SE",
        "LNTZ",
        "为{~}{0,2}",
        between="",
        behind="{~、}{0,6}?(?:揭牌|授牌|挂牌|剪彩|揭幕)",
        inherits=False,
        by_office=True,
    ),
    Undertaking(
        "OFFERS",
        "S",
        "X",
        "专业(?!群|课|人才|教师|带头人|目录|标准|背景|建设|设置|论证|布点)",
        between="(?:等)?[^，。；、\ue000-\uf8ff]{0,12}?",
        tail_first=True,
        over="，；",
        of_passage=True,
        refused="{G}|{N}|{Z}|{D}|专业群|核心|涵盖|毕业于|升入|考入|对接{S}|衔接|贯通|[3三]\\+|中高职|联合办学|停招(?!后)|停办|撤销|淘汰|不再|调研|报考|分段|组建为",
    ),
    Undertaking(
        "OFFERS",
        "S",
        "X",
        "(?:开设|设有|新增|增设|新设|主打|主推|开出|开办|招收|招生)(?:了)?",
        between="{~SX,}{0,10}?",
        refused="{N}[^，]{0,8}，|联合办学|贯通|[3三]\\+",
    ),
    Undertaking(
        "HOSTS",
        "S",
        "G",
        "(?:入选|获批|跻身|位列|立项|获评|成为|是|为|属|上榜|通过|进入|面向|对接|服务|以|涵盖|包含|构建|形成|建有)",
        between="(?:[两三四五六七八九\\d]{1,2}[大个])?(?:高水平|特色|重点|国家级|省级)*(?:专业群)?(?:先后|均|已|双双|近日)?",
        tail_first=True,
        over="，；",
        of_passage=True,
        refused="{N}|{C}|全省|各校|院校",
    ),
    Undertaking(
        "COOPERATES_WITH",
        "S",
        "E",
        "(?:深度|长期|紧密|主要|重点|核心|签约)*合作(?:企业|单位|伙伴|方)(?:之一)?(?:有|包括|为|是|：|——|如)?",
        between="",
        over="，；",
        of_passage=True,
    ),
    Undertaking(
        "DEMANDS",
        "EI",
        "OX",
        "(?:缺口|紧缺|急需|急缺|最缺|奇缺|难招|招不到|一将难求|告急|供不应求|需求(?:量)?(?:[大旺猛增]|年均|同比|持续|达|为|超)|很?抢手)",
        between="{~OXEI}{0,16}?",
        tail_first=True,
        told_of="[对在据]$",
    ),
    Undertaking(
        "DEMANDS",
        "EI",
        "OX",
        "(?:招聘|招(?!收|生|考|商|标|牌)|招录|招募|急需|急缺|紧缺|缺|缺少|需要|需求|引进|渴求|寻找|对)(?:了)?",
        between="{~OXEI,}{0,8}?",
        behind="(?={OX}|、|和|等|[^，。]{0,12}?(?:人|名|需求|岗|缺口|，|。))",
        told_of="[对在据]$",
        refused="招聘会|招聘平台|学校|院校",
    ),
)
