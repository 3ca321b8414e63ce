"""Specialties and groups that serve no chain (未对接产业链的专业与专业群): what is taught for no named industry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, total
from graph.gaps import market, provision
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    named,
    names_of,
    surest,
    telling,
)
from graph.gaps.provision import Provision
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
    wanted = _wanted(projection.beyond, minimum_confidence)
    taught = _Taught(projection, provided)
    groups = [
        _group(projection, provided, taught, group, minimum_confidence)
        for group in sorted(set(provided.schools) | set(provided.members))
        if not provided.served.get(group) and provided.schools.get(group)
    ]
    specialties = [
        _specialty(projection, provided, taught, one, wanted, minimum_confidence)
        for one in np.flatnonzero(taught.orphans.lengths).tolist()
    ]
    return tuple(sorted((*groups, *specialties), key=_worst))


class _Taught:
    """The offerings by specialty, those that serve no chain (`orphans`) and the others (`linked`), with graduates."""

    def __init__(self, projection: Projection, provided: Provision) -> None:
        self._offerings = provided.offerings
        self._told = market.told_of_offerings(projection, provided, "graduates", None)
        size, alone = len(projection.register), provided.offerings.chain_sets == 0
        specialties = provided.offerings.specialties
        self.orphans = Grouped(specialties[alone], size, np.flatnonzero(alone))
        self.linked = Grouped(specialties[~alone], size, np.flatnonzero(~alone))

    def graduates(self, offerings: NDArray[np.int64]) -> tuple[int | None, int]:
        """The known graduates of offerings together, and how many schools do not tell."""
        known = offerings[self._told.known[offerings]]
        silent = self._offerings.schools[offerings[~self._told.known[offerings]]]
        return (total(self._told.values[known]) if len(known) else None), len(set(silent.tolist()))

    def rows(self, offerings: NDArray[np.int64]) -> NDArray[np.int64]:
        """The claims of the offerings."""
        return self._offerings.rows.of_all(offerings)

    def schools(self, offerings: NDArray[np.int64]) -> NDArray[np.int64]:
        """The schools known of the offerings."""
        schools = np.unique(self._offerings.schools[offerings])
        return schools[schools >= 0]

    def groups(self, offerings: NDArray[np.int64]) -> NDArray[np.int64]:
        """The groups through which they are offered."""
        return np.unique(self._offerings.groups.of_all(offerings))

    def inside(self, schools: NDArray[np.int64], specialties: NDArray[np.int64]) -> NDArray[np.int64]:
        """The offerings of these specialties at these schools."""
        return self._offerings.places(
            np.repeat(schools, len(specialties)), np.tile(specialties, len(schools))
        )


def _worst(one: OrphanSpecialty) -> tuple[bool, bool, bool, int, int, Named]:
    is_specialty = one.kind == "Specialty"
    known = -(one.graduates or 0)
    return is_specialty, one.linked_schools > 0, one.graduates is None, known, -len(one.schools), one.subject


def _group(
    projection: Projection, provided: Provision, taught: _Taught, group: str, minimum_confidence: float
) -> OrphanSpecialty:
    register = projection.register
    schools = register.numbers(provided.schools[group])
    inside = taught.inside(schools, register.numbers(provided.members.get(group, ())))
    (number,) = register.numbers([group]).tolist()
    rows = {kind: _believed(projection, kind, number, minimum_confidence) for kind in ("HOSTS", "STATES")}
    graduates, unknown = taught.graduates(inside)
    return OrphanSpecialty(
        subject=Named(projection.name(group), group),
        kind="SpecialtyGroup",
        level=None,
        schools=names_of(projection)(schools),
        linked_schools=0,
        graduates=graduates,
        unknown=unknown,
        intended=named(projection, provided.intended.get(group, set())),
        wanted_by=(),
        evidence=telling(projection, rows),
        confidence=surest(projection, rows),
    )


def _specialty(
    projection: Projection,
    provided: Provision,
    taught: _Taught,
    number: int,
    wanted: Mapping[str, set[str]],
    minimum_confidence: float,
) -> OrphanSpecialty:
    specialty = projection.register.ids[number]
    offerings = taught.orphans.of(number)
    groups, includes = taught.groups(offerings), projection.claims("INCLUDES")
    rows = _believed(projection, "INCLUDES", number, minimum_confidence)
    premise = {
        "OFFERS": taught.rows(offerings),
        "INCLUDES": rows[np.isin(includes.heads[rows], groups)],
    }
    graduates, unknown = taught.graduates(offerings)
    through = (specialty, *(projection.register.ids[group] for group in groups.tolist()))
    return OrphanSpecialty(
        subject=Named(projection.name(specialty), specialty),
        kind="Specialty",
        level=projection.value(specialty, "level"),
        schools=names_of(projection)(taught.schools(offerings)),
        linked_schools=len(taught.linked.of(number)),
        graduates=graduates,
        unknown=unknown,
        intended=named(projection, {chain for one in through for chain in provided.intended.get(one, ())}),
        wanted_by=named(projection, wanted.get(specialty, set())),
        evidence=telling(projection, premise),
        confidence=surest(projection, premise),
    )


def _believed(projection: Projection, kind: str, tail: int, minimum_confidence: float) -> NDArray[np.int64]:
    claims = projection.claims(kind)
    return claims.believed_of(claims.at_tail.of(tail), minimum_confidence)


def _wanted(projection: Projection, minimum_confidence: float) -> dict[str, set[str]]:
    """Specialty → the enterprises and chains that ask for it by name."""
    claims, ids = projection.claims("DEMANDS"), projection.register.ids
    rows = np.flatnonzero(
        claims.sure(minimum_confidence) & projection.register.are(claims.tails, "Specialty")
    )
    wanted: dict[str, set[str]] = {}
    for head, tail in zip(claims.heads[rows].tolist(), claims.tails[rows].tolist(), strict=True):
        wanted.setdefault(ids[tail], set()).add(ids[head])
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
