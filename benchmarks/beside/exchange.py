"""`exchange` by hand: for the needs with most people still open the schools that could meet them, with a stable round."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.beside.matching import SERVING
from benchmarks.beside.plain import Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.stable_round import Choice, Round, stable_round
from benchmarks.beside.whereabouts import FAR, NEAR


def loop(
    plain: Plain,
    *,
    by: str | None = None,
    of: str | None = None,
    best: int = 3,
    most: int = 500,
    choices: int = 20,
    proposing: str = "school",
    year: int | None = None,
    retention: float = 1.0,
) -> list[Row]:
    """One row a pair that is liked best or placed; one a need (or offering) that nobody can meet."""
    held = stable_round(plain, choices, proposing, year, retention)
    needed, supplied = held.sides.needed, held.sides.supplied
    kind = next(
        (kind for kind in KINDS if any(plain.named(one)[0] == of for one in plain.labelled[kind])), None
    )
    of_schools = kind in ("School", "SpecialtyGroup", "Specialty")
    by = by or ("school" if of_schools else "need")

    def fits(need: int | None, offering: int | None) -> bool:
        """Whether it has to do with what is asked for."""
        if kind in ("Enterprise", "Occupation"):
            return need is None or of in (
                plain.named(needed[need].demander)[0],
                plain.named(needed[need].kind[0])[0],
            )
        if kind is None or offering is None:
            return True
        one = supplied[offering]
        groups = held.sides.taught.offerings[one.school, one.kind[0]].groups
        names = [plain.named(one.kind[0])[0], plain.named(one.school)[0] if one.school else None]
        return of in ([plain.named(group)[0] for group in groups] if kind == "SpecialtyGroup" else names)

    lists: dict[int, list[Choice]] = {}
    if by == "need":
        for need, own in held.lists.items():
            pairs = [one for one in own if fits(need, one.offering)]
            if pairs or (not of_schools and fits(need, None)):
                lists[need] = pairs
        open_to, known = held.open, [one.headcount is not None for one in needed]
    else:
        for number, one in enumerate(supplied):
            if one.school and fits(None, number) and (kind is None or of_schools):
                lists[number] = []
        for own in held.lists.values():
            for choice in own:
                if fits(choice.need, choice.offering):
                    lists.setdefault(choice.offering, []).append(choice)
        open_to, known = held.left, [one.graduates is not None for one in supplied]
    asked = sorted(lists, key=lambda one: (not known[one], -open_to[one], one))
    taught = {one.kind[0] for one in supplied if one.school}
    found = []
    for number in asked[: most or None]:
        if not lists[number]:
            alone = _alone(plain, held, number, taught) if by == "need" else _unwanted(plain, held, number)
            found.append(alone)
        found += [
            _pair(plain, held, one)
            for one in lists[number]
            if (one.rank if by == "need" else one.liked) < best or one.held
        ]
    return found


KINDS = ("Enterprise", "School", "SpecialtyGroup", "Occupation", "Specialty")


def _pair(plain: Plain, held: Round, choice: Choice) -> Row:
    need, offering = held.sides.needed[choice.need], held.sides.supplied[choice.offering]
    post, _, chains = need.kind
    specialty = offering.kind[0]
    taught = held.sides.taught.offerings[offering.school, specialty]
    common = held.sides.accepted(chains) & offering.kind[2]
    together = held.together.get((offering.school or "", need.demander))
    includes = (claim for claim in plain.at("INCLUDES", specialty, None) if claim["head"] in taught.groups)
    premises = [need.claims, offering.claims or [*includes]]
    serving = "对接其产业链：" + _names(plain.named(one)[0] for one in common)
    if choice.misfit >= SERVING:
        why = [f"专业与岗位的关系无记载，{serving}"]
        heads = {specialty, *taught.groups}
        premises.append(
            [claim for one in common for claim in plain.at("SERVES", one, None) if claim["head"] in heads]
        )
    elif label(post) == "Specialty":
        why = ["正是所需专业"]
    else:
        why = ["专业面向该岗位"]
        premises.append(
            [claim for claim in plain.of("PREPARES_FOR", specialty, None) if claim["tail"] == post]
        )
    if above := choice.misfit % SERVING:
        why[0] += f"，层次高 {above} 级"
    if choice.works and together:
        why.append(f"已有合作：{_names(together.modes)}" if together.modes else "已有合作")
        premises.append(together.claims)
    if choice.near < FAR:
        why.append(NEAR[choice.near])
    if choice.serves and choice.misfit < SERVING:
        why.append(serving)
    if offering.graduates is None:
        why.append("毕业生数未知，未参加本轮")
    if need.headcount is None:
        why.append("需求人数未知，未参加本轮")
    known = offering.graduates is not None and need.headcount is not None
    return {
        **_need(plain, held, choice.need),
        "rank": choice.rank + 1,
        "school": plain.named(offering.school) if offering.school else None,
        "specialty": plain.named(specialty),
        "groups": plain.names(taught.groups),
        "graduates": offering.graduates,
        "liked": choice.liked + 1,
        "placed": choice.held if known else None,
        "left": None if offering.graduates is None else held.left[choice.offering],
        "reasons": tuple(why),
        **_evidence(premises),
    }


def _alone(plain: Plain, held: Round, number: int, taught: set[str]) -> Row:
    need = held.sides.needed[number]
    suited = held.sides.suited.get(need.kind[0], set())
    if not suited:
        why = "没有专业记载面向它"
    else:
        said = _names({plain.named(one)[0] for one in suited})
        untaught = suited.isdisjoint(taught)
        why = f"面向它的专业没有院校开设：{said}" if untaught else f"开设院校的层次都低于要求：{said}"
    return {
        **_need(plain, held, number),
        "rank": None,
        "school": None,
        "specialty": None,
        "groups": (),
        "graduates": None,
        "liked": None,
        "placed": None if need.headcount is None else 0,
        "left": None,
        "reasons": (why,),
        **_evidence([need.claims]),
    }


def _unwanted(plain: Plain, held: Round, number: int) -> Row:
    offering = held.sides.supplied[number]
    taught = held.sides.taught.offerings[offering.school, offering.kind[0]]
    includes = (
        claim for claim in plain.at("INCLUDES", offering.kind[0], None) if claim["head"] in taught.groups
    )
    return {
        **dict.fromkeys(("enterprise", "demanded", "level", "headcount", "open", "rank", "liked")),
        "school": plain.named(offering.school) if offering.school else None,
        "specialty": plain.named(offering.kind[0]),
        "groups": plain.names(taught.groups),
        "graduates": offering.graduates,
        "placed": None if offering.graduates is None else 0,
        "left": None if offering.graduates is None else held.left[number],
        "reasons": ("没有企业记载需要它面向的岗位",),
        **_evidence([offering.claims or [*includes]]),
    }


def _need(plain: Plain, held: Round, number: int) -> Row:
    need = held.sides.needed[number]
    post, level, _ = need.kind
    return {
        "enterprise": plain.named(need.demander),
        "demanded": plain.named(post),
        "level": level,
        "headcount": need.headcount,
        "open": None if need.headcount is None else held.open[number],
    }


def _names(names: Iterable[str]) -> str:
    """The first two, and whether there are more."""
    ordered = sorted(names)
    return "、".join(ordered[:2]) + ("等" if len(ordered) > 2 else "")


def _evidence(premises: list[list[Claim]]) -> Row:
    told = [own for own in premises if own]
    sure = [one for one in map(surest, told) if one is not None]
    return rests_on(in_turn(*(telling(own, 2) for own in told)), min(sure, default=None))
