"""A file of records in, its claims and its rejected rows out (记录入库的第一步)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.claims import claims_table
from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings
from ingest.records.check import check_sheet
from ingest.records.claims import claims_of, once
from ingest.records.delimited import stream_delimited
from ingest.records.groups import COUNTED, Counted
from ingest.records.keys import Keys
from ingest.records.kind import RecordKind
from ingest.records.mapping import mappings_beside
from ingest.records.quality import Finding, Quality
from ingest.records.scopes import SCOPE, Scopes, scope_column
from ingest.records.sheet import NoRecord, SetAside, Sheet
from ingest.records.units import SCALED, unit_of, unit_of_header
from ingest.records.workbook import read_workbook
from ingest.reject import Reject, reason
from ingest.standing import Scoped

RECORD_SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xlsm")
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_STREAMED: Final = frozenset({".csv", ".tsv"})
_NO_RECORDS: Final[Mapping[NoRecord, tuple[str, str]]] = {
    "total": ("合计、小计", "rows of totals"),
    "note": ("表下注释", "notes below the table"),
    "header": ("重复的表头", "repeated headers"),
    "void": ("注明已退出、撤销、终止或尚未加入的", "rows that say that they hold no more, or not yet"),
}
_PLACES_TOLD: Final = 5


@dataclass(frozen=True, slots=True)
class RecordsRead:
    """What a file of records held: `rows_read` = `rows_taken` + the rows that `rejects` name + `set_aside`, always.

    `ignored` says what was there but means nothing to liantu: columns and whole sheets.
    """

    kinds: tuple[str, ...]
    rows_read: int
    rows_taken: int
    claims: pa.Table
    rejects: tuple[Reject, ...]
    ignored: tuple[str, ...]
    notes: tuple[Text, ...] = ()
    quality: tuple[Finding, ...] = ()
    scoped: Scoped | None = None
    set_aside: int = 0  # rows that are no records: totals and notes (`notes` tells where)

    @property
    def counted_offers(self) -> int:
        """How many claims say of an offering what was counted from rows of persons."""
        quotes, kinds = self.claims.column("quote"), self.claims.column("kind")
        counted = pc.and_(pc.equal(kinds, "OFFERS"), pc.starts_with(quotes, COUNTED))
        return pc.sum(counted).as_py() or 0

    @property
    def rejected_rows(self) -> int:
        """How many rows were not taken; one row may have several reasons."""
        return len({(item.sheet, item.row) for item in self.rejects if item.row is not None})


def is_record_file(path: Path) -> bool:
    """Whether a file is read as records, by its suffix; `~$…` are locks of an office program, no workbooks."""
    return path.suffix.lower() in RECORD_SUFFIXES and not path.name.startswith("~$")


def read_records(path: Path, source: str) -> RecordsRead:
    """The claims of a csv or xlsx file, of which `source` is the id.

    Raises `LiantuError` (`file.*`, `record.kind`, `record.header_missing`, `record.header_double`, `record.unit`) where
    nothing of the file can be taken. In a workbook a sheet that cannot be taken is a reject, where another one can.
    """
    check_file(path)
    mappings = mappings_beside(path)
    if not is_workbook(path):
        return collect(stream_delimited(path, mappings=mappings), path.name, source)
    sheets, others, notes = read_workbook(path, mappings)
    if not sheets and others:
        raise others[0][1]
    unlike = [(name, error) for name, error in others if error.code == "record.kind"]
    read = collect(sheets, path.name, source)
    return replace(
        read,
        rejects=(
            *(_sheet_reject(path, name, error) for name, error in others if error.code != "record.kind"),
            *read.rejects,
        ),
        notes=(*notes, *read.notes),
        ignored=(*(str(Text(f"工作表“{name}”", f"sheet {name!r}")) for name, _ in unlike), *read.ignored),
    )


def is_workbook(path: Path) -> bool:
    """Whether a record file is a workbook, by its suffix."""
    return path.suffix.lower() in _WORKBOOKS


def collect(sheets: Iterable[Sheet], file: str, source: str) -> RecordsRead:
    """The claims of the sheets of one source; the pieces of a long table follow each other."""
    kinds: dict[str, RecordKind] = {}
    ignored: dict[str, None] = {}
    notes: dict[str, Text] = {}
    rejects: list[Reject] = []
    parts: list[pa.Table] = []
    counted: dict[tuple[str, str], Counted] = {}
    quality: dict[str, Quality] = {}
    keys, scopes = Keys(), Scopes(source)
    aside: list[SetAside] = []
    unsplit: list[str] = []
    pieces = read = taken = 0
    for sheet in sheets:
        kind = sheet.match.kind
        kinds[kind.name] = kind
        if kind.left is not None:
            notes[kind.name] = Text(
                f"{kind.name} {kind.title.zh}：{kind.left.zh}，未读取",
                f"{kind.name} {kind.title.zh}: {kind.left.en}; not read",
            )
            continue
        pieces += 1
        checked = check_sheet(keys.marked(sheet), file, source)
        scopes.add(checked)
        ignored.update(dict.fromkeys(_ignored_columns(sheet)))
        notes.update(_notes(sheet))
        read += checked.rows_read
        taken += checked.rows + checked.deleted
        rejects.extend(checked.rejects)
        aside.extend(checked.set_aside)
        unsplit.extend(checked.unsplit)
        quality.setdefault(kind.name, Quality(kind)).add(checked)
        if kind.edges or not kind.groups:
            parts.extend(claims_of(checked, source))
        if kind.groups:
            counted.setdefault((kind.name, sheet.name), Counted(kind)).add(checked)
    for groups in counted.values():
        parts.extend(groups.claims(source))
    parts = once(parts) if pieces > 1 or len(counted) > 1 else parts
    of = scope_column(parts)
    return RecordsRead(
        kinds=tuple(kinds),
        rows_read=read,
        rows_taken=taken,
        claims=claims_table(
            source, [part.select([n for n in part.column_names if n != SCOPE]) for part in parts]
        ),
        rejects=tuple(rejects),
        ignored=tuple(ignored),
        notes=(*notes.values(), *_unsplit_notes(unsplit), *_aside_notes(aside)),
        quality=tuple(finding for one in quality.values() for finding in one.findings()),
        scoped=None if of is None else Scoped(scopes.listed(), of),
        set_aside=len(aside),
    )


def check_file(path: Path) -> None:
    """Refuse what is no record file, or larger than the settings allow: `file.missing`, `.type`, `.too_large`."""
    if not path.is_file():
        raise LiantuError("file.missing", file=path.name)
    if not is_record_file(path):
        raise LiantuError("file.type", file=path.name, supported=" ".join(RECORD_SUFFIXES))
    size, limit = path.stat().st_size, size_limit(path)
    if size > limit * 1_000_000:
        raise LiantuError(
            "file.too_large", file=path.name, size=f"{size / 1e6:.0f} MB", limit=f"{limit:.0f} MB"
        )


def size_limit(path: Path) -> float:
    """The largest file of this kind that is read, megabytes: a csv is read in pieces, all else as a whole."""
    settings = Settings.load()
    return settings.csv_megabytes if path.suffix.lower() in _STREAMED else settings.file_megabytes


def _sheet_reject(path: Path, sheet: str, error: LiantuError) -> Reject:
    value = str(error.values.get("columns") or error.values.get("column") or "")
    return Reject(path.name, sheet, None, "", value, error.code, reason(error.code, **error.values))


def _ignored_columns(sheet: Sheet) -> list[str]:
    """The headers of what means nothing to the kind; for a table of the standard, which has many, `_notes` says it."""
    if sheet.match.kind.standard:
        return []
    where = f"{sheet.name}: " if sheet.name else ""
    used = sheet.match.kind.used
    unused = (
        header.strip()
        for header, column in zip(sheet.headers, sheet.match.columns, strict=True)
        if header.strip() and (column is None or column.name not in used)
    )
    return [f"{where}{header}" for header in (*sheet.dropped, *unused)]


def _aside_notes(aside: Sequence[SetAside]) -> Iterator[Text]:
    """Of the rows that are no records: how many, of which sort, and where the first of them stand."""
    for what, (zh, en) in _NO_RECORDS.items():
        places = [one.place for one in aside if one.what == what]
        if places:
            told = "、".join(places[:_PLACES_TOLD]) + ("…" if len(places) > _PLACES_TOLD else "")
            yield Text(f"{zh} {len(places)} 行，不计：{told}", f"{len(places)} {en}, set aside: {told}")


def _unsplit_notes(places: Sequence[str]) -> Iterator[Text]:
    """Of the rows in which several names have one number together: how many, and where the first of them stand."""
    if places:
        told = "、".join(places[:_PLACES_TOLD]) + ("…" if len(places) > _PLACES_TOLD else "")
        yield Text(
            f"{len(places)} 行的几个名称（岗位、专业）合写一个数（同格或合并单元格），各自的数按未知计，合计留在引文里；"
            f"分行填写即可计入：{told}",
            f"in {len(places)} rows several names (posts, specialties) have one number together, in one cell or "
            "merged ones: each one's is unknown, the whole stands in the quote; write a row for each to have it "
            f"counted: {told}",
        )


def _units_from_elsewhere(sheet: Sheet) -> Iterator[str]:
    """The columns whose unit their header does not say, each with it."""
    for header, column, factor in zip(sheet.headers, sheet.match.columns, sheet.match.factors, strict=True):
        if column is not None and column.form in SCALED and unit_of_header(header) is None:
            unit = unit_of(factor, column.form)
            if unit:
                yield f"{header.strip()}（{unit}）"


def _notes(sheet: Sheet) -> dict[str, Text]:
    kind, found = sheet.match.kind, dict[str, Text]()
    if sheet.title:
        told_zh = "、".join(f"{header}“{value}”" for header, value in sheet.titled)
        told_en = ", ".join(f"{header} {value!r}" for header, value in sheet.titled)
        found[f"{sheet.name}/title"] = Text(
            f"表中没有的列取自标题“{sheet.title}”：{told_zh}",
            f"columns that the table lacks were read from the title {sheet.title!r}: {told_en}",
        )
    if sheet.planned:
        found[f"{sheet.name}/planned"] = Text(
            f"标题“{sheet.planned}”说的是拟定、申报或征求意见的，未写状态的行按“计划”读入",
            f"the title {sheet.planned!r} speaks of what is planned: rows without a status are read as planned",
        )
    if told := "、".join(_units_from_elsewhere(sheet)):
        found[f"{sheet.name}/units"] = Text(
            f"表头未写单位，按表头上方（或对照文件）所写：{told}",
            f"units that headers do not say are those of a line above them (or of the mapping): {told}",
        )
    if sheet.filled_down:
        told = "、".join(sheet.filled_down)
        found[f"{sheet.name}/above"] = Text(
            f"空格按“同上”处理：{told}", f"a blank meant what stands above it: {told}"
        )
    others = len(sheet.dropped) if kind.standard else 0
    if sheet.personal or others:
        where = kind.name if kind.standard else str(kind.title)
        zh = [
            f"个人信息 {sheet.personal} 列" if sheet.personal else "",
            f"与联系无关 {others} 列" if others else "",
        ]
        en = [
            f"{sheet.personal} columns of persons" if sheet.personal else "",
            f"{others} columns that say nothing of linkages" if others else "",
        ]
        found[f"{sheet.name}/{kind.name}"] = Text(
            f"{where}：{'、'.join(filter(None, zh))}，未读取",
            f"{where}: {' and '.join(filter(None, en))} not read",
        )
    return found
