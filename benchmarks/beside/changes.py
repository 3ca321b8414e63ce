"""`changes` by hand: each question asked now and of what was known a year before, and the two answers compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, get_type_hints

from benchmarks.beside import (
    broken_ladders,
    crowded_specialties,
    isolated_members,
    ledger,
    missing_platforms,
    nominal_consortia,
    orphan_specialties,
    talent_balance,
    uncovered_chains,
)
from benchmarks.beside.plain import Named, Plain, Row
from graph import gaps
from graph.gaps.dates import is_date

COMPARED = {
    "uncovered_chains": uncovered_chains,
    "orphan_specialties": orphan_specialties,
    "crowded_specialties": crowded_specialties,
    "talent_balance": talent_balance,
    "isolated_members": isolated_members,
    "nominal_consortia": nominal_consortia,
    "missing_platforms": missing_platforms,
    "broken_ladders": broken_ladders,
    "ledger": ledger,
}
ONE_NODE = (gaps.Named, gaps.Named | None)


def loop(plain: Plain, *, since: str | None = None, only: str | None = None) -> list[Row]:
    """One row a finding that opened, closed, or says other figures."""
    kinds = {kind for name in COMPARED for kind in gaps.question(name).kinds}
    days = {claim["observed"] for kind in kinds for claim in plain.all(kind)}
    last = max((one for one in days if is_date(one)), default=None)
    if last is None and since is None:
        return []
    if since is None and last is not None:
        since = f"{int(last[:4]) - 1:04d}{last[4:]}"
    before = plain.until(since)
    found = []
    for name, question in COMPARED.items():
        told = _Compared(name)
        for what, subject, details, row in told.differences(question.loop(before), question.loop(plain)):
            found.append(
                {
                    "subject": subject,
                    "question": name,
                    "what": what,
                    "details": details,
                    "since": since,
                    "evidence": row["evidence"],
                    "confidence": row["confidence"],
                    "as_of": row["as_of"],
                }
            )
    return [row for row in found if only in (None, row["question"])]


class _Compared:
    """The findings of one question, known by the nodes that they name in fields of their own, and by their kind."""

    def __init__(self, name: str) -> None:
        finding = gaps.question(name).finding
        hints = get_type_hints(finding)
        self._nodes = [item.name for item in fields(finding) if hints[item.name] in ONE_NODE]
        self._of_nodes = {name for name, hint in hints.items() if hint == tuple[gaps.Named, ...]}
        self._columns = {
            item.name: item.metadata["label"].zh
            for item in fields(finding)
            if item.metadata["head"] and item.name not in self._nodes
        }

    def differences(
        self, then: list[Row], now: list[Row]
    ) -> Iterator[tuple[str, Named, tuple[str, ...], Row]]:
        """What differs: opened, closed, changed; the first node named; the figures; the row as it is, or was."""
        was, is_now = self._known(then), self._known(now)
        for key in was.keys() | is_now.keys():
            old, new = was.get(key, []), is_now.get(key, [])
            pairs = []
            for row in [*new]:  # those of the same level of education first
                other = next((one for one in old if one.get("level") == row.get("level")), None)
                if other is not None:
                    pairs.append((other, row))
                    old = [one for one in old if one is not other]
                    new = [one for one in new if one is not row]
            pairs += zip(old, new, strict=False)
            common = min(len(old), len(new))
            for what, alone in (("新增", new[common:]), ("消除", old[common:])):
                for row in alone:
                    yield what, self._subject(row), (), row
            for old_row, row in pairs:
                if details := tuple(self._details(old_row, row)):
                    yield "变化", self._subject(row), details, row

    def _known(self, rows: Iterable[Row]) -> dict[tuple[Any, ...], list[Row]]:
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            named = [row[name][1] for name in self._nodes if row[name] is not None]
            found.setdefault((*named, str(row.get("kind", ""))), []).append(row)
        return found

    def _subject(self, row: Row) -> Named:
        return next((row[name] for name in self._nodes if row[name] is not None), ("", ""))

    def _details(self, old: Row, new: Row) -> Iterator[str]:
        for name, words in self._columns.items():
            if old[name] != new[name]:
                yield f"{words} {self._shown(name, old[name])} → {self._shown(name, new[name])}"

    def _shown(self, name: str, value: Any) -> str:
        if value is None or value == ():
            return "–"
        if isinstance(value, tuple):
            return "、".join(sorted(one[0] if name in self._of_nodes else str(one) for one in value))
        return f"{value:g}" if isinstance(value, float) else str(value)
