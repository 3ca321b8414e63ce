"""Government and party bodies (党政部门): a place or rank, a function, and how such a body's name ends.

`市教委`, `重庆市税务局`, `中共重庆市委教育工作领导小组秘书组`, `两江新区管委会`. The functions are listed in
`names/departments.txt`, the central bodies and their short names in `names/ministries.txt`.
"""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.gazetteer import CATALOGUE
from nlp.names import names
from nlp.seeking import Seeker, one_of
from nlp.surroundings import is_nominal

AGENCIES: Final = "agencies"

_STEMS: Final = one_of(names("departments"))
_ENDING: Final = "(?:委员会|委|局|厅|办公室|办公厅|办|中心|署)"
_DEPARTMENT: Final = f"(?:{_STEMS}){_ENDING}"
_PARTY: Final = (
    "委(?:员会(?!主任)|常委会|办公厅|办公室|组织部|宣传部|统战部|社会工作部|政法委|"
    "教育工委|教育工作委员会|编办|改革办|深改委|网信办|"
    "人才办|人才工作局|军民融合办|金融委|党校|全面深化改革委员会)?(?!托|派|任|婉|以|屈|内瑞)"
)
_GOVERNMENT: Final = (
    "(?:人民)?政府(?:(?:政务)?督查室|办公厅|办公室|研究室|"
    "教育督导(?:委员会(?:办公室)?|室|办公室)|口岸物流办)?"
)
_PEOPLE: Final = (
    "(?:党委(?![书托员副])|党委(?=副?书记|宣传部|组织部)|"
    "总工会|工商联|团委|妇联|残联|科协|政协|人大(?:常委会)?|高级人民法院|检察院)"
)
_GROUP: Final = "(?:[\u4e00-\u9fff]{2,16}?领导小组(?:办公室|秘书组)?)?"
_BODY: Final = f"(?:{_DEPARTMENT}|{_PARTY}{_GROUP}|{_GOVERNMENT}|{_PEOPLE})"
# 市教委, 省人力资源社会保障厅: only a rank stands for the place
_RANKED: Final = Seeker(
    f"(?:(?<![一-鿿])|(?<=[由到赴向与报送请经])|(?<=会同)|(?<=联合))(?:区|县|州)(?={_BODY})|(?:市|省|自治区)(?={_BODY})"
)
_AFTER_PLACE: Final = re.compile(f"{_BODY}")
_COMMITTEE: Final = re.compile(f"(?:管委会|管理委员会|党工委|党委|街道办事处){_GROUP}")
_NOT_A_RANK: Final = frozenset("城都集超超夜股门上楼省")  # 城市委托, 都市政府…
_GENERIC_BEFORE: Final = re.compile("(?:各|有关|相关|[省市区县州]、|[）)]|乡镇)(?:区|县|州)$")
_FOREIGN: Final = re.compile(
    "(?:美国|英国|法国|德国|日本|韩国|朝鲜|俄罗斯|俄|印度|加拿大|澳大利亚|巴西|南非|新加坡|马来西亚|泰国|越南|意大利|西班牙|"
    "荷兰|瑞士|瑞典|丹麦|挪威|芬兰|以色列|伊朗|伊拉克|土耳其|墨西哥|阿根廷|乌克兰|波兰|香港|澳门|台湾|美|英|欧盟)$"
)
_OFFICE_OF: Final = re.compile("(?:办公厅|办公室|(?<=[部委局])(?:职业教育与成人教育|高等教育|综合)司)?")


class Agencies:
    """The spaCy component that finds government and party bodies."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the bodies of a text."""
        text = doc._.words.content
        found = [*_central(doc), *_of_places(doc, text), *_ranked(doc, text), *_offices_of_parks(doc, text)]
        found += _elided(doc, text, found)
        found += _composed(doc, text)
        found = [Span(doc, span.start, _office_end(doc, text, span.end), label="Agency") for span in found]
        found += [Span(doc, m.start(1), m.end(1), label="Agency") for m in _TOWN.finditer(text)]
        found += [Span(doc, m.start(), m.end(), label="Agency") for m in _YOUTH.finditer(text)]
        doc.spans[AGENCIES] = found
        return doc


