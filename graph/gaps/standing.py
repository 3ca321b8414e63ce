"""The gap questions that look at the state of things (缺口问题目录), in the order in which they are told.

A new question is a new module with its finding, its function and its `QUESTION`, listed here. The questions that ask
others (`district`, `what_if`) follow after these in `graph.gaps`.
"""

from __future__ import annotations

from typing import Final

from graph.gaps import (
    broken_ladders,
    changes,
    cooperation,
    coverage,
    crowded_specialties,
    evaluation,
    exchange,
    incentives,
    isolated_members,
    ledger,
    missing_platforms,
    nominal_consortia,
    orphan_specialties,
    pathways,
    plan,
    policy_frame,
    ranking,
    registry,
    roster,
    seat_value,
    service_gap,
    shared_resources,
    skins_index,
    specialty_adjustment,
    structural_alignment,
    talent_balance,
    talent_matching,
    targets,
    uncovered_chains,
)
from graph.gaps.finding import Question

STANDING: Final[tuple[Question, ...]] = tuple(
    module.QUESTION
    for module in (
        uncovered_chains,
        orphan_specialties,
        crowded_specialties,
        talent_balance,
        talent_matching,
        seat_value,
        specialty_adjustment,
        exchange,
        skins_index,
        isolated_members,
        service_gap,
        nominal_consortia,
        shared_resources,
        missing_platforms,
        broken_ladders,
        pathways,
        coverage,
        targets,
        ranking,
        evaluation,
        roster,
        ledger,
        incentives,
        plan,
        changes,
        registry,
        cooperation,
        policy_frame,
        structural_alignment,
    )
)
