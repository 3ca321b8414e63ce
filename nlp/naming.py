"""Whether a phrase names a body (是不是名称): a rule for each kind, asked once its beginning is known.

`高水平产业学院` and `重庆市高水平高职学校` say what kind of thing is meant and name none; `苏州工业园区产教联合体`
names one. A rule sees the suffix, the head before it, where that begins, and the kinds of catalogue names inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

from nlp.characters import Doc
from nlp.coinage import is_coined
from nlp.industries import is_industry, speaks_of_industry
from nlp.names import names
from nlp.surroundings import residue

TYPED_SCHOOL: Final = re.compile(
    r"职业技术大学|职业大学|职业技术学院|职业学院|技师学院|高等专科学校|"
    r"中等专业学校|职业技术学校|职业高级中学|技工学校|"
    r"高级技工学校|职业中学|职教中心|职业教育中心|职业中专(?:学校)?|职业学校|中等职业学校|职院|职大"
)
_LEADING: Final = frozenset(names("leading_words"))
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


def is_name(doc: Doc, kind: str, suffix: str, head: str, start: int, known: Collection[str]) -> bool:
    """Whether `head + suffix`, which begins at `start`, names a body of a kind; `known` are kinds of names inside."""
    if _FIRST_OF.search(head):
        return False  # 沧州首家职业教育产业学院
    return _RULES.get(kind, _telling)(doc, suffix, head, start, set(known))


_FIRST_OF: Final = re.compile("首[家个所座]|唯一")
_COUNT_AFTER: Final = re.compile(
    "\\s?(?!1\\D|一\\D)(?:\\d{1,5}|[一二两三四五六七八九十百]{1,3})\\s?[余多]?[个家所座处]"
)
_COUNTABLE: Final = frozenset(("Consortium", "IndustryCollege", "TrainingBase", "ResearchPlatform"))


def is_counted(text: str, end: int, kind: str, known: Collection[str]) -> bool:
    """`现代农业产业学院 3 个` counts things of a kind and names none."""
    return (
        kind in _COUNTABLE
        and not {"Region", "Enterprise", "School", "Park"} & set(known)
        and bool(_COUNT_AFTER.match(text, end))
    )


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


_NUMBERED: Final = re.compile("第[一二三四五六七八九十\\d]{1,2}")  # 拉萨市第二中等职业技术学校


def _school(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if head in _LEADING:
        return False  # 统筹布局|中等职业学校
    if head.endswith("科"):
        return False  # 科学院
    if "Region" in known:
        return not _QUALITY.search(head) or bool(_NUMBERED.search(head))
    if TYPED_SCHOOL.search(suffix):
        return len(rest) > 1
    if suffix.endswith("大学"):
        return len(rest) > 1
    if suffix in ("学院", "学校", "中学", "高级中学", "技校", "职校"):
        return _proper(doc, head, start) and len(rest) > 1 and not _DEPARTMENT.match(head)
    return len(rest) > 1 and len(head) > 1


# What says which schools, not which school: 重庆市高水平高职学校.
_QUALITY: Final = re.compile(
    "(?:高水平|示范性?|骨干|重点|优质|一流|知名|公办|民办|普通|双高|名牌|省级|国家级|市级|所有|部分|高职|中职|本科|专科|职业本科|高等|中等|全日制|全省|全市|县属|市属|省属|国有)+$"
)


def _enterprise(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    rest = residue(head)
    if re.search("厂$|地铁|铁路局|段$|供电局|农商|农村商业", suffix):
        return "Region" in known  # 西安地铁, 株洲机车厂
    if "有限" in suffix or suffix == "集团公司":
        return len(rest) > 1 or "Enterprise" in known
    if suffix == "公司" and any(
        is_coined(head[:size]) and speaks_of_industry(head[size:]) for size in (2, 3, 4) if size < len(head)
    ):
        return True  # 众山精密公司
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
    if {"Region", "Park"} & known:
        return True
    if _ZONES.fullmatch(suffix) and _is_coined_place(doc, head, start):
        return True
    special = _SPECIAL.search(head)
    if special and _is_coined_place(doc, head[: special.start()], start):
        return True  # 杨凌|农业高新技术产业|示范区
    if suffix.endswith(("园", "园区", "港", "谷")) and _is_one_place(
        doc, head, start, start + len(head + suffix), known
    ):
        return True
    return len(residue(head)) > 1 and _proper(doc, head, start)


_ZONES: Final = re.compile(
    "(?:高新|经开|(?:经济|经济技术|高新技术产业)?开发|工业园|(?:综合)?保税|综保|工业|集中)区|工业园"
)

_SPECIAL: Final = re.compile("(?:国家|国际)?(?:农业|综合|临空|临港|高新技术|经济技术|经济|产业|科技){2,4}$")


def _is_coined_place(doc: Doc, head: str, start: int) -> bool:
    """Whether 小蓝 of 小蓝经开区 is a name that no list has: two to four characters without a word of other use."""
    words = doc._.words
    return (
        2 <= len(head) <= 4
        and len(residue(head)) == len(head)
        and not re.search("级|类|等|区|园|型|性", head)
        and all(
            words.tags[index][:1] not in "vpdrmcuftab" or len(words.texts[index]) == 1
            for index in range(words.index(start), words.index(start + len(head) - 1) + 1)
        )
    )


_STANDS_IN: Final = re.compile("(?:[在于]|入驻|落户|走进|依托|进驻|[到至赴由])$")
_IS_THERE: Final = re.compile(
    "(?:[内里]|位于|[坐座]落|占地|总投资|规划(?:面积|占地)|管委会|奠基|开园|入驻|已(?:建|入|有|引))"
)


def _is_one_place(doc: Doc, head: str, start: int, end: int, known: set[str]) -> bool:
    """`在今创轨道交通产业园`: a park called by its industry where the sentence goes there."""
    text = doc._.words.content
    industry = "Enterprise" in known or any(is_industry(head[cut:]) for cut in range(min(5, len(head) - 1)))
    there = _STANDS_IN.search(text, max(0, start - 2), start) or _IS_THERE.match(text, end)
    return industry and bool(there) and len(residue(head)) > 1


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
    if len(rest) < 2 or (suffix == "创新中心" and _is_an_aim(doc, head)):
        return False
    if suffix.startswith("中试"):
        for place in doc._.places:
            head = head.replace(place, "")
        return len(residue(_ANY_TRIAL.sub("", head))) > 1
    if suffix.endswith(("实验室", "平台")) and _among_its_like(
        doc, suffix, start, start + len(head + suffix)
    ):
        return len(rest) > 2  # 高分子合成实验室、流体力学实验室等六大实验室
    if suffix in _PLATFORMS:
        named = (
            bool(known)
            or _proper(doc, head, start)
            or (len(rest) > 2 and _comes_to_be(doc, start, start + len(head) + len(suffix)))
        )
        return (
            named
            and (suffix != "工作室" or "Region" in known)
            and ("IndustryChain" in known or bool(_SCIENCE.search(head + suffix)))
        )
    if suffix.endswith("大师工作室") or suffix == "名师工作室":
        return True
    if suffix in ("研究所", "研究院", "检测中心", "技术中心", "研发中心", "孵化基地", "研究基地", "实验室"):
        return (
            bool(known - {"Specialty"})
            or _proper(doc, head, start)
            or (len(rest) > 2 and _comes_to_be(doc, start, start + len(head) + len(suffix)))
        )
    return True


_ANY_TRIAL: Final = re.compile(
    "年度|制造业|首批|重点|培育|服务|和|信息化部|[省市]级|国家级|\\d+"
)  # 省级中试平台
_MADE: Final = re.compile(
    '(?:共建|成立|组建|设立|揭牌|建设|打造|申报|获批|建立|搭建|创办)(?:了|起|的)?[“"]?$'
)
_MAKES_ITSELF: Final = re.compile(
    '[”"]?(?:正式|同日|当天|现场|也|随后|近日){0,2}(?:揭牌|成立|签约|挂牌|落户|奠基|启用|投用|获批|落成)'
)


def _comes_to_be(doc: Doc, start: int, end: int) -> bool:
    """`共建智能运维实验室`, `智能传感国际研究院揭牌`: what is set up has a name."""
    text = doc._.words.content
    return bool(_MADE.search(text, max(0, start - 6), start) or _MAKES_ITSELF.match(text, end))


def _is_an_aim(doc: Doc, head: str) -> bool:
    """北京国际科技创新中心 is what a city is to become, 温州眼视光国际创新中心 a body."""
    if not head.endswith(("科技", "国际", "科学", "产业")):
        return False
    for place in doc._.places:
        head = head.replace(place, "")
    return len(residue(re.sub("国际|科技|科学|产业|综合性|区域", "", head))) < 2


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


def _base(doc: Doc, suffix: str, head: str, start: int, known: set[str]) -> bool:
    """兰州新区产教融合基地 says what a park is to have; 德成产教融合示范基地 is one's name."""
    if (
        "Park" in known
        and suffix.endswith("基地")
        and not re.search("实训|实习|实践|培训|教学|教育|培养", suffix)
    ):
        return False
    return _telling(doc, suffix, head, start, known)


