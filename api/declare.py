"""Types made from declarations (动态类型): what strawberry reads from a class body, given as data instead.

The GraphQL types follow from the ontology and from the findings of the gap questions, so their classes are made at
import time. Field types are written as strings (`"list[School!]"` is `"list[School]"`) and resolved against one
`registry`, so that types may name each other in any order.
"""

from __future__ import annotations

import enum
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.private import StrawberryPrivate

registry: Final[dict[str, Any]] = {
    "ID": strawberry.ID,
    "JSON": strawberry.scalars.JSON,
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list": list,
}
"""Every type that a field may name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its type as text, a description, and a resolver where it is not plainly an attribute."""

    type: str
    description: str
    resolver: Callable[..., Any] | None = None
    deprecated: str | None = None


def declare(
    name: str,
    description: str,
    fields: Mapping[str, Field],
    *,
    interfaces: tuple[str, ...] = (),
    private: tuple[str, ...] = (),
    is_interface: bool = False,
) -> type[Any]:
    """Make a GraphQL object type (or interface) and register it; `private` names attributes that GraphQL hides."""
    body: dict[str, Any] = {"__annotations__": {}, "__module__": __name__}
    for hidden in private:
        body["__annotations__"][hidden] = Annotated[Any, StrawberryPrivate()]
        body[hidden] = None
    for key, field in fields.items():
        options: dict[str, Any] = {"description": field.description, "deprecation_reason": field.deprecated}
        if field.resolver is not None:
            options["resolver"] = field.resolver
        else:
            options["default"] = None
        annotation = StrawberryAnnotation(field.type, namespace=registry)
        body[key] = strawberry.field(graphql_type=annotation, **options)
        body["__annotations__"][key] = Any
    bases = tuple(registry[base] for base in interfaces)
    made: type[Any] = types.new_class(name, bases, {}, lambda namespace: namespace.update(body))
    made = (strawberry.interface if is_interface else strawberry.type)(
        made, name=name, description=description
    )
    for definition in made.__strawberry_definition__.fields:
        if definition.python_name in fields:
            # Strawberry resolves types while it makes the class, before the others are there; ask again later.
            definition.type_annotation = StrawberryAnnotation(
                fields[definition.python_name].type, namespace=registry
            )
    registry[name] = made
    return made


def declare_enum(name: str, description: str, members: Mapping[str, str]) -> type[enum.Enum]:
    """Make a GraphQL enum of `members` (name → description) and register it."""
    made = enum.Enum(  # type: ignore[misc]
        name, {key: strawberry.enum_value(key, description=text) for key, text in members.items()}
    )
    registry[name] = strawberry.enum(made, name=name, description=description)
    return made
