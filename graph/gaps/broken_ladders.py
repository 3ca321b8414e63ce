"""Broken ladders (断档的培养阶梯): specialties of a chain from which no next step leads on, 中职 → 高职 → 本科."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, total
from graph.gaps import chains, provision
from graph.gaps.chains import parts_of_chains, reach, reversed_graph
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    named,
    surest,
    telling,
)
from graph.gaps.likeness import Likeness
from graph.gaps.market import told_of_offerings
from graph.language import Text
from graph.project import Projection

STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "中职": ("高职专科",),
    "高职专科": ("职业本科", "普通本科"),
}
"""Level → the levels that the next step leads to. The catalogues end with the bachelor's level."""

_SHOWN: Final = 3
LIKENESS: Final = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLadder(Finding):
    """A specialty that serves a chain and from which no step to the next level is done."""

    specialty: Named = field(metadata=label("专业", "specialty", head=Text("专业", "specialty")))
    level: str = field(metadata=label("层次", "level", head=Text("层次", "level")))
    missing: str = field(
        metadata=label("缺少的下一步", "next step missing", head=Text("缺下一步", "next step"))
    )
    chains: tuple[Named, ...] = field(
        metadata=label("对接的产业链", "chains that it serves", head=Text("产业链", "chains"))
    )
    schools: int = field(metadata=label("开设院校数", "schools that offer it", head=Text("院校", "schools")))
    graduates: int | None = field(
        metadata=label("毕业生数（已知）", "graduates a year, as known", head=Text("毕业生", "graduates"))
    )
    intended: tuple[Named, ...] = field(
        metadata=label("计划或在建的衔接", "steps planned or under way", note=True)
    )
    same_chain: tuple[Named, ...] = field(
        metadata=label("同链下一层次的专业", "specialties of the next level for the same chain", note=True)
    )
    alike: tuple[Named, ...] = field(
        metadata=label(
            "名称相近的下一层次专业（提示）", "next-level specialties with a like name: a hint", note=True
        )
    )


