"""What schools offer (开设), host (建有) and lead on to (贯通), and what groups include."""

from __future__ import annotations

from typing import Final

from nlp.relations.frame import Frame

_NONAME: Final = "[^。；\ue000\ue007\ue008]"

_THROUGH: Final = "(?:贯通|衔接|对接|专升本|联合培养|[\ue00c])"

FRAMES: Final = (
    Frame(
        "OFFERS",
        "{head=S}"
        + _NONAME
        + "{0,40}?(?:开设|设有|设置|新增|增设|新设|开办|举办)(?:了|有)?[^。；，\ue000\ue007]{0,8}{tail=X}",
    ),
    Frame(
        "OFFERS", "{head=S}[^。；，\ue000-\ue00f]{0,6}将[\ue007](?:专业)?(?:改造|转型|升级|调整)+为{tail=X}"
    ),
    Frame("OFFERS", "{head=S}(?:的)?{tail=X}(?:等)?(?:\\d{0,3}个)?(?:本科|专科|高职)?专业"),
    Frame(
        "HOSTS",
        "{head=S}"
        + _NONAME
        + "{0,30}?(?:建有|建设|打造|拥有|组建|建成|形成|立项)(?:了|有)?[^。；，\ue000\ue008]{0,10}{tail=G}",
    ),
    Frame("HOSTS", "{head=S}(?:的)?{tail=G}"),
    Frame("INCLUDES", "{head=G}[^。；\ue008]{0,24}?(?:包含|包括|涵盖|由|含|覆盖|下设)(?:了|有)?{tail=X}"),
    Frame("INCLUDES", "{head=G}以{tail=X}(?:专业)?为(?:核心|龙头|引领)", {"core": True}),
    Frame(
        "ARTICULATES_TO",
        "{head=X}(?:专业)?(?:与|和|同)[^。；，\ue007]{0,16}?{tail=X}(?:专业)?[^。；\ue007]{0,12}" + _THROUGH,
    ),
    Frame(
        "ARTICULATES_TO",
        "{head=X}(?:专业)?(?:与|和|同)[^。；，\ue007]{0,16}?[\ue007](?:专业)?[^。；\ue007]{0,20}，(?:并|还)?(?:与|和|同)"
        "[^。；，\ue007]{0,12}{tail=X}(?:专业)?[^。；\ue007]{0,12}" + _THROUGH,
    ),
    Frame("PREPARES_FOR", "{head=X}(?:专业)?[^。；]{0,8}(?:面向|对应|从事)[^。；，\ue00d]{0,12}{tail=O}"),
    Frame("SHARES", "{head=SEC}[^。；]{0,16}(?:共享|开放|主持|建有|牵头建设)[^。；，]{0,8}{tail=H}"),
)
