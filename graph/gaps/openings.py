"""What to open (增设): what is demanded and nobody teaches, as a specialty, or as the post that nobody prepares for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped
from graph.gaps.advice import HOLD, OPEN
from graph.gaps.finding import Named, named, names_of
from graph.gaps.fitting import Fitting
from graph.gaps.market import Market
from graph.gaps.matching import rank
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

COULD_OPEN: Final = 5  # schools named that teach the class of a specialty to open


@dataclass(frozen=True, slots=True)
class Opening:
    """A specialty to open, or a post to find one for: the people needed, why, who could open it.

    `if_less` and `if_more` are the advice with less and more demand; `classes` of needs as in `Fitting`.
    """

    subject: str
    people: int
    reasons: tuple[Text, ...]
    if_less: Text
    if_more: Text
    schools: tuple[Named, ...]
    classes: NDArray[np.int64]


def openings(
    projection: Projection, sides: Market, fits: Fitting, least: int, shift: float
) -> Iterator[Opening]:
    """What is demanded and nobody teaches, where at least so many people are needed.

    A specialty that prepares for the post at the level asked for, or the post itself where none is known to.
    """
    nodes, heads = sides.needed.nodes, sides.needed
    teaching = _Teaching(projection, sides)
    untaught = fits.told.copy()
    untaught[fits.together(np.arange(len(sides.supplied)))] = False
    open_to: dict[str, list[int]] = {}
    for number in np.flatnonzero(untaught).tolist():
        post = nodes.ids[fits.demanded[number]]
        reaching = [
            one for one in sides.suited.get(post, ()) if _reaches(projection, one, int(fits.steps[number]))
        ]
        for subject in reaching or [post]:
            open_to.setdefault(subject, []).append(number)
    for subject, numbers in open_to.items():
        classes = np.array(numbers, dtype=np.int64)
        members = fits.members.of_all(classes)
        people = heads.headcounts[members[heads.known[members]]].tolist()
        less, now, more = (round(sum(people) * by) for by in (1 - shift, 1.0, 1 + shift))
        if now >= least:
            posts = {nodes.ids[one] for one in np.unique(fits.demanded[classes]).tolist()}
            yield Opening(
                subject,
                now,
                _reasons(projection, sides, subject, posts, now),
                HOLD if less < least else OPEN,
                HOLD if more < least else OPEN,
                teaching.the_class_of(subject),
                classes,
            )


def _reaches(projection: Projection, specialty: str, want: int) -> bool:
    """Whether the specialty is of the level that is asked for, or a higher one, or of one that is not told."""
    have = rank(projection.value(specialty, "level"))
    return have is None or have >= want


def _reasons(
    projection: Projection, sides: Market, subject: str, posts: set[str], people: int
) -> tuple[Text, ...]:
    wanted = named(projection, posts)
    need = Text(
        f"需要 {people} 人：{'、'.join(one.name for one in wanted)}",
        f"{people} people are needed: {', '.join(one.name for one in wanted)}",
    )
    prepare = {one for post in posts for one in sides.suited.get(post, ())} - {subject}
    told = named(projection, prepare)
    zh, en = "、".join(one.name for one in told), ", ".join(one.name for one in told)
    if label_of(subject) == "Occupation" and prepare:
        low = Text(
            f"面向它的专业层次都低于要求：{zh}",
            f"all that prepare for it are below the level asked for: {en}",
        )
        return need, low
    if label_of(subject) == "Occupation":
        nobody = Text(
            "没有记载哪个专业面向它：先定专业", "no specialty is said to prepare for it: find one first"
        )
        return need, nobody
    untaught = Text("没有院校开设", "no school teaches it")
    others = Text(f"面向同一岗位的还有：{zh}", f"for the same posts there are also: {en}")
    return (need, untaught, others) if prepare else (need, untaught)


class _Teaching:
    """The schools that teach most specialties of a class (专业类), which could open another of it."""

    def __init__(self, projection: Projection, sides: Market) -> None:
        self._projection, self._supplied = projection, sides.supplied
        known = sides.supplied.schools >= 0
        self._by_specialty = Grouped(
            sides.supplied.specialties[known], len(sides.supplied.nodes), sides.supplied.schools[known]
        )
        self._of_class: dict[str, list[int]] = {}
        self._known: dict[str, tuple[Named, ...]] = {}
        ids = sides.supplied.nodes.ids
        for specialty in np.flatnonzero(self._by_specialty.lengths).tolist():
            name = projection.value(ids[specialty], "class_name")
            if name:
                self._of_class.setdefault(name, []).append(specialty)

    def the_class_of(self, specialty: str) -> tuple[Named, ...]:
        """The schools that teach most specialties of its class, the first few."""
        if label_of(specialty) != "Specialty":
            return ()
        name = self._projection.value(specialty, "class_name") or ""
        if name not in self._known:
            self._known[name] = self._most_of(name)
        return self._known[name]

    def _most_of(self, name: str) -> tuple[Named, ...]:
        taught = self._by_specialty.of_all(np.array(self._of_class.get(name, []), dtype=np.int64))
        schools, counts = np.unique(taught, return_counts=True)
        order = np.lexsort((self._supplied.nodes.order[schools], -counts))[:COULD_OPEN]
        names = names_of(self._projection)
        return tuple(names[school] for school in schools[order].tolist())
