"""What an answer is limited to (范围): a region, a chain, a level, a year, a minimum confidence, for every question.

    limited = Scope(region="渝北区", year=2024).limit(projection)
    findings = answer(question("talent_balance"), limited)

The year and the confidence take claims out. The region and the level limit subjects, never evidence: they choose whom
findings speak of and whom totals count, while what would contradict a gap is looked for in `beyond`, the projection
before them. The partner of a member is a partner wherever it lies, and where nobody knows its place, too. Totals (seats,
graduates, people needed) are of what is known to lie in the region; the rest is left out, and counted in `left_out`.
Specialties, groups, schools and needs have a level; enterprises, consortia and chains have none, and no level leaves
them out, but of a pair or roster the school must be of it (`Projection.at_level`).
So a question reads the limited projection for what it counts, `Projection.beyond` for what it judges by, and asks
`Projection.counts` whom of `beyond` to count. A chain takes nothing out (its own and other chains share schools, and
answers must know that) but chooses the findings: those one of whose subjects has to do with the chain or a part of it.
Questions without such a subject ask `Projection.asks`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from numbers import Integral
from typing import Any, Final, cast

import pyarrow as pa
import pyarrow.compute as pc

from graph.collection import give_back, older_left_out
from graph.errors import LiantuError
from graph.gaps import focus, places
from graph.gaps.finding import MINIMUM_CONFIDENCE, Finding, Named, Question
from graph.gaps.levels import limit_to_level
from graph.gaps.limited import Limited
from graph.gaps.parameters import LONGEST, check_confidence
from graph.identity import label_of, normalise_name
from graph.language import Text
from graph.ontology import EDGES, NODES, SCHOOL_LEVELS, Type, in_english, plural
from graph.project import Projection

LABELS: Final = ("Region", "IndustryChain", "School", "Specialty")
KINDS: Final = tuple(dict.fromkeys((*places.KINDS, *focus.KINDS)))
_FIGURES: Final = {
    kind.name: tuple(one.name for one in kind.properties if one.type in (Type.INTEGER, Type.NUMBER))
    for kind in EDGES.values()
    if any(one.name == "year" for one in kind.properties)
}
"""Of each edge kind that tells a year, what it tells of it; the year among them."""
_CANDIDATES: Final = 5
_MANY: Final = 100_000  # nodes, of which a question takes hundreds of megabytes for a moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an answer is limited to; None limits nothing.

    Parameters
    ----------
    region : str or None
        A region by id, code, name or alias; with all regions and parks in it. It limits whom findings speak of and
        whom totals count, never the evidence that would contradict a gap.
    chain : str or None
        A chain by id, name or alias; with all its parts.
    level : str or None
        A level of education (办学层次, 学历层次): one of `graph.ontology.SCHOOL_LEVELS`; it limits as a region does.
    year : int or None
        A calendar year. Figures of other years, or of none, are unknown for it; what began later or ended earlier
        is not there.
    minimum_confidence : float or None
        Claims less sure are taken out; None: each question's own minimum.
    """

    region: str | None = None
    chain: str | None = None
    level: str | None = None
    year: int | None = None
    minimum_confidence: float | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, item.name) is not None for item in fields(self))

    def limit(self, projection: Projection) -> Projection:
        """The projection within this scope; `node.unknown`, `node.ambiguous`, `scope.value` where it names nothing."""
        if not self:
            return projection
        self._check()
        within = Limited(projection.nodes, projection.edges, projection.sources, scope=self)
        within.whole = projection
        region, chain = (
            node_called(projection, label, word) if word is not None else None
            for label, word in (("Region", self.region), ("IndustryChain", self.chain))
        )
        if self.minimum_confidence is not None:
            _surely(within, self.minimum_confidence)
        sure = self.believed
        if self.year is not None:
            _in_year(within, self.year)
        if self.level is not None or region is not None:
            within.look_beyond(projection)
        if self.level is not None:
            limit_to_level(within, self.level, sure)
        if region is not None:
            _in_region(within, region, sure)
        if chain is not None:
            within.focus = focus.focus_on(within.beyond, chain, sure)
        if projection.earlier is not None:
            within.earlier = self.limit(projection.earlier)
        within.assumed = projection.assumed
        within.release = projection.release
        return within

    def _check(self) -> None:
        """Refuse values that nothing can be limited to (`question.parameter`)."""
        check_confidence(self.minimum_confidence)
        years: object = self.year
        for name, fits, expected in (
            ("region", _is_word(self.region), f"1 … {LONGEST} characters"),
            ("chain", _is_word(self.chain), f"1 … {LONGEST} characters"),
            ("level", self.level in (None, *SCHOOL_LEVELS), " | ".join(SCHOOL_LEVELS)),
            (
                "year",
                years is None or (isinstance(years, Integral) and 1900 <= int(years) <= 2100),
                "1900 … 2100",
            ),
        ):
            if not fits:
                value = str(getattr(self, name))[:LONGEST]
                raise LiantuError("question.parameter", name=name, value=value, expected=expected)

    @property
    def believed(self) -> float:
        """The confidence from which the claims that limit are believed."""
        return MINIMUM_CONFIDENCE if self.minimum_confidence is None else self.minimum_confidence


