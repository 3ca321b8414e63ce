"""Small random graphs, on which the gap questions are compared with their definitions worked out the slow way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from graph.project import Projection

Row = dict[str, Any]
STATUSES = (None, None, "完成", "完成", "在建", "计划", "倡导")
CONFIDENCES = (0.3, 0.5, 0.8, 1.0, 1.0)
SOURCES = ("document", "records", "records", "reference-clusters", "reference-industries")
TIERS = ("集群", "产业链", "产业链", "环节", "行业", None)


@dataclass
class SmallGraph:
    """Rows of nodes and claims, as `Projection.from_tables` takes them."""

    nodes: dict[str, list[Row]] = field(default_factory=dict)
    edges: dict[str, list[Row]] = field(default_factory=dict)

    def node(self, label: str, key: str, **properties: Any) -> str:
        identifier = f"{label}:{key}"
        self.nodes.setdefault(label, []).append({"id": identifier, "name": f"名{key}", **properties})
        return identifier

    def edge(self, kind: str, head: str, tail: str, **values: Any) -> None:
        rows = self.edges.setdefault(kind, [])
        source = values.get("source", "records")
        name = f"{source}#{kind}{len(rows)}"
        method = "rule" if source == "document" else "record"
        rows.append(
            {"id": name, "quote": f"“{name}”", "source": source, "method": method, "head": head, "tail": tail}
            | values
        )

    def claims(self, kind: str, minimum_confidence: float = 0.5) -> list[Row]:
        """The believed claims of a kind."""
        return [row for row in self.edges.get(kind, ()) if row.get("confidence", 1.0) >= minimum_confidence]

    def done(self, kind: str) -> set[tuple[str, str]]:
        """The (head, tail) of believed claims that are done."""
        return {(r["head"], r["tail"]) for r in self.claims(kind) if r.get("status") in (None, "完成")}

    def ids(self, label: str) -> list[str]:
        return [row["id"] for row in self.nodes.get(label, ())]

    def projection(self) -> Projection:
        return Projection.from_tables(self.nodes, self.edges)

    def copy(self) -> SmallGraph:
        """The same graph, to be changed by a test."""
        return SmallGraph(
            {label: list(rows) for label, rows in self.nodes.items()},
            {kind: list(rows) for kind, rows in self.edges.items()},
        )

    def shuffled(self, chance: random.Random) -> SmallGraph:
        """The same graph with the rows of every table in another order."""
        return SmallGraph(
            {label: chance.sample(rows, len(rows)) for label, rows in self.nodes.items()},
            {kind: chance.sample(rows, len(rows)) for kind, rows in self.edges.items()},
        )

    def relabelled(self) -> SmallGraph:
        """The same graph with other ids, in another alphabetical order."""
        keys = sorted(
            {part for rows in self.nodes.values() for row in rows for part in _keys(row["id"])}, reverse=True
        )
        new = {key: f"新{number:03d}" for number, key in enumerate(keys)}

        def renamed(identifier: str) -> str:
            inner, _, scope = identifier.partition("@")
            label, colon, key = inner.partition(":")
            own = f"{label}{colon}{new.get(key, key)}"
            return f"{own}@{renamed(scope)}" if scope else own

        return SmallGraph(
            {label: [row | {"id": renamed(row["id"])} for row in rows] for label, rows in self.nodes.items()},
            {
                kind: [row | {"head": renamed(row["head"]), "tail": renamed(row["tail"])} for row in rows]
                for kind, rows in self.edges.items()
            },
        )


def _keys(identifier: str) -> Iterable[str]:
    for part in identifier.split("@"):
        yield part.partition(":")[2]


def random_graph(seed: int) -> SmallGraph:
    """A graph of a few dozen claims, with doubts, plans, circles and gaps in it."""
    chance = random.Random(seed)
    made = SmallGraph()
    chains = [
        made.node("IndustryChain", f"链{n}", tier=chance.choice(TIERS)) for n in range(chance.randint(1, 5))
    ]
    schools = [
        made.node("School", f"校{n}", level=chance.choice(("高职专科", "职业本科", "普通本科", None)))
        for n in range(chance.randint(1, 3))
    ]
    specialties = [made.node("Specialty", f"专{n}") for n in range(chance.randint(1, 4))]
    groups = [
        made.node("SpecialtyGroup", f"群{n}" + chance.choice(("", f"@{chance.choice(schools)}")))
        for n in range(chance.randint(0, 3))
    ]
    enterprises = [made.node("Enterprise", f"企{n}") for n in range(chance.randint(1, 4))]
    occupations = [made.node("Occupation", f"岗{n}") for n in range(2)]
    parks = [made.node("Park", "园")]
    consortia = [made.node("Consortium", f"联{n}") for n in range(2)]
    bases = [made.node("TrainingBase", f"基{n}") for n in range(2)]
    documents = [
        made.node("PolicyDocument", name, issued=chance.choice((None, "2023-01-01", "2024-06-30")))
        for name in ("文", "后")
    ]

    def claim(
        kind: str, heads: Sequence[str], tails: Sequence[str], most: int, **more: Callable[[], Any]
    ) -> None:
        for _ in range(chance.randint(most // 3, most) if heads and tails else 0):
            values = {name: make() for name, make in more.items()}
            if kind == "DEMANDS":
                values["place"] = f"表!{chance.randint(1, 3)}"
                values["quote"] = "一行"
            made.edge(
                kind,
                chance.choice(heads),
                chance.choice(tails),
                source=chance.choice(SOURCES),
                status=chance.choice(STATUSES),
                confidence=chance.choice(CONFIDENCES),
                **values,
            )

    def number() -> int | None:
        return chance.choice((None, 10, 20, 30, 40))

    def day() -> str | None:
        return chance.choice((None, "2022", "2022-09", "2023-03-15", "2024-06", "很久以前"))

    def end() -> str | None:
        return chance.choice((None, None, None, "2023", "2024-05-31", "2027-07"))

    def year() -> int | None:
        return chance.choice((None, 2023, 2024))

    for chain in chains:
        made.edge(
            "STATES", "Source:x", chain, source=chance.choice(SOURCES), confidence=chance.choice(CONFIDENCES)
        )
    claim("PART_OF", chains, chains, 4)
    claim("SERVES", [*groups, *specialties, *schools], chains, 7)
    claim("HOSTS", schools, groups, 3)
    claim("INCLUDES", groups, specialties, 5)
    claim(
        "OFFERS",
        schools,
        specialties,
        6,
        graduates=number,
        year=year,
        number=lambda: chance.choice((None, "1", "2")),
    )
    claim("OPERATES_IN", [*enterprises, *parks], chains, 5)
    claim(
        "DEMANDS",
        [*enterprises, *chains],
        [*occupations, *specialties],
        6,
        headcount=number,
        year=year,
        level=lambda: chance.choice((None, "本科")),
    )
    claim("PREPARES_FOR", specialties, occupations, 3)
    claim("MENTIONS", documents, chains, 2)
    claim("MEMBER_OF", [*schools, *enterprises, *parks], consortia, 7, since=day, until=end)
    claim("LEADS", [*schools, *enterprises, *parks], consortia, 2)
    claim(
        "COOPERATES_WITH",
        schools,
        enterprises,
        5,
        mode=lambda: chance.choice((None, "订单班", "技术服务")),
        since=day,
        until=end,
        observed=day,
        income=lambda: chance.choice((None, None, 0.0, 1000.0, 2500.0, -5.0)),
        interns=number,
        place=lambda: chance.choice((None, "表!1", "表!2")),
    )
    claim(
        "CO_BUILDS",
        [*schools, *enterprises, *parks],
        bases,
        4,
        place=lambda: chance.choice((None, "表!1", "表!2")),
    )
    claim("LOCATED_IN", [*schools, *enterprises], parks, 2)
    provinces = [made.node("Region", f"省{n}", level="省级") for n in range(2)]
    district = made.node("Region", "县", level="县级")
    made.edge("PART_OF", district, provinces[0])
    claim("LOCATED_IN", schools, [*provinces, district], 3)

    def told(number: int) -> Row:
        words = (
            "做实组织运行",
            "给予每家300万元奖补，优先保障用地",
            "建立联席机制",
            "由企业牵头组建联合体",
            None,
        )
        return {"text": chance.choice(words), "order": number + 1}

    measures = [
        made.node(
            "Measure", f"{n}@{documents[0]}", due=chance.choice((None, "2024", "2025-03", "每年")), **told(n)
        )
        for n in range(3)
    ]
    targets = [made.node("Target", f"数@{documents[0]}", year=chance.choice((None, 2024, 2027)))]
    agencies = [made.node("Agency", "委")]
    claim(
        "SETS",
        documents,
        [*measures, *targets],
        6,
        observed=lambda: chance.choice((None, "2024-06", "2025-04-30", "2023-01-01")),
    )
    claim(
        "MENTIONS",
        documents,
        documents,
        2,
        quote=lambda: chance.choice(("按《文》执行", "《文》同时废止", "《文》作如下修改")),
    )
    claim("RESPONSIBLE_FOR", agencies, measures, 3, lead=lambda: chance.choice((None, True, False)))
    for consortium in consortia:
        told = {
            name: chance.choice(("有", "筹建", "未设"))
            for name in ("council", "secretariat", "operator", "charter", "mandate")
            if chance.random() < 0.4
        }
        made.edge(
            "STATES",
            "Source:x",
            consortium,
            source=chance.choice(SOURCES),
            confidence=chance.choice(CONFIDENCES),
            properties=json.dumps(told, ensure_ascii=False),
        )
    _innovation_and_ladders(made, random.Random(seed + 10_000))
    _graduates_by_year(made, random.Random(seed + 20_000))
    _industries(made, random.Random(seed + 30_000))
    _uses(made, random.Random(seed + 40_000))
    return made


def _graduates_by_year(made: SmallGraph, chance: random.Random) -> None:
    """Students, employed, in their field, studying on: of the offers that there are, and of further years."""
    rows = made.edges.get("OFFERS", [])
    for row in chance.sample(rows, len(rows) // 2):
        for year in chance.sample((2021, 2022, 2023), 2):
            told = {key: row[key] for key in ("head", "tail", "source", "status", "confidence", "number")}
            made.edge("OFFERS", **told, year=year, graduates=chance.choice((None, 10, 20, 40)))
    for row in rows:
        people = row["graduates"] or 20
        row["enrolled"] = chance.choice((None, 0, 60, 90))
        row["employed"] = chance.choice((None, people // 2, people // 2, people))
        row["in_field"] = chance.choice((None, people // 4, people // 2))
        row["further_study"] = chance.choice((None, None, 0, people // 4))


def _industries(made: SmallGraph, chance: random.Random) -> None:
    """Sizes of industries by region and year, classes of specialties, and enterprises in regions."""
    classes = (("电子与信息大类", "计算机类"), ("装备制造大类", "汽车制造类"), (None, None))
    for row in made.nodes["Specialty"]:
        row["category"], row["class_name"] = chance.choice(classes)
    chains, regions = made.ids("IndustryChain"), made.ids("Region")
    for _ in range(chance.randint(0, 8)):
        made.edge(
            "HAS_INDUSTRY",
            chance.choice(regions),
            chance.choice(chains),
            source=chance.choice(("document", "records")),
            status=chance.choice((None, "完成", "计划")),
            confidence=chance.choice(CONFIDENCES),
            output=chance.choice((None, 100.0, 250.0, 400.0, -1.0)),
            employees=chance.choice((None, 10, 30)),
            year=chance.choice((None, 2022, 2023, 2024)),
        )
    for enterprise in made.ids("Enterprise"):
        if chance.random() < 0.6:
            made.edge("LOCATED_IN", enterprise, chance.choice(regions))


def _uses(made: SmallGraph, chance: random.Random) -> None:
    """Who uses the shared courses and the bases."""
    users = [*made.ids("School"), *made.ids("Enterprise")]
    for _ in range(chance.randint(0, 4)):
        made.edge(
            "USES",
            chance.choice(users),
            chance.choice([*made.ids("SharedResource"), *made.ids("TrainingBase")]),
            status=chance.choice(STATUSES),
            confidence=chance.choice(CONFIDENCES),
            year=chance.choice((None, 2023, 2024)),
        )


def _innovation_and_ladders(made: SmallGraph, chance: random.Random) -> None:
    """Platforms, shared courses, levels and the steps between them, scales, figures that measure targets."""
    levels = ("中职", "高职专科", "高职专科", "职业本科", None)
    made.nodes["Specialty"] = [row | {"level": chance.choice(levels)} for row in made.nodes["Specialty"]]
    scales = ("大型", "规模以上", "小型", None)
    made.nodes["Enterprise"] = [row | {"scale": chance.choice(scales)} for row in made.nodes["Enterprise"]]
    chains, schools, specialties = made.ids("IndustryChain"), made.ids("School"), made.ids("Specialty")
    platforms = [made.node("ResearchPlatform", f"台{n}") for n in range(chance.randint(0, 3))]
    courses = [
        made.node("SharedResource", f"资{n}@{school}", category=chance.choice(("课程", "设备", None)))
        for n, school in enumerate(schools)
    ]

    def claim(kind: str, heads: Sequence[str], tails: Sequence[str], most: int, **more: Any) -> None:
        for _ in range(chance.randint(0, most) if heads and tails else 0):
            common = {"status": chance.choice(STATUSES), "confidence": chance.choice(CONFIDENCES)}
            source = chance.choice(("document", "records"))
            made.edge(kind, chance.choice(heads), chance.choice(tails), source=source, **common, **more)

    claim("SERVES", platforms, chains, 4)
    claim("CO_BUILDS", [*schools, *made.ids("Enterprise")], platforms, 4)
    for course in courses:
        claim("SHARES", schools, [course], 1)
    claim("ARTICULATES_TO", specialties, specialties, 4, pattern="3+2")
    claim("UPSTREAM_OF", chains, chains, 2)
    claim("LOCATED_IN", made.ids("Consortium"), made.ids("Park"), 1)
    document = made.ids("PolicyDocument")[0]
    for label, kind, count in (("Target", "SETS", 3), ("Statistic", "REPORTS", 5)):
        for number in range(count):
            figure = made.node(
                label,
                f"量{number}@{document}",
                metric=chance.choice(("订单班数", "订单班", "实训基地数")),
                unit=chance.choice(("个", "人")),
                comparator=chance.choice(("≥", "≤", "=")),
                value=chance.choice((10.0, 20.0, 30.0, None)),
                year=chance.choice((2022, 2023, 2024, 2027, None)),
            )
            claim(kind, [document], [figure], 2)
            claim("ABOUT", [figure], chains, 1)


@pytest.fixture(scope="session")
def small_graphs() -> list[tuple[SmallGraph, Projection]]:
    """Two hundred and twenty random graphs and their projections, the same in every run; not to be changed."""
    made = [random_graph(seed) for seed in range(220)]
    return [(one, one.projection()) for one in made]


NAMES = {
    "Specialty": ("新能源汽车技术", "新能源装备技术", "智能网联汽车技术", "汽车检测与维修技术"),
    "IndustryChain": ("新能源汽车", "智能网联汽车", "新能源装备", "汽车检测", "检测与维修"),
}
METRICS = ("订单班数", "校企合作订单班数", "实训基地数", "校企共建实训基地", "订单班规模")


def dense_graph(seed: int, of: int = 4) -> SmallGraph:
    """Several random graphs in one, with up to five chains of each.

    Names are alike, and several have one name; there are no records of industries.
    """
    made, chance = SmallGraph(), random.Random(seed)
    for number in range(of):
        one = random_graph(seed * of + number)
        for label, rows in one.nodes.items():
            known = {*made.ids(label)}
            renamed = [row | {"id": _moved(row["id"], number)} for row in rows]
            made.nodes.setdefault(label, []).extend(row for row in renamed if row["id"] not in known)
        for kind, rows in one.edges.items():
            for row in rows if kind != "HAS_INDUSTRY" else ():
                values = {key: row[key] for key in row.keys() - {"id", "head", "tail", "method"}}
                made.edge(kind, _moved(row["head"], number), _moved(row["tail"], number), **values)
    for label, names in NAMES.items():
        for row in made.nodes[label]:
            row["name"] = chance.choice(names) if chance.random() < 0.7 else row["name"]
    for label in ("Target", "Statistic"):
        for row in made.nodes.get(label, ()):
            row["metric"] = chance.choice(METRICS)
    return made


def _moved(identifier: str, number: int) -> str:
    """The chains of each graph are others; all else is the same in all."""
    label, _, key = identifier.partition(":链")
    return f"{label}:链{int(key) + 5 * number}" if label == "IndustryChain" else identifier


@pytest.fixture(scope="session")
def dense_graphs() -> list[tuple[SmallGraph, Projection]]:
    """Thirty graphs of some hundred claims and their projections, the same in every run; not to be changed."""
    made = [dense_graph(seed) for seed in range(30)]
    return [(one, one.projection()) for one in made]


@pytest.fixture(scope="session")
def five_hundred_graphs(
    small_graphs: list[tuple[SmallGraph, Projection]],
) -> list[tuple[SmallGraph, Projection]]:
    """The same and as many more, for comparing with brute force; not to be changed."""
    more = [random_graph(seed) for seed in range(len(small_graphs), 500)]
    return [*small_graphs, *((one, one.projection()) for one in more)]


@pytest.fixture
def empty_graph() -> SmallGraph:
    """A graph to be filled by a test."""
    return SmallGraph()
