"""Which chain something serves (对接、服务、面向), firms and parks belong to, and which posts it needs (需求)."""

from __future__ import annotations

from typing import Final

from nlp.relations.frame import Frame
from nlp.relations.letters import letters

_STANDS: Final = "(?:是|为|位于|处于|处在|居于|属于)"
_SERVE: Final = (
    "(?:对接|立足于?|助推|赋能|致力(?:于)?(?:推动|服务)|致力于|服务于?|面向|聚焦|围绕|瞄准|紧扣|紧密对接|精准对接|主动服务|"
    "支撑|助力|适应)"
)
_BETWEEN: Final = "{~SEAPCRIXGLTNZODH}{0,16}?"

# 建有 X 和 Y，服务 Z: it is the owner that serves.
# 依托 X, 支持 X 围绕 Z: what is wished of X is not what X does.
_NOT_OWNED: Final = (
    "(?<!建有)(?<!拥有)(?<!建成)(?<![、和与及以])"
    "(?<!依托)(?<!支持)(?<!鼓励)(?<!引导)(?<!推动)(?<!组织)(?<!指导)"
)
# 围绕 Z 共建甲实训中心: it is what is built for Z that serves it, not who builds.
_BUILDS: Final = "(?:共建|合办|合建|建设|打造|组建|成立|设立|建立|建成|创办|开办)"
_FOR_WHAT_IS_BUILT: Final = f"(?![^，。；]{{0,30}}{_BUILDS}[^，。；]{{0,12}}{letters('NTLCG')})"
_SERVE_PLAINLY: Final = (
    "(?:对接|立足于?|助推|赋能|服务于?|面向|聚焦|围绕|紧扣|侧重|深耕|紧盯|瞄准|"
    "紧密对接|精准对接|主动服务|支撑|助力)"
)
_FOR: Final = "(?<![\ue001\ue003])(?:围绕|对接|面向|服务|聚焦|瞄准|紧扣|针对|适应|依托){~}{0,8}"
_MAKES: Final = "(?:建设|打造|组建|构建|开设|设立|成立|布局|形成|建成|建立|共建|合办|合建)"
_STREAM: Final = "(?:产业|环节)?(?:的|则为|则是|为|是|主要为|主要是|主要包括|包括|涵盖|有|：)?"