# What a body with a place is called, whatever it does: 庄河市科技和工业信息化局, 河南省人才交流中心.
_COMPOSED: Final = re.compile(
    "(?P<does>[\u4e00-\u9fff]{2,14}?)(?:委员会|管理局|(?<![格布大结全开邮书药])局|(?<![餐大客])厅|办公室|"
    "(?:人才|就业|考试|鉴定|交流|政务服务|招生|评估)(?:[\u4e00-\u9fff]{0,6}?)中心|教育考试院|招生考试院)"
    "(?=[、，。；：与和等及要（）》”\\s]|$|[\u4e00-\u9fff])(?!面|限|部|势|长会)"
)
_OFFICE: Final = re.compile(
    "([\u4e00-\u9fff]{1,10}?)(?:司|处|中心|教育研究所)(?![理长级分于置境罚方机法])(?=[、，。；：与和副）的等要\\s主]|$|[处司]长|指导|联合|承办|发布|组织|会同|牵头|共同|负责|印发|举办|参与|支持)"
)


def _composed(doc: Doc, text: str) -> list[Span]:
    """Bodies of a place by how their name ends, where only names stand between the two."""
    found = []
    before = {p.end: p.start for p in doc.spans[CATALOGUE] if p.label_ == "Region" and len(p) > 2}
    for place in doc.spans[CATALOGUE]:
        if place.label_ != "Region" or not str(place).endswith(("省", "市", "区", "县", "州", "旗")):
            continue
        body = _COMPOSED.match(text, place.end)
        if (
            body
            and is_nominal(doc._.words, place.end, body.end("does"))
            and not _GENERIC_BODY.match(body["does"])
        ):
            found.append(Span(doc, before.get(place.start, place.start), body.end(), label="Agency"))
    return found


_GENERIC_BODY: Final = re.compile("各|有关|相关|所属|直属|级|及|和")


def _office_end(doc: Doc, text: str, end: int) -> int:
    """Where a body's name ends that names its office, too: 辽宁省教育厅职成处, 工业和信息化部教育与考试中心."""
    if not text.startswith(("厅", "局", "委", "部", "会", "署"), end - 1):
        return end
    office = _OFFICE.match(text, end)
    if not office or not is_nominal(doc._.words, end, office.end(1)):
        return end
    return office.end()


_YOUTH: Final = Seeker("(?:共青团|(?<![一-鿿])团)(?:省|市|区|县|州)委(?!员)")  # 、团省委
_TOWN: Final = re.compile(
    "(?:(?<=[、，。；：与和由自到])|^)([\u4e00-\u9fff]{2,3}(?:镇|乡|街道)(?:人民)?(?:政府|办事处|党委))"
)
_ELIDED: Final = re.compile(
    f"[、和与]((?:{_STEMS})(?:委员会|委|局|厅|办))(?=[、，。；和与及等（）)要]|$|牵头|负责|配合|按|会同|联合)"
)


def _elided(doc: Doc, text: str, found: list[Span]) -> list[Span]:
    """`青岛市教育局、工信局、人社局`: the place is said once."""
    taken = {span.start for span in found}
    more = []
    for span in found:
        at = span.end
        while at < len(text) and (body := _ELIDED.match(text, at)):
            if body.start(1) in taken:
                break
            more.append(Span(doc, body.start(1), body.end(1), label="Agency"))
            at = body.end(1)
    return more


def _central(doc: Doc) -> list[Span]:
    text = doc._.words.content
    return [
        Span(doc, span.start, _OFFICE_OF.match(text, span.end).end(), label="Agency")  # type: ignore[union-attr]
        for span in doc.spans[CATALOGUE]
        if span.label_ == "Agency"
        and not _FOREIGN.search(doc._.words.content, max(0, span.start - 5), span.start)
        and str(span) != "联席会议"
        and not text.startswith("门", span.end)
        and (str(span) != "中央" or doc._.words.content[span.end : span.end + 1] in "、，")
    ]


# The democratic parties, and the society for vocational education, of the country or of a place.
_PARTIES: Final = Seeker(
    "(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:中央|(?:[\u4e00-\u9fff]{2,6}?)?[省市]委(?:会)?)(?:[\u4e00-\u9fff]{2,6}?部(?=部?[、，。长主])|)"
)
_SOCIETY: Final = Seeker("中华职业教育社|总工会|妇联|残联|科协|工商联|团委")


