"""Schools and enterprises together (校企合作), and what they build together (共建)."""

from __future__ import annotations

from typing import Final

from nlp.relations.frame import Frame

_MANY: Final = (
    "(?:等)?(?:[\\d一二三四五六七八九十余多]{0,5}[家所个]?"
    "(?:知名|龙头|头部|行业|骨干)?(?:企业|公司|单位|高校|院校)?)?"
)
_TOGETHER: Final = (
    "(?:深化|开展|建立|达成|签署|签订|签约|举行|进行|加强|深入|紧密|"
    "共同(?!牵头|发起|组成)|联合(?!牵头|发起|印发)|"
    "合作|共建|携手|签署|筹建|推进|开设|组建|校企|产教|互动|对接|协同|成立|建成|建立|打造|设立|举办|实施|共育|共培|建设)"
)
_BUILD: Final = (
    "(?:共建|合作共建|联合共建|联合建设|共同建设|合作建设|共同打造|联合打造|"
    "共同组建|联合组建|共同成立|联合成立|联合建立|共同建立|"
    "合作成立|联合设立|共同设立|合作设立|合建|建成|联合开设|共同开设|合作开设|合作建立|"
    "建立|开办|合作开办|联合开办|打造|联合举办|合作举办|共同举办|共同发起成立|开设|组建|成立)"
)
_WHAT: Final = "(?:了|起|的|一批|首个|省级|市级|国家级|\\d{0,3}个?)*"

FRAMES: Final = (
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:的)?[\ue007\ue008](?:、[\ue007])*(?:等)?(?:专业)?(?:与|和|同|联合|携手){tail=E}"
        + _MANY
        + "[^。；，、\ue000-\ue00f]{0,6}?"
        + _TOGETHER,
    ),
    Frame("COOPERATES_WITH", "{head=S}(?:已|先后|再次|近日)?(?:牵手|携手|联手){tail=E}"),
    Frame("COOPERATES_WITH", "{head=S}(?:[^。；，、\ue000-\ue00f]{0,4})?(?:与|和|同){tail=E}的合作"),
    Frame("COOPERATES_WITH", "{head=S}[^。；]{0,60}?，(?:与|和|同){tail=E}的合作"),
    Frame(
        "COOPERATES_WITH",
        "{head=S}"
        + _MANY
        + "(?:[^。；，、\ue000-\ue00f]{0,6})?(?:，)?(?:已|先后|分别|长期|积极|主动|共|则|还|再次|拟|计划|将)?"
        "(?:与|和|同|联合|携手|牵手)(?:了)?{tail=E}" + _MANY + "[^。；，、\ue000-\ue00f]{0,6}?" + _TOGETHER,
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}[^。；\ue000\ue001]{0,26}?，(?:已|先后|分别|积极|主动)?(?:与|和|同|联合|携手)(?:了)?{tail=E}"
        + _MANY
        + "[^。；，、\ue000-\ue00f]{0,6}?"
        + _TOGETHER,
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:与|和|同){tail=E}(?=、[\ue000](?:与|和|同)[\ue001]|等(?:校企|开展|合作|学校|单位|产教))",
    ),
    Frame("COOPERATES_WITH", "(?<=、){head=S}(?:与|和|同){tail=E}(?:等)?(?:校企|产教|合作|开展|联合)"),
    Frame(
        "COOPERATES_WITH",
        "{tail=E}"
        + _MANY
        + "(?:与|和|同|联合|携手|牵手){head=S}"
        + _MANY
        + "[^。；，、\ue000-\ue00f]{0,6}?"
        + _TOGETHER,
    ),
    Frame("CO_BUILDS", "{head=SEAPC}" + _MANY + _BUILD + _WHAT + "{tail=LNTZ}"),
    Frame(
        "CO_BUILDS",
        "(?:联合|携手){head=SEAPC}" + _MANY + "[^。；，\ue000-\ue00f]{0,6}?" + _BUILD + _WHAT + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPC}(?:联合|携手)[\ue000-\ue004](?:[、和与][\ue000-\ue004])*"
        + _MANY
        + _BUILD
        + _WHAT
        + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SE}[^。；\ue000\ue001]{0,24}?[，,](?:今年|去年|近日|日前|近年来)?(?:双方|校企双方|校企|三方|校地企)?"
        "(?:将|拟|计划|又|还|已|先后|联合|共同|并){0,3}" + _BUILD + _WHAT + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS", "{tail=LNTZ}由{head=SEAPC}" + _MANY + "(?:共同|联合|合作)?(?:共建|建设|打造|组建|建立)"
    ),
)
