"""Schools and enterprises together (校企合作), and what they build together (共建)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import Frame
from nlp.relations.letters import ADVERBS, AND_OTHERS

_TOGETHER: Final = (
    "(?:深化|开展|建立|达成|签署|签订|签约|举行|进行|加强|深入|紧密|"
    "共同(?!牵头|发起|组成)|联合(?!牵头|发起|印发)|签有|签了|"
    "合作|共建|携手|筹建|推进|开设|组建|校企|产教|互动|对接|协同|成立|建成|打造|设立|举办|实施|共育|共培|共享|互聘|共用|共研|建设)"
)
_BUILD: Final = (
    "(?:携手打造|携手共建|联手打造|联手共建|携手成立|共建|合作共建|联合共建|联合建设|共同建设|合作建设|共同打造|联合打造|"
    "共同组建|联合组建|共同成立|联合成立|联合建立|共同建立|"
    "合作成立|联合设立|共同设立|合作设立|合建|建成|共同申报|联合申报|联合开设|共同开设|合作开设|合作建立|"
    "建立|开办|合作开办|联合开办|打造|联合举办|合作举办|共同举办|共同发起成立|开设|组建|成立)"
)
_WHAT: Final = "(?:了|起|的|一批|首个|省级|市级|国家级|\\d{0,3}个?)*"

_NEEDS: Final = "(?:的)?(?:实际|用人|用工|岗位|人才|生产|技能){0,2}(?:需求|需要|标准|订单)"

# What one side does for the other (合作方式): 兼职教师, 技术服务, 教师企业实践, 捐赠, 接收实习 …
_SINCE: Final = "(?:累计|每年|年均|全年|历年来?|长期|持续|多次|定期|主动|共){0,3}"
_TAUGHT: Final = "(?:导师|教师|老师|兼职|教授|顾问|指导|任教|授课|执教|教学|讲课|上课)"

_FIRM: Final = "{tail=E}" + AND_OTHERS + ADVERBS + _SINCE  # a firm that does something for a school
FRAMES: Final = (
    Frame(
        "COOPERATES_WITH",
        _FIRM
        + "(?:深度|全程)?参与(?:了|到)?{head=S}"
        + AND_OTHERS
        + "{~}{0,8}?(?:人才培养|培养方案|专业|课程|教学|教材|教改|实训|实习|办学|育人|学徒制|产业学院)",
    ),
    Frame(
        "COOPERATES_WITH",
        _FIRM + "(?:向|为|给){head=S}" + AND_OTHERS + "{~}{0,6}?(?:捐赠|捐资|捐助|捐献|捐出|捐建|赠送|赠予)",
    ),
    Frame(
        "COOPERATES_WITH",
        _FIRM
        + "(?:选派|委派|选送|派出|派驻|派遣|安排|派)(?:了)?{~}{1,20}?"
        + "(?:到|赴|在|来|进入?|入驻|走进|深入|为|担任|任){head=S}"
        + AND_OTHERS
        + "{~}{0,12}?"
        + _TAUGHT,
    ),
    Frame(
        "COOPERATES_WITH",
        _FIRM
        + "(?:接收|接纳|招收)(?:了)?{head=S}"
        + AND_OTHERS
        + "{~}{0,14}?(?:学生|实习|实训|跟岗|顶岗|学徒)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}"
        + AND_OTHERS
        + ADVERBS
        + _SINCE
        + "为{tail=E}"
        + AND_OTHERS
        + "(?:的)?(?:{~}{0,12}?(?:培训|技术服务|技术攻关|技术改造|技术咨询|检测服务)|"
        "(?:解决|攻克){~}{0,8}?(?:难题|问题|难关))",
    ),
    Frame("COOPERATES_WITH", "(?:受|接受){tail=E}" + AND_OTHERS + "(?:的)?委托，?{head=S}"),
    Frame(
        "COOPERATES_WITH",
        "{head=S}{~}{0,8}?(?:受|接受|承担|承接|完成)(?:了)?{tail=E}"
        + AND_OTHERS
        + "(?:的)?(?:委托|{~}{0,14}?(?:课题|横向|技术服务|技术攻关|技改|攻关项目|研发项目|研发任务))",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:的)?(?:{~}{0,10}?(?:教师|老师|师生|师资))?{~}{0,8}?(?:赴|到|进入|深入|入驻|下到){tail=E}"
        + AND_OTHERS
        + "{~}{0,6}?(?:企业实践|岗位实践|实践锻炼|锻炼|挂职|跟岗|研修)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}{~}{0,8}?(?:聘请|聘任|聘用|选聘|特聘|聘)(?:了)?(?:来自)?{tail=E}"
        + AND_OTHERS
        + "{~、}{0,24}?"
        + _TAUGHT,
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}{~}{0,6}?从{tail=E}" + AND_OTHERS + "{~}{0,4}?(?:聘请|聘任|聘用|选聘|引进|引入|聘)(?:了)?"
        "{~}{1,16}?(?:导师|教师|教授|大师|工匠|技师|工程师|骨干|专家)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}"
        + ADVERBS
        + "(?:引进|引入)(?:了)?{tail=E}"
        + AND_OTHERS
        + "(?:的)?{~}{0,8}?(?:生产线|产线|生产车间|真实项目|生产项目|生产任务|工程师|技师|大师)",
    ),
    Frame(
        "COOPERATES_WITH",
        "与{head=S}(?:深度|长期|紧密|签约|签订{~}{0,6}协议|建立{~}{0,8}关系|合作)+的{~}{0,4}?(?:企业|公司|单位)(?:主要)?(?:有|包括|为|是|：){tail=E}",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:的)?{XG}(?:、{X})*(?:等)?(?:专业)?(?:与|和|同|联合|携手){tail=E}"
        + AND_OTHERS
        + "{~、}{0,6}?"
        + _TOGETHER,
    ),
    Frame(
        "COOPERATES_WITH",
        "(?:针对|根据|按照|按|围绕|面向|结合|对接){tail=E}"
        + AND_OTHERS
        + _NEEDS
        + "，?{head=S}[^。；，\ue000-\uf8ff]{0,14}?(?:培养|定制|开设|订单|组建|开展|输送|培训)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:则|还)?(?:针对|根据|按照|按|面向|结合|对接|为){tail=E}"
        + AND_OTHERS
        + "(?:"
        + _NEEDS
        + ")?，?[^。；，\ue000-\uf8ff]{0,8}?(?:定制|定向|订单)",
    ),
    Frame("COOPERATES_WITH", "{head=S}(?:已|先后|再次|近日)?(?:牵手|携手|联手){tail=E}"),
    Frame("COOPERATES_WITH", "{head=S}(?:{~、}{0,4})?(?:与|和|同){tail=E}的合作"),
    Frame("COOPERATES_WITH", "{head=S}[^。；]{0,60}?，(?:与|和|同){tail=E}的合作"),
    Frame(
        "COOPERATES_WITH",
        "{head=S}"
        + AND_OTHERS
        + "(?:{~、}{0,6})?(?:，)?(?:已|先后|分别|长期|积极|主动|共|则|还|再次|拟|计划|将)?"
        "(?:与|和|同|联合|携手|牵手)(?:了)?{tail=E}" + AND_OTHERS + "{~、}{0,6}?" + _TOGETHER,
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}{~SE}{0,26}?，(?:已|先后|分别|积极|主动)?(?:与|和|同|联合|携手)(?:了)?{tail=E}"
        + AND_OTHERS
        + "{~、}{0,6}?"
        + _TOGETHER,
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:与|和|同){tail=E}(?=、{S}(?:与|和|同){E}|等(?:校企|开展|合作|学校|单位|产教))",
    ),
    Frame("COOPERATES_WITH", "(?<=、){head=S}(?:与|和|同){tail=E}(?:等)?(?:校企|产教|合作|开展|联合)"),
    Frame(
        "COOPERATES_WITH",
        "{tail=E}"
        + AND_OTHERS
        + "(?:与|和|同|联合|携手|牵手){head=S}"
        + AND_OTHERS
        + "{~、}{0,6}?"
        + _TOGETHER,
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}{~SE,}{0,8}(?:与|和|同){tail=E}"
        + AND_OTHERS
        + "，?(?:就|围绕|针对|在)[^。；]{0,50}?(?:达成|签署|签订|签约|开展|深化|建立){~}{0,8}(?:合作|协议|共识)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{tail=E}"
        + ADVERBS
        + "(?:面向|针对|在|为){head=S}"
        + AND_OTHERS
        + "[^。；，\ue000-\uf8ff]{0,10}?(?:开展|实施|组织|进行|推进)"
        "[^。；，\ue000-\uf8ff]{0,8}?(?:培养|订单|定向|实习|合作|共建)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:围绕|针对|面向|聚焦|对接|立足|结合|瞄准)[^。；，\ue000\ue001]{1,20}?，?(?:与|和|同|联合|携手){tail=E}"
        + AND_OTHERS
        + "{~、}{0,6}?"
        + _TOGETHER,
    ),
    Frame(
        "CO_BUILDS",
        "{head=S}(?:围绕|针对|面向|聚焦|对接|立足|结合|瞄准)[^。；，\ue000\ue001]{1,20}?，?(?:与|和|同|联合|携手){SEAPC}(?:[、和与]{SEAPC}){0,8}"
        + AND_OTHERS
        + ADVERBS
        + "(?:共建|合办|联办|合作|共同|联合|携手|建设|组建|打造|成立|设立|开办)(?:建设|共建|打造|举办|成立|组建|开办)?"
        + _WHAT
        + "{~}{0,6}?{tail=LNTZ}",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}(?:的)?(?:深度|长期|紧密|主要|重点)?合作(?:企业|单位|伙伴)(?:——|：|之一)?{tail=E}",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}[^。；\ue000]{0,30}?学生(?:到|赴|进入|在|去往?){tail=E}"
        + AND_OTHERS
        + "(?:顶岗|跟岗|岗位)?实习",
    ),
    Frame(
        "COOPERATES_WITH",
        "{tail=E}(?:是|为|系|成为|作为){head=S}[^。；，\ue000]{0,36}?(?:基地|合作企业|合作单位|合作伙伴)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{both=SEPA}"
        + AND_OTHERS
        + ADVERBS
        + "(?:共同|联合)?(?:签署|签订|签约|达成|深化|缔结|结成|结对|启动|开展){~SEAPCRIXGLTNZODH}{0,12}",
    ),
    Frame(
        "COOPERATES_WITH", "{head=S}[^。\ue000\ue001]{0,80}?合作(?:企业|单位)(?:有|包括|为|：|:|涵盖){tail=E}"
    ),
    Frame(
        "COOPERATES_WITH",
        "{tail=E}" + AND_OTHERS + ADVERBS + "在{head=S}(?:设立|开设|建立|投资|捐建|共建|开办|设有)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{head=S}"
        + ADVERBS
        + "(?:为|承接){tail=E}"
        + AND_OTHERS
        + "(?:提供|开展|的)?{~}{0,6}(?:技术服务|技术咨询|技术支持|横向)",
    ),
    Frame(
        "COOPERATES_WITH",
        "{both=SEPA}"
        + AND_OTHERS
        + ADVERBS
        + "(?:联合|共同|携手)(?:发起|成立|组建|创建|倡议){~SEAP,}{0,8}{C}",
    ),
    Frame(
        "COOPERATES_WITH",
        "{both=SE}"
        + ADVERBS
        + "(?:合办|商定|约定|签约|共建|联办|合作|合资|(?:共同|联合)(?:成立|出资|投资|研发|开发|培养|申报|实施|打造))",
    ),
    Frame(
        "COOPERATES_WITH",
        "{both=SEPA}"
        + AND_OTHERS
        + ADVERBS
        + "(?:共同|联合)?(?:举行|举办|召开)(?:了)?{~SEAP,}{0,16}(?:签约|揭牌|合作)",
    ),
    Frame("COOPERATES_WITH", "(?:^|[，；。]){head=S}——{tail=E}(?=[，；。]|$)"),
    Frame(
        "CO_BUILDS",
        "(?<!依托)(?<!在)(?<!位于)(?<!内的)(?<!引导)(?<!——){head=SEAPCL}"
        + AND_OTHERS
        + ADVERBS
        + _BUILD
        + _WHAT
        + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "(?:联合|携手|引入|引进){head=SEAPCL}" + AND_OTHERS + "{~}{0,6}?" + _BUILD + _WHAT + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPCL}(?:联合|携手){SEAPC}(?:[、和与]{SEAPC})*" + AND_OTHERS + _BUILD + _WHAT + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "(?:联合|携手|会同|联手|牵手){head=SEAPC}"
        + AND_OTHERS
        + "(?:建设|设立|创建|建)"
        + _WHAT
        + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPC}"
        + ADVERBS
        + "(?:联合|携手|会同|联手|牵手){SEAPC}(?:[、和与]{SEAPC})*"
        + AND_OTHERS
        + "(?:建设|设立|创建|建)"
        + _WHAT
        + "{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPCL}"
        + AND_OTHERS
        + "(?:联手|携手|共同|合力)(?:打造|建设|建立|创办|开办)的{~}{0,10}?{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEPACL}"
        + AND_OTHERS
        + ADVERBS
        + "(?:共同|联合|合作|携手|联手)?(?:共建|建设|打造|组建|成立|申报|创建|"
        "开办|投资建设|发起|开发)的{~}{0,10}?{tail=LNTZ}",
    ),
    Frame("CO_BUILDS", "{head=SEPACL}" + AND_OTHERS + "(?:主导|牵头|领衔|联办|举办|开办|合办)的{tail=LNTZ}"),
    Frame(
        "CO_BUILDS",
        "(?<!依托)(?<!在){head=SEPACL}" + AND_OTHERS + "{~}{0,8}(?:出资|投资|投入|斥资|捐资){~}{0,16}?"
        "(?:建成|建设|打造|共建|兴建|建立|设立|成立)(?:了|的)?{tail=LNTZ}",
    ),
    Frame("CO_BUILDS", "{tail=LNTZ}在{head=E}{~}{0,4}(?:正式)?(?:挂牌|揭牌|成立|落成|启用)"),
    Frame(
        "CO_BUILDS",
        "{head=SEPACL}"
        + AND_OTHERS
        + ADVERBS
        + "{~}{0,6}签约{~}{0,4}(?:组建|共建|成立|设立|开设){tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPCL}{~TNZ}{0,50}?，{tail=NTLZ}(?:也|已)?(?:当天|同时|同日|现场|随后|双双|同步)*(?:正式)?"
        "(?:签约|揭牌|挂牌|成立|启动)",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPCL}"
        + AND_OTHERS
        + "(?:在[^。；，]{1,8})?(?:合办|联办|合作举办|联合举办)(?:了)?{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "(?<!依托)(?<!在)(?<!位于)(?<!内的){head=SEAPCL}"
        + AND_OTHERS
        + ADVERBS
        + "(?:(?:共同|联合|合作|携手)?(?:共建|共同建设|合作建设|联合建设))(?:了|起)?{~}{1,14}?{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPCL}(?:引入|引进){E}(?:[、和与]{E})*[^。；]{0,20}?(?:共建|建设|打造|成立){~}{0,14}?{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=E}"
        + ADVERBS
        + "在{S}(?:[、和与]{S})*(?:设立|开设|建立|投资建设|捐建|设有|成立)(?:了)?{~}{0,6}{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{E}在{head=S}(?:设立|开设|建立|投资建设|捐建|设有|成立)(?:了)?{~}{0,6}{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPC}牵头，[^。；]{0,60}?(?:共建|建设|组建|打造|成立)(?:了|的)?{~}{0,8}{tail=LNTZ}",
    ),
    Frame(
        "CO_BUILDS",
        "{tail=LNTZ}（(?:由|与|和)?{head=SEAPCL}(?:等)?(?:共建|合作|联合共建|合建|参与|牵头)?[^（）\ue000-\ue00f]{0,4}）",
    ),
    Frame(
        "CO_BUILDS",
        "{tail=LNTZ}{~}{0,4}(?:共建|合作|参与|牵头|依托)(?:单位|企业|院校|学校|方)(?:为|是|有|包括|：){head=SEAPCL}",
    ),
    Frame(
        "CO_BUILDS",
        "{tail=LNTZ}{~}{0,6}，?(?:是|系)?由[^。；\ue000-\uf8ff]{0,24}?{head~=SEAPCL}"
        + AND_OTHERS
        + "[^。；，\ue000-\uf8ff]{0,20}?(?:共建|共同|联合|合作|组建|建设|打造|创建|创办|设立|成立)",
    ),
    Frame(
        "CO_BUILDS",
        "{head=SEAPCL}"
        + AND_OTHERS
        + ADVERBS
        + "(?:共同|联合)?(?:举行|举办|召开)(?:了)?{tail=LNTZ}{~、}{0,4}"
        "(?:签约|揭牌|成立|启动|授牌|共建|开班|开学|奠基)",
    ),
    Frame("CO_BUILDS", "(?<!为){head=SE}(?:的)?{tail=ZNT}(?:共建)?(?:签约|揭牌|开班|成立|启动)"),
    Frame("CO_BUILDS", "{head=SE}(?:共同|一起)?为{tail=LNTZ}(?:共同|正式)?(?:揭牌|授牌|挂牌|剪彩)"),
    Frame(
        "CO_BUILDS",
        "(?:为|、|和){head=SE}(?:的)?{tail=NTLZ}(?=[^。；，]{0,40}?(?:揭牌|授牌|挂牌))",
    ),
    Frame("CO_BUILDS", "为{head=SE}(?:的)?{tail=NTLZ}(?:揭牌|授牌)"),
    Frame(
        "CO_BUILDS",
        "{tail=LNTZ}{~}{0,4}由{head=SEAPCL}"
        + AND_OTHERS
        + "(?:共同|联合|合作|牵头)?(?:共建|建设|打造|组建|建立|成立|投资)",
    ),
)


_MODES: Final = {
    "IndustryCollege": "产业学院",
    "TrainingBase": "实训基地",
    "ResearchPlatform": "研发平台",
    "TalentProgram": "订单班",
}


def together(
    found: Mapping[tuple[str, int, int | None], Relation], entities: Sequence[Mention]
) -> Iterator[Relation]:
    """A school and an enterprise that one statement lets build the same thing cooperate."""
    builders: dict[tuple[int | None, int], list[Relation]] = {}
    for relation in list(found.values()):
        if relation.kind == "CO_BUILDS":
            builders.setdefault((relation.tail, relation.end), []).append(relation)
    for (built, _), statements in builders.items():
        schools = [r for r in statements if entities[r.head].kind == "School"]
        for school in schools:
            for firm in statements:
                if entities[firm.head].kind == "Enterprise" and built is not None:
                    mode = _MODES.get(entities[built].kind)
                    yield replace(
                        school,
                        kind="COOPERATES_WITH",
                        tail=firm.head,
                        start=min(school.start, firm.start),
                        properties={"mode": mode} if mode else {},
                    )
