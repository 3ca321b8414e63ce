"""What tells one node from another (节点标识): names made comparable, and ids made from names or codes.

An id is `Label:key`, or `Label:key@scope-id` for what exists only inside something else (a group inside its
school, a measure inside its document). The key is the official code where there is one, else the normalised
name, so the same thing said by two sources gets the same id without asking any register, in any order.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_MARKS = str.maketrans(
    dict.fromkeys("“”\"'‘’「」『』《》", "")
    | {"(": "（", ")": "）", "[": "〔", "]": "〕", "【": "〔", "】": "〕"}
)
_MARK = re.compile(f"[{re.escape(''.join(map(chr, _MARKS)))}]")
_CHAIN_SUFFIX = re.compile(r"(?<=..)(产业集群体系|集群体系|产业集群|产业链|集群|产业)$")


@lru_cache(maxsize=8192)  # a name is compared several times, and sources repeat their names
def normalise_name(name: str) -> str:
    """A name as it is compared: width, white space, quotation marks, bracket styles and case do not count."""
    while True:
        folded = unicodedata.normalize("NFKC", name)
        if _MARK.search(folded):  # most names have none, and looking is ten times as fast as translating
            folded = folded.translate(_MARKS)
        folded = _SPACE.sub("", folded).casefold()
        if folded == name or unicodedata.is_normalized("NFKC", folded):
            return folded
        name = folded  # without its spaces a letter and an accent have met: fold these too


def node_id(label: str, *, name: str = "", code: str | None = None, scope: str | None = None) -> str:
    """The id of a node of kind `label`, by its official `code` or else its `name`, inside `scope` (a node id).

    >>> node_id("School", name="重庆 电子工程职业学院")
    'School:重庆电子工程职业学院'
    >>> node_id("SpecialtyGroup", name="智能网联汽车专业群", scope="School:4150012215")
    'SpecialtyGroup:智能网联汽车专业群@School:4150012215'
    """
    key = unicodedata.normalize("NFKC", code).strip().upper() if code else normalise_name(name)
    if label == "IndustryChain" and not code:
        key = _CHAIN_SUFFIX.sub("", key)  # 先进材料, 先进材料产业 and 先进材料产业集群 are one chain
    key = key.replace("@", "＠")  # the mark between a key and its scope
    if not key:
        raise ValueError("a node needs a name or a code")
    return f"{label}:{key}" + (f"@{scope}" if scope else "")


def label_of(identifier: str) -> str:
    """The kind that an id names: `label_of("School:4150012215") == "School"`."""
    return identifier.partition(":")[0]


def key_of(identifier: str) -> str:
    """The code or normalised name in an id: `key_of("Measure:1@PolicyDocument:文") == "1"`."""
    return identifier.partition("@")[0].partition(":")[2]


def scope_of(identifier: str) -> str | None:
    """The id of what a scoped node lives in, or `None`."""
    return identifier.partition("@")[2] or None


def with_scope(identifier: str, scope: str) -> str:
    """The same scoped id inside another scope (used when the scope was merged into another node)."""
    return f"{identifier.partition('@')[0]}@{scope}"
