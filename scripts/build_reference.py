"""Build the reference tables (参考数据) of graph/reference from a folder of raw tables.

    python scripts/build_reference.py RAW_FOLDER [--into graph/reference]

The raw folder holds tables that others collected from official publications; docs/reference.md names each
publication and the faults that were found. Only facts are taken (codes, names, levels, parents). The same input
gives the same output, byte for byte. `school_names.csv` is kept by hand.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Final

Row = tuple[str, ...]
COLUMNS: Final[Mapping[str, Row]] = {
    "specialties": ("code", "name", "level", "category", "class_name"),
    "occupations": ("code", "name", "class_name"),
    "industries": ("code", "name", "parent", "level"),
    "regions": ("code", "name", "parent", "level", "short"),
    "schools": ("code", "name", "level", "province", "city", "nature", "supervisor"),
    "clusters": ("name", "tier", "size", "parent", "confidence", "region"),
    "companies": ("name", "short_name", "code"),
}

# Rows of national standards that the raw tables lack; the names are those of the standard.
_PROVINCES_LACKING: Final = (
    {"code": "71", "name": "台湾省"},
    {"code": "81", "name": "香港特别行政区"},
    {"code": "82", "name": "澳门特别行政区"},
)
_PROVINCE_TITLE: Final = re.compile(r"(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$")
_PROVINCE_CHARACTERS: Final = (
    "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新台港澳"  # by code
)
_REGIONS_LACKING: Final = (
    ("460302", "西沙区", "460300", "县级", ""),
    ("460303", "南沙区", "460300", "县级", ""),
)
_NO_DIVISIONS: Final = frozenset(
    # islands that are two districts since 2020, an administrative committee, four districts of forestry
    ("460321", "460322", "460323", "632857", "232761", "232762", "232763", "232764")
)
_INDUSTRIES_LACKING: Final = (
    ("0179", "其他中药材种植", "017", "小类"),
    ("0391", "兔的饲养", "039", "小类"),
    ("0392", "蜜蜂饲养", "039", "小类"),
    ("0399", "其他未列明畜牧业", "039", "小类"),
    ("283", "生物基材料制造", "28", "中类"),
    ("2831", "生物基化学纤维制造", "283", "小类"),
    ("2832", "生物基、淀粉基新材料制造", "283", "小类"),
    ("829", "其他未列明服务业", "82", "中类"),
    ("8290", "其他未列明服务业", "829", "小类"),
    ("932", "民主党派", "93", "中类"),
    ("9320", "民主党派", "932", "小类"),
)
_INDUSTRY_NAMES: Final = {"0171": "中草药种植"}  # the raw table repeats the name of its group
_NO_INDUSTRIES: Final = frozenset(("0390",))  # of the edition of 2011; divided in 2017
_CITY_NAMES: Final = {"临夏州": "临夏回族自治州"}  # a short form in the list of schools
_OCCUPATION_NAMES: Final = {"6-04-02-02": "缫丝工"}  # misprinted 巢丝工
_NO_OCCUPATIONS: Final = frozenset(("6-20-07-05",))  # 光学镜头制造工 or 光学零件制造工: the origins disagree
_NATURES: Final = {"public": "公办", "private": "民办", "joint": "中外合作办学"}
_UPGRADED: Final = re.compile(r"职业(技术)?大学$")
_PSEUDO_CITY: Final = re.compile(r"^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$")
_ROOT: Final = "“33618”现代制造业集群体系"
_NEW_STARS: Final = "18个“新星”产业集群"
_CLUSTER_GROUPS: Final = {
    "主导产业集群": ("3大万亿级主导产业集群", "万亿级"),
    "支柱产业集群": ("3大五千亿级支柱产业集群", "五千亿级"),
    "特色优势产业集群": ("6大千亿级特色优势产业集群", "千亿级"),
    "“新星”产业集群·未来产业": ("“新星”未来产业集群", ""),
    "“新星”产业集群·高成长性产业": ("“新星”高成长性产业集群", ""),
}


def read(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a raw table, in its order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def clean(name: str) -> str:
    """A name without white space, with Chinese brackets, in composed form."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFC", name))
    return compact.replace("(", "（").replace(")", "）")


def specialties(raw: Path) -> Iterable[Row]:
    """Specialties (专业) by level and code; the raw class of 交叉学科 is wrong and left empty."""
    levels = {"职教本科": "职业本科"}
    for row in read(raw / "specialties/vocational_2025.csv"):
        level = levels.get(row["level"], row["level"])
        yield row["code"], clean(row["name"]), level, clean(row["category"]), clean(row["class"])
    for row in read(raw / "specialties/undergraduate_2026.csv"):
        class_name = "" if row["code"].startswith("14") else clean(row["class"])
        yield row["code"], clean(row["name"]), "普通本科", clean(row["discipline"]), class_name


def occupations(raw: Path) -> Iterable[Row]:
    """Occupations (职业) with the finest class that the raw table names."""
    for row in read(raw / "occupations/occupations_2022.csv"):
        code, class_name = row["code"], row["minor"] or row["middle"] or row["major"]
        if code not in _NO_OCCUPATIONS:
            yield code, _OCCUPATION_NAMES.get(code, clean(row["name"])), clean(class_name)


