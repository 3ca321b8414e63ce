"""`liantu evaluate GOLD.jsonl…`: the extraction against annotated text, as precision, recall and F1 (评测)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli.consulting import consulting
from cli.options import FormatOption, ModelOption, OutputOption, RecognitionOption
from cli.output import Format, table, write_json, write_rows, write_view, written_as
from graph.errors import LiantuError
from graph.language import Text

if TYPE_CHECKING:
    from nlp.extraction import Extraction
    from nlp.language_model.consultation import Consultation
    from nlp.scoring import Difference, Report, Score

WHAT: Final = {
    "entities": Text("实体", "entities"),
    "relations": Text("关系", "relations"),
    "quantities": Text("数量", "quantities"),
    "measures": Text("举措", "measures"),
}
_MISTAKES: Final = {"missing": Text("漏抽", "missing"), "wrong": Text("多抽", "wrong")}
_NUMBERS: Final = ("precision", "recall", "f1", "right", "wrong", "missing")
_DOUBTS_TOLD: Final = 20
_SENTENCE: Final = re.compile("[^。！？\n]*[。！？\n]?")


class Grouping(StrEnum):
    """By what the scores are broken down."""

    KIND = "kind"
    GENRE = "genre"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """An annotated passage beside what was found in it, and the file that it stands in."""

    file: str
    line: Mapping[str, Any]
    found: Extraction


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD.jsonl…",
            help=str(Text("标注文件，每行一个段落", "Annotated files, one passage a line")),
        ),
    ],
    by: Annotated[
        Grouping | None,
        typer.Option("--by", help=str(Text("分组给出得分", "Break the scores down"))),
    ] = None,
    errors: Annotated[
        int,
        typer.Option(
            "--errors",
            min=0,
            metavar="N",
            help=str(
                Text(
                    "列出前 N 处多抽与漏抽及其原句",
                    "Show the first N wrong and missing ones in their sentence",
                )
            ),
        ),
    ] = 0,
    together: Annotated[
        bool,
        typer.Option(
            "--together",
            help=str(Text("把一个文件的各行作为一篇文件来读", "Read the lines of a file as one document")),
        ),
    ] = False,
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts",
            metavar="DIR",
            help=str(
                Text(
                    "标注所指文本的存放目录（标注只含位置与哈希时）",
                    "The folder of the texts that annotations by offsets and hash point into",
                )
            ),
        ),
    ] = None,
    recognition: RecognitionOption = None,
    model: ModelOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Write the scores of the extraction; with --errors (CSV: instead) what is wrong and what is missing."""
    form = written_as(form, output)
    with consulting(model, recognition) as consulted:
        passages = _read(gold, texts, together, consulted)
        _write(passages, by, errors, form, output)


def _write(
    passages: Sequence[GoldPassage], by: Grouping | None, errors: int, form: Format, output: Path | None
) -> None:
    scores = list(_scores(passages, by))
    mistakes = list(_mistakes(passages, errors))
    if form is Format.JSON:
        write_json({"scores": scores} | ({"errors": mistakes} if errors else {}), output)
        return
    scores, mistakes = [_in_words(row) for row in scores], [_in_words(row) for row in mistakes]
    if form is Format.CSV:
        write_rows(
            mistakes if errors else scores,
            _error_titles() if errors else _score_titles(by),
            form,
            output=output,
        )
    else:
        from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without

        tables = [table(scores, _score_titles(by))]
        tables += [table(mistakes, _error_titles())] if errors else []
        write_view(Group(*tables), output)


def _read(
    gold: Sequence[Path], texts: Path | None, together: bool, consulted: Consultation | None
) -> list[GoldPassage]:
    from ingest.passages import extract_gold  # noqa: PLC0415 - loads spaCy
    from ingest.read.encoding import decode  # noqa: PLC0415 - beside it
    from nlp.gold import read_gold  # noqa: PLC0415 - beside it

    doubts: list[LiantuError] = []
    files = []
    for path in gold:
        files.append(read_gold(path, texts, decode=decode, doubtful=doubts.append))
        if not files[-1]:
            raise LiantuError("file.empty", file=path.name)
    _tell(doubts)
    found = iter(extract_gold(files, together=together, consulted=consulted))
    return [
        GoldPassage(name, line, next(found))
        for name, lines in zip(told_apart(gold), files, strict=True)
        for line in lines
    ]


def _tell(doubts: Sequence[LiantuError]) -> None:
    """Say on stderr what of the annotations is most likely not meant."""
    note = Text("提示", "note")
    for one in doubts[:_DOUBTS_TOLD]:
        sys.stderr.write(f"{note}[{one.code}]: {one}\n")
    if len(doubts) > _DOUBTS_TOLD:
        rest = len(doubts) - _DOUBTS_TOLD
        sys.stderr.write(f"{note}: {Text(f'另有 {rest} 处', f'{rest} more like these')}\n")


