"""What a gap question is and what it answers with (缺口问题与发现): frozen, labelled, resting on claims.

The fields of a finding are of few types, so that a sheet, a DataFrame and a GraphQL type come from the class:
`str`, `int`, `float`, `bool` (or None: unknown), `Named`, and tuples of `str`,
`Named` or `Text`.
"""

from __future__ import annotations

import heapq
import inspect
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any, Final, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.columns import Grouped, in_order
from graph.gaps.parameters import checked
from graph.language import Text
from graph.project import Projection

REALISED: Final[tuple[str | None, ...]] = ("完成", None)
"""Statuses that count as done: said to be done, or told as a fact without any status (records mostly)."""

UNDER_WAY: Final[tuple[str | None, ...]] = ("在建",)
"""Statuses of what has begun; shown apart, never as done. What is planned or encouraged is neither."""

MINIMUM_CONFIDENCE: Final = 0.5
"""Claims less sure than this are not believed, unless a question is told otherwise."""

EVIDENCE_SHOWN: Final = 5
"""How many claims a finding carries at most, the most telling first."""


RowsByKind: TypeAlias = Mapping[str, Collection[int] | NDArray[Any]]
"""Rows of claims by the kind of the edge."""

RowSets: TypeAlias = dict[str, set[int]]
"""The same, being gathered."""

T = TypeVar("T")
F = TypeVar("F", bound="Finding")

Premise: TypeAlias = RowsByKind | Callable[[], RowsByKind]
"""What a finding rests on: the claims, or what finds them when somebody looks."""

_RANKS: Final = {"STATES": 2, "MENTIONS": 1}  # a kind of edge that is not here links, and goes first
_FEW: Final = 32  # rows that are put in order one by one
_MANY: Final = 512  # rows of more that are put in order at a time


def label(
    zh: str,
    en: str,
    *,
    head: Text | None = None,
    note: bool = False,
    legend: Text | None = None,
    subject: bool = False,
    bound: bool = False,
) -> dict[str, Any]:
    """The metadata of a field of a finding: its label in both languages, and how a page for people shows it.

    A field with a `head` (a shorter label) is a column of the table, a `note` stands under its row where there is
    one; any other is left to sheets and programs. A `legend` explains the column's signs.
    A `subject` names a node that the finding is about, too, besides the first one that it names; what is `bound` names
    those of which one at least must be asked about, where it names any.
    """
    return {
        "label": Text(zh=zh, en=en),
        "head": head,
        "note": note,
        "legend": legend,
        "subject": subject,
        "bound": bound,
    }


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A node as findings name it."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer to a gap question, with the claims that it rests on.

    `confidence` is how sure the claims make it: of each premise the surest claim, of all premises the
    weakest; None where no claim was needed. `as_of` is the newest date that the claims shown speak of (截至); None where
    none of them says when. Evidence that is given as `later` is looked up when it is first looked at.
    """

    evidence: tuple[Claim, ...] = field(default=(), metadata=label("依据", "evidence"))
    confidence: float | None = field(default=None, metadata=label("置信度", "confidence"))
    as_of: str | None = field(default=None, metadata=label("截至", "as of"))


class _Later(tuple[Any, ...]):
    """What looks a field up, and of what. A tuple, because it is made a million times."""

    __slots__ = ()


def later(look: Callable[..., T], *of: Any) -> T:
    """What a finding tells, `look(*of)`, looked up when somebody looks at it: of half a million findings few are.

    For the evidence, and for the fields that the class names by `may_come_later`.
    """
    made: Any = _Later((look, *of))
    return made  # type: ignore[no-any-return]


def each_later(look: Callable[..., Any], *columns: Iterable[Any]) -> list[Any]:
    """`later(look, …)` of each row of columns."""
    return [_Later((look, *row)) for row in zip(*columns, strict=True)]


class _Slot:
    """A field of findings that looks up what was given as `later`.

    Each has a class of its own, `_slot_of`, whose `__set__` is that of the member: millions of fields are set.
    """

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, finding: Finding | None, kind: type) -> Any:
        if finding is None:
            return self._slot
        value = self._slot.__get__(finding, kind)
        if isinstance(value, _Later):
            look, *of = value
            value = look(*of)
            self._slot.__set__(finding, value)
        return value


class _AsOf(_Slot):
    """The slot of `Finding.as_of`: where the question gives none, the newest date of the evidence."""

    def __get__(self, finding: Finding | None, kind: type) -> Any:
        if finding is None:
            return self._slot
        value = self._slot.__get__(finding, kind)
        if value is None:
            value = max((one.observed for one in finding.evidence if one.observed), default=_UNDATED)
            self._slot.__set__(finding, value)
        return None if value is _UNDATED else value


def _slot_of(member: Any, kind: type[_Slot] = _Slot) -> _Slot:
    """The slot of a member."""
    own: type[_Slot] = type(kind.__name__, (kind,), {"__set__": staticmethod(member.__set__)})
    return own(member)


_UNDATED: Final = ""  # its evidence was looked at, and tells no date
_given: Final[Callable[[Finding], Any]] = Finding.__dict__["evidence"].__get__  # not looked up
setattr(Finding, "evidence", _slot_of(Finding.__dict__["evidence"]))  # noqa: B010 (mypy takes it for a field)
setattr(Finding, "as_of", _slot_of(Finding.__dict__["as_of"], _AsOf))  # noqa: B010


def may_come_later(*names: str) -> Callable[[type[F]], type[F]]:
    """A class of findings of which these fields may be given as `later`."""

    def made(kind: type[F]) -> type[F]:
        for name in names:
            setattr(kind, name, _slot_of(kind.__dict__[name]))
        return kind

    return made


def rests_on_the_same(finding: Finding) -> tuple[Claim, ...]:
    """The evidence of a finding for another one, not looked up by that."""
    return cast("tuple[Claim, ...]", _given(finding))


@dataclass(frozen=True, slots=True)
class Question:
    """A gap question: `answer` is pure; `labels` and `kinds` are the node and edge kinds that it reads.

    `answer` takes a projection and the question's own parameters; `question.parameter` where one of them is none of it,
    of another type or impossible.
    """

    name: str
    title: Text
    definition: Text
    finding: type[Finding]
    answer: Callable[..., tuple[Finding, ...]]
    labels: tuple[str, ...]
    kinds: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "answer", checked(self.answer))

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The keyword arguments of `answer` and their defaults."""
        signature = inspect.signature(self.answer)
        return {
            name: item.default
            for name, item in signature.parameters.items()
            if item.kind is inspect.Parameter.KEYWORD_ONLY
        }


