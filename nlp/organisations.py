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
from nlp.suffixes import KIND_OF, SUFFIX
from nlp.surroundings import NOMINAL_VERBS, name_start, residue

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
        text = doc._.words.content
        catalogue: list[Span] = list(doc.spans[CATALOGUE])
        regions = [span for span in catalogue if span.label_ == "Region"]
        helpful = [span for span in catalogue if span.label_ in _IMPORTANT_LEVELS and len(span) > 1]
        starts = [span.start for span in helpful]
        school_ends = sorted(span.end for span in catalogue if span.label_ == "School")
        schools = {span.end: span.start for span in reversed(catalogue) if span.label_ == "School"}
        found: list[Span] = []
        rejected: list[Span] = []
        last_end = 0
        for match in SUFFIX.finditer(text):
            if match.start() < last_end:
                continue  # inside the branch of the name before
            suffix, kind = match.group(), KIND_OF[match.group()]
            stops = [last_end]
            if kind == "School":
                nearest = bisect_right(school_ends, match.start())
                stops += school_ends[max(0, nearest - 1) : nearest]
            start = name_start(doc, match.start(), stops, lenient="有限" in suffix)
            if kind == "School":
                start = max(
                    start, schools.get(match.end(), start)
                )  # a school of the list is known to its first character
            start = _at_region(doc, regions, start, match.start())
            if (
                kind == "Consortium"
                and found
                and found[-1].end == match.start()
                and found[-1].label_ == "Park"
            ):
                start = found[-1].start  # 天津经济技术开发区产教联合体
            elif kind == "Consortium":
                joined = _JOINED_INDUSTRIES.search(text, max(0, start - 24), start)
                start = joined.start() if joined else start
            if kind == "Enterprise" and text[start] in "与由" and match.start() - start > 2:
                start += 1
            if start == match.start():
                continue
            inside = helpful[bisect_left(starts, start) : bisect_right(starts, match.start())]
            known = {
                span.label_
                for span in inside
                if span.end <= match.end() and span.end - span.start < match.end() - start
            }
            head = text[start : match.start()]
            if _is_name(doc, kind, suffix, head, start, known) and not _is_counted(
                text, match.end(), kind, known
            ):
                end = _branch_end(text, match.end(), regions) if kind == "Enterprise" else match.end()
                found.append(Span(doc, start, end, label=kind))
                last_end = end
            else:
                rejected.append(Span(doc, start, match.end(), label=kind))
        doc.spans[ORGANISATIONS] = found
        doc.spans[REJECTED] = rejected
        return doc


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
    return len(residue(head)) > 1


def _school(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if head.endswith("科"):
        return False  # 科学院
    if "Region" in known:
        return True
    if _TYPED_SCHOOL.search(suffix):
        return len(rest) > 1
    if suffix.endswith("大学"):
        return len(rest) > 1
    if suffix in ("学院", "学校", "中学", "高级中学", "技校", "职校"):
        return _proper(doc, head, start) and len(rest) > 1 and not _DEPARTMENT.match(head)
    return len(rest) > 1 and len(head) > 1


def _enterprise(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if "有限" in suffix or suffix == "集团公司":
        return len(rest) > 1 or "Enterprise" in known
    return len(rest) > 1 and (
        "Enterprise" in known
        or "Region" in known
        or _proper(doc, head, start)
        or _branded(head)
        or (
            suffix == "集团"
            and (len(head) > 3 or _coined(doc, head, start))
            and len(head) == len(rest)
            and not doc._.words.content.startswith("化", start + len(head) + 2)
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


def _park(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:  # noqa: ARG001
    if head.startswith("国务院"):
        return False
    return "Region" in known or "Park" in known or (len(residue(head)) > 1 and _proper(doc, head, start))


def _platform(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if len(rest) < 2:
        return False
    if suffix in _PLATFORMS:
        named = bool(known) or _proper(doc, head, start)
        return named and (suffix != "工作室" or "Region" in known) and bool(_SCIENCE.search(head + suffix))
    if suffix.endswith("大师工作室") or suffix == "名师工作室":
        return True
    if suffix in ("研究所", "研究院", "检测中心", "技术中心", "研发中心", "孵化基地", "研究基地", "实验室"):
        return bool(known - {"Specialty"}) or _proper(doc, head, start)
    return True


def _association(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:  # noqa: ARG001
    return (
        "Region" in known
        or (bool(_ASSOCIATION_HEAD.match(head)) and len(residue(head)) > 1)
        or suffix.endswith("教学指导委员会")
    )


def _consortium(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    if "Park" in known or _PARK_HEAD.search(head) or "IndustryChain" in known:
        return True  # 苏州工业园区产教联合体, 苏州市电子信息产教联合体
    places = [text for text in doc._.places if text in head]
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
