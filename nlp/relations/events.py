"""Events of a clause (事件): a verb with its meaning, and its parties wherever the clause or the text before has them.

A frame asks for its parties in a fixed place. Here the verb is found first (`下辖`, `引进`, `形成`); what it takes is the
list of names behind it, of whom it speaks is the nearest name before it that no preposition governs, else the one
that the sentence, then the sentences before it, speak of: `区内拥有甲、乙等企业`, `新校区则位于丙园区`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import NOWHERE, Skeleton, joined, over_letters
from nlp.relations.letters import ALLIES, SHORT, letters, listed
from nlp.relations.others import BODIES, OPENS, WHOLE
from nlp.relations.subjects import MEETING
from nlp.status import is_negated, status_of

_NAME: Final = "\ue000-\uf8ff"
_CLAUSE: Final = re.compile("[^，；：。！？\n]+")
# What makes a name before a verb another party than its subject: 与甲, 在乙, 依托丙.
_GOVERNED: Final = re.compile(
    "(?:[与和同在由向对从为给到于把将被经以及、]|依托|围绕|联合|携手|支持|鼓励|引导|通过|包括|其中|根据|按照|针对|来自|"
    "立足|面向|服务|对接|聚焦|距离?|毗邻|紧邻|紧挨|连接|支撑|推动|促进|助力|加快|推进|建设|建成|打造|规划|启动|引进|拥有|"
    "建有|设有|成立|组建|批准|同意|走访|考察|参观|入驻|落户|投资|新建|开发|管理|位于|坐落于|地处|隶属|属于|包含|下设|下辖)$"
)
_OBLIQUE: Final = (
    f"(?:[^{_NAME}]{{0,10}}(?:与|和|同|在|由|于|以|对|向|联合|携手|依托)"
    f"[{_NAME}](?:[、和与及][{_NAME}]){{0,6}}){{0,3}}"
)
_LIST_GOES_ON: Final = 60  # characters that a list of what is taken may go on behind its clause: …，以及…
_REACH: Final = 18  # characters between a subject and its verb
# What may stand before a verb whose subject is left out: time, manner, and words for the place that is meant.
_OF_PLACE: Final = f"区内|园内|园区内?|新区|全区|{WHOLE}|当地|本地|该[区园]|境内|辖区内?|区域内"
_SITE: Final = (
    "(?:的)?(?:其|新|主|老|东|西|南|北|分|现|全球|中国|国内|区域|第[一二三]|[一二三]期|主要){0,2}"
    "(?:校区|校园|校址|校本部|本部|院区|总部|(?:生产|制造|研发)?基地|工厂|厂区)"
)
_LEAD: Final = re.compile(
    f"(?:{_OF_PLACE}|{_SITE}|(?:19|20)\\d\\d年[底末]?|\\d{{1,2}}月|据[^，]{{1,4}}|截至[^，]{{0,10}}|"
    f"在?[^，{_NAME}]{{1,6}}(?:之外|以外)|在?其中|如今|目前|现在|现|今年|去年|近年来?|已经?|又|还|也|并|且|则|均|都|共|先后|陆续|相继|率先|正在?|将|拟|"
    "意在|旨在|更好|规划|计划|重点|着力|大力|加快|优先|初步|基本|逐步|全面|主要|成功|累计|不断|持续|积极|主动|努力|全力|集中|从而|因此|至今|"
    "[12]\\d{3}年?|[的地]){0,6}"
)
_SHORT_LEAD: Final = re.compile(
    f"(?![^，]*(?:企业|公司|[学院]校|学院|联合体|集团|机构|项目|基地|实验室|平台|中心|这))[^，；{_NAME}]{{1,5}}(?:现|已|则)?"
)
# 区内吸引甲公司: the firms of a place are no members; 乙大学牵头，吸纳甲公司: it is the consortium that does.
_PLACE: Final = re.compile(_OF_PLACE)
_OF_CONSORTIUM: Final = re.compile(f"牵头|发起|理事长|盟主|会长|领衔|倡议|{letters('C')}")
_WHOLE: Final = re.compile(WHOLE)
_TOPIC_REACH: Final = 14


@dataclass(frozen=True)
class Event:
    """A verb, the kinds of who it speaks of (`before`) and of what it takes (`after`).

    The edge goes from `before` to `after`, with `inward` the other way. `inherited` says where a subject that the
    clause leaves out may stand: 0 nowhere, 1 in the sentence, 2 also in the two sentences before. `reach` is how many
    characters may stand between the verb and what it takes. `closed` is what must follow the list. `nearest`: a subject
    that is left out is only the last that is spoken of, whatever its kind. `unless_aside`: none is left out where the
    sentence has come to speak of a place or of another body: `武汉市高校众多，吸引甲公司`.
    """

    kind: str
    verb: str
    before: str
    after: str
    inward: bool = False
    inherited: int = 1
    reach: int = 10
    closed: str = ""
    nearest: bool = False
    unless_aside: bool = False

    @cached_property
    def expression(self) -> str:
        """The verb and the list that it takes, over letters."""
        joined = "(?:(?:、{~、}{1,8}){0,2}等)?(?:{~、}{0,10}，?(?:和|及|与|以及|、)|(?<=等))"
        more = f"(?:{joined}(?:{listed(self.after)})){{0,3}}"
        return over_letters(
            f"(?:{self.verb}){{~}}{{0,{self.reach}}}?(?P<object>{listed(self.after)}{more}){self.closed}"
        )

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to be looked for."""
        return re.compile(self.expression)

    @cached_property
    def subjects(self) -> re.Pattern[str]:
        """A list of names of which the verb may speak."""
        return re.compile(listed(self.before))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of who it speaks of."""
        return frozenset(SHORT[letter] for letter in self.before)


_GATHERS: Final = (
    "(?:引进|引入|招引|引来|引育|集聚|聚集|汇聚|汇集|云集|落户|入驻|涌现|孕育|坐拥|拥有|吸引|培育)"
    "(?:了|有|出|着|起)?"
)
_HOLDS: Final = "(?:下设|下辖|包含|包括|涵盖|设有|建有|拥有|分为|划分为|代管|由|辖)(?:了|有)?"
_GROWS: Final = (
    "(?:重点发展|优先发展|大力发展|主要发展|发展|形成|培育|培育形成|做[大强优精]|壮大|主攻|聚焦|布局|瞄准|集聚|构建|打造|主导产业(?:为|是|有|包括))"
    "(?:了|以|起)?"
)
# 坐落在白山市的甲学院: what stands before 的 says it of the name behind, not of who is spoken of.
_NOT_ATTRIBUTE: Final = "(?!{~}{0,8}的{~}{0,8}{SEPLTCN})"
_WHO_JOINS: Final = "(?!{~}{0,4}的|托管|所属)"
_TRAINS: Final = "[^。；，\ue000-\uf8ff]{0,10}(?:培养|输送|提供|培育|输入|储备|注入)"
EVENTS: Final = (
    Event(
        "LOCATED_IN",
        "(?:位于|[坐座]落[于在]?|地处|处在|设[于在]|建[于在]|横跨|地跨|落户[于在]?|迁[至到入往]|搬[至到]|入驻|进驻)",
        "SEPLT",
        "RP",
        inherited=2,
        reach=6,
        closed=_NOT_ATTRIBUTE,
    ),
    Event("LOCATED_IN", _GATHERS, "PR", "E", inward=True, inherited=2, reach=16),
    Event(
        "LOCATED_IN",
        "(?:引进|引入|引来|集聚|汇聚|拥有|建有|坐拥|落户)(?:了|有|着)?",
        "P",
        "SLT",
        inward=True,
        inherited=1,
    ),
    Event(
        "PART_OF",
        "[上中下]游(?:产业|环节)?(?:主要)?(?:为|是|包括|涵盖|有)",
        "I",
        "I",
        inward=True,
        inherited=2,
        reach=0,
    ),
    Event(
        "OPERATES_IN",
        "[上中下]游(?:企业|环节|产业|领域)?(?:主要|重点)?(?:(?:为|是|包括|涵盖|有|聚集|集聚|汇聚|拥有|布局|引进|培育)(?:了|有)?|：)",
        "I",
        "E",
        inward=True,
        inherited=2,
        reach=4,
    ),
    Event("LOCATED_IN", _HOLDS, "P", "P", inward=True, inherited=2),
    Event("PART_OF", "(?:下辖|管辖|辖|代管)(?:有|着)?", "R", "RP", inward=True, inherited=2, reach=14),
    Event(
        "LOCATED_IN",
        "(?:是|为|作为)",
        "SE",
        "R",
        inherited=2,
        reach=0,
        closed="(?:的)?(?:唯一|首所|首家|第一所|第一家|规模最大|最早|最大|重点)",
    ),
    Event(
        "PART_OF",
        "(?:涵盖|包括|包含|覆盖|分为|细分为|拥有|延伸出|下设|由)(?:了)?",
        "I",
        "I",
        inward=True,
        reach=4,
    ),
    Event("OPERATES_IN", _GROWS, "P", "I", inherited=2),
    Event(
        "OPERATES_IN",
        "在",
        "P",
        "I",
        inherited=2,
        reach=0,
        closed="(?:等)?(?:\\d|[两三四五六七八九十])?[个大]?[^，。；]{0,6}(?:产业|领域|方面|行业|赛道)?[^，。；]{0,4}(?:集聚|优势|突出|领先|发力|特色|见长|闻名)",
    ),
    Event(
        "OPERATES_IN",
        "(?:代表|龙头|骨干|链主|领军|重点|主要|头部)(?:性)?企业(?:有|包括|为|是|如)|(?:拥有|集聚|聚集|汇聚|引进|培育|涌现|落户)(?:了|有|出)?",
        "I",
        "E",
        inward=True,
        reach=14,
    ),
    Event(
        "MEMBER_OF",
        f"(?:成员|会员|(?<!务)理事(?![长会])|参建)(?:单位|院校|企业)?[^。；{_NAME}]{{0,30}}?(?:包括|包含|涵盖|有|为)(?:了)?",
        "C",
        "SEPAL",
        inward=True,
        inherited=2,
        closed=_WHO_JOINS,
    ),
    Event(
        "MEMBER_OF",
        f"(?:吸纳|吸收|汇聚|汇集|集聚|整合|囊括|吸引|{ALLIES})(?:了)?",
        "C",
        "SEPAL",
        inward=True,
        inherited=2,
        closed=_WHO_JOINS,
        unless_aside=True,
    ),
    Event(
        "LOCATED_IN",
        "(?:[两三四五六七八九十\\d]园|分园|子园区|片区)(?:即|为|是|包括|分别[是为])",
        "P",
        "P",
        inward=True,
        reach=0,
    ),
    Event("LOCATED_IN", "当地的?", "R", "SE", inward=True, inherited=2, reach=8),
    Event("LOCATED_IN", "(?:入园|入驻|落户|驻区|区内|园内)的", "P", "ESL", inward=True, inherited=2, reach=8),
    Event(
        "LOCATED_IN",
        "(?:也|均|都)?在",
        "SEPLT",
        "RP",
        inherited=2,
        reach=0,
        closed="(?:[东西南北中]{1,2}[部郊](?:城区|地区)?|城区|市区)(?=[，。；]|$)",
    ),
    Event("LOCATED_IN", "(?:包括|包含|分别[是为]|即)", "R", "P", inward=True, reach=0),
    Event("SERVES", "为", "NTLCG", "I", reach=8, closed=_TRAINS),
    Event("SERVES", "为", "S", "I", reach=8, closed=_TRAINS, nearest=True),
    Event(
        "SERVES",
        "(?:致力(?:于)?(?:推动|服务|促进)?|服务于?|对接|面向|助力|助推|支撑|赋能|聚焦|围绕|瞄准){~}{0,4}{R}?",
        "NTLCG",
        "I",
        reach=6,
    ),
)


def events(
    sentences: Iterable[tuple[Skeleton, Sequence[Event]]], entities: Sequence[Mention]
) -> Iterator[Relation]:
    """The relations of the events of a passage, whose sentences come with the events that may stand in them."""
    spoken = _Spoken(entities)
    for skeleton, passing in sentences:
        spoken.next_sentence()
        for clause in _CLAUSE.finditer(skeleton.letters):
            for event in passing:
                yield from _in_clause(event, skeleton, *clause.span(), spoken, entities)
            spoken.note(skeleton, *clause.span())


def _in_clause(
    event: Event, skeleton: Skeleton, begin: int, end: int, spoken: _Spoken, entities: Sequence[Mention]
) -> Iterator[Relation]:
    for match in event.compiled.finditer(skeleton.letters, begin, end + _LIST_GOES_ON):
        if match.start() >= end:
            break
        stated = skeleton.letters[max(begin, match.start() - 14) : match.end()]
        subject = _subject(event, skeleton, begin, match.start(), spoken)
        if not subject or is_negated(stated):
            continue
        taken = [n for n in skeleton.mentions[match.start("object") : match.end("object")] if n is not None]
        told = Relation(
            event.kind, -1, -1, *NOWHERE, status=status_of(stated, kind=event.kind), confidence=0.75
        )
        heads, tails = (taken, subject) if event.inward else (subject, taken)
        yield from joined(told, heads, tails, entities, alike=False)


def _subject(event: Event, skeleton: Skeleton, begin: int, at: int, spoken: _Spoken) -> list[int]:
    """Of whom an event at `at` in the clause from `begin` speaks."""
    text = skeleton.letters
    groups = list(event.subjects.finditer(text, begin, at))
    for group in reversed(groups):
        if _GOVERNED.search(text, max(begin, group.start() - 2), group.start()):
            continue
        if _BETWEEN.fullmatch(text, group.end(), at):
            return [n for n in skeleton.mentions[group.start() : group.end()] if n is not None]
        return []
    if not event.inherited or not (
        _LEAD.fullmatch(text, begin, at)
        or (event.inward and spoken.here and _SHORT_LEAD.fullmatch(text, begin, at))
    ):
        return []
    if event.before == "C" and skeleton.consortium is not None:
        return [skeleton.consortium]
    if event.unless_aside and (spoken.aside or _PLACE.search(text, begin, at)):
        return []
    kinds = event.kinds
    if _WHOLE.search(text, begin, at):
        kinds = kinds & {"Region"} or kinds - BODIES
    return spoken.of(kinds, sentences=2 if event.inherited > 1 else 0, nearest=event.nearest)


_BETWEEN: Final = re.compile(f"{_OBLIQUE}[^{_NAME}]{{0,{_REACH}}}")


class _Spoken:
    """Of whom the clauses of a passage speak, the newest last, one list a sentence."""

    def __init__(self, entities: Sequence[Mention]) -> None:
        self._entities = entities
        self._sentences: list[list[list[int]]] = []
        self.aside = (
            False  # whether this sentence has come to speak of a body that does nothing in a consortium
        )

    def next_sentence(self) -> None:
        """What follows is said in a new sentence."""
        self._sentences.append([])
        self.aside = False

    def note(self, skeleton: Skeleton, begin: int, end: int) -> None:
        """Remember of whom a clause speaks: its first names, where nothing governs them; before them, of others."""
        others = OPENS.match(skeleton.letters, begin, end)
        if others:
            regions = self.of(frozenset(("Region",)), sentences=2) if others["whole"] else []
            self._sentences[-1] += [[], regions] if regions else [[]]
        first = _FIRST.match(skeleton.letters, begin, end)
        if (
            first
            and not MEETING.match(skeleton.letters, first.end("group"), end)
            and not _FOUNDING.match(skeleton.letters, first.end("group"), end)
            and not _GOVERNED.search(
                skeleton.letters, max(begin, first.start("group") - 2), first.start("group")
            )
        ):
            for group in ("group", "beside", "owned"):
                named = [n for n in skeleton.mentions[slice(*first.span(group))] if n is not None]
                if named:
                    self._sentences[-1].append(named)
            self.aside = not _OF_CONSORTIUM.search(skeleton.letters, begin, end)

    @property
    def here(self) -> bool:
        """Whether a clause before in this sentence says of whom it speaks."""
        return bool(self._sentences[-1])

    def of(self, kinds: frozenset[str], *, sentences: int, nearest: bool = False) -> list[int]:
        """The last spoken of in this sentence, else the first of one of the sentences before."""
        for topic in self._sentences[-1][-1:] if nearest else reversed(self._sentences[-1]):
            group = [n for n in topic if self._entities[n].kind in kinds]
            if group or (not topic and not kinds - BODIES - {"Region"}):
                return group
        for before in reversed(self._sentences[-1 - sentences : -1]):
            for topic in before:
                group = [n for n in topic if self._entities[n].kind in kinds]
                if group:
                    return group
        return []


_FOUNDING: Final = re.compile("的(?:成立|建设|揭牌|设立|落成)")  # it is what was founded that does it
_FIRST: Final = re.compile(
    f"[^{_NAME}]{{0,{_TOPIC_REACH}}}(?P<group>{listed(''.join(SHORT))})"
    f"(?:的?(?P<beside>{listed('IGXCLNT')}))?"
    f"(?:[^，{_NAME}]{{0,12}}的[^，{_NAME}]{{0,6}}(?P<owned>{listed('SEPCLTN')}))?"
)
