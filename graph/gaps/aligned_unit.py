"""What a unit of the structure tells (专业与产业结构的一个单元): the finding of `structural_alignment`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from graph.gaps.finding import Finding, Named, label
from graph.language import Text

LEGEND: Final = Text(
    zh="偏离度 = 专业份额 ÷ 产业份额 − 1：负数是培养偏少，正数偏多。对接度 1 为份额相同。D 是耦合协调度。",
    en="Deviation = share of what is taught ÷ share of industry − 1: below 0 too few are taught. Matching 1: the same "
    "share. D is the coordination degree.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuralAlignment(Finding):
    """A unit of the structure (or the whole, or a year), and how what is taught for it agrees with industry."""

    unit: Text = field(metadata=label("单元", "unit", head=Text("单元", "unit"), legend=LEGEND))
    node: Named | None = field(metadata=label("产业链、集群或地区", "chain, cluster or region"))
    by: str = field(metadata=label("口径", "told by"))
    measures: Text | None = field(
        metadata=label("所比的指标（全部）", "what is compared, of the whole", note=True)
    )
    year: str | None = field(
        metadata=label("产业数年份", "year of the industry's figure", head=Text("年份", "year"))
    )
    education_year: str | None = field(metadata=label("专业数年份", "year of the figure of what is taught"))
    education: float | None = field(
        metadata=label("专业一侧的数", "what is taught", head=Text("专业一侧", "taught"))
    )
    industry: float | None = field(
        metadata=label("产业一侧的数", "industry", head=Text("产业一侧", "industry"))
    )
    education_share: float | None = field(
        metadata=label("专业份额", "share of what is taught", head=Text("专业份额", "share taught"))
    )
    industry_share: float | None = field(
        metadata=label("产业份额", "share of industry", head=Text("产业份额", "share of industry"))
    )
    deviation: float | None = field(
        metadata=label("结构偏离度", "structural deviation", head=Text("偏离度", "deviation"))
    )
    matching: float | None = field(
        metadata=label("对接度", "matching degree", head=Text("对接度", "matching"))
    )
    similarity: float | None = field(
        metadata=label("结构相似系数（全部）", "structural similarity, of the whole")
    )
    education_level: float | None = field(metadata=label("专业综合水平 U1", "level of what is taught, U1"))
    industry_level: float | None = field(metadata=label("产业综合水平 U2", "level of industry, U2"))
    coupling: float | None = field(metadata=label("耦合度 C", "coupling degree C"))
    level: float | None = field(metadata=label("综合发展水平 T", "joint level T"))
    coordination: float | None = field(
        metadata=label("耦合协调度 D", "coordination degree D", head=Text("D", "D"))
    )
    grade: Text | None = field(metadata=label("协调等级", "grade", head=Text("协调等级", "grade")))
    grey: float | None = field(
        metadata=label("灰色关联度", "grey relational degree", head=Text("灰色关联", "grey"))
    )
    grey_years: str | None = field(metadata=label("灰色关联所用年份", "years of the grey degree"))
    unknown: int = field(metadata=label("缺数的专业点", "offerings without a figure"))
    missing: tuple[Text, ...] = field(metadata=label("尚需补充", "still to ask for", note=True))
