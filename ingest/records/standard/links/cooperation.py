"""产学合作、共同开发课程、实习、教师企业实践: what a school and a company do together, with their figures."""

from __future__ import annotations

from typing import Final

from ingest.records.kind import Column, Derived, Edge, Form, Group, IdOf, Measure, Node
from ingest.records.standard.table import BY_NUMBER, COLLECTED, SCHOOL, SPECIALTY, YEAR, constant, table

_INTERNS: Final = Measure(Column("interns", "人数（实习）", "Interns", Form.COUNT))
_TEACHERS: Final = Measure(Column("visiting_teachers", "人数（教师）", "Teachers", Form.COUNT))
_INTERNSHIP: Final = Edge(
    "COOPERATES_WITH",
    "school",
    "enterprise",
    {"mode": "mode", "specialty": IdOf("specialty"), "interns": "interns"},
    observed="year",
)
_PRACTICES: Final = {"企业实践": "教师企业实践", "企业兼职": "教师企业兼职"}

KINDS: Final = (
    table(
        "ODS_CXHZSJ",
        "Cooperation with companies, income in yuan",
        required=("xxdm", "hzqymc"),
        nodes=(SCHOOL, Node("enterprise", "Enterprise", ("hzqymc",), code="hzqytyshxydm"), BY_NUMBER),
        edges=(
            Edge(
                "COOPERATES_WITH",
                "school",
                "enterprise",
                {
                    "specialty": IdOf("specialty"),
                    "since": "hzksny",
                    "order_students": "ddpyrs",
                    "courses": "gtkfkcms",
                    "textbooks": "gtkfjcs",
                    "teachers": "zcxxjzjss",
                    "interns": "jsdgsxxss",
                    "hires": "jsbysjys",
                    "income": "xxwqyjsfwnsr",
                },
                observed=COLLECTED,
            ),
        ),
    ),
    table(
        "ODS_XQHZGTKFKCSJ",
        "Courses developed with companies",
        required=("xxdm", "kcmc", "hzqymc"),
        nodes=(
            SCHOOL,
            Node("enterprise", "Enterprise", ("hzqymc",), code="qyshxydm"),
            Node("course", "SharedResource", ("kcmc",), scope="school", properties={"category": "category"}),
        ),
        edges=(
            Edge(
                "COOPERATES_WITH",
                "school",
                "enterprise",
                {"mode": "mode", "since": "kckfkssj", "until": "kckfjssj"},
                observed=COLLECTED,
            ),
            Edge("SHARES", "school", "course", {"since": "kckfkssj"}, observed=COLLECTED),
            Edge("SHARES", "enterprise", "course", {"since": "kckfkssj"}, observed=COLLECTED),
        ),
        derived=(constant("mode", "合作模式", "共同开发课程"), constant("category", "类别", "课程")),
        examples={"kcmc": "示例新能源汽车检测"},
    ),
    table(
        "ODS_SXJCSJ",
        "Internships, counted by company",
        required=("xxdm", "sxqymc", "zyh"),
        nodes=(SCHOOL, Node("enterprise", "Enterprise", ("sxqymc",)), SPECIALTY),
        groups=(
            # An agreement of three parties is one of the school, too; a place found alone is no cooperation.
            Group(
                ("xxdm", "zyh", "zymc", "sxqymc", "mode", "year"),
                (_INTERNS,),
                (_INTERNSHIP,),
                {"sfqdsfxy": ("是",)},
                people=True,
            ),
        ),
        derived=(YEAR, constant("mode", "合作模式", "岗位实习")),
        examples={"sfqdsfxy": "是"},
    ),
    table(
        "ODS_ZZSXJCSJ",
        "Internships, counted by company",
        required=("xxdm", "zymc", "sxdwlym"),
        forms={"zydm": Form.SPECIALTY_CODE},
        nodes=(
            SCHOOL,
            Node("enterprise", "Enterprise", ("sxdwmc",)),
            Node("specialty", "Specialty", ("zymc",), code="zydm"),
        ),
        groups=(
            Group(
                ("xxdm", "zydm", "zymc", "sxdwmc", "mode", "year"),
                (_INTERNS,),
                (_INTERNSHIP,),
                {"sxdwlym": ("学校合作企业",)},
                people=True,
            ),
        ),
        derived=(YEAR, constant("mode", "合作模式", "岗位实习")),
        examples={"sxdwlym": "学校合作企业", "sxdwmc": "示例汽车零部件有限公司", "zymc": "汽车运用与维修"},
    ),
    table(
        "ODS_JSQYJZSJSJ",
        "Teachers' practice in companies, counted",
        required=("xxdm", "qymc", "qydllxm"),
        nodes=(SCHOOL, Node("enterprise", "Enterprise", ("qymc",), code="qyjgdm")),
        groups=(
            Group(
                ("xxdm", "qymc", "qyjgdm", "mode", "year"),
                (_TEACHERS,),
                (
                    Edge(
                        "COOPERATES_WITH",
                        "school",
                        "enterprise",
                        {"mode": "mode", "visiting_teachers": "visiting_teachers"},
                        observed="year",
                    ),
                ),
                people=True,
            ),
        ),
        derived=(
            YEAR,
            Derived(
                Column(
                    "mode",
                    "合作模式",
                    "Mode",
                    Form.CHOICE,
                    choices=dict.fromkeys(_PRACTICES.values(), ()),
                ),
                "qydllxm",
                _PRACTICES,
            ),
        ),
    ),
)
