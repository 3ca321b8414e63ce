"""Policy documents in text (政策文件): cited in 《…》, named by their number, or the passage is their own title."""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.seeking import Seeker

DOCUMENTS: Final = "documents"

_CITED: Final = re.compile("《([^《》\n]{2,120}(?:〈[^《》]{0,60}〉[^《》]{0,20})?)》")
_NUMBER: Final = Seeker(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,12}(?:〔|\[|［|﹝)(?:19|"
    r"20)\d{2}(?:〕|\]|］|﹞)\s{0,3}第?\s{0,3}\d{1,5}\s{0,3}号"
    r"|[\u4e00-\u9fff]{1,8}(?:函|发|办|字|规|令|电|教|厅)\s{0,2}(?:〔|\[|［|﹝)(?:19|"
    r"20)\d{2}(?:〕|\]|］|﹞)\s{0,3}第?\s{0,3}\d{1,5}\s{0,3}号"
)
_LEAD: Final = re.compile("(?:根据|按照|依据|参照|转发|印发|执行|文件|以|的|和|与|及|见){0,2}")
# 办公厅印发|云政办发〔2018〕18号: no number has a verb in it
_CITES: Final = re.compile(
    ".*(?:印发|下发|出台|发布|制定|根据|按照|依据|参照|执行|转发|办公[厅室]|政府以|[局委厅]以|的)(?=[\u4e00-\u9fff]{2})"
)
_GENRES: Final = (
    "通知|意见|决定|决议|通报|公告|通告|报告|请示|批复|函|方案|办法|"
    "规定|规划|纲要|细则|条例|计划|要点|指南|名单|措施|"
    "讲话|发言|标准|目录|规范|章程|工作规则|行动|清单|倡议书|白皮书"
)
_TITLE: Final = re.compile(
    rf"(?:关于|在)[^。；！？《》\n]{{4,80}}?(?:的)(?:{_GENRES})(?:（[^（）]{{1,12}}）)?$"
)
_OWN_PLAN: Final = re.compile(rf"^[^。；！？，：\n]{{6,50}}(?:{_GENRES})(?:（[^（）\n]{{1,24}}）)?$")
_RUNNING: Final = Seeker(rf"(?<=[发了布转\u201c])(关于[^，。；：《》\n]{{4,60}}?的(?:{_GENRES}))")
_TITLED: Final = re.compile(
    rf"^关于|(?:{_GENRES}|法|制度|规则|协定|协议|宣言|安排|公约|合同|申报书|任务书|申请表|登记表|一览表|"
    r"预案|编码|分类|简介|纪要|批准书|宪法|条约|总则|声明|对策|试点)(?:（[^（）]{1,40}）|\([^()]{1,40}\))*$"
    r"|[\u4e00-\u9fff]20\d\d$|[（(](?:试行|暂行|修订|20\d\d)|20\d\d[—-]20\d\d年?"
)
_TEXTBOOK: Final = Seeker("教材|课程|慕课|资源库")
_QUOTED_COURSE: Final = re.compile(
    '[“"]([^“”"，。；]{2,20})[”"](?:等)?(?:\\d{0,3}[门部套个])?(?:国家级|省级|校级|市级)?(?:精品|在线|开放|共享|优质|活页式|特色)*'
    "(?:课程|教材|教学资源库|资源库|慕课)"
)
_COURSE_SPEECH: Final = "SharedResource"


@Language.component("documents")
def find_documents(doc: Doc) -> Doc:
    """Mark documents (titles without 《》, numbers) in `doc.spans["documents"]`."""
    text = doc._.words.content
    found = []
    for cited in _CITED.finditer(text):
        around = text[max(0, cited.start() - 12) : cited.start()] + text[cited.end() : cited.end() + 8]
        kind = (
            _COURSE_SPEECH
            if _TEXTBOOK.search(around) and not re.search(_GENRES + "|法$", cited[1])
            else "PolicyDocument"
        )
        if kind == "PolicyDocument" and not _TITLED.search(cited[1]):
            continue  # a book, a film, a journal
        found.append(Span(doc, cited.start(1), cited.end(1), label=kind))
    found += [
        Span(doc, named.start(1), named.end(1), label=_COURSE_SPEECH)
        for named in _QUOTED_COURSE.finditer(text)
    ]
    for number in _NUMBER.finditer(text):
        start = number.start() + len(_LEAD.match(number.group()).group())  # type: ignore[union-attr]
        cites = _CITES.match(text, start, text.find("〔", start) if "〔" in number.group() else number.end())
        start = cites.end() if cites else start
        found.append(Span(doc, start, number.end(), label="PolicyDocument"))
    found += [
        Span(doc, title.start("title"), title.end("title"), label="PolicyDocument")
        for title in _WRAPPED.finditer(text)
    ]
    found += [
        Span(doc, request.start("title"), request.end("title"), label="PolicyDocument")
        for request in _REQUEST.finditer(text)
    ]
    for line in _LINE.finditer(text):
        found += _own_title(doc, line.group(), line.start())
    for running in _RUNNING.finditer(text):
        if text[running.start(1) - 1] != "《":
            found.append(Span(doc, running.start(1), running.end(1), label="PolicyDocument"))
    doc.spans[DOCUMENTS] = found
    return doc


# A title that the document breaks into lines: 国务院关于同意…工作⏎部际联席会议制度的批复
_WRAPPED: Final = Seeker(
    "(?:^|(?<=\\n))[ \\u3000]*[^\\n。；，《》]{0,30}?"
    f"(?P<title>关于[^\\n。；《》]{{4,60}}(?:\\n[^\\n。；《》]{{2,40}}){{1,2}}?(?:的(?:{_GENRES})|方案|规划|计划|意见|办法))"
    "(?=[ \\u3000]*(?:\\n|$))"
)
_REQUEST: Final = Seeker(
    "(?:你[们部省市委局厅区]|来文)(?P<title>关于[^，。；《》\\n]{4,80}?的(?:请示|函|报告|申请))"
)
_LINE: Final = re.compile("[^\n]+")
_OWN_NUMBER: Final = re.compile("[（(][^（）()]{2,16}[〔\\[]20\\d{2}[〕\\]]\\d{1,5}号[）)]$")


def _own_title(doc: Doc, line: str, begin: int) -> list[Span]:
    """A line that is a title: `教育部办公厅关于…的通知`, or the plan that the document itself is."""
    stripped = line.strip()
    if len(stripped) > 100 or not stripped or stripped[-1] in "。；：:":
        return []
    offset = begin + line.index(stripped)
    numbered = _OWN_NUMBER.search(stripped)  # …的通知（教高厅函〔2024〕12号）
    title = _TITLE.search(stripped[: numbered.start()] if numbered else stripped)
    if title and (title.start() == 0 or _is_issuer(stripped[: title.start()])):
        return [Span(doc, offset + title.start(), offset + title.end(), label="PolicyDocument")]
    if doc._.role == "title" and _OWN_PLAN.match(stripped):
        return [Span(doc, offset, offset + len(stripped), label="PolicyDocument")]
    return []


def _is_issuer(head: str) -> bool:
    return bool(
        re.search(
            "(?:政府|办公厅|办公室|委员会|委|局|厅|部|院|领导小组|总局|中央|会|等.{1,6}部门|\\s)$", head
        )
    )
