"""证书: the certificates that a specialty leads to, as evidence of the occupation that it prepares for."""

from __future__ import annotations

from typing import Final

from ingest.records.kind import Column, Edge, Form, Group, Measure, Node
from ingest.records.standard.table import BY_NUMBER, COLLECTED, SCHOOL, YEAR, table

KINDS: Final = (
    table(
        "ODS_GZXZSSJ",
        "1+X certificates, counted by specialty",
        required=("xxdm", "zsmc"),
        forms={"zsmc": Form.TITLE},
        nodes=(SCHOOL, BY_NUMBER, Node("occupation", "Occupation", ("zsmc",))),
        groups=(
            Group(
                ("xxdm", "zyh", "zsmc", "year"),
                (Measure(Column("holders", "人数（取证）", "Holders", Form.COUNT)),),
                (
                    Edge(
                        "PREPARES_FOR",
                        "specialty",
                        "occupation",
                        {"certificate": "zsmc", "holders": "holders"},
                        observed="year",
                    ),
                ),
                people=True,
            ),
        ),
        derived=(YEAR,),
        examples={"zsmc": "示例新能源汽车装调", "zslx": "职业技能等级证书"},
    ),
    table(
        "ODS_PYFASJ",
        "Certificates that a plan of study asks for",
        required=("xxdm", "zyh"),
        forms={"yqdzsmc": Form.NAMES},
        nodes=(SCHOOL, BY_NUMBER, Node("occupation", "Occupation", ("yqdzsmc",))),
        edges=(Edge("PREPARES_FOR", "specialty", "occupation", observed=COLLECTED),),
        examples={"yqdzsmc": "示例新能源汽车装调"},
    ),
)
