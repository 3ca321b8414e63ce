"""Which part of a report a row is (报送范围): its school and period, or the rejected row that it corrects.

Claims carry the name of their scope, so that a later report can take the place of just what it reports again
(`ingest.standing`). What several scopes say in the same words is one claim of no scope: it stands as long as any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import normalise_name
from ingest.records.kind import Form, RecordKind
from ingest.records.values import BadValueError, told
from ingest.reject import CORRECTION
from ingest.standing import Scope

if TYPE_CHECKING:
    from ingest.records.check import Checked

SCOPE: Final = "scope"  # the column that parts of claims have beside those of `graph.claims`
BETWEEN: Final = "|"
_CORRECTS: Final = "↻"


def report_scopes(kind: RecordKind, values: Mapping[str, pa.Array]) -> pa.Array | None:
    """For each row `kind|school|period`, null where one of them is not known; None for a kind that has none."""
    school, period = reporter(kind, values), period_of(kind, values)
    if school is None or period is None:
        return None
    return pc.binary_join_element_wise(kind.name, school, period, BETWEEN)


def reporter(kind: RecordKind, values: Mapping[str, pa.Array]) -> Any:
    """The school that each row is a report of: its code, else its name as names are compared."""
    code = values.get(kind.school or "")
    named = next((node.names[0] for node in kind.nodes if node.code == kind.school and node.names), None)
    if code is None or named is None:
        return code
    names = values[named].dictionary_encode()
    plain = pa.array([normalise_name(told(name) or "") for name in names.dictionary.to_pylist()], pa.string())
    return pc.coalesce(code, plain.take(names.indices))


def period_of(kind: RecordKind, values: Mapping[str, pa.Array]) -> Any:
    """The year that each row reports, as text."""
    column = values.get(kind.period or "")
    if column is None:
        return None
    return (
        column.cast(pa.string())
        if pa.types.is_integer(column.type)
        else pc.utf8_slice_codeunits(column, 0, 4)
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """What a row of a workbook of corrections takes the place of: the source, and the place of the row in it."""

    source: str
    kind: str
    place: str

    @property
    def scope(self) -> str:
        """The name of the scope of the corrected row."""
        return f"{_CORRECTS}{self.source}{BETWEEN}{self.place}"


def correction(told: str) -> Correction:
    """What the number of a correction says; `record.correction` where it is none."""
    match = CORRECTION.fullmatch(told.strip())
    if match is None:
        raise BadValueError("record.correction")
    return Correction(match["source"], match["kind"], match["place"])


def firsts(table: pa.Table, keys: list[str]) -> pa.Table:
    """Rows alike in `keys` as one: the first `row` of them, and their scope if they all have one and the same."""
    asked: list[Any] = [("row", "min")]
    if SCOPE in table.column_names:
        encoded = pc.fill_null(table.column(SCOPE).combine_chunks(), "").dictionary_encode()
        table = table.set_column(table.column_names.index(SCOPE), SCOPE, encoded.indices)
        asked += [(SCOPE, "min"), (SCOPE, "max")]
    found = table.group_by(keys, use_threads=False).aggregate(asked)
    found = found.rename_columns([name.removesuffix("_min") for name in found.column_names])
    if SCOPE not in found.column_names:
        return found
    alike = pc.equal(found.column(SCOPE), found.column(f"{SCOPE}_max"))
    names = pc.if_else(pc.equal(encoded.dictionary, ""), pa.scalar(None, pa.string()), encoded.dictionary)
    indices = pc.if_else(alike, found.column(SCOPE), pa.scalar(None, pa.int32())).combine_chunks()
    return found.set_column(found.column_names.index(SCOPE), SCOPE, names.take(indices))


def scope_column(parts: list[pa.Table]) -> pa.Array | None:
    """The scope of every claim of the parts, one after the other; None where none of them has any."""
    if not any(SCOPE in part.column_names for part in parts):
        return None
    columns = [
        part.column(SCOPE)
        if SCOPE in part.column_names
        else pa.chunked_array([pa.nulls(len(part), pa.string())])
        for part in parts
    ]
    chunks = [chunk for column in columns for chunk in pa.chunked_array(column).chunks]
    return pa.chunked_array(chunks, pa.string()).combine_chunks()


def is_corrected(scopes: pa.Array | None) -> bool:
    """Whether these are scopes of corrected rows."""
    if scopes is None:
        return False
    first: str = next((one.as_py() for one in scopes if one.is_valid), "")  # of a table all rows are, or none
    return first.startswith(_CORRECTS)


@dataclass
class Scopes:
    """The scopes of one source, as its tables are read."""

    source: str
    _found: dict[str, Scope] = field(default_factory=dict)
    _standard: dict[str, bool] = field(default_factory=dict)
    _schools: dict[str, set[str | None]] = field(default_factory=dict)

    def add(self, checked: Checked) -> None:
        """Count the rows of one more piece."""
        self._standard[checked.kind.name] = checked.kind.standard
        self._schools.setdefault(checked.kind.name, set()).update(checked.schools)
        if checked.scopes is None:
            self._note(Scope(self.source, "", "", rows=checked.rows))
            return
        columns = {"scope": checked.scopes, "collected": _collected(checked)}
        corrected = is_corrected(checked.scopes)
        if corrected:
            reports = report_scopes(checked.kind, checked.values)
            columns["report"] = pa.nulls(checked.rows, pa.string()) if reports is None else reports
        asked: list[Any] = [("scope", "count", pc.CountOptions(mode="all"))]
        asked += [(name, "max") for name in columns if name != "scope"]
        figures = () if checked.kind.standard else _figures(checked)
        columns |= {name: checked.values[name] for name in figures}
        asked += [(name, "count") for name in figures]
        grouped = pa.table(columns).group_by("scope", use_threads=False).aggregate(asked)
        for row in grouped.to_pylist():
            name = row["scope"] or ""
            _, school, period = _parts(row["report_max"] if corrected else name)
            corrects, place = _corrects(name)
            self._note(
                Scope(
                    source=self.source,
                    name=name,
                    kind=checked.kind.name if name else "",
                    school=school,
                    period=period,
                    collected=row["collected_max"] or "",
                    rows=row["scope_count"],
                    corrects=corrects,
                    place=place,
                    figures=None
                    if checked.kind.standard
                    else " ".join(one for one in sorted(figures) if row[f"{one}_count"]),
                )
            )

    def listed(self) -> tuple[Scope, ...]:
        """All scopes; a table made by hand takes the place of another only where it speaks of one school alone."""
        alone = {kind for kind, schools in self._schools.items() if len(schools) == 1}
        return tuple(
            replace(scope, replaces=self._standard.get(scope.kind, False) or scope.kind in alone)
            for scope in self._found.values()
        )

    def _note(self, scope: Scope) -> None:
        known = self._found.get(scope.name)
        if known is not None:
            collected = max(known.collected, scope.collected)
            rows = known.rows + scope.rows
            scope = replace(
                known, collected=collected, rows=rows, figures=_both(known.figures, scope.figures)
            )
        self._found[scope.name] = scope


def _figures(checked: Checked) -> tuple[str, ...]:
    """The columns of figures that a table made by hand has."""
    columns = checked.kind.columns
    return tuple(c.name for c in columns if c.form in {Form.COUNT, Form.MONEY} and c.name in checked.headers)


def _both(one: str | None, other: str | None) -> str | None:
    """The figures of two pieces of a report."""
    if one is None or other is None:
        return None
    return " ".join(sorted({*one.split(), *other.split()}))


def _collected(checked: Checked) -> pa.Array:
    """When each row was collected, as text; unknown where the table gives no date."""
    period = checked.kind.period
    if period is None or checked.kind.column(period).form is not Form.DATE:
        return pa.nulls(checked.rows, pa.string())
    return checked.values[period]


def _parts(name: str | None) -> tuple[str | None, str | None, str | None]:
    parts = (name or "").split(BETWEEN)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (None, None, None)


def _corrects(name: str) -> tuple[str | None, str | None]:
    if not name.startswith(_CORRECTS):
        return None, None
    source, _, place = name.removeprefix(_CORRECTS).partition(BETWEEN)
    return source, place
