"""What the servers of the tests need of the machine (测试机): packages that apt can put there, a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Sequence


def install(packages: Sequence[str]) -> bool:
    """Install packages by apt, where that can be done without asking; whether it was."""
    prefix = [] if not hasattr(os, "geteuid") or os.geteuid() == 0 else ["sudo", "-n"]
    if not all(shutil.which(program) for program in ("apt-get", *prefix[:1])):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(
            [*prefix, "apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL, check=False
        ).returncode
        == 0
        for command in (["update"], ["install", "-y", "--no-install-recommends", *packages])
    )


def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
