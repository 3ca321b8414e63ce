"""What the catalogues call things (名录): the names of the reference tables and word lists, with their short forms.

Each function yields (surface, full name, code); an empty code where the name does not tell one. Which of them a text
means is the business of `nlp.gazetteer` and of the rules behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import rjieba

from graph.reference import rows
from nlp.names import names

Named = tuple[str, str, str]

_ADMINISTRATIVE: Final = re.compile(
    r"(?<=..)(特别行政区|(?:壮族|回族|维吾尔)?自治区|(?:[^\s]{1,3}族){0,4}自治[州县旗]|省|市|地区|盟)$"
)
# Cities whose short name is an ordinary word or another place.
AMBIGUOUS_REGIONS: Final = frozenset(
    [
        "来宾",
        "安康",
        "东方",
        "白银",
        "朝阳",
        "海东",
        "海西",
        "海北",
        "中卫",
        "山南",
        "三明",
        "大庆",
        "三沙",
        "和田",
        "金昌",
        "平凉",
        "保山",
        "自贡",
        "文山",
        "黄山",
        "普洱",
        "双鸭山",
        "固原",
        "百色",
        "鹰潭",
        "崇左",
        "贵港",
    ]
)
_COUNTY: Final = re.compile("(?<=..)(?:(?:[^\\s]{1,3}族){0,4}自治县|自治旗|特区|林区|新区|矿区|市|区|县|旗)$")
# Short names of counties that are ordinary words, even where their city is spoken of.
_ORDINARY_COUNTIES: Final = frozenset(names("ordinary_counties"))
_BRIEF_PREFECTURES: Final = {
    "巴音郭楞蒙古自治州": ("巴州",),
    "博尔塔拉蒙古自治州": ("博州",),
    "克孜勒苏柯尔克孜自治州": ("克州",),
    "昌吉回族自治州": ("昌吉州",),
    "伊犁哈萨克自治州": ("伊犁州",),
    "西双版纳傣族自治州": ("西双版纳", "版纳州"),
    "黔东南苗族侗族自治州": ("黔东南",),
    "黔西南布依族苗族自治州": ("黔西南",),
    "黔南布依族苗族自治州": ("黔南",),
}
_SHARED_SHORT_NAMES: Final = frozenset(["三亚", "大理", "吉林", "海南"])
_ORDINARY_SHORT_NAMES: Final = frozenset(
    [
        "新产业",
        "智慧农业",
        "线上线下",
        "机器人",
        "新农业",
        "大众交通",
        "新华网",
        "人民网",
        "电子城",
        "数据港",
        "新大陆",
        "新能源",
    ]
)


def short_region(name: str) -> str:
    """A division's name without its rank: 重庆市 → 重庆, 广西壮族自治区 → 广西."""
    return _ADMINISTRATIVE.sub("", name)


def short_county(name: str) -> str:
    """A county's or district's name without its rank: 于都县 → 于都, 陵水黎族自治县 → 陵水; 单县 stays."""
    return _COUNTY.sub("", name)


def regions() -> Iterator[Named]:
    """Provinces, cities and counties, and how provinces and cities are called for short."""
    for row in rows("regions"):
        yield row["name"], row["name"], row["code"]
        short = short_region(row["name"])
        if row["level"] in ("省级", "地级") and len(short) > 1 and short not in AMBIGUOUS_REGIONS:
            code = "" if short in _SHARED_SHORT_NAMES else row["code"]
            yield short, row["name"], code
            if row["name"].endswith("自治州"):
                yield f"{short}州", row["name"], row["code"]
        yield from ((brief, row["name"], row["code"]) for brief in _BRIEF_PREFECTURES.get(row["name"], ()))


def counties() -> Iterator[Named]:
    """Short names of counties and districts with their codes: places where their city or province is spoken of."""
    for row in rows("regions"):
        short = short_county(row["name"])
        if row["level"] == "县级" and len(short) > 1 and short not in _ORDINARY_COUNTIES:
            yield short, row["name"], row["code"]


def companies() -> Iterator[Named]:
    """Listed companies, their telling short names, and brands."""
    for row in rows("companies"):
        yield row["name"], row["name"], row["code"]
        if is_telling(row["short_name"]):
            yield row["short_name"], row["name"], row["code"]
    for name in names("brands"):
        yield name, name, ""


