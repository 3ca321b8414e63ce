"""`policy_frame` by hand: the frame of each document as a tree."""

from __future__ import annotations

import re

from benchmarks.beside.plain import Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.tasks import responsible_for, set_by
from graph.gaps.instruments import instruments_in
from graph.gaps.policy_frame import HEADING, WORDS_OF_PARTS
from graph.gaps.stated import number_text


def loop(plain: Plain, *, document: str | None = None) -> list[Row]:
    """One row a document, measure and target."""
    sets, bodies, later = set_by(plain), responsible_for(plain), _later(plain)
    inside: dict[str, list[str]] = {}
    for item, (setter, _) in sets.items():
        inside.setdefault(setter, []).append(item)
    found = []
    for root in inside.keys() | later.keys():
        called = (plain.named(root)[0], plain.value(root, "number"), plain.value(root, "title"))
        if document is not None and not any(document in word for word in called if word):
            continue
        words, mentions = later.get(root, (set(), []))
        repealed = plain.value(root, "repealed")
        own = [claim for item in inside.get(root, ()) for claim in sets[item][1]] + mentions
        found.append(
            {
                "node": plain.named(root),
                "document": plain.named(root),
                "part": "文件",
                "depth": 0,
                "parent": None,
                "who": (),
                "due": None,
                "instruments": (),
                "text": plain.value(root, "number"),
                "later": (*((f"废止日期 {repealed}",) if repealed else ()), *sorted(words)),
                **rests_on(in_turn(telling(mentions, 3), telling(own, 2)), surest(own)),
            }
        )
        heading = None
        items = inside.get(root, ())
        for item in sorted(items, key=lambda one: _place(plain, one)):
            values, measure, who = plain.nodes.get(item, {}), label(item) == "Measure", bodies.get(item, {})
            text = str(values.get("text") or plain.named(item)[0]) if measure else ""
            due = values.get("due" if measure else "year")
            heads = measure and due is None and not who and HEADING.fullmatch(text)
            parent = root if heads or not measure else heading or root
            heading = item if heads else heading
            claims = sets[item][1]
            responsible = [claim for told in who.values() for claim in told]
            found.append(
                {
                    "node": plain.named(item),
                    "document": plain.named(root),
                    "part": _part(text) if measure else "目标",
                    "depth": 1 if parent == root else 2,
                    "parent": plain.named(parent),
                    "who": plain.names(who),
                    "due": None if due is None else str(due),
                    "instruments": instruments_in(text),
                    "text": text if measure else _quantity(values),
                    "later": (),
                    **rests_on(in_turn(telling(claims, 2), telling(responsible, 2)), surest(claims)),
                }
            )
    return found


def _part(text: str) -> str:
    return next((part for part, pattern in WORDS_OF_PARTS.items() if pattern.search(text)), "举措")


def _quantity(values: Row) -> str | None:
    if values.get("value") is None:
        return None
    return f"{values['comparator'] or '='} {number_text(values['value'], values['unit'])}"


def _place(plain: Plain, item: str) -> tuple[bool, int, tuple[str, str]]:
    measure = label(item) == "Measure"
    return not measure, (plain.value(item, "order") if measure else None) or 0, plain.named(item)


def _later(plain: Plain) -> dict[str, tuple[set[str], list[Claim]]]:
    """What later documents say of a document."""
    found: dict[str, tuple[set[str], list[Claim]]] = {}
    for claim in plain.all("MENTIONS", None):
        one, other = claim["head"], claim["tail"]
        if label(other) != "PolicyDocument" or one == other:
            continue
        issued, before, quote = plain.value(one, "issued"), plain.value(other, "issued"), claim["quote"] or ""
        if before and issued and issued < before:
            continue
        verb = "提及"
        if re.search("修订|修改|调整|代替|替代", quote):
            verb = "修改或调整"
        if re.search("废止|停止执行|失效", quote):
            verb = "废止"
        words, claims = found.setdefault(other, (set(), []))
        words.add(f"{verb}：{plain.named(one)[0]}{f'（{issued}）' if issued else ''}")
        claims.append(claim)
    return found
