"""专业设置、专业建设: which specialties a school has, under which number of its own, in which group, of which grade."""

from __future__ import annotations

from typing import Final

from ingest.records.kind import Edge, Form, Node
from ingest.records.standard.table import BY_NUMBER, COLLECTED, SCHOOL, constant, table

_GROUP: Final = Node("group", "SpecialtyGroup", ("sszyqmc",), scope="school")
_GROUP_EDGES: Final = (
    Edge("HOSTS", "school", "group", observed=COLLECTED),
    Edge("INCLUDES", "group", "specialty", observed=COLLECTED),
)

KINDS: Final = (
    table(
        "ODS_ZYSZSJ",
        "Specialties of schools",
        required=("xxdm", "zymc", "zyccm"),
        nodes=(
            SCHOOL,
            Node("specialty", "Specialty", ("zymc",), level="zyccm", properties={"level": "zyccm"}),
            # The same under the school's own number, by which the school's other tables name it.
            Node("numbered", "Specialty", ("zymc",), level="zyccm", number="zyh", scope="school"),
            _GROUP,
        ),
        edges=(
            Edge(
                "OFFERS",
                "school",
                "specialty",
                {"number": "zyh", "since": "sczsny", "grade": "zdzyjbm"},
                observed=COLLECTED,
            ),
            *_GROUP_EDGES,
        ),
    ),
    table(
        "ODS_ZZZYSZSJ",
        "Specialties of schools",
        required=("xxdm", "zymc", "zydm"),
        forms={"zydm": Form.SPECIALTY_CODE},
        nodes=(
            SCHOOL,
            Node("specialty", "Specialty", ("zymc",), code="zydm", properties={"level": "level"}),
            _GROUP,
        ),
        edges=(
            Edge(
                "OFFERS", "school", "specialty", {"since": "sczsny", "grade": "zdzyjbm"}, observed=COLLECTED
            ),
            *_GROUP_EDGES,
        ),
        derived=(constant("level", "层次", "中职"),),
        examples={"zymc": "新能源汽车运用与维修", "zydm": "700209"},
    ),
    table(
        "ODS_ZYJSQKSJ",
        "Key specialties",
        required=("xxdm", "zyh", "zdzyjbm"),
        nodes=(SCHOOL, BY_NUMBER),
        edges=(
            Edge("OFFERS", "school", "specialty", {"number": "zyh", "grade": "zdzyjbm"}, observed=COLLECTED),
        ),
    ),
)
