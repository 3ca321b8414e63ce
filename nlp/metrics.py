"""What a number counts (指标名): the metric's name from the words around the number.

Before the number stands either the thing counted (国家级产教联合体 5 个) or the subject (全日制在校生 1.9 万人); behind
it the thing (25 条改革举措) or, after a share, whose share it is (95%以上的中职学校技术服务收入为零).
"""

from __future__ import annotations

import re
from typing import Final

_CLAUSE_BEFORE: Final = re.compile("[^，。；！？：\n]{0,60}$")
_LIST_BEFORE: Final = re.compile("[^，。；！？：、\n]{0,60}$")
_AFTER: Final = re.compile("[^，。；！？、：\n（）()\\d]{0,24}")
_RISEN: Final = re.compile(
    "(?:由|从)(?:20\\d{2}年底?的?)?[\\d.]+[^，。]{0,6}(?:提高|增加|提升|增长|上升|下降|升|降|扩大|增|提|涨)(?:到|至|为)?(?:20\\d{2}年底?的?)?$"
)
_NUMBERS_BEFORE: Final = re.compile("^.*\\d[\\d.万亿]*(?:[所家个人名项门种套台万亿%％]+)[^、]{0,4}、")
_SPAN: Final = re.compile("近[一二两三四五六七八九十\\d]{1,2}年")
_TIME_WORDS: Final = re.compile(
    "(?:到|至|截至|截止)?\\s{0,2}(?:(?:19|20)\\d{2}\\s{0,2}年(?:底|末|初|秋季|春季)?|"
    "去年|今年|上年|目前|近年来|当年)(?:以来|前|，)?\\s{0,2}|"
    "“?十[二三四五六]五”?(?:末|期间|时期)|第[一二三四]季度"
)
_PLACE_WORDS: Final = re.compile(
    "^(?:我市|我省|全市|全省|全区|全国|我校|学校|学院|该校|其中|同时|并|共|也|还|仅|已|又|比如|，|\\s)+"
)
_VERBS: Final = re.compile(
    "^(?:主要目标是|力争|计划|累计)?(?:培育|建设|建成|打造|形成|新增|新建|遴选|认定|"
    "建立|建有|设立|组建|开设|拥有|现有|共有|设有|推动|实现|开发|"
    "引进|支持|达到|入选|获批|包括|集聚|谋划了|谋划|提出|制定|完成|推出|发布|参加|"
    "吸引|带动|培养|有|在(?![校岗职读册建])|使|离|将|要)+"
)
_TRAILING: Final = re.compile(
    "(?:力争|达到了|达到|达|为|有|共|共有|仅为|仅|约|已|近|超|突破|保持在|稳定在|提高到|提高至|"
    "增长至|增长到|增加到|提升至|提升到|连续保持在|增至|控制在|由|从|"
    "不低于|是|分别为|分别达|实现|高达|到|至|在|总计|的|连续|(?<![平人户年日])均|开展|了)+$"
)
_PEOPLE: Final = re.compile(
    "学生|在校生|毕业生|人才|人员|教师|职工|员工|师傅|技师|工匠|就业|培训|学员|招生|院士|专家|导师|人数|人口|缺口|从业|学徒|用工"
)
_MONEY: Final = re.compile("(?:投资|产值|销售额|销售收入|营业收入|营收|总额)[^，、]{0,6}$")
_SHARE_OF: Final = re.compile(
    "的(?P<who>[\u4e00-\u9fff]{0,6}?(?:毕业生|学生|学校|院校|企业|教师|专业|学员|人才|园区|"
    "课程|人员|员工|职工|家庭|教材))(?P<says>[\u4e00-\u9fff]{2,24})"
)
_RATIO_TO: Final = re.compile(
    "(?P<what>[\u4e00-\u9fff]{2,24}?)(?:仅为|仅是|为|相当于|是|不足|不到)(?P<whole>[\u4e00-\u9fff]{2,16})的$"
)
_THING: Final = re.compile("(?:的)?(?P<thing>[\u4e00-\u9fffA-Za-z“”]{1,20})")
_COUNTED: Final = frozenset(
    [
        "个",
        "家",
        "所",
        "项",
        "条",
        "门",
        "套",
        "本",
        "部",
        "种",
        "类",
        "支",
        "处",
        "件",
        "名",
        "台",
        "场",
        "期",
        "次",
        "班",
        "座",
        "对",
        "位",
        "户",
        "间",
        "篇",
        "批",
        "款",
        "份",
        "组",
        "台套",
        "团队",
        "班次",
    ]
)
_NOT_A_THING: Final = re.compile(
    "^(?:以上|左右|以内|占(?!地)|同比|较|比(?!赛)|以|和|与|及|并(?!网)|是|为|左(?=右)|上(?!市|海|下游|榜|台|合|云)|其(?!他)|分别|用于|正在|"
    "中(?=[有的已占、（]|$)|的$|(?:增加|增长|提高|提升|上升|上涨|下降|减少|扩大|增|升|降|涨)[到至为了])"
)
# What is said of the thing counted no longer names it: `企业|共同出资`, but 产教融合共同体, 在校生, 分布式电站.
_THEN: Final = re.compile(
    "横向|相差|参与(?!单位|企业|院校|学校)|实现|开展|达到|入选|获批|成立|建成(?!区)|投入|以及|同比|位于|来自|进入|作为|分布(?!式)|"
    "(?<=.)(?:成员|建设单位)?名单|予以|担任|当选|(?<![平人户年月日])均(?![衡等质值])|已|共同(?!体)|联合(?!体|会|国|实验室|研究|培养(?:基地|项目|专业))|"
    "正在|现在|在(?![校岗职读建编册籍线研营产])|(?<![自理缘])由"
)
# 重点建设20所中等职业学校 counts what stands behind.
_DOES: Final = re.compile(
    "(?:建设|建成|打造|组建|成立|设立|招收|招聘|引进|引入|培养|培育|培训|支持|遴选|认定|评选|新增|新建|开设|开发|编写|举办|开展|"
    "聘请|选派|选聘|拥有|集聚|聚集|吸引|建立|形成|实施|完成|推出|发布|输送|提供|覆盖|获批|入选|增设|布局|共建|创建|包括|涵盖|下辖)$"
)
_DASHES: Final = "-—–－~～"
_TEXT_VERB: Final = re.compile("与(?P<what>[\u4e00-\u9fff]{2,12})相关的")


