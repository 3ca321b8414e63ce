"""联合体名单: a consortium a row, its members in lists, as notices and plans print it."""

from __future__ import annotations

from typing import Final

from graph.language import Text
from ingest.records.columns import CHAINS, REGION
from ingest.records.kind import ByChoice, Column, Edge, Form, Node, RecordKind
from ingest.records.kinds.consortium_members import CONSORTIUM, CONSORTIUM_LEVEL, MEMBER_KINDS, MEMBER_TYPE

_LEADER_KINDS: Final = {word: label for word, label in MEMBER_KINDS.items() if label != "ResearchPlatform"}
_LISTS: Final = (
    ("schools", "成员院校", "Member schools", "School", ("院校", "学校", "高校", "职业院校")),
    ("enterprises", "成员企业", "Member companies", "Enterprise", ("企业", "公司", "行业企业")),
    ("parks", "成员园区", "Member parks", "Park", ("园区", "产业园区")),
    ("agencies", "成员部门", "Member agencies", "Agency", ("部门", "政府部门", "行业组织", "行业协会")),
    (
        "platforms",
        "成员研发平台",
        "Member platforms",
        "ResearchPlatform",
        ("研发平台", "科研机构", "科研院所"),
    ),
)


def _variants(words: tuple[str, ...]) -> tuple[str, ...]:
    """成员单位（院校）, 院校成员, 参与院校, 院校名单, and the word alone."""
    said = [f"{form}" for word in words for form in (f"成员单位（{word}）", f"成员单位{word}", f"成员{word}")]
    said += [
        form
        for word in words
        for form in (f"{word}成员", f"{word}成员单位", f"参与{word}", f"{word}名单", word)
    ]
    return tuple(said)


KIND: Final = RecordKind(
    name="consortium_lists",
    title=Text("联合体名单", "Lists of consortia"),
    about=Text(
        "每行一个联合体，牵头单位和各类成员各占一列，一格可填多个名称。一个成员一行的名单请用“联合体成员”。",
        "One consortium a row; those who lead it and its members of each kind in a column each, several names in a cell. "
        "For a list with one member a row see the kind consortium_members.",
    ),
    columns=(
        CONSORTIUM,
        CONSORTIUM_LEVEL,
        Column(
            "leaders",
            "牵头单位",
            "Led by",
            Form.NAMES,
            example="示例职业技术学院",
            variants=(
                "牵头",
                "牵头院校",
                "牵头学校",
                "牵头高校",
                "牵头职业学校",
                "牵头职业院校",
                "牵头高职院校",
                "牵头本科院校",
                "牵头本科高校",
                "牵头企业",
                "牵头园区",
                "理事长单位",
                "组建单位",
                "牵头单位名称",
                "牵头建设单位",
                "发起单位",
            ),
        ),
        Column(
            "leader_type",
            "牵头单位类型",
            "Kind of leader",
            Form.CHOICE,
            choices={word: MEMBER_TYPE.choices[word] for word in _LEADER_KINDS},
            variants=("牵头类型",),
        ),
        *(Column(name, zh, en, Form.NAMES, variants=_variants(words)) for name, zh, en, _, words in _LISTS),
        Column(
            "members",
            "成员单位",
            "Members of any kind",
            Form.NAMES,
            example="示例汽车零部件有限公司、示例产业园区",
            variants=("成员", "成员名单", "成员单位名单", "参与单位", "主要成员单位", "理事单位", "其他成员"),
        ),
        Column("member_type", "成员类型", "Kind of these members", Form.CHOICE, choices=MEMBER_TYPE.choices),
        REGION,
        Column(
            "since",
            "成立日期",
            "Founded",
            Form.DATE,
            variants=("成立时间", "组建时间", "组建日期", "公布时间", "批准时间", "认定时间"),
            example="2023-09",
        ),
        CHAINS,
    ),
    nodes=(
        Node("consortium", "Consortium", ("consortium",), properties={"level": "consortium_level"}),
        Node("leader", ByChoice("leader_type", _LEADER_KINDS, by_name=True), ("leaders",)),
        Node("member", ByChoice("member_type", MEMBER_KINDS, by_name=True), ("members",)),
        *(Node(name, label, (name,)) for name, _, _, label, _ in _LISTS),
        Node("chain", "IndustryChain", ("chains",)),
        Node("region", "Region", ("region",)),
    ),
    edges=(
        Edge("LEADS", "leader", "consortium", observed="since"),
        Edge("MEMBER_OF", "member", "consortium", observed="since"),
        *(Edge("MEMBER_OF", name, "consortium", observed="since") for name, *_ in _LISTS),
        Edge("SERVES", "consortium", "chain"),
        Edge("LOCATED_IN", "consortium", "region"),
    ),
)
