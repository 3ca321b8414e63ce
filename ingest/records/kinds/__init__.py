"""The record kinds (记录类型), one module each; the order is that of `liantu template` and the docs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ingest.records.kind import RecordKind
from ingest.records.kinds import (
    consortium_members,
    cooperation,
    enterprises,
    ods_cxhzsj,
    ods_zyszsj,
    platforms,
    school_specialties,
    specialty_groups,
    talent_chains,
)

RECORD_KINDS: Final[Mapping[str, RecordKind]] = MappingProxyType(
    {
        module.KIND.name: module.KIND
        for module in (
            consortium_members,
            school_specialties,
            specialty_groups,
            enterprises,
            cooperation,
            platforms,
            talent_chains,
            ods_zyszsj,
            ods_cxhzsj,
        )
    }
)