def _is_word(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= LONGEST)


def answer(question: Question, projection: Projection, **parameters: Any) -> tuple[Finding, ...]:
    """The findings of a question within the scope that its projection was limited to, if any.

    `question.parameter` as of the question itself.
    """
    with older_left_out():
        findings = question.answer(projection, **(_limits(question, projection) | parameters))
    if not isinstance(projection, Limited):
        return findings
    return tuple(one for one in findings if _subject_asked(one, projection))


def answer_once(question: Question, projection: Projection, **parameters: Any) -> tuple[Finding, ...]:
    """`answer`, worked out once a projection for all who ask it by its defaults; those are kept, no others."""
    usual = {**question.parameters, **_limits(question, projection)}
    if usual | parameters != usual:
        return answer(question, projection, **parameters)
    kept: dict[str, tuple[Finding, ...]] = projection.once(answer_once, dict)
    if question.name not in kept:
        kept[question.name] = answer(question, projection)
        if len(projection.register) > _MANY:
            give_back()
    return kept[question.name]


def answer_for_another(question: Question, projection: Projection, **parameters: Any) -> tuple[Finding, ...]:
    """The findings of a question on which those of another rest: whoever asks everything has them already.

    Within a scope they are all told; the scope leaves out afterwards.
    """
    if isinstance(projection, Limited):
        return question.answer(projection, **parameters)
    return answer_once(question, projection, **parameters)


def _limits(question: Question, projection: Projection) -> dict[str, Any]:
    """The parameters of a question that the scope of its projection gives."""
    if not isinstance(projection, Limited):
        return {}
    told = {"year": projection.scope.year, "minimum_confidence": projection.scope.minimum_confidence}
    return {name: value for name, value in told.items() if value is not None and name in question.parameters}


def node_called(projection: Projection, label: str, word: str) -> str:
    """The node of a kind that `word` names: its id, else its code or name, else an alias, else 北碚 for 北碚区.

    `node.unknown` where there is none, `node.ambiguous` with the candidates where there are several. A region of which
    only words are known (`Region:江北区`) may be any that these words may mean.
    """
    if word in set(projection.ids(label)):
        return word
    wanted, alone = normalise_name(word), set[str]()
    for said in (_names, _aliases, _short_names):
        known = projection.once((node_called, label, said), partial(_said, projection, label, said))
        found = sorted(alone | known.get(wanted, set()))
        if label == "Region" and [normalise_name(one.partition(":")[2]) for one in found] == [wanted]:
            alone = set(found)
        elif len(found) == 1:
            return found[0]
        elif found:
            shown = "、".join(f"{one} ({projection.name(one)})" for one in found[:_CANDIDATES])
            more = f" … ({len(found)})" if len(found) > _CANDIDATES else ""
            raise LiantuError("node.ambiguous", name=word, candidates=shown + more)
    if alone:
        return alone.pop()
    raise LiantuError("node.unknown", name=word)


def _said(
    projection: Projection, label: str, said: Callable[[Projection, str], Sequence[str]]
) -> dict[str, set[str]]:
    """The nodes of a kind by what is said of them, in normal form."""
    known: dict[str, set[str]] = {}
    for one in projection.ids(label):
        for name in said(projection, one):
            known.setdefault(normalise_name(name), set()).add(one)
    return known


def _names(projection: Projection, identifier: str) -> Sequence[str]:
    return (projection.name(identifier), identifier.partition(":")[2])


def _aliases(projection: Projection, identifier: str) -> Sequence[str]:
    return projection.value(identifier, "aliases") or ()


def _short_names(projection: Projection, identifier: str) -> Sequence[str]:
    return (projection.name(identifier)[:-1],) if label_of(identifier) == "Region" else ()


