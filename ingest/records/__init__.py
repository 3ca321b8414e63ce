"""Records (记录): csv and xlsx tables of schools, enterprises and consortia, read into claims.

A kind of record is declared once in `ingest/records/kinds/`; recognition of headers, validation, the template, the docs
and the claims derive from it.
"""

from ingest.records.kind import RecordKind
from ingest.records.kinds import RECORD_KINDS
from ingest.records.read import RECORD_SUFFIXES, RecordsRead, is_record_file, read_records, size_limit
from ingest.records.template import write_template

__all__ = [
    "RECORD_KINDS",
    "RECORD_SUFFIXES",
    "RecordKind",
    "RecordsRead",
    "is_record_file",
    "read_records",
    "size_limit",
    "write_template",
]