def industries(raw: Path) -> Iterable[Row]:
    """Industries of GB/T 4754-2017 (国民经济行业分类)."""
    for row in read(raw / "industries/gbt4754_2017.csv"):
        code = row["code"]
        if code not in _NO_INDUSTRIES:
            yield code, _INDUSTRY_NAMES.get(code, clean(row["name"])), row["parent"], row["level"]
    yield from _INDUSTRIES_LACKING


def regions(raw: Path) -> Iterable[Row]:
    """Divisions (行政区划) with six-digit codes.

    Pseudo-cities go, their counties hang on the province. Statistical areas that are no divisions go (development
    zones, codes …70 to …79). A city without counties, repeated as its own county, stands once. `short` holds the
    names without 市, 省, 自治区, and the one-character name of a province.
    """
    provinces = set()
    all_provinces = (*read(raw / "regions/provinces.csv"), *_PROVINCES_LACKING)
    for row, character in zip(all_provinces, _PROVINCE_CHARACTERS, strict=True):
        name = clean(row["name"])
        plain = _PROVINCE_TITLE.sub("", name)
        provinces.add(plain)
        yield row["code"] + "0000", name, "", "省级", f"{plain}、{character}"
    real = set()
    for row in read(raw / "regions/cities.csv"):
        if not _PSEUDO_CITY.match(row["name"]):
            real.add(row["code"])
            name = clean(row["name"])
            plain = name.removesuffix("市")
            short = plain if plain != name and len(plain) > 1 and plain not in provinces else ""
            yield row["code"] + "00", name, row["provinceCode"] + "0000", "地级", short
    for row in read(raw / "regions/areas.csv"):
        code, city = row["code"], row["cityCode"]
        if code[4] == "7" or code.endswith("00") or code == "620201" or code in _NO_DIVISIONS:
            continue
        parent = city + "00" if city in real else row["provinceCode"] + "0000"
        yield code, clean(row["name"]), parent, "县级", ""
    yield from _REGIONS_LACKING


def schools(raw: Path) -> Iterable[Row]:
    """Universities and colleges (高等学校); 职业本科 are told by their names, as the Ministry counts them."""
    for row in read(raw / "schools/institutions_2025.csv"):
        name = clean(row["name"])
        level = "高职专科" if row["level"] == "专科" else "职业本科" if _UPGRADED.search(name) else "普通本科"
        city = _CITY_NAMES.get(row["city"], row["city"])
        nature, supervisor = _NATURES[row["nature"]], clean(row["supervisor"])
        yield row["moe_code"], name, level, row["province"], city, nature, supervisor


def clusters(raw: Path) -> Iterable[Row]:
    """Chongqing's “33618”: the system, its groups (集群), their chains (产业链)."""
    region = "重庆市"
    yield _ROOT, "集群", "", "", "1.0", region
    yield _NEW_STARS, "集群", "", _ROOT, "1.0", region
    for tier, (name, size) in _CLUSTER_GROUPS.items():
        parent = _NEW_STARS if tier.startswith("“新星”") else _ROOT
        yield name, "集群", size, parent, "1.0", region
    for row in read(raw / "chains/chongqing_33618.csv"):
        confidence = "1.0" if row["confirmed"] == "yes" else "0.7"
        yield clean(row["name"]), "产业链", row["size"], _CLUSTER_GROUPS[row["tier"]][0], confidence, region


def companies(raw: Path) -> Iterable[Row]:
    """Listed companies (上市公司) with a full name and a credit code whose check character is right."""
    seen = set()
    for row in read(raw / "chains/listed_companies_2026.csv"):
        name, code = clean(row["full_name"]), row["credit_code"].strip().upper()
        if name and credit_code_is_valid(code) and code not in seen:
            seen.add(code)
            yield name, clean(row["short_name"]), code


def credit_code_is_valid(code: str) -> bool:
    """Whether a unified social credit code (统一社会信用代码) has the check character of GB 32100-2015."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(code) != 18 or any(character not in alphabet for character in code):
        return False
    total = sum(alphabet.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return alphabet[-total % 31] == code[17]


TABLES: Final[Mapping[str, Callable[[Path], Iterable[Row]]]] = {
    "specialties": specialties,
    "occupations": occupations,
    "industries": industries,
    "regions": regions,
    "schools": schools,
    "clusters": clusters,
    "companies": companies,
}
_IN_OWN_ORDER: Final = {"clusters"}  # from the root down; the others are ordered by code


def build(raw: Path, into: Path) -> dict[str, int]:
    """Write every table as CSV into a folder; the number of rows of each."""
    counts = {}
    for table, rows_of in TABLES.items():
        columns, rows = COLUMNS[table], list(rows_of(raw))
        if table not in _IN_OWN_ORDER:
            rows.sort(key=itemgetter(columns.index("code")))
        with (into / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        counts[table] = len(rows)
    return counts


def main() -> int:
    """Build from the command line."""
    here = Path(__file__).resolve().parent.parent / "graph" / "reference"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("raw", type=Path, help="folder of the raw tables / 原始数据目录")
    parser.add_argument("--into", type=Path, default=here, help="folder to write to / 输出目录")
    arguments = parser.parse_args()
    for table, count in build(arguments.raw, arguments.into).items():
        sys.stdout.write(f"{table}: {count}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
