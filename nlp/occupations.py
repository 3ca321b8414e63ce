"""Occupations and posts (职业、岗位): names of the classification, and how posts are called (数控车工, 算法工程师)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.coordination import PART, items_before
from nlp.gazetteer import CATALOGUE
from nlp.organisations import ORGANISATIONS
from nlp.seeking import Seeker
from nlp.surroundings import is_nominal, name_start, residue

OCCUPATIONS: Final = "occupations"

_SUFFIX: Final = Seeker(
    "(?<=技术|管理|操作|运维|维修|检修|服务|研发|设计|销售|质检|运营|施工|测试|工程)岗(?![位亭])|站务员|值班员|值班站长|调度员|列检员|乘务长|机车司机|列车司机|"
    "轮机长|大副|水手长|工程师|设计师|架构师|分析师|造价师|建造师|药师|医师|美容师|美发师|茶艺师|"
    "烹调师|营养师|管理师|咨询师|规划师|摄影师|理疗师|康复师|"
    "测量师|评估师|精算师|理财师|物流师|设备师|训练师|主播|操作员|检验员|"
    "质检员|调试员|运维员|测试员|程序员|安全员|施工员|资料员|"
    "预算员|护理员|育婴员|保育员|管理员|技术员|维护员|维修员|服务员|营业员|"
    "收银员|客服|采购员|仓管员|快递员|驾驶员|机长|审核员|"
    "标注员|网格员|乘务员|安检员|讲解员|导游员|销售员|跟单员|报关员|装调员|养护员|监测员|"
    "(?:车|铣|磨|镗|钳|焊|电|管|木|瓦|油漆|钣金|喷涂|铸造|锻造|装配|装调|维修|"
    "操作|制造|加工|检修|调试|安装|缝纫|养殖|炼钢|轧钢|"
    "化验|试验|起重|热处理|涂装|检验|冲压|模具|绕线|注塑|机修|普工)工(?![程业作艺匠会]|人)"
)
_GENERIC: Final = re.compile(
    "^(?:现场|卓越|高级|助理|初级|中级|首席|产业|数字技术|各类|优秀|总|副总|青年|"
    "专业|高技能|未来|企业|卓越现场|技术|党|公务|辅导|管理|中国|"
    "注册|一线|大国|新|人力|系统|特级|正高级|数控类|双师型|资深|外籍|海外|省级|名)?$"
)
_WHOLE: Final = frozenset(
    [
        "轮机长",
        "大副",
        "水手长",
        "站务员",
        "值班员",
        "值班站长",
        "调度员",
        "列检员",
        "乘务长",
        "机车司机",
        "列车司机",
    ]
)
_A_PROGRAMME: Final = re.compile("培|班|专项|学院|项目|计划|联合|人才|大赛|教育|工程|试点|认证|队伍")
_CLOSES: Final = Seeker(
    "等?(?:\\d{1,3}个)?(?:紧缺|急需|关键|核心|重点|典型|技术|技能|新|相关|一线)*(?:岗位|职业|工种)(?P<group>群|（群）)?(?!教育|院校|学校|技能|能力|生涯|培训|资格|道德|素养|标准|分类|本科|学院)"
)
# Members of an elided list that say too little by themselves: …生产、运行、检测.
_FRAGMENT: Final = re.compile(
    "(?:检测|检验|运行|管理|研发|施工|设计|维护|服务|生产|营销|销售|测试|安装|调试|操作|维修|检修|加工|制造|技术|运营|监督|质检|技术服务|"
    "技术支持|项目管理|生产管理|质量管理|经营管理|现场管理|技术管理|监理|咨询|策划|教学|科研|采购|开发|应用|推广|贸易|物流|培训|评估|监测|"
    "工程|护理|保健|实施|规划|编制|审核|分析|及相关|其他|相关|各类|重点|主要|核心|关键|不同|多个|若干|就业|创业|一线|对口|技能|基层)+"
)
_LONGEST_LIST: Final = 200
# The clause of a list of posts: `面向A、B等职业，C、D等岗位（群）`.
_CLAUSE_OF_POSTS: Final = re.compile(
    "(?:(?:^|[，。；：\\n])(?:主要|毕业生|可|能够?|学生)*(?P<by>面向|从事|对接|胜任)|(?<=职业)，|(?<=人员)，)(?P<opened>)(?=[^，。；：\\n]+$)"
)
_NOT_INSIDE: Final = frozenset(("p", "c", "r", "d", "u", "uj", "ul", "t", "x", "m", "q"))
_CALLED: Final = re.compile("(?:人员|技师|工程师|员|工|师|手|主播|经理|主管)$")
# Names of the classification that are ordinary words in prose.
_ORDINARY: Final = frozenset(
    [
        "教师",
        "小学教师",
        "中学教育教师",
        "高等教育教师",
        "记者",
        "律师",
        "法官",
        "检察官",
        "警察",
        "军人",
        "作家",
        "编剧",
        "导演",
        "演员",
        "模特",
        "会计",
        "出纳",
        "秘书",
        "翻译",
        "编辑",
        "校对员",
        "中等职业教育教师",
        "技工学校教师",
        "特殊教育教师",
        "幼儿教育教师",
        "教练员",
        "裁判员",
        "运动员",
        "画家",
        "书法家",
        "播音员",
        "节目主持人",
        "职业经理人",
        "经理",
        "人民警察",
        "消防员",
        "保险代理人",
        "讲师",
        "其他教学人员",
    ]
)


@Language.component("occupations")
def find_occupations(doc: Doc) -> Doc:
    """Mark occupations in `doc.spans["occupations"]`."""
    text = doc._.words.content
    found = [
        Span(doc, span.start, span.end, label="Occupation")
        for span in doc.spans[CATALOGUE]
        if span.label_ == "Occupation"
        and str(span) not in _ORDINARY
        and not str(span).endswith("负责人")
        and _free(doc, span)
    ]
    organisations = sorted(span.end for span in doc.spans[ORGANISATIONS])
    for match in _SUFFIX.finditer(text):
        if text[max(0, match.start() - 1) : match.start()] == "总":
            continue  # an office: 总工程师, 副总设计师
        if text[match.end() : match.end() + 2] in (
            "学院",
            "协会",
            "大赛",
            "计划",
            "班培",
            "专项",
            "人才",
            "行业",
            "产业",
            "领域",
            "设备",
            "电子",
        ) or text[match.end() : match.end() + 4].startswith(("培养", "培训", "职称", "资格")):
            continue
        before = bisect_right(organisations, match.start())  # a post of a body that is named before it
        start = name_start(doc, match.start(), organisations[max(0, before - 1) : before])
        start = _from_list(doc, text, start, match.start())
        if text[start] in "招聘缺" and match.start() - start > 2:
            start += 1  # 专程前来招|质量部测试员
        head = text[start : match.start()]
        field_engineer = head == "现场" and not _A_PROGRAMME.match(text, match.end())
        single = (
            field_engineer
            or match.group() in _WHOLE
            or (match.group().endswith("工") and len(match.group()) > 2)
        )
        if (
            single
            or (len(head) > 1 and not _GENERIC.match(head) and len(residue(head)) > 1)
            or (
                match.group() in ("焊工", "钳工", "电工", "车工", "铣工", "磨工")
                and _in_list(text, start, match.end())
            )
        ):
            found.append(Span(doc, start, match.end(), label="Occupation"))
    found += _listed(doc, text)
    found += _objects(doc, text)
    doc.spans[OCCUPATIONS] = found
    return doc


def _from_list(doc: Doc, text: str, start: int, suffix: int) -> int:
    """An item of a list begins behind the 、 before it, whatever verb is in it: 、工艺整合工程师."""
    comma = text.rfind("、", max(0, suffix - 12), start)
    if comma < 0 or suffix - comma > 11:
        return start
    words = doc._.words
    tags = words.tags[words.index(comma + 1) : words.index(suffix - 1) + 1]
    return (
        start
        if any(tag in _NOT_INSIDE for tag in tags) or text[comma + 1 : start].endswith(("和", "与", "及"))
        else comma + 1
    )


def _listed(doc: Doc, text: str) -> list[Span]:
    """The items of a list that 岗位, 职业 or 工种 closes: called as people are, or the work of a post (丝绸检测)."""
    found = []
    for match in _CLOSES.finditer(text):
        items = _members(doc, text, match.start())
        posts = match["group"] or (match.group().startswith("等") and len(items) > 1)
        for start, end in items:
            surface = text[start:end]
            person = (
                len(surface) > 2
                and _CALLED.search(surface)
                and not _GENERIC.match(_CALLED.sub("", surface))
                and len(residue(surface)) > 1
            )
            work = posts and not _FRAGMENT.fullmatch(surface) and not _ANYBODY.search(surface)
            if person or (work and _is_work(doc, start, end)):
                found.append(Span(doc, start, end, label="Occupation"))
    return found


def _members(doc: Doc, text: str, end: int) -> list[tuple[int, int]]:
    """The items of the list that ends at `end`; behind 面向 and 从事 they are cut by 、 and the last 和 alone."""
    clause = _CLAUSE_OF_POSTS.search(text, max(0, end - _LONGEST_LIST), end)
    if clause is None:
        return [item for item in items_before(text, doc._.words, end).items if 1 < item[1] - item[0] < 18]
    begin = clause.end("opened")
    items = [(begin + m.start(), begin + m.end()) for m in re.compile("[^、]+").finditer(text[begin:end])]
    if len(items) > 1:
        start, stop = items[-1]
        joint = re.compile("以及|和").search(text, start + 2, stop - 1)
        if joint:
            items[-1:] = [(start, joint.start()), (joint.end(), stop)]
    return [
        (start + text[start:stop].rfind("的") + 1, stop)  # 冶炼业的|化学检验
        for start, stop in items
        if 1 < stop - start < 24
    ]


def _is_work(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch reads as what somebody in a post does: nouns and verbs only."""
    words = doc._.words
    return not any(
        words.tags[index] in ("r", "d", "m", "x", "uj", "ul", "t")
        or words.texts[index] in ("面向", "对接", "从事")
        for index in range(words.index(start), words.index(end - 1) + 1)
    )


