"""Whether it is so (状态): done, under way, planned, encouraged, or denied; what is denied is no claim."""

from __future__ import annotations

import re
from typing import Final

_DENIED: Final = re.compile(
    "(?:尚|暂|并|从|仍)?未(?!来)|[暂尚均并仍]无|没有|不得|不再|不能|不予|并不|不是|不含|严禁|禁止|终止|停止|取消|退出了|撤销|无法|解除"
)
_PLANNED: Final = re.compile(
    "拟|计划|将(?!其|以|与|[\ue000-\uf8ff])|规划|力争|到20\\d\\d年|即将|筹建|筹备|洽谈|酝酿|有望|预计|意向"
)
_ENCOURAGED: Final = re.compile("鼓励|支持|引导|倡导|探索|推动|可以|允许|希望|欢迎|号召|动员")
_UNDER_WAY: Final = re.compile("正在|在建|加快建设|推进建设|启动建设")

REST: Final = 30  # characters behind what is stated in which its date may stand
# 共建丙平台，2026年底前投入使用: what is due is not done. Dates are left out of the sentence that is read.
_DUE: Final = re.compile(
    "[^。；，]{0,8}，?[^。；，]{0,10}?(?:年[底末]|月底|(?<!个)月|季度|\\d日|(?<=，))前(?:全面|基本|正式|全部)?(?:建成|投入使用|投用|完工|竣工|启用|建好|投产|开园|运营|落地)"
)


def is_negated(clause: str) -> bool:
    """Whether a clause denies what it says: `暂未与…合作`, `不得…`."""
    return bool(_DENIED.search(clause))


def status_of(clause: str, rest: str = "") -> str | None:
    """计划, 倡导 or 在建 where the clause, or what follows it, says so, else `None`: stated as a fact without more."""
    if _PLANNED.search(clause) or _DUE.match(rest):
        return "计划"
    if _UNDER_WAY.search(clause):
        return "在建"
    if _ENCOURAGED.search(clause):
        return "倡导"
    return None
