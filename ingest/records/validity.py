"""Whether what a list tells holds (名单效力): its title says so where it was revoked or left, or is only planned.

    2024年撤销专业名单          拟入选市域产教联合体名单（公示）
    学校名称 | 专业名称          联合体名称 | 牵头单位

The header is that of what is there; read by it alone, the former would tell the contrary of what it means. The nearest
title counts: that above the table, then the name of the sheet, then that of the file or document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.errors import LiantuError
from ingest.records.kind import RecordKind

_ENDED: Final = re.compile(
    r"撤[销消]|停招|停办|(?:停止|暂停)(?:招生|合作|办学)|退出|终止|解除|取消|注销|除名|移出|淘汰|废止|失效"
    r"|未(?:获)?(?:通过|入选|立项)|不予(?:通过|认定|立项)|不合格|不再"
)
_HOW: Final = re.compile(r"(?:退出|终止|撤销|淘汰|取消)(?:机制|办法|制度|条件|程序|标准|指标)")
_HELD: Final = re.compile(r"新增|增设|新设|增补|入选|入围|在招|现有|开设|保留|加入|同意设置")
_PLANNED: Final = re.compile(
    r"(?<![模虚])拟(?:入选|入围|组建|新?增|新设|设|立项|认定|推荐|支持|合作|开[设展]|公布|命名|确定|培育|加入|成立|同意|参与|牵头|共?建)"
)
_SOUGHT: Final = re.compile(
    r"征求意见|申报(?!单位|学校|院校|企业|部门|人|日期|时间|者|[:：])|名单[^，。]{0,6}公示|公示名单|推荐名单|候选"
)
_DECIDED: Final = re.compile(r"公布|批准|获批|同意|结果|认定的|立项名单|入选名单")  # of what had been sought
# What these tell is no membership, offering or cooperation that could be revoked or planned.
_NEITHER: Final = frozenset({"industries", "ledger", "enterprises"})
_OF_FIGURES: Final = frozenset(
    {"school_specialties", "talent_chains"}
)  # 申报 is how figures are reported, too

_VOID_MARKS: Final = (
    "退出",
    "撤",
    "停办",
    "终止",
    "解",
    "取消",
    "注销",
    "不再合作",
    "加入",
    "未通过",
    "未入选",
)
_VOID: Final = re.compile(
    r"已经?(?:于?\d{4}年?(?:\d{1,2}月)?)?(?:全部|正式|提前)?(?:退出|撤[销消]|停办|终止|解除|解散|取消|注销)"
)
_VOID_ALONE: Final = re.compile(
    r"(?:合同|协议|合作|项目|专业)?(?:退出|撤[销消]|停办|终止|解除|解散|取消|注销)(?:合作|合同|协议|专业)?|不再合作|未(?:获)?通过|未入选"
    r"|(?:拟|待|申请|计划|准备)加入"
)
_NOT_VOID: Final = re.compile(r"恢复|重新|未(?:退出|撤|终止|解除|取消|注销)|续签")
_LONGEST: Final = 30  # characters of a remark


def checked_validity(kind: RecordKind, titles: Sequence[Sequence[str]], file: str) -> str:
    """The title that says that the rows are planned, or "" where none does; `record.ended` for what holds no more.

    `titles` are the lines above the table, the name of its sheet, and so on, the nearest first.
    """
    if kind.standard or kind.name in _NEITHER:
        return ""
    for lines in titles:
        if line := next((line for line in lines if _ENDED.search(_HOW.sub("", line))), None):
            raise LiantuError("record.ended", file=file, title=line[:60])
        loose = kind.name not in _OF_FIGURES
        if line := next((i for i in lines if _PLANNED.search(i) or (loose and _is_sought(i))), None):
            return line[:60]
        if any(map(_HELD.search, lines)):
            return ""
    return ""


def _is_sought(line: str) -> bool:
    return _SOUGHT.search(line) is not None and ("征求意见" in line or not _DECIDED.search(line))


def is_void(text: str) -> bool:
    """Whether a remark says that its row holds no more, or not yet.

    >>> [is_void(cell) for cell in ("已退出", "合同已终止，不再合作", "拟加入", "2023年已停办，2024年恢复", "退役军人")]
    [True, True, True, False, False]
    """
    if len(text) > _LONGEST or not any(mark in text for mark in _VOID_MARKS):
        return False
    plain = text.strip()
    said = _VOID.search(plain) or _VOID_ALONE.fullmatch(plain)
    return said is not None and not _NOT_VOID.search(plain)