# Verbs whose object, in this prose, is a list of posts when its members are called as people are.
_TAKES: Final = re.compile(
    "面向|培养|从事|可担任|可任|胜任|招聘|急需|紧缺|急缺|对应|就业岗位(?:有|为|包括|：)|岗位(?:有|为|包括|：)|职业(?:有|为|包括|：)|成为|成长为"
)
_END: Final = re.compile("[，。；：！？\n（）]|等(?![离级])|的(?=[高技人])")
_LONGEST_OBJECT: Final = 100
_PEOPLE: Final = re.compile(
    "(?:技师|工程师|[^人成学教党委会队雇官职动演]员|工|师|司机|主播|经理|主管|站长|店长|厨师长|专员|助理|顾问|策划|会计)$"
)
_ANYBODY: Final = re.compile(
    "(?:技术|管理|服务|工作|一线|专业|技能|科研|从业|应用|操作|相关|产业|企业|职业|高素质|复合型|高级|新型)*(?:人员|人才|员工|职工|工人|工匠|教师|导师|讲师|大师|名师|会员|队员|学员|学徒工|农民工|专家)$"
)


def _objects(doc: Doc, text: str) -> list[Span]:
    """`培养站务员、值班员、行车调度员`: a list behind such a verb, all of whose members are called as people are."""
    found = []
    for verb in _TAKES.finditer(text):
        end = _END.search(text, verb.end(), verb.end() + _LONGEST_OBJECT)
        stop = end.start() if end else min(len(text), verb.end() + _LONGEST_OBJECT)
        items = [
            (verb.end() + part.start(), verb.end() + part.end())
            for part in PART.finditer(text[verb.end() : stop])
        ]
        named = [
            (start, last)
            for start, last in items
            if 2 < last - start < 15
            and _PEOPLE.search(text, start, last)
            and not _ANYBODY.search(text, start, last)
            and is_nominal(doc._.words, start, last, leading=True)
        ]
        if len(named) > 1 or (named and len(named) == len(items)):
            found += [
                Span(doc, start, last, label="Occupation")
                for start, last in named
                if len(residue(text[start:last])) > 1
            ]
    return found


def _free(doc: Doc, span: Span) -> bool:
    """Short names count as whole words only: 焊工 in 电焊工程 does not."""
    if len(span) > 4:
        return True
    return bool(doc._.words.is_edge(span.start) and doc._.words.is_edge(span.end))


def _in_list(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in ("", "、", "，", "“", "如", "招", "对") or text[
        end : end + 1
    ] in ("、", "等", "，", "”")
