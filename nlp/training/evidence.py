"""An example (样例) to weigh: what speaks for something, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """What speaks for something in an annotated passage, and whether the passage has it."""

    evidence: frozenset[str]
    right: bool
