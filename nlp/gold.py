"""Gold (标注): annotated passages, one a line, whole or joined with texts that lie elsewhere.

A line holds its `text`, or says where it stands: `file` (JSON Lines under the folder of the texts), `record` (the key and
value that tell the record, such as `{"id": 3}`), `field`, `start` and `end` in that field, and the `sha256` of the
passage. Annotations of such a line name offsets in the passage; what they cover is read from it. A line without
`quantities` or `measures` is not annotated for them: what is read of them there is neither right nor wrong.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graph.errors import LiantuError
from graph.language import Text
from graph.ontology import EDGES, NODES
from nlp.extraction import Context
from nlp.scoring import unspaced

Line = dict[str, Any]
Decode = Callable[[bytes, str], str]  # from bytes and the name of their file to text, or `file.encoding`

_LISTS: Final = ("entities", "relations", "quantities", "measures")
_MAY_LACK: Final = ("quantities", "measures")
_QUANTITIES: Final = frozenset(("Target", "Statistic"))
_UNKNOWN: Final = Text(
    "本体没有这一类，只会算作漏抽", "the ontology has no such kind, so it can only be missing"
)


def read_gold(
    path: Path,
    texts: Path | None = None,
    *,
    decode: Decode | None = None,
    doubtful: Callable[[LiantuError], None] | None = None,
) -> list[Line]:
    """The annotated passages of a file, each with its text and surfaces; `texts` is the folder of texts elsewhere.

    What is not UTF-8 becomes text by `decode`. `doubtful` is told (`gold.doubtful`) what can be scored and is
    most likely not meant: kinds unknown to the ontology, words that do not stand in the text, an id that comes again.

    Raises `file.missing`, `file.encoding`, `file.unreadable` (which names line and field), `gold.elsewhere` (a text is
    wanted and no folder given), `gold.missing` (the record is not there) or `gold.changed` (its hash differs).
    """
    if not path.is_file():
        raise LiantuError("file.missing", file=path.name)
    shelf = _Shelf(path.name, texts, decode)
    rows = shelf.text_of(path, path.name).split("\n")
    found: list[Line] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        line = _line(shelf, number, row)
        found.append({"id": number} | line)
        if doubtful is None:
            continue
        for field, what in _doubts(line, number, first):
            doubtful(LiantuError("gold.doubtful", file=path.name, line=number, field=field, reason=what))
    return found


def dated(line: Mapping[str, Any]) -> Context:
    """The context of a passage of which no more is known than its `date`, if that."""
    date = line.get("date")
    return Context(date=date if isinstance(date, str) else None)


class _Shelf:
    """The texts of other files, each file read once."""

    def __init__(self, gold: str, folder: Path | None, decode: Decode | None) -> None:
        self.gold = gold
        self._decode = decode
        self._folder = folder
        self._records: dict[tuple[str, str], dict[Any, Mapping[str, Any]]] = {}

    def unreadable(self, zh: str, en: str) -> LiantuError:
        """What is wrong with the annotated file."""
        return LiantuError("file.unreadable", file=self.gold, reason=Text(zh, en))

    def text_of(self, path: Path, name: str) -> str:
        """What a file holds; `name` stands in errors."""
        data = path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if self._decode is None:
                raise LiantuError("file.encoding", file=name) from error
        return self._decode(data, name)

    def passage(self, line: Mapping[str, Any], number: int) -> str:
        """The text that a line points to, checked against its hash."""
        where = {"file": self.gold, "line": number, "text": line["file"]}
        if self._folder is None:
            raise LiantuError("gold.elsewhere", **where)
        ((key, value),) = line["record"].items()
        found = self._read(self._folder, line["file"], key, number).get(value, {}).get(line["field"])
        if not isinstance(found, str):
            raise LiantuError("gold.missing", record=f"{key} {value}", **where)
        text = found[line["start"] : line["end"]]
        if hashlib.sha256(text.encode()).hexdigest() != line["sha256"]:
            raise LiantuError("gold.changed", record=f"{key} {value}", **where)
        return text

    def _read(self, folder: Path, file: str, key: str, number: int) -> dict[Any, Mapping[str, Any]]:
        if (file, key) not in self._records:
            path = folder / file
            if not path.resolve().is_relative_to(folder.resolve()):
                raise self.unreadable(
                    f"第 {number} 行所指文件不在目录内", f"line {number} names a file outside the folder"
                )
            if not path.is_file():
                raise LiantuError("file.missing", file=file)
            self._records[file, key] = {row[key]: row for row in self._rows(path, file) if key in row}
        return self._records[file, key]

    def _rows(self, path: Path, file: str) -> list[dict[Any, Any]]:
        """The records of a JSON Lines file of texts."""
        text = self.text_of(path, file)
        try:
            return [json.loads(row) for row in text.split("\n") if row.strip()]
        except (ValueError, RecursionError) as error:
            reason = Text("不是 JSON Lines", "it is no JSON Lines")
            raise LiantuError("file.unreadable", file=file, reason=reason) from error


def _line(shelf: _Shelf, number: int, row: str) -> Line:
    """One annotated passage; `file.unreadable` names the line where it is none, and the field."""
    try:
        read = json.loads(row)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise shelf.unreadable(f"第 {number} 行不是 JSON 对象", f"line {number} is no JSON object")
    line: Line = read
    if "text" not in line and "file" in line:
        try:
            line = _covered(line, shelf.passage(line, number))
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            raise shelf.unreadable(
                f"第 {number} 行所指的位置不全或不在文中",
                f"line {number} points to no place of a text, or lacks what an annotation by offsets has",
            ) from None
    fault = next(_faults(line), None)
    if fault is not None:
        field, due = fault
        raise shelf.unreadable(
            f"第 {number} 行不是标注段落，{field} 应为{due.zh}",
            f"line {number} is no annotated passage: {field} should be {due.en}",
        )
    return line


def _covered(line: Line, text: str) -> Line:
    """The annotations of a line with the words of the passage that their offsets cover."""

    def words(item: Mapping[str, Any]) -> Line:
        return {**item, "surface": _slice(text, item["start"], item["end"])}

    entities = [words(item) for item in line["entities"]]
    measures = [
        words(item)
        | {
            "text": _slice(text, *item["core"]),
            "responsible": [entities[body]["surface"] for body in item["responsible"]],
        }
        for item in line["measures"]
    ]

    def end(tail: Any) -> Any:
        return {"measure": measures[tail["measure"]]["text"]} if isinstance(tail, Mapping) else tail

    return {
        **line,
        "text": text,
        "entities": entities,
        "relations": [{**item, "tail": end(item["tail"])} for item in line["relations"]],
        "quantities": [words(item) for item in line["quantities"]],
        "measures": measures,
    }


def _slice(text: str, start: int, end: int) -> str:
    if not 0 <= start < end <= len(text):
        raise IndexError(start, end)
    return text[start:end]


def _faults(line: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    """The fields of a line that scoring cannot read, and what they should be."""
    if not isinstance(line.get("text"), str):
        yield "text", Text("文字", "words")
    for name in _LISTS:
        items = line.get(name, [] if name in _MAY_LACK else None)
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            yield name, Text("由 {…} 组成的列表", "a list of objects")
            return
    for field, item in _items(line, "entities"):
        yield from _wordless(field, item, "kind", "surface")
    for field, item in _items(line, "relations"):
        yield from _wordless(field, item, "kind")
        for end in ("head", "tail"):
            place = item.get(end)
            if end == "tail" and isinstance(place, dict):
                yield from _wordless(f"{field}.tail", place, "measure")
            elif type(place) is not int or not 0 <= place < len(line["entities"]):
                yield f"{field}.{end}", Text("entities 中的序号（从 0 起）", "a place in `entities`, from 0")
    for field, item in _items(line, "quantities"):
        yield from _wordless(field, item, "type", "surface")
        if not _is_number(item.get("value")):
            yield f"{field}.value", Text("数字", "a number")
    for field, item in _items(line, "measures"):
        yield from _wordless(field, item, "text", *(("surface",) if "surface" in item else ()))


def _items(line: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The items of a list, each with its field."""
    for number, item in enumerate(line.get(name, ())):
        yield f"{name}[{number}]", item


