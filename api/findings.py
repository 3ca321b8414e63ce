"""Gap questions in GraphQL (缺口问题): a type a finding, a field a question, made from the findings' dataclasses.

There is no second definition: fields, labels, parameters and their defaults are those of `graph.gaps`. Findings are
worked out once a version of the graph (and once for each set of parameters).
"""

from __future__ import annotations

import hashlib
import types
import typing
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from api.claims import claim_values
from api.connections import PAGE_ARGUMENTS, Info, declare_list, listed, with_arguments
from api.cursors import PageRequest, check_version, finding_position
from api.declare import Field, declare, registry
from api.loaders import nodes_loader
from api.names import camel, described, pascal
from graph.claims import Claim
from graph.gaps import Scope, answer_once, needs, questions
from graph.gaps.finding import Finding, Named, Question, field_labels
from graph.language import Text
from graph.ontology import SOURCE
from graph.project import Projection
from graph.store.asynchronous import AsyncView

_ANY_SCOPE: Final = Scope(minimum_confidence=0.0)
_SCALARS: Final[Mapping[type, str]] = {str: "str", int: "int", float: "float", bool: "bool"}


async def _named_node(root: Any, info: Info) -> Any:
    return await nodes_loader(info.context, "Named.node").load(root.id)


declare(
    "Text",
    "双语文本 / one text in two languages",
    {"zh": Field("str", "中文 / Chinese"), "en": Field("str", "英文 / English")},
)
declare(
    "Named",
    "发现所指的节点 / a node as findings name it",
    {
        "id": Field("ID", "标识 / id"),
        "name": Field("str", "名称 / name"),
        "node": Field("Node | None", "节点 / the node", _named_node),
    },
)
declare(
    "Parameter",
    "参数 / a parameter",
    {
        "name": Field("str", "名称 / name"),
        "type": Field("str", "类型 / type"),
        "default": Field("JSON | None", "默认值 / default"),
    },
)
declare(
    "Question",
    "缺口问题 / a gap question",
    {
        "name": Field("str", "名称 / name"),
        "field": Field("str", "回答它的字段 / the root field that answers it"),
        "title": Field("Text", "标题 / title"),
        "definition": Field("Text", "定义 / definition"),
        "parameters": Field("list[Parameter]", "参数 / parameters"),
    },
)


def finding_field(annotation: Any, label: Text) -> Field:
    """The GraphQL field of one field of a finding, by its Python type."""
    return Field(_written(annotation), described(label.zh, label.en))


def _written(annotation: Any) -> str:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        inner = [one for one in arguments if one is not type(None)]
        return f"{_written(inner[0])} | None"
    if origin is tuple:
        return f"list[{_written(arguments[0])}]"
    if annotation is Named:
        return "Named"
    if annotation is Claim:
        return "Evidence"
    if annotation is Text:
        return "Text"
    return _SCALARS[annotation]


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, Named):
        return registry["Named"](id=value.id, name=value.name)
    if isinstance(value, Text):
        return text_of(value)
    if isinstance(value, Claim):
        return registry["Evidence"](**claim_values({name: getattr(value, name) for name in Claim.__slots__}))
    return value


def finding_type(question: Question) -> str:
    """The GraphQL type of a question's findings."""
    return f"{pascal(question.name)}Finding"


def finding_of(question: Question, finding: Finding) -> Any:
    """A finding as its GraphQL type."""
    values = {item.name: _value(getattr(finding, item.name)) for item in fields(finding)}
    return registry[finding_type(question)](**values)


_SCOPE: Final[Mapping[str, str]] = {
    item.name: _written(typing.get_type_hints(Scope)[item.name]) for item in fields(Scope)
}


