"""Organisations (机构名称): names that end as their kind does, cut on the left, kept where they name something.

To add a suffix, add it to `suffixes.SUFFIXES` under its kind. `doc.spans["rejected"]`
keeps the generic phrases (`重庆市域产教联合体`), so that a place inside them is not taken for a place alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.gazetteer import CATALOGUE
from nlp.industries import is_industry
from nlp.suffixes import SUFFIX, kind_of
from nlp.surroundings import NOMINAL_VERBS, from_place, is_nominal, name_start, residue

ORGANISATIONS: Final = "organisations"
REJECTED: Final = "rejected"

_IMPORTANT_LEVELS: Final = frozenset(("Region", "Enterprise", "School", "IndustryChain", "Park", "Specialty"))
_TYPED_SCHOOL: Final = re.compile(
    r"职业技术大学|职业大学|职业技术学院|职业学院|技师学院|高等专科学校|"
    r"中等专业学校|职业技术学校|职业高级中学|技工学校|"
    r"高级技工学校|职业中学|职教中心|职业教育中心|职业中专(?:学校)?|职业学校|中等职业学校|职院|职大"
)
_DEPARTMENT: Final = re.compile(
    r"^(?:机电|机械|信息|计算机|经济|管理|电子|电气|汽车|建筑|土木|材料|化工|商|艺术|外国?语|"
    r"马克思|继续|国际|人文|财经|会计|护理|医|药|生物|食品|交通|智能|软件|数学|物理|文|法|理|工)"
)
_SCIENCE: Final = re.compile(r"科技|技术|研发|创新|检测|中试|成果")
_PLATFORMS: Final = frozenset(
    ["公共服务平台", "创新平台", "研发平台", "科技服务平台", "技术服务平台", "科研平台", "工作室"]
)
_PARK_HEAD: Final = re.compile(
    "..(?:高新区|经开区|开发区|工业园区|产业园区|新区|科学城|科技城|示范区|保税区)$"
)
_PROPER_TAGS: Final = frozenset(("nr", "nrt", "nrfg", "nz", "ns", "nt", "eng"))
_ASSOCIATION_HEAD: Final = re.compile(
    r"^(?:中国|全国|国家|中华|世界|国际|[\u4e00-\u9fff]{2,8}?[省市区县]|[\u4e00-\u9fff]{2,12}行业)"
)


# 全国机器人与智能装备行业产教融合共同体: the rank of the whole shows that the conjunction is inside the name.
_JOINED_INDUSTRIES: Final = re.compile("(?:全国|国家(?!级))[\u4e00-\u9fff]{2,12}(?:和|与)$")


class Organisations:
    """The spaCy component that finds organisations by their suffix."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the organisations of a text and the generic phrases that end like one."""
        reader = _Reader(doc)
        for match in SUFFIX.finditer(reader.text):
            reader.read(match)
        reader.colleges()
        doc.spans[ORGANISATIONS] = reader.found
        doc.spans[REJECTED] = reader.rejected
        return doc


