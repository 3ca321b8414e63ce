"""The kinds of nodes (节点类型) and their properties: adding a property is one line here."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from graph.ontology.kind import NodeKind, count, date, number, text

SPECIALTY_LEVELS: Final = ("中职", "高职专科", "职业本科", "普通本科")
SCHOOL_LEVELS: Final = ("中职", "技工", "高职专科", "职业本科", "普通本科", "研究生")

ORGAN_STATES: Final = ("有", "筹建", "未设")

_CODE = text("code", "代码", "official code")
_YEAR = count("year", "年份", "calendar year")

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
                    text("tier", "层级", "tier", "集群", "产业链", "环节", "行业"),
                    text("size", "规模", "size class, such as 万亿级"),
                ),
            ),
            NodeKind(
                "Specialty",
                "专业",
                "one specialty of the national catalogues",
                "catalogue code",
                (
                    _CODE,
                    text("level", "层次", "level", *SPECIALTY_LEVELS),
                    text("category", "专业大类", "category"),
                    text("class_name", "专业类", "class"),
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
                    text("level", "办学层次", "level", *SCHOOL_LEVELS),
                    text("nature", "办学性质", "public or private"),
                    text("supervisor", "主管部门", "supervising body"),
                ),
            ),
            NodeKind(
                "Enterprise",
                "企业",
                "a company or corporate group",
                "unified social credit code, else name",
                (_CODE, text("scale", "企业规模", "scale, such as 规模以上")),
            ),
            NodeKind(
                "ResearchPlatform",
                "研发平台",
                "laboratory, engineering centre, innovation platform, incubator",
                "name",
                (text("level", "级别", "grade"), text("category", "类别", "category")),
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
                (text("mode", "培养模式", "mode"),),
            ),
            NodeKind(
                "Consortium",
                "产教联合体",
                "municipal consortium, industry community or vocational education group",
                "name",
                (
                    text("level", "级次", "level", "国家级", "市级", "园区牵头", "企业牵头", "学校牵头"),
                    text("council", "理事会", "council", *ORGAN_STATES),
                    text("secretariat", "秘书处", "secretariat", *ORGAN_STATES),
                    text("operator", "运营平台", "operating platform or company", *ORGAN_STATES),
                    text("charter", "章程", "charter", *ORGAN_STATES),
                    text("mandate", "赋权清单", "list of powers delegated to it", *ORGAN_STATES),
                ),
            ),
            NodeKind(
                "IndustryCollege", "产业学院", "industry college, mixed-ownership college", "name + school"
            ),
            NodeKind(
                "TrainingBase",
                "实训基地",
                "practical training base, enterprise training centre",
                "name",
                (text("level", "级别", "grade"),),
            ),
            NodeKind(
                "Park",
                "产业园区",
                "industrial park, development zone, new area",
                "name",
                (text("level", "级别", "grade"),),
            ),
            NodeKind("Agency", "党政部门", "government or party body, industry association", "name"),
            NodeKind(
                "Region",
                "行政区域",
                "province, city, district or county",
                "administrative division code",
                (_CODE, text("level", "级别", "level", "省级", "地级", "县级")),
            ),
            NodeKind(
                "SharedResource",
                "共享资源",
                "course, textbook, teacher pool, equipment or base that members share",
                "name + owner",
                (text("category", "类别", "category"),),
                scope=("School", "Enterprise", "Consortium"),
            ),
            NodeKind(
                "PolicyDocument",
                "政策文件",
                "a policy document, speech, list or news item",
                "document number, else title + date",
                (
                    text("number", "文号", "document number"),
                    text("title", "标题", "title"),
                    date("issued", "发布日期", "issued"),
                    date("printed", "印发日期", "printed and sent out"),
                    date("effective", "施行日期", "in force from"),
                    date("repealed", "废止日期", "repealed"),
                    text("kind", "文种", "genre of document"),
                ),
            ),
            NodeKind(
                "Measure",
                "改革举措",
                "a task that a document sets",
                "document + order",
                (
                    count("order", "序号", "order in the document"),
                    text("text", "内容", "text"),
                    text("due", "期限", "due"),
                    text("responsible", "责任主体", "responsible, as written"),
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
                        text("metric", "指标", "metric"),
                        text("comparator", "比较", "comparator", "=", "≥", "≤", "≈", ">", "<"),
                        number("value", "数值", "value as a plain number; a share is from 0 to 1"),
                        text("unit", "单位", "unit"),
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
