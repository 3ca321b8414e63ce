"""What is of a level (层次): specialties, needs, the schools of it or teaching at it, and the groups of both."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from graph.gaps.limited import Limited
from graph.identity import label_of, scope_of
from graph.language import Text


def limit_to_level(within: Limited, level: str, minimum_confidence: float) -> None:
    """Specialties and needs of the level, the schools of it or teaching at it, and the groups of it.

    A group is of the levels of its specialties; where none of these is known, of those of its schools.
    """
    groups = _Groups(within, minimum_confidence)
    specialties = _with_value(within, "Specialty", level) if "Specialty" in within.nodes else set[str]()
    if "Specialty" in within.nodes:
        _keep_told(within, "Specialty", specialties, Text("个专业没有层次", "specialties of no known level"))
    if "DEMANDS" in within.edges:
        table = within.edges["DEMANDS"]
        told = table.column("level").is_valid()
        unknown = len(told) - (pc.sum(told).as_py() or 0)
        within.replace_edges(
            "DEMANDS", table.filter(pc.fill_null(pc.equal(table.column("level"), level), False))
        )
        within.leave_out(unknown, Text("条人才需求没有学历层次", "demands of no known level"))
    if "School" in within.nodes and "OFFERS" in within.edges:
        offers = within.edges["OFFERS"]
        sure = pc.greater_equal(offers.column("confidence"), minimum_confidence)
        teaching = set(offers.column("head").filter(sure).to_pylist()) | groups.hosts_teaching(specialties)
        schools = _with_value(within, "School", level) | teaching
        _keep_told(within, "School", schools, Text("所院校没有办学层次", "schools of no known level"))
        of_level, silent = groups.at_level(specialties, schools)
        _keep(within, "SpecialtyGroup", of_level)
        within.leave_out(silent, Text("个专业群没有层次", "specialty groups of no known level"))


class _Groups:
    """The specialty groups before a level limits them: their specialties of known level, and who hosts them."""

    def __init__(self, within: Limited, minimum_confidence: float) -> None:
        told, self._taught = _of_known_level(within, "Specialty"), dict[str, set[str]]()
        for group, specialty in _surely_joined(within, "INCLUDES", minimum_confidence):
            if specialty in told:
                self._taught.setdefault(group, set()).add(specialty)
        self._schools = _of_known_level(within, "School")
        self._hosts: dict[str, set[str]] = {}
        for school, group in _surely_joined(within, "HOSTS", minimum_confidence):
            self._hosts.setdefault(group, set()).add(school)
        ids = within.ids("SpecialtyGroup") if "SpecialtyGroup" in within.nodes else ()
        self._all = {*ids, *self._taught, *(one for one in self._hosts if label_of(one) == "SpecialtyGroup")}
        for group in self._all:
            scope = scope_of(group)
            if scope and label_of(scope) == "School":
                self._hosts.setdefault(group, set()).add(scope)

    def hosts_teaching(self, specialties: set[str]) -> set[str]:
        """The schools of the groups that include any of the specialties."""
        groups = (one for one, taught in self._taught.items() if taught & specialties)
        return {school for group in groups for school in self._hosts.get(group, ())}

    def at_level(self, specialties: set[str], schools: set[str]) -> tuple[set[str], int]:
        """The groups of the level that the specialties and schools are of; and how many are of no known level."""
        kept, silent = set[str](), 0
        for group in self._all:
            taught, hosts = self._taught.get(group), self._hosts.get(group, set[str]())
            if taught & specialties if taught else hosts & schools:
                kept.add(group)
            elif not taught and not hosts & self._schools:
                silent += 1
        return kept, silent


def _surely_joined(within: Limited, kind: str, minimum_confidence: float) -> list[tuple[str, str]]:
    """The ends of the believed claims of a kind, if it was read."""
    if kind not in within.edges:
        return []
    table = within.edges[kind]
    sure = table.filter(pc.greater_equal(table.column("confidence"), minimum_confidence))
    return list(zip(*(sure.column(end).to_pylist() for end in ("head", "tail")), strict=True))


def _of_known_level(within: Limited, label: str) -> set[str]:
    if label not in within.nodes:
        return set()
    table = within.nodes[label]
    return set(table.column("id").filter(table.column("level").is_valid()).to_pylist())


def _with_value(within: Limited, label: str, level: str) -> set[str]:
    table = within.nodes[label]
    return set(table.column("id").filter(pc.equal(table.column("level"), level)).to_pylist())


def _keep_told(within: Limited, label: str, kept: set[str], unknown: Text) -> None:
    table = within.nodes[label]
    silent = set(table.column("id").filter(table.column("level").is_null()).to_pylist()) - kept
    _keep(within, label, kept)
    within.leave_out(len(silent), unknown)


def _keep(within: Limited, label: str, kept: set[str]) -> None:
    among = pa.array(kept, pa.string())
    within.keep_nodes(label, lambda ids: pc.is_in(ids, value_set=among))
    within.keep_inside(label, frozenset(kept))
    within.of_level[label] = frozenset(kept)
