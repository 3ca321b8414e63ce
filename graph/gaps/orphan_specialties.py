"""Specialties and groups that serve no chain (未对接产业链的专业与专业群): what is taught for no named industry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.gaps import provision
from graph.gaps.figures import figure
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    label,
    named,
    surest,
)
from graph.gaps.provision import Offering, Provision
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanSpecialty(Finding):
    """A specialty or group that serves no chain, with the schools where that is so."""

    subject: Named = field(
        metadata=label("专业或专业群", "specialty or group", head=Text("专业或专业群", "specialty or group"))
    )
    kind: str = field(metadata=label("类别", "kind", head=Text("类别", "kind")))
    level: str | None = field(metadata=label("层次", "level"))
    schools: tuple[Named, ...] = field(
        metadata=label(
            "未对接的院校",
            "schools where it serves no chain",
            head=Text("未对接的院校", "schools where it serves none"),
        )
    )
    linked_schools: int = field(
        metadata=label(
            "已对接的院校数", "schools where it does", head=Text("已对接院校数", "schools where it does")
        )
    )
    graduates: int | None = field(
        metadata=label(
            "未对接的毕业生数（已知）",
            "graduates a year for no chain, as known",
            head=Text("未对接毕业生", "graduates for no chain"),
        )
    )
    unknown: int = field(
        metadata=label(
            "缺毕业生数的院校数",
            "schools whose graduates are unknown",
            head=Text("缺数院校", "schools without figure"),
        )
    )
    intended: tuple[Named, ...] = field(
        metadata=label("拟对接或在建的产业链", "chains that it is to serve, not yet done", note=True)
    )
    wanted_by: tuple[Named, ...] = field(
        metadata=label("点名需要它的企业与产业链", "enterprises and chains that ask for it", note=True)
    )


def orphan_specialties(
    projection: Projection,
    *,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[OrphanSpecialty, ...]:
    r"""The specialties and groups that serve no chain.

    An offering $(h, s)$, specialty $s$ at school $h$, comes from OFFERS, or from a group of $h$ that includes $s$. With
    $S(x)$, the chains that $x$ is claimed to serve, done, and $G(h, s)$, the groups of $h$ that include $s$,

    .. math::

       O = \{ (h, s) : S(s) \cup \bigcup_{g \in G(h, s)} S(g) = \emptyset \}, \qquad
       O_G = \{ g : \text{hosted}(g),\ S(g) = \emptyset \}

    Findings are the specialties of $O$, each with its schools, and the groups of $O_G$. A group counts by its own
    claim alone, for it is built around a chain; that its specialties serve one does not make it serve one. A claim
    to serve an industry of GB/T 4754 counts: it is a link, if a coarse one.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS and INCLUDES that count as done.

    Returns
    -------
    tuple of OrphanSpecialty
        Groups first; then specialties that serve no chain anywhere before those that do in some school; by known
        graduates, by number of schools, by name.

    Notes
    -----
    Graduates are of the latest year that each school tells; contradictions are settled as in `graph.gaps.figures`.
    Linear in the number of claims, but for sorting.
    """
    provided = provision.provision(projection, minimum_confidence, realised)
    wanted = _wanted(projection, minimum_confidence)
    groups = [
        _group(projection, provided, group, minimum_confidence)
        for group in sorted(set(provided.schools) | set(provided.members))
        if not provided.served.get(group) and provided.schools.get(group)
    ]
    orphans: dict[str, set[Offering]] = {}
    linked: dict[str, set[Offering]] = {}
    for offering in provided.offered:
        kept = linked if provided.chains(offering) else orphans
        kept.setdefault(offering.specialty, set()).add(offering)
    specialties = [
        _specialty(
            projection, provided, specialty, offerings, len(linked.get(specialty, ())), minimum_confidence
        )
        for specialty, offerings in orphans.items()
    ]
    found = (
        replace(one, wanted_by=named(projection, wanted.get(one.subject.id, set())))
        for one in (*groups, *specialties)
    )
    return tuple(sorted(found, key=_worst))


def _worst(one: OrphanSpecialty) -> tuple[bool, bool, bool, int, int, Named]:
    is_specialty = one.kind == "Specialty"
    known = -(one.graduates or 0)
    return is_specialty, one.linked_schools > 0, one.graduates is None, known, -len(one.schools), one.subject


def _group(
    projection: Projection, provided: Provision, group: str, minimum_confidence: float
) -> OrphanSpecialty:
    schools = provided.schools[group]
    inside = {Offering(school, one) for school in schools for one in provided.members.get(group, ())}
    rows = {
        "HOSTS": _believed(projection, "HOSTS", group, minimum_confidence),
        "STATES": _believed(projection, "STATES", group, minimum_confidence),
    }
    graduates, unknown, _ = _graduates(projection, provided, inside)
    return OrphanSpecialty(
        subject=Named(projection.name(group), group),
        kind="SpecialtyGroup",
        level=None,
        schools=named(projection, schools),
        linked_schools=0,
        graduates=graduates,
        unknown=unknown,
        intended=named(projection, provided.intended.get(group, set())),
        wanted_by=(),
        evidence=best_evidence(projection, rows),
        confidence=surest(projection, rows),
    )


def _specialty(
    projection: Projection,
    provided: Provision,
    specialty: str,
    offerings: set[Offering],
    linked: int,
    minimum_confidence: float,
) -> OrphanSpecialty:
    graduates, unknown, rows = _graduates(projection, provided, offerings)
    groups = {group for offering in offerings for group in provided.groups_of(offering)}
    heads = projection.claims("INCLUDES").column("head")
    premise = {
        "OFFERS": rows,
        "INCLUDES": {
            row
            for row in _believed(projection, "INCLUDES", specialty, minimum_confidence)
            if heads[row] in groups
        },
    }
    return OrphanSpecialty(
        subject=Named(projection.name(specialty), specialty),
        kind="Specialty",
        level=projection.value(specialty, "level"),
        schools=named(projection, {offering.school for offering in offerings if offering.school}),
        linked_schools=linked,
        graduates=graduates,
        unknown=unknown,
        intended=named(
            projection,
            {chain for one in (specialty, *groups) for chain in provided.intended.get(one, ())},
        ),
        wanted_by=(),
        evidence=best_evidence(projection, premise),
        confidence=surest(projection, premise),
    )


def _graduates(
    projection: Projection, provided: Provision, offerings: Iterable[Offering]
) -> tuple[int | None, int, set[int]]:
    """The known graduates of offerings together, how many schools do not tell, and the claims of the offerings."""
    known: list[int] = []
    unknown: set[str | None] = set()
    rows: set[int] = set()
    for offering in offerings:
        own = provided.offered.get(offering, set())
        rows |= own
        told = figure(
            projection, "OFFERS", own, column="graduates", part="number", year=None, cautious=min
        ).value
        if told is None:
            unknown.add(offering.school)
        else:
            known.append(told)
    return (sum(known) if known else None), len(unknown), rows


def _believed(projection: Projection, kind: str, tail: str, minimum_confidence: float) -> set[int]:
    claims = projection.claims(kind)
    sure = claims.column("confidence")
    return {row for row in claims.by_tail.get(tail, ()) if sure[row] >= minimum_confidence}


def _wanted(projection: Projection, minimum_confidence: float) -> dict[str, set[str]]:
    """Specialty → the enterprises and chains that ask for it by name."""
    claims = projection.claims("DEMANDS")
    heads, tails = claims.column("head"), claims.column("tail")
    wanted: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        if label_of(tails[row]) == "Specialty":
            wanted.setdefault(tails[row], set()).add(heads[row])
    return wanted


QUESTION = Question(
    name="orphan_specialties",
    title=Text(zh="未对接产业链的专业与专业群", en="Specialties and groups that serve no chain"),
    definition=Text(
        zh="院校开设的专业，自身及本校所属专业群都没有对接任何产业链；院校建有的专业群，自身没有对接任何产业链。",
        en="Specialties at a school that serve no chain, neither by themselves nor through a group of that school; "
        "and groups that a school hosts and that are not said to serve any chain.",
    ),
    finding=OrphanSpecialty,
    answer=orphan_specialties,
    labels=tuple(dict.fromkeys((*provision.LABELS, "Enterprise"))),
    kinds=(*provision.KINDS, "STATES", "DEMANDS"),
)
