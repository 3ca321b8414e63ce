"""The vocabulary of the graph, declared once (本体): node kinds, edge kinds, their properties and ends.

The store's tables, the claims schema, extraction labels, record validation, GraphQL types and `docs/ontology.md`
derive from this module; a test fails where one drifts. Adding a property is one line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import Final

from graph.errors import LiantuError
from graph.language import Text


class Type(StrEnum):
    """The types of property values. A `DATE` is ISO text as exact as it is known: 2023, 2023-10, 2023-10-27."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or edge kind; `values` lists them where they are enumerated."""

    name: str
    zh: str
    en: str
    type: Type = Type.TEXT
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node (节点类型); `identity` says what tells one from another."""

    name: str
    zh: str
    en: str
    identity: str
    properties: tuple[Property, ...] = ()
    scope: tuple[str, ...] = ()  # the kinds that such a node exists inside of


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of claim (关系类型) and the pairs of node kinds that it may join."""

    name: str
    zh: str
    en: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()


def _text(name: str, zh: str, en: str, *values: str) -> Property:
    return Property(name, zh, en, values=values)


def _count(name: str, zh: str, en: str) -> Property:
    return Property(name, zh, en, Type.INTEGER)


def _number(name: str, zh: str, en: str) -> Property:
    return Property(name, zh, en, Type.NUMBER)


def _date(name: str, zh: str, en: str) -> Property:
    return Property(name, zh, en, Type.DATE)


SPECIALTY_LEVELS: Final = ("中职", "高职专科", "职业本科", "普通本科")
SCHOOL_LEVELS: Final = ("中职", "技工", "高职专科", "职业本科", "普通本科", "研究生")
GRADES: Final = ("国家级", "市级", "校级")
STATUSES: Final = ("完成", "在建", "计划", "倡导")
METHODS: Final = ("record", "rule", "model")

_CODE = _text("code", "代码", "official code")
_YEAR = _count("year", "年份", "calendar year")
_SINCE = _date("since", "起始", "since")
_UNTIL = _date("until", "终止", "until")

NODES: Final = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            NodeKind(
                "IndustryChain",
                "产业链",
                "a chain, a cluster of chains, one segment of a chain, or an industry of GB/T 4754",
                "name, or GB/T 4754 code",
                (
                    _CODE,
                    _text("tier", "层级", "tier", "集群", "产业链", "环节", "行业"),
                    _text("size", "规模", "size class, such as 万亿级"),
                ),
            ),
            NodeKind(
                "Specialty",
                "专业",
                "one specialty of the national catalogues",
                "catalogue code",
                (
                    _CODE,
                    _text("level", "层次", "level", *SPECIALTY_LEVELS),
                    _text("category", "专业大类", "category"),
                    _text("class_name", "专业类", "class"),
                ),
            ),
            NodeKind(
                "SpecialtyGroup",
                "专业群",
                "a school's group of specialties",
                "school + name",
                scope=("School",),
            ),
            NodeKind(
                "School",
                "院校",
                "a school, college or university",
                "national school code, else name",
                (
                    _CODE,
                    _text("level", "办学层次", "level", *SCHOOL_LEVELS),
                    _text("nature", "办学性质", "public or private"),
                    _text("supervisor", "主管部门", "supervising body"),
                ),
            ),
            NodeKind(
                "Enterprise",
                "企业",
                "a company or corporate group",
                "unified social credit code, else name",
                (_CODE, _text("scale", "企业规模", "scale, such as 规模以上")),
            ),
            NodeKind(
                "ResearchPlatform",
                "研发平台",
                "laboratory, engineering centre, innovation platform, incubator",
                "name",
                (_text("level", "级别", "grade"), _text("category", "类别", "category")),
            ),
            NodeKind(
                "TalentChain",
                "人才链",
                "the ladder that staffs a chain: occupations and training steps",
                "chain + name",
                scope=("IndustryChain",),
            ),
            NodeKind(
                "Occupation", "职业岗位", "an occupation or post", "occupation code, else name", (_CODE,)
            ),
            NodeKind(
                "TalentProgram",
                "人才培养项目",
                "order class, apprenticeship, articulated training …",
                "name + organiser",
                (_text("mode", "培养模式", "mode"),),
            ),
            NodeKind(
                "Consortium",
                "产教联合体",
                "municipal consortium, industry community or vocational education group",
                "name",
                (_text("level", "级次", "level", "国家级", "市级", "园区牵头", "企业牵头", "学校牵头"),),
            ),
            NodeKind(
                "IndustryCollege", "产业学院", "industry college, mixed-ownership college", "name + school"
            ),
            NodeKind(
                "TrainingBase",
                "实训基地",
                "practical training base, enterprise training centre",
                "name",
                (_text("level", "级别", "grade"),),
            ),
            NodeKind(
                "Park",
                "产业园区",
                "industrial park, development zone, new area",
                "name",
                (_text("level", "级别", "grade"),),
            ),
            NodeKind("Agency", "党政部门", "government or party body, industry association", "name"),
            NodeKind(
                "Region",
                "行政区域",
                "province, city, district or county",
                "administrative division code",
                (_CODE, _text("level", "级别", "level", "省级", "地级", "县级")),
            ),
            NodeKind(
                "SharedResource",
                "共享资源",
                "course, textbook, teacher pool, equipment or base that members share",
                "name + owner",
                (_text("category", "类别", "category"),),
                scope=("School", "Enterprise", "Consortium"),
            ),
            NodeKind(
                "PolicyDocument",
                "政策文件",
                "a policy document, speech, list or news item",
                "document number, else title + date",
                (
                    _text("number", "文号", "document number"),
                    _text("title", "标题", "title"),
                    _date("issued", "发布日期", "issued"),
                    _date("effective", "施行日期", "in force from"),
                    _date("repealed", "废止日期", "repealed"),
                    _text("kind", "文种", "genre of document"),
                ),
            ),
            NodeKind(
                "Measure",
                "改革举措",
                "a task that a document sets",
                "document + order",
                (
                    _count("order", "序号", "order in the document"),
                    _text("text", "内容", "text"),
                    _text("due", "期限", "due"),
                    _text("responsible", "责任主体", "responsible, as written"),
                ),
                scope=("PolicyDocument",),
            ),
            *(
                NodeKind(
                    name,
                    zh,
                    en,
                    identity,
                    (
                        _text("metric", "指标", "metric"),
                        _text("comparator", "比较", "comparator", "=", "≥", "≤", "≈", ">", "<"),
                        _number("value", "数值", "value as a plain number; a share is from 0 to 1"),
                        _text("unit", "单位", "unit"),
                        _YEAR,
                    ),
                    scope=("PolicyDocument",),
                )
                for name, zh, en, identity in (
                    ("Target", "目标", "a quantity that a document demands or plans", "document + metric"),
                    (
                        "Statistic",
                        "统计事实",
                        "a quantity that a document reports",
                        "document + metric + year",
                    ),
                )
            ),
        )
    }
)

