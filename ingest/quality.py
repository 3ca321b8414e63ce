"""The quality report of what was read (质量报告): findings by source, conflicts between sources, who has not reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc

from graph.errors import LiantuError
from graph.identity import normalise_name
from graph.language import Text
from graph.reference import rows as reference_rows
from graph.store.protocol import View
from ingest.file_report import names_apart
from ingest.manifest import Entry, Manifest
from ingest.records.header import match_kind
from ingest.records.kinds import RECORD_KINDS
from ingest.records.quality import Finding
from ingest.reject import CORRECTION, append_rejects, fields_of, neutralised, place_of, reason

COMPARED: Final = (
    ("OFFERS", ("graduates", "employed", "enrolled"), "number"),
    ("DEMANDS", ("headcount",), "level"),
)
"""The figures that several sources may give, and the property that tells parts of one whole apart."""
_REPORTING: Final = ("OFFERS", "HOSTS", "COOPERATES_WITH", "GRADUATES_TO", "SHARES")
CHECKS: Final = {
    "completeness": Text("完整性", "completeness"),
    "validity": Text("有效性", "validity"),
    "consistency": Text("一致性", "consistency"),
    "duplicates": Text("重复", "duplicates"),
}
REASONS: Final = {
    "empty": Text("未填", "empty"),
    "check_digit": Text("统一社会信用代码校验位不符", "check digit of the credit code is wrong"),
    "school_code": Text("学校代码结构不符", "not the structure of a school code"),
    "catalogue": Text(
        "不在现行国家专业目录中（按名称与层次对接，对不上的照原样保留）",
        "not in the national catalogue in force (found by name and level, else kept as it stands)",
    ),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure of which two sources say different numbers; both are kept in the graph."""

    kind: str
    head: str
    tail: str
    figure: str
    year: int | None
    said: tuple[tuple[str, float], ...]  # source name, number


@dataclass(frozen=True, slots=True)
class Report:
    """The quality of what was read: findings by source, conflicts, schools of the region that have not reported."""

    sources: tuple[tuple[Entry, tuple[Finding, ...]], ...]
    conflicts: tuple[Conflict, ...]
    silent: tuple[str, ...]
    schools: dict[str, str] = field(default_factory=dict)  # by source id, where it speaks of one school only


def quality_report(
    manifest: Manifest, view: View, *, source: str | None = None, region: str | None = None
) -> Report:
    """The report of all record sources, or of one; `region` is the province or city whose schools should report.

    `source.unknown`, `node.unknown`, `question.parameter` where they name nothing of which a report could speak.
    """
    where = _region_called(region) if region else None
    present = manifest.present()
    standing = {entry.source.id for entry in present}
    paths = {one: path for one, path in manifest.paths().items() if one in standing}
    names = {row["id"]: row["name"] for row in view.sources().to_pylist()} | names_apart(paths)
    named = [e for e in present if source in {None, e.source.id, e.source.name, names.get(e.source.id)}]
    if source is not None and not named:
        raise LiantuError("source.unknown", name=source)
    chosen = [e for e in named if e.source.medium == "records"]
    found = tuple(
        (_called(entry, names.get(entry.source.id)), _still(entry, manifest.quality(entry.source.id)))
        for entry in chosen
    )
    conflicts = _conflicts(view, names)
    if source is not None:
        mine = {entry.source.name for entry, _ in found}
        conflicts = tuple(c for c in conflicts if mine & {name for name, _ in c.said})
    return Report(found, conflicts, _silent(view, where) if where else (), _schools(manifest))


def _called(entry: Entry, name: str | None) -> Entry:
    """The entry by the name that tells its file apart from others."""
    if name is None or name == entry.source.name:
        return entry
    rejects = tuple(replace(reject, file=name) for reject in entry.rejects)
    return replace(entry, source=replace(entry.source, name=name), rejects=rejects)


def _schools(manifest: Manifest) -> dict[str, str]:
    """The school of each source that speaks of one only."""
    told: dict[str, set[str]] = defaultdict(set)
    for scope in manifest.standing().scopes:
        if scope.school is not None:
            told[scope.source].add(scope.school)
    names = {row["code"]: row["name"] for row in reference_rows("schools")}
    alone = {source: next(iter(schools)) for source, schools in told.items() if len(schools) == 1}
    return {source: names.get(school, school) for source, school in alone.items()}