def field_labels(finding: type[Finding]) -> dict[str, Text]:
    """The label of each field of a finding, its own fields first, evidence and confidence last."""
    labels = {item.name: item.metadata["label"] for item in fields(finding)}
    common = {name: labels.pop(name) for name in ("confidence", "as_of", "evidence")}
    return labels | common


def heads(finding: type[Finding]) -> dict[str, Text]:
    """The fields that are columns of a page for people, with their short labels: the telling ones."""
    return {item.name: item.metadata["head"] for item in fields(finding) if item.metadata["head"]}


def notes(finding: type[Finding]) -> dict[str, Text]:
    """The fields that stand under a row of such a page, with their labels."""
    return {item.name: item.metadata["label"] for item in fields(finding) if item.metadata["note"]}


def legends(finding: type[Finding]) -> tuple[Text, ...]:
    """What explains the signs of its columns."""
    return tuple(item.metadata["legend"] for item in fields(finding) if item.metadata["legend"])


def named(projection: Projection, identifiers: Collection[str]) -> tuple[Named, ...]:
    """Nodes with their names, ordered by name."""
    if not identifiers:
        return ()
    told = sorted(
        [(projection.name(one), one) for one in identifiers]
    )  # pairs compare faster than what they become
    return tuple([Named(name, one) for name, one in told])


def rounded(value: float | None, digits: int = 4) -> float | None:
    """A number as findings tell it; None for what is unknown or no number."""
    return None if value is None or math.isnan(value) else round(value, digits) + 0  # no −0


def united(several: Iterable[RowsByKind]) -> RowSets:
    """The rows of several readings together."""
    whole: RowSets = {}
    for rows in several:
        for kind, own in rows.items():
            whole.setdefault(kind, set()).update(own)
    return whole


class Names(dict[int, Named]):
    """Nodes by number as findings name them; each is made once, for all questions."""

    def __init__(self, projection: Projection) -> None:
        super().__init__()
        self._ids, self._names = projection.register.ids, projection.register.names
        self._order = projection.register.order

    def __missing__(self, number: int) -> Named:
        made = self[number] = Named(self._names[number], self._ids[number])
        return made

    def __call__(self, numbers: NDArray[Any] | Iterable[int]) -> tuple[Named, ...]:
        """Several nodes, ordered by name."""
        listed = np.array(numbers if isinstance(numbers, np.ndarray) else list(numbers), dtype=np.int64)
        if len(listed) > 1:
            listed = listed[np.argsort(self._order[listed])]
        return tuple(map(self.__getitem__, listed.tolist()))

    def of_groups(self, groups: Grouped) -> list[tuple[Named, ...]]:
        """The nodes of each group, ordered by name."""
        order = in_order(groups.keys, self._order[groups.values])
        listed = [*map(self.__getitem__, groups.values[order].tolist())]
        return [tuple(listed[start:end]) for start, end in pairwise(groups.starts.tolist())]


def names_of(projection: Projection) -> Names:
    """The nodes of a projection as findings name them."""
    return projection.once(Names, lambda: Names(projection))


