"""The address of a graph (图谱地址): the path of a directory or the URL of a server, and how it may be shown."""

from __future__ import annotations

import os
import re
import shlex
from typing import Final
from urllib.parse import urlsplit

from graph.errors import LiantuError

BOLT_PORT: Final = 7687
_BARE: Final = re.compile(r"[\w@%+=:,./-]+" if os.name != "nt" else r"[\w@+=:,./\\-]+")
_DATABASE: Final = re.compile(r"/([A-Za-z0-9_.-]+)/?")


def is_url(address: str) -> bool:
    """Whether an address names a server and not a directory."""
    return "://" in address


def shown(address: str) -> str:
    """An address as messages may say it: without the user and password that a URL may hold."""
    if not is_url(address):
        return address
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def typed(words: str) -> str:
    """A path or an address as it is typed in a command: in quotes where a shell would take it apart.

    >>> typed("城市/图谱"), typed("neo4j://host:7687")
    ('城市/图谱', 'neo4j://host:7687')
    """
    if _BARE.fullmatch(words):
        return words
    return f'"{words}"' if os.name == "nt" else shlex.quote(words)


def host_and_port(address: str) -> tuple[str, int]:
    """The host and port of a URL (7687 where it says none); `graph.unsupported` where it has no sound ones."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or BOLT_PORT
    except ValueError:
        host, port = None, BOLT_PORT
    if not host:
        raise LiantuError("graph.unsupported", graph=shown(address))
    return host, port


def database_of(address: str) -> str | None:
    """The database that a URL names (`neo4j://host/city`), none where it names none; `graph.unsupported` otherwise."""
    path = urlsplit(address).path
    if path in ("", "/"):
        return None
    found = _DATABASE.fullmatch(path)
    if found is None:
        raise LiantuError("graph.unsupported", graph=shown(address))
    return found[1]
