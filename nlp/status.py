"""Whether it is so (状态): done, under way, planned, encouraged, or denied; what is denied is no claim.

What only sounds so is set aside first: 虚拟仿真 plans nothing, 双高计划 is a name, 在教育局支持下 tells how it was done.
Names are letters of a private area here (`relations.letters`).
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = "\ue000-\uf8ff"
_BODY: Final = "\ue000-\ue005"  # a school, enterprise, agency, park, consortium or region

_ONLY_SOUNDS_SO: Final = re.compile(
    # 虚拟仿真, 模拟教学; 拟定 and 拟合 are done
    "[虚模比]拟|拟[定态合]|"
    # programmes and plans by name
    "[高动养育展升程生才兴坚技作案火炬学]计划|[“‘《][^”’》，。；]{0,12}计划[”’》]|[三五]年计划|计划(?=[”’》、，。；）]|单列|建设(?:单位|院校|学校|项目)|的|类|内|中|外|书)|"
    # 规划面积332平方公里, 以…规划为引领; a verb is 规划建设
    "规划(?!了?(?:建设|新建|打造|布局|设立|引进|实施|新增|开设|组建|发展|投资|总投资|在|用|到20))|"
    # 将 is 把: 将产业元素融入教学
    "将[^，。；]{2,16}?(?:融入|纳入|作为|转化为|列入|嵌入|搬进|植入|贯穿|送到|写入)|"
    # why and with whose help, before the comma
    "为(?:了|进一步|更好地?|深入|加快|大力|着力){0,2}(?:支持|推动|引导|探索)[^，。；]{0,30}，|"
    "在[^，。；]{0,20}?(?:支持|推动|引导|指导)和?(?:帮助|支持)?下|支持(?:[下，。；和与]|单位)|"
    # what has its object, and no name in it, is over at the comma: 探索新模式，与海尔共建
    f"(?:支持|推动|引导|探索)[^，。；{_NAME}]{{0,14}}，(?=[与和同携联{_NAME}])|"
    "探索出|推动了|引导了|"
    # what a number is to reach: 到2027年产值突破350亿元
    f"(?:预计|力争|有望|要|将|到20\\d\\d年)[^，。；{_NAME}]{{0,14}}?(?:突破|达到?|超过?)[^，。；{_NAME}]{{0,12}}|计划总?投资(?=[\\d近超约])|"
    # people at work, not what is being built
    "正在(?![^，。；]{0,14}?(?:建|筹|推进|打造|施工|实施|装修|安装|申报))"
)
_DENIED: Final = re.compile(
    "(?:尚|暂|并|从|仍)?未(?!来)|[暂尚均并仍]无|没有|没能|不得|不再|不能|不予|不愿|不会|不与|并不|不是|不含|严禁|禁止|拒绝|无意|"
    "中止|终止|停止|停招(?!后)|暂停|暂缓|取消|退出了|撤销|撤并|无法|解除|解约|落空|误传|能否|是否|可否|如果|倘若|假如|"
    f"(?<![\u4e00-\u9fff])(?:若(?=[{_NAME}])|原由)|合作[^，。；]{{0,8}}(?:结束|中断|破裂)|结束[^，。；]{{0,12}}合作"
)
# …的合作已于2023年到期, 共建的丙学院已停止招生: behind what is stated, in the same clause
_ENDED: Final = re.compile(
    "[^。；，]{0,14}?(?:(?:已|于)[^。；，]{0,10}?(?:到期|结束|失效|关停|解散|停办)|中断|中止|终止|停招|停止招生|暂停|暂缓|解约|落空|未能|未果)"
)
_PLANNED: Final = re.compile(
    f"拟|计划|将(?!其|以|[{_NAME}])|规划|力争|到20\\d\\d年|即将|筹建|筹备|洽谈|酝酿|有望|预计|意向|打算|准备(?!金)|有意|争取|构想|设想|谋划|商定|议定|初定|提议|下一步|明年|"
    # 双方要共建丙学院; what has to be otherwise is a task: 要聚焦主导产业
    "(?<![需主重只不还想就求首纪摘概提必次])要(?:(?:共同|合作|联合|携手|一起)?(?:共?建|开办|办|新设|设立|组建|成立|打造)|[与和同在]|上)"
)
_ENCOURAGED: Final = re.compile(
    f"鼓励|支持|引导|倡导|探索|推动(?=[{_BODY}]|各|职业|高校|院校|学校|企业)|可以|允许|希望|欢迎|号召|动员|建议(?!书)|必须|应当"
)
_UNDER_WAY: Final = re.compile("正在|在建|加快建设|推进建设|启动建设")
# By what is to stand somewhere: of 68 firms that sign (签约) annotators have 54 for planned, of 61 places where ground
# is broken 52 for under way. Who signs with a school cooperates.
_SIGNED: Final = re.compile("签约|签[下订署]")
_BEGUN: Final = re.compile("开工|奠基|动工|破土")
_STANDS: Final = re.compile("投产|竣工|建成|入驻|投用|运营|坐落|设在")

REST: Final = 30  # characters behind what is stated in which its date may stand
# 共建丙平台，2026年底前投入使用: what is due is not done. Dates are left out of the sentence that is read.
_DUE: Final = re.compile(
    "[^。；，]{0,8}，?[^。；，]{0,10}?(?:年[底末]|月底|(?<!个)月|季度|\\d日|(?<=，))前(?:全面|基本|正式|全部)?(?:建成|投入使用|投用|完工|竣工|启用|建好|投产|开园|运营|落地)"
)
# 就共建丙学院进行座谈, 签订战略合作意向
_TALKED_OF: Final = re.compile("(?:就|围绕|针对)[^，。；]{0,60}$")
_TALKS: Final = re.compile("[^。；，]{0,14}?(?:座谈|洽谈|交流|探讨|商谈|磋商|研讨|达成(?:了)?(?:初步)?共识)")
_STILL: Final = re.compile(
    "[^。；，]{0,6}?，?(?:目前|现)?(?:正在|仍在|尚在|还在)[^。；，]{0,6}?(?:建|施工|装修)"
)
_INTENDED: Final = re.compile("[^。；，]{0,8}?(?:意向|的(?:构想|设想))")


def is_negated(clause: str, rest: str = "") -> bool:
    """Whether a clause denies what it says, or what follows ends it: `暂未与…合作`, `…的合作已到期`."""
    said = _ONLY_SOUNDS_SO.sub("", clause)
    return bool(_DENIED.search(said) or _ENDED.match(rest))


def status_of(clause: str, rest: str = "", kind: str | None = None) -> str | None:
    """计划, 倡导 or 在建 where the clause, or what follows it, says so, else `None`: stated as a fact without more.

    `kind` is that of the relation: what is signed for or begun says more of a place than of an industry.
    """
    said = _ONLY_SOUNDS_SO.sub("", clause)
    if (
        _PLANNED.search(said)
        or _DUE.match(rest)
        or _INTENDED.match(rest)
        or (_TALKED_OF.search(clause) and _TALKS.match(rest))
    ):
        return "计划"
    placed = kind == "LOCATED_IN" and not _STANDS.search(said)
    if (
        _UNDER_WAY.search(said)
        or _STILL.match(rest)
        or ((placed or kind == "CO_BUILDS") and _BEGUN.search(said))
    ):
        return "在建"
    if placed and _SIGNED.search(said):
        return "计划"
    if _ENCOURAGED.search(said):
        return "倡导"
    return None
