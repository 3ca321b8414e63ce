"""Workbooks whose XML is not what a program would write (改过的工作簿), for the tests of what reads and refuses them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path


def changed(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one of its XML members changed."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
