"""The kinds of claims (关系类型), the pairs of node kinds that they join, and their own properties: one line each."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from graph.ontology.kind import EdgeKind, Property, Type, count, date, joined, number, text
from graph.ontology.nodes import NODES

GRADES: Final = ("国家级", "市级", "校级")

_YEAR = count("year", "年份", "calendar year")
_SINCE = date("since", "起始", "since")
_UNTIL = date("until", "终止", "until")
_ORGANISATIONS = ("School", "Enterprise", "Park", "Agency")
_ANY = tuple(NODES)

EDGES: Final = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            EdgeKind(
                "LEADS",
                "牵头",
                "leads",
                joined(_ORGANISATIONS, ("Consortium",)),
                (text("role", "角色", "role"),),
            ),
            EdgeKind(
                "MEMBER_OF",
                "成员",
                "is a member of",
                joined((*_ORGANISATIONS, "ResearchPlatform"), ("Consortium",)),
                (text("role", "角色", "role"), _SINCE, _UNTIL),
            ),
            EdgeKind(
                "COOPERATES_WITH",
                "校企合作",
                "cooperates with",
                joined(("School",), ("Enterprise",)),
                (
                    text("mode", "合作模式", "mode, such as 订单班, 产业学院, 学徒制, 技术服务"),
                    number("income", "技术服务收入", "technical service income of the school, yuan"),
                    _SINCE,
                    _UNTIL,
                    text("specialty", "专业", "id of the specialty that it concerns"),
                    count("order_students", "订单培养人数", "students in order training"),
                    count("courses", "共同开发课程数", "courses developed together"),
                    count("textbooks", "共同开发教材数", "textbooks developed together"),
                    count("teachers", "支持兼职教师数", "part-time teachers from the enterprise"),
                    count("interns", "接受实习学生数", "interns taken"),
                    count("hires", "接受毕业生数", "graduates hired"),
                    count(
                        "visiting_teachers", "到企业实践教师数", "teachers of the school who practise there"
                    ),
                ),
            ),
            EdgeKind(
                "CO_BUILDS",
                "共建",
                "builds together",
                joined(
                    ("School", "Enterprise", "Agency", "Park", "Consortium"),
                    ("ResearchPlatform", "IndustryCollege", "TrainingBase", "TalentProgram"),
                ),
                (_SINCE,),
            ),
            EdgeKind(
                "OFFERS",
                "开设",
                "offers",
                joined(("School",), ("Specialty",)),
                (
                    count("enrolled", "在校生数", "students enrolled"),
                    count("graduates", "毕业生数", "graduates of the year"),
                    count("employed", "就业人数", "graduates employed"),
                    _YEAR,
                    _SINCE,
                    text("number", "校内专业号", "the school's own number of the specialty"),
                    count("in_field", "对口就业人数", "graduates employed in the field that they learnt"),
                    count("further_study", "升学人数", "graduates who study on"),
                    count("unemployed", "未就业人数", "graduates without employment"),
                    text("grade", "重点专业级别", "grade of a key specialty"),
                ),
            ),
            EdgeKind(
                "HOSTS",
                "建有",
                "hosts",
                joined(("School",), ("SpecialtyGroup",)),
                (text("grade", "级别", "grade", *GRADES), _SINCE),
            ),
            EdgeKind(
                "INCLUDES",
                "包含",
                "includes",
                joined(("SpecialtyGroup",), ("Specialty",)),
                (Property("core", "核心专业", "the group's core specialty", Type.BOOLEAN),),
            ),
            EdgeKind(
                "SERVES",
                "对接",
                "serves",
                joined(
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
                joined(("Enterprise", "Park"), ("IndustryChain",)),
                (text("position", "链上位置", "position", "上游", "中游", "下游"),),
            ),
            EdgeKind(
                "HAS_INDUSTRY",
                "产业规模",
                "has the industry, of this size",
                joined(("Region", "Park"), ("IndustryChain",)),
                (
                    number("output", "产值", "output of the year, yuan"),
                    number("value_added", "增加值", "value added in the year, yuan"),
                    count("employees", "从业人员数", "people who work in it"),
                    count("enterprises", "企业数", "enterprises in it"),
                    _YEAR,
                ),
            ),
            EdgeKind("UPSTREAM_OF", "上游", "is upstream of", (("IndustryChain", "IndustryChain"),)),
            EdgeKind(
                "PART_OF",
                "属于",
                "is part of",
                (("IndustryChain", "IndustryChain"), ("Region", "Region"), ("Park", "Region")),
            ),
            EdgeKind("STAFFS", "支撑", "staffs", joined(("TalentChain",), ("IndustryChain",))),
            EdgeKind(
                "HAS_ROLE",
                "包含岗位",
                "has the role",
                joined(("TalentChain",), ("Occupation",)),
                (text("level", "层次", "level"),),
            ),
            EdgeKind(
                "DEMANDS",
                "需求",
                "demands",
                joined(("Enterprise", "IndustryChain"), ("Occupation", "Specialty")),
                (
                    count("headcount", "需求人数", "people needed"),
                    text("level", "学历层次", "level of education"),
                    _YEAR,
                    number("pay", "平均薪酬", "average pay, yuan a month"),
                ),
            ),
            EdgeKind(
                "PREPARES_FOR",
                "面向职业",
                "prepares for",
                joined(("Specialty",), ("Occupation",)),
                (
                    text("certificate", "证书", "the certificate that shows it"),
                    count("holders", "取证人数", "holders of the certificate"),
                ),
            ),
            EdgeKind(
                "ARTICULATES_TO",
                "贯通",
                "leads on to",
                joined(("Specialty",), ("Specialty",)),
                (
                    text("pattern", "学制模式", "pattern, such as 3+2"),
                    text("schools", "参与院校", "schools"),
                ),
            ),
            EdgeKind(
                "SHARES",
                "共享",
                "shares",
                joined(("School", "Enterprise", "Consortium"), ("SharedResource",)),
                (_SINCE, _UNTIL, number("income", "经费", "income from it, yuan")),
            ),
            EdgeKind(
                "USES",
                "使用",
                "uses",
                joined(("Enterprise", "School"), ("SharedResource", "TrainingBase")),
                (
                    count("visits", "人次", "visits"),
                    count("hours", "课时数", "hours of teaching"),
                    _YEAR,
                ),
            ),
            EdgeKind(
                "DONATES_TO",
                "捐赠",
                "donates to",
                joined(("Enterprise",), ("School",)),
                (
                    count("items", "件数", "pieces of equipment"),
                    number("worth", "价值", "what they are worth, yuan"),
                    _YEAR,
                ),
            ),
            EdgeKind(
                "TRAINS",
                "适用专业",
                "trains for",
                joined(("TrainingBase",), ("Specialty",)),
            ),
            EdgeKind(
                "GRADUATES_TO",
                "毕业去向",
                "has graduates who go to",
                joined(("School",), ("Enterprise", "Region", "IndustryChain", "School")),
                (
                    text("specialty", "专业", "id of the specialty that it concerns"),
                    _YEAR,
                    count("graduates", "毕业生数", "graduates who go there"),
                    count("in_field", "对口就业人数", "of these, in the field that they learnt"),
                    number("pay", "平均薪酬", "average pay at the start, yuan a month"),
                ),
            ),
            EdgeKind(
                "LOCATED_IN",
                "位于",
                "is located in",
                joined(
                    ("School", "Enterprise", "Park", "ResearchPlatform", "Consortium", "TrainingBase"),
                    ("Region", "Park"),
                ),
            ),
            EdgeKind("ISSUED_BY", "印发", "is issued by", joined(("PolicyDocument",), ("Agency",))),
            EdgeKind("SETS", "提出", "sets", joined(("PolicyDocument",), ("Measure", "Target"))),
            EdgeKind("REPORTS", "披露", "reports", joined(("PolicyDocument",), ("Statistic",))),
            EdgeKind(
                "RESPONSIBLE_FOR",
                "责任单位",
                "is responsible for",
                joined(("Agency", "Region"), ("Measure",)),
                (Property("lead", "牵头", "leads the measure", Type.BOOLEAN),),
            ),
            EdgeKind("ABOUT", "关于", "is about", joined(("Target", "Statistic", "Measure"), _ANY)),
            EdgeKind(
                "MENTIONS",
                "提及",
                "mentions",
                joined(("PolicyDocument",), _ANY),
                (text("role", "角色", "part in the form of the document", "主送", "抄送", "印发"),),
            ),
        )
    }
)