def metric_of(text: str, begin: int, end: int, start: int, stop: int, unit: str) -> tuple[str, str]:
    """The metric and the unit of the number at `start:stop` in the sentence `begin:end`; an empty metric if none."""
    before = text[begin:start]
    after = text[stop:end]
    period = _SPAN.search(before[-80:])
    prefix = period.group() if period else ""
    if unit == "比例":
        return _of_share(before, after, prefix), unit
    clause_match = _CLAUSE_BEFORE.search(before)
    clause = _cleaned(clause_match.group() if clause_match else "")
    thing = _thing_after(after) if unit in _COUNTED or not unit or unit in ("人", "人次") else ""
    if not unit:
        unit = "人" if _PEOPLE.search(clause + thing) else "元" if _MONEY.search(clause) else ""
        if not unit:
            return "", unit
    if thing and unit in _COUNTED and not _noun_before(before):
        return _counted(before, thing), unit
    if thing and unit in ("人", ""):
        return _with_time(f"{_related(before)}{thing}", prefix), unit
    name = _TRAILING.sub("", clause)
    if name.endswith("等") and thing:
        return (thing if unit in ("人", "人次") else f"{thing}数"), unit
    if re.match("比|较", name):
        name = f"{_previous(before)}{name[1:]}"
    name = name.rsplit("、", 1)[-1] if unit in _COUNTED else name
    name = _VERBS.sub("", name) or name
    if not name:
        name = thing or _thing_after(after) or _previous(before)
    if unit in _COUNTED and name and not name.endswith(("数", "数量")):
        name = f"{name}数"
    return _with_time(name, prefix), unit