def broken_ladders(
    projection: Projection,
    *,
    likeness: float = LIKENESS,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[BrokenLadder, ...]:
    r"""The specialties for a chain from which no next step is done.

    With $\ell(s)$ the level of specialty $s$, $N(\ell)$ the levels that follow on $\ell$ (`STEPS`), and
    $A = \{(s, t)\}$ the steps (ARTICULATES_TO) that are done, those

    .. math::

       \{ s : \exists c,\ s \text{ serves } c,\ N(\ell(s)) \neq \emptyset,\
       \nexists (s, t) \in A,\ \ell(t) \in N(\ell(s)) \}

    A specialty serves a chain by itself, or as part of a group that does. A step that skips a level (中职 → 本科, 3+4)
    counts as well, since nobody is left behind by it.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    likeness : float
        How like the name of a next-level specialty must be to be hinted at, from 0 to 1.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of ARTICULATES_TO and SERVES that count as done; None is a claim told without a status.

    Returns
    -------
    tuple of BrokenLadder
        Most graduates first (unknown last), then schools, then name.

    Notes
    -----
    Specialties whose level is unknown are not judged. The step to a master's degree is not asked for: the catalogues
    of specialties end below it. The evidence are the claims that tie the specialty to its chain and its offers. It
    takes time linear in the claims.

    References
    ----------
    .. [1] 中共中央办公厅、国务院办公厅, 关于深化现代职业教育体系建设改革的意见 (2022): articulated training from
           secondary to higher vocational education and to the bachelor's level.
    """
    provided = provision.provision(projection, minimum_confidence, realised)
    above = reversed_graph(parts_of_chains(projection, minimum_confidence))
    beyond = projection.beyond  # the next step is of another level (`graph.gaps.scope`)
    steps, wished = _steps(beyond, minimum_confidence, realised)
    ids = beyond.ids("Specialty")
    level = dict(zip(ids, beyond.values("Specialty", "level"), strict=True))
    ordered = named(beyond, ids)
    at = {one.id: place for place, one in enumerate(ordered)}
    serving, rows = _serving(projection, provided, minimum_confidence, realised)
    by_chain: dict[str, set[str]] = {}
    for specialty, served in serving.items():
        for chain in {whole for one in served for whole in reach(one, above)}:
            by_chain.setdefault(chain, set()).add(specialty)
    names = {
        step: Likeness({one.id: one.name for one in ordered if level[one.id] in following})
        for step, following in STEPS.items()
    }
    offered = _Offered(projection, provided)
    found = []
    for specialty in serving:
        own = str(level.get(specialty) or "")
        if own not in STEPS:
            continue
        higher = {STEPS[own][0], *STEPS[own], *(up for step in STEPS[own] for up in STEPS.get(step, ()))}
        if any(level.get(one) in higher for one in steps.get(specialty, ())):
            continue
        schools = provided.by_specialty.get(specialty, set())
        places = offered.places(specialty)
        premise: dict[str, Collection[int] | NDArray[np.int64]] = {
            **rows[specialty],
            "OFFERS": provided.offerings.rows.of_all(places),
        }
        neighbours = {one for chain in serving[specialty] for one in by_chain.get(chain, ())}
        same = {at[one] for one in neighbours if level.get(one) in STEPS[own]}
        intended = {at[one] for one in wished.get(specialty, ()) if level.get(one) in higher}
        like = [one for one, _ in names[own].nearest(projection.name(specialty), likeness, _SHOWN)]
        found.append(
            BrokenLadder(
                specialty=Named(projection.name(specialty), specialty),
                level=own,
                missing="或".join(STEPS[own]),
                chains=named(projection, serving[specialty]),
                schools=len(schools),
                graduates=offered.graduates(places),
                intended=tuple(map(ordered.__getitem__, sorted(intended))),
                same_chain=tuple(map(ordered.__getitem__, sorted(same))),
                alike=tuple(Named(beyond.name(one), one) for one in like),
                evidence=telling(projection, premise),
                confidence=surest(projection, rows[specialty]),
            )
        )
    return tuple(sorted(found, key=_most))


def _most(one: BrokenLadder) -> tuple[bool, int, int, Named]:
    return one.graduates is None, -(one.graduates or 0), -one.schools, one.specialty


def _steps(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Specialty → those that it leads on to; done, and not yet."""
    claims = projection.claims("ARTICULATES_TO")
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    done: dict[str, set[str]] = {}
    wished: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        kept = done if statuses[row] in realised else wished
        kept.setdefault(heads[row], set()).add(tails[row])
    return done, wished


def _serving(
    projection: Projection,
    provided: provision.Provision,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> tuple[dict[str, set[str]], dict[str, dict[str, set[int]]]]:
    """Specialty → the chains that it serves by itself or in a group, and the rows that say so."""
    serves, includes = projection.claims("SERVES"), projection.claims("INCLUDES")
    serving: dict[str, set[str]] = {}
    rows: dict[str, dict[str, set[int]]] = {}
    by_group: dict[str, set[int]] = {}
    for row in serves.believed(minimum_confidence):
        head = serves.column("head")[row]
        if serves.column("status")[row] not in realised:
            continue
        if head.startswith("SpecialtyGroup:"):
            by_group.setdefault(head, set()).add(row)
        elif head.startswith("Specialty:"):
            serving.setdefault(head, set()).add(serves.column("tail")[row])
            rows.setdefault(head, {}).setdefault("SERVES", set()).add(row)
    for row in includes.believed(minimum_confidence):
        group, specialty = includes.column("head")[row], includes.column("tail")[row]
        if group in by_group and includes.column("status")[row] in realised:
            serving.setdefault(specialty, set()).update(provided.served.get(group, ()))
            own = rows.setdefault(specialty, {})
            own.setdefault("SERVES", set()).update(by_group[group])
            own.setdefault("INCLUDES", set()).add(row)
    return serving, rows


class _Offered:
    """The offerings of each specialty at schools that are known, and their graduates."""

    def __init__(self, projection: Projection, provided: provision.Provision) -> None:
        self._register, columns = projection.register, provided.offerings
        known = np.flatnonzero(columns.schools >= 0)
        self._of = Grouped(columns.specialties[known], len(projection.register), known)
        self._told = told_of_offerings(projection, provided, "graduates", None)

    def places(self, specialty: str) -> NDArray[np.int64]:
        """Where the offerings of a specialty stand."""
        number = self._register.number(specialty)
        return self._of.of(-1 if number is None else number)

    def graduates(self, places: NDArray[np.int64]) -> int | None:
        """The graduates of offerings together, as known; None where none tells them."""
        known = places[self._told.known[places]]
        return total(self._told.values[known]) if len(known) else None


QUESTION = Question(
    name="broken_ladders",
    title=Text(zh="断档的培养阶梯", en="Broken ladders"),
    definition=Text(
        zh="对接产业链（自身或所在专业群）的中职、高职专科专业中，没有任何已落实的贯通衔接通往下一层次的。计划、在建的衔接单独列出。",
        en="Specialties of secondary and higher vocational education that serve a chain, by themselves or in a group, "
        "and from which no step to the next level is done. Steps planned or under way are shown apart.",
    ),
    finding=BrokenLadder,
    answer=broken_ladders,
    labels=tuple(dict.fromkeys((*chains.LABELS, *provision.LABELS))),
    kinds=tuple(dict.fromkeys(("PART_OF", *provision.KINDS, "ARTICULATES_TO"))),
)
