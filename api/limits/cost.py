"""The cost of a query (查询代价): how many objects it may ask for, and whether its pages make sense.

Counted after validation and before execution, from the page sizes in the query and its variables: a list of `first`
items costs that many objects, each with what is selected below it. A cycle of fragments cannot come this far.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    value_from_ast_untyped,
)
from strawberry.extensions import SchemaExtension

from api.cursors import PageRequest, decode
from api.names import camel
from graph.errors import LiantuError
from graph.gaps import Scope
from graph.language import Text
from graph.settings import Settings

LIST: Final = 10
"""How many items a list without paging is counted as; those of the API are short by themselves."""
SCOPES: Final = 8
"""In how many scopes one operation may ask the gap questions: each takes a projection of the whole graph."""
_SCOPE: Final = tuple(camel(item.name) for item in fields(Scope))


class _Cost:
    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
        largest: int,
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self._largest = largest
        self._known: dict[tuple[str, int], int] = {}
        self.scopes: set[tuple[str, ...]] = set()

    def selection(self, parent: GraphQLNamedType | None, selected: SelectionSetNode | None, page: int) -> int:
        """The objects below one object of type `parent`, whose own lists have `page` items where it is a page."""
        total = 0
        for part in selected.selections if selected else ():
            if isinstance(part, FieldNode):
                total += self._field(parent, part, page)
            elif isinstance(part, FragmentSpreadNode):
                total += self._spread(part.name.value, page)
            else:
                condition = getattr(part, "type_condition", None)
                inner = self._schema.get_type(condition.name.value) if condition else parent
                total += self.selection(inner, getattr(part, "selection_set", None), page)
        return total

    def _spread(self, name: str, page: int) -> int:
        if (name, page) not in self._known:
            fragment = self._fragments[name]
            inner = self._schema.get_type(fragment.type_condition.name.value)
            self._known[name, page] = self.selection(inner, fragment.selection_set, page)
        return self._known[name, page]

    def _field(self, parent: GraphQLNamedType | None, node: FieldNode, page: int) -> int:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return 0
        field = parent.fields.get(node.name.value)
        if field is None:
            return 0
        asked = self._asked(field, node)
        if all(name in field.args for name in _SCOPE):
            self.scopes.add(tuple(repr(asked.get(name)) for name in _SCOPE))
        below = page
        if "first" in field.args:
            request = PageRequest(*(asked.get(name) for name in ("first", "after", "last", "before")))
            below = request.size(self._largest)
            for cursor in (request.after, request.before):
                if cursor is not None:
                    decode(node.name.value, cursor)
        elif isinstance(asked.get("ids"), list):
            below = len(asked["ids"])
        elif not page:
            below = LIST
        if node.selection_set is None:
            return 0
        inner = self.selection(
            get_named_type(field.type), node.selection_set, 0 if _is_list(field) else below
        )
        return (below if _is_list(field) else 1) * (1 + inner)

    def _asked(self, field: GraphQLField, node: FieldNode) -> dict[str, Any]:
        asked = {argument.name.value: self._value(argument.value) for argument in node.arguments or ()}
        for name in ("first", "last"):
            value = asked.get(name)
            if isinstance(value, float) and value.is_integer():
                asked[name] = int(value)  # as GraphQL reads it
            elif isinstance(value, bool) or not isinstance(value, int | None):
                asked[name] = self._largest  # of another type: GraphQL refuses it, whatever it makes of it
        for name in ("after", "before"):
            if not isinstance(asked.get(name), str | None):
                del asked[name]
        return {name: value for name, value in asked.items() if name in field.args}

    def _value(self, value: ValueNode) -> Any:
        if isinstance(value, VariableNode):
            return self._variables.get(value.name.value)
        return value_from_ast_untyped(value, dict(self._variables))


def _is_list(field: GraphQLField) -> bool:
    bare = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(bare, GraphQLList)


class CostLimit(SchemaExtension):
    """Counts the objects that a valid query may ask for; add it after whatever validates."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def on_execute(self) -> Iterator[None]:
        """Raise `api.page` for pages that make no sense and `api.too_large` over the limit; nothing runs then."""
        context = self.execution_context
        document = context.graphql_document
        schema = context.schema._schema  # noqa: SLF001 (the only way to the types)
        if document is not None:
            fragments = {
                part.name.value: part
                for part in document.definitions
                if isinstance(part, FragmentDefinitionNode)
            }
            for part in document.definitions:
                chosen = context.operation_name
                if isinstance(part, OperationDefinitionNode) and (
                    chosen is None or (part.name is not None and part.name.value == chosen)
                ):
                    self._check(schema, fragments, part, context.variables or {})
        yield

    def _check(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        defaults = {
            one.variable.name.value: value_from_ast_untyped(one.default_value)
            for one in operation.variable_definitions or ()
            if one.default_value is not None
        }
        counted = _Cost(schema, fragments, defaults | dict(variables), int(self._settings.api_page))
        found = counted.selection(schema.query_type, operation.selection_set, 0)
        if found > self._settings.api_cost:
            what = Text("个预估对象", "objects")
            raise LiantuError("api.too_large", what=what, found=found, limit=int(self._settings.api_cost))
        if len(counted.scopes) > SCOPES:
            what = Text("个不同的范围", "different scopes")
            raise LiantuError("api.too_large", what=what, found=len(counted.scopes), limit=SCOPES)
