"""`evaluation` by hand: consortia marked by the table of indicators."""

from __future__ import annotations

from benchmarks.beside.plain import Plain, Row, rests_on, surest, telling
from benchmarks.beside.standing import NAMES, WEIGHTS, standings

FULL = {
    "density": 0.5,
    "breadth": 4,
    "joint": 0.5,
    "activity": 0.3,
    "income": 1_000_000,
    "organs": 1,
    "sharing": 0.3,
}


def loop(plain: Plain) -> list[Row]:
    """One row a consortium of two members or more; the weights add up to 100."""
    found = []
    for consortium, told in standings(plain).items():
        known = {name: value for name, value in told.values.items() if value is not None}
        marks = {name: WEIGHTS[name] * min(1.0, value / FULL[name]) for name, value in known.items()}
        unknown = [name for name in NAMES if name not in known]
        low = sum(marks.values())
        high = low + sum(WEIGHTS[name] for name in unknown)
        lost = {name: round(WEIGHTS[name] - mark, 9) for name, mark in marks.items()}
        most = max(lost.values(), default=0)
        grades = {_grade(low), _grade(high)}
        found.append(
            {
                "consortium": plain.named(consortium),
                "level": plain.value(consortium, "level"),
                "low": round(low, 2),
                "high": round(high, 2),
                "grade": grades.pop() if len(grades) == 1 else "待定",
                "marks": tuple(
                    f"{NAMES[name]} {marks[name]:.1f}/{WEIGHTS[name]:.1f}" for name in NAMES if name in marks
                ),
                "weakest": (NAMES[max(name for name in lost if lost[name] == most)],) if most > 0 else (),
                "unknown": tuple(NAMES[name] for name in unknown),
                **rests_on(telling(told.claims), surest(told.claims)),
            }
        )
    return found


def _grade(marks: float) -> str:
    marks = round(marks, 9)
    return "优秀" if marks >= 85 else "良好" if marks >= 70 else "合格" if marks >= 60 else "不合格"
