"""Whose document it is (文档背景): the region that 市教委 and 全市 stand for, and the day that 去年 is counted from."""

from __future__ import annotations

import re
from functools import cache

from graph import reference
from ingest.document import Document
from nlp.catalogues import AMBIGUOUS_REGIONS
from nlp.extraction import Context

_HEAD_BLOCKS = 12


@cache
def _places() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of the names of provinces and cities, full and short, and the full name of each."""
    full: dict[str, str] = {}
    for row in reference.rows("regions"):
        if row["level"] in {"省级", "地级"}:
            name = row["name"]
            full[name] = name
            short = re.sub(r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$", "", name)
            if len(short) >= 2 and short not in AMBIGUOUS_REGIONS:  # 各位来宾, 朝阳产业
                full.setdefault(short, name)
    longest_first = sorted(full, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), full


def region_of(text: str) -> str | None:
    """The first province or city named in `text`, by its full name."""
    pattern, full = _places()
    found = pattern.search(text)
    return full[found.group()] if found else None


@cache
def _regions() -> tuple[dict[str, list[str]], dict[str, str], dict[str, str]]:
    """Codes by full or short name, and the parent and name of each code."""
    by_name: dict[str, list[str]] = {}
    rows = reference.rows("regions")
    for row in rows:
        for name in {row["name"], *row["short"].split("、")} - {""}:
            by_name.setdefault(name, []).append(row["code"])
    return by_name, {row["code"]: row["parent"] for row in rows}, {row["code"]: row["name"] for row in rows}


def region_code(name: str, within: str | None) -> str | None:
    """The division code of a region named alone: the only one of that name, else the only one `within` a region.

    江北区 is a district of 重庆 and of 宁波: in a document of 重庆市 it is the former.
    """
    by_name, parents, names = _regions()
    codes = by_name.get(name, [])
    if len(codes) > 1 and within is not None:
        codes = [code for code in codes if within in _ancestry(code, parents, names)]
    return codes[0] if len(codes) == 1 else None


def _ancestry(code: str, parents: dict[str, str], names: dict[str, str]) -> set[str]:
    found = set()
    while code in names:
        found.add(names[code])
        code = parents[code]
    return found


def context_of(document: Document) -> Context:
    """The context in which the passages of a document are read.

    The region is that of the issuer, else of the title, else the first named in the document's head.
    """
    heads = (document.issuer, document.title, *(block.text for block in document.blocks[:_HEAD_BLOCKS]))
    region = next((region for text in heads if text and (region := region_of(text))), None)
    return Context(issuer=document.issuer, region=region, date=document.spoken or document.issued)