FRAMES: Final = (
    Frame(
        "SERVES",
        _NOT_OWNED
        + "{head=S}(?:，|等)?"
        + _BETWEEN
        + f"(?!(?:围绕|针对)[^，。；]{{0,40}}(?:增设|新增|开设|设置|新设)[^，。；]{{0,10}}{letters('X')})"
        + _SERVE_PLAINLY
        + "{~SEAPCIXGLTNZODH,}{0,10}?{tail=I}"
        + _FOR_WHAT_IS_BUILT,
    ),
    Frame(
        "SERVES",
        "{head=S}{~S}{0,6}(?:建有|拥有|建成){~S}{0,30}?，"
        + _SERVE_PLAINLY
        + "{~SEAPCIXGLTNZODH,}{0,6}?{tail=I}",
    ),
    Frame("SERVES", "{head=NTGC}，[^。；，]{0,16}，(?:面向|服务|对接){tail=I}"),
    Frame(
        "SERVES",
        _FOR + "{tail=I}{~SI,}{0,24}?" + _MAKES + "(?:了|的)?{~}{0,10}{head=GNTLC}",
    ),
    Frame(
        "SERVES",
        "(?:^|[，。；：]){~}{0,6}"
        + _FOR
        + "{tail=I}{~SI,}{0,16}，{~SI,}{0,16}?"
        + _MAKES
        + "(?:了|的)?{~}{0,10}{head=GNTLC}",
    ),
    Frame(
        "SERVES",
        "(?<![\ue001\ue003])(?:围绕|针对|适应|结合|依托){~}{0,8}{tail=I}{~SI}{0,24}?"
        "(?:建设|构建|开设|设立|布局|增设|新增|设置|新设)(?:了|的)?{~}{0,10}{head=X}",
    ),
    Frame("SERVES", "{head=S}(?:的)?(?:主导|对接|服务|面向)产业(?:方向)?(?:为|是|：){tail=I}"),
    Frame(
        "SERVES",
        "{head=NTGCLX}(?:的)?(?:成立|设立|建设|建成|揭牌|组建|投用)?{~}{0,4}，(?:将|旨在|可|有助于|有利于)?{~}{0,8}?为{~、}{0,8}{tail=I}{~}{0,8}(?:提供|培养|输送|注入)",
    ),
    Frame(
        "SERVES",
        "{head=NTCL}(?:的)?(?:成立|设立|建设|建成|揭牌|组建|投用)?{~}{0,4}，(?:将|旨在|可|有助于|有利于){~}{0,8}?(?:服务|支撑|助力|推动|促进|助推|赋能){~RIA}{0,4}{R}?{~}{0,6}?{tail=I}",
    ),
    Frame(
        "SERVES",
        "{head=NTGCL}{~SNTGCL}{0,30}?，(?:助力|助推|赋能|推动|致力(?:于)?推动|促进|支撑|服务){R}?{~RI}{0,10}{tail=I}",
    ),
    Frame(
        "SERVES",
        "{head=S}[^。；\ue000]{0,30}?(?:开设|设有|开办|设置|建有)(?:了)?(?:覆盖|涵盖|面向|对接|服务){tail=I}(?:等)?[^。；，\ue000-\uf8ff]{0,14}专业",
    ),
    Frame(
        "SERVES",
        "{head=XG}(?:等)?(?:\\d{0,2}个)?(?:相关|本科|专科)?专业群?，(?:以)?(?:主动|更好|精准|紧密)?(?:适应|对接|服务|满足|契合|匹配|支撑|面向){~I}{0,8}?{tail=I}",
    ),
    Frame(
        "SERVES",
        "{head=NTGCL}[^。；\ue000]{0,60}?以(?:加速|加快|推动|促进|助力|服务|支撑|满足|适应|对接){~I}{0,20}{tail=I}[^。；，]{0,12}为(?:目标|宗旨|使命|己任|导向)",
    ),
    Frame(
        "SERVES",
        "{head=NTGCL}[^。；]{0,60}?(?:是|成为|作为|打造成为?)(?:服务|支撑|推动|助力|促进|引领){~I}{0,14}{tail=I}",
    ),
    Frame("SERVES", "面向{tail=I}的{~}{0,6}{head=GXNTLC}"),
    Frame("SERVES", "{tail=I}(?:——|：|→|—){head=X}"),
    Frame(
        "SERVES",
        "{tail=I}(?:分别|主要)?由{~}{0,4}(?:{S}的?)?{head~=GXNTLC}(?:等)?(?:专业群?)?(?:牵头)?(?:对接|承接|支撑|服务)",
    ),
    Frame(
        "SERVES",
        _NOT_OWNED
        + "{head=GXCLNT}(?:专业)?(?:，|等)?"
        + _BETWEEN
        + _SERVE
        + "{~SEAPCIXGLTNZODH,}{0,10}?{tail=I}",
    ),
    Frame(
        "SERVES",
        "{head=SCNTLG}，?{~}{0,6}为{~}{0,6}{tail=I}{~}{0,10}(?:培养|输送|提供|培育|输入|储备)",
    ),
    Frame("SERVES", "{head=C}{~C}{0,90}?，(?:涉及|涵盖|覆盖|面向|辐射){tail=I}"),
    Frame(
        "SERVES",
        "{head=C}{~C}{0,60}?(?:推动|促进|助力|助推|支撑|引领){tail=I}{~}{0,4}(?:发展|升级|转型|壮大)",
    ),
    Frame(
        "SERVES",
        "{head=S}{~S}{0,20}?围绕{tail=I}{~}{0,4}(?:布局|设置|开设|优化|调整|打造|建设){~}{0,4}专业",
    ),
    Frame(
        "OPERATES_IN",
        "(?<!{S}[与和同、])(?!{EP}[^，。；\ue000-\uf8ff]{0,12}(?:大会|会议|论坛|仪式|活动|展会|峰会|年会))(?<![、和与及])(?<!引进)(?<!加快)(?<!推进)(?<!建设)(?<!打造)(?<!引入)(?<!集聚)(?<!汇聚)(?<!吸引)(?<!入驻)(?<!拥有)(?<!进了){head=EP}"
        + _BETWEEN
        + "(?:主导产业(?:为|是|有)?|主营|从事|深耕|专注于?|围绕|聚焦|(?:前瞻|超前)?布局|形成了?|发展|做[大强优精]+|"
        "培育|集聚了?|属于|主攻|侧重|壮大|谋划)"
        "{~SEAPCIXGLTNZODH,}{0,10}?{tail=I}",
    ),
    Frame(
        "OPERATES_IN",
        "{head=E}(?:是|作为|系){~SEAPCIXGLTNZODH,}{0,12}?{tail=I}(?:领域)?(?:的)?(?:领军|龙头|骨干|头部|标杆|重点|知名|领先|代表|链主|主要|核心)(?:性)?企业",
    ),
    Frame("OPERATES_IN", "以{head=E}(?:等)?(?:企业)?为(?:链主|龙头|引领|核心)的{tail=I}"),
    Frame(
        "OPERATES_IN",
        "(?:在)?{tail=I}(?:等)?(?:环节|领域|方面|板块|赛道|产业)?，?(?:则|已|我市|全市|当地|现){0,3}"
        "(?:有|集聚|聚集|汇聚|拥有|引进|形成|涌现|培育|落户|布局)(?:了|起|出|以)?{head=E}",
    ),
    Frame(
        "OPERATES_IN",
        "{head=EP}(?:将|已|正)?(?:立足于?|突出|锚定|主打|瞄准|紧盯)(?:园区|自身|本地)?{tail=I}(?:等)?[^。；，\ue000-\uf8ff]{0,6}(?:主导|支柱|重点|优势|特色|首位)?产业",
    ),
    Frame(
        "OPERATES_IN",
        f"(?P<head>{letters('E')}(?:[、和与]{letters('E')}){{0,20}})等{{tail=I}}[^。；，\ue000-\uf8ff]{{0,4}}(?:龙头|链主|骨干|头部|领军)?企业",
    ),
    Frame("PART_OF", "(?:以|形成以|构建以){head=I}为(?:重点|核心|主体|主导|支撑|龙头|引领)的{tail=I}"),
    Frame(
        "PART_OF",
        "{tail=I}(?:则|现|主要)?以{head=I}(?:等)?为(?:主|主体|重点|核心|支撑|代表)(?=[，。；]|$)",
    ),
    Frame(
        "OPERATES_IN", "{tail=I}(?:则|现|主要)?以{head=E}(?:等)?{~}{0,6}为(?:核心|龙头|链主|引领|代表|骨干)"
    ),
    Frame("PART_OF", "{tail=I}(?:已|初步|逐步)?形成(?:了|起)?(?:以)?{head=I}(?:等)?为主(?:体|导)?的"),
    Frame(
        "PART_OF",
        "{head=I}(?:、{~、}{1,8}){0,3}等(?P<tail>{I})(?=[，。；、和与及]|以及|$|的?(?:各个?|多个|全部|主要|关键)?(?:环节|领域|链条|细分))",
    ),
    Frame(
        "SERVES",
        "(?:与|和){~、}{0,8}{tail=I}[^。；，\ue000-\uf8ff]{0,14}?(?:高度|紧密|精准|深度|相)(?:匹配|契合|对接|适应|吻合|衔接)的{~}{0,12}{head=GXNTL}",
    ),
    Frame(
        "SERVES",
        "{head=XG}[^。；，\ue000-\uf8ff]{0,12}与{~、}{0,8}{tail=I}{~、}{0,10}(?:高度|紧密|精准|深度|相)(?:匹配|契合|对接|吻合|衔接)",
    ),
    Frame("PART_OF", "{head=I}(?:属于|隶属于?|纳入){tail=I}(?!的?[上下]游)"),
    Frame("PART_OF", "{head=I}是{tail=I}的?(?:重要|关键|核心|主要)?(?:组成|环节|分支|细分|子|一部分)"),
    Frame("PART_OF", "{tail=I}(?:，)?(?:主要)?(?:包括|包含|涵盖|由|分为|细分为|即|：|——|下设|涉及){head=I}"),
    Frame("PART_OF", "{tail=I}{~I}{0,10}?(?:包括|包含|涵盖|由){head=I}"),
    Frame(
        "PART_OF",
        "{head=I}(?:等)?(?:{~}{0,10})(?:构成|组成|组成的|构成的|为(?:主体|支柱|核心|主导|重点|支撑)的){tail=I}",
    ),
    Frame(
        "PART_OF",
        "(?:构建|打造|形成|建设|完善|构筑){head=I}(?:等)?(?:为{~}{1,6})?的{tail=I}",
    ),
    Frame("OPERATES_IN", "{head=EP}(?:重点)?以{tail=I}(?:等)?(?:产业)?为(?:主导|支柱|特色|重点|优势|主)"),
    Frame(
        "UPSTREAM_OF",
        "上游" + _STREAM + "{head=I}(?:；|{~I}){0,12}[中下]游" + _STREAM + "{tail=I}",
    ),
    Frame(
        "UPSTREAM_OF",
        "中游" + _STREAM + "{head=I}(?:；|{~I}){0,12}下游" + _STREAM + "{tail=I}",
    ),
    Frame(
        "PART_OF",
        "{tail=I}(?:的|，其|，)?[上中下]游" + _STREAM + "{head~=I}",
    ),
    Frame("PART_OF", "{tail=I}，?(?:形成|覆盖|涵盖|打通|贯通|构建)?(?:了)?(?:从|由){head=I}到{I}"),
    Frame(
        "PART_OF", "{tail=I}，?(?:形成|覆盖|涵盖|打通|贯通|构建)?(?:了)?(?:从|由){I}(?:、{I}){0,8}到{head=I}"
    ),
    Frame("UPSTREAM_OF", "{head=I}(?:则)?" + _STANDS + "{tail=I}(?:的)?(?:产业)?上游"),
    Frame("UPSTREAM_OF", "{tail=I}(?:则)?" + _STANDS + "{head=I}(?:的)?(?:产业)?下游"),
    Frame("UPSTREAM_OF", "{head=I}(?:的)?上游[，、；]{tail=I}(?:则)?(?:是|为|位于|处于)其下游"),
    Frame("DEMANDS", "(?:紧缺|急需|急缺|缺口|需求)[^。；]{0,60}?{head=IE}(?:的|急需的|紧缺的){tail=O}"),
    Frame("DEMANDS", "(?:紧缺|急需|急缺|缺口|需求)[^。；]{0,60}?{IE}的{O}(?:、{O})*、{head=IE}的{tail=O}"),
    Frame(
        "DEMANDS",
        "{head=EI}{~E}{0,24}?(?<!企业)(?<!单位)(?<!公司)(?:招聘|急需|急缺|紧缺|需要|需求：?|"
        "招录|引进|缺){~SEAPCRIXGLTNZ,}{0,10}?{tail=OX}",
    ),
)
