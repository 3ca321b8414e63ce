"""Talent programmes (人才培养项目): order classes, apprenticeships, field engineers, articulated training, plans."""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.seeking import Seeker
from nlp.surroundings import name_start, residue

PROGRAMMES: Final = "programmes"

_PATTERN: Final = re.compile(
    '[“"‘](?:\\d(?:\\.\\d)?(?:\\+\\d(?:\\.\\d)?){1,3})[”"’](?:中高本|中高职|中本|高本|中职|职教|职业|高职|本科|专科|贯通|一体化|对口|分段|衔接|长学制|五年制|'
    "联合|培养|试点|人才|项目|模式|改革|教育){1,6}"
)
_CERTIFICATE: Final = Seeker('[“"]?(?:1\\+X|“1\\+X”|学历证书\\+若干职业技能等级证书)[”"]?证书(?:制度)?试点')
_APPRENTICE: Final = re.compile(
    "(?:中国特色|企业新型|现代|新型|新时代){1,3}(?:企业)?(?:新型|现代)?学徒制(?:试点(?!单位|院校|学校|城市|企业|地区|工作))?(?:项目|计划|班)?"
)
_ENGINEER: Final = re.compile(
    "(?:现场工程师|卓越工程师|卓越现场工程师|产业工程师|"
    "数字工程师)(?:专项)?(?:人才)?(?:教育)?(?:联合)?(?:培养|培育|培训|班)(?!联合体|基地|中心|院|联盟)(?:专项)?(?:计划|工程|行动|项目|试点)?"
)
_QUOTED_CLASS: Final = re.compile(
    '[“"]([^“”"，。；、\\s]{1,16}(?:班|计划|工程|行动))[”"](?:订单班|定向班|冠名班|人才班)?'
)
_QUOTED_HEAD: Final = re.compile(
    '[“"]([^“”"，。；、\\s]{1,14})[”"](?:订单班|定向班|冠名班|特色班|学徒制班|人才计划|人才工程|人才行动|培养计划|培育计划|(?:培养|培育|培训|提升)(?:工程|行动)|班|计划)'
)
_PLAIN: Final = re.compile(
    "订单班|冠名班|定向班|学徒制班|订单培养班|实验班|人才计划|人才工程|培养计划|"
    "培育计划|培训计划|倍增计划|提升计划|支持计划|引领计划|"
    "强基计划|培训行动|技能提升行动|技能行动|人才培养工程|培训工程|培养工程|"
    "培育工程|素质提升工程|技能提升工程|贯通培养项目|"
    "贯通培养试点|联合培养项目|培养专项计划|培训专项行动|专项培养计划"
)
# 实施|导游人才队伍优化工程、乡村旅游实用人才培训工程: what is carried out for talents has a name.
_CARRIED_OUT: Final = re.compile(
    "(?:实施|启动|推进|开展|推行|组织|制定|出台|纳入|部署|入选|、|及|和)(?:了|“)?"
    "(?P<name>(?:(?!实施|启动|推进|开展|推行|组织)[\u4e00-\u9fff“”·]){0,12}(?:人才|英才|工匠|技师|名师|见习|学徒|育才|引才|导游|家政|劳模|匠人|就业创业|职业技能|技能提升)"
    "(?:(?!实施|启动|推进|开展|推行|组织|等)[\u4e00-\u9fff“”]){0,10}?(?:计划|工程|行动|培训项目|培育项目|示范培训|研修班))(?![师学院化类领人方])"
)
_OPENED: Final = re.compile(
    "(?:开办|组建|开设|设立|成立|举办|合办|办起|共建|新签|签约|创办|开出|开班|推出)了?([\u4e00-\u9fffA-Za-z]{2,12}班)(?=[，。；、）和]|\\d|共建协议|合作协议|项目|$)"
)
_YEAR_OF_ENTRY: Final = re.compile("(?:20)?\\d\\d[届级]|首[届批]|第[一二三四五六七八九十\\d]+[届批期]")
_ANY_CLASS: Final = re.compile(
    "(?:培训|研修|订单|实验|专|进修|学习|冠名|定向|特色|提高|辅导|兴趣|双学位|中职|高职|学徒制|试点|教学|尖子|这个|\\d个)班$"
)
_TRAINING: Final = re.compile(
    "人才|培|学徒|技能|工匠|技师|工程师|名师|学生|本科|贯通|英才|计划|班|职工|农民|就业|青年"
)
_AROUND: Final = 24  # characters beside a quoted plan in which talents are spoken of
_OF_TALENTS: Final = re.compile("人才|引才|育才|技能|培养|学子|英才|工匠")
_ORDINARY: Final = re.compile(
    "招生|教学|年度|工作|实施|行动|科研|五年|重大工程|建设工程|系统工程|发展|投资|财政|"
    "扩招|双高|生产|学年|学习|同|上|值|一|两|带|各|本|全|跟|提质培优"
)


_ORDINARY_PLAN: Final = re.compile(
    "招生|教学|年度|工作计划|科研|五年|双高|生产|[的各与和及]|重点人才工程|重大人才工程|系列|一批|项目建设|等|试点"
)


@Language.component("programmes")
def find_programmes(doc: Doc) -> Doc:
    """Mark talent programmes in `doc.spans["programmes"]`."""
    text = doc._.words.content
    found = [
        Span(doc, match.start(), match.end(), label="TalentProgram")
        for pattern in (_PATTERN, _CERTIFICATE, _APPRENTICE, _ENGINEER)
        for match in pattern.finditer(text)
    ]
    for match in _QUOTED_CLASS.finditer(text):
        surface = match[1]
        if _ANY_CLASS.fullmatch(surface):
            continue  # “订单班”
        head = surface.removesuffix("班")[:-2] if not surface.endswith("班") else surface
        around = (
            text[max(0, match.start() - _AROUND) : match.start(1)]
            + text[match.end(1) : match.end() + _AROUND]
        )
        if surface.endswith("班") or (
            (_TRAINING.search(head) or _OF_TALENTS.search(around)) and not _ORDINARY.search(head)
        ):
            found.append(Span(doc, match.start(1), match.end(1), label="TalentProgram"))
    found += [
        Span(doc, match.start(), match.end(), label="TalentProgram") for match in _QUOTED_HEAD.finditer(text)
    ]
    found += [
        Span(doc, match.start(1), match.end(1), label="TalentProgram")
        for match in _OPENED.finditer(text)
        if not _ANY_CLASS.search(match[1]) and residue(match[1][:-1])
    ]
    for match in _CARRIED_OUT.finditer(text):
        surface = match["name"]
        if len(residue(re.sub("计划|工程|行动|项目|培训", "", surface))) > 1 and not _ORDINARY_PLAN.search(
            surface
        ):
            begin, end = match.span("name")
            begin -= surface.count("”") > surface.count("“") and text[begin - 1] == "“"
            found.append(Span(doc, begin, end, label="TalentProgram"))
    for match in _PLAIN.finditer(text):
        start = name_start(doc, match.start())
        head = text[start : match.start()]
        explicit = re.search("班|人才|培训|技能|培养|贯通|强基", match.group())
        if not explicit and not _TRAINING.search(head):
            continue  # 主题园区培育工程
        if _YEAR_OF_ENTRY.match(head):
            continue  # 2019届订单班
        if len(residue(head)) > 1 and not text[match.end() : match.end() + 2].startswith(
            ("方案", "任务", "资金", "专项")
        ):
            found.append(Span(doc, start, match.end(), label="TalentProgram"))
    doc.spans[PROGRAMMES] = found
    return doc
