"""What is taught against what industry is (专业结构与产业结构的对接), by the measures that papers publish."""

from __future__ import annotations

from typing import Final

from graph.errors import LiantuError
from graph.gaps import breakdown, market, structure
from graph.gaps.aligned_unit import StructuralAlignment
from graph.gaps.alignment_method import Method, given_table, indicators
from graph.gaps.breakdown import Breakdown
from graph.gaps.finding import MINIMUM_CONFIDENCE, REALISED, Question
from graph.gaps.sectors import categories
from graph.gaps.structure import EDUCATION, INDUSTRY
from graph.gaps.structures import Structures
from graph.language import Text
from graph.project import Projection

BY: Final = (*breakdown.BY, "year")


def structural_alignment(
    projection: Projection,
    *,
    by: str = "chain",
    across: str = "chain",
    education: str | None = None,
    industry: str | None = None,
    table: str | None = None,
    weighting: str = "given",
    normalisation: str = "range",
    floor: float = 0.01,
    alpha: float = 0.5,
    resolution: float = 0.5,
    scaling: str = "mean",
    region_level: str = "县级",
    sectors: str | None = None,
    year: int | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[StructuralAlignment, ...]:
    r"""How the structure of what is taught agrees with that of industry, unit by unit and in the whole.

    With $x_i$, what is taught for unit $i$, and $y_i$, what industry it is, over the units that tell both, the shares
    are $p_i = x_i / \sum_j x_j$ and $o_i = y_i / \sum_j y_j$, and

    .. math::

       d_i = \frac{p_i}{o_i} - 1, \qquad m_i = \frac{\min(p_i, o_i)}{\max(p_i, o_i)}, \qquad
       M = \sum_i \min(p_i, o_i), \qquad S = \frac{\sum_i p_i o_i}{\sqrt{\sum_i p_i^2 \sum_i o_i^2}}

    are structural deviation (结构偏离度), matching degree (对接度) of a unit and of the whole, and structural
    similarity. The deviation of the whole is the mean of $|d_i|$. With the levels $U_1 = \sum_j w_j x'_j$ and $U_2 =
    \sum_k w_k y'_k$ of the indicators of each side, normalised over the units (over the years, by year),

    .. math::

       C = \frac{2 \sqrt{U_1 U_2}}{U_1 + U_2}, \qquad T = \alpha U_1 + (1 - \alpha) U_2, \qquad D = \sqrt{C\,T}

    are coupling (耦合度), joint level and coordination degree (耦合协调度), with its grade in tenths; of the whole,
    the mean of $D$. The grey relational degree (灰色关联度) of a unit compares the courses of $x_i$ and $y_i$ over
    the years that tell both, $\Delta$ over all units; of the whole it is the mean, by year that of the totals.
    `graph.gaps.alignment` has each measure as a function, with its source.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    by : str
        `chain`, `cluster`, `sector` (三次产业), `category` (专业大类), `class` (专业类), `region` or `year`.
    across : str
        By year: the units of which the structure of a year consists.
    education : str or None
        Indicators of what is taught, `name:weight; …`: `enrolled`, `graduates`, `places` (专业布点), `groups`. The
        first makes the shares. None: enrolled, else graduates, else places, whichever at least two units tell.
    industry : str or None
        Indicators of industry: `output`, `value_added`, `employees`, `enterprises` (as records of industries tell),
        `demand` (people needed), `operators` (enterprises that the graph knows). None: the table if one is given, else
        the first of output, value added, employees, demand, operators that at least two units tell.
    table : str or None
        Industry by unit, given: `unit:value; …` or `unit:year:value; …`, or the lines of a csv.
    weighting : str
        `given` or `entropy` (熵值法).
    normalisation, floor : str, float
        `range` (极差, from `floor` to 1) or `maximum` (over the largest). See `graph.gaps.alignment.normalised`.
    alpha : float
        The weight of education in $T$.
    resolution, scaling : float, str
        The resolution $\rho$ (分辨系数) of the grey degree, and how its series are scaled: `mean` or `initial`.
    region_level : str
        By region: the level of regions (省级, 地级, 县级).
    sectors : str or None
        Changes to what category of specialties counts to which sector, `电子与信息大类:第二产业; …`.
    year : int or None
        Figures of this year alone; None: of each offering and each industry its own latest.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS, INCLUDES and HAS_INDUSTRY that count as done.

    Returns
    -------
    tuple of StructuralAlignment
        The whole first; then the units, those that are taught too little for first; by year, the years in order.

    Notes
    -----
    Everything counts once: what belongs to several units is shared evenly; a segment counts to its chain; of a region
    and the region around it, or of an industry and one that holds it, the larger is taken. What counts to no unit is
    left out, and the whole says how much. A unit for which nobody teaches has 0 students; where someone teaches and
    does not tell, its share is of those that do (`unknown`). An industry without a figure is unknown, and left out of
    the shares: a structure is compared over the units that tell both sides. Linear in the claims, but for industries
    told inside each other.

    References
    ----------
    See `graph.gaps.alignment`: 邹吉权等 2018, 蒋建峰等 2023 (deviation); Finger, Kreinin 1979 (matching); UNIDO 1979
    (similarity); 廖重斌 1999, 王淑佳等 2021 (coupling, coordination, their faults); Deng 1989 (grey degree).
    """
    method = Method(weighting, normalisation, floor, alpha, resolution, scaling)
    method.check()
    for name, value, known in (("by", by, BY), ("across", across, breakdown.BY)):
        if value not in known:
            raise LiantuError("question.parameter", name=name, value=value, expected=" | ".join(known))
    sides = market.market(projection, year=year, minimum_confidence=minimum_confidence, realised=realised)
    broken = Breakdown(
        projection,
        sides,
        across if by == "year" else by,
        minimum_confidence,
        region_level=region_level,
        sectors=categories(sectors),
    )
    given = given_table(projection, broken, table)
    taught = indicators(
        "education",
        education,
        EDUCATION,
        ("enrolled", "graduates", "places"),
        lambda name: structure.education(projection, sides, broken, name, year),
    )
    worked = indicators(
        "industry",
        "table" if industry is None and given else industry,
        INDUSTRY,
        ("output", "value_added", "employees", "demand", "operators"),
        lambda name: structure.industry(
            projection,
            sides,
            broken,
            name,
            year,
            minimum_confidence=minimum_confidence,
            realised=realised,
            table=given,
        ),
    )
    compared = Structures(projection, broken, method, taught, worked, minimum_confidence, realised)
    return tuple(compared.by_year() if by == "year" else compared.by_unit(by))


QUESTION = Question(
    name="structural_alignment",
    title=Text(zh="专业结构与产业结构的对接", en="The structure of what is taught against that of industry"),
    definition=Text(
        zh="按产业链、集群、三次产业、专业大类、专业类、地区或年份，比较专业一侧（在校生、毕业生、布点）与产业一侧（产值、增加值、从业人员、需求）的结构："
        "结构偏离度、对接度、耦合度与耦合协调度、灰色关联度。只比两侧都有数的单元；没有人教的记 0，没有报数的不当作零。",
        en="By chain, cluster, sector, category or class of specialties, region or year: the structure of what is taught "
        "(students, graduates, offerings) against that of industry (output, value added, employment, people needed): "
        "structural deviation, matching degree, coupling and coordination, grey relational degree. Units are compared "
        "that tell both sides; what nobody teaches is 0, what nobody tells is not zero.",
    ),
    finding=StructuralAlignment,
    answer=structural_alignment,
    labels=tuple(dict.fromkeys((*market.LABELS, *breakdown.LABELS))),
    kinds=tuple(dict.fromkeys((*market.KINDS, *breakdown.KINDS, *structure.KINDS))),
)