def best_evidence(projection: Projection, rows: RowsByKind, shown: int = EVIDENCE_SHOWN) -> tuple[Claim, ...]:
    """The most telling claims of `rows` (edge kind → row numbers), at most `shown`.

    What documents and records say goes before catalogues, links before mentions before namings, surer before
    less sure, and one claim a quote.
    """
    told = [(kind, found) for kind, found in rows.items() if len(found)]
    if len(told) == 1 and len(told[0][1]) == 1:  # as of most findings
        ((kind, (row,)),) = told
        return (projection.claims(kind).claim(int(row)),)
    ordered = _all_in_order(projection, told)
    chosen: list[Claim] = []
    quotes: set[tuple[str, str | None, str | None]] = set()
    for _, kind, row in ordered:
        claim = projection.claims(kind).claim(row)
        words = (claim.source, claim.place, claim.quote)
        if words in quotes and claim.quote:
            continue
        quotes.add(words)
        chosen.append(claim)
        if len(chosen) == shown:
            break
    return tuple(chosen)


_Weighed: TypeAlias = tuple[tuple[bool, int, float, str], str, int]


def _all_in_order(
    projection: Projection, told: list[tuple[str, Collection[int] | NDArray[Any]]]
) -> Iterable[_Weighed]:
    """The rows of several kinds, the most telling first."""
    if sum(len(rows) for _, rows in told) > _FEW:
        return heapq.merge(*(_in_order(projection, kind, rows) for kind, rows in told))
    few: list[_Weighed] = []
    for kind, rows in told:
        few += _weighed(projection, kind, rows)
    few.sort()
    return few


def _weighed(projection: Projection, kind: str, rows: Collection[int] | NDArray[Any]) -> Iterator[_Weighed]:
    claims, rank = projection.claims(kind), _RANKS.get(kind, 0)
    for row in rows.tolist() if isinstance(rows, np.ndarray) else rows:
        catalogue, unsure, own = claims.weight(row)
        yield (catalogue, rank, unsure, own), kind, row


def _in_order(projection: Projection, kind: str, rows: Collection[int] | NDArray[Any]) -> Iterator[_Weighed]:
    """The rows of one kind, the most telling first; of many only as far as they are asked for."""
    if len(rows) <= _FEW:
        yield from sorted(_weighed(projection, kind, rows))
        return
    claims, rank = projection.claims(kind), _RANKS.get(kind, 0)
    left = row_array(rows)
    while len(left):
        first = claims.first_told(left, _MANY)
        left = left[~np.isin(left, first)] if len(first) < len(left) else left[:0]
        weights = zip(claims.from_reference[first].tolist(), claims.confidences[first].tolist(), strict=True)
        for row, (catalogue, sure) in zip(first.tolist(), weights, strict=True):
            yield (catalogue, rank, -sure, claims.value("id", row)), kind, row


def row_array(rows: Collection[int] | NDArray[Any]) -> NDArray[np.int64]:
    """Row numbers as an array."""
    if isinstance(rows, np.ndarray):
        return rows.astype(np.int64, copy=False)
    return np.fromiter(rows, dtype=np.int64, count=len(rows))


def in_turn(*parts: tuple[Claim, ...], shown: int = EVIDENCE_SHOWN) -> tuple[Claim, ...]:
    """Claims of several premises, those of the first before those of the next, no words twice, at most `shown`."""
    filled = [part for part in parts if part]
    if len(filled) == 1:
        return filled[0][:shown]
    by_words: dict[tuple[str, str | None, str], Claim] = {}
    for part in filled:
        for claim in part:
            by_words.setdefault((claim.source, claim.place, claim.quote or claim.id), claim)
    return tuple(by_words.values())[:shown]


def telling(
    projection: Projection, *premises: Premise | tuple[Premise, int], shown: int = EVIDENCE_SHOWN
) -> tuple[Claim, ...]:
    """The evidence of a finding, looked up later: the most telling claims of each premise (of it so many) in turn.

    A premise of many rows is better given as what finds them, so that no finding keeps them.
    """

    def look() -> tuple[Claim, ...]:
        told = [one if isinstance(one, tuple) else (one, EVIDENCE_SHOWN) for one in premises]
        found = [(rows() if callable(rows) else rows, most) for rows, most in told]
        return in_turn(*[best_evidence(projection, rows, most) for rows, most in found], shown=shown)

    return later(look)


def surest(projection: Projection, rows: RowsByKind) -> float | None:
    """The highest confidence among claims; None without any."""
    highest = []
    for kind, found in rows.items():
        confidences = projection.claims(kind).confidences
        if len(found) == 1:  # as most are
            (row,) = found
            highest.append(float(confidences[row]))
        elif len(found):
            highest.append(float(confidences[row_array(found)].max()))
    return max(highest, default=None)
