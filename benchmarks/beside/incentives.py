"""`incentives` by hand: the instruments of policy that measures use."""

from __future__ import annotations

import re

from benchmarks.beside.plain import Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.tasks import responsible_for, set_by
from graph.gaps.instruments import GROUPS, instruments_in

MONEY = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*[余多]?(百万|千万|千|万|亿)?元")
FACTORS = {"": 1, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}


def loop(plain: Plain, *, instrument: str | None = None) -> list[Row]:
    """One row a measure and instrument."""
    bodies, found = responsible_for(plain), []
    for measure, (document, claims) in set_by(plain).items():
        if label(measure) != "Measure":
            continue
        text = plain.value(measure, "text") or plain.named(measure)[0]
        instruments = instruments_in(text)
        if not instruments:
            continue
        groups, left = [], text
        for group in GROUPS:
            if group in left:
                groups.append(group)
                left = left.replace(group, "＿")
        amounts = [
            f"{float(number.replace(',', '')) * FACTORS[unit]:.12g}" for number, unit in MONEY.findall(text)
        ]
        due, own = plain.value(measure, "due"), bodies.get(measure, {})
        responsible = [claim for told in own.values() for claim in told]
        row = {
            "measure": plain.named(measure),
            "document": plain.named(document),
            "agencies": plain.names(own),
            "groups": tuple(groups),
            "amounts": tuple(amounts),
            "due": due,
            "text": text,
            **rests_on(in_turn(telling(claims, 3), telling(responsible, 2)), surest(claims)),
        }
        for one in instruments:
            lacks = {
                "对象": not groups,
                "责任单位": not own,
                "金额": one in ("财政", "金融") and not amounts,
                "期限": due is None,
            }
            missing = tuple(word for word, lacking in lacks.items() if lacking)
            found.append({**row, "instrument": one, "missing": missing})
    return [row for row in found if instrument in (None, row["instrument"])]