_ORGANISATIONS = ("School", "Enterprise", "Park", "Agency")
_ANY = tuple(NODES)


def _join(heads: tuple[str, ...], tails: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(product(heads, tails))


EDGES: Final = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            EdgeKind(
                "LEADS",
                "牵头",
                "leads",
                _join(_ORGANISATIONS, ("Consortium",)),
                (_text("role", "角色", "role"),),
            ),
            EdgeKind(
                "MEMBER_OF",
                "成员",
                "is a member of",
                _join((*_ORGANISATIONS, "ResearchPlatform"), ("Consortium",)),
                (_text("role", "角色", "role"), _SINCE, _UNTIL),
            ),
            EdgeKind(
                "COOPERATES_WITH",
                "校企合作",
                "cooperates with",
                _join(("School",), ("Enterprise",)),
                (
                    _text("mode", "合作模式", "mode, such as 订单班, 产业学院, 学徒制, 技术服务"),
                    _number("income", "技术服务收入", "technical service income of the school, yuan"),
                    _SINCE,
                    _UNTIL,
                    _text("specialty", "专业", "id of the specialty that it concerns"),
                    _count("order_students", "订单培养人数", "students in order training"),
                    _count("courses", "共同开发课程数", "courses developed together"),
                    _count("textbooks", "共同开发教材数", "textbooks developed together"),
                    _count("teachers", "支持兼职教师数", "part-time teachers from the enterprise"),
                    _count("interns", "接受实习学生数", "interns taken"),
                    _count("hires", "接受毕业生数", "graduates hired"),
                ),
            ),
            EdgeKind(
                "CO_BUILDS",
                "共建",
                "builds together",
                _join(
                    ("School", "Enterprise", "Agency", "Park", "Consortium"),
                    ("ResearchPlatform", "IndustryCollege", "TrainingBase", "TalentProgram"),
                ),
                (_SINCE,),
            ),
            EdgeKind(
                "OFFERS",
                "开设",
                "offers",
                _join(("School",), ("Specialty",)),
                (
                    _count("enrolled", "在校生数", "students enrolled"),
                    _count("graduates", "毕业生数", "graduates of the year"),
                    _count("employed", "就业人数", "graduates employed"),
                    _YEAR,
                    _SINCE,
                    _text("number", "校内专业号", "the school's own number of the specialty"),
                ),
            ),
            EdgeKind(
                "HOSTS",
                "建有",
                "hosts",
                _join(("School",), ("SpecialtyGroup",)),
                (_text("grade", "级别", "grade", *GRADES), _SINCE),
            ),
            EdgeKind(
                "INCLUDES",
                "包含",
                "includes",
                _join(("SpecialtyGroup",), ("Specialty",)),
                (Property("core", "核心专业", "the group's core specialty", Type.BOOLEAN),),
            ),
            EdgeKind(
                "SERVES",
                "对接",
                "serves",
                _join(
                    (
                        "SpecialtyGroup",
                        "Specialty",
                        "School",
                        "Consortium",
                        "ResearchPlatform",
                        "IndustryCollege",
                        "TrainingBase",
                    ),
                    ("IndustryChain",),
                ),
            ),
            EdgeKind(
                "OPERATES_IN",
                "所属产业",
                "operates in",
                _join(("Enterprise", "Park"), ("IndustryChain",)),
                (_text("position", "链上位置", "position", "上游", "中游", "下游"),),
            ),
            EdgeKind("UPSTREAM_OF", "上游", "is upstream of", (("IndustryChain", "IndustryChain"),)),
            EdgeKind(
                "PART_OF",
                "属于",
                "is part of",
                (("IndustryChain", "IndustryChain"), ("Region", "Region"), ("Park", "Region")),
            ),
            EdgeKind("STAFFS", "支撑", "staffs", _join(("TalentChain",), ("IndustryChain",))),
            EdgeKind(
                "HAS_ROLE",
                "包含岗位",
                "has the role",
                _join(("TalentChain",), ("Occupation",)),
                (_text("level", "层次", "level"),),
            ),
            EdgeKind(
                "DEMANDS",
                "需求",
                "demands",
                _join(("Enterprise", "IndustryChain"), ("Occupation", "Specialty")),
                (
                    _count("headcount", "需求人数", "people needed"),
                    _text("level", "学历层次", "level of education"),
                    _YEAR,
                ),
            ),
            EdgeKind("PREPARES_FOR", "面向职业", "prepares for", _join(("Specialty",), ("Occupation",))),
            EdgeKind(
                "ARTICULATES_TO",
                "贯通",
                "leads on to",
                _join(("Specialty",), ("Specialty",)),
                (
                    _text("pattern", "学制模式", "pattern, such as 3+2"),
                    _text("schools", "参与院校", "schools"),
                ),
            ),
            EdgeKind(
                "SHARES",
                "共享",
                "shares",
                _join(("School", "Enterprise", "Consortium"), ("SharedResource",)),
            ),
            EdgeKind(
                "LOCATED_IN",
                "位于",
                "is located in",
                _join(
                    ("School", "Enterprise", "Park", "ResearchPlatform", "Consortium", "TrainingBase"),
                    ("Region", "Park"),
                ),
            ),
            EdgeKind("ISSUED_BY", "印发", "is issued by", _join(("PolicyDocument",), ("Agency",))),
            EdgeKind("SETS", "提出", "sets", _join(("PolicyDocument",), ("Measure", "Target"))),
            EdgeKind("REPORTS", "披露", "reports", _join(("PolicyDocument",), ("Statistic",))),
            EdgeKind(
                "RESPONSIBLE_FOR",
                "责任单位",
                "is responsible for",
                _join(("Agency", "Region"), ("Measure",)),
                (Property("lead", "牵头", "leads the measure", Type.BOOLEAN),),
            ),
            EdgeKind("ABOUT", "关于", "is about", _join(("Target", "Statistic", "Measure"), _ANY)),
            EdgeKind("MENTIONS", "提及", "mentions", _join(("PolicyDocument",), _ANY)),
        )
    }
)