def _wordless(field: str, item: Mapping[str, Any], *names: str) -> Iterator[tuple[str, Text]]:
    """The fields of an item that are no words."""
    for name in names:
        if not isinstance(item.get(name), str) or not item[name].strip():
            yield f"{field}.{name}", Text("非空的文字", "text that is not empty")


def _is_number(value: object) -> bool:
    """Whether a value is a number, which may stand in quotes."""
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(float(value))
    except (ValueError, OverflowError):
        return False


def _doubts(line: Line, number: int, first: dict[str, int]) -> Iterator[tuple[str, Text]]:
    """What of a sound line is most likely not meant; `first` holds the line in which each id came first."""
    if line.get("id") is not None:
        before = first.setdefault(str(line["id"]), number)
        if before != number:
            yield "id", Text(f"与第 {before} 行相同", f"it is that of line {before}, too")
    text = unspaced(line["text"])
    for name, kind, known in (
        ("entities", "kind", NODES),
        ("relations", "kind", EDGES),
        ("quantities", "type", _QUANTITIES),
    ):
        for field, item in _items(line, name):
            if item[kind] not in known:
                yield f"{field}.{kind}", _UNKNOWN
    for name in ("entities", "quantities", "measures"):
        for field, item in _items(line, name):
            words = unspaced(item.get("surface", item.get("text")))
            begin, end = item.get("start"), item.get("end")
            if words not in text:
                yield field, Text("原文中没有这些文字", "its words do not stand in the text")
            elif (
                type(begin) is int
                and type(end) is int
                and (begin < 0 or unspaced(line["text"][begin:end]) != words)
            ):
                yield field, Text("start 到 end 不是这些文字", "other words stand from start to end")
    tasks = {unspaced(item["text"]) for item in line.get("measures", ())}
    for field, item in _items(line, "relations"):
        tail = item["tail"]
        if isinstance(tail, Mapping) and "measures" in line and unspaced(tail["measure"]) not in tasks:
            yield f"{field}.tail", Text("measures 中没有这一举措", "`measures` has no such task")
