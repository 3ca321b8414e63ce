"""Which catalogue a specialty is of (专业层次): 数控技术 at a 高职专科 school is 460103, no namesake.

Many names stand in the catalogues of several levels. Where the sentence says whose specialty it is (OFFERS, or a
group that the school HOSTS and that INCLUDES it), the level of the school leaves one code or none; nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from graph.reference import rows
from nlp.extraction import Mention, Relation

_TAUGHT: Final = {
    "高职专科": ("高职专科",),
    "职业本科": ("职业本科", "高职专科"),
    "普通本科": ("普通本科",),
    "中职": ("中职",),
}
_SECONDARY: Final = re.compile(
    "中专|中等|高级中学|职业高中|职教中心|职业教育中心|职业中学|(?<!技术)职业学校$"
)


def with_level(entities: Sequence[Mention], relations: Iterable[Relation]) -> tuple[Mention, ...]:
    """The mentions, specialties with the code that the level of their school leaves as the only one."""
    schools: defaultdict[int, set[int]] = defaultdict(set)  # specialty → schools
    stated = list(relations)
    hosts = {(r.tail, r.head) for r in stated if r.kind == "HOSTS"}
    for relation in stated:
        if relation.tail is None:
            continue
        if relation.kind == "OFFERS":
            schools[relation.tail].add(relation.head)
        elif relation.kind == "INCLUDES":
            schools[relation.tail] |= {school for group, school in hosts if group == relation.head}
    found = list(entities)
    for number, owners in schools.items():
        mention = entities[number]
        if mention.kind != "Specialty" or mention.code is not None:
            continue
        codes = [_codes(mention.name or mention.surface, entities[owner]) for owner in sorted(owners)]
        if codes and len(codes[0]) == 1 and all(code == codes[0] for code in codes):
            found[number] = replace(mention, code=codes[0][0])
    return tuple(found)


def _codes(specialty: str, school: Mention) -> tuple[str, ...]:
    """The codes that a specialty has at the levels which a school teaches."""
    level = _level(school)
    by_level = _specialties().get(specialty, {})
    return tuple(code for taught in _TAUGHT.get(level or "", ()) for code in by_level.get(taught, ()))


def _level(school: Mention) -> str | None:
    if school.code is not None:
        return _schools().get(school.code)
    return "中职" if _SECONDARY.search(school.name or school.surface) else None


@cache
def _schools() -> dict[str, str]:
    return {row["code"]: row["level"] for row in rows("schools") if row["code"]}


@cache
def _specialties() -> dict[str, dict[str, list[str]]]:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows("specialties"):
        found[row["name"]][row["level"]].append(row["code"])
    return {name: dict(levels) for name, levels in found.items()}
