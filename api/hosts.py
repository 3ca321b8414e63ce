"""Under which names the API answers (主机名): a page of another site cannot reach it by a name of its own.

A browser keeps sites apart by their names. A name that its owner makes lead to this machine (DNS rebinding) would pass
for the site of the API; but its requests still carry that name as `Host`, and are refused for it.
"""

from __future__ import annotations

import socket
from typing import Final

from graph.errors import LiantuError
from graph.settings import Settings, variable

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_EVERYWHERE: Final = ("0.0.0.0", "::", "")  # noqa: S104 (told apart, not bound)


def allowed_hosts(settings: Settings, host: str | None = None) -> list[str]:
    """The values of `Host` that are answered: this machine, the `host` served, and what the settings name.

    Served at all addresses, the name of the machine is one of them. `setting.invalid` for a `*` inside a name.
    """
    given = [one.strip() for one in settings.api_hosts.split(",") if one.strip()]
    for one in given:
        if "*" in one.removeprefix("*.") and one != "*":
            raise LiantuError(
                "setting.invalid", name=variable("api_hosts"), value=one, reason="name / *.name / *"
            )
    served = [] if host is None else [socket.gethostname() if host in _EVERYWHERE else host]
    return list(dict.fromkeys(_as_sent(one) for one in (*LOOPBACK, *served, *given)))


def _as_sent(host: str) -> str:
    """A host as the header writes it: an IPv6 address stands in brackets."""
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
