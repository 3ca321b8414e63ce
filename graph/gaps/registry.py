"""The register of consortia (联合体名册): three levels, who leads, who belongs, who came and who left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.gaps import participation
from graph.gaps.dates import before, checked_date, is_date, latest_observed
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    named,
    surest,
    telling,
)
from graph.gaps.organs import stated_of_consortia
from graph.gaps.participation import memberships
from graph.gaps.stated import stated_figures
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

LEVELS: Final = ("国家级", "市级", "园区牵头", "企业牵头", "学校牵头")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredConsortium(Finding):
    """A consortium with its leaders and members as of a date."""

    consortium: Named = field(metadata=label("联合体", "consortium", head=Text("联合体", "consortium")))
    level: str | None = field(metadata=label("级次", "level", head=Text("级次", "level")))
    leaders: tuple[Named, ...] = field(metadata=label("牵头单位", "leaders", head=Text("牵头", "leaders")))
    members: int = field(
        metadata=label("成员数（含牵头）", "members, leaders among them", head=Text("成员", "members"))
    )
    schools: int = field(metadata=label("院校", "schools", head=Text("院校", "schools")))
    enterprises: int = field(metadata=label("企业", "enterprises", head=Text("企业", "enterprises")))
    others: int = field(metadata=label("园区、部门、平台", "parks, agencies, platforms"))
    chains: tuple[Named, ...] = field(
        metadata=label("服务的产业链", "chains served", head=Text("产业链", "chains"))
    )
    dated: str | None = field(metadata=label("名册日期", "register of the date"))
    joined: tuple[str, ...] = field(metadata=label("新加入", "joined", head=Text("新加入", "joined")))
    left: tuple[str, ...] = field(metadata=label("已退出", "left", head=Text("已退出", "left")))
    undated: int = field(metadata=label("加入日期不明的成员", "members whose joining is not dated"))
    listed: tuple[Named, ...] = field(metadata=label("成员名单", "members by name"))
    stated: tuple[str, ...] = field(
        metadata=label("文件直接给出的数字", "figures that documents give of it", note=True)
    )
    conflicts: tuple[str, ...] = field(
        metadata=label("互相矛盾的级次", "levels that contradict each other", note=True)
    )


def registry(
    projection: Projection,
    *,
    as_of: str | None = None,
    since: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[RegisteredConsortium, ...]:
    r"""The consortia of the three levels with their leaders and members as of a date; who joined, who left.

    With $[b_x, e_x]$ the time that a membership claim $x$ gives (either end may be unknown) and $t$ the date,

    .. math::

       M(k, t) = \{ m : \exists x = (m \to k),\ \neg(b_x > t),\ \neg(e_x < t) \} \setminus \text{left}(k, t)

    where unknown ends exclude nobody. A member joined when its first known date of joining lies after `since` and not
    after $t$. It left when a claim says that it ended before $t$, none that it began anew after that, and it does not
    lead: a list without dates does not take back that a member left on a known day.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    as_of : str or None
        The date of the register, as exact as wanted: 2024, 2024-06, 2024-06-30. None: the last day of which a
        membership claim speaks.
    since : str or None
        Tell who joined after this date and who left not before it. None: who joined after the first members did,
        and whoever left.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of a membership that count; one that is planned makes no member.

    Returns
    -------
    tuple of RegisteredConsortium
        One for each consortium with a leader or member, past or present; 国家级 first, then 市级, then those led by
        parks, enterprises and schools, then those of unknown level; by name.

    Notes
    -----
    The level is what the sources state, never guessed from who leads; levels that contradict each other are in
    `conflicts`. Figures that documents give (of 46 members, say) stand in `stated` beside the members known by name.
    $O(m)$ for $m$ claims, but for sorting.

    References
    ----------
    .. [1] 中共中央办公厅、国务院办公厅, 关于深化现代职业教育体系建设改革的意见 (2022): municipal
           consortia (市域产教联合体) and industry communities, their leaders and members.
    """
    as_of, since = checked_date("as_of", as_of), checked_date("since", since)
    projection = projection.beyond  # members count wherever they lie (`graph.gaps.scope`)
    day = as_of or latest_observed(projection, participation.MEMBERSHIP, minimum_confidence, realised)
    served = _served(projection, minimum_confidence, realised)
    levels = _stated_levels(projection, minimum_confidence)
    found = []
    for consortium, members in memberships(projection, minimum_confidence, realised).items():
        times = {member: _Membership.of(projection, rows, realised, day) for member, rows in members.items()}
        inside = {one for one, time in times.items() if time.inside}
        left = {one: time.until for one, time in times.items() if time.until and not time.inside}
        if not inside and not left:
            continue
        starts = [times[one].since for one in inside]
        began = since or min((one for one in starts if one), default=None)
        joined = {
            one: start
            for one in inside
            if (start := times[one].since) is not None and began is not None and before(began, start)
        }
        sides = Counter(label_of(one) for one in inside)
        rows: dict[str, set[int]] = {}
        for own in members.values():
            for kind, numbers in own.items():
                rows.setdefault(kind, set()).update(numbers)
        documents = stated_figures(projection, {consortium}, minimum_confidence)
        found.append(
            RegisteredConsortium(
                consortium=Named(projection.name(consortium), consortium),
                level=projection.value(consortium, "level"),
                leaders=named(projection, {one for one in inside if times[one].leads}),
                members=len(inside),
                schools=sides["School"],
                enterprises=sides["Enterprise"],
                others=len(inside) - sides["School"] - sides["Enterprise"],
                chains=named(projection, served.get(consortium, set())),
                dated=day,
                joined=_dated(projection, joined),
                left=_dated(
                    projection,
                    {one: end for one, end in left.items() if since is None or not before(end, since)},
                ),
                undated=sum(start is None for start in starts),
                listed=named(projection, inside),
                stated=documents.texts,
                conflicts=levels.get(consortium, ()),
                evidence=telling(projection, ({"LEADS": rows.get("LEADS", set())}, 2), rows),
                confidence=surest(projection, rows),
            )
        )
    return tuple(sorted(found, key=_order))


@dataclass(frozen=True, slots=True)
class _Membership:
    """The time of one member in one consortium on a day: since when, until when if it ended, whether it leads."""

    since: str | None
    until: str | None
    inside: bool
    leads: bool

    @classmethod
    def of(
        cls,
        projection: Projection,
        rows: Mapping[str, set[int]],
        realised: tuple[str | None, ...],
        day: str | None,
    ) -> _Membership:
        starts: list[str] = []
        ends: list[str] = []
        there, leads = False, False
        for kind, numbers in rows.items():
            claims = projection.claims(kind)
            for row in numbers:
                if claims.column("status")[row] not in realised:
                    continue
                since, until = (_day(projection, kind, name, row) for name in ("since", "until"))
                if since and day and before(day, since):
                    continue
                starts += [since] if since else []
                if until and day and before(until, day):
                    ends.append(until)
                    continue
                there = True
                leads |= kind == "LEADS"
        gone = bool(ends) and not leads and not any(before(max(ends), start) for start in starts)
        return cls(min(starts, default=None), max(ends, default=None), there and not gone, leads)


def _day(projection: Projection, kind: str, name: str, row: int) -> str | None:
    """The date that a membership claim gives; None where it gives none that can be read. Leading is not dated."""
    told = projection.claims(kind).column(name)[row] if kind == "MEMBER_OF" else None
    return told if is_date(told) else None


def _served(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, set[str]]:
    claims = projection.claims("SERVES")
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    served: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        if statuses[row] in realised and label_of(heads[row]) == "Consortium":
            served.setdefault(heads[row], set()).add(tails[row])
    return served


def _stated_levels(projection: Projection, minimum_confidence: float) -> dict[str, tuple[str, ...]]:
    """Consortium → its levels with who states each, where sources state more than one."""
    claims = projection.claims("STATES")
    told: dict[str, dict[str, set[str]]] = {}
    for row, consortium, properties in stated_of_consortia(projection, minimum_confidence):
        if level := properties.get("level"):
            source = claims.value("source", row)
            name = projection.source_names.get(source, source)
            told.setdefault(consortium, {}).setdefault(level, set()).add(name)
    return {
        consortium: tuple(f"{level}（{'、'.join(sorted(by))}）" for level, by in sorted(levels.items()))
        for consortium, levels in told.items()
        if len(levels) > 1
    }


def _dated(projection: Projection, days: Mapping[str, str]) -> tuple[str, ...]:
    ordered = sorted((day, projection.name(one)) for one, day in days.items())
    return tuple(f"{name} {day}" for day, name in ordered)


def _order(one: RegisteredConsortium) -> tuple[int, Named]:
    return LEVELS.index(one.level) if one.level in LEVELS else len(LEVELS), one.consortium


QUESTION = Question(
    name="registry",
    title=Text(zh="联合体名册", en="Register of the consortia"),
    definition=Text(
        zh="截至某日的联合体：国家级、市级、园区牵头、企业牵头、学校牵头，各由谁牵头、有哪些成员、服务哪些产业链，谁新加入、谁已退出。"
        "计划中的加入不算成员；日期不明的算在册并计数。",
        en="The consortia as of a date: national, municipal, led by a park, an enterprise or a school; who leads, who "
        "belongs, which chains each serves, who joined and who left. A planned membership makes no member; members "
        "without dates count as members, and are counted.",
    ),
    finding=RegisteredConsortium,
    answer=registry,
    labels=(
        "Consortium",
        "School",
        "Enterprise",
        "Park",
        "Agency",
        "ResearchPlatform",
        "IndustryChain",
        "Statistic",
        "Target",
    ),
    kinds=(*participation.MEMBERSHIP, "SERVES", "STATES", "ABOUT"),
)
