"""What official codes tell of themselves (代码核验): check digits, structure, and the name that a register knows."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from graph.identity import normalise_name
from graph.reference import rows as reference_rows

_CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_SCHOOL: Final = re.compile(r"[1-9]\d(\d{2})\d{6}")


def credit_code_holds(code: str) -> bool:
    """Whether the last character of a unified social credit code is the check of the others (GB 32100-2015).

    >>> credit_code_holds("91110000600037341L"), credit_code_holds("91110000600037341A")
    (True, False)
    """
    if len(code) != 18 or any(sign not in _CREDIT_SIGNS for sign in code):
        return False
    total = sum(
        _CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT_SIGNS[(31 - total % 31) % 31] == code[17]


def school_code_holds(code: str) -> bool:
    """Whether a school code has the published structure: two digits of the kind of school, two of a province.

    The standard of school codes publishes no check digit for its ten digits, so there is none to check.
    """
    match = _SCHOOL.fullmatch(code)
    return match is not None and match[1] in _provinces()


@cache
def _provinces() -> frozenset[str]:
    return frozenset(row["code"][:2] for row in reference_rows("regions"))


def name_of_code(code: str, name: str) -> str | None:
    """The catalogue's name of a specialty code, where `name` is that of another specialty; else None.

    >>> name_of_code("460702", "护理"), name_of_code("460702", "新能源汽车技术（智能方向）")
    ('新能源汽车技术', None)
    """
    by_code, names = _specialties()
    known = by_code.get(code)
    said = normalise_name(name)
    return known if known is not None and normalise_name(known) != said and said in names else None


def industry_named(code: str, name: str) -> str | None:
    """The code of GB/T 4754 that is meant where a row gives `code` and `name`; None where they contradict each other.

    A leading zero that a spreadsheet took is put back where the name is that of the longer code. A name that the standard
    does not have says nothing, and one above or below the code in it is no contradiction.

    >>> industry_named("111", "稻谷种植"), industry_named("36", "汽车"), industry_named("36", "稻谷种植")
    ('0111', '36', None)
    """
    called = _industries().get(normalise_name(name), frozenset())
    if not called or code in called:
        return code
    if f"0{code}" in called:
        return f"0{code}"
    mine = _lineage(code)
    return code if any(one in mine or code in _lineage(one) for one in called) else None


def industry_name(code: str) -> str:
    """The name of an industry in GB/T 4754."""
    return _industry_rows()[code][0]


def _lineage(code: str) -> frozenset[str]:
    """An industry and all that it belongs to."""
    found: set[str] = set()
    while code:
        found.add(code)
        code = _industry_rows()[code][1]
    return frozenset(found)


@cache
def _industry_rows() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["name"], row["parent"] or "") for row in reference_rows("industries")}


@cache
def _industries() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, (name, _) in _industry_rows().items():
        found.setdefault(normalise_name(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def known_specialty(code: str) -> bool:
    """Whether the national catalogues have this code."""
    return code in _specialties()[0]


@cache
def _specialties() -> tuple[dict[str, str], frozenset[str]]:
    rows = reference_rows("specialties")
    return {row["code"]: row["name"] for row in rows}, frozenset(normalise_name(row["name"]) for row in rows)
