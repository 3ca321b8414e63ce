"""Who leads and who belongs to a consortium (牵头、成员)."""

from __future__ import annotations

from typing import Final

from nlp.relations.frame import Frame
from nlp.relations.letters import ADVERBS, AND_OTHERS, letters

_LEADER: Final = (
    "(?:首届)?(?:牵头|(?<!副)理事长|轮值理事长|发起|会长|盟主|主任|主席)(?:单位|学校|院校|高校|企业|园区|方)"
)
_MEMBER: Final = (
    "(?:首批|首届|常务)?(?:副理事长|常务副理事长|常务理事(?![长会])|理事(?![长会])|副会长|秘书长|"
    "副主席|副主任|成员|会员|支持|参建)(?:单位)?"
)
_LEAD: Final = "(?:牵头|发起|主导|领衔|倡议)"
_JOIN: Final = "(?:参与|参加|加入|加盟|组成|入盟|构成|共建|共同组建)"

_BY: Final = "由(?:[^，。；、\ue000-\uf8ff]{2,14}、){0,3}"  # whom no list knows may stand before them

# A联合B、C组建D: A leads, B and C join; A、B、C联合成立D: all of them lead.
_FOUND: Final = "(?:发起)?(?:成立|组建|创建|打造|发起|倡议|筹建)(?:成立|组建)?(?:了|的)?"
_FOUNDER: Final = (
    f"(?<![、和与及])(?P<head>{letters('SEPA')})(?:已|先后|近日|今年)?(?:联合|携手|会同|牵手|协同)"
)

