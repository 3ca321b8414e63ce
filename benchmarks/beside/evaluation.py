"""`evaluation` by hand: consortia marked by the table of indicators."""

from __future__ import annotations

from benchmarks.beside.plain import Plain, Row, rests_on, surest, telling
from benchmarks.beside.standing import NAMES, standings, table_of
from graph.gaps.indicators import DEFAULT


def loop(plain: Plain, *, indicators: str = DEFAULT) -> list[Row]:
    """One row a consortium of two members or more; the weights made to add up to 100."""
    table = table_of(indicators)
    total = sum(weight for weight, _ in table.values())
    weights = {name: 100 * weight / total for name, (weight, _) in table.items()}
    found = []
    for consortium, told in standings(plain).items():
        known = {name: value for name in table if (value := told.values[name]) is not None}
        marks = {name: weights[name] * min(1.0, value / table[name][1]) for name, value in known.items()}
        unknown = [name for name in table if name not in known]
        low = sum(marks.values())
        high = low + sum(weights[name] for name in unknown)
        lost = {name: round(weights[name] - mark, 9) for name, mark in marks.items()}
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
                    f"{NAMES[name]} {marks[name]:.1f}/{weights[name]:.1f}" for name in table if name in marks
                ),
                "weakest": (NAMES[max(name for name in lost if lost[name] == most)],) if most > 0 else (),
                "unknown": tuple(NAMES[name] for name in unknown),
                "conflicts": tuple(told.differing),
                **rests_on(telling(told.claims), surest(told.claims)),
            }
        )
    return found


def _grade(marks: float) -> str:
    marks = round(marks, 9)
    return "优秀" if marks >= 85 else "良好" if marks >= 70 else "合格" if marks >= 60 else "不合格"
