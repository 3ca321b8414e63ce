"""Two answers to one question compared (前后对照): which findings opened, which closed, and whose figures differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from graph.gaps.finding import Finding, Named, Question, field_labels, heads
from graph.language import Text

OPENED: Final = "新增"
CLOSED: Final = "消除"
CHANGED: Final = "变化"
ORDER: Final = (OPENED, CLOSED, CHANGED)
LEGEND: Final = Text(
    zh="新增：以前没有、现在有的发现；消除：以前有、现在没有的；变化：都有而数字或状态不同。",
    en="新增 opened: found now and not then; 消除 closed: found then and not now; 变化 changed: found both times, with "
    "other figures.",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding that opened, closed, or says other figures: as it is now, or was where it closed; and the figures."""

    what: str
    finding: Finding
    details: tuple[Text, ...]

    @property
    def subject(self) -> Named | None:
        """The first node that the finding names; None where it speaks of the whole."""
        values = (getattr(self.finding, item.name) for item in fields(self.finding))
        return next((value for value in values if isinstance(value, Named)), None)


def compared(
    question: Question, then: tuple[Finding, ...], now: tuple[Finding, ...]
) -> tuple[Difference, ...]:
    """What differs between two answers to a question: opened before closed before changed, each by subject.

    A finding is known by the nodes that it names in fields of their own and by its kind, not by its figures. Its figures
    are the columns that people see.
    """
    before, after = _known(then), _known(now)
    found: list[Difference] = []
    for key, findings in after.items():
        pairs, opened = _paired(before.get(key, []), findings)
        found += [Difference(OPENED, one, ()) for one in opened]
        for was, one in pairs:
            details = tuple(_differences(question, was, one))
            if details:
                found.append(Difference(CHANGED, one, details))
    for key, findings in before.items():
        found += [Difference(CLOSED, one, ()) for one in _paired(after.get(key, []), findings)[1]]
    return tuple(sorted(found, key=_place))


def _place(one: Difference) -> tuple[int, bool, Named, str]:
    subject = one.subject
    return ORDER.index(one.what), subject is None, subject or Named("", ""), str(one.details)


_Key = tuple[str, ...]


def _known(findings: tuple[Finding, ...]) -> dict[_Key, list[Finding]]:
    """The findings by what they are known by: the nodes that they name, and their kind."""
    known: dict[_Key, list[Finding]] = {}
    for finding in findings:
        values = (getattr(finding, item.name) for item in fields(finding))
        named = (value.id for value in values if isinstance(value, Named))
        known.setdefault((*named, str(getattr(finding, "kind", ""))), []).append(finding)
    return known


def _paired(
    others: list[Finding], findings: list[Finding]
) -> tuple[list[tuple[Finding, Finding]], list[Finding]]:
    """Findings known by the same, each with its other one, of its own level of education first; and who has none."""
    left, pairs, alone = list(others), [], []
    for finding in findings:
        place = next((number for number, one in enumerate(left) if _level(one) == _level(finding)), None)
        if place is None:
            alone.append(finding)
        else:
            pairs.append((left.pop(place), finding))
    pairs += zip(left, alone, strict=False)
    return pairs, alone[len(left) :]


def _level(finding: Finding) -> str:
    return str(getattr(finding, "level", None))


def _differences(question: Question, then: Finding, now: Finding) -> Iterator[Text]:
    """The columns for people that differ, in words."""
    labels: Mapping[str, Text] = field_labels(question.finding)
    for name in heads(question.finding):
        one, other = getattr(then, name), getattr(now, name)
        if one != other and not isinstance(one, Named):
            yield Text(
                zh=f"{labels[name].zh} {shown(one).zh} → {shown(other).zh}",
                en=f"{labels[name].en} {shown(one).en} → {shown(other).en}",
            )


def shown(value: Any) -> Text:
    """A value of a finding in words: nodes by name, a list in order, unknown as a dash."""
    if value is None or value == ():
        return Text("–", "–")
    if isinstance(value, tuple):
        parts = [shown(one) for one in value]
        return Text("、".join(sorted(one.zh for one in parts)), ", ".join(sorted(one.en for one in parts)))
    if isinstance(value, Text):
        return value
    if isinstance(value, float):
        return Text(f"{value:g}", f"{value:g}")
    told = value.name if isinstance(value, Named) else str(value)
    return Text(told, told)
