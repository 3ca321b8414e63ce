"""How good the rows of a table are (数据质量): completeness, validity, consistency, duplicates, counted while it is read.

Rules are declared with the kinds (`Rule`, required columns, forms, code lists); here they are counted, over all pieces
of a table, with the places of the first rows that break them and never with what the cells say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.cells import by_distinct
from ingest.records.check import Checked
from ingest.records.codes import credit_code_holds, known_specialty, school_code_holds
from ingest.records.kind import Form, RecordKind

Check = Literal["completeness", "validity", "consistency", "duplicates"]
_PLACES: Final = 3
_HOLDS: Final[dict[Form, tuple[str, Callable[[str], bool]]]] = {
    Form.CREDIT_CODE: ("check_digit", credit_code_holds),
    Form.SCHOOL_CODE: ("school_code", school_code_holds),
    Form.SPECIALTY_CODE: ("catalogue", known_specialty),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: how many rows of how many, and where the first of them stand.

    `reason` is the code of an error (`record.choice` …), `empty`, `check_digit`, `school_code`, `catalogue`, or the rule
    that does not hold, by the names of its columns. Behind the place of a code that does not hold stands the code.
    """

    kind: str
    check: Check
    column: str
    reason: str
    rows: int
    of: int
    places: tuple[str, ...] = ()


@dataclass
class Quality:
    """The findings of one table, piece by piece."""

    kind: RecordKind
    rows: int = 0
    _counts: Counter[tuple[Check, str, str]] = field(default_factory=Counter)
    _places: dict[tuple[Check, str, str], list[str]] = field(default_factory=dict)
    _partners: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def add(self, checked: Checked) -> None:
        """Count one more piece."""
        self.rows += checked.rows_read - len(checked.set_aside)
        self._reject(checked)
        for column in self.kind.columns:
            if column.name in checked.headers:
                self._note(
                    checked, "completeness", column.zh, "empty", pc.is_null(checked.values[column.name])
                )
                if column.form in _HOLDS:
                    reason, holds = _HOLDS[column.form]
                    right = by_distinct(checked.values[column.name], holds, pa.bool_())[0]
                    wrong = pc.fill_null(pc.invert(right), False)
                    # A credit code that is none may be somebody's identity number: it is not shown.
                    shown = None if column.form is Form.CREDIT_CODE else checked.values[column.name]
                    self._note(checked, "validity", column.zh, reason, wrong, shown)
        for rule in self.kind.rules:
            left, right = self.kind.column(rule.left).zh, self.kind.column(rule.right).zh
            if rule.check == "at_most":
                over = pc.greater(checked.values[rule.left], checked.values[rule.right])
                self._note(checked, "consistency", left, f"{left} ≤ {right}", pc.fill_null(over, False))
            else:
                self._pair(checked, rule.left, rule.right, f"{left} ↔ {right}")

    def findings(self) -> tuple[Finding, ...]:
        """What was found, check by check in the order of the columns."""
        order = {column.zh: number for number, column in enumerate(self.kind.columns)}
        checks = ("completeness", "validity", "consistency", "duplicates")
        found = sorted(
            self._counts.items(), key=lambda i: (checks.index(i[0][0]), order.get(i[0][1], -1), i[0][2])
        )
        return tuple(
            Finding(self.kind.name, *key, rows, self.rows, tuple(self._places.get(key, ())))
            for key, rows in found
        )

    def _reject(self, checked: Checked) -> None:
        by_header = {header: self.kind.column(name).zh for name, header in checked.headers.items()}
        for reject in checked.rejects:
            check: Check = "duplicates" if reject.code == "record.duplicate" else "validity"
            if reject.code == "record.required":
                check = "completeness"
            key = (check, by_header.get(reject.column, reject.column), reject.code)
            self._counts[key] += 1
            places = self._places.setdefault(key, [])
            if len(places) < _PLACES:
                places.append(f"{checked.prefix}{reject.row}")

    def _note(
        self,
        checked: Checked,
        check: Check,
        column: str,
        reason: str,
        rows: pa.Array,
        values: pa.Array | None = None,
    ) -> None:
        """Count the rows that are true; their first places are kept, with what stands there where `values` are given."""
        count = pc.sum(rows).as_py() or 0
        if not count:
            return
        key = (check, column, reason)
        self._counts[key] += count
        places = self._places.setdefault(key, [])
        if len(places) < _PLACES:
            first = pc.indices_nonzero(rows).slice(0, _PLACES - len(places))
            told = checked.places.take(first)
            if values is not None:
                told = pc.binary_join_element_wise(told, pc.cast(values.take(first), pa.string()), " ")
            places.extend(told.to_pylist())

    def _pair(self, checked: Checked, left: str, right: str, reason: str) -> None:
        """Two schools with one code: the rows of every name after the first."""
        known = self._partners.setdefault(reason, {})
        columns = (
            checked.values[left].to_pylist(),
            checked.values[right].to_pylist(),
            checked.places.to_pylist(),
        )
        for one, other, place in zip(*columns, strict=True):
            if one is None or other is None:
                continue
            partners = known.setdefault(one, set())
            if partners and other not in partners:
                key: tuple[Check, str, str] = ("consistency", self.kind.column(left).zh, reason)
                self._counts[key] += 1
                places = self._places.setdefault(key, [])
                if len(places) < _PLACES:
                    places.append(place)
            partners.add(other)