def _cleaned(clause: str) -> str:
    clause = re.split("[（(）)]", clause)[-1] or clause
    clause = _NUMBERS_BEFORE.sub("", clause)
    clause = _RISEN.sub("", clause)
    clause = _TIME_WORDS.sub("", clause)
    clause = _SPAN.sub("", clause)
    return _PLACE_WORDS.sub("", clause.strip()).strip().strip(_DASHES)


def _noun_before(before: str) -> bool:
    """Whether the thing counted stands right before the number: 产教联合体 5 个, but not 谋划了 25 条."""
    found = _LIST_BEFORE.search(before)
    words = _VERBS.sub("", _TRAILING.sub("", _cleaned(found.group() if found else "")))
    return (
        len(words) > 1
        and not _DOES.search(words)
        and not before.rstrip().endswith(("了", "的", "有", "共", "成", "过", "及", "和"))
    )


def _counted(before: str, thing: str) -> str:
    """`形成了实施方案，谋划了 25 条改革举措` counts 实施方案谋划的改革举措; `挂牌成立的 4 个产教联合体` those."""
    found = _CLAUSE_BEFORE.search(before)
    clause = _cleaned(found.group() if found else "")
    made = re.search("([\u4e00-\u9fff]{2,6})了$", clause)
    maker = re.search("(?:形成|印发|制定|出台|发布)了([\u4e00-\u9fff]{2,12})，[^，。]{0,8}$", before)
    if made and maker:
        return f"{maker[1]}{made[1]}的{thing}数"
    described = re.search("(?:今天|昨日|此次|首批)?([\u4e00-\u9fff]{2,12}的)$", clause)
    if described:
        return f"{re.sub('^(?:今天|昨天|此次)', '', described[1])}{thing}数"
    return f"{thing}数"


def _thing_after(after: str) -> str:
    found = _AFTER.match(after.lstrip())
    words = found.group() if found else ""
    if not words or _NOT_A_THING.match(words):
        return ""
    match = _THING.match(words)
    thing = match["thing"] if match else ""
    return re.sub("(?<=.)[和与及]$", "", _THEN.split(thing, maxsplit=1)[0].removesuffix("等"))


def _related(before: str) -> str:
    found = _TEXT_VERB.search(before)
    return found.group() if found else ""


def _with_time(name: str, period: str) -> str:
    return name if not period or name.startswith(period) else f"{period}{name}"


def _of_share(before: str, after: str, period: str) -> str:
    whose = _SHARE_OF.match(after)
    if whose:
        who, says = whose["who"], whose["says"]
        if re.search("为零|低于|不足|没有|缺乏|未", says):
            return f"{says}的{who}占比"
        holder = re.search("(职业院校|高职院校|中职学校|学校|高校)[\u4e00-\u9fff]{0,12}", before)
        return _with_time(f"{holder[1] if holder else ''}{who}{says}比例", period)
    ratio = _RATIO_TO.search(before)
    if ratio:
        what = re.sub("^\\d{0,5}\\s{0,2}[所家个名]", "", ratio["what"])
        return f"{what}与{ratio['whole']}之比"
    found = _CLAUSE_BEFORE.search(before)
    name = _TRAILING.sub("", _cleaned(found.group() if found else ""))
    name = _VERBS.sub("", name) or name
    name = f"{name}比" if name.endswith("占") else name
    if re.match("同比|环比|比上年|较上年|增长", name) or len(name) < 3:
        name = f"{_previous(before)}{name}"
    return _with_time(name, period) or re.sub("^的", "", after[:12].split("，", maxsplit=1)[0])


def _previous(before: str) -> str:
    """The words of the clause before, without its number: 产值 in `实现产值4200亿元，同比增长12.5%`."""
    parts = re.split("[，；：]", before)
    earlier = parts[-2] if len(parts) > 1 else ""
    earlier = re.split("\\d|超|约|近", _cleaned(earlier))[0].rstrip(_DASHES)
    return _VERBS.sub("", _TRAILING.sub("", earlier))[-16:]
