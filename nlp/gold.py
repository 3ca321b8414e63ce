"""Gold (标注): annotated passages, one a line, whole or joined with texts that lie elsewhere.

A line holds its `text`, or says where it stands: `file` (JSON Lines under the folder of the texts), `record` (the key and
value that tell the record, such as `{"id": 3}`), `field`, `start` and `end` in that field, and the `sha256` of the
passage. Annotations of such a line name offsets in the passage; what they cover is read from it. A line without
`quantities` or `measures` is not annotated for them: what is read of them there is neither right nor wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from graph.errors import LiantuError
from graph.language import Text
from nlp.extraction import Context

Line = dict[str, Any]


def read_gold(path: Path, texts: Path | None = None) -> list[Line]:
    """The annotated passages of a file, each with its text and surfaces; `texts` is the folder of texts elsewhere.

    Raises `file.missing`, `file.encoding`, `file.unreadable` (which names the line), `gold.elsewhere` (a text is
    wanted and no folder given), `gold.missing` (the record is not there) or `gold.changed` (its hash differs).
    """
    if not path.is_file():
        raise LiantuError("file.missing", file=path.name)
    shelf = _Shelf(path.name, texts)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise LiantuError("file.encoding", file=path.name) from error
    return [_line(shelf, number, text) for number, text in enumerate(lines, 1) if text.strip()]


def dated(line: Mapping[str, Any]) -> Context:
    """The context of a passage of which no more is known than its `date`, if that."""
    date = line.get("date")
    return Context(date=date if isinstance(date, str) else None)


class _Shelf:
    """The texts of other files, each file read once."""

    def __init__(self, gold: str, folder: Path | None) -> None:
        self.gold = gold
        self._folder = folder
        self._records: dict[tuple[str, str], dict[Any, Mapping[str, Any]]] = {}

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
                reason = Text(
                    f"第 {number} 行所指文件不在目录内", f"line {number} names a file outside the folder"
                )
                raise LiantuError("file.unreadable", file=self.gold, reason=reason)
            if not path.is_file():
                raise LiantuError("file.missing", file=file)
            self._records[file, key] = {row[key]: row for row in _rows(path, file) if key in row}
        return self._records[file, key]


def _rows(path: Path, file: str) -> list[dict[Any, Any]]:
    """The records of a JSON Lines file of texts."""
    try:
        return [json.loads(row) for row in path.read_text(encoding="utf-8-sig").split("\n") if row.strip()]
    except UnicodeDecodeError as error:
        raise LiantuError("file.encoding", file=file) from error
    except ValueError as error:
        reason = Text("不是 JSON Lines", "it is no JSON Lines")
        raise LiantuError("file.unreadable", file=file, reason=reason) from error


def _line(shelf: _Shelf, number: int, text: str) -> Line:
    """One annotated passage; `file.unreadable` names the line where it is none."""
    line: Any = None
    try:
        line = json.loads(text)
        if "text" not in line:
            line = _covered(line, shelf.passage(line, number))
        fault = _fault(line)
    except _UNSOUND as error:
        fault = _unlike(line, error)
    if fault is not None:
        reason = Text(
            f"第 {number} 行不是标注段落：{fault.zh}", f"line {number} is no annotated passage: {fault.en}"
        )
        raise LiantuError("file.unreadable", file=shelf.gold, reason=reason)
    sound: Line = {"id": number} | line
    return sound


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


def _fault(line: Mapping[str, Any]) -> Text | None:
    """What scoring cannot read in the line; None where it can read it all."""
    for name, sound in _SOUND.items():
        try:
            if (name in _OPTIONAL and name not in line) or sound(line):
                continue
        except _UNSOUND as error:
            if isinstance(error, KeyError) and error.args[0] != name:
                lacking = error.args[0]
                return Text(f"{name} 中缺少 {lacking}", f"{lacking} is missing in {name}")
        if name not in line:
            return Text(f"缺少 {name}", f"{name} is missing")
        return Text(f"{name} 的内容有误", f"{name} is not as it should be")
    return None


def _unlike(line: Any, error: Exception) -> Text:
    """What is wrong with a line that could not even be joined with its text."""
    if line is None:
        return Text("不是 JSON", "it is no JSON")
    if not isinstance(line, Mapping):
        return Text("不是 {…}", "it is no {…}")
    if isinstance(error, KeyError):
        return Text(f"缺少 {error.args[0]}", f"{error.args[0]} is missing")
    if isinstance(error, IndexError):
        return Text("位置超出段落", "a place is outside the passage")
    return Text("text，或所指文本的位置有误", "text, or where the text stands, is not as it should be")


def _are_ends(line: Mapping[str, Any]) -> bool:
    entities = len(line["entities"])
    ends = [end for item in line["relations"] for end in (item["head"], item["tail"])]
    return all(
        isinstance(end["measure"], str) if isinstance(end, dict) else 0 <= end < entities for end in ends
    )


_UNSOUND = (ValueError, TypeError, KeyError, IndexError, AttributeError)
_OPTIONAL = frozenset({"quantities", "measures"})
_SOUND: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "text": lambda line: isinstance(line["text"], str),
    "entities": lambda line: all(isinstance(one["surface"], str) and one["kind"] for one in line["entities"]),
    "relations": _are_ends,
    "quantities": lambda line: all(
        isinstance(one["surface"], str) and one["type"] and float(one["value"]) is not None
        for one in line["quantities"]
    ),
    "measures": lambda line: all(isinstance(one["text"], str) for one in line["measures"]),
}
