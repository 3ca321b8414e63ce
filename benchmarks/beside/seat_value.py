"""`seat_value` by hand: what one graduate more or fewer of a specialty at a school changes for the needs met."""

from __future__ import annotations

from benchmarks.beside.market import market
from benchmarks.beside.matching import assigned
from benchmarks.beside.plain import Claim, Named, Plain, Row, in_turn, rests_on, surest, telling
from benchmarks.beside.residual import felt_if_fewer, reached, residual_of


def loop(plain: Plain, *, year: int | None = None, retention: float = 1.0) -> list[Row]:
    """One row an offering where one more helps or people are left over."""
    sides = market(plain, year, retention)
    made = assigned(sides)
    residual = residual_of(made)
    fewer, up_to = felt_if_fewer(residual), reached(residual)
    short: dict[str, int] = {}
    lacking: dict[str, list[Claim]] = {}
    for need, people in zip(sides.needed, made.met, strict=True):
        if open_still := (need.headcount or 0) - people:
            post = need.kind[0]
            short[post] = short.get(post, 0) + open_still
            lacking.setdefault(post, []).extend(need.claims)
    posts: dict[str, tuple[Named, ...]] = {}
    wanting: dict[str, tuple[list[Claim], float | None]] = {}
    found = []
    for place, one in enumerate(sides.supplied):
        number, known = made.classes.supplies[one.kind], one.graduates is not None
        specialty, level, chains = one.kind
        surplus = (one.graduates or 0) - made.placed[place]
        if not up_to[number] and not surplus:
            continue
        if specialty not in posts:
            ordered = sorted(
                (-short[post], plain.named(post))
                for post in sides.prepared.get(specialty, ())
                if post in short
            )
            posts[specialty] = tuple(post for _, post in ordered[:3])
            claims = [claim for _, post in posts[specialty] for claim in lacking[post]]
            wanting[specialty] = telling(claims, 2), surest(claims)
        offered = one.claims or [*plain.at("INCLUDES", specialty, None)]
        asking, sure = wanting[specialty]
        told = [each for each in (surest(offered), sure) if each is not None]
        found.append(
            {
                "specialty": plain.named(specialty),
                "school": plain.named(one.school) if one.school else None,
                "level": level,
                "chains": plain.names(chains),
                "graduates": one.graduates,
                "placed": made.placed[place] if known else None,
                "surplus": surplus if known else None,
                "one_more": min(up_to[number], 1),
                "one_fewer": fewer[number] if one.graduates else 0,
                "up_to": up_to[number],
                "posts": posts[specialty],
                **rests_on(in_turn(telling(offered, 2), asking), min(told, default=None)),
            }
        )
    return found
