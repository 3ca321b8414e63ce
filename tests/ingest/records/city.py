"""A whole city that is none (合成城市): tables of the national standard and lists made by hand, with gaps planted.

`write_city` makes colleges, specialties, companies and graduates of a given size and says which gaps it planted: a chain
that trains too few, a chain that no school serves, a consortium in name only, companies that hire none of the field.
The persons in it are invented, and every cell about them carries `MARK`, so that a test can look for it on disk.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph import reference

MARK = "甄隐士"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
YEAR = 2024
COLLECTED = f"{YEAR}0930 101500"


def credit_code(number: int) -> str:
    """A unified social credit code with the right check."""
    body = f"91500107MA{number:07d}"
    total = sum(_CREDIT.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CREDIT[(31 - total % 31) % 31]


@dataclass
class City:
    """What was written where, and what the questions must find in it."""

    folder: Path
    graduates: dict[tuple[str, str], int] = field(default_factory=dict)  # (school, own number) → graduates
    employed: dict[tuple[str, str], int] = field(default_factory=dict)
    chains: list[str] = field(default_factory=list)
    supply: dict[str, int] = field(default_factory=dict)
    demand: dict[str, int] = field(default_factory=dict)
    short: str = ""  # the chain that trains too few
    unserved: str = ""  # the chain that no school serves
    nominal: str = ""  # the consortium whose members do nothing together
    at_work: str = ""  # the one whose members do


@dataclass
class _Specialty:
    school: str
    number: str
    name: str
    chain: str


def write_city(
    folder: Path, *, colleges: int = 4, specialties: int = 12, companies: int = 40, graduates: int = 600
) -> City:
    """Write the city's tables into `folder`; the same sizes give the same city."""
    chance = random.Random(colleges * 7 + companies)
    city = City(folder, chains=[f"示例链{name}" for name in "甲乙丙丁戊己"])
    city.short, city.unserved = city.chains[0], city.chains[-1]
    served = city.chains[:-1]
    schools = [r for r in reference.rows("schools") if r["level"] == "高职专科"][:colleges]
    names = list(dict.fromkeys(r["name"] for r in reference.rows("specialties") if r["level"] == "高职专科"))
    offered = [
        _Specialty(
            school["code"],
            f"ZY{i:03d}",
            names[(number * specialties + i) % len(names)],
            served[(number + i) % len(served)],
        )
        for number, school in enumerate(schools)
        for i in range(max(specialties // colleges, len(served)))
    ]
    firms = [
        (f"示例第{n}制造有限公司", credit_code(n), city.chains[n % len(city.chains)])
        for n in range(companies)
    ]
    _schools(folder, schools)
    _specialties(folder, offered)
    _groups(folder, offered, {s["code"]: s["name"] for s in schools})
    _destinations(folder, city, offered, firms, graduates, chance)
    _enterprises(folder, firms)
    _visits(folder, city, schools, firms)
    _cooperation(folder, city, offered, firms, schools)
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
    return f"{table.removeprefix('ODS_'):0<12}{number:020d}"[:32]


def _schools(folder: Path, schools: list[Mapping[str, str]]) -> None:
    write(
        folder,
        "ODS_XXJBSJ",
        (
            {
                "zjsjwyxbs": _key("XXJBSJ", n),
                "xxdm": school["code"],
                "xxmc": school["name"],
                "qxjgbm": "500112",
                "qxjgmc": "渝北区",
                "xxbxlxm": "2",
                "sjcjsj": COLLECTED,
            }
            for n, school in enumerate(schools)
        ),
    )


def _specialties(folder: Path, offered: list[_Specialty]) -> None:
    write(
        folder,
        "ODS_ZYSZSJ",
        (
            {
                "zjsjwyxbs": _key("ZYSZSJ", n),
                "xxdm": one.school,
                "zymc": one.name,
                "zyh": one.number,
                "sszyqmc": f"{one.chain}专业群",
                "sczsny": "201809",
                "zyccm": "2",
                "sfzdzy": "0",
                "sjcjsj": COLLECTED,
            }
            for n, one in enumerate(offered)
        ),
    )


def _groups(folder: Path, offered: list[_Specialty], names: Mapping[str, str]) -> None:
    """The list made by hand that says which group serves which chain."""
    groups = dict.fromkeys((one.school, one.chain) for one in offered)
    write(
        folder,
        "专业群",
        (
            {
                "学校名称": names[school],
                "学校代码": school,
                "专业群名称": f"{chain}专业群",
                "对接产业链": chain,
            }
            for school, chain in groups
        ),
    )


def _destinations(
    folder: Path,
    city: City,
    offered: list[_Specialty],
    firms: list[tuple[str, str, str]],
    graduates: int,
    chance: random.Random,
) -> None:
    by_chain: dict[str, list[str]] = {}
    for name, _, chain in firms:
        by_chain.setdefault(chain, []).append(name)
    tables: dict[str, list[dict[str, Any]]] = {"JY": [], "SX": [], "WJY": []}
    for number in range(graduates):
        one = offered[number % len(offered)]
        person = {
            "zjsjwyxbs": _key("BYQX", number),
            "xxdm": one.school,
            "xh": f"{MARK}{number:06d}",
            "xm": f"{MARK}{number % 89}",
            "zyh": one.number,
            "zymc": one.name,
        }
        way = number // len(offered) % 10
        if way == 0:
            tables["WJY"].append(person | {"wjylxm": "1", "sjcjsj": COLLECTED})
        elif way == 1:
            tables["SX"].append(
                person | {"xslxm": "2", "sxqdm": "8", "lqxxmc": "示例大学", "sxccm": "3", "sjcjsj": COLLECTED}
            )
        else:
            tables["JY"].append(
                person
                | {
                    "jydwsfxqhzdw": "1",
                    "jydwmc": chance.choice(by_chain[one.chain]),
                    "jydwhym": "C",
                    "jydwxzm": "33",
                    "jydwgmm": "3",
                    "qxx": 4000 + 100 * (number % 20),
                    "sfdk": int(way < 8),
                    "jyqyshjgbm": "500100",
                    "jyqyshjgmc": "",
                    "jyrq": f"{YEAR}0701",
                    "sjcjsj": COLLECTED,
                }
            )
        key = (one.school, one.number)
        city.graduates[key] = city.graduates.get(key, 0) + 1
        city.employed[key] = city.employed.get(key, 0) + (way > 1)
        city.supply[one.chain] = city.supply.get(one.chain, 0) + 1
    for name, rows in tables.items():
        write(folder, f"ODS_BYQX{name}SJ", rows)


def _enterprises(folder: Path, firms: list[tuple[str, str, str]]) -> None:
    rows = [{"企业名称": name, "统一社会信用代码": code, "所属产业链": chain} for name, code, chain in firms]
    write(folder, "企业名录", rows)


def _visits(
    folder: Path, city: City, schools: list[Mapping[str, str]], firms: list[tuple[str, str, str]]
) -> None:
    """Posts: each chain asks for half of those whom it is sent, the short one for twice as many."""
    by_name = {r["name"]: r for r in reference.rows("specialties") if r["level"] == "高职专科"}
    wanted = next(iter(by_name))
    rows = []
    for chain in city.chains:
        mine = [firm for firm in firms if firm[2] == chain]
        people = city.supply.get(chain, 0) * (2 if chain == city.short else 0.5) or 10
        each = max(1, int(people / len(mine)))
        city.demand[chain] = each * len(mine)
        rows += [(name, code, each) for name, code, _ in mine]
    write(
        folder,
        "ODS_FQTGSJ",
        (
            {
                "zjsjwyxbs": _key("FQTGSJ", n),
                "xxdm": schools[n % len(schools)]["code"],
                "zfqymc": name,
                "zfqydm": code,
                "xqzymc": wanted,
                "xqzycc": "2",
                "ktggws": each,
                "pjxc": 5200,
                "bfsj": f"{YEAR}0520",
                "qtbfr": f"{MARK}校长",
                "qyjdr": f"{MARK}经理",
                "sjcjsj": COLLECTED,
            }
            for n, (name, code, each) in enumerate(rows)
        ),
    )


def _cooperation(
    folder: Path,
    city: City,
    offered: list[_Specialty],
    firms: list[tuple[str, str, str]],
    schools: list[Mapping[str, str]],
) -> None:
    """One consortium whose members work together, and one whose members do not."""
    city.at_work, city.nominal = "示例实干产教联合体", "示例挂牌产教联合体"
    one, other = schools[0], schools[1]
    mine = next(s for s in offered if s.school == one["code"])
    write(
        folder,
        "ODS_CXHZSJ",
        (
            {
                "zjsjwyxbs": _key("CXHZSJ", n),
                "xxdm": one["code"],
                "zyh": mine.number,
                "hzqytyshxydm": code,
                "hzqymc": name,
                "hzksny": "202209",
                "ddpyrs": 30,
                "gtkfkcms": 2,
                "jsbysjys": 12,
                "xxwqyjsfwnsr": 250000,
                "sjcjsj": COLLECTED,
            }
            for n, (name, code, _) in enumerate(firms[:3])
        ),
    )
    members = [
        *((city.at_work, name, "院校") for name in (one["name"],)),
        *((city.at_work, name, "企业") for name, _, _ in firms[:3]),
        *((city.nominal, name, "院校") for name in (other["name"],)),
        *((city.nominal, name, "企业") for name, _, _ in firms[3:6]),
    ]
    rows = [{"联合体名称": where, "成员名称": name, "成员类型": kind} for where, name, kind in members]
    write(folder, "联合体成员", rows)
