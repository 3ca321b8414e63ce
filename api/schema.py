"""The schema (接口模式): all types together, and the limits that every query passes before it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

import strawberry
from graphql import GraphQLError
from strawberry.extensions import (
    DisableIntrospection,
    MaxTokensLimiter,
    ParserCache,
    SchemaExtension,
    ValidationCache,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from api.declare import registry
from api.limits.cost import CostLimit
from api.limits.shape import ShapeLimit
from api.query import declare_query
from graph.ontology import NODES
from graph.settings import Settings


class Schema(strawberry.Schema):
    """Strawberry's schema, without its log of errors: `api.errors` decides what the log gets."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here; messages may quote what the log must not hold."""


@cache
def _query() -> type:
    return declare_query()


@lru_cache(maxsize=8)
def make_schema(settings: Settings) -> Schema:
    """The schema with the limits of `settings`, made once a process; introspection is off in production."""
    production = settings.production >= 1
    extensions: list[Callable[[], SchemaExtension]] = [
        lambda: MaxTokensLimiter(max_token_count=int(settings.api_tokens)),
        ParserCache,
        lambda: ShapeLimit(settings),
        *([DisableIntrospection] if production else []),
        ValidationCache,
        lambda: CostLimit(settings),
    ]
    return Schema(
        _query(),
        types=[registry[label] for label in NODES],
        extensions=extensions,
        config=StrawberryConfig(disable_field_suggestions=production),
    )


def sdl() -> str:
    """The schema in GraphQL's own language, as `api/schema.graphql` keeps it."""
    return make_schema(Settings()).as_str() + "\n"
