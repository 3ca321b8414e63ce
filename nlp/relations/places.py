"""Where something is (位于、落户)."""

from __future__ import annotations

from typing import Final

from nlp.relations.frame import Frame

FRAMES: Final = (
    Frame(
        "LOCATED_IN",
        "{head=SEPLCT}(?:{~}{0,10}|，)(?:(?:位于|坐落于|坐落在)(?:{~}{0,8})|落户于?|"
        "落地于?|地处(?:{~}{0,10})|设在|总部设在|总部位于|选址于?|建在|入驻){tail=RP}",
    ),
    Frame(
        "LOCATED_IN", "{head=C}(?:近日|日前)?在{tail=RP}{~}{0,4}落地"
    ),  # where it was founded is where the ceremony was
    Frame(
        "LOCATED_IN",
        "{head=CTLN}{~}{0,10}?(?:依托|以){tail=P}(?:{~}{0,6}(?:为依托|为载体|建设|组建|成立|设立)|，|。)",
    ),
    Frame(
        "LOCATED_IN",
        "{tail=PR}(?:{~SEAP}{0,30}?[，]?)(?:已|先后|现已|现|目前){0,2}"
        "(?:入驻|落户|集聚|聚集|汇聚|引进|引育|坐拥)(?:了|有)?{head=E}",
    ),
    Frame("LOCATED_IN", "{head=SE}(?:等)?{~}{0,12}?(?:落户|入驻){tail=PR}"),
    Frame(
        "LOCATED_IN",
        "(?:依托|在){tail=PR}(?:内|境内)?{~}{0,4}(?:建成|建设|建立|设立|打造|成立|揭牌)(?:了|的)?{head=TLC}",
    ),
    Frame(
        "LOCATED_IN",
        "(?:总部|坐落|坐落于|位于|地处|落户于?|入驻|扎根于?){~}{0,4}{tail=RP}的{~}{0,8}{head=SEPLCT}",
    ),
    Frame("LOCATED_IN", "{tail=R}(?:的)?(?:首所|第一所|唯一|首家|第一家){~}{0,14}{head=SE}"),
    Frame("LOCATED_IN", "{tail=RP}(?:聚集|集聚|汇聚|涌现)(?:了|出)?以{head=E}"),
    Frame(
        "LOCATED_IN",
        "{head=S}{~S}{0,60}?(?:有|建有|设有|拥有|分设|现有){tail=RP}(?:等)?(?:[两三四五六七]个|\\d个)?校区",
    ),
    Frame("LOCATED_IN", "在{tail=PR}(?:内|里)，{head=E}"),
    Frame("LOCATED_IN", "{tail=P}(?:内|里)，{head=E}"),
    Frame(
        "LOCATED_IN", "(?:^|[，。；、]){tail=R}(?:（[^（）\ue000-\uf8ff]{1,8}）)?(?:：|——){head=SEPLCT}"
    ),  # rolls by place
    Frame("LOCATED_IN", "{head=SEPLCT}（(?:位于|地处|坐落于)?{tail=RP}）"),
    Frame("PART_OF", "(?:^|[，。；、]){tail=R}(?:（[^（）\ue000-\uf8ff]{1,8}）)?(?:：|——){head=R}"),
    Frame("PART_OF", "{head=PR}(?:隶属于?|位于|属于|地处){tail=R}"),
    Frame(
        "PART_OF",
        "{head=PR}(?:是|为|系){tail=R}(?:的|下辖的?|代管的?)?(?:{~}{0,8})(?:新区|区|县|市|开发区|园区|组成部分)",
    ),
)
