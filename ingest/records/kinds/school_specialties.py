"""院校专业: the specialties that a school offers, with its students of a year."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import (
    CHAINS,
    LEVELS,
    SCHOOL,
    SCHOOL_CODE,
    SPECIALTY,
    SPECIALTY_CODE,
    YEAR,
    headed,
    required,
    several,
)
from ingest.records.kind import Column, Edge, Form, Node, RecordKind, Rule

KIND: Final = RecordKind(
    name="school_specialties",
    title=Text("院校专业", "Specialties of schools"),
    about=Text("每行一所学校的一个专业在一个年份的情况。", "One specialty of one school in one year a row."),
    columns=(
        SCHOOL,
        SCHOOL_CODE,
        several(SPECIALTY),
        SPECIALTY_CODE,
        Column(
            "level",
            "层次",
            "Level",
            Form.CHOICE,
            choices=LEVELS,
            example="高职专科",
            variants=("专业层次", "培养层次", "办学层次", "学历层次"),
        ),
        required(YEAR),
        Column(
            "enrolled",
            "在校生数",
            "Students enrolled",
            Form.COUNT,
            example="320",
            variants=("在校生", "在校生人数", "在校学生数", "在校人数", "在读人数"),
        ),
        Column(
            "graduates",
            "毕业生数",
            "Graduates",
            Form.COUNT,
            example="105",
            variants=("毕业生", "毕业生人数", "毕业人数", "当年毕业生数", "应届毕业生数"),
        ),
        Column(
            "employed",
            "就业人数",
            "Graduates employed",
            Form.COUNT,
            example="98",
            variants=("就业数", "毕业生就业人数", "就业学生数", "落实毕业去向人数"),
        ),
        Column(
            "in_field",
            "对口就业人数",
            "Graduates employed in their field",
            Form.COUNT,
            example="71",
            variants=("对口人数", "对口就业数", "专业对口人数", "专业对口就业人数", "对口毕业生数"),
        ),
        headed(CHAINS, "面向产业链", "Industry chains served"),
        Column(
            "occupations",
            "面向职业",
            "Occupations prepared for",
            Form.NAMES,
            example="新能源汽车维修工",
            variants=("面向岗位", "职业面向", "对应职业", "对应岗位", "面向职业岗位"),
        ),
    ),
    nodes=(
        Node("school", "School", ("school",), code="school_code"),
        Node(
            "specialty",
            "Specialty",
            ("specialty",),
            code="specialty_code",
            level="level",
            properties={"level": "level"},
        ),
        Node("chain", "IndustryChain", ("chains",)),
        Node("occupation", "Occupation", ("occupations",)),
    ),
    edges=(
        Edge(
            "OFFERS",
            "school",
            "specialty",
            {
                "year": "year",
                "enrolled": "enrolled",
                "graduates": "graduates",
                "employed": "employed",
                "in_field": "in_field",
            },
            observed="year",
        ),
        Edge("SERVES", "specialty", "chain", observed="year"),
        Edge("PREPARES_FOR", "specialty", "occupation", observed="year"),
    ),
    school="school_code",
    period="year",
    rules=(
        Rule("at_most", "graduates", "enrolled"),
        Rule("at_most", "employed", "graduates"),
        Rule("at_most", "in_field", "employed"),
    ),
)
