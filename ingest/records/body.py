"""What kind of body a name names (单位类型), told by how it ends: 大学 → School, 有限公司 → Enterprise."""

from __future__ import annotations

import re
from typing import Final

# Tried in this order: 产业学院 is no School, 大学科技园 is no School, 研究院有限公司 is an Enterprise.
_ENDINGS: Final = tuple(
    (label, re.compile(pattern))
    for label, pattern in (
        ("Enterprise", r"(公司|集团|厂|企业|银行|事务所)$"),
        ("IndustryCollege", r"(产业学院|混合所有制学院|行业学院|工匠学院)$"),
        ("Consortium", r"(联合体|共同体|职教集团|职业教育集团|联盟)$"),
        ("TrainingBase", r"(实训基地|实习基地|培训基地|实践中心|实训中心|培训中心)$"),
        ("TalentProgram", r"(班|计划|项目|试点|学徒制)$"),
        (
            "ResearchPlatform",
            r"(实验室|研究中心|工程中心|创新中心|研发中心|技术中心|研究院|研究所|孵化器|工作室|平台)$",
        ),
        ("Park", r"(园区|开发区|高新区|经开区|新区|科技园|产业园|工业园|保税区|科学城)$"),
        ("School", r"(大学|学院|学校|高等专科学校|高专|职教中心|教育中心|技师学院|技校|党校)$"),
        ("Agency", r"(局|委|委员会|办公室|厅|部|政府|协会|学会|商会|联合会|中心|院)$"),
    )
)
_REMARK: Final = re.compile(r"[（(][^（()）]*[)）]$")


def body_label(name: str) -> str | None:
    """The node kind that a name shows by its ending, or None.

    >>> body_label("重庆大学"), body_label("中铝高端制造股份有限公司"), body_label("永川高新技术产业开发区")
    ('School', 'Enterprise', 'Park')
    """
    bare = _REMARK.sub("", name) or name
    return next((label for label, ending in _ENDINGS if ending.search(bare)), None)
