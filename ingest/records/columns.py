"""Columns that several record kinds share (通用列), so that a header means the same in every table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ingest.records.kind import Column, Form

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "中职": ("中专", "中等职业教育", "中等职业", "中职中专"),
    "高职专科": ("高职", "专科", "高职（专科）", "高职高专", "大专", "高等职业教育专科"),
    "职业本科": ("高职本科", "本科层次职业教育", "职教本科", "高等职业教育本科"),
    "普通本科": ("本科", "应用型本科", "普通高等教育本科"),
}
GRADES: Final[Mapping[str, tuple[str, ...]]] = {
    "国家级": ("国家", "国家级高水平", "双高", "双高计划", "中国特色高水平专业群"),
    "市级": ("省级", "市", "省", "省市级", "省（市）级", "重庆市级", "市级高水平"),
    "校级": ("校", "院级", "学校级"),
}
STATUS_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "完成": (
        "已完成",
        "完成验收",
        "已验收",
        "建成",
        "已建成",
        "结束",
        "已结束",
        "done",
        # it is there and works
        "合作中",
        "已运行",
        "运行中",
        "已开展",
        "已落实",
        "已成立",
        "已投用",
        "已启用",
    ),
    "在建": (
        "建设中",
        "进行中",
        "实施中",
        "在研",
        "执行中",
        "under way",
        "推进中",
        "正在推进",
        "正在建设",
        "培育",
        "培育中",
        "立项建设",
    ),
    "计划": (
        "拟建",
        "规划",
        "规划中",
        "计划中",
        "待启动",
        "筹建",
        "planned",
        "筹备",
        "筹备中",
        "筹建中",
        "未开展",
        "未启动",
        "未开工",
        "待建",
        "拟建设",
    ),
    "倡导": ("鼓励", "意向", "倡议", "encouraged"),
}


def status(*variants: str, example: str, en: str = "Status") -> Column:
    """Whether what a row tells is done, under way, planned or encouraged."""
    return Column(
        "status",
        "状态",
        en,
        Form.CHOICE,
        choices=STATUS_CHOICES,
        variants=variants,
        example=example,
    )


SCHOOL = Column(
    "school",
    "学校名称",
    "School",
    Form.NAME,
    required=True,
    variants=(
        "学校",
        "院校",
        "院校名称",
        "学校全称",
        "单位名称（学校）",
        "办学单位",
        "高校名称",
        "职业院校名称",
        "院校全称",
        "填报学校",
        "填报院校",
        "合作院校",
        "合作学校",
        "School name",
    ),
    example="示例职业技术学院",
)
SCHOOL_CODE = Column(
    "school_code",
    "学校代码",
    "School code",
    Form.SCHOOL_CODE,
    variants=(
        "学校标识码",
        "院校代码",
        "院校标识码",
        "学校编码",
        "学校代号",
        "国标学校代码",
        "学校（机构）标识码",
        "教育部学校代码",
    ),
)
ENTERPRISE = Column(
    "enterprise",
    "企业名称",
    "Enterprise",
    Form.NAME,
    required=True,
    variants=(
        "企业",
        "公司名称",
        "单位名称",
        "企业全称",
        "合作企业",
        "合作企业名称",
        "公司",
        "公司全称",
        "用人单位",
        "用人单位名称",
        "企业（单位）名称",
        "合作单位",
        "合作单位名称",
        "Company",
    ),
    example="示例汽车零部件有限公司",
)
CREDIT_CODE = Column(
    "credit_code",
    "统一社会信用代码",
    "Unified social credit code",
    Form.CREDIT_CODE,
    variants=(
        "社会信用代码",
        "信用代码",
        "统一信用代码",
        "企业代码",
        "机构信用代码",
        "企业信用代码",
        "企业统一社会信用代码",
        "社会统一信用代码",
        "合作企业统一社会信用代码",
    ),
)
SPECIALTY = Column(
    "specialty",
    "专业名称",
    "Specialty",
    Form.NAME,
    required=True,
    variants=("专业", "专业全称", "开设专业", "招生专业", "专业名", "Major"),
    example="新能源汽车技术",
)
SPECIALTY_CODE = Column(
    "specialty_code",
    "专业代码",
    "Specialty code",
    Form.SPECIALTY_CODE,
    variants=("专业编码", "国标专业代码", "专业目录代码", "国家专业代码", "教育部专业代码"),
    example="460702",
)
CHAINS = Column(
    "chains",
    "对接产业链",
    "Industry chains served",
    Form.NAMES,
    variants=(
        "面向产业链",
        "服务产业链",
        "对接产业",
        "面向产业",
        "服务产业",
        "所属产业链",
        "产业链",
        "对接产业集群",
        "产业链名称",
        "对应产业链",
        "所在产业链",
        "所属产业集群",
        "服务产业集群",
        "重点产业链",
    ),
    example="智能网联新能源汽车",
)
REGION = Column(
    "region",
    "所在区域",
    "Region",
    Form.NAME,
    variants=(
        "区域",
        "所在地",
        "所在区县",
        "区县",
        "行政区域",
        "所属区域",
        "所属区县",
        "所在地区",
        "行政区",
        "行政区划",
        "所在区（县）",
        "属地",
        "区（县）",
        "地区",
        "所属地区",
    ),
    example="渝北区",
)
YEAR = Column(
    "year",
    "年份",
    "Year",
    Form.YEAR,
    variants=("年度", "统计年份", "统计年度", "学年", "所属年份", "数据年份", "统计学年", "所属年度"),
    example="2024",
)


def required(column: Column) -> Column:
    """The same column, required."""
    return replace(column, required=True)


def headed(column: Column, zh: str, en: str) -> Column:
    """The same column under another header; its own header stays a variant."""
    others = (column.zh, *(variant for variant in column.variants if variant != zh))
    return replace(column, zh=zh, en=en, variants=others)


def several(column: Column) -> Column:
    """The same column, which may hold several names."""
    return replace(column, several=True)
