"""Words that stand for names (指代): 该校, 学校, 双方, 后者 mean names before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from nlp.extraction import Mention
from nlp.seeking import Seeker

_WHEN: Final = (
    "(?:目前，?|如今，?|近年来，?|近年，?|今年，?|去年，?|近日，?|日前，?|同时，?|此外，?|其中，?|据悉，?|据介绍，?|"
    "(?:\\d{2,4}年)?(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:起|来|以来|上午|下午)?，?)"
)
_REFERS: Final = Seeker(
    "该(?:(?P<School>校|院(?!士)|高校|职院)|(?P<Academy>(?:现代)?(?:产业)?学院)|(?P<Consortium>联合体|共同体|联盟|职教集团)|"
    "(?P<Enterprise>公司|企业|集团)|(?P<Park>园区|开发区|高新区|经开区|区(?!域))|(?P<Base>基地|中心|平台|实验室)|"
    "(?P<SpecialtyGroup>专业群)|(?P<Specialty>专业)|(?P<TalentProgram>班(?!级|主任)|项目(?=[。，；]|$)))"
    f"|(?:^|(?<=[，。；：！？\n]))(?:{_WHEN})?(?:"
    "(?P<OnlySchool>学校|学院)(?![、内里外生要应须可]|的(?![\u4e00-\u9fff]{2,14}专业))|(?P<OnlyEnterprise>公司|集团)(?![、的内里外要应须可])|"
    "(?P<OnlyConsortium>联合体|共同体|联盟)(?![的内里外建化、与和应须可需要级]|成员要)|"
    "(?P<OnlyBase>基地|中心|平台|实验室)(?=重点|围绕|面向|服务|聚焦|对接|致力|将(?:重点|围绕|面向|服务|聚焦|对接))|"
    "(?P<OnlyPark>园区|产业园区?|科技园|工业园|开发区|高新区|经开区|试验区|示范区|新区)(?=将|是|聚焦|围绕|已|现|重点|主导|规划|坐落|位于|地处|初步|形成|集聚|拥有|做|以|布局)|"
    "(?P<OnlySpecialtyGroup>专业群)(?=以|由|面向|对接|涵盖|包含|包括|服务|现有))"
    "|(?<=[与同和由为到在])(?:(?P<WithSchool>学校|学院|校方|院校)|(?P<WithEnterprise>公司|集团|企业方))(?=签|共[建同]|合作|合办|开展|联合|达成|建立|组建|牵头|成立|举办|深化|洽谈|(?:(?<=由学校)|(?<=由学院)|(?<=由公司)|(?<=由集团))[与和同]|[\u4e00-\u9fff]{2,12}(?:学院|系)(?:牵头|联合|与|负责))"
    "|(?<=[为是入任与由对在本到作持导])(?P<WithConsortium>联合体|共同体|联盟)(?=的?(?:首届|首批|新一届)?(?:牵头|副?理事|成员|会员|发起|秘书处|副?会长|盟主)|，|。)"
    "|(?:(?<=[在于到])(?P<HerePark>这里|此地|此(?=[设建落投布开兴办，。；])|区内|园内|园区内|园区(?=[设建]))|(?<=等)(?P<OwnPark>园区|区内|园内)(?=的?(?:重点|龙头|骨干|入驻)?(?:企业|公司|院校)))"
    "|(?<=该公司是|该企业是)(?P<OfSchool>学校|学院)(?=[^，。；]{2,30}(?:基地|合作单位|合作企业))"
    "|(?:(?P<Latter>后者)|(?P<Former>前者))(?=出资|投资|投入|建成|牵头|负责|与|将|已)"
    "|(?P<Sides>(?:校企|政校企|校地企?|校校)?[双三四五]方|两校|(?<=[，。；])(?:校企|政行企校|政行校企|校地)(?:合力|便|就|一起|联手){0,2}(?=共建|合建|合办|共同|联合|合作|办起))"
    "(?=(?:将|拟|已|还|又|正|为|先后|今年|共|联|合|签|围|就|以|便|携手|商定|约定|决定|计划|开展|建立|办起|[，]))"
)
# What something was before takes no part: 前身为甲学校，位于乙市 tells where its successor is.
FORMER: Final = re.compile("前身(?:分别)?(?:是|为|系|可追溯)[^。；，]{2,40}(?=[，。；])")
_REMEMBERED: Final = 300  # characters
_SAYS_HOW: Final = re.compile("With|Here|Own|Of")  # before the kind that is meant
_FEW: Final = 4
_MANY: Final = {"双": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_LOOK_BACK: Final = 40  # mentions
_KIND_OF: Final = {"Academy": ("IndustryCollege", "School"), "Base": ("TrainingBase", "ResearchPlatform")}
_WITH: Final = re.compile("(?:已|正|拟|将|还|也|先后)?(?:与|和|同|联合|携手|牵手)")
_AND_WHOM: Final = re.compile('[与和同][“"]?')


def mentions_before(text: str, begin: int, end: int) -> bool:
    """Whether a stretch may speak of names before it."""
    return bool(_REFERS.search(text, begin, end))


def referring(
    text: str, begin: int, end: int, entities: Sequence[Mention], first: int, last: int
) -> Iterator[tuple[int, int, list[int]]]:
    """Where `text[begin:end]` (names `entities[first:last]`) speaks of names before: start, end, the names meant."""
    former = [match.span() for match in FORMER.finditer(text, max(0, begin - _REMEMBERED), end)]
    for match in _REFERS.finditer(text, begin, end):
        what = match.lastgroup or ""
        start, stop = match.span(what)
        before = next((n for n in range(first, last) if entities[n].start >= start), last)
        earlier = [
            n
            for n in range(max(0, before - _LOOK_BACK), before)
            if entities[n].end <= start and not any(a <= entities[n].start < b for a, b in former)
        ]
        beside = _beside(what, text, stop)
        if beside and not any(entities[n].start == beside.end() for n in range(before, last)):
            continue  # 学校与企业
        if what == "Sides":
            meant = _sides(match[what], text, begin, entities, earlier)
        elif what in _MEANT:
            meant = _MEANT[what](match[what], text, entities, earlier)
        elif what in ("Latter", "Former"):
            meant = _of_pair(what, text, entities, earlier)
        elif says := _SAYS_HOW.match(what):
            meant = _only(what[says.end() :], match[what], text, entities, earlier)
        elif what.startswith("Only"):
            kind = what.removeprefix("Only")
            if match[what] == "集团" and _is_a_consortium(entities, earlier):
                kind = "Consortium"
            meant = _only(kind, match[what], text, entities, earlier)
        else:
            if match.start() == match.start(what):
                continue
            start = match.start()
            kinds = _KIND_OF.get(what, (what,))
            if match[what] == "集团" and _is_a_consortium(entities, earlier):
                kinds = ("Consortium",)
            meant = _spoken_of(kinds, text, begin, entities, earlier)
        if meant:
            yield start, stop, meant


def _beside(what: str, text: str, stop: int) -> re.Match[str] | None:
    """The connective behind `学校` or `由学校`: only where a name follows it is a certain school meant."""
    if what.startswith("With"):
        return _AND_WHOM.match(text, stop)
    return _WITH.match(text, stop) if what.startswith("Only") else None


# Offices and members that only a consortium has: a sentence that tells them speaks of the one named before.
_OFFICES: Final = re.compile(
    "理事长|常务理事|(?<!学校)(?<!大学)(?<!学院)(?<!公司)理事(?![会长])|(?:成员|会员|牵头|发起|参建|理事)(?:单位|学校|院校|高校|企业)|盟主"
)


def consortium_meant(
    text: str, begin: int, end: int, entities: Sequence[Mention], first: int, last: int
) -> int | None:
    """The consortium whose offices `text[begin:end]` tells without naming one: the only one of the passage so far."""
    if not _OFFICES.search(text, begin, end) or any(
        entities[n].kind == "Consortium" for n in range(first, last)
    ):
        return None
    named = [n for n in range(max(0, first - _LOOK_BACK), first) if entities[n].kind == "Consortium"]
    return named[-1] if len({entities[n].surface for n in named}) == 1 else None


def _is_a_consortium(entities: Sequence[Mention], earlier: Sequence[int]) -> bool:
    """Whether the last body called 集团 is one of schools: 西藏农牧职业教育集团."""
    called = [entities[n].kind for n in earlier if entities[n].surface.endswith("集团")]
    return called[-1:] == ["Consortium"]


def _spoken_of(
    kinds: Sequence[str], text: str, begin: int, entities: Sequence[Mention], earlier: Sequence[int]
) -> list[int]:
    """`该校`: the nearest in its own sentence, else the first of the sentence before, which is what that speaks of."""
    named = [n for n in earlier if entities[n].kind in kinds]
    if not named or entities[named[-1]].start >= begin:
        return named[-1:]
    since = text.rfind("。", 0, entities[named[-1]].start) + 1
    latest = [n for n in named if entities[n].start >= since]
    best = [
        n for n in latest if entities[n].kind == kinds[0]
    ]  # 该学院: an industry college before its school
    return (best or latest)[:1]


_ZONES: Final = {"高新区": "高新", "经开区": "经", "新区": "新区"}


def _only(kind: str, word: str, text: str, entities: Sequence[Mention], earlier: Sequence[int]) -> list[int]:
    """The name that a bare 学校 can only mean: the only one so far or of the sentence before, or that of the beginning.

    A word that ends one of the names (`开发区`, `联盟`) means the last that it ends.
    """
    named = [n for n in earlier if entities[n].kind == kind]
    if not named:
        return []
    since = text.rfind("。", 0, entities[named[-1]].start) + 1
    if kind not in ("School", "Enterprise"):
        ending = [n for n in named if entities[n].surface.endswith(word)]
        if ending:
            return ending[-1:]
    if word in _ZONES and not any(_ZONES[word] in entities[n].surface for n in named):
        return []  # 昌南新区…；高新区则…: another one
    for among in (named, [n for n in named if entities[n].start >= since]):
        if len({entities[n].surface for n in among}) == 1:
            return among[-1:]
    first = named[0]
    return [first] if not text[: entities[first].start].strip("\u3000 “《0123456789年月日，") else []


def _of_pair(what: str, text: str, entities: Sequence[Mention], earlier: Sequence[int]) -> list[int]:
    """`后者`, `前者`: of the last two bodies before it."""
    bodies = [n for n in earlier if entities[n].kind in ("School", "Enterprise", "Park", "Agency")]
    if len(bodies) < 2 or "。" in text[entities[bodies[-2]].end : entities[bodies[-1]].start]:
        return []
    return [bodies[-1] if what == "Latter" else bodies[-2]]


def _sides(
    word: str, text: str, begin: int, entities: Sequence[Mention], earlier: Sequence[int]
) -> list[int]:
    """`双方`: the parties of this sentence, or of the one before where this one names none."""
    count = next((_MANY[c] for c in word if c in _MANY), 2)
    parties: dict[str, int] = {}
    for kinds in (("School", "Enterprise", "Park"), ("School", "Enterprise", "Park", "Agency")):
        floor = begin
        for _ in range(2):
            parties = {
                entities[n].surface: n
                for n in earlier
                if entities[n].start >= floor and entities[n].kind in kinds
            }
            if len(parties) >= count:
                break
            floor = text.rfind("。", 0, max(0, floor - 1)) + 1
        if len(parties) >= count:
            break
    members = list(parties.values())
    if len(members) > max(_FEW, count):
        return []  # who of so many is meant is not said
    sides = {entities[n].kind for n in members}
    if len(members) <= count or (count == 2 and {"School", "Enterprise"} <= sides and len(members) <= 6):
        return members if len(members) > 1 else []
    return members[-count:]


def _base(word: str, text: str, entities: Sequence[Mention], earlier: Sequence[int]) -> list[int]:  # noqa: ARG001
    """`基地`, `中心`: the last base or platform that is called so."""
    bases = [n for n in earlier if entities[n].kind in _KIND_OF["Base"]]
    return [n for n in bases if entities[n].surface.endswith(word)][-1:]


def _here(word: str, text: str, entities: Sequence[Mention], earlier: Sequence[int]) -> list[int]:
    """`区内`, `这里`: the park that is meant, else, for 这里 and 此, the only place so far."""
    park = _only("Park", word, text, entities, earlier)
    places = [n for n in earlier if entities[n].kind in ("Park", "Region")]
    only = word.startswith(("这", "此")) and len({entities[n].surface for n in places}) == 1
    return park or (places[-1:] if only else [])


_MEANT: Final[Mapping[str, Callable[[str, str, Sequence[Mention], Sequence[int]], list[int]]]] = {
    "OnlyBase": _base,
    "HerePark": _here,
}
