"""Figures that documents give of a chain itself, by hand."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.beside.plain import Claim, Plain, label
from graph.gaps.stated import number_text


def stated(
    plain: Plain, chains: Iterable[str], year: int | None = None
) -> tuple[tuple[str, ...], tuple[str, ...], list[Claim]]:
    """What statistics and targets tell of chains, what of it contradicts, and the claims that tie them."""
    texts, told, claims = set(), dict[str, set[str]](), []
    for chain in chains:
        for claim in plain.at("ABOUT", chain, None):
            if label(claim["head"]) not in ("Statistic", "Target"):
                continue
            values = plain.nodes.get(claim["head"], {})
            if year is not None and values.get("year") not in (year, None):
                continue
            claims.append(claim)
            if values.get("value") is None:
                continue
            number = number_text(values["value"], values["unit"])
            when = "" if values["year"] is None else f"（{values['year']}）"
            name = values["metric"] or plain.named(claim["head"])[0]
            texts.add(f"{name} {values['comparator'] or '='} {number}{when}")
            if values["metric"]:
                told.setdefault(f"{name}{when}", set()).add(number)
    contradictions = (
        f"{metric}：{' ≠ '.join(sorted(numbers))}" for metric, numbers in told.items() if len(numbers) > 1
    )
    return tuple(sorted(texts)), tuple(sorted(contradictions)), claims