EVIDENCE: Final = (
    _text("source", "来源", "the source that claims it"),
    _text("quote", "原文", "the words that it rests on"),
    _count("start", "起点", "first character in the source's text"),
    _count("end", "终点", "after the last character in the source's text"),
    _text("place", "位置", "where in the original: p.3 (page), l.66 (line), Sheet1!12 (row)"),
    _text("method", "方法", "how it was read", *METHODS),
    _number("confidence", "置信度", "from 0 to 1"),
    _text("status", "状态", "done, under way, planned, encouraged", *STATUSES),
    _date("observed", "观测日期", "date that it speaks of"),
)

# Book-keeping beside the ontology: a source, and what it states of a node (name, aliases, properties).
SOURCE: Final = NodeKind(
    "Source",
    "来源",
    "a document, record set or catalogue that was read",
    "hash of its content",
    (
        _text("medium", "类型", "document, records or reference"),
        _text("key", "版本", "extractor version and settings that its claims were made with"),
        _text("document", "文件", "id of the policy document that it holds"),
    ),
)
STATES: Final = EdgeKind(
    "STATES",
    "记载",
    "states",
    _join(("Source",), _ANY),
    (
        _text("local", "原标识", "the id of the node before names were resolved"),
        _text("name", "名称", "name as stated"),
        _text("aliases", "别名", "aliases as stated, a JSON list"),
        _text("properties", "属性", "properties as stated, a JSON object"),
    ),
)


def node_kind(name: str) -> NodeKind:
    """The node kind `name`; `LiantuError` claim.kind where there is none."""
    try:
        return NODES[name]
    except KeyError:
        raise LiantuError("claim.kind", kind=name) from None


def edge_kind(name: str) -> EdgeKind:
    """The edge kind `name`; `LiantuError` claim.kind where there is none."""
    try:
        return EDGES[name]
    except KeyError:
        raise LiantuError("claim.kind", kind=name) from None


def label_text(name: str) -> Text:
    """The name of a node or edge kind in both languages."""
    kind = NODES.get(name) or EDGES.get(name) or (SOURCE if name == SOURCE.name else STATES)
    return Text(zh=kind.zh, en=kind.name)