def _still(entry: Entry, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings of a source without those of rows that came back corrected."""
    right = Counter[tuple[str, str, str]]()
    places: set[str] = set()
    for reject in entry.corrected:
        told = CORRECTION.fullmatch(reject.corrects)
        if told is not None and told["kind"] in RECORD_KINDS:
            (column,) = match_kind(RECORD_KINDS[told["kind"]], [reject.column]).columns
            right[told["kind"], column.zh if column else reject.column, reject.code] += 1
            places.add(place_of(reject.sheet, reject.row or 0))
    left = (
        replace(
            one,
            rows=one.rows - right[one.kind, one.column, one.reason],
            places=tuple(place for place in one.places if place not in places),
        )
        if right[one.kind, one.column, one.reason]
        else one
        for one in findings
    )
    return tuple(one for one in left if one.rows > 0)


def _conflicts(view: View, names: dict[str, str]) -> tuple[Conflict, ...]:
    found: list[Conflict] = []
    for kind, figures, part in COMPARED:
        table = view.edges(kind)
        for figure in figures:
            told = table.filter(
                pc.and_(pc.is_valid(table.column(figure)), pc.equal(table.column("method"), "record"))
            )
            totals: dict[tuple[str, str, int | None], dict[str, dict[str | None, float]]] = defaultdict(dict)
            for row in told.select(["head", "tail", "year", "source", part, figure]).to_pylist():
                own = totals[row["head"], row["tail"], row["year"]].setdefault(row["source"], {})
                own[row[part]] = row[figure]
            for (head, tail, year), by_source in totals.items():
                said = [(names.get(one, one), sum(parts.values())) for one, parts in by_source.items()]
                if len({number for _, number in said}) > 1:
                    found.append(Conflict(kind, head, tail, figure, year, tuple(sorted(said))))
    return tuple(sorted(found, key=lambda c: (c.kind, c.head, c.tail, c.figure, c.year or 0)))


def _region_called(word: str) -> str:
    """The province or city that a word names, as in every question: its id or code, name, alias, 长春 for 长春市."""
    speaking = {row[column] for row in reference_rows("schools") for column in ("province", "city")}
    regions = reference_rows("regions")
    wanted = normalise_name(word.removeprefix("Region:"))
    ways: tuple[Callable[[Mapping[str, str]], Sequence[str]], ...] = (
        lambda row: (row["code"], row["name"]),
        lambda row: row["short"].split("、"),
        lambda row: (row["name"][:-1],),
    )
    elsewhere = False
    for said in ways if wanted else ():
        found = {row["name"] for row in regions if wanted in map(normalise_name, said(row))}
        if known := sorted(found & speaking):
            if len(known) > 1:
                raise LiantuError("node.ambiguous", name=word, candidates="、".join(known))
            return known[0]
        elsewhere = elsewhere or bool(found)
    if elsewhere:
        expected = Text("省、直辖市或地级市", "a province or a city")
        raise LiantuError("question.parameter", name="--region", value=word, expected=expected)
    raise LiantuError("node.unknown", name=word)


def _silent(view: View, region: str) -> tuple[str, ...]:
    """The vocational schools of a province or city of which no record says anything."""
    reported: set[str] = set()
    for kind in _REPORTING:
        table = view.edges(kind)
        records = table.filter(pc.equal(table.column("method"), "record"))
        reported.update(records.column("head").to_pylist())
    return tuple(
        row["name"]
        for row in reference_rows("schools")
        if region in {row["province"], row["city"]}
        and row["level"] in {"高职专科", "职业本科"}
        and f"School:{row['code']}" not in reported
    )


def finding_rows(report: Report) -> list[dict[str, Any]]:
    """One row a finding, for tables and sheets."""

    def told(code: str) -> str:
        if code in REASONS:
            return str(REASONS[code])
        return (
            code
            if not code.startswith("record.")
            else str(reason(code, **dict.fromkeys(fields_of(code), "…")))
        )

    return [
        {
            "source": entry.source.name,
            "school": report.schools.get(entry.source.id),
            "kind": finding.kind,
            "check": str(CHECKS[finding.check]),
            "column": finding.column,
            "reason": told(finding.reason),
            "rows": finding.rows,
            "of": finding.of,
            "places": "、".join(finding.places),
        }
        for entry, findings in report.sources
        for finding in findings
    ]


def write_quality(report: Report, path: Path) -> None:
    """A workbook that goes back to the school: findings, conflicts, who is missing, and the rejected rows to correct."""
    from openpyxl import Workbook  # noqa: PLC0415 - a quarter of a second that only workbooks need

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(str(Text("质量报告", "Quality")))
    titles = title_texts()
    sheet.append([str(title) for title in titles.values()])
    for row in finding_rows(report):
        sheet.append([neutralised(value) if isinstance(value, str) else value for value in row.values()])
    if report.conflicts:
        sheet = workbook.create_sheet(str(Text("来源冲突", "Conflicts")))
        for conflict in report.conflicts:
            said = [f"{name}: {number:g}" for name, number in conflict.said]
            cells = [conflict.kind, conflict.head, conflict.tail, conflict.figure, conflict.year, *said]
            sheet.append([neutralised(cell) if isinstance(cell, str) else cell for cell in cells])
    if report.silent:
        sheet = workbook.create_sheet(str(Text("未报送院校", "Not reported")))
        for name in report.silent:
            sheet.append([name])
    append_rejects(workbook, [reject for entry, _ in report.sources for reject in entry.rejects])
    workbook.save(path)


def title_texts() -> dict[str, Text]:
    """The columns of the table of findings."""
    return {
        "source": Text("来源", "source"),
        "school": Text("院校", "school"),
        "kind": Text("记录类型", "record kind"),
        "check": Text("核验", "check"),
        "column": Text("列", "column"),
        "reason": Text("问题", "what is wrong"),
        "rows": Text("行数", "rows"),
        "of": Text("共", "of"),
        "places": Text("位置（前几处）", "first places"),
    }
