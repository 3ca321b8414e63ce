"""What to do with a specialty (专业调整的判据): the rules of `specialty_adjustment`, from the signals of one unit.

Pure and small, so that the advice can be asked again with other demand, and each rule be read with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.language import Text

OPEN: Final = Text(zh="增设", en="open")
GROW: Final = Text(zh="扩大", en="grow")
HOLD: Final = Text(zh="保持", en="hold")
MERGE: Final = Text(zh="合并", en="merge")
STOP: Final = Text(zh="停办", en="stop")
UNDECIDED: Final = Text(zh="待定", en="undecided")
ADVICE: Final = (OPEN, GROW, MERGE, STOP, UNDECIDED, HOLD)
"""All there is, in the order in which it is told: what asks for a decision before what does not."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where a signal counts; see `graph.gaps.specialty_adjustment` for what each means and where it comes from."""

    tolerance: float
    lowest_employment: float
    low_years: int
    good_employment: float
    lowest_in_field: float
    idle_years: int
    horizon: int


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of one unit; None is unknown.

    `short` are people short whom its graduates could help to meet, `surplus` graduates whom surely neither a known need
    takes nor work in their field or further study, `surplus_at_most` with all of whom neither is told; `low` the last
    years in a row whose employment is too low, `idle` those without students; `enough` of `schools` (those whose
    graduates are known) would do, `spared` says that this school is not among the schools that would do.
    """

    graduates: int | None
    demand: int | None
    short: int
    surplus: int | None
    surplus_at_most: int | None
    employment: float | None
    in_field: float | None
    low: int
    idle: int
    trend: float | None
    schools: int
    enough: int | None
    spared: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """The advice, the people that it concerns (seats to open, graduates too many), and why."""

    advice: Text
    people: int | None
    reasons: tuple[Text, ...]


def decide(signals: Signals, limits: Thresholds) -> Decision:
    """The first rule that holds, in this order: idle, low employment, unmet need, surplus, unknown, balance."""
    if signals.idle >= limits.idle_years:
        reason = Text(f"连续 {signals.idle} 年没有在校生", f"no students in {signals.idle} years running")
        return Decision(STOP, None, (reason,))
    least = limits.tolerance * (signals.graduates or 0)
    unmet = signals.short > 0 and signals.short >= least
    if signals.low >= limits.low_years:
        return _low(signals, unmet=unmet)
    if unmet:
        return _unmet(signals, limits)
    if signals.demand is not None and signals.surplus is not None and signals.surplus > least:
        return _surplus(signals, limits)
    if signals.demand is None and signals.employment is None:
        reason = Text("既没有需求数，也没有就业数", "neither needs nor employment are told")
        return Decision(UNDECIDED, None, (reason,))
    if signals.demand is None:
        reason = Text("没有需求数，只看就业", "no need tells how many: by employment alone")
        return Decision(HOLD, None, (reason, *_employment(signals)))
    if signals.surplus_at_most is None:
        reason = Text("没有毕业生数，也没有缺口", "graduates are not told, and nobody is short")
        return Decision(HOLD, None, (reason,))
    if signals.surplus_at_most > least:
        return _untold(signals, limits)
    return Decision(HOLD, None, (Text("供需大致平衡", "about in balance"), *_employment(signals)))


def _low(signals: Signals, *, unmet: bool) -> Decision:
    reason = Text(
        f"毕业去向落实率连续 {signals.low} 年低于下限，最近 {_percent(signals.employment)}",
        f"employment below the limit {signals.low} years running, last {_percent(signals.employment)}",
    )
    if unmet:
        need = Text(
            f"而岗位还缺 {signals.short} 人：先改培养，再谈规模",
            f"while {signals.short} people are short: mend what is taught before its size",
        )
        return Decision(HOLD, None, (reason, need))
    return Decision(STOP, signals.graduates, (reason,))


def _unmet(signals: Signals, limits: Thresholds) -> Decision:
    need = Text(
        f"能满足的岗位还缺 {signals.short} 人",
        f"posts that it could fill are short of {signals.short} people",
    )
    if signals.graduates is None:
        ask = Text("没有毕业生数：也许已经补上", "graduates are not told: perhaps they fill them already")
        return Decision(UNDECIDED, None, (need, ask))
    if signals.in_field is not None and signals.in_field < limits.lowest_in_field:
        field = Text(
            f"对口率只有 {_percent(signals.in_field)}：先查为什么",
            f"only {_percent(signals.in_field)} work in their field: find out why first",
        )
        return Decision(HOLD, None, (need, field))
    coming = signals.graduates * ((1 + (signals.trend or 0)) ** limits.horizon - 1)
    if coming >= signals.short:
        growing = Text(
            f"在校生每年增 {_percent(signals.trend)}，{limits.horizon} 年内可补上",
            f"students grow by {_percent(signals.trend)} a year, enough within {limits.horizon} years",
        )
        return Decision(HOLD, None, (need, growing))
    return Decision(GROW, signals.short, (need, *_trend(signals), *_employment(signals)))


def _surplus(signals: Signals, limits: Thresholds) -> Decision:
    over = Text(
        f"{signals.surplus} 名毕业生没有已知需求，也没有对口就业或升学",
        f"{signals.surplus} graduates whom no known need takes, nor work in their field, nor further study",
    )
    if doubt := _doubt(signals, limits):
        return Decision(HOLD, None, (over, doubt))
    if signals.enough is not None and signals.enough < signals.schools:
        crowd = Text(
            f"报了毕业生数的院校 {signals.schools} 所，{signals.enough} 所就够",
            f"of the {signals.schools} schools that tell their graduates {signals.enough} would do",
        )
        if signals.spared:
            return Decision(MERGE, signals.surplus, (over, crowd, *_employment(signals)))
        kept = Text("合并时保留本校", "this school is to be kept when others merge")
        return Decision(HOLD, None, (crowd, kept))
    shrink = Text("不宜扩招，可减招", "not to grow; fewer places would do")
    return Decision(HOLD, None, (over, shrink, *_employment(signals)))


def _untold(signals: Signals, limits: Thresholds) -> Decision:
    """Whether there is a surplus hangs on graduates of whom nothing is told."""
    over = Text(
        f"至多 {signals.surplus_at_most} 名毕业生没有已知需求，其中有的是否对口就业或升学没有报",
        f"at most {signals.surplus_at_most} graduates whom no known need takes; of some it is not told whether they work "
        "in their field or study on",
    )
    if doubt := _doubt(signals, limits):
        return Decision(HOLD, None, (over, doubt))
    return Decision(UNDECIDED, None, (over, *_employment(signals)))


def _doubt(signals: Signals, limits: Thresholds) -> Text | None:
    """Why a surplus against the needs reported is doubted; None: it is not."""
    good = signals.employment is not None and signals.employment >= limits.good_employment
    if not good or signals.in_field is not None:
        return None
    return Text(
        f"但就业率 {_percent(signals.employment)}，对口率没有报：需求可能没报全",
        f"yet {_percent(signals.employment)} found work, in their field or not is not told: "
        "needs may not be reported",
    )


def _employment(signals: Signals) -> tuple[Text, ...]:
    told = []
    if signals.employment is not None:
        told.append(
            Text(
                f"毕业去向落实率 {_percent(signals.employment)}",
                f"{_percent(signals.employment)} found work or study on",
            )
        )
    if signals.in_field is not None:
        told.append(
            Text(f"对口率 {_percent(signals.in_field)}", f"{_percent(signals.in_field)} in their field")
        )
    return tuple(told)


def _trend(signals: Signals) -> tuple[Text, ...]:
    if signals.trend is None:
        return ()
    change = f"{signals.trend * 100:+.1f}%"
    return (Text(f"在校生每年 {change}", f"students {change} a year"),)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f}%"
