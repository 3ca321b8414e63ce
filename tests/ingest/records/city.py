"""A whole city that is none (合成城市): tables of the national standard and lists made by hand, with gaps planted.

`write_city` makes colleges, offerings, companies and graduates of a given size, in balance with each other but for the
gaps that it plants and names in `Planted`. The persons in it are invented, and every cell about them carries `MARK`, so
that a test can look for it on disk.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph import reference

MARK = "甄隐士"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
YEAR = 2024
_LAST_YEAR = YEAR - 1
_CHAINS = "甲乙丙丁戊己庚辛壬癸子丑"


@dataclass(frozen=True)
class Size:
    """How large a city is; `WHOLE` is that of the issue, `SMALL` has every gap, too."""

    colleges: int = 4
    offerings: int = 16
    companies: int = 54
    graduates: int = 960


SMALL = Size()
WHOLE = Size(colleges=40, offerings=400, companies=3_000, graduates=120_000)


def credit_code(number: int) -> str:
    """A unified social credit code with the right check."""
    body = f"91500107MA{number:07d}"
    total = sum(_CREDIT.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CREDIT[(31 - total % 31) % 31]


@dataclass
class Planted:
    """The gaps of a city, and nothing else that a question should find."""

    short_chain: str = ""  # trains half of whom it needs, in one specialty
    unserved_chain: str = ""  # needs a specialty that nobody teaches, and no school serves it
    grow: str = ""  # the specialty of the short chain
    open: str = ""  # the specialty that nobody teaches
    merge: str = (
        ""  # a specialty of which most graduates find no work in their field, at more schools than it needs
    )
    stop: str = ""  # a specialty whose graduates found too little work two years running
    nominal: str = ""  # the consortium whose members do nothing together
    at_work: str = ""  # the one whose members do
    no_income: set[str] = field(default_factory=set)  # schools that earn nothing by service
    untold_income: set[str] = field(default_factory=set)  # schools that do not say what they earn
    contradicted: tuple[str, str] = ("", "")  # school and company of whom two tables tell different incomes


@dataclass
class City:
    """What was written where, and what the questions must find in it."""

    folder: Path
    planted: Planted = field(default_factory=Planted)
    schools: dict[str, str] = field(default_factory=dict)  # code → name
    chains: list[str] = field(default_factory=list)
    graduates: dict[tuple[str, str], int] = field(
        default_factory=dict
    )  # (school, own number) → graduates of the year
    employed: dict[tuple[str, str], int] = field(default_factory=dict)
    supply: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # chain → graduates
    demand: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # chain → posts
    income: dict[str, float] = field(
        default_factory=dict
    )  # school → income, as the standard's table tells it
    partners: dict[tuple[str, str], float | None] = field(default_factory=dict)  # (school, company) → income


@dataclass(frozen=True)
class _Offering:
    school: str
    number: str  # of the school's own
    specialty: str
    chain: str


@dataclass(frozen=True)
class _Firm:
    name: str
    code: str
    chain: str
    specialty: str


Row = dict[str, Any]
_Tables = dict[str, list[Row]]


def write_city(folder: Path, size: Size = SMALL, *, by_college: bool = False) -> City:
    """Write the city's tables into `folder`, those of colleges merged or (`by_college`) in a folder for each.

    The same size gives the same city.
    """
    chance = random.Random(size.colleges * 7 + size.companies)
    city = City(folder)
    offered = _offerings(city, size)
    firms = _firms(city, size, offered)
    tables: _Tables = defaultdict(list)
    hand: _Tables = defaultdict(list)
    _about_schools(tables, hand, city, offered)
    _destinations(tables, city, size, offered, firms, chance)
    _visits(tables, city, offered, firms)
    _cooperation(tables, hand, city, offered, firms)
    hand["企业名录"] = [
        {"企业名称": firm.name, "统一社会信用代码": firm.code, "所属产业链": firm.chain} for firm in firms
    ]
    for name, rows in hand.items():
        write(folder, name, rows)
    for name, rows in tables.items():
        keyed = [{"zjsjwyxbs": _key(name, n)} | row for n, row in enumerate(rows)]
        if not by_college:
            write(folder, name, keyed)
            continue
        for school in city.schools:
            own = [row for row in keyed if row["xxdm"] == school]
            if own:
                (folder / school).mkdir(exist_ok=True)
                write(folder / school, name, own)
    return city


def write(folder: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """One table as csv, headed by the keys of its first row."""
    listed = list(rows)
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return path


def _key(table: str, number: int) -> str:
    return f"{table.removeprefix('ODS_').replace('-', ''):0<14}{number:018d}"


def _offerings(city: City, size: Size) -> list[_Offering]:
    """Each specialty at a quarter of the colleges, each chain with as many specialties; the gaps that they make."""
    at = max(2, size.colleges // 4)  # colleges that teach a specialty
    distinct = size.offerings // at
    served = max(4, size.colleges // 4)
    vocational = [row for row in reference.rows("schools") if row["level"] == "高职专科"]
    registered = [row for row in vocational if row["province"] == "重庆市"][: size.colleges]
    city.schools = {row["code"]: row["name"] for row in registered}
    city.chains = [f"示例链{name}" for name in _CHAINS[: served + 1]]
    catalogue = dict.fromkeys(
        row["name"] for row in reference.rows("specialties") if row["level"] == "高职专科"
    )
    names = list(catalogue)[: distinct + 1]
    planted = city.planted
    planted.short_chain, planted.unserved_chain = city.chains[0], city.chains[-1]
    per_chain = distinct // served
    # one of each of four chains
    planted.grow, planted.merge, planted.stop = (names[n * per_chain] for n in (0, 1, 2))
    planted.open = names[distinct]
    codes, numbers = list(city.schools), dict.fromkeys(city.schools, 0)
    offered = []
    for j in range(distinct):
        for i in range(at):
            school = codes[(j + i * (size.colleges // at)) % size.colleges]
            offered.append(
                _Offering(
                    school, f"ZY{numbers[school]:03d}", names[j], city.chains[min(j // per_chain, served - 1)]
                )
            )
            numbers[school] += 1
    return offered


def _firms(city: City, size: Size, offered: list[_Offering]) -> list[_Firm]:
    """The companies, each in one chain and in need of one specialty of it."""
    chain_of = {one.specialty: one.chain for one in offered} | {
        city.planted.open: city.planted.unserved_chain
    }
    wanted = list(chain_of)
    return [
        _Firm(
            f"示例第{n}制造有限公司",
            credit_code(n),
            chain_of[wanted[n % len(wanted)]],
            wanted[n % len(wanted)],
        )
        for n in range(size.companies)
    ]


def _collected(year: int = YEAR) -> str:
    return f"{year}0930 101500"


def _about_schools(tables: _Tables, hand: _Tables, city: City, offered: list[_Offering]) -> None:
    for school, name in city.schools.items():
        tables["ODS_XXJBSJ"].append(
            {"xxdm": school, "xxmc": name, "qxjgbm": "500112", "qxjgmc": "渝北区", "xxbxlxm": "2"}
            | {"sjcjsj": _collected()}
        )
    for one in offered:
        tables["ODS_ZYSZSJ"].append(
            {"xxdm": one.school, "zymc": one.specialty, "zyh": one.number, "sszyqmc": f"{one.chain}专业群"}
            | {"sczsny": "201809", "zyccm": "2", "sfzdzy": "0", "sjcjsj": _collected()}
        )
    for school, chain in dict.fromkeys((one.school, one.chain) for one in offered):
        hand["专业群"].append(
            {
                "学校名称": city.schools[school],
                "学校代码": school,
                "专业群名称": f"{chain}专业群",
                "对接产业链": chain,
            }
        )


def _ways(city: City, specialty: str) -> tuple[int, int, int]:
    """Of ten graduates of a specialty: who find no work, who study on, and of the others who work in their field."""
    if specialty == city.planted.stop:
        return 5, 1, 4
    if specialty == city.planted.merge:
        return 1, 1, 2
    return 1, 1, 7


def _destinations(
    tables: _Tables,
    city: City,
    size: Size,
    offered: list[_Offering],
    firms: list[_Firm],
    chance: random.Random,
) -> None:
    by_specialty: dict[str, list[str]] = defaultdict(list)
    for firm in firms:
        by_specialty[firm.specialty].append(firm.name)
    number = 0
    each, more = divmod(size.graduates, len(offered))
    for position, one in enumerate(offered):
        people = each + (position < more)
        key = (one.school, one.number)
        city.graduates[key] = people
        city.supply[one.chain] += people
        for year in (YEAR, _LAST_YEAR) if one.specialty == city.planted.stop else (YEAR,):
            ending = "" if year == YEAR else f"-{year}"
            for way, row in _people(one, people, _ways(city, one.specialty), year, number):
                if way == "JY":
                    row |= {
                        "jydwmc": chance.choice(by_specialty[one.specialty]),
                        "qxx": 4000 + 100 * (number % 20),
                    }
                    city.employed[key] = city.employed.get(key, 0) + (year == YEAR)
                tables[f"ODS_BYQX{way}SJ{ending}"].append(row)
                number += 1


def _people(
    one: _Offering, people: int, ways: tuple[int, int, int], year: int, number: int
) -> Iterator[tuple[str, Row]]:
    """The rows of the graduates of one offering, each with the table in which it stands."""
    idle, study, in_field = ways
    for n in range(people):
        person = {"xxdm": one.school, "xh": f"{MARK}{number + n:06d}", "xm": f"{MARK}{n % 89}"}
        person |= {"zyh": one.number, "zymc": one.specialty}
        way = n % 10
        if way < idle:
            yield "WJY", person | {"wjylxm": "1", "sjcjsj": _collected(year)}
        elif way < idle + study:
            next_school = {"xslxm": "2", "sxqdm": "8", "lqxxmc": "示例大学", "sxccm": "3"}
            yield "SX", person | next_school | {"sjcjsj": _collected(year)}
        else:
            fits = int(way < idle + study + in_field)
            work = {"jydwsfxqhzdw": "1", "jydwhym": "C", "jydwxzm": "33", "jydwgmm": "3", "sfdk": fits}
            place = {"jyqyshjgbm": "500100", "jyqyshjgmc": "", "jyrq": f"{year}0701"}
            yield "JY", person | work | place | {"sjcjsj": _collected(year)}


def _visits(tables: _Tables, city: City, offered: list[_Offering], firms: list[_Firm]) -> None:
    """Posts: for each specialty as many as it has graduates, but for those of the gaps."""
    planted = city.planted
    trained: dict[str, int] = defaultdict(int)
    teachers: dict[str, list[str]] = defaultdict(list)
    for one in offered:
        trained[one.specialty] += city.graduates[one.school, one.number]
        teachers[one.specialty].append(one.school)
    share = {planted.grow: 2.0, planted.merge: 0.4, planted.stop: 0.3}
    wanted: dict[str, list[_Firm]] = defaultdict(list)
    for firm in firms:
        wanted[firm.specialty].append(firm)
    for specialty, mine in wanted.items():
        posts = int(trained[specialty] * share.get(specialty, 1.0)) or 20 * len(mine)
        each, more = divmod(posts, len(mine))
        visitors = teachers[specialty] or list(city.schools)
        for n, firm in enumerate(mine):
            people = each + (n < more)
            city.demand[firm.chain] += people
            tables["ODS_FQTGSJ"].append(
                {"xxdm": visitors[n % len(visitors)], "zfqymc": firm.name, "zfqydm": firm.code}
                | {"xqzymc": specialty, "xqzycc": "2", "ktggws": people, "pjxc": 5200, "bfsj": f"{YEAR}0520"}
                | {"qtbfr": f"{MARK}校长", "qyjdr": f"{MARK}经理", "sjcjsj": _collected()}
            )


def _cooperation(
    tables: _Tables, hand: _Tables, city: City, offered: list[_Offering], firms: list[_Firm]
) -> None:
    """Each school works with two companies of its first specialty, but one only on paper; what that brings."""
    planted, codes = city.planted, list(city.schools)
    tenth = max(1, len(codes) // 10)
    planted.no_income = set(codes[-tenth:])
    planted.untold_income = {codes[-tenth - 1]}
    idle = codes[1]  # in a consortium, and does nothing in it
    for position, school in enumerate(codes):
        one = next(offer for offer in offered if offer.school == school)
        mine = [firm for firm in firms if firm.specialty == one.specialty]
        for n, firm in enumerate(mine[:2]):
            income: float | None = 100_000.0 * (position + 1) + n
            income = 0.0 if school in planted.no_income else income
            income = None if school in planted.untold_income else income
            city.partners[school, firm.name] = income
            if income is not None:
                city.income[school] = city.income.get(school, 0.0) + income
            tables["ODS_CXHZSJ"].append(
                {"xxdm": school, "zyh": one.number, "hzqytyshxydm": firm.code, "hzqymc": firm.name}
                | {"hzksny": "202209", "ddpyrs": 30, "gtkfkcms": 2, "jsbysjys": 12}
                | {"xxwqyjsfwnsr": "" if income is None else int(income), "sjcjsj": _collected()}
            )
    (first, partner), told = next((pair, income) for pair, income in city.partners.items() if income)
    planted.contradicted = (first, partner)
    hand["校企合作项目"].append(
        {"学校名称": city.schools[first], "学校代码": first, "企业名称": partner, "合作模式": "技术服务"}
        | {"起始日期": "2022-09", "技术服务收入（万元）": (told or 0) / 10_000 + 3, "状态": "完成"}
    )
    planted.at_work, planted.nominal = "示例实干产教联合体", "示例挂牌产教联合体"
    works = [company for school, company in city.partners if school == first]
    strangers = [firm.name for firm in firms if (idle, firm.name) not in city.partners][-3:]
    for name, school, companies in ((planted.at_work, first, works), (planted.nominal, idle, strangers)):
        members = [(city.schools[school], "院校"), *((company, "企业") for company in companies)]
        hand["联合体成员"] += [
            {"联合体名称": name, "成员名称": member, "成员类型": kind} for member, kind in members
        ]
