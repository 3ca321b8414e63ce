"""To whom an official document goes and who sends it out (主送、抄送、印发机关): which of its blocks say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ingest.document import Block, Document

MAIN: Final = "主送"
COPY: Final = "抄送"
PRINTED: Final = "印发"
_BELOW_TITLE: Final = 3  # blocks between the title and the addressees, such as a number in brackets
_COLOPHON: Final = 6  # blocks at the end, where the last line says who printed it and when
_COPIED_TO: Final = re.compile(r"\s*抄\s*送\s*[:：]")
_PRINTED_BY: Final = re.compile(r"日\s*印发$")


def addressees_of(document: Document) -> Mapping[int, str]:
    """The part that a block has, by its number: `主送` above the text; `抄送` and `印发` at the end."""
    found: dict[int, str] = {}
    blocks = document.blocks
    title = next((number for number, block in enumerate(blocks) if block.role == "title"), None)
    if title is not None:
        below = range(title + 1, min(title + 1 + _BELOW_TITLE, len(blocks)))
        main = next((number for number in below if _is_salutation(blocks[number])), None)
        if main is not None:
            found[main] = MAIN
    for number in range(max(0, len(blocks) - _COLOPHON), len(blocks)):
        if _COPIED_TO.match(blocks[number].text):
            found[number] = COPY
        elif _PRINTED_BY.search(blocks[number].text):
            found[number] = PRINTED
    return found


def _is_salutation(block: Block) -> bool:
    return block.role == "paragraph" and block.text.rstrip().endswith(("：", ":")) and "。" not in block.text
