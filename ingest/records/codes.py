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


def known_specialty(code: str) -> bool:
    """Whether the national catalogues have this code."""
    return code in _specialties()[0]


@cache
def _specialties() -> tuple[dict[str, str], frozenset[str]]:
    rows = reference_rows("specialties")
    return {row["code"]: row["name"] for row in rows}, frozenset(normalise_name(row["name"]) for row in rows)