FRAMES: Final = (
    Frame("LEADS", _FOUNDER + "[^。；]{1,60}?(?:共同|联合)?" + _FOUND + "{~SEAPC,}{0,8}{tail=C}"),
    Frame(
        "LEADS",
        "(?<!联合)(?<!携手)(?<!会同)(?<!由){head=SEPA}"
        + AND_OTHERS
        + ADVERBS
        + "(?:共同|联合)"
        + _FOUND
        + "{~SEAPC,}{0,8}{tail=C}",
    ),
    Frame("LEADS", "{tail=C}{~C}{0,40}?发起(?:方|单位|者|人)(?:为|是|有|包括|：){head=SEPA}"),
    Frame(
        "LEADS",
        "{head=SEPA}(?:担任|任|为|是){~SEAPC,}{0,4}{tail=C}{~SEAPC,}{0,8}" + _LEADER,
    ),
    Frame(
        "LEADS",
        "{tail=C}{~C}{0,30}?以{~SEAP,}{0,16}{head=SEPA}为(?:龙头|牵头|依托|主体|核心|盟主|理事长)",
    ),
    Frame("LEADS", "{tail=C}{~C}{0,60}?(?<!副)理事长单位{head=SEPA}"),
    Frame("MEMBER_OF", "{tail=C}[^。\ue004]{0,120}?副理事长单位{head=SEPAL}"),
    Frame("LEADS", _BY + "{head=SEPAL}" + AND_OTHERS + "(?:共同|联合)?" + _LEAD + "{~SEAPC}{0,14}?{tail=C}"),
    Frame(
        "LEADS",
        "{tail=C}{~SEAP}{0,20}?" + _BY + "{head=SEPA}" + AND_OTHERS + "(?:共同|联合|作为)?" + _LEAD,
    ),
    Frame(
        "LEADS", "{tail=C}{~C}{0,90}?，" + _BY + "{head=SEPA}" + AND_OTHERS + "(?:共同|联合|作为)?" + _LEAD
    ),
    Frame(
        "LEADS",
        "(?<!由){head=SEPA}"
        + AND_OTHERS
        + "(?:共同|联合|作为)?"
        + _LEAD
        + "(?:单位)?{~SEAP,}{0,12}?{tail=C}",
    ),
    Frame(
        "LEADS",
        "{head=SEPA}"
        + AND_OTHERS
        + "(?:共同|联合)?"
        + _LEAD
        + "，[^。；]{0,60}?(?:的|组建|成立|发起|打造){~SEAPC,}{0,6}{tail=C}",
    ),
    Frame(
        "LEADS",
        "{tail=C}(?:的)?{~SEAP,}{0,6}" + _LEADER + "(?:为|是|：|有|包括|:|——){head=SEPA}",
    ),
    Frame(
        "LEADS",
        "{head=SEPA}"
        + AND_OTHERS
        + "(?:被)?(?:为|是|担任|任|作为|授予|认定为|确定为|推选为|选举为|当选为?|列为|成为){tail=C}(?:的)?(?:首届)?"
        + _LEADER,
    ),
    Frame(
        "LEADS",
        "(?:作为|身为|担任|任|(?<![\ue000-\uf8ff])是){tail=C}(?:的)?牵头[学院高]校(?:之一)?，{head=S}",
    ),
    Frame(
        "LEADS",
        "(?:作为|身为|担任|任|(?<![\ue000-\uf8ff])是){tail=C}(?:的)?(?!牵头[学院高]校)"
        + _LEADER
        + "(?:之一)?，{head=SEPA}",
    ),
    Frame(
        "MEMBER_OF",
        "(?:作为|身为|担任|任|(?<![\ue000-\uf8ff])是){tail=C}(?:的)?" + _MEMBER + "(?:之一)?，{head=SEPAL}",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}{~C}{0,80}?[，；]{head=SEPAL}"
        + AND_OTHERS
        + "(?:被)?(?:担任|任|当选为?|为|成为|列为|推选为)"
        + _MEMBER,
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。\ue004]{0,80}?[，；]{head=SEPAL}"
        + AND_OTHERS
        + "(?:共同|广泛|积极)?(?:参与|参加|加入|加盟)(?=[，。；]|$|建设|组建|共建)",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。；，]{0,8}?(?:吸纳|汇聚|集聚|整合|吸引|囊括|覆盖|拥有|联合)(?:了)?{head=SEPAL}",
    ),
    Frame(
        "MEMBER_OF",
        "(?:联合|携手|会同){head=SEPAL}"
        + AND_OTHERS
        + "(?:共同)?(?:组建|成立|发起|共建|打造|创建)(?:了|的|成立)?{~SEAPC,}{0,8}{tail=C}",
    ),
    Frame("MEMBER_OF", "{head=SEPAL}" + AND_OTHERS + "(?:共同|联合)?" + _JOIN + "的{tail=C}"),
    Frame(
        "MEMBER_OF",
        "{tail=C}{~SEPALC}{0,8}?由(?![^。；]{0,80}(?:牵头|发起)){head~=SEPAL}[^。；\ue000-\uf8ff]{0,30}?(?:组成|构成)(?!部分)",
    ),
    Frame("LEADS", "{head=SEPA}(?:作为|是|为)[^。；，\ue004]{0,20}(?:、|和){tail=C}(?:的)?" + _LEADER),
    Frame("MEMBER_OF", "{head=SEPAL}作为[^。；，]{0,10}(?:入选|加入|加盟|参与){tail=C}"),
    Frame(
        "MEMBER_OF",
        "{tail=C}{~C}{0,40}?，(?:并|并且)?由{head~=SEPAL}"
        + AND_OTHERS
        + "[^。；，\ue000-\uf8ff]{0,20}?(?:组成|构成|组建|参与|参加|共建)",
    ),
    Frame(
        "MEMBER_OF",
        "{head=SEPAL}"
        + AND_OTHERS
        + "(?:共同|先后|均)?(?:加入|加盟|参与|参加|入盟|入选)(?:了|到)?(?:建设|组建)?{~}{0,4}{tail=C}",
    ),
    Frame(
        "MEMBER_OF",
        "{head=SEPAL}"
        + AND_OTHERS
        + ADVERBS
        + "(?:被)?(?:是|为|担任|任|作为|当选为?|成为|列为|推选为|授予){tail=C}(?:的)?"
        + _MEMBER,
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}{~C}{0,90}?，(?:并)?(?:联合|携手|会同|汇聚|吸纳){head=SEPAL}"
        + AND_OTHERS
        + "{~}{0,10}?(?:共同)?(?:组建|成立|发起|参与|组成|加入|共建|建设)",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。；\ue004]{0,50}?，由(?![^。；]{0,60}(?:牵头|发起)){head~=SEPAL}"
        + AND_OTHERS
        + "(?:共同|联合)(?:组成|构成|组建|参与|参加)",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}(?:理事会|专委会|首批)?(?:成员|单位)?由{head=SEPAL}"
        + AND_OTHERS
        + "(?:共同)?(?:组成|构成|组建|参与)",
    ),
)
