"""The reference tables as claims (参考数据入图): one source a catalogue, built column by column.

Decisions: an industry of GB/T 4754 is an `IndustryChain` of tier 行业; the “33618” system and its groups are of tier
集群, the industries that they list of tier 产业链. The companies are a register of names and become no nodes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyarrow as pa

from graph import reference
from graph.claims import claims_table
from graph.identity import node_id
from graph.ontology import STATES
from graph.store.protocol import Source

_FORM: Final = "1"  # goes up when this module makes other claims of the same tables
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """A catalogue: its source, official name, the date that it speaks of, its tables, and what they claim."""

    source: str
    title: str
    observed: str
    tables: tuple[str, ...]
    parts: Callable[[_Catalogue], list[pa.Table]]

    @property
    def key(self) -> str:
        """Changes when a table does, or what is made of it."""
        contents = "".join((_FORM, *(reference.version(table) for table in self.tables)))
        return hashlib.sha256(contents.encode()).hexdigest()[:16]


def reference_sources() -> Iterator[tuple[Source, pa.Table]]:
    """Each catalogue as a source with its claims in schema `CLAIMS`; every end of an edge is stated in its source."""
    for catalogue in _CATALOGUES:
        source = Source(catalogue.source, catalogue.title, "reference", catalogue.key)
        yield source, claims_table(catalogue.source, catalogue.parts(catalogue))


def _specialties(catalogue: _Catalogue) -> list[pa.Table]:
    table = _table("specialties")
    properties = ("code", "level", "category", "class_name")
    return [_states(catalogue, table, _by_code("Specialty", table), properties)]


def _occupations(catalogue: _Catalogue) -> list[pa.Table]:
    table = _table("occupations")
    return [_states(catalogue, table, _by_code("Occupation", table), ("code",))]


def _industries(catalogue: _Catalogue) -> list[pa.Table]:
    table = [{**row, "tier": "行业"} for row in _table("industries")]
    ids, parents = _by_code("IndustryChain", table), _by_code("IndustryChain", table, "parent")
    return [
        _states(catalogue, table, ids, ("code", "tier")),
        _edges(catalogue, "PART_OF", table, ids, parents),
    ]


def _clusters(catalogue: _Catalogue) -> list[pa.Table]:
    table = _table("clusters")
    ids = [node_id("IndustryChain", name=row["name"]) for row in table]
    parents = [node_id("IndustryChain", name=row["parent"]) if row["parent"] else None for row in table]
    return [
        _states(catalogue, table, ids, ("tier", "size")),
        _edges(catalogue, "PART_OF", table, ids, parents),
    ]


def _regions(catalogue: _Catalogue) -> list[pa.Table]:
    table = _table("regions")
    ids, parents = _by_code("Region", table), _by_code("Region", table, "parent")
    return [
        _states(catalogue, table, ids, ("code", "level"), _region_aliases(table)),
        _edges(catalogue, "PART_OF", table, ids, parents),
    ]


def _schools(catalogue: _Catalogue) -> list[pa.Table]:
    other_names: dict[str, list[str]] = {}
    for row in reference.rows("school_names"):
        other_names.setdefault(row["code"], []).append(row["name"])
    table = [{**row, "home": _city(row["province"], row["city"])} for row in _table("schools")]
    homes = {row["home"] for row in table}
    cities = [row for row in _table("regions") if row["code"] in homes]
    ids = _by_code("School", table)
    aliases = [other_names.get(row["code"], []) for row in table]
    return [
        _states(catalogue, table, ids, ("code", "level", "nature", "supervisor"), aliases),
        _states(catalogue, cities, _by_code("Region", cities), ("code", "level")),
        _edges(catalogue, "LOCATED_IN", table, ids, _by_code("Region", table, "home"), ("province", "city")),
    ]


def _table(name: str) -> list[Row]:
    """The rows of a table, each with its `place`: the line in the table, its header being the first."""
    return [{**row, "place": f"{name}!{line}"} for line, row in enumerate(reference.rows(name), start=2)]


def _by_code(label: str, table: Sequence[Row], column: str = "code") -> list[str | None]:
    return [node_id(label, code=row[column]) if row[column] else None for row in table]


def _region_aliases(table: Sequence[Row]) -> list[list[str]]:
    """Short names, and full ones that tell a county from its namesakes: 常州市武进区, 江苏省常州市武进区."""
    by_code = {row["code"]: row for row in table}
    aliases = []
    for row in table:
        names = [name for name in row["short"].split("、") if name]
        full, above = row["name"], row["parent"]
        while above:
            full, above = by_code[above]["name"] + full, by_code[above]["parent"]
            names.append(full)
        aliases.append(names)
    return aliases


@cache
def _codes_by_name() -> Mapping[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for row in reference.rows("regions"):
        codes.setdefault(row["name"], []).append(row["code"])
    return codes


def _city(province: str, city: str) -> str:
    """The code of a city of a province, or of another where that has none (河北工业大学 is in 天津市); else empty."""
    provinces = tuple(code[:2] for code in _codes_by_name().get(province, []))
    named = _codes_by_name().get(city, [])
    found = [code for code in named if code.startswith(provinces)] or named
    return found[0] if len(found) == 1 else ""


def _states(
    catalogue: _Catalogue,
    table: Sequence[Row],
    ids: Sequence[str | None],
    properties: tuple[str, ...],
    aliases: Sequence[list[str]] | None = None,
) -> pa.Table:
    values = [_json({name: row[name] for name in properties if row[name]}) for row in table]
    return pa.table(
        {
            "kind": [STATES.name] * len(table),
            "head": [catalogue.source] * len(table),
            "tail": ids,
            **_evidence(catalogue, table, ()),
            "local": ids,
            "name": [row["name"] for row in table],
            "aliases": [_json(sorted(names)) for names in aliases] if aliases else ["[]"] * len(table),
            "properties": values,
        }
    )


def _edges(
    catalogue: _Catalogue,
    kind: str,
    table: Sequence[Row],
    heads: Sequence[str | None],
    tails: Sequence[str | None],
    quoted: tuple[str, ...] = ("parent",),
) -> pa.Table:
    columns = {"kind": [kind] * len(table), "head": heads, "tail": tails}
    claims = pa.table({**columns, **_evidence(catalogue, table, quoted)})
    return claims.filter(claims.column("tail").is_valid())


def _evidence(
    catalogue: _Catalogue, table: Sequence[Row], quoted: tuple[str, ...]
) -> dict[str, list[str] | list[float]]:
    """The words of each row (its code, its name and what is `quoted` besides), where it stands, how sure it is."""
    columns = ("code", "name", *quoted)
    return {
        "quote": [" ".join(row[name] for name in columns if row.get(name)) for row in table],
        "place": [row["place"] for row in table],
        "method": ["record"] * len(table),
        "confidence": [float(row.get("confidence", 1.0)) for row in table],
        "observed": [catalogue.observed] * len(table),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_CATALOGUES: Final = (
    _Catalogue(
        "reference-specialties",
        "职业教育专业目录（2021年版，增补至2025年12月）、普通高等学校本科专业目录（2026年）",
        "2025-12",
        ("specialties",),
        _specialties,
    ),
    _Catalogue(
        "reference-occupations",
        "中华人民共和国职业分类大典（2022年版）及新职业",
        "2025",
        ("occupations",),
        _occupations,
    ),
    _Catalogue(
        "reference-industries", "国民经济行业分类（GB/T 4754-2017）", "2017", ("industries",), _industries
    ),
    _Catalogue("reference-clusters", "重庆市“33618”现代制造业集群体系", "2023", ("clusters",), _clusters),
    _Catalogue("reference-regions", "统计用区划代码（2023年）", "2023-06", ("regions",), _regions),
    _Catalogue(
        "reference-schools",
        "全国高等学校名单（2025年6月）及曾用名",
        "2025-06",
        ("schools", "school_names", "regions"),
        _schools,
    ),
)
