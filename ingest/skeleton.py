"""The part of a name that tells (名称主干): legal forms and standing abbreviations taken out, so that
长城汽车股份有限公司 and 长城汽车, 重庆高新技术产业开发区 and 重庆高新区 compare as equal."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from graph import reference
from graph.identity import normalise_name

_LEGAL_FORM: Final = re.compile(r"(（集团）|集团)?(股份|控股)?(有限责任|有限)?公司$|（集团）|集团$|（中国）$")
_WHOLE_FORM: Final = re.compile(r"(?P<group>集团|（集团）)?(?P<by>股份|控股)?(?:有限责任|有限)公司$")
_ABBREVIATIONS: Final = (
    ("高新技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("教育委员会", "教委"),
    ("发展和改革委员会", "发展改革委"),
    ("经济和信息化委员会", "经济信息委"),
    ("人力资源和社会保障局", "人力社保局"),
    ("科学技术局", "科技局"),
    ("规划和自然资源局", "规划自然资源局"),
    ("管理委员会", "管委会"),
    ("人民政府", "政府"),
)
_PLACE_SUFFIX: Final = re.compile(r"(?<=^..)[省市](?=..)|(?<=^...)[省市](?=..)")
# Kinds whose names vary in these ways; every other kind is compared by its whole name.
COMPARED: Final = frozenset(
    {
        "School",
        "Enterprise",
        "Consortium",
        "Park",
        "Agency",
        "ResearchPlatform",
        "TrainingBase",
        "IndustryCollege",
    }
)


def skeleton(label: str, name: str) -> str:
    """The telling part of a name of kind `label`; empty where nothing tells it from others.

    >>> skeleton("Enterprise", "长城汽车股份有限公司") == skeleton("Enterprise", "长城汽车")
    True
    """
    return telling_part(label, normalise_name(name))


def telling_part(label: str, normalised: str) -> str:
    """The skeleton of a name that is normalised already."""
    core = normalised
    for full, short in _ABBREVIATIONS:
        core = core.replace(full, short)
    if label == "Agency":
        core = core.removeprefix("中共")
    if label == "Enterprise":
        core = _LEGAL_FORM.sub("", core)
    elif not core.startswith(_both_province_and_city()):
        core = _PLACE_SUFFIX.sub("", core)
    return core if len(core) > 2 else ""


def legal_person(normalised: str) -> str | None:
    """What the legal form of a company's whole name says of which of a stem's companies it is; None of a short name.

    A group (集团, 控股) and its company limited by shares are two. 有限公司 and 股份有限公司 are mostly one that has
    changed its form.
    """
    form = _WHOLE_FORM.search(normalised)
    if form is None:
        return None
    if not form["group"] and form["by"] != "控股" and "（集团）" not in normalised:
        return "company"
    return "group by shares" if form["by"] == "股份" else "group"


def says_group(normalised: str) -> bool:
    """Whether a short name of a company calls it a group."""
    return normalised.endswith(("集团", "（集团）", "集团公司"))


@cache
def _both_province_and_city() -> tuple[str, ...]:
    """吉林省, 吉林市: of these the last character tells one from the other."""
    names = {row["name"] for row in reference.rows("regions")}
    both = (name[:-1] for name in names if name.endswith("省") and f"{name[:-1]}市" in names)
    return tuple(stem + suffix for stem in sorted(both) for suffix in "省市")