def _subject_asked(finding: Finding, projection: Limited) -> bool:
    """Whether the first node that a finding names, or its other subject, is asked about; without one it speaks of all.

    A subject without a level, as the enterprise of a pair, does not bring in one of another level.
    """
    subjects: list[Named] = []
    for name, also in _subjects(cast("Hashable", type(finding))):
        value = getattr(finding, name)
        if value is not None and (also or not subjects):
            subjects.append(value)
    if subjects and not any(projection.asks(one.id) for one in subjects):
        return False
    levelled = [one.id for one in subjects if label_of(one.id) in projection.of_level]
    if levelled and not any(map(projection.at_level, levelled)):
        return False
    bounds = (getattr(finding, name) for name in _bounds(cast("Hashable", type(finding))))
    return all(not bound or any(projection.asks(one.id) for one in bound) for bound in bounds)


@cache
def _bounds(finding: Any) -> tuple[str, ...]:
    """The fields of a kind of finding that name nodes of which one at least must be asked about."""
    return tuple(item.name for item in fields(finding) if item.metadata.get("bound"))


@cache
def _subjects(finding: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a kind of finding that name one node, and whether it is a subject beside the first one."""
    return tuple(
        (item.name, item.metadata.get("subject", False))
        for item in fields(finding)
        if str(item.type) in (Named.__name__, f"{Named.__name__} | None")
    )


def _surely(within: Limited, minimum_confidence: float) -> None:
    for kind, table in within.edges.items():
        within.replace_edges(
            kind, table.filter(pc.greater_equal(table.column("confidence"), minimum_confidence))
        )


def _in_year(within: Limited, year: int) -> None:
    """Figures of other years become unknown; what began after the year or ended before it is taken out."""
    first, last = str(year), f"{year}-99"
    for kind, given in within.edges.items():
        table = given
        for name, outside in (("since", pc.greater), ("until", pc.less)):
            if name in table.column_names:
                edge = last if name == "since" else first
                table = table.filter(pc.invert(pc.fill_null(outside(table.column(name), edge), False)))
        if "year" in table.column_names:
            other = pc.invert(pc.fill_null(pc.equal(table.column("year"), year), False))
            for name in set(_FIGURES.get(kind, ())) - {"year"}:
                column = table.column(name)
                blank = pc.if_else(other, pa.scalar(None, column.type), column)
                table = table.set_column(table.schema.get_field_index(name), name, blank)
        within.replace_edges(kind, table)
    for label in {"Target", "Statistic"} & within.nodes.keys():
        table = within.nodes[label]
        other = pc.fill_null(pc.not_equal(table.column("year"), year), False)
        gone = table.column("id").filter(other)
        within.keep_nodes(label, partial(_not_among, gone=gone.combine_chunks()))


def _not_among(ids: pa.Array, gone: pa.Array) -> pa.Array:
    return pc.invert(pc.is_in(ids, value_set=gone))


def _in_region(within: Limited, region: str, minimum_confidence: float) -> None:
    """What lies in the region; the needs of whole chains have no place and are left out with what is unplaced."""
    lies = places.place(within.beyond, region, minimum_confidence)
    within.elsewhere = lies.known - lies.inside
    among = pa.array(lies.inside, pa.string())
    known = pa.array(lies.known | lies.inside, pa.string())
    for label in places.LOCATED:
        if label in within.nodes:
            ids = within.nodes[label].column("id")
            unknown = len(ids) - (pc.sum(pc.is_in(ids, value_set=known)).as_py() or 0)
            within.leave_out(unknown, _of_no_place(label, unknown))
        within.keep_nodes(label, lambda ids: pc.is_in(ids, value_set=among))
        within.keep_inside(label, lies.inside)
    parts = pa.array(lies.parts, pa.string())
    within.keep_inside("Region", lies.parts)
    within.keep_nodes("Region", lambda ids: pc.is_in(ids, value_set=parts))
    if "DEMANDS" in within.edges:
        table = within.edges["DEMANDS"]
        chains = pc.starts_with(table.column("head"), "IndustryChain:")
        within.replace_edges("DEMANDS", table.filter(pc.invert(chains)))
        within.leave_out(
            pc.sum(chains).as_py() or 0,
            Text("条产业链自身的需求没有地区", "demands of whole chains, of no region"),
        )
    within.focus = focus.chains_touched(within, minimum_confidence)


def _of_no_place(label: str, count: int) -> Text:
    words = in_english(label) if count == 1 else plural(in_english(label))
    return Text(f"个{NODES[label].zh}没有所在地", f"{words} of no known place")
