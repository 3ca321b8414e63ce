"""Who leads and who belongs to a consortium (牵头、成员)."""

from __future__ import annotations

from typing import Final

from nlp.relations.frame import Frame

_MANY: Final = "(?:等)?(?:[\\d余多]{0,5}[家所个]?(?:单位|企业|高校|院校|学校|机构)?)?"

_ROLE: Final = "(?:首批|常务)?(?:副理事长|常务副理事长|常务理事|理事|副会长|秘书长|成员|会员)(?:单位)?"

FRAMES: Final = (
    Frame("MEMBER_OF", "{tail=C}[^。]{0,80}?[，；]{head=SEPAL}" + _MANY + "(?:担任|任|当选为?|为)" + _ROLE),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。]{0,80}?[，；]{head=SEPAL}"
        + _MANY
        + "(?:共同|广泛|积极)?(?:参与|参加|加入)(?=[，。；]|$|建设|组建)",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。；，]{0,8}?(?:吸纳|汇聚|集聚|整合|吸引|囊括|覆盖|拥有)(?:了)?{head=SEPAL}",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。]{0,80}?{head=SEPAL}等(?:[\\d余多]{0,4}[家所个])?"
        "(?:会员|成员|理事|参与)(?:单位|企业|院校|学校)",
    ),
    Frame(
        "LEADS", "由{head=SEPA}" + _MANY + "(?:共同|联合)?(?:牵头|发起|主导)[^。；SEPA\ue004]{0,14}?{tail=C}"
    ),
    Frame(
        "LEADS",
        "{tail=C}[^。；\ue000-\ue003]{0,12}?由{head=SEPA}" + _MANY + "(?:共同|联合|作为)?(?:牵头|发起|主导)",
    ),
    Frame(
        "LEADS",
        "(?<!由){head=SEPA}"
        + _MANY
        + "(?:共同|联合|作为)?(?:牵头|发起)(?:单位)?[^。；，\ue000-\ue003]{0,12}?{tail=C}",
    ),
    Frame(
        "LEADS",
        "{tail=C}(?:的)?[^。；，\ue000-\ue003]{0,6}(?:牵头单位|理事长单位|牵头学校|"
        "牵头企业|牵头高校)(?:为|是|：|有|包括|:){head=SEPA}",
    ),
    Frame(
        "LEADS", "{head=SEPA}(?:为|是|担任|任|作为){tail=C}(?:的)?(?:牵头单位|理事长单位|牵头学校|牵头企业)"
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。；\ue004]{0,40}?(?:成员|成员单位|参与单位|"
        "参加单位)(?:有|包括|为|：|:|涵盖|由)(?:了)?{head=SEPAL}",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。]{0,80}?(?:成员|成员单位|参与单位|参加单位)(?:有|包括|为|：|:|涵盖|由)(?:了)?{head=SEPAL}",
    ),
    Frame(
        "MEMBER_OF",
        "{head=SEPAL}" + _MANY + "(?:共同|先后|均)?(?:加入|参与|参加|入盟)(?:了|到)?(?:建设|组建)?{tail=C}",
    ),
    Frame(
        "MEMBER_OF",
        "{head=SEPAL}" + _MANY + "(?:均|都)?(?:是|为|担任|任|作为|当选为?){tail=C}(?:的)?(?:首批)?"
        "(?:副理事长|理事|成员|秘书长|常务理事)(?:单位)?",
    ),
    Frame(
        "MEMBER_OF",
        "{tail=C}[^。；]{0,30}?[，；]{head=SEPAL}(?:担任|任|当选为?|"
        "为)(?:副理事长|常务副理事长|理事|秘书长|成员)单位",
    ),
    Frame("MEMBER_OF", "{tail=C}由{head=SEPAL}" + _MANY + "(?:共同)?(?:组成|构成)"),
)