async def projection_of(info: Info, scope: Scope) -> Projection:
    """What the questions read of this request's version of the graph, read once a version for all, within a scope."""
    session = info.context
    version = await session.version()

    async def read(view: AsyncView) -> Projection:
        wanted = needs(within=_ANY_SCOPE)
        nodes = {label: await view.nodes(label) for label in wanted["labels"]}
        edges = {kind: await view.edges(kind) for kind in wanted["kinds"]}
        return Projection(nodes, edges, await view.nodes(SOURCE.name))

    async def make() -> Projection:
        return await session.read(read)

    async def whole() -> Projection:
        return await session.shared((version, "projection"), make)

    if not scope:
        return await whole()

    async def limited() -> Projection:
        projection = await whole()
        return await session.work(lambda: scope.limit(projection))

    return await session.shared((version, "scope", scope), limited, large=True)


async def findings_of(
    info: Info, question: Question, parameters: Mapping[str, Any]
) -> tuple[str, tuple[Finding, ...]]:
    """The version of the graph, and the question's findings on it within the scope that the parameters name."""
    session = info.context
    version = await session.version()
    limits = {name: parameters[name] for name in _SCOPE if parameters.get(name) is not None}
    scope = Scope(**limits) if limits.keys() - {"minimum_confidence"} else Scope()
    own = {name: value for name, value in parameters.items() if name in question.parameters}

    async def make() -> tuple[Finding, ...]:
        projection = await projection_of(info, scope)
        return await session.work(lambda: answer_once(question, projection, **own))

    key = (version, "findings", question.name, tuple(sorted(parameters.items())))
    return version, await session.shared(key, make)


def _parameters(question: Question) -> dict[str, str]:
    """The arguments of a question's field: what limits every question, then its own of a simple type."""
    hints = typing.get_type_hints(question.answer)
    own = {name: _written(hints[name]) for name in question.parameters if _simple(hints[name])}
    return {**_SCOPE, **own}


def _simple(annotation: Any) -> bool:
    inner = [one for one in typing.get_args(annotation) if one is not type(None)] or [annotation]
    return len(inner) == 1 and inner[0] in _SCALARS


def _short_hash(parameters: Mapping[str, Any]) -> str:
    """Tells the answers to a question with different parameters apart."""
    told = sorted((name, value) for name, value in parameters.items() if value is not None)
    return hashlib.sha256(repr(told).encode("utf-8")).hexdigest()[:8]


def question_field(question: Question) -> Field:
    """Declare the types of a question's findings; the root field that answers it."""
    labels = field_labels(question.finding)
    hints = typing.get_type_hints(question.finding)
    name = finding_type(question)
    text = described(question.title.zh, question.title.en)
    declare(name, text, {key: finding_field(hints[key], label) for key, label in labels.items()})
    made = declare_list(name, text)
    scope = camel(question.name)
    arguments = _parameters(question)

    async def resolve(root: Any, info: Info, **given: Any) -> Any:  # noqa: ARG001 (GraphQL's signature)
        request = PageRequest(**{key: given.pop(key, None) for key in PAGE_ARGUMENTS})
        version, found = await findings_of(info, question, given)
        asked = _short_hash(given)
        ids = [finding_position(version, asked, number) for number in range(len(found))]
        for cursor in (request.after, request.before):
            check_version(cursor, scope, version, asked)
        largest = info.context.largest_page

        def items(start: int, stop: int) -> list[Any]:
            return [finding_of(question, one) for one in found[start:stop]]

        return listed(name, scope, ids, request, largest, items)

    described_field = f"{text}。{question.definition.zh} / {question.definition.en}"
    return Field(
        made, described_field, with_arguments(resolve, PAGE_ARGUMENTS | arguments, question.parameters)
    )


def question_of(question: Question) -> Any:
    """A question as GraphQL describes it."""
    kinds = _parameters(question)
    return registry["Question"](
        name=question.name,
        field=camel(question.name),
        title=text_of(question.title),
        definition=text_of(question.definition),
        parameters=[
            registry["Parameter"](name=camel(name), type=kinds[name], default=question.parameters.get(name))
            for name in kinds
        ],
    )


def text_of(text: Text) -> Any:
    """A text in both languages."""
    return registry["Text"](zh=text.zh, en=text.en)


def gap_fields() -> dict[str, Field]:
    """The root fields of all gap questions."""
    return {question.name: question_field(question) for question in questions().values()}
