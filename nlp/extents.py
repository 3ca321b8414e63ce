"""Where an organisation's name begins and ends (名称的起止), kind by kind, once the walk over words has stopped.

The walk (`nlp.surroundings`) knows words; here is what is known of names: they begin at their place, or with 中国, or
with the two industries that a body is for; and some go on behind their suffix: branches, sections, areas.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from nlp.characters import Doc, Span
from nlp.gazetteer import CATALOGUE
from nlp.industries import is_industry
from nlp.surroundings import NOMINAL_VERBS, from_place, is_nominal, name_start, residue

# 全国机器人与智能装备行业产教融合共同体: the rank of the whole shows that the conjunction is inside the name.
_JOINED_INDUSTRIES: Final = re.compile("(?:全国|国家(?!级))[\u4e00-\u9fff]{2,12}(?:和|与)$")
_ORDER: Final = re.compile("第[一二三四五六七八九十\\d]{1,2}(?:中等|高级|高等)?$")
_ACADEMY: Final = re.compile(
    "(?:中国科学院|中科院|中国(?:农业|林业|医学|社会|水产|热带农业|环境)科学(?:研究)?院)$"
)
_LONGEST_PARK: Final = 6
_PARK_NAME: Final = re.compile(
    "(?!.*(?:[省市区县]级|各|地区|政府|有关|国家级))[^的在与和由为是有、及等了将各、，。；：“”（）\\s]{1,5}"
)
_LONGEST_NAME_OF_A_FIRM: Final = 5
_FIRM_NAME: Final = re.compile("[^的在与和由为是有、及等了将各、，。；：“”（）\\s市省县区]{1,5}")
_OF_INDUSTRIES: Final = ("IndustryCollege", "TrainingBase", "ResearchPlatform", "Consortium")
# A body and what it does with a consortium, before its name.
_DONE_WITH: Final = re.compile(
    "(?:大学|[学法]院|学校|公司|集团|园区|开发区|政府|[委局厅])等?(?:\\d{1,3}[余多]?[家所个])?(?:单位)?(?:共同|负责|具体|正式)?(?:运营|加盟|主导|主管)"
)
_JOINED_INSIDE: Final = ("Agency", "Consortium", "ResearchPlatform")
_NATIONAL_BODY: Final = re.compile(
    "(?:中国|全国|中华)(?:(?!公司|集团|大学|学院|院校|行业协会|教育部|会商)[\u4e00-\u9fff]){2,16}$"
)
_ALONE_IN_QUOTES: Final = re.compile('[“"](?P<name>[\u4e00-\u9fffA-Za-z0-9·（）\\-—+]{2,30})$')
_NOT_ONE_NAME: Final = re.compile("^(?:国家级|省级|市级|首批|一批|共建|打造|建设|校企|建成|成立)|的")
_LONGEST_OBJECT: Final = 32
_MADE_OBJECT: Final = re.compile(
    '(?:共建|打造|组建|成立|设立|建成|筹建|揭牌|申报|获批|创建|创办|搭建|建立)(?:了|起|出)?(?:首个|首家|一个|一批|省级|国家级|市级)?[“"]?'
    "(?P<name>(?!了|\\d+[余多]?[个家所]|[一二三四五六七八九十两]+[个家所])[\u4e00-\u9fffA-Za-z0-9\\-+]{3,28})$"
)
_JOINED_OR_LATIN: Final = re.compile("[A-Za-z0-9]|(?<=..)[与和](?=..)")
_HAN: Final = re.compile("[\u4e00-\u9fff]{2,}?(?=[与和]..|[A-Za-z0-9\\-+]|$)|[\u4e00-\u9fff]{2,}")
_ENDS_A_NAME: Final = re.compile(
    "(?:学院|中心|基地|实验室|平台|研究院|研究所|工作站|专业群?|联盟|公司|集团|大学|学校|园区|开发区|联合体|共同体)(?:[与和]|$)"
)
_LONGEST_PURPOSE: Final = 14
_PURPOSE: Final = re.compile(
    "(?!.*(?:[学法]院|校|局|厅|委|部|公司|集团|政府|中心|大学|园区|新区|开发区|会|[省市区县])(?:[和与及、]|联合)|[的是为在由])[\u4e00-\u9fff]{2,14}"
)
_SAID_BEFORE: Final = re.compile(
    ".*(?:企业|巨头|龙头|供应商|制造商|运营商|母公司|子公司|得知|入职|隶属于|覆盖|联系|投资方|调研|方面有)"
)
_PLACE_WORD: Final = re.compile("(?:[全我本外各跨城都该两]|直辖)[省市]$")
_BRACKET_BEHIND: Final = re.compile("（(?:职教集团|职业教育集团|联盟|产教联盟|共同体|联合体|集团)）")
_SECTION_OF: Final = re.compile(
    "(?:[\u4e00-\u9fff]{2,16}?(?:专业委员会|工作委员会|专委会|专门委员会|委员会)|[\u4e00-\u9fff]{2,8}?分会)(?![员议])"
)
_AREA_OF: Final = re.compile("[\u4e00-\u9fff]{2,6}?(?:片区|功能区)")
_BRANCH: Final = re.compile("[\u4e00-\u9fff]{2,8}?(?:分公司|子公司|分厂|总厂|工厂|分行|项目部)")


class Extents:
    """The beginnings of the names of a text; `floor` is where the name before ends."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._text: str = doc._.words.content
        catalogue: list[Span] = list(doc.spans[CATALOGUE])
        self._regions = [span for span in catalogue if span.label_ == "Region"]
        self._school_ends = sorted(span.end for span in catalogue if span.label_ == "School")
        self.schools = {span.end: span.start for span in reversed(catalogue) if span.label_ == "School"}

    def begin(self, at: int, suffix: str, kind: str, floor: int) -> int:
        """Where the name begins whose suffix stands at `at`; `at` itself where nothing before it belongs to it."""
        if kind in _OF_INDUSTRIES:
            whole = self._quoted(at + len(suffix), at)
            whole = self._made(at, floor) if whole is None else whole
            if whole is not None:
                return whole
        return self._walked(at, suffix, kind, floor)

    def _walked(self, at: int, suffix: str, kind: str, floor: int) -> int:
        """Where the walk over words stops, corrected by what is known of names of the kind."""
        stops = [floor]
        if kind == "School":
            nearest = bisect_right(self._school_ends, at)
            stops += [end for end in self._school_ends[max(0, nearest - 1) : nearest] if end < at]
        start = name_start(self._doc, at, stops, lenient="有限" in suffix)
        if kind == "School":  # a school of the list is known to its first character
            start = max(start, self.schools.get(at + len(suffix), start))
        if kind == "ResearchPlatform":
            begun = self._platform(start, at, floor)
            if begun is not None:
                return begun
        start = self._at_region(self._numbered(start, at, floor) if kind == "School" else start, at)
        if kind == "Agency":
            return self._society(start, at, floor)
        if kind == "Park":
            start = self._from_near_place(start, at, floor)
        if kind in _JOINED_INSIDE:
            start = from_place(self._doc, start, at, floor)
        if kind in _OF_INDUSTRIES and self._text[start - 1 : start] in ("与", "和", "及"):
            start = self._both_industries(start, at, floor)
        if kind == "Consortium":
            start = self._behind_its_body(start, at)
            joined = _JOINED_INDUSTRIES.search(self._text, max(0, start - 24), start)
            start = joined.start() if joined else start
        if kind == "Enterprise":
            start = self._company(start, at)
            return self._from_its_place(start, floor) if "有限" in suffix else start
        return start

    def _behind_its_body(self, start: int, at: int) -> int:
        """`常州大学运营|信创产教联合体`, `做实|现代农业职业教育集团`: the name begins behind what is done with it."""
        done = _DONE_WITH.search(self._text, max(0, start - 6), at)
        if done and done.end() > start:
            return done.end()
        return start + 1 if self._text.startswith("做实现代", start - 1) else start

    def _made(self, at: int, floor: int) -> int | None:
        """`打造|AIoT智能硬件与无源物联网应用|中试基地`: with letters or a conjunction inside, the object of its verb."""
        made = _MADE_OBJECT.search(self._text, max(floor, at - _LONGEST_OBJECT), at)
        if made is None or not _JOINED_OR_LATIN.search(made["name"]) or residue(made["name"]) == "":
            return None
        start, words = made.start("name"), self._doc._.words
        for part in _HAN.finditer(self._text, start, at):
            if not is_nominal(words, *part.span(), leading=True):
                return None
        return start if not _ENDS_A_NAME.search(made["name"]) else None

    def _society(self, start: int, at: int, floor: int) -> int:
        """`黑龙江省|促进非公经济发展|学会` begins at its place, whatever verbs its purpose has."""
        national = _NATIONAL_BODY.search(self._text, max(floor, at - 20), at)
        if national:
            return national.start()
        for end in range(start, max(floor, at - _LONGEST_PURPOSE) - 1, -1):
            place: int | None = self._doc._.place_ends.get(end)
            if place is not None and place >= floor:
                return place if _PURPOSE.fullmatch(self._text, end, at) else start
        return from_place(self._doc, start, at, floor)

    def _quoted(self, end: int, at: int) -> int | None:
        """`“鄂城区·武汉工程大学青天湖产业技术研究院”`: what stands alone in quotation marks is one name."""
        if self._text[end : end + 1] not in ("”", '"'):
            return None
        alone = _ALONE_IN_QUOTES.search(self._text, max(0, at - 32), at)
        return alone.start("name") if alone and not _NOT_ONE_NAME.search(alone["name"]) else None

    def _numbered(self, start: int, at: int, floor: int) -> int:
        """`拉萨市第二|中等职业技术学校` begins at its place."""
        order = _ORDER.search(self._text, max(floor, at - 6), at)
        place: int | None = self._doc._.place_ends.get(order.start()) if order else None
        return start if place is None or place < floor else place

    def _platform(self, start: int, at: int, floor: int) -> int | None:
        """`中国科学院|长春光学…研究所`; `虚拟现实技术与系统海南省工程研究中心` says its place last, and has 与 inside."""
        academy = _ACADEMY.search(self._text, max(floor, start - 12), start)
        if academy:
            return academy.start()
        place: int | None = self._doc._.place_ends.get(at)
        if place is None:
            return None
        if self._text[start - 1 : start] not in ("与", "和") or place - start < 2 or start - 2 <= floor:
            return min(start, place)
        first = name_start(self._doc, start - 1, [floor])
        joined = start - 1 - first > 1 and is_nominal(self._doc._.words, first, start - 1)
        return first if joined else start

    def _from_near_place(self, start: int, at: int, floor: int) -> int:
        """`合肥新站高新区`: a few characters between a place and a park are its name, whatever words they look like."""
        for end in range(at - 1, max(floor, at - _LONGEST_PARK) - 1, -1):
            place = self._doc._.place_ends.get(end)
            if place is not None and end <= start:
                return place if _PARK_NAME.fullmatch(self._text, end, at) else start
        return start

    def _from_its_place(self, start: int, floor: int) -> int:
        """`广东|台日|电梯有限公司`: what stands between its place and a company's trade is its name."""
        for end in range(start - 1, max(floor, start - _LONGEST_NAME_OF_A_FIRM) - 1, -1):
            place = self._doc._.place_ends.get(end)
            if place is None or place < floor:
                continue
            words = self._doc._.words
            spoken = any(
                len(words.texts[index]) > 1 and words.tags[index][:1] in "vpcdr"
                for index in range(words.index(end), words.index(start - 1) + 1)
            )
            return start if spoken or not _FIRM_NAME.fullmatch(self._text, end, start) else place
        return start

    def _both_industries(self, start: int, at: int, floor: int) -> int:
        """`新型显示与智能终端联合实验室`: two industries that one body is for."""
        first = name_start(self._doc, start - 1, [floor])
        both = is_industry(self._text[first : start - 1]) and is_industry(
            self._text[start:at].removesuffix("行业")
        )
        return first if both else start

    def _company(self, start: int, at: int) -> int:
        said = _SAID_BEFORE.search(self._text, start, at)
        if said and at - said.end() > 1:
            return said.end()  # 新材料企业|宁波伏尔肯科技股份有限公司
        if self._text[start] in "与由以" and at - start > 2:
            return start + 1
        ranked = self._text[start - 1 : start] in ("省", "市") and not _PLACE_WORD.search(
            self._text, 0, start
        )
        return start - 1 if ranked else start  # 省建材集团公司

    def _at_region(self, start: int, suffix: int) -> int:
        """Names begin at their place: a generic or introducing phrase before the first place is cut off."""
        text, words, regions = self._text, self._doc._.words, self._regions
        for region in regions[bisect_left(regions, start, key=lambda span: span.start) :]:
            if region.start >= suffix:
                break
            if region.start > start and (
                not residue(text[start : region.start])
                or any(
                    words.tags[index] == "v" and words.texts[index] not in NOMINAL_VERBS
                    for index in range(words.index(start), words.index(region.start - 1) + 1)
                )
            ):
                return region.start
            break
        return start

    def end(self, end: int, kind: str) -> int:
        """Where a name ends that goes on behind its suffix: a branch, a section, an area, its other title in brackets."""
        text = self._text
        more = {"Consortium": _BRACKET_BEHIND, "Agency": _SECTION_OF}.get(kind)
        if kind == "Enterprise" and end in self._doc._.place_of:
            more = _BRANCH  # 北京现代汽车有限公司沧州分公司
        if kind == "Park" and text.endswith(
            ("自由贸易试验区", "自贸试验区", "自贸区", "自主创新示范区"), 0, end
        ):
            more = _AREA_OF
        found = more.match(text, end) if more else None
        return found.end() if found else end