class _Reader:
    """Reads the suffixes of a text from left to right; `found` are names, `rejected` generic phrases."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.text: str = doc._.words.content
        catalogue: list[Span] = list(doc.spans[CATALOGUE])
        self._regions = [span for span in catalogue if span.label_ == "Region"]
        self._helpful = [span for span in catalogue if span.label_ in _IMPORTANT_LEVELS and len(span) > 1]
        self._starts = [span.start for span in self._helpful]
        self._school_ends = sorted(span.end for span in catalogue if span.label_ == "School")
        self._schools = {span.end: span.start for span in reversed(catalogue) if span.label_ == "School"}
        self._firms = {(span.start, span.end) for span in catalogue if span.label_ == "Enterprise"}
        self.found: list[Span] = []
        self.rejected: list[Span] = []
        self._last_end = 0

    def read(self, match: re.Match[str]) -> None:
        """Where the name that this suffix ends begins, and whether it is one."""
        if match.start() < self._last_end:
            return  # inside the branch of the name before
        text, suffix, kind = self.text, match.group(), kind_of(match)
        start = self._begin(match.start(), suffix, kind, match.end())
        if (
            kind == "School"
            and suffix in _OF_A_FIRM
            and (start, match.start()) in self._firms
            and match.end() not in self._schools
        ):
            kind = "TrainingBase"  # 奇瑞大学
        elif kind == "School" and suffix == "学院" and match.end() not in self._schools:
            place = self._doc._.place_of.get(start, start)
            if (
                place > start
                and match.start() - place > 1
                and is_industry(text[place : match.start()].removesuffix("科技"))
            ):
                kind = "IndustryCollege"  # 射洪锂电科技学院
        start, absorbed = self._absorbing(kind, suffix, start, match.start())
        if start == match.start():
            return
        inside = self._helpful[bisect_left(self._starts, start) : bisect_right(self._starts, match.start())]
        known = {
            span.label_
            for span in inside
            if span.end <= match.end()
            and span.end - span.start < match.end() - start
            and (span.label_ != "Enterprise" or len(span) > 3 or span.start == start or self._is_word(span))
        }
        known |= {absorbed} if absorbed else set()
        head = text[start : match.start()]
        if _is_name(self._doc, kind, suffix, head, start, known) and not _is_counted(
            text, match.end(), kind, known
        ):
            if absorbed:
                self.found.pop()
            end = _end(text, match.end(), kind, self._regions)
            self.found.append(Span(self._doc, start, end, label=kind))
            self._last_end = end
        else:
            self.rejected.append(Span(self._doc, start, match.end(), label=kind))

    def colleges(self) -> None:
        """`福州大学紫金矿业学院、武夷学院圣农食品学院`: in a list of industry colleges each is named with its school."""
        if "产业学院" not in self.text:
            return
        found: list[Span] = []
        for span in self.found:
            before = found[-1] if found else None
            if (
                before is not None
                and before.label_ == "School"
                and before.end == span.start
                and span.label_ in ("School", "IndustryCollege", "TrainingBase")
                and str(span).endswith("学院")
                and self.text[span.end : span.end + 1] in "、，。；等"
            ):
                found[-1] = Span(self._doc, before.start, span.end, label="IndustryCollege")
            else:
                found.append(span)
        self.found = found

    def _is_word(self, span: Span) -> bool:
        words = self._doc._.words
        return bool(words.is_edge(span.start) and words.is_edge(span.end))

    def _begin(self, at: int, suffix: str, kind: str, end: int) -> int:
        """Where the walk to the left from a suffix ends, and the name begins."""
        text, stops = self.text, [self._last_end]
        if kind == "School":
            nearest = bisect_right(self._school_ends, at)
            stops += self._school_ends[max(0, nearest - 1) : nearest]
        start = name_start(self._doc, at, stops, lenient="有限" in suffix)
        if kind == "School":
            start = max(
                start, self._schools.get(end, start)
            )  # a school of the list is known to its first character
        place = self._doc._.place_ends.get(at)
        academy = (
            _ACADEMY.search(text, max(self._last_end, start - 12), start)
            if kind == "ResearchPlatform"
            else None
        )
        if academy:
            return academy.start()
        if kind == "ResearchPlatform" and place is not None:
            return self._before_place(start, place)
        start = _at_region(self._doc, self._regions, start, at)
        if kind == "Agency":
            whole = _NATIONAL_BODY.search(text, max(self._last_end, at - 20), at)
            if whole:
                return whole.start()
        if kind == "Park":
            start = self._from_near_place(start, at)
        if kind in _JOINED_INSIDE:
            start = from_place(self._doc, start, at, self._last_end)
        if kind in _OF_INDUSTRIES and text[start - 1 : start] in ("与", "和", "及"):
            start = self._both_industries(start, at)
        if kind == "Consortium":
            joined = _JOINED_INDUSTRIES.search(text, max(0, start - 24), start)
            start = joined.start() if joined else start
        if kind == "Enterprise" and text[start] in "与由" and at - start > 2:
            start += 1
        if (
            kind == "Enterprise"
            and text[start - 1 : start] in ("省", "市")
            and not _PLACE_WORD.search(text, 0, start)
        ):
            start -= 1  # 省建材集团公司
        return start

    def _from_near_place(self, start: int, at: int) -> int:
        """`合肥新站高新区`: a few characters between a place and what a park is called are its name, whatever words they look like."""
        for end in range(at - 1, max(self._last_end, at - _LONGEST_PARK) - 1, -1):
            place = self._doc._.place_ends.get(end)
            if place is not None and end <= start:
                return place if _PARK_NAME.fullmatch(self.text, end, at) else start
        return start

    def _both_industries(self, start: int, at: int) -> int:
        """`新型显示与智能终端联合实验室`: two industries that one body is for."""
        first = name_start(self._doc, start - 1, [self._last_end])
        both = is_industry(self.text[first : start - 1]) and is_industry(
            self.text[start:at].removesuffix("行业")
        )
        return first if both else start

    def _before_place(self, start: int, place: int) -> int:
        """`虚拟现实技术与系统海南省工程研究中心`: such a name may say its place last; 与 is inside of it."""
        words = self._doc._.words
        before = self.text[start - 1 : start]
        if before not in ("与", "和") or place - start < 2 or start - 2 <= self._last_end:
            return min(place, start)
        first = name_start(self._doc, start - 1, [self._last_end])
        return first if start - 1 - first > 1 and is_nominal(words, first, start - 1) else start

    def _absorbing(self, kind: str, suffix: str, start: int, at: int) -> tuple[int, str | None]:
        """The name begins with another one: 苏州工业园区|产教联合体, 闽江学院|人工智能产业学院."""
        if not self.found or self.found[-1].label_ not in _HEADS.get(kind, ()):
            return start, None
        before = self.found[-1]
        if before.label_ == "Enterprise" and kind == "Enterprise":
            absorbs = before.end == start and "公司" in suffix and str(before).endswith("集团")
        elif kind == "Consortium":
            absorbs = before.end <= start and bool(_BETWEEN_HEAD.fullmatch(self.text, before.end, at))
        elif before.end == start:
            absorbs = kind != "School" or bool(_TYPED_SCHOOL.search(suffix))
        else:  # 莆田学院|高端装备与智能制造现代产业学院
            absorbs = (
                kind == "IndustryCollege"
                and 2 < start - before.end < 16
                and self.text[start - 1] in "与和及"
                and is_nominal(self._doc._.words, before.end, start - 1, leading=True)
            )
        return (before.start, before.label_) if absorbs else (start, None)


# Whose name may stand at the head of whose.
_HEADS: Final = {
    "Consortium": ("Park", "IndustryCollege", "School", "Enterprise"),
    "IndustryCollege": ("School", "Enterprise"),
    "TrainingBase": ("School", "Enterprise", "Park"),
    "ResearchPlatform": ("School", "Enterprise"),
    "Enterprise": ("Enterprise",),
    "School": ("Enterprise",),  # 株洲铁路工厂|技工学校
}
_BETWEEN_HEAD: Final = re.compile(
    "(?:国家级|省级|市级|市域|县域|区域|行业|产业|协同|人才|培养|创新|战略|校企|合作|融合|发展|专业|建设|职教|职业教育|产教){0,6}"
)
_ACADEMY: Final = re.compile(
    "(?:中国科学院|中科院|中国(?:农业|林业|医学|社会|水产|热带农业|环境)科学(?:研究)?院)$"
)
_LONGEST_PARK: Final = 6
_PARK_NAME: Final = re.compile(
    "(?!.*(?:[省市区县]级|各|地区|政府|有关|国家级))[^的在与和由为是有、及等了将各、，。；：“”（）\\s]{1,5}"
)
_OF_INDUSTRIES: Final = ("IndustryCollege", "TrainingBase", "ResearchPlatform", "Consortium")
_OF_A_FIRM: Final = ("大学", "学院", "商学院", "培训学院")
_JOINED_INSIDE: Final = ("Agency", "Consortium", "ResearchPlatform")
_NATIONAL_BODY: Final = re.compile(
    "(?:中国|全国|中华)(?:(?!公司|集团|大学|学院|院校|行业协会|教育部|会商)[\u4e00-\u9fff]){2,16}$"
)
_PLACE_WORD: Final = re.compile("[\u4e00-\u9fff][省市]$")
_BRACKET_BEHIND: Final = re.compile("（(?:职教集团|职业教育集团|联盟|产教联盟|共同体|联合体|集团)）")
_SECTION_OF: Final = re.compile(
    "(?:[\u4e00-\u9fff]{2,16}?(?:专业委员会|工作委员会|专委会|专门委员会|委员会)|[\u4e00-\u9fff]{2,8}?分会)(?![员议])"
)
_AREA_OF: Final = re.compile("[\u4e00-\u9fff]{2,6}?(?:片区|功能区)")


def _end(text: str, end: int, kind: str, regions: list[Span]) -> int:
    """Where a name ends that goes on behind its suffix: a branch, a section, an area, its other title in brackets."""
    if kind == "Enterprise":
        return _branch_end(text, end, regions)
    more = {"Consortium": _BRACKET_BEHIND, "Agency": _SECTION_OF}.get(kind)
    if kind == "Park" and text.endswith(("自由贸易试验区", "自贸试验区", "自贸区", "自主创新示范区"), 0, end):
        more = _AREA_OF
    found = more.match(text, end) if more else None
    return found.end() if found else end


_BRANCH: Final = re.compile("[\u4e00-\u9fff]{2,8}?(?:分公司|子公司|分厂|总厂|工厂|分行|项目部)")
_COUNT_AFTER: Final = re.compile(
    "\\s?(?!1\\D|一\\D)(?:\\d{1,5}|[一二两三四五六七八九十百]{1,3})\\s?[余多]?[个家所座处]"
)
_COUNTABLE: Final = frozenset(("Consortium", "IndustryCollege", "TrainingBase", "ResearchPlatform"))


def _branch_end(text: str, end: int, regions: list[Span]) -> int:
    """A company's name goes on to its branch: 北京现代汽车有限公司沧州分公司."""
    at = bisect_left(regions, end, key=lambda span: span.start)
    if at < len(regions) and regions[at].start == end:
        branch = _BRANCH.match(text, end)
        if branch:
            return branch.end()
    return end


