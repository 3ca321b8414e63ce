"""Two answers to one question compared (前后对照): which findings opened, which closed, and whose figures differ."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from operator import attrgetter
from typing import Any, Final, NamedTuple

import pyarrow as pa

from graph.gaps.finding import Finding, Named, Question, field_labels, heads
from graph.language import Text
from graph.project import Projection

OPENED: Final = "新增"
CLOSED: Final = "消除"
CHANGED: Final = "变化"
LEGEND: Final = Text(
    zh="新增：以前没有、现在有的发现；消除：以前有、现在没有的；变化：都有而数字或状态不同。",
    en="新增 opened: found now and not then; 消除 closed: found then and not now; 变化 changed: found both times, with "
    "other figures.",
)


class Difference(NamedTuple):
    """A finding that opened, closed, or says other figures: as it is now, or was where it closed; and the figures.

    `subject` is the first node that it names; None where it speaks of the whole.
    """

    what: str
    finding: Finding
    subject: Named | None
    details: tuple[Text, ...] = ()


def reads_others(question: Question, then: Projection, now: Projection) -> bool:
    """Whether any table that a question reads differs between two projections; if none does, nor do its answers."""
    pairs = [(then.nodes.get(name), now.nodes.get(name)) for name in question.labels]
    pairs += [(then.edges.get(name), now.edges.get(name)) for name in question.kinds]
    pairs.append((then.sources, now.sources))
    if any(_differ(one, other) for one, other in pairs):
        return True
    limited = then.beyond is not then or now.beyond is not now
    return limited and reads_others(question, then.beyond, now.beyond)


def _differ(one: pa.Table | None, other: pa.Table | None) -> bool:
    if one is other:
        return False
    if one is None or other is None or one.num_rows != other.num_rows:
        return True
    return not one.equals(other)


def compared(
    question: Question, then: tuple[Finding, ...], now: tuple[Finding, ...]
) -> tuple[Difference, ...]:
    """What differs between two answers to a question: opened before closed before changed, each by subject.

    A finding is known by the nodes that it names in fields of their own and by its kind, not by its figures. Its figures
    are the columns that people see.
    """
    nodes, columns = _nodes(question.finding), _reader(heads(question.finding))
    before, after = _known(then, nodes), _known(now, nodes)
    opened: list[Finding] = []
    closed: list[Finding] = []
    changed: list[Finding] = []
    details: list[tuple[Text, ...]] = []
    for key, findings in after.items():
        others = before.get(key)
        if others is None:
            opened += findings
            continue
        pairs, alone = _paired(others, findings)
        opened += alone
        for was, one in pairs:
            if columns(was) != columns(one) and (told := tuple(_differences(question, was, one))):
                changed.append(one)
                details.append(told)
    for key, findings in before.items():
        closed += _paired(after[key], findings)[1] if key in after else findings
    return (
        *_in_order(OPENED, opened, nodes, repeat((), len(opened))),
        *_in_order(CLOSED, closed, nodes, repeat((), len(closed))),
        *_in_order(CHANGED, changed, nodes, details),
    )


def _in_order(
    what: str, findings: list[Finding], nodes: Sequence[str], details: Iterable[tuple[Text, ...]]
) -> list[Difference]:
    """The findings as differences, by subject."""
    subjects: list[Named | None] = [None] * len(findings)
    for name in reversed(nodes):
        own = map(attrgetter(name), findings)
        subjects = [later if one is None else one for one, later in zip(own, subjects, strict=True)]
    told = list(map(Difference, repeat(what), findings, subjects, details))
    places = [
        (True, "", "", str(also) if also else "")
        if one is None
        else (False, one.name, one.id, str(also) if also else "")
        for _, _, one, also in told
    ]
    return [told[place] for place in sorted(range(len(told)), key=places.__getitem__)]


_Key = tuple[str, ...]


def _known(findings: Sequence[Finding], nodes: Sequence[str]) -> dict[_Key, Sequence[Finding]]:
    """The findings by what they are known by: the nodes that they name, and their kind.

    No evidence is looked at: of findings that stay as they were nobody will.
    """
    columns = [[None if one is None else one.id for one in map(attrgetter(name), findings)] for name in nodes]
    kinds = [str(getattr(one, "kind", "")) for one in findings]
    keys: list[_Key] = [
        tuple(one for one in key if one is not None) if None in key else key
        for key in zip(*columns, kinds, strict=True)
    ]
    known: dict[_Key, Sequence[Finding]] = dict(zip(keys, zip(findings), strict=True))
    if len(known) < len(keys):
        several: dict[_Key, list[Finding]] = {}
        for key, finding in zip(keys, findings, strict=True):
            several.setdefault(key, []).append(finding)
        return dict(several)
    return known


def _nodes(kind: type[Finding]) -> list[str]:
    """The fields of a kind of finding that hold one node, or none."""
    hints = typing.get_type_hints(kind)
    one_node = (Named, Named | None)
    return [item.name for item in fields(kind) if hints[item.name] in one_node]


def _reader(names: Iterable[str]) -> Callable[[Finding], tuple[Any, ...]]:
    listed = list(names)
    if len(listed) > 1:
        return attrgetter(*listed)
    if not listed:
        return lambda _: ()
    read = attrgetter(*listed)
    return lambda finding: (read(finding),)


def _paired(
    others: Sequence[Finding], findings: Sequence[Finding]
) -> tuple[list[tuple[Finding, Finding]], Sequence[Finding]]:
    """Findings known by the same, each with its other one, of its own level of education first; and who has none."""
    if not others:
        return [], findings
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


_WHOLE: Final = 1e6  # from here on a figure is told without decimals


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
        told = f"{value:g}" if abs(value) < _WHOLE else f"{value:.0f}"  # 3200000, not 3.2e+06
        return Text(told, told)
    told = value.name if isinstance(value, Named) else str(value)
    return Text(told, told)