def short_names() -> Iterator[Named]:
    """Short names that say a company only where the text does: 沧州明珠, 华润电力."""
    for row in rows("companies"):
        if len(row["short_name"]) > 3 and not is_telling(row["short_name"]):
            yield row["short_name"], row["name"], row["code"]
    for name in names("ordinary_brands"):
        yield name, name, ""


def is_telling(short_name: str) -> bool:
    """Whether a company's short name says a company wherever it stands: 三一重工 does, 机器人 and 北京文化 do not."""
    if (
        short_name in _ORDINARY_SHORT_NAMES
        or len(short_name) < 3
        or not re.search("[\u4e00-\u9fff]", short_name)
    ):
        return False
    if re.fullmatch("[\u4e00-\u9fff]{2,4}集团", short_name):
        return True
    tagged = rjieba.tag(short_name)
    if len(tagged) == 1:
        return len(short_name) > 3 and tagged[0][1] in ("nt", "nz")
    proper = sum(
        len(word) for word, tag in tagged if len(word) == 1 or tag in ("nz", "nr", "nrt", "nrfg", "nt")
    )
    return tagged[0][1] not in ("ns", "v", "vn", "m") and proper > 0


def schools() -> Iterator[Named]:
    """Schools, their former names, and the short forms that only one of them has."""
    by_code = {row["code"]: row["name"] for row in rows("schools")}
    for row in rows("schools"):
        yield row["name"], row["name"], row["code"]
    for name in names("schools"):
        yield name, name, ""
    for row in rows("school_names"):
        full = row["name"] if row["relation"] == "former" else by_code.get(row["code"], row["name"])
        yield row["name"], full, row["code"]
    shorts = [
        (short, row["name"], row["code"]) for row in rows("schools") for short in short_schools(row["name"])
    ]
    counted = Counter(short for short, _, _ in shorts)
    yield from ((short, name, code) for short, name, code in shorts if counted[short] == 1)


# How schools are called for short, by how their full name ends: 苏州工业职业技术学院 → 苏州工业职院.
_SHORT_ENDS: Final = (
    ("职业技术大学", ("职大", "职业大学", "职技大")),
    ("职业技术学院", ("职院", "职业学院", "职技院")),
    ("职业学院", ("职院",)),
    ("高等专科学校", ("高专",)),
    ("科技大学", ("科大",)),
    ("工业大学", ("工大",)),
    ("理工大学", ("理工",)),
    ("师范大学", ("师大",)),
    ("师范学院", ("师院", "师范")),
    ("农业大学", ("农大",)),
    ("林业大学", ("林大",)),
    ("医科大学", ("医大",)),
    ("中医药大学", ("中医大",)),
    ("财经大学", ("财大",)),
    ("工程大学", ("工程大",)),
    ("交通大学", ("交大",)),
    ("海洋大学", ("海大",)),
    ("民族大学", ("民大",)),
    ("外国语大学", ("外大",)),
    ("矿业大学", ("矿大",)),
    ("地质大学", ("地大",)),
    ("科技学院", ("科院",)),
)


def short_schools(name: str) -> Iterator[str]:
    """The short forms that a school's name has by its build.

    >>> list(short_schools("无锡职业技术学院")), list(short_schools("重庆科技大学"))
    (['无锡职院', '无锡职业学院', '无锡职技院'], ['重庆科大'])
    """
    for end, shorts in _SHORT_ENDS:
        if name.endswith(end):
            stem = name.removesuffix(end)
            yield from (
                stem + short for short in shorts if len(stem) > 1 and (len(stem) > 2 or len(short) > 1)
            )
            return


def chains() -> Iterator[Named]:
    """Clusters of the plans, and industries by name."""
    for row in rows("clusters"):
        yield row["name"], row["name"], ""
    for name in names("industries"):
        yield name, name, ""


def of(table: str) -> Iterator[Named]:
    """The names of a table as they stand."""
    for row in rows(table):
        if len(row["name"]) > 1:
            yield row["name"], row["name"], row["code"]
