"""The record kinds (记录类型); the order is that of `liantu template` and the docs.

Tables that people make by hand are declared here, one module each, those of the national data standard in
`ingest.records.standard.links`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ingest.records.kind import RecordKind
from ingest.records.kinds import (
    consortia,
    consortium_lists,
    consortium_members,
    cooperation,
    enterprises,
    industries,
    ledger,
    platforms,
    school_specialties,
    shared_resources,
    specialty_groups,
    talent_chains,
)
from ingest.records.standard.links import SILENT_KINDS, STANDARD_KINDS

RECORD_KINDS: Final[Mapping[str, RecordKind]] = MappingProxyType(
    {
        module.KIND.name: module.KIND
        for module in (
            consortium_members,
            consortium_lists,
            consortia,
            school_specialties,
            specialty_groups,
            enterprises,
            industries,
            cooperation,
            platforms,
            talent_chains,
            shared_resources,
            ledger,
        )
    }
    | dict(STANDARD_KINDS)
)
"""The kinds that say something: what a template is made for, and what rows are read as."""

RECOGNISED: Final[Mapping[str, RecordKind]] = MappingProxyType({**RECORD_KINDS, **SILENT_KINDS})
"""These, and the tables of the standard that are known and left."""