_OF_TEACHING: Final = re.compile(
    "产教|职教|职业|教育|校企|院校|高校|学院|学校|产学研|人才|技能|育人|科教|就业|实训|师资|课程|专业|技工|政校"
)
_LOOSE: Final = ("联盟", "联合体", "共同体", "教育集团")  # alone they end names of many other things


_FOUNDED: Final = re.compile("(?:发起|牵头|组建|成立|共建)的[“]?$")


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
                "$|[、，；。”》（(]|在[^，。]{2,20}?(?:成立|揭牌|启动)|由[^，。]{0,60}?牵头|(?:的)?(?:牵头|成员|理事|秘书处|章程)|(?:正式)?(?:(?:成立|揭牌|启动)(?!大会|仪式)|获批|入选)|"
                "依托|吸纳|汇聚|集聚|整合|(?:现|共|已)有\\d|(?:第[一二三四]次|首次)?(?:会议|工作会)",
                text[end : end + 70],
            )
        )
        founded = bool(_FOUNDED.search(text, max(0, start - 8), start))  # 由…发起的宁海县域产教融合共同体
        if listed and (
            founded
            or start == 0
            or text[start - 1] in "、，。：；“《 \u3000\n.．为"
            or text[end : end + 1] in "（("
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
    "TrainingBase": _base,
    "ResearchPlatform": _platform,
    "Agency": _association,
    "Consortium": _consortium,
}
