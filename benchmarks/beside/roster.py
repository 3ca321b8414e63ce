"""`roster` by hand: who should enter a consortium, be warned, or leave."""

from __future__ import annotations

from benchmarks.beside.pairs import Pair, memberships, pairs, partners
from benchmarks.beside.plain import DONE_STAGE, Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from graph.gaps.dates import before, is_date, months_between

SIDES = ("School", "Enterprise")


def loop(plain: Plain, *, as_of: str | None = None, minimum_partners: int = 2, months: int = 12) -> list[Row]:
    """One row a consortium and body."""
    of = partners(pairs(plain))
    kinds = ("MEMBER_OF", "LEADS", "COOPERATES_WITH", "CO_BUILDS")
    days = {claim["observed"] for kind in kinds for claim in plain.all(kind)}
    day = as_of or max((one for one in days if is_date(one)), default=None)
    found = []
    for consortium, members in memberships(plain).items():
        staying = {one for one, claims in members.items() if not _ended(claims, day)}
        sides = {label(one) for one in staying} & {*SIDES}
        outside: dict[str, dict[str, Pair]] = {}
        for member, claims in members.items():
            own = of.get(member, {})
            for other, pair in own.items():
                if member in staying and other not in members and pair.stage == DONE_STAGE:
                    outside.setdefault(other, {})[member] = pair
            if label(member) in SIDES:
                alone = sides <= {label(member)}
                told = _judged(claims, staying, own, day, alone, months)
                if told is not None:
                    found.append(_row(plain, consortium, member, told, claims, own))
        for other, work in outside.items():
            if len(work) >= minimum_partners:
                told = "进", (f"已与 {len(work)} 个成员落实合作而不在册",), [*work], None, None
                own_claims = [claim for pair in work.values() for claim in pair.claims]
                found.append(_row(plain, consortium, other, told, own_claims, work))
    return found


Judged = tuple[str, tuple[str, ...], list[str], str | None, int | None]


def _judged(
    claims: list[Claim],
    members: set[str],
    own: dict[str, Pair],
    day: str | None,
    alone: bool,
    longest: int,
) -> Judged | None:
    """What to do with a member, why, with whom it has done something, since when, for how many months."""
    joined = [claim for claim in claims if claim["kind"] == "MEMBER_OF"]
    since = min((claim["since"] for claim in joined if is_date(claim["since"])), default=None)
    leads = len(joined) < len(claims)
    done = [one for one, pair in own.items() if one in members and pair.stage == DONE_STAGE]
    months = months_between(since, day) if since and day else None
    if until := _ended(claims, day):
        return "出", (f"成员期已于 {until} 届满",), done, since, months
    if done or alone:
        return None
    if not own and months is not None and months >= longest and not leads:
        return "出", (f"在册 {months} 个月，没有任何合作记录",), done, since, months
    reasons = ("与成员没有已落实的合作", *(("有在建或计划的合作",) if own else ()))
    return "警示", reasons, done, since, months


def _ended(claims: list[Claim], day: str | None) -> str | None:
    """When a membership ended, before the day; a leader's does not."""
    ends = [claim["until"] for claim in claims if claim["kind"] == "MEMBER_OF" and is_date(claim["until"])]
    if day and ends and len(ends) == len(claims) and before(max(ends), day):
        return max(ends)
    return None


def _row(
    plain: Plain, consortium: str, member: str, told: Judged, claims: list[Claim], own: dict[str, Pair]
) -> Row:
    action, reasons, done, since, months = told
    work = {claim["id"]: claim for pair in own.values() for claim in pair.claims}
    return {
        "member": plain.named(member),
        "consortium": plain.named(consortium),
        "action": action,
        "reasons": reasons,
        "done_with": plain.names(done),
        "since": since,
        "months": months,
        **rests_on(in_turn(telling(claims, 2), telling(work.values(), 3)), surest(claims)),
    }
