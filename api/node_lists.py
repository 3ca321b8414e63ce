"""The list of a node kind at the root (节点列表): a page is read as a part of the kind, never the whole of it.

The store gives one row more than the page shows, which says whether there is more in that direction. What else may be
asked of a page, how many there are in all and whether there is more on the other side, takes a query each, and only
where it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from api.connections import Later, connected
from api.cursors import PageRequest, decode, encode
from api.declare import registry
from api.loaders import node_of
from api.session import Session
from graph.store.asynchronous import AsyncView


class NodeList:
    """The nodes of a kind in the order of their ids, narrowed by words of the name and values of properties."""

    def __init__(self, session: Session, label: str, scope: str, given: Mapping[str, Any]) -> None:
        self._session = session
        self._label = label
        self._scope = scope
        wanted = {name: value for name, value in given.items() if value is not None}
        self._narrowing = {"named": wanted.pop("name", None), "equal": wanted}

    async def page(self, request: PageRequest) -> Any:
        """The connection that a request asks for; `api.page` where it makes no sense."""
        size = request.size(self._session.largest_page)
        after, before = (cursor and decode(self._scope, cursor) for cursor in (request.after, request.before))
        backwards = request.last is not None

        async def read(view: AsyncView) -> list[dict[str, Any]]:
            if before is not None and after is not None and before <= after:
                return []
            part = await view.nodes(
                self._label,
                after=after,
                before=before,
                limit=size + 1,
                backwards=backwards,
                **self._narrowing,
            )
            rows: list[dict[str, Any]] = part.to_pylist()
            return rows

        rows = await self._session.read(read) if size else []
        more = len(rows) > size
        rows = (rows[-size:] if backwards else rows[:size]) if size else []
        shown = [row["id"] for row in rows]
        edges = [
            registry[f"{self._label}Edge"](
                cursor=encode(self._scope, row["id"]), node=node_of(self._label, row)
            )
            for row in rows
        ]
        sides = self._sides(shown, after, before, backwards=backwards, more=more)
        return connected(f"{self._label}Connection", self._scope, shown, edges, *sides, self._total)

    def _sides(
        self, shown: Sequence[str], after: str | None, before: str | None, *, backwards: bool, more: bool
    ) -> tuple[bool | Later, bool | Later]:
        """Whether there is more before what is shown, and after it."""
        if not shown:
            return self._around(after, before, backwards=backwards)
        if backwards:
            behind = False if before is None else partial(self._beyond, after=shown[-1])
            return more or (False if after is None else partial(self._beyond, before=shown[0])), behind
        ahead = False if after is None else partial(self._beyond, before=shown[0])
        return ahead, more or (False if before is None else partial(self._beyond, after=shown[-1]))

    def _around(
        self, after: str | None, before: str | None, *, backwards: bool
    ) -> tuple[bool | Later, bool | Later]:
        """The same for a page with nothing on it: it stands at its bound, or at the end that it was read from."""
        if backwards and before is not None and (after is None or after < before):
            return partial(self._beyond, before=before), partial(self._beyond, after=before, also=before)
        if backwards and before is None:
            return partial(self._beyond), False
        if after is not None:
            return partial(self._beyond, before=after, also=after), partial(self._beyond, after=after)
        return False, partial(self._beyond)

    async def _beyond(
        self, *, after: str | None = None, before: str | None = None, also: str | None = None
    ) -> bool:
        """Whether the list has a node between the bounds, or the node `also`."""

        async def read(view: AsyncView) -> bool:
            part = await view.nodes(self._label, after=after, before=before, limit=1, **self._narrowing)
            found: bool = part.num_rows > 0
            if not found and also is not None:
                found = (await view.nodes(self._label, [also], **self._narrowing)).num_rows > 0
            return found

        return await self._session.read(read)

    async def _total(self) -> int:
        return await self._session.read(lambda view: view.count(self._label, **self._narrowing))
