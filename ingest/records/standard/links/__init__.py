"""What the tables of the standard say of linkages (标准表的含义), a module a subject."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ingest.records.kind import RecordKind
from ingest.records.standard.links import (
    assets,
    bases,
    certificates,
    cooperation,
    demand,
    destinations,
    schools,
    silent,
    specialties,
)

_SUBJECTS: Final = (schools, specialties, cooperation, demand, destinations, bases, assets, certificates)

STANDARD_KINDS: Final[Mapping[str, RecordKind]] = MappingProxyType(
    {kind.name: kind for subject in _SUBJECTS for kind in subject.KINDS}
)
"""The tables that say something of linkages."""

SILENT_KINDS: Final[Mapping[str, RecordKind]] = MappingProxyType(silent.kinds_beside(STANDARD_KINDS))
"""All other tables of the standard: recognised by their fields or their name, and left."""