def _is_counted(text: str, end: int, kind: str, known: set[str]) -> bool:
    """`现代农业产业学院 3 个` counts things of a kind and names none."""
    return (
        kind in _COUNTABLE
        and not known & {"Region", "Enterprise", "School", "Park"}
        and bool(_COUNT_AFTER.match(text, end))
    )


def _at_region(doc: Doc, regions: list[Span], start: int, suffix: int) -> int:
    """Names begin at their place: a generic or introducing phrase before the first place is cut off."""
    text, words = doc._.words.content, doc._.words
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


def _is_name(doc: Doc, kind: str, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rule = _RULES.get(kind, _telling)
    return rule(doc, suffix, head, start, known)


def _proper(doc: Doc, head: str, start: int) -> bool:
    words = doc._.words
    for index in range(words.index(start), words.index(start + len(head) - 1) + 1):
        if words.tags[index] in _PROPER_TAGS and residue(words.texts[index]):
            return True
    return False


def _telling(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:  # noqa: ARG001
    if re.search("(?:国家|省|市|县|区|校)级|首批|第[一二三四五六]批", head):  # 福建省省级现代产业学院
        for place in doc._.places:
            head = head.replace(place, "")
    return len(residue(head)) > 1


def _school(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if head.endswith("科"):
        return False  # 科学院
    if "Region" in known:
        return not _QUALITY.search(head)
    if _TYPED_SCHOOL.search(suffix):
        return len(rest) > 1
    if suffix.endswith("大学"):
        return len(rest) > 1
    if suffix in ("学院", "学校", "中学", "高级中学", "技校", "职校"):
        return _proper(doc, head, start) and len(rest) > 1 and not _DEPARTMENT.match(head)
    return len(rest) > 1 and len(head) > 1


# What says which schools, not which school: 重庆市高水平高职学校.
_QUALITY: Final = re.compile(
    "(?:高水平|示范性?|骨干|重点|优质|一流|知名|公办|民办|普通|双高|名牌|省级|国家级|市级|所有|部分|高职|中职|本科|专科|职业本科|高等|中等)+$"
)


def _enterprise(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if re.search("厂$|地铁|铁路局|段$|供电局|农商|农村商业", suffix):
        return "Region" in known  # 西安地铁, 株洲机车厂
    if "有限" in suffix or suffix == "集团公司":
        return len(rest) > 1 or "Enterprise" in known
    return len(rest) > 1 and (
        "Enterprise" in known
        or "Region" in known
        or _proper(doc, head, start)
        or _branded(head)
        or (
            suffix == "集团"
            and (len(head) > 2 or _coined(doc, head, start))
            and len(head) == len(rest)
            and not doc._.words.content.startswith(("化", "军", "内", "总部经济"), start + len(head) + 2)
        )
    )


def _coined(doc: Doc, head: str, start: int) -> bool:
    """Whether a short head is no ordinary word: 宜化, 六福, but not 教育 or 职教."""
    if not 2 <= len(head) <= 3:
        return False
    words = doc._.words
    return all(
        len(words.texts[index]) == 1
        or words.tags[index] in _PROPER_TAGS
        or (words.texts[index] == head and words.tags[index] in ("i", "l", "j", "x", "m"))
        for index in range(words.index(start), words.index(start + len(head) - 1) + 1)
    )


def _branded(head: str) -> bool:
    return bool(
        re.match(
            r"中[国铝铁建交航石化电船核煤粮储信]|国[网家电投]|"
            r"[\u4e00-\u9fff]{1,3}[钢铝铁电汽化工](?=[\u4e00-\u9fff]|$)",
            head,
        )
    )


def _park(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    if head.startswith("国务院"):
        return False
    if re.match("中[德英法美日韩俄新意瑞]", head):
        return True  # 中德装备园
    if (
        suffix.endswith("园")
        and is_industry(head)
        and _among_its_like(doc, suffix, start, start + len(head + suffix))
    ):
        return True
    return "Region" in known or "Park" in known or (len(residue(head)) > 1 and _proper(doc, head, start))


def _among_its_like(doc: Doc, suffix: str, start: int, end: int) -> bool:
    """`六园即高端化工产业园、港航物流产业园`: a list names its members by what they make."""
    text = doc._.words.content
    return (text.endswith("、", 0, start) and text.endswith(suffix, 0, start - 1)) or bool(
        re.compile(f"、[^、，。；]{{2,12}}{suffix}").match(text, end)
    )


def _platform(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if suffix.endswith("所") and re.match("第?[〇一二三四五六七八九十]{2}", suffix):
        return "Enterprise" in known or head.endswith(("集团", "公司"))  # 中国电科五十四所
    if len(rest) < 2 or (suffix == "创新中心" and head.endswith(("科技", "国际", "科学"))):
        return False  # 北京国际科技创新中心 is what a city is to become
    if suffix in _PLATFORMS:
        named = bool(known) or _proper(doc, head, start)
        return (
            named
            and (suffix != "工作室" or "Region" in known)
            and ("IndustryChain" in known or bool(_SCIENCE.search(head + suffix)))
        )
    if suffix.endswith("大师工作室") or suffix == "名师工作室":
        return True
    if suffix in ("研究所", "研究院", "检测中心", "技术中心", "研发中心", "孵化基地", "研究基地", "实验室"):
        return bool(known - {"Specialty"}) or _proper(doc, head, start)
    return True


def _association(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:  # noqa: ARG001
    if (
        head.endswith(("职业教育", "产教融合", "校企合作"))
        and suffix in ("学会", "研究会")
        and len(head) == 4
    ):
        return False
    if head.endswith("会") and suffix == "商会":
        return False  # 会商会
    return (
        "Region" in known
        or (bool(_ASSOCIATION_HEAD.match(head)) and len(residue(head)) > 1)
        or suffix.endswith("教学指导委员会")
    )


_OF_TEACHING: Final = re.compile(
    "产教|职教|职业|教育|校企|院校|高校|学院|学校|产学研|人才|技能|育人|科教|就业|实训|师资|课程|专业|技工|政校"
)
_LOOSE: Final = ("联盟", "联合体", "共同体", "教育集团")  # alone they end names of many other things


def _consortium(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    if suffix in _LOOSE and not _OF_TEACHING.search(head):
        return False
    if known & {"Park", "IndustryChain", "IndustryCollege", "School", "Enterprise"} or _PARK_HEAD.search(
        head
    ):
        return True  # 苏州工业园区产教联合体, 苏州市电子信息产教联合体
    places = [text for text in doc._.places if text in head]
    if places and suffix == "产教联合体" and head in places:
        return True  # 深圳市龙岗区产教联合体
    if places and suffix.startswith("产教") and not re.search("国家级|[省市]级", head):
        text, end = doc._.words.content, start + len(head) + len(suffix)
        listed = bool(
            re.match(
                "$|[、，；。”》（(]|由[^，。]{0,60}?牵头|(?:的)?(?:牵头|成员|理事)", text[end : end + 70]
            )
        )
        if listed and (
            start == 0 or text[start - 1] in "、：；“《 \u3000\n.．为" or text[end : end + 1] in "（("
        ):
            return True  # a name on a list: 合肥市产教联合体、株洲市域产教联合体
    rest = head
    for place in places:
        rest = rest.replace(place, "")
    rest = residue(rest)
    return len(rest) > 1 or (
        bool(places) and not re.search("[市省区县]域|国家级|[省市]级", head) and "集团" in suffix + head
    )


Rule = Callable[[Doc, str, str, int, set[str]], bool]
_RULES: Final[dict[str, Rule]] = {
    "School": _school,
    "Enterprise": _enterprise,
    "Park": _park,
    "ResearchPlatform": _platform,
    "Agency": _association,
    "Consortium": _consortium,
}


@Language.component("organisations")
def find_organisations(doc: Doc) -> Doc:
    """Mark organisations by suffix in `doc.spans["organisations"]`, generic phrases in `doc.spans["rejected"]`."""
    return Organisations()(doc)
