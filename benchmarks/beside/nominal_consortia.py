"""`nominal_consortia` by hand: consortia whose members have done nothing together."""

from __future__ import annotations

import json
from collections import Counter

from benchmarks.beside.pairs import memberships, pairs, partners
from benchmarks.beside.plain import (
    BEGUN,
    DONE_STAGE,
    INTENDED,
    Claim,
    Plain,
    Row,
    in_turn,
    label,
    rests_on,
    surest,
    telling,
)
from graph.gaps.dates import quarter

ORGANS = {
    "council": "理事会",
    "secretariat": "秘书处",
    "operator": "运营平台",
    "charter": "章程",
    "mandate": "赋权清单",
}


def loop(plain: Plain, *, maximum_density: float = 0.0) -> list[Row]:
    """One row a consortium."""
    joined = pairs(plain)
    of = partners(joined)
    governed = organs(plain)
    built: dict[str, set[str]] = {}
    for claim in plain.all("CO_BUILDS"):
        built.setdefault(claim["head"], set()).add(claim["tail"])
    shared: dict[str, set[str]] = {}
    for claim in plain.all("SHARES"):
        shared.setdefault(claim["head"], set()).add(claim["tail"])
    found = []
    for consortium, members in memberships(plain).items():
        if len(members) < 2:
            continue
        among = [
            pair
            for one in members
            if one.startswith("School:")
            for other, pair in of.get(one, {}).items()
            if other in members
        ]
        stages = Counter(pair.stage for pair in among)
        things = Counter(thing for one in members for thing in built.get(one, ()))
        joint = sum(count > 1 for count in things.values())
        sides = Counter(map(label, members))
        possible = sides["School"] * sides["Enterprise"]
        density = stages[DONE_STAGE] / possible if possible else None
        if (density or 0.0) > maximum_density or (joint and not maximum_density):
            continue
        done = [claim for pair in among for claim in pair.direct if claim["status"] in plain.done]
        quarters = Counter(
            one
            for pair in among
            for one in {
                quarter(claim["since"] or claim["observed"])
                for claim in pair.direct
                if claim["status"] in plain.done
            }
            if one
        )
        sitting = [claim for claims in members.values() for claim in claims]
        working = [claim for pair in among for claim in pair.claims]
        states, told = governed.get(consortium, ({}, []))
        believed, differing = believed_organs(told)
        lacks = [] if sides["School"] else ["没有院校成员"]
        lacks += [] if sides["Enterprise"] else ["没有企业成员"]
        lacks += ["成员之间没有已落实的校企合作"] if density == 0 else []
        lacks += ["在建、计划或倡导的合作尚未落实"] if stages[BEGUN] or stages[INTENDED] else []
        lacks += [] if joint else ["没有成员共建的平台、学院、基地或项目"]
        lacks += [f"没有{word}" for key, word in ORGANS.items() if believed.get(key) == "未设"]
        lacks += [f"{word}尚在筹建" for key, word in ORGANS.items() if believed.get(key) == "筹建"]
        lacks += [f"说法不一：{told_of}" for told_of in differing]
        words = in_turn(telling(working, 3), telling(sitting))
        found.append(
            {
                "consortium": plain.named(consortium),
                "level": plain.value(consortium, "level"),
                "members": len(members),
                "schools": sides["School"],
                "enterprises": sides["Enterprise"],
                "others": len(members) - sides["School"] - sides["Enterprise"],
                "possible_pairs": possible,
                "realised_pairs": stages[DONE_STAGE],
                "density": density,
                "joint_works": joint,
                "under_way_pairs": stages[BEGUN],
                "intended_pairs": stages[INTENDED],
                "modes": tuple(sorted({mode for pair in among for mode in pair.modes})),
                "breadth": len({claim["mode"] for claim in done if claim["mode"]}),
                "shared_resources": len(
                    {one for sharer in (*members, consortium) for one in shared.get(sharer, ())}
                ),
                "organs": tuple(word for key, word in ORGANS.items() if believed.get(key) == "有"),
                "activity": tuple(f"{one} {count}" for one, count in sorted(quarters.items())),
                "last_active": max(quarters, default=None),
                "missing": tuple(lacks),
                "unknown": tuple(word for key, word in ORGANS.items() if key not in states),
                **rests_on(in_turn(words[:4], telling(told, 1), words), surest(sitting)),
            }
        )
    return found


def believed_organs(told: list[Claim]) -> tuple[dict[str, str], list[str]]:
    """Organ → what the surest claim says it is, the least of equally sure ones; and where claims differ."""
    cautious = ("未设", "筹建", "有")
    said: dict[str, list[tuple[float, int]]] = {}
    for claim in told:
        for key, value in json.loads(claim["properties"]).items():
            if key in ORGANS:
                said.setdefault(key, []).append((-claim["confidence"], cautious.index(value)))
    believed = {key: cautious[min(own)[1]] for key, own in said.items()}
    differing = []
    for key, word in ORGANS.items():
        others = sorted({place for _, place in said.get(key, ())} - {cautious.index(believed.get(key, "有"))})
        if key in believed and others:
            differing.append(f"{word}：{believed[key]} ≠ {'、'.join(cautious[one] for one in others)}")
    return believed, differing


def organs(plain: Plain) -> dict[str, tuple[dict[str, set[str]], list[Claim]]]:
    """Consortium → organ → what it is said to be, and the claims."""
    found: dict[str, tuple[dict[str, set[str]], list[Claim]]] = {}
    for claim in plain.all("STATES", None):
        if claim["properties"] and claim["tail"].startswith("Consortium:"):
            told = {key: value for key, value in json.loads(claim["properties"]).items() if key in ORGANS}
            if told:
                states, claims = found.setdefault(claim["tail"], ({}, []))
                claims.append(claim)
                for key, value in told.items():
                    states.setdefault(key, set()).add(value)
    return found
