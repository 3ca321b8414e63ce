"""The three sectors (三次产业), and what of specialties and industries counts to which.

Industries by section of GB/T 4754, as the statistics office divides them (国家统计局, 三次产业划分规定; its
exceptions inside sections A, B and C are not told apart). Specialties by 专业大类, the custom of the studies of
vocational education; 电子与信息 is disputed, so that the table can be changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.errors import LiantuError
from graph.identity import normalise_name

PRIMARY, SECONDARY, TERTIARY = SECTORS = ("第一产业", "第二产业", "第三产业")

OF_CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "农林牧渔大类": PRIMARY,
        "资源环境与安全大类": SECONDARY,
        "能源动力与材料大类": SECONDARY,
        "土木建筑大类": SECONDARY,
        "水利大类": SECONDARY,
        "装备制造大类": SECONDARY,
        "生物与化工大类": SECONDARY,
        "轻工纺织大类": SECONDARY,
        "食品药品与粮食大类": SECONDARY,
        "交通运输大类": TERTIARY,
        "电子与信息大类": TERTIARY,
        "医药卫生大类": TERTIARY,
        "财经商贸大类": TERTIARY,
        "旅游大类": TERTIARY,
        "文化艺术大类": TERTIARY,
        "新闻传播大类": TERTIARY,
        "教育与体育大类": TERTIARY,
        "公安与司法大类": TERTIARY,
        "公共管理与服务大类": TERTIARY,
    }
)
_SECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"A": PRIMARY} | dict.fromkeys("BCDE", SECONDARY) | dict.fromkeys("FGHIJKLMNOPQRST", TERTIARY)
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        normalise_name(word): one
        for one in SECTORS
        for word in (one, one[:2], f"{one[1]}产", f"{one[1]}次产业")
    }
)


def sector_named(name: str) -> str | None:
    """The sector that a name means: 第二产业, 第二, 二产."""
    return _NAMES.get(normalise_name(name))


def sector_of_section(code: str | None) -> str | None:
    """The sector of a section (门类) of GB/T 4754; None for a finer code or none."""
    return _SECTIONS.get(code or "")


def categories(changes: str | None) -> Mapping[str, str]:
    """The sector of each 专业大类, with changes as `大类:第二产业; …`; `question.parameter` where one is wrong."""
    if not changes:
        return OF_CATEGORIES
    changed = dict(OF_CATEGORIES)
    for line in changes.replace("；", ";").replace("\n", ";").split(";"):
        category, colon, word = line.replace("：", ":").partition(":")
        sector = sector_named(word)
        if not line.strip():
            continue
        if not colon or sector is None or not category.strip():
            raise LiantuError(
                "question.parameter", name="sectors", value=line.strip()[:60], expected="专业大类:第二产业; …"
            )
        changed[category.strip()] = sector
    return changed
