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
    before, after = dict(_known(then)), dict(_known(now))
    found = [Difference(OPENED, one, ()) for key, one in after.items() if key not in before]
    found += [Difference(CLOSED, one, ()) for key, one in before.items() if key not in after]
    for key, one in after.items():
        details = tuple(_differences(question, before[key], one)) if key in before else ()
        if details:
            found.append(Difference(CHANGED, one, details))
    return tuple(sorted(found, key=_place))


def _place(one: Difference) -> tuple[int, bool, Named, str]:
    subject = one.subject
    return ORDER.index(one.what), subject is None, subject or Named("", ""), str(one.details)


_Key = tuple[str, ...]


def _known(findings: tuple[Finding, ...]) -> Iterator[tuple[_Key, Finding]]:
    """Each finding with what it is known by: the nodes that it names and its kind, and its turn among equals."""
    seen: dict[_Key, int] = {}
    for finding in findings:
        values = (getattr(finding, item.name) for item in fields(finding))
        key = (
            *(value.id for value in values if isinstance(value, Named)),
            str(getattr(finding, "kind", "")),
        )
        seen[key] = seen.get(key, 0) + 1
        yield (*key, str(seen[key])), finding


def _differences(question: Question, then: Finding, now: Finding) -> Iterator[Text]:
    """The columns for people that differ, in words."""
    labels: Mapping[str, Text] = field_labels(question.finding)
    for name in heads(question.finding):
        one, other = getattr(then, name), getattr(now, name)
        if one != other and not isinstance(one, Named):
            yield Text(
                zh=f"{labels[name].zh} {_shown(one).zh} → {_shown(other).zh}",
                en=f"{labels[name].en} {_shown(one).en} → {_shown(other).en}",
            )


def _shown(value: Any) -> Text:
    if value is None or value == ():
        return Text("–", "–")
    if isinstance(value, tuple):
        parts = [_shown(one) for one in value]
        return Text("、".join(sorted(one.zh for one in parts)), ", ".join(sorted(one.en for one in parts)))
    if isinstance(value, Text):
        return value
    if isinstance(value, float):
        return Text(f"{value:g}", f"{value:g}")
    told = value.name if isinstance(value, Named) else str(value)
    return Text(told, told)
