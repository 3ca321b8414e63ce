"""Typography (字形): a text as the rules read it, one character for each of its own, so that offsets stay.

Documents write the same thing with half-width commas, full-width digits, traditional characters, the look-alike
radicals of a pdf, spaces without width and entities of HTML. The rules are written for one form of each; what is
quoted is always cut from the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from nlp.names import names

_CHINESE: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff，。；：？！（）《》“”、—…％"
# Half-width marks are Chinese ones beside Chinese text; between digits and letters (1,280; 10:30) they are their own.
_HALF_WIDTH: Final = re.compile(
    f'(?<=[{_CHINESE}\\d%A-Za-z)”])[,;:!?](?=\\s?[{_CHINESE}“"(\\[])'
    f'|(?<=[{_CHINESE})”"])[,;:!?](?=[\\dA-Za-z\\s]|$)'
    f"|(?<=[{_CHINESE}])\\.(?=\\s|$|[{_CHINESE}])"
    "|[()]"
)
_WIDE: Final = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。"}
_ENTITY: Final = re.compile("&(?:nbsp|ensp|emsp|amp|lt|gt|quot|ldquo|rdquo|#\\d{1,6}|#x[0-9a-fA-F]{1,6});")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "ldquo": "“", "rdquo": "”"}
# What stands for nothing or for a space: control characters, zero width, no-break, soft hyphen. Lines stay lines.
_BLANK: Final = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), 0xA0, 0xAD, 0x180E, *range(0x2000, 0x2010),
     *range(0x202A, 0x2030), 0x205F, *range(0x2060, 0x2065), 0x3164, 0xFEFF],
    " ",
)  # fmt: skip
_SAME: Final = {
    0x2028: "\n", 0x2029: "\n", 0x0D: " ",
    0xFF0E: ".", 0xFF05: "%", 0xFF0B: "+", 0xFF0F: "/", 0xFF06: "&", 0xFF5E: "～", 0xFF0D: "-",
    0xFE50: "，", 0xFE51: "、", 0xFE52: ".", 0xFE54: "；", 0xFE55: "：", 0xFE59: "（", 0xFE5A: "）",
    0xFF61: "。", 0xFF62: "“", 0xFF63: "”", 0xFF64: "、", 0x300C: "“", 0x300D: "”", 0x300E: "“", 0x300F: "”",
    0xFF02: '"', 0x201F: "“", 0x301D: "“", 0x301E: "”", 0xFF3B: "[", 0xFF3D: "]", 0xFE5D: "〔", 0xFE5E: "〕",
    0x2F00: "一", 0x22EF: "…", 0x2010: "-", 0x2011: "-", 0x2012: "–", 0x2015: "—", 0x2500: "—", 0xFE63: "-",
}  # fmt: skip


@cache
def _table() -> dict[int, str]:
    """The characters that are read as another one whatever stands beside them."""
    table: dict[int, str] = dict(_BLANK) | _SAME
    wide = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))  # digits, letters
    radicals = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFADA))  # what a pdf shows as ⼈ or 金
    for code in (*wide, *radicals):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table.setdefault(code, plain)
    for pair in names("traditional"):
        table.setdefault(ord(pair[0]), pair[1])
    return table


@cache
def _other_forms() -> re.Pattern[str]:
    """Any of them: most texts have none."""
    return re.compile(f"[{''.join(map(re.escape, map(chr, _table())))}]")


def plain(text: str) -> str:
    """The text in the form that the rules are written for; as long as it was, character by character.

    >>> plain("由臺州學院牽頭,產值１．５萬元(2023年)")
    '由台州学院牵头，产值1.5万元（2023年）'
    """
    read = text.translate(_table()) if _other_forms().search(text) else text
    if "&" in read:
        read = _ENTITY.sub(_spaced, read)
    return _HALF_WIDTH.sub(lambda mark: _WIDE[mark.group()], read)


def _spaced(entity: re.Match[str]) -> str:
    meant = _ENTITIES.get(entity.group()[1:-1], " ")
    return meant + " " * (len(entity.group()) - 1)