def _of_places(doc: Doc, text: str) -> list[Span]:
    found = [Span(doc, party.start(), party.end(), label="Agency") for party in _PARTIES.finditer(text)]
    found += [
        Span(doc, doc._.place_ends[society.start()], society.end(), label="Agency")
        for society in _SOCIETY.finditer(text)
        if society.start() in doc._.place_ends
    ]
    found += [
        Span(doc, corps.start(), corps.end(), label="Agency")
        for corps in re.compile(f"新疆生产建设兵团{_BODY}").finditer(text)
    ]
    before = {
        place.end: place.start
        for place in doc.spans[CATALOGUE]
        if place.label_ == "Region" and len(place) > 2
    }
    for place in doc.spans[CATALOGUE]:
        if place.label_ != "Region":
            continue
        position = place.end
        if text[position : position + 1] in ("省", "市") and not str(place).endswith(("省", "市")):
            position += 1
        body = _AFTER_PLACE.match(text, position)
        if not body or (text[position] == "委" and not str(place).endswith(("市", "省", "区", "县", "州"))):
            continue
        start = place.start
        for prefix in ("国家税务总局", "中国共产党", "中共", "共青团"):
            if text.endswith(prefix, 0, start):
                start -= len(prefix)
                break
        found.append(Span(doc, before.get(start, start), body.end(), label="Agency"))
    return found


def _ranked(doc: Doc, text: str) -> list[Span]:
    found = []
    for match in _RANKED.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if before.endswith(("直辖", "自治区、", "单列", "设区", "设区的", "以上", "各有关", "地级", "县级")):
            continue  # 各省、自治区、直辖市人民政府，各计划单列市教育局
        if before[-1:] in _NOT_A_RANK or _GENERIC_BEFORE.search(before + match.group()):
            continue
        if before.endswith(("各", "县（", "、县")) and match.group() in ("市", "区", "县"):
            continue
        if (
            not doc._.words.is_edge(match.start())
            and text[match.start() - 1 : match.start() + 1] in _WORDS_WITH_RANK
        ):
            continue
        body = _AFTER_PLACE.match(text, match.end())
        if body:
            found.append(Span(doc, match.start(), body.end(), label="Agency"))
    return found


_WORDS_WITH_RANK: Final = frozenset(
    [
        "城市",
        "都市",
        "全市",
        "我市",
        "各市",
        "本市",
        "股市",
        "超市",
        "上市",
        "门市",
        "全省",
        "我省",
        "各省",
        "本省",
        "节省",
        "外省",
    ]
)


def _offices_of_parks(doc: Doc, text: str) -> list[Span]:
    found = []
    parks = [span for key in (CATALOGUE, "organisations") for span in doc.spans[key] if span.label_ == "Park"]
    regions = [span for span in doc.spans[CATALOGUE] if span.label_ == "Region" and str(span)[-1:] in "区县"]
    for park in parks + regions:
        office = _COMMITTEE.match(text, park.end)
        if office:
            found.append(Span(doc, park.start, office.end(), label="Agency"))
    return found


_MUNICIPALITIES: Final = frozenset(("北京市", "天津市", "上海市", "重庆市"))
_RANK_ALONE: Final = re.compile("(市|省|自治区|区|县|州)(?=.)")


def full_agency(surface: str, region: str | None) -> str | None:
    """The body's name with its place: `市教委` in a document of 重庆市 is 重庆市教委; `None` where that is not known.

    >>> full_agency("市教委", "重庆市"), full_agency("区教委", "璧山区"), full_agency("市教育局", "江苏省")
    ('重庆市教委', '璧山区教委', None)
    """
    rank = _RANK_ALONE.match(surface)
    if rank is None or not region:
        return None
    if region.endswith(rank[1]):
        return region + surface[rank.end() :]
    full = {name.removesuffix("市"): name for name in _MUNICIPALITIES}.get(region)
    return full + surface[rank.end() :] if full and rank[1] == "市" else None


@Language.component("agencies")
def find_agencies(doc: Doc) -> Doc:
    """Mark government and party bodies in `doc.spans["agencies"]`."""
    return Agencies()(doc)