def told_apart(paths: Sequence[Path]) -> list[str]:
    """The names of files, each with as many of its folders as tell it from the others of its name."""
    parts = [path.resolve().parts for path in paths]
    return ["/".join(one[-_parts_needed(one, parts) :]) for one in parts]


def _parts_needed(one: Sequence[str], all_parts: Sequence[Sequence[str]]) -> int:
    others = [other for other in all_parts if other != one]
    return next(
        length
        for length in range(1, len(one) + 1)
        if all(other[-length:] != one[-length:] for other in others)
    )


def _report(passages: Sequence[GoldPassage]) -> Report:
    from nlp.scoring import score  # noqa: PLC0415 - loads with the extraction

    return score([passage.line for passage in passages], [passage.found for passage in passages])


def _scores(passages: Sequence[GoldPassage], by: Grouping | None) -> Iterator[dict[str, Any]]:
    if by is Grouping.KIND:
        kinds = _report(passages).kinds
        order = list(WHAT)
        for (what, kind), score in sorted(
            kinds.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        ):
            yield _row(what, score, kind)
        return
    groups: dict[str, list[GoldPassage]] = {}
    for passage in passages:
        name = passage.file if by is Grouping.FILE else str(passage.line.get("genre") or "")
        groups.setdefault(name if by else "", []).append(passage)
    for name, members in sorted(groups.items()):
        report = _report(members)
        for what in WHAT:
            yield _row(what, getattr(report, what) if what in report.annotated else None, name)


def _row(what: str, score: Score | None, group: str) -> dict[str, Any]:
    """A line of scores; nothing in it where the passages are not annotated for that."""
    if score is None:
        return {"what": what, "group": group} | dict.fromkeys(_NUMBERS)
    return {
        "what": what,
        "group": group,
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "f1": round(score.f1, 3),
        "right": score.hits,
        "wrong": score.wrong,
        "missing": score.missed,
    }


def _mistakes(passages: Sequence[GoldPassage], limit: int) -> Iterator[dict[str, Any]]:
    for passage in passages:
        for difference in _report([passage]).differences:
            if limit <= 0:
                return
            limit -= 1
            yield {
                "file": passage.file,
                "passage": passage.line["id"],
                "error": "missing" if difference.missed else "wrong",
                "what": difference.what,
                "item": " ".join(str(part) for part in difference.item),
                "sentence": _sentence(passage.line["text"], difference),
            }


def _in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as people read it, in their language."""
    what = str(WHAT[row["what"]])
    if row.get("right", 0) is None:
        what += str(Text("（未标注）", " (not annotated)"))
    return {**row, "what": what} | ({"error": str(_MISTAKES[row["error"]])} if "error" in row else {})


def _sentence(text: str, difference: Difference) -> str:
    """The sentence that holds what was missed or wrongly found, of a relation both its ends, or all between the nearest.

    The passage where no sentence holds one of them whole.
    """
    sentences = [match.group() for match in _SENTENCE.finditer(text)]
    bare = ["".join(sentence.split()) for sentence in sentences]
    ends = difference.item[1:] if difference.what == "relations" else difference.item[-1:]
    heads, tails = (
        [number for number, sentence in enumerate(bare) if "".join(str(words).split()) in sentence]
        for words in (ends[0], ends[-1])
    )
    if not heads or not tails:
        return text
    pairs = ((head, min(tails, key=lambda tail: abs(tail - head))) for head in heads)
    near = min(pairs, key=lambda pair: abs(pair[0] - pair[1]))
    begin, end = min(near), max(near)
    return "".join(sentences[begin : end + 1]).strip()


def _score_titles(by: Grouping | None) -> dict[str, str]:
    titles = {
        "what": str(Text("内容", "what")),
        "group": str(Text("分组", "group")),
        "precision": str(Text("精确率", "precision")),
        "recall": str(Text("召回率", "recall")),
        "f1": "F1",
        "right": str(Text("正确", "right")),
        "wrong": str(Text("多抽", "wrong")),
        "missing": str(Text("漏抽", "missing")),
    }
    if by is None:
        del titles["group"]
    return titles


def _error_titles() -> dict[str, str]:
    return {
        "file": str(Text("文件", "file")),
        "passage": str(Text("段落", "passage")),
        "error": str(Text("错误", "error")),
        "what": str(Text("内容", "what")),
        "item": str(Text("所指", "item")),
        "sentence": str(Text("原句", "sentence")),
    }
