"""How the API names things (命名): every GraphQL name follows from the ontology by the rules of this module.

A node kind is a type of its own name, an edge kind a field on both its ends: forwards its name in camel case
(`OFFERS` → `offers`), backwards the name that `REVERSE` gives it (`offeredBy`). A test checks that `REVERSE` covers
the ontology and that no field takes another's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from graph.ontology import EDGES, EdgeKind, NodeKind, Property, Type

Direction = Literal["forward", "reverse"]

REVERSE: Final = MappingProxyType(
    {
        "LEADS": "led_by",
        "MEMBER_OF": "members",
        "COOPERATES_WITH": "cooperating_schools",
        "CO_BUILDS": "built_by",
        "OFFERS": "offered_by",
        "HOSTS": "hosted_by",
        "INCLUDES": "included_in",
        "SERVES": "served_by",
        "OPERATES_IN": "operators",
        "HAS_INDUSTRY": "industry_of",
        "UPSTREAM_OF": "downstream_of",
        "PART_OF": "parts",
        "STAFFS": "staffed_by",
        "HAS_ROLE": "role_in",
        "DEMANDS": "demanded_by",
        "PREPARES_FOR": "prepared_by",
        "ARTICULATES_TO": "articulated_from",
        "SHARES": "shared_by",
        "USES": "used_by",
        "DONATES_TO": "donors",
        "TRAINS": "trained_at",
        "GRADUATES_TO": "graduates_from",
        "LOCATED_IN": "location_of",
        "ISSUED_BY": "issuer_of",
        "SETS": "set_by",
        "REPORTS": "reported_by",
        "RESPONSIBLE_FOR": "responsible_bodies",
        "ABOUT": "subject_of",
        "MENTIONS": "mentioned_by",
    }
)
"""What an edge kind is called from the node that it ends at, in Python's spelling."""

_FILTERED: Final = frozenset(
    {"code", "level", "category", "class_name", "mode", "metric", "year", "kind", "number"}
)


@dataclass(frozen=True, slots=True)
class Path:
    """An edge kind as seen from one kind of node: which end that is, and the kinds that the other end may be."""

    kind: EdgeKind
    owner: str
    direction: Direction
    ends: tuple[str, ...]

    @property
    def field(self) -> str:
        """The field's name in Python's spelling; GraphQL has it in camel case."""
        return self.kind.name.lower() if self.direction == "forward" else REVERSE[self.kind.name]

    @property
    def here(self) -> str:
        """The column of the claim that names the node that owns the field."""
        return "head" if self.direction == "forward" else "tail"

    @property
    def there(self) -> str:
        """The column of the claim that names the node at the other end."""
        return "tail" if self.direction == "forward" else "head"

    @property
    def end_type(self) -> str:
        """The GraphQL type of the other end: its kind where there is one alone, else the interface `Node`."""
        return self.ends[0] if len(self.ends) == 1 else "Node"

    @property
    def edge_type(self) -> str:
        """The GraphQL type of the field's edges, such as `OffersSpecialtyEdge`."""
        return f"{pascal(self.kind.name)}{self.end_type}Edge"


def pascal(name: str) -> str:
    """A name in Pascal case: `MEMBER_OF` → `MemberOf`, `chains_without_group` → `ChainsWithoutGroup`."""
    return "".join(part.capitalize() for part in name.split("_"))


def camel(name: str) -> str:
    """A Python name as GraphQL spells it: `offered_by` → `offeredBy`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    """A type's name in Python's spelling: `IndustryChain` → `industry_chain`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def plural(label: str) -> str:
    """The root field that lists a node kind, in Python's spelling: `Agency` → `agencies`."""
    name = snake(label)
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def paths(label: str) -> tuple[Path, ...]:
    """The edge kinds that can start or end at a node kind, in the ontology's order, forwards before backwards."""
    found: list[Path] = []
    for kind in EDGES.values():
        if tails := tuple(tail for head, tail in kind.ends if head == label):
            found.append(Path(kind, label, "forward", tails))
        if heads := tuple(head for head, tail in kind.ends if tail == label):
            found.append(Path(kind, label, "reverse", heads))
    return tuple(found)


def filters(kind: NodeKind) -> tuple[Property, ...]:
    """The properties by which the list of a node kind can be narrowed: enumerations, codes and classifications."""
    return tuple(
        item
        for item in kind.properties
        if item.type in (Type.TEXT, Type.INTEGER) and (item.values or item.name in _FILTERED)
    )


def described(zh: str, en: str, values: tuple[str, ...] = ()) -> str:
    """A description in both languages, with the values of an enumeration."""
    return f"{zh} / {en}" + (f". 取值 / one of: {'、'.join(values)}" if values else "")
