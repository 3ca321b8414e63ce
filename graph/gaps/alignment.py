"""The published measures of alignment (结构对接测度): deviation, matching, coupling, coordination, grey degree.

Plain functions of numbers, each with its formula and source, so that a paper can be repeated with the figures that it
prints. Unknown is None and is never taken for 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from graph.language import Text

Values = Mapping[str, float | None]

GRADES: Final = (
    Text(zh="极度失调", en="extreme imbalance"),
    Text(zh="严重失调", en="serious imbalance"),
    Text(zh="中度失调", en="moderate imbalance"),
    Text(zh="轻度失调", en="slight imbalance"),
    Text(zh="濒临失调", en="near imbalance"),
    Text(zh="勉强协调", en="bare coordination"),
    Text(zh="初级协调", en="primary coordination"),
    Text(zh="中级协调", en="intermediate coordination"),
    Text(zh="良好协调", en="good coordination"),
    Text(zh="优质协调", en="high-quality coordination"),
)
"""The ten grades of the coordination degree, a tenth each, from 0 [6]_."""


def shares(values: Values) -> dict[str, float | None]:
    """Each known value over the sum of the known ones; None where it is unknown or the sum is 0."""
    total = math.fsum(value for value in values.values() if value is not None)
    return {key: value / total if value is not None and total else None for key, value in values.items()}


def deviation(education: float | None, industry: float | None) -> float | None:
    r"""Structural deviation (结构偏离度) $d_i = p_i / o_i - 1$ of two shares: 0 in line, below 0 too few are taught [1]_.

    None where the share of industry is 0 or unknown.

    References
    ----------
    .. [1] 邹吉权, 刘斌, 邢清华, 我国高职专业结构与产业结构协调性实证研究, 职业技术教育 2018 (22); 蒋建峰, 张运嵩,
           江苏省高职专业群设置与产业结构的耦合实证研究, 职业技术教育 2023 (23): 36–41.
    """
    return education / industry - 1 if education is not None and industry else None


def agreement(education: float | None, industry: float | None) -> float | None:
    r"""Matching degree (对接度) of one unit, $\min(p_i, o_i) / \max(p_i, o_i)$: 1 the same share, 0 none on one side.

    $1 - |d_i|$ where $p_i \le o_i$, and its mirror image where it is more; None where a share is unknown or both are 0.
    """
    if education is None or industry is None or max(education, industry) == 0:
        return None
    return min(education, industry) / max(education, industry)


def overlap(education: Values, industry: Values) -> float | None:
    r"""Matching degree (对接度, 吻合度) of two structures [2]_.

    $M = \sum_i \min(p_i, o_i) = 1 - \frac12 \sum_i |p_i - o_i|$: 1 the same structure, 0 nothing in common;
    None where no unit has both shares.

    References
    ----------
    .. [2] J. M. Finger, M. E. Kreinin, A measure of “export similarity” and its possible uses, Economic Journal 89
           (1979) 905–912.
    """
    pairs = _pairs(education, industry)
    return math.fsum(min(p, o) for p, o in pairs) if pairs else None


def similarity(education: Values, industry: Values) -> float | None:
    r"""Coefficient of structural similarity (结构相似系数), $S = \sum p_i o_i / \sqrt{\sum p_i^2 \sum o_i^2}$ [3]_.

    References
    ----------
    .. [3] UNIDO, World Industry since 1960: Progress and Prospects, 1979.
    """
    pairs = _pairs(education, industry)
    norm = math.sqrt(math.fsum(p * p for p, _ in pairs) * math.fsum(o * o for _, o in pairs))
    return math.fsum(p * o for p, o in pairs) / norm if norm else None


def normalised(values: Values, how: str, floor: float) -> dict[str, float | None]:
    r"""Values of one indicator made comparable (无量纲化).

    ``range``: $x' = a + (1 - a)(x - \min) / (\max - \min)$ with $a$ = `floor`, which keeps the smallest above 0 (many
    papers take 0.01; 0 is the plain method); ``maximum``: $x' = x / \max$. None where unknown, or where all are the same
    (range) or the largest is 0 (maximum).
    """
    known = [value for value in values.values() if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    if how == "maximum":
        return {
            key: value / high if value is not None and high > 0 else None for key, value in values.items()
        }
    return {
        key: floor + (1 - floor) * (value - low) / (high - low) if value is not None and high > low else None
        for key, value in values.items()
    }


def entropy_weights(indicators: Mapping[str, Values]) -> dict[str, float]:
    r"""Weights of indicators by entropy (熵值法): $w_j = (1 - e_j) / \sum_k (1 - e_k)$ [4]_.

    With $q_{ij} = x'_{ij} / \sum_i x'_{ij}$ over the $n$ units that all indicators tell and
    $e_j = -\frac{1}{\ln n} \sum_i q_{ij} \ln q_{ij}$. Equal weights where nothing differs or fewer than two units are
    known.

    References
    ----------
    .. [4] C. E. Shannon, A mathematical theory of communication, Bell Syst. Tech. J. 27 (1948) 379–423.
    """
    keys = list(next(iter(indicators.values()), {}))
    known = [key for key in keys if all(values[key] is not None for values in indicators.values())]
    spread = {}
    for name, values in indicators.items():
        told = [value for key in known if (value := values[key]) is not None]
        total = math.fsum(told)
        parts = [value / total for value in told if value > 0] if total > 0 else []
        entropy = (
            -math.fsum(part * math.log(part) for part in parts) / math.log(len(told))
            if len(told) > 1
            else 1.0
        )
        spread[name] = 1 - entropy
    total = math.fsum(spread.values())
    if total <= 1e-12:  # nothing differs
        return {name: 1 / len(spread) for name in spread}
    return {name: value / total for name, value in spread.items()}


def coupling(*systems: float | None) -> float | None:
    r"""Coupling degree (耦合度) of $n$ systems, $C = n \bigl(\prod_k U_k\bigr)^{1/n} / \sum_k U_k$ [5]_.

    For two systems $C = 2 \sqrt{U_1 U_2} / (U_1 + U_2)$, from 0 to 1. (Papers that leave out the factor $n$ have a $C$
    that never reaches 1; about half of 379 papers counted have a wrong formula [5]_.) None where a system is unknown or
    all are 0.

    References
    ----------
    .. [5] 王淑佳, 孔伟, 任亮, 治丹丹, 戴彬婷, 国内耦合协调度模型的误区及修正, 自然资源学报 36 (2021) 793–810;
           刘春林, 耦合度计算的常见错误分析, 2017.
    """
    known = [value for value in systems if value is not None]
    total = math.fsum(known)
    if len(known) < len(systems) or total <= 0 or min(known) < 0:
        return None
    count = len(known)
    return min(1.0, count * math.prod(known) ** (1 / count) / total)


def coordination(
    first: float | None, second: float | None, weight: float = 0.5
) -> tuple[float | None, float | None, float | None]:
    r"""Coupling $C$, level $T = \alpha U_1 + (1 - \alpha) U_2$ and coordination degree (耦合协调度) $D = \sqrt{C T}$."""
    degree = coupling(first, second)
    if degree is None or first is None or second is None:
        return None, None, None
    level = weight * first + (1 - weight) * second
    return degree, level, math.sqrt(degree * level)


def grade(degree: float | None) -> Text | None:
    """The grade of a coordination degree, in tenths: 0 to 0.1 extreme imbalance … 0.9 to 1 high-quality [6]_.

    References
    ----------
    .. [6] 廖重斌, 环境与经济协调发展的定量评判及其分类体系, 热带地理 19 (1999) 171–177. A limit belongs to the grade
           below it (田深圳等, 地理学报 76 (2021) 781, 表 1).
    """
    if degree is None:
        return None
    return GRADES[min(9, max(0, math.ceil(round(degree, 9) * 10) - 1))]


def grey_degrees(
    pairs: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    resolution: float = 0.5,
    scaling: str = "mean",
) -> dict[str, float | None]:
    r"""Grey relational degree (灰色关联度) of each pair of reference and compared series [7]_.

    With both series scaled (``mean``: over their mean; ``initial``: over their first value) and
    $\Delta_i(t) = |x_0(t) - x_i(t)|$, the degree is

    .. math::

       \gamma_i = \frac1T \sum_t \frac{\min_j \min_s \Delta_j(s) + \rho \max_j \max_s \Delta_j(s)}
       {\Delta_i(t) + \rho \max_j \max_s \Delta_j(s)}

    with the least and largest difference over all pairs given together, so that degrees compare within one call only.
    Give the same reference with every series for the usual analysis. None where a series has fewer than two values or
    cannot be scaled (mean or first value 0); 1 where no difference is left anywhere.

    References
    ----------
    .. [7] Deng J. L. (邓聚龙), Introduction to grey system theory, J. Grey Syst. 1 (1989) 1–24.
    """
    gaps: dict[str, list[float]] = {}
    for key, (reference, compared) in pairs.items():
        scaled = [_scaled(series, scaling) for series in (reference, compared)]
        if len(reference) == len(compared) > 1 and scaled[0] and scaled[1]:
            gaps[key] = [abs(a - b) for a, b in zip(*scaled, strict=True)]
    every = [gap for own in gaps.values() for gap in own]
    if not every or max(every) == 0:
        return {key: 1.0 if key in gaps else None for key in pairs}
    least, most = min(every), resolution * max(every)
    return {
        key: math.fsum((least + most) / (gap + most) for gap in gaps[key]) / len(gaps[key])
        if key in gaps
        else None
        for key in pairs
    }


def _pairs(education: Values, industry: Values) -> list[tuple[float, float]]:
    return [
        (p, o)
        for key in education.keys() & industry.keys()
        if (p := education[key]) is not None and (o := industry[key]) is not None
    ]


def _scaled(series: Sequence[float], scaling: str) -> list[float]:
    base = (
        series[0] if scaling == "initial" and series else math.fsum(series) / len(series) if series else 0.0
    )
    return [value / base for value in series] if base else []
