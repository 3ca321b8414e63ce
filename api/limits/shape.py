"""The shape of a query (查询形状): depth, aliases, directives, fields and root fields, measured before validation.

Strawberry's own depth and alias limiters walk a fragment again at every place where it is spread, so that forty short
fragments, each spreading the next one twice, keep them busy for ever. Here every fragment is measured once, and the
numbers are those of the query with its fragments written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from strawberry.extensions import SchemaExtension

from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a query or of a part of it."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    roots: int = 0
    introspection: int = 0

    def beside(self, other: Shape) -> Shape:
        """Two parts of one selection."""
        return Shape(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
            self.roots + other.roots,
            self.introspection + other.introspection,
        )


_NOTHING: Final = Shape()
_INTROSPECTION: Final = ("__schema", "__type")
_INTROSPECTION_ALIASES: Final = 2
"""Aliases on and below what describes the schema: each repeats a list of all types, and nobody's tools need them."""


class _Measure:
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, Shape] = {}

    def selection(self, selected: SelectionSetNode | None) -> Shape:
        total = _NOTHING
        for part in selected.selections if selected else ():
            directives = len(part.directives or ())
            if isinstance(part, FieldNode):
                inner = self.selection(part.selection_set)
                # What begins with two underscores describes the schema; GraphQL limits its depth itself.
                depth = 0 if part.name.value.startswith("__") else 1 + inner.depth
                aliases = inner.aliases + bool(part.alias)
                shape = Shape(
                    depth,
                    aliases,
                    inner.directives + directives,
                    inner.fields + 1,
                    1,
                    aliases if part.name.value in _INTROSPECTION else 0,
                )
            elif isinstance(part, InlineFragmentNode):
                shape = self.selection(part.selection_set).beside(Shape(directives=directives))
            else:
                shape = self._spread(part).beside(Shape(directives=directives))
            total = total.beside(shape)
        return total

    def _spread(self, spread: object) -> Shape:
        assert isinstance(spread, FragmentSpreadNode)  # noqa: S101 (tells the types that nothing else is left)
        name = spread.name.value
        if name not in self._known:
            self._known[name] = _NOTHING  # a cycle adds nothing; validation refuses it
            if name in self._fragments:
                fragment = self._fragments[name]
                self._known[name] = self.selection(fragment.selection_set).beside(
                    Shape(directives=len(fragment.directives or ()))
                )
        return self._known[name]


def measure(document: DocumentNode) -> Shape:
    """The shape of a document: the deepest of its operations, and the sums of all that they select."""
    fragments = {
        part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)
    }
    measures = _Measure(fragments)
    total = _NOTHING
    for part in document.definitions:
        if isinstance(part, OperationDefinitionNode):
            directives = len(part.directives or ()) + sum(
                len(variable.directives or ()) for variable in part.variable_definitions or ()
            )
            total = total.beside(measures.selection(part.selection_set)).beside(Shape(directives=directives))
    return total


def check_shape(document: DocumentNode, settings: Settings) -> None:
    """Refuse a document over a limit: `api.too_deep`, `api.too_large`."""
    shape = measure(document)
    if shape.depth > settings.api_depth:
        raise LiantuError("api.too_deep", depth=shape.depth, limit=int(settings.api_depth))
    for found, limit, what in (
        (shape.aliases, settings.api_aliases, Text("个别名", "aliases")),
        (shape.directives, settings.api_directives, Text("个指令", "directives")),
        (shape.roots, settings.api_root_fields, Text("个顶层字段", "root fields")),
        (shape.fields, settings.api_fields, Text("个字段", "fields")),
        (shape.introspection, _INTROSPECTION_ALIASES, Text("个内省中的别名", "aliases in introspection")),
    ):
        if found > limit:
            raise LiantuError("api.too_large", what=what, found=min(found, 10**9), limit=int(limit))


class ShapeLimit(SchemaExtension):
    """Measures a query before it is validated."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._named = False

    def on_operation(self) -> Iterator[None]:
        """Note whether the request names its operation: once the query is read, strawberry names the first."""
        self._named = self.execution_context.operation_name is not None
        yield

    def on_validate(self) -> Iterator[None]:
        """Raise what `check_shape` raises; validation never starts then."""
        document = self.execution_context.graphql_document
        if document is not None:
            check_shape(document, self._settings)
            operations = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
            if len(operations) > 1 and not self._named:
                reason = Text(
                    "有多个操作，请给出 operationName",
                    "there are several operations, name one by operationName",
                )
                raise LiantuError("api.invalid", reason=reason)
        yield
