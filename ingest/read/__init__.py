"""Reading documents (读取文档): txt, html, docx, ofd, pdf → `Document`, each block leading back to the original file."""

from __future__ import annotations

from ingest.read.content import DOCUMENT_SUFFIXES
from ingest.read.reader import check_size, document_of, read_document

__all__ = ["DOCUMENT_SUFFIXES", "check_size", "document_of", "read_document"]
