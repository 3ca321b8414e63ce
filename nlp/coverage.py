"""What recurs and what covers all (周期与全覆盖): 每年召开一次, 一个季度一项, 实现 … 全覆盖."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from nlp.dates import Time
from nlp.extraction import Quantity
from nlp.numerals import CHINESE, number
from nlp.targets import DONE, kind_and_year

PERIODIC: Final = re.compile(
    rf"每(?:个)?(?P<period>年度|半年|年|季度|月|学期|学年|周)(?P<verb>(?:至少|分别)?(?:召开|举办|开展|组织|发布|评选|安排|培训|调度|通报|会商|评估|督导|考核|检查|报送|"
    rf"遴选)?)(?:不少于)?(?P<count>{CHINESE}{{1,3}}|\d{{1,3}})\s{{0,2}}(?P<unit>次|期|场|项|轮|批)"
    rf"|一个(?P<holder>单位|季度|年度|学校|企业|专业|产业|月|区县|学期|院校|园区|产业链|"
    rf"集群)(?P<onecount>[一两])(?P<oneunit>张|项|次|个|支|校|所|套|本|家|名)"
)
ALL: Final = re.compile("全覆盖")
_PERIODS: Final = {"年度": "年", "学年": "年", "年": "年"}
_REACH: Final = 160


def periodic(text: str, match: re.Match[str], begin: int, end: int) -> Quantity:
    """What is to be done so many times a year, or so many of it for each school, district, year."""
    after = re.match("[^，。；！？]{0,40}", text[match.end() : min(end, match.end() + 60)])
    thing = after.group().strip() if after else ""
    if match["holder"]:
        per = {"年度": "年"}.get(match["holder"], match["holder"])
        unit, count = f"{match['oneunit']}/{per}", number(match["onecount"]) or 1.0
        metric = (
            f"每个{match['holder']}的{thing}数"
            if match["oneunit"] not in ("次", "项")
            else f"{thing}{'次' if match['oneunit'] == '次' else ''}数"
        )
    else:
        per = _PERIODS.get(match["period"], match["period"])
        unit, count = f"{match['unit']}/{per}", number(match["count"]) or 1.0
        metric = f"{thing}{match['verb']}次数"
    kind: Literal["Target", "Statistic"] = (
        "Statistic" if DONE.search(text[max(begin, match.start() - _REACH) : match.start()]) else "Target"
    )
    return Quantity(
        kind, metric, "=", count, unit, None, match.group(), match.start(), match.end(), subject=None
    )


def full_coverage(
    text: str, match: re.Match[str], begin: int, spoken: Sequence[Time], today: str | None
) -> Iterator[Quantity]:
    """`实现 A、B、C 参与 D 全覆盖` is a coverage of 1 for each of A, B, C."""
    if not re.match("[，。；、）]|$|的|目标", text[match.end() : match.end() + 1]):
        return
    clause = re.search("[^，。；！？\n]{0,120}$", text[max(begin, match.start() - _REACH) : match.start()])
    words = clause.group() if clause else ""
    words = re.sub("^(?:.{0,12}?(?:实现|做到|达到|推动|推进|基本实现))", "", words)
    subjects, action = words, ""
    split = re.search("(参与|进入|纳入|加入|建设|建立|开展|配备|接入)", words)
    if split:
        subjects, action = words[: split.start()], words[split.start() :]
    kind, year = kind_and_year(text, begin, match.start(), spoken, today)
    if (
        kind == "Statistic"
        and re.search(
            "(?:实现|做到)[^，。；]{0,100}$", text[max(begin, match.start() - _REACH) : match.start()]
        )
        and not DONE.search(text[max(begin, match.start() - _REACH) : match.start()])
    ):
        kind = "Target"
        year = None if not spoken else year
    for subject in (
        [part for part in re.split("、|和", subjects) if part] if "“" not in subjects else [subjects]
    ):
        if not (subject + action).strip():
            continue
        yield Quantity(
            kind,
            f"{subject}{action}覆盖率",
            "=",
            1.0,
            "比例",
            year,
            match.group(),
            match.start(),
            match.end(),
            subject=None,
        )
