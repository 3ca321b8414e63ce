"""A graph of national size, made from the real catalogues (全国规模的图谱): what `national.py` asks its questions of.

Real: specialties of vocational education (1,490), occupations (1,656), schools (2,919), regions, and the industries of
GB/T 4754, whose middle classes name 129 chains and whose small classes name their segments. Made up, from one seed:
10,000 secondary schools, groups, 400 thousand offers, 500 thousand enterprises with their demand, consortia and what
they do, documents with their targets, statistics and measures. Nothing is read from disk but the catalogues.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from graph import reference
from graph.claims import claims_table
from graph.ontology import EDGES, EVIDENCE, NODES, STATES
from graph.project import Projection, columns_of
from graph.store import Source

Ids = np.ndarray[Any, Any]
CHAINS, SECONDARY_SCHOOLS, GROUPS = 129, 10_000, 15_000
VOCATIONAL = ("中职", "高职专科", "职业本科")
LEVELS = ("中职", "高职专科", "职业本科", "普通本科", "研究生")
MEASURES = (
    "给予每个市级以上产教联合体每年1,500万元奖补",
    "鼓励银行为产教融合型企业提供贷款贴息和融资担保，额度不超过2亿元",
    "优先保障职业院校和实训基地用地",
    "校企共建产业学院",
    "把企业参与办学纳入信用评价，守信的给予经费补助 20 万元",
    "建设专业群",
    "引导企业教师到职业院校兼职",
    "设立产业学院发展基金，落实教育费附加抵免政策",
)
COVERED = 0.8  # so many chains have groups that serve them
MODES = ("订单班", "产业学院", "学徒制", "技术服务", "兼职教师", "实训基地")


@dataclass
class Tables:
    """Node and edge tables as they grow; `chance` is the one source of chance."""

    chance: np.random.Generator
    edges: dict[str, list[pa.Table]] = field(default_factory=dict)
    parts: dict[str, list[pa.Table]] = field(default_factory=dict)

    def add_nodes(self, label: str, keys: Sequence[str], names: Sequence[str], **values: Any) -> Ids:
        """Nodes of a kind, stated by a record set; their ids."""
        ids = np.array([f"{label}:{key}" for key in keys], dtype=object)
        schema = columns_of(NODES[label].properties, "id", "name").insert(
            2, pa.field("aliases", pa.list_(pa.string()))
        )
        given = {"id": ids, "name": names, **values}
        self.parts.setdefault(label, []).append(_filled(schema, len(ids), given))
        self.add_edges("STATES", ["records-national"] * len(ids), ids)
        return ids

    def add_edges(self, kind: str, heads: Any, tails: Any, **values: Any) -> None:
        """Claims of a kind, with ids, quotes and places as records have them."""
        declared = STATES if kind == STATES.name else EDGES[kind]
        schema = columns_of((*EVIDENCE, *declared.properties), "id", "kind", "head", "tail")
        size, before = len(heads), sum(len(part) for part in self.edges.get(kind, ()))
        source = values.pop("source", "records-national")
        given = {
            "id": [f"{source}#{kind}{row}" for row in range(before, before + size)],
            "kind": [kind] * size,
            "head": heads,
            "tail": tails,
            "source": [source] * size,
            "quote": [f"第 {row} 行" for row in range(size)],
            "place": [f"{kind}!{row}" for row in range(size)],
            "method": ["record"] * size,
            "confidence": np.ones(size),
            "observed": ["2024"] * size,
        } | values
        self.edges.setdefault(kind, []).append(_filled(schema, size, given))

    def pick(self, ids: Ids, size: int, skew: float = 0.0) -> Ids:
        """`size` of `ids` with repetition, by a power law of exponent `skew`."""
        weights = np.arange(1, len(ids) + 1, dtype=float) ** -skew
        return ids[self.chance.choice(len(ids), size=size, p=weights / weights.sum())]

    def projection(self) -> Projection:
        """Everything so far, with empty tables for what was left out."""
        empty = Projection.from_tables({}, {})
        nodes = {label: pa.concat_tables(parts) for label, parts in self.parts.items()}
        edges = {kind: pa.concat_tables(parts) for kind, parts in self.edges.items()}
        return Projection({**empty.nodes, **nodes}, {**empty.edges, **edges})


def national_projection(share: float = 1.0, seed: int = 1) -> Projection:
    """The projection; `share` makes schools, enterprises and all that hangs on them fewer."""
    made = Tables(np.random.default_rng(seed))
    regions = _regions(made)
    chains, segments = _chains(made)
    specialties, levels = _specialties(made)
    occupations = _of_catalogue(made, "Occupation", "occupations")
    schools, school_levels = _schools(made, regions, share)
    _offers(made, schools, school_levels, specialties, levels, share)
    _groups(made, schools, specialties, chains, segments, share)
    wanted = made.chance.choice(len(occupations), size=(len(chains), 30))
    made.add_edges("PREPARES_FOR", np.repeat(specialties, 3), made.pick(occupations, 3 * len(specialties)))
    _ladders(made, chains, occupations, wanted, specialties)
    enterprises = _enterprises(made, regions, chains, segments, occupations, wanted, share)
    _cooperation(made, schools, enterprises, chains, regions, share)
    _documents(made, chains, share)
    return made.projection()


def _filled(schema: pa.Schema, size: int, given: dict[str, Any]) -> pa.Table:
    columns = [
        pa.array(given[item.name], item.type) if item.name in given else pa.nulls(size, item.type)
        for item in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _of_catalogue(made: Tables, label: str, table: str) -> Ids:
    rows = reference.rows(table)
    codes = [row["code"] for row in rows]
    return made.add_nodes(label, codes, [row["name"] for row in rows], code=codes)


def _regions(made: Tables) -> Ids:
    rows = reference.rows("regions")
    codes, levels = [row["code"] for row in rows], [row["level"] for row in rows]
    ids = made.add_nodes("Region", codes, [row["name"] for row in rows], code=codes, level=levels)
    above = np.array([f"Region:{row['parent']}" if row["parent"] else None for row in rows], dtype=object)
    inside = above != np.array(None)
    made.add_edges("PART_OF", ids[inside], above[inside])
    return ids[np.array(levels) == "县级"]


def _chains(made: Tables) -> tuple[Ids, Ids]:
    """129 chains named by middle classes of GB/T 4754, and their small classes as segments."""
    rows = reference.rows("industries")
    middle = [row for row in rows if row["level"] == "中类"]
    children = {row["code"]: [one for one in rows if one["parent"] == row["code"]] for row in middle}
    chosen = sorted(middle, key=lambda row: -len(children[row["code"]]))[:CHAINS]
    names = [f"{row['name']}链" for row in chosen]
    chains = made.add_nodes("IndustryChain", names, names, tier=["产业链"] * len(names))
    segments, wholes = [], []
    for chain, row in zip(chains, chosen, strict=True):
        for one in children[row["code"]]:
            segments.append(f"{one['name']}（{one['code']}）")
            wholes.append(chain)
    ids = made.add_nodes("IndustryChain", segments, segments, tier=["环节"] * len(segments))
    made.add_edges("PART_OF", ids, np.array(wholes, dtype=object))
    made.add_edges("UPSTREAM_OF", made.pick(chains, 200), made.pick(chains, 200))
    return chains, ids


def _specialties(made: Tables) -> tuple[Ids, Ids]:
    rows = [row for row in reference.rows("specialties") if row["level"] in VOCATIONAL]
    columns = {name: [row[name] for row in rows] for name in ("code", "level", "category", "class_name")}
    ids = made.add_nodes("Specialty", columns["code"], [row["name"] for row in rows], **columns)
    levels = np.array(columns["level"], dtype=object)
    low, high = ids[levels == "中职"], ids[levels == "高职专科"]
    made.add_edges("ARTICULATES_TO", made.pick(low, 400), made.pick(high, 400), pattern=["3+2"] * 400)
    made.add_edges("ARTICULATES_TO", made.pick(high, 300), made.pick(ids[levels == "职业本科"], 300))
    return ids, levels


def _schools(made: Tables, counties: Ids, share: float) -> tuple[Ids, Ids]:
    rows = reference.rows("schools")
    columns = {name: [row[name] for row in rows] for name in ("code", "level", "nature")}
    real = made.add_nodes("School", columns["code"], [row["name"] for row in rows], **columns)
    count = int(SECONDARY_SCHOOLS * share)
    names = [f"示例中等职业学校{number:05d}" for number in range(count)]
    small = made.add_nodes("School", names, names, level=["中职"] * count)
    schools = np.concatenate([real, small])
    made.add_edges("LOCATED_IN", schools, made.pick(counties, len(schools)))
    return schools, np.array([*columns["level"], *["中职"] * count], dtype=object)


def _offers(
    made: Tables, schools: Ids, school_levels: Ids, specialties: Ids, levels: Ids, share: float
) -> None:
    """400 thousand offers: the fewer schools of a level, the more each offers."""
    total, chance = int(400_000 * share), made.chance
    taught = {"普通本科": "职业本科", "技工": "中职"}
    by_level = {level: specialties[levels == level] for level in VOCATIONAL}
    heads, tails = [], []
    for level in ("中职", "高职专科", "职业本科", "普通本科"):
        own = schools[school_levels == level]
        part = total * len(own) // len(schools)
        heads.append(made.pick(own, part))
        tails.append(made.pick(by_level[taught.get(level, level)], part, skew=0.7))
    size = sum(len(part) for part in heads)
    graduates = np.ma.array(chance.lognormal(3.5, 0.9, size).astype(int), mask=chance.random(size) < 0.05)
    made.add_edges(
        "OFFERS",
        np.concatenate(heads),
        np.concatenate(tails),
        graduates=_masked(graduates),
        enrolled=_masked(graduates * 3),
        employed=_masked((graduates * chance.uniform(0.7, 1.0, size)).astype(int)),
        year=chance.choice([2023, 2024], size=size),
    )


def _masked(values: Any) -> pa.Array:
    return pa.array(np.asarray(values.data), mask=np.broadcast_to(np.ma.getmaskarray(values), values.shape))


def _groups(made: Tables, schools: Ids, specialties: Ids, chains: Ids, segments: Ids, share: float) -> None:
    count = int(GROUPS * share)
    hosts = made.pick(schools, count)
    names = [f"示例专业群{number:05d}" for number in range(count)]
    keys = [f"{name}@{host}" for name, host in zip(names, hosts, strict=True)]
    groups = made.add_nodes("SpecialtyGroup", keys, names)
    grades = made.chance.choice(["国家级", "市级", "校级"], size=count)
    made.add_edges(
        "HOSTS", hosts, groups, grade=grades, since=made.chance.choice(["2019", "2021", "2023"], size=count)
    )
    made.add_edges("INCLUDES", np.repeat(groups, 4), made.pick(specialties, 4 * count, skew=0.5))
    covered, parts = chains[: int(len(chains) * COVERED)], segments[: int(len(segments) * COVERED)]
    some = groups[: int(count * 0.7)]
    status = made.chance.choice(["完成", "在建", "计划"], p=[0.8, 0.1, 0.1], size=len(some))
    made.add_edges("SERVES", some, made.pick(covered, len(some), skew=0.6), status=status)
    made.add_edges("SERVES", made.pick(some, len(some) // 3), made.pick(parts, len(some) // 3))
    made.add_edges("SERVES", made.pick(specialties, 2_000), made.pick(covered, 2_000))


def _ladders(made: Tables, chains: Ids, occupations: Ids, wanted: Ids, specialties: Ids) -> None:
    names = [f"{chain.partition(':')[2]}人才链" for chain in chains]
    keys = [f"{name}@{chain}" for name, chain in zip(names, chains, strict=True)]
    ladders = made.add_nodes("TalentChain", keys, names)
    made.add_edges("STAFFS", ladders, chains)
    for column in range(10):
        level = [("技能型", "技术型", "工程型")[column % 3]] * len(ladders)
        made.add_edges("HAS_ROLE", ladders, occupations[wanted[:, column]], level=level)
    made.add_edges("SERVES", made.pick(specialties, 500), made.pick(chains, 500), status=["倡导"] * 500)


def _enterprises(
    made: Tables, counties: Ids, chains: Ids, segments: Ids, occupations: Ids, wanted: Ids, share: float
) -> Ids:
    """500 thousand enterprises, each in a chain (one in five also in a segment), each with a need."""
    count, chance = int(500_000 * share), made.chance
    parks = made.add_nodes(
        "Park", [f"示例园区{n:04d}" for n in range(2_000)], [f"示例园区{n:04d}" for n in range(2_000)]
    )
    made.add_edges("LOCATED_IN", parks, made.pick(counties, len(parks)))
    names = [f"示例企业{number:06d}" for number in range(count)]
    scale = chance.choice(["大型", "中型", "小型", "微型"], p=[0.01, 0.09, 0.5, 0.4], size=count)
    enterprises = made.add_nodes("Enterprise", names, names, scale=scale)
    weights = np.arange(1, len(chains) + 1, dtype=float) ** -0.6
    chain = chance.choice(len(chains), size=count, p=weights / weights.sum())
    position = chance.choice(["上游", "中游", "下游"], size=count)
    made.add_edges("OPERATES_IN", enterprises, chains[chain], position=position)
    some = enterprises[::5]
    made.add_edges("OPERATES_IN", some, made.pick(segments, len(some)))
    made.add_edges("OPERATES_IN", parks, made.pick(chains, len(parks)))
    made.add_edges("LOCATED_IN", enterprises, made.pick(counties, count))
    made.add_edges("LOCATED_IN", enterprises[::4], made.pick(parks, len(enterprises[::4])))
    post = wanted[chain, chance.integers(0, wanted.shape[1], size=count)]
    headcount = np.ma.array(
        chance.lognormal(1.5, 1.2, count).astype(int) + 1, mask=chance.random(count) < 0.05
    )
    made.add_edges(
        "DEMANDS",
        enterprises,
        occupations[post],
        headcount=_masked(headcount),
        level=chance.choice(LEVELS, p=[0.25, 0.4, 0.1, 0.2, 0.05], size=count),
        year=chance.choice([2024, 2025], size=count),
    )
    made.add_edges(
        "DEMANDS",
        np.repeat(chains, 5),
        occupations[wanted[:, :5].ravel()],
        headcount=chance.integers(1_000, 50_000, 5 * len(chains)),
        year=[2024] * (5 * len(chains)),
    )
    return enterprises


def _cooperation(
    made: Tables,
    schools: Ids,
    enterprises: Ids,
    chains: Ids,
    counties: Ids,
    share: float,
) -> None:
    chance = made.chance
    pairs = int(100_000 * share)
    made.add_edges(
        "COOPERATES_WITH",
        made.pick(schools, pairs),
        made.pick(enterprises, pairs, skew=0.5),
        mode=chance.choice(MODES, size=pairs),
        income=chance.lognormal(11, 1.5, pairs),
        since=chance.choice(["2020", "2022", "2024-03"], size=pairs),
        status=chance.choice(["完成", "在建", "计划", "倡导"], p=[0.6, 0.2, 0.1, 0.1], size=pairs),
    )
    names = [f"示例产教联合体{number:04d}" for number in range(1_000)]
    levels = chance.choice(["国家级", "市级", "园区牵头", "企业牵头", "学校牵头"], size=len(names))
    consortia = made.add_nodes("Consortium", names, names, level=levels)
    made.add_edges("LEADS", made.pick(schools, len(consortia)), consortia)
    size = int(30_000 * share)
    made.add_edges("MEMBER_OF", made.pick(schools, size), made.pick(consortia, size), since=["2023"] * size)
    made.add_edges(
        "MEMBER_OF", made.pick(enterprises, size), made.pick(consortia, size), since=["2023"] * size
    )
    made.add_edges("SERVES", consortia, made.pick(chains, len(consortia)))
    for label, count in (("ResearchPlatform", 5_000), ("TrainingBase", 5_000), ("IndustryCollege", 3_000)):
        own = [f"示例{NODES[label].zh}{number:04d}" for number in range(count)]
        built = made.add_nodes(label, own, own)
        for builders in (schools, enterprises):
            status = chance.choice(["完成", "在建", "计划"], size=count)
            made.add_edges("CO_BUILDS", made.pick(builders, count), built, status=status)
        made.add_edges("SERVES", built[::2], made.pick(chains, len(built[::2]), skew=0.6))
        if label != "IndustryCollege":
            made.add_edges("LOCATED_IN", built, made.pick(counties, count))
    programmes = [f"示例培养项目{number:04d}" for number in range(3_000)]
    programme = made.add_nodes("TalentProgram", programmes, programmes, mode=chance.choice(MODES, size=3_000))
    made.add_edges("CO_BUILDS", made.pick(schools, 3_000), programme)
    owners = made.pick(schools, 10_000)
    shared = [f"示例资源{number}@{owner}" for number, owner in enumerate(owners)]
    made.add_edges("SHARES", owners, made.add_nodes("SharedResource", shared, shared))


def _documents(made: Tables, chains: Ids, share: float) -> None:
    chance, count = made.chance, int(2_000 * share)
    names = [f"示例文件{number:04d}" for number in range(count)]
    documents = made.add_nodes(
        "PolicyDocument",
        names,
        names,
        title=names,
        issued=chance.choice(["2022-05-01", "2023-07-01"], size=count),
    )
    agencies = made.add_nodes(
        "Agency", [f"示例部门{n}" for n in range(200)], [f"示例部门{n}" for n in range(200)]
    )
    made.add_edges("ISSUED_BY", documents, made.pick(agencies, count))
    made.add_edges("MENTIONS", made.pick(documents, 20_000), made.pick(chains, 20_000))
    for label, size, kind in (("Target", 5_000, "SETS"), ("Statistic", 10_000, "REPORTS")):
        owners = made.pick(documents, size)
        metrics = chance.choice(
            ["毕业生", "需求人数", "开放型区域产教融合实践中心", "技术服务收入"], size=size
        )
        keys = [
            f"{metric}{row}@{owner}" for row, (metric, owner) in enumerate(zip(metrics, owners, strict=True))
        ]
        figures = made.add_nodes(
            label,
            keys,
            metrics,
            metric=metrics,
            value=chance.integers(1, 10_000, size).astype(float),
            unit=["人"] * size,
            comparator=["≥"] * size,
            year=chance.choice([2023, 2024, 2025, 2027], size=size),
        )
        made.add_edges(kind, owners, figures)
        made.add_edges("ABOUT", figures, made.pick(chains, size))
    owners = made.pick(documents, 20_000)
    measures = made.add_nodes(
        "Measure",
        [f"{row}@{owner}" for row, owner in enumerate(owners)],
        [f"举措{row}" for row in range(20_000)],
        text=[MEASURES[row % len(MEASURES)] for row in range(20_000)],
        order=np.arange(20_000),
        due=chance.choice(["2024", "2025", "2027"], size=20_000),
    )
    made.add_edges("SETS", owners, measures)
    made.add_edges("RESPONSIBLE_FOR", made.pick(agencies, 20_000), measures)


def national_told(share: float = 1.0, seed: int = 1) -> tuple[Source, pa.Table, pa.Table]:
    """The same graph as the claims of one source, as a store takes them: the source, its STATES rows, its edges."""
    made, source = national_projection(share, seed), "records-national"
    stated = []
    for label, nodes in made.nodes.items():
        names = [item.name for item in NODES[label].properties]
        rows = nodes.select(names).to_pylist()
        known = [{name: value for name, value in row.items() if value is not None} for row in rows]
        stated.append(
            pa.table(
                {
                    "kind": ["STATES"] * len(rows),
                    "head": [source] * len(rows),
                    "tail": nodes["id"],
                    "quote": nodes["name"],
                    "place": [f"{label}!{row}" for row in range(len(rows))],
                    "method": ["record"] * len(rows),
                    "confidence": np.ones(len(rows)),
                    "local": nodes["id"],
                    "name": nodes["name"],
                    "aliases": ["[]"] * len(rows),
                    "properties": [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in known],
                }
            )
        )
    edges = [made.edges[kind].drop_columns(["id", "source"]) for kind in EDGES]
    whole = claims_table(source, [*stated, *edges])
    first = sum(part.num_rows for part in stated)
    return Source(source, source, "records", "1"), whole.slice(0, first), whole.slice(first)
