"""Who leads and who belongs to a consortium (牵头、成员)."""

from __future__ import annotations

from typing import Final

from nlp.relations.fields import OF_NO_TASK
from nlp.relations.frame import Frame
from nlp.relations.letters import ADVERBS, ALLIES, AND_OTHERS, letters

_LEADER: Final = (
    "(?:首届)?(?:牵头|(?<!副)理事长|轮值理事长|发起|会长|盟主|主任|主席)(?:单位|学校|院校|高校|企业|园区|方)"
)
_MEMBER: Final = (
    "(?:首批|首届|常务)?(?:副理事长|常务副理事长|常务理事(?![长会])|理事(?![长会])|副会长|秘书长|"
    "副主席|副主任|成员|会员|支持|参建)(?:单位)?"
)
_LEAD: Final = "(?:牵头|发起|主导|领衔|倡议)"
_JOIN: Final = "(?:参与|参加|加入|加盟|组成|入盟|构成|共建|共同组建)"

# 由甲、乙牵头，丙参加: a stretch of names behind 由 that holds who leads is no list of members.
_NO_LEADERS: Final = "(?![^。；]{0,80}(?:牵头|发起))"
# 牵头制定团体标准，甲公司参与: not in a consortium, but in what is written.
_NO_STANDARD: Final = (
    "(?![^。]{0,80}(?:制定|编写|研制|起草|修订|编制)[^。，；]{0,14}，[^。，；]{1,60}参[与加](?:[，。；]|$))"
)
_BY: Final = "由(?:[^，。；、\ue000-\uf8ff]{2,14}、){0,3}"  # whom no list knows may stand before them

# A联合B、C组建D: A leads, B and C join; A、B、C联合成立D: all of them lead.
_FOUND: Final = "(?:发起)?(?:成立|组建|创建|打造|发起|倡议|筹建)(?:成立|组建)?(?:了|的)?"
_FOUNDER: Final = (
    f"(?<![、和与及])(?P<head>{letters('SEPA')})(?:已|先后|近日|今年)?(?:联合|携手|会同|牵手|协同)(?!，)"
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
        "{tail=C}{~C}{0,30}?以{~SEAP,}{0,16}{head=SEPA}为(?:龙头|牵头|核心|盟主|理事长)",
    ),
    Frame("LEADS", "{tail=C}{~C}{0,30}?以{~SEAP,}{0,16}{head=SEA}为(?:依托|主体)"),  # on a park it rests
    Frame(  # 以甲为理事长单位，乙为副理事长单位的丙联合体
        "LEADS",
        "以{head=SEPA}"
        + AND_OTHERS
        + "为(?:牵头|(?<!副)理事长|盟主|会长)(?:单位|院校|学校|高校|企业)?[^。；\ue004]{0,80}?的{~SEAP,}{0,12}{tail=C}",
    ),
    Frame(
        "MEMBER_OF",
        "{head=SEPAL}" + AND_OTHERS + "为" + _MEMBER + "[^。；\ue004]{0,60}?的{~SEAP,}{0,12}{tail=C}",
    ),
    Frame(  # 甲牵头，乙、丙协同，组建了丁联合体
        "MEMBER_OF",
        _LEAD
        + "，{head=SEPAL}"
        + AND_OTHERS
        + "(?:共同|积极)?(?:协同|协作|配合|参与|参加|支持)，[^。；\ue004]{0,20}?"
        + "(?:组建|成立|打造|共建|建设|创建)(?:了|的|起)?{~SEAPC,}{0,8}{tail=C}",
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
    Frame(  # …2023年成立，甲大学、乙公司牵头: nothing else is named that they may lead
        "LEADS",
        "{tail=C}{~CLTNZGXID}{0,40}?，{head=SEPA}"
        + AND_OTHERS
        + "(?:共同|联合|作为)?"
        + _LEAD
        + "(?:单位)?(?:组建|成立|建设|创建)?(?=[，。；]|$)(?![^。；]{0,40}(?:配合|按职责|落实))",
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
        "{tail=C}(?:的)?{~SEAP,}{0,6}" + _LEADER + "(?:为|是|：|有|包括|:|——){head=SEPA}" + OF_NO_TASK,
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
    Frame(  # 由甲牵头，乙、丙等30家单位组成
        "MEMBER_OF",
        "{tail=C}{~C}{0,90}?(?:牵头|发起)，{head=SEPAL}"
        + AND_OTHERS
        + "(?:共同|联合)?(?:组成|构成|组建|共建)(?=[，。；]|$)",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}"
        + _NO_STANDARD
        + "[^。\ue004]{0,80}?[，；]{head=SEPAL}"
        + AND_OTHERS
        + "(?:共同|广泛|积极)?(?:参与|参加|加入|加盟)(?=[，。；]|$|(?:建设|组建|共建){~}{0,8}(?:[，。；]|$))",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。；，]{0,8}?(?:吸纳|汇聚|集聚|整合|吸引|囊括|覆盖|拥有|"
        + ALLIES
        + ")(?:了)?{head=SEPAL}",
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
        "{tail=C}{~SEPALC}{0,8}?由"
        + _NO_LEADERS
        + "{head~=SEPAL}[^。；\ue000-\uf8ff]{0,30}?(?:组成|构成)(?!部分)",
    ),
    Frame("LEADS", "{head=SEPA}(?:作为|是|为)[^。；，\ue004]{0,20}(?:、|和){tail=C}(?:的)?" + _LEADER),
    Frame("MEMBER_OF", "{head=SEPAL}作为[^。；，]{0,10}(?:入选|加入|加盟|参与){tail=C}"),
    Frame(
        "MEMBER_OF",
        "{tail=C}{~C}{0,40}?，(?:并|并且)?由"
        + _NO_LEADERS
        + "{head~=SEPAL}"
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
        "{tail=C}[^。；\ue004]{0,50}?，由"
        + _NO_LEADERS
        + "{head~=SEPAL}"
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
