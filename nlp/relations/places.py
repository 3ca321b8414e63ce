"""Where something is (位于、落户) and what it is a part of (隶属、下辖)."""

from __future__ import annotations

from typing import Final

from nlp.relations.frame import Frame
from nlp.relations.letters import AND_OTHERS

_SITS: Final = (
    "(?:位于|[坐座]落[于在]?|地处|[设建立]在|设于|建于|设立在|落户[于在]?|落地[于在]?|落子于?|扎根[于在]?|植根[于在]?|"
    "选址[于在]?|搬?迁[至到入往]|搬[至到]|入驻|进驻|安家于?|布局[于在]|总部设?在|总部位于)"
)
# 新校区、总部、第二生产基地: the part of a body whose place is told.
_SITE: Final = (
    "(?:的)?(?:新|主|老|东|西|南|北|分|现|全球|中国|国内|区域|首个|首座|第[一二三]|[一二三]期|主要|智能){0,2}"
    "(?:校区|校园|校址|校本部|本部|院区|总部|(?:生产|制造|研发|出口)?基地|工厂|厂区|厂房|研发中心|分公司|子公司|项目)"
)
_BUILT: Final = (
    "(?:奠基|动工|开工|投产|投建|兴建|建厂|设厂|落成|投用|启用|竣工|注册|布局|设立|建有|起步|落地|扎根)"
)
_HAS: Final = "(?:设有|建成|建起|投资)"
_INSIDE: Final = "(?:内|里|境内|区内|辖区内)?"
_OF_PLACE: Final = (
    "(?:内|里|的|入驻|驻区|区内|园内|园区|本地|本土|当地|重点|龙头|骨干|链主|上市|规上|头部|领军|知名|民营|农业|一家|"
    "代表性?){0,3}"
)
_GATHERS: Final = (
    "(?:入驻|入园|落户|集聚|聚集|汇聚|汇集|云集|引进|引入|引育|培育|招引|坐拥|拥有|孕育|诞生|涌现|吸引)"
    "(?:了|有|出)?"
)
FRAMES: Final = (
    Frame("LOCATED_IN", "{head=SEPLCTN}(?:" + _SITE + ")?(?:{~}{0,10}|，)" + _SITS + "{~}{0,8}{tail=RP}"),
    Frame(
        "LOCATED_IN", "{head=SEPLCTN}(?:{~}{0,10}|，)" + _SITS + "{~}{0,8}{R}{~}{0,8}?的?{tail=P}"
    ),  # 坐落于广州市增城区朱村街的广州科教城内
    Frame("LOCATED_IN", "{head=SEPLT}" + _SITE + "{~}{0,4}?(?:建在|设在|在){~}{0,4}{tail=RP}"),
    Frame(
        "LOCATED_IN",
        "{head=SEPLT}(?:也|均|都|就|同样)?在{tail=RP}" + _INSIDE + "(?=[，。；]|$|占地)",
    ),
    Frame(
        "LOCATED_IN",
        "{head=SEPLT}{~}{0,8}?[把将]{~}{0,6}?(?:总部|基地|工厂|新厂|厂区|校区|校址|研发中心|项目|生产线){~}{0,4}?"
        "(?:放在|设在|落在|迁至|迁到|迁入|搬到|搬至|搬入|建在|布局在|落户[在于]?|放到){tail=RP}",
    ),
    Frame(
        "LOCATED_IN",
        "{head=EPTL}(?:等{~}{0,8}?(?:企业|公司|药企|车企|单位|品牌|厂商|巨头|项目))?(?:项目)?(?:均|都)?(?:已|拟|将|均|也|日前|近日|正式|纷纷|相继|先后|陆续){0,2}(?:在|于){tail=RP}"
        + _INSIDE
        + "{~}{0,6}?"
        + _BUILT,
    ),
    Frame(
        "LOCATED_IN", "{head=EPTL}(?:等{~}{0,8}?)?(?:均|都|也|已)?在{tail=P}" + _INSIDE + "{~}{0,6}?" + _HAS
    ),
    Frame(
        "LOCATED_IN",
        "{head=E}" + AND_OTHERS + "(?:均|都|也|已|还|现|分别|先后){0,2}在{tail=R}(?:等{~}{0,6}?)?"
        "(?:均|都|也|已|还|分别|先后){0,2}(?:设有|设了|建成|建起|建了|投资建设|投资兴建|拥有)(?:了)?"
        "{~、}{0,12}?(?:基地|工厂|厂区|分厂|分公司|生产线|产线|研发中心|制造中心)(?!的)",
    ),
    Frame("LOCATED_IN", "{head=C}(?:近日|日前)?在{tail=RP}{~}{0,4}落地"),
    # where it was founded is where the ceremony was
    Frame(
        "LOCATED_IN",
        "{head=CTLN}{~}{0,10}?(?:依托|以){tail=P}(?:{~}{0,6}(?:为依托|为载体|为基础|建设|组建|成立|设立)|，|。)",
    ),
    Frame("LOCATED_IN", "{head=SCN}(?:立足|依托|扎根|植根于?){tail=P}[，。；]"),
    Frame(
        "LOCATED_IN",
        "{tail=PR}(?:{~SEAP}{0,30}?[，]?)(?:已|先后|现已|现|目前|率先|首批|首家){0,2}"
        + _GATHERS
        + "的?{head=E}",
    ),
    Frame(
        "LOCATED_IN",
        "{tail=PR}(?:现|共|已|目前|还|现已){0,2}(?:坐落着|拥有|坐拥|云集|汇集|聚集|建有|有)(?:了|着)?{head=S}",
    ),
    Frame("LOCATED_IN", "{head=SE}(?:等)?{~}{0,12}?(?:落户|入驻|进驻){tail=PR}"),
    Frame(
        "LOCATED_IN",
        "(?:依托|在){tail=PR}(?:内|境内)?{~}{0,14}(?:共建|合建|设有|建有|布局|兴建|建成|建设|建立|设立|打造|成立|揭牌)(?:了|的)?{head=TLC}",
    ),
    Frame("LOCATED_IN", "(?:总部|来自)?" + _SITS + "{~}{0,4}{tail=RP}" + _INSIDE + "的{~}{0,8}{head=SEPLCT}"),
    Frame("LOCATED_IN", "(?:来自|走进|走访|参观|远在|地处){tail=RP}的{~}{0,4}{head=SEPLT}"),
    Frame(
        "LOCATED_IN",
        "{tail=RP}"
        + _OF_PLACE
        + "(?:企业|公司|药企|车企|院校|高校|中职学校|本科高校|高职院校)(?:——)?{head=SE}",
    ),
    Frame("LOCATED_IN", "{head=SE}等{tail=P}{~}{0,4}?(?:企业|公司|院校)"),
    Frame("LOCATED_IN", "{tail=R}(?:的)?(?:首所|第一所|唯一|首家|第一家){~}{0,14}(?:——)?{head=SE}"),
    Frame("LOCATED_IN", "{tail=RP}(?:聚集|集聚|汇聚|涌现)(?:了|出|着)?以{head=E}"),
    Frame(
        "LOCATED_IN",
        "{tail=P}(?:已|现|将|正)?(?:成为|形成|建成)(?:了)?(?:[^，。；]{0,24}、)?以{head=E}(?:等)?(?:企业)?为(?:代表|龙头|引领)的{~、}{0,16}(?:集聚区|聚集区|集群|基地|园区)",
    ),
    Frame(
        "LOCATED_IN",
        "{head=S}(?!的){~S}{0,60}?(?:有|建有|设有|拥有|分设|现有|分为)(?:[^。；，、\ue000-\uf8ff]{1,4}、)?{tail=RP}(?:等)?(?:[两三四五六七]个|\\d个)?校区",
    ),
    Frame("LOCATED_IN", "在{tail=PR}(?:内|里)，{head=E}"),
    Frame(
        "LOCATED_IN",
        "(?:^|[，。；])在{tail=P}，{head=E}(?:的)?{~、}{0,10}(?:产能|产量|产值|产线|生产|投产|工厂|厂区|车间|项目|建有|建成)",
    ),
    Frame("LOCATED_IN", "{tail=P}(?:内|里)，{head=E}"),
    Frame(
        "LOCATED_IN",
        "{head=S}" + AND_OTHERS + "(?:也|均|都|还|已|将|拟|正)?在{tail=RP}{~}{0,8}"
        "(?:竞得|摘得|购置|(?:设立|建设|新建|兴建|建有|建成|设有|开办|动工)(?:了)?{~}{0,8}(?:校区|分校|校园|分院|教学点))",
    ),
    Frame("LOCATED_IN", "{head=SE}" + AND_OTHERS + "(?:正式)?在{tail=RP}(?:开学|办学|注册成立)"),
    Frame(
        "LOCATED_IN", "(?:^|[，。；、]){tail=R}(?:（[^（）\ue000-\uf8ff]{1,8}）)?(?:：|——){head=SEPLCT}"
    ),  # rolls by place
    Frame("LOCATED_IN", "{head=SEPLCT}（(?:位于|地处|坐落于)?{tail=RP}）"),
    Frame("PART_OF", "(?:^|[，。；、]){tail=R}(?:（[^（）\ue000-\uf8ff]{1,8}）)?(?:：|——){head=R}"),
    Frame(
        "PART_OF", "{head=PR}(?:{~}{0,6}，)?(?:现|今|直接|行政上)?(?:隶属于?|属于?|归属于?|归){tail=R}(?!的)"
    ),
    Frame("PART_OF", "{head=R}(?:位于|地处){tail=R}"),
    Frame("PART_OF", "{tail=R}(?:现|共|目前)?(?:下辖|管辖|代管|辖){~}{0,4}{head=PR}"),
    Frame(
        "PART_OF",
        "{head=PR}(?:是|为|系|作为){tail=R}(?:的|下辖的?|代管的?)?(?:{~}{0,12})"
        "(?:新区|区|县|市|开发区|园区|组成部分|功能区|主战场|平台|载体|增长极)",
    ),
    Frame(
        "LOCATED_IN",
        "{tail=R}(?:现|共|已|目前|还|现已){0,2}(?:拥有|建有|有|布局|设有|建成)(?:了)?(?:[^。；\ue000-\uf8ff]{0,16}?(?:包括|分别[是为]|即|有|：|——))?{head=P}",
    ),
)
