"""Who works together, by hand: pairs of school and enterprise, by cooperation or by what both build."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.beside.plain import INTENDED, Claim, Plain, label


@dataclass
class Pair:
    """How far a pair has come, and the claims that say so."""

    stage: int = INTENDED
    direct: list[Claim] = field(default_factory=list)
    built: dict[str, Claim] = field(default_factory=dict)

    @property
    def claims(self) -> list[Claim]:
        """All of them."""
        return [*self.direct, *self.built.values()]

    @property
    def modes(self) -> set[str]:
        """The modes of cooperation that are told."""
        told = {claim["mode"] for claim in self.direct if claim["mode"]}
        return told | {"共建"} if self.built else told


def builders(plain: Plain) -> dict[str, dict[str, list[Claim]]]:
    """Thing → who builds it → the claims."""
    found: dict[str, dict[str, list[Claim]]] = {}
    for claim in plain.all("CO_BUILDS", None):
        found.setdefault(claim["tail"], {}).setdefault(claim["head"], []).append(claim)
    return found


def pairs(plain: Plain) -> dict[tuple[str, str], Pair]:
    """Every pair that a claim joins."""
    found: dict[tuple[str, str], Pair] = {}
    for claim in plain.all("COOPERATES_WITH", None):
        pair = found.setdefault((claim["head"], claim["tail"]), Pair())
        pair.stage = min(pair.stage, plain.stage(claim))
        pair.direct.append(claim)
    for own in builders(plain).values():
        for school, of_school in own.items():
            if label(school) != "School":
                continue
            for firm, of_firm in own.items():
                if label(firm) != "Enterprise":
                    continue
                pair = found.setdefault((school, firm), Pair())
                stage = max(min(map(plain.stage, of_school)), min(map(plain.stage, of_firm)))
                pair.stage = min(pair.stage, stage)
                pair.built |= {claim["id"]: claim for claim in (*of_school, *of_firm)}
    return found


def partners(found: dict[tuple[str, str], Pair]) -> dict[str, dict[str, Pair]]:
    """Member → whom it is paired with."""
    of: dict[str, dict[str, Pair]] = {}
    for (school, firm), pair in found.items():
        of.setdefault(school, {})[firm] = pair
        of.setdefault(firm, {})[school] = pair
    return of


def memberships(plain: Plain) -> dict[str, dict[str, list[Claim]]]:
    """Consortium → its members and leaders → the claims; who is only planned or encouraged to join is none."""
    found: dict[str, dict[str, list[Claim]]] = {}
    for kind in ("MEMBER_OF", "LEADS"):
        for claim in plain.all(kind):
            found.setdefault(claim["tail"], {}).setdefault(claim["head"], []).append(claim)
    return found
