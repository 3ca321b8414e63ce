"""Companies by their trade name (企业简称): names without 公司 that a list or its frame makes companies.

`与正泰集团、人民电器共建`, `赣锋锂业、国轩高科等企业`: an item counts where it ends in a trade (锂业, 电器, 重工) and
stands beside a company, behind a school with 与, or in a list closed by 等企业. A known brand takes its trade along.
"""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.coinage import is_coined
from nlp.firm_lists import listed_firms
from nlp.gazetteer import CATALOGUE, SHORT_NAME
from nlp.industries import WORDS, begins_with_industry, is_industry, speaks_of_industry
from nlp.names import names
from nlp.organisations import ORGANISATIONS
from nlp.surroundings import residue

BRANDS: Final = "brands"

_TELLING: Final = "|".join(sorted(names("telling_trades"), key=len, reverse=True))
_TRADES: Final = "|".join(sorted((*names("telling_trades"), *names("trades")), key=len, reverse=True))
_TRADE: Final = re.compile(f"(?:{_TRADES})$")
_TRADE_AFTER: Final = re.compile(
    f"(?:{_TRADES})(?!产业|行业|领域|人才|技术|学院|专业|工程|研|类|业|制造|企业|股份|集团|有限|公司|实训|创新|生产|项目|产品)"
)
_TRADE_ALONE: Final = re.compile(
    f"(?<!基)(?:{_TELLING})"  # 硅基新材料 is a material
    "(?!产业|行业|领域|人才|技术|学院|专业|工程|研|类|业|制造|企业|股份|有限|公司|实训|创新|生产|项目|产品|园|城|馆|局|厅|部|站|网|化|系|学|化|班|镇|村|街|路|大学|协会|小镇|服务|职业|教育|车间|员|师|工)"
)
_LONGEST_COINED: Final = 5
_MARKS: Final = "、，。；：“”（《\n "
_OPENING: Final = frozenset((*names("opening_words"), *names("leading_words")))
_CLOSES: Final = re.compile(
    "等(?:\\d{0,4}[余多]?家|多家|一批|众多|各类)?(?:本地|国内|知名|龙头|骨干|重点|头部|链主|行业|领军|大型|整车|高端|新能源|上市|代表性|优质|规上|高新技术|规模以上|专精特新|高科技|民营|国有|制造业?|园区|区内|入驻|驻区|链上|省属|市属|央属|外资|世界500强|500强|跨国|实体|会员|合作|生产|建筑|物流|互联网|上下游)*"
    "(?:企业|公司|品牌|整车项目|厂商|车企|单位代表|成员单位|会员单位)"
)
_PAIRS: Final = re.compile(
    "(?:，|则|也|还|已|先后|分别|近日|双双|再次|又|积极|主动|拟|将|计划){0,3}(?:与|和|同|携手|牵手|联合|联手|会同)"
)
_DEED: Final = re.compile(
    "(?:等)?(?:\\d{0,3}[余多]?家)?(?:企业|公司|单位)?(?:共|合作|联合|签|开展|深化|深度|组建|打造|建立|成立|建成|达成|开办|开设|携手|实施|举行)"
)
_NEXT: Final = re.compile(f"[、和与]|{_DEED.pattern}")
_BEHIND: Final = re.compile(
    "[、和]([\u4e00-\u9fff]{3,10}?)(?=[、，。；和与等共合联设签捐建组达开在投向均都也是为参加到）])"
)
_BEFORE: Final = re.compile(
    "(?:(?<=[、，。；：])|^)(?:与|和|同|由|向|对|为|以|有|如|是|联合|携手)?([\u4e00-\u9fff]{3,8})[、和]$"
)
_PARTNER: Final = re.compile(
    "(?:与|携手|联合|牵手)([\u4e00-\u9fff]{3,10}?)(?=共建|合作|共同|签|联合|开展|建立|达成|深化|举行|携手|组建|开办|开设|成立)"
)
_LEADER: Final = re.compile(
    f"以([\u4e00-\u9fffA-Za-z]{{2,8}})(?:等企业)?为链主|以([\u4e00-\u9fff]{{2,6}}(?:{_TRADES}))(?:等(?:企业)?)?为(?:代表|龙头)的|"
    # 天赐材料前身成立于2000年: of whom this is said is a company
    f"(?:(?<=[。；\n])|^)([\u4e00-\u9fff]{{2,5}}(?:{_TRADES}))"
    "(?=前身|(?:成立|创立|创办|始建)于|发布公告|公告称|拟在|主营|股份|是全球|在(?:深交所|上交所|港交所|科创板|创业板))"
)
# Who a firm is said to be before its name (光伏产品供应商|东方日升, 链主企业|泰瑞); whose project it is.
_SAID_TO_BE: Final = re.compile(
    '(?:(?:供应|提供|制造|运营|开发|生产)商|(?:龙头|链主|骨干|头部|瞪羚|独角兽|领军|上市|领先|代表|标杆|知名|小巨人)[”"]?企业|巨头|小巨人[”"]?|瞪羚企业[”"]|领导者)'
    '[“"]?(?P<name>[\u4e00-\u9fff]{2,8}?)(?=[”"、，。；（]|和|与|等|的|在|已|将|则|就|也|为|投资|落户|入驻|项目|董事长|总经理|负责人|创始人|共建|签)'
)
_PROJECT: Final = re.compile(
    "(?:亿元|万元|亿美元|引进|引入|新引进|开工|入驻|落户)(?:了|的)(?P<name>[\u4e00-\u9fff]{2,5})(?=[\u4e00-\u9fffA-Za-z\\d]{2,14}?(?:项目|基地|工厂|生产线|总部))"
)
_TRADE_OF_PROJECT: Final = re.compile(f"(?:{_TRADES})(?=项目)")
# What leads to a name and is none of it: 吸引|联邦制药, 其中|联威新能源, 区属国企|金航集团.
_AHEAD_OF_A_NAME: Final = re.compile(
    "(?:(?:吸引|聚集|集聚|汇聚|形成以?|其中|拥有|引进|涌现|包括|入驻|落户|重组|区属|市属|省属|国企|央企|民企|龙头企业|链主企业|做强|做优|以|有|如|为|对|由)"
    "(?:了|出|有)?(?=[\u4e00-\u9fff]{3}))*"
)
_BRANCH: Final = re.compile("[\u4e00-\u9fff]{0,4}?(?:分公司|子公司|公司|工厂|基地(?!项目)|分行)")
_LONGEST_LIST: Final = 12
_ITEM: Final = re.compile("[\u4e00-\u9fffA-Za-z]{3,10}")
_ASCII_BRAND: Final = re.compile(
    "(?!(?:AI|IT|VR|AR|XR|ICT|GDP|PLC|BIM|CAD|MES|IC|APP|LED|OEM|ERP|CNC|IoT|NGO|MBA|HR)$)[A-Za-z]{2,14}(?:公司)?"
)


@Language.component("brands")
def find_brands(doc: Doc) -> Doc:
    """Mark companies by trade name in `doc.spans["brands"]`."""
    reader = _Reader(doc)
    reader.with_their_trade()
    reader.coined_with_their_trade()
    reader.branches()
    reader.with_their_list()
    reader.beside_companies()
    reader.behind_schools()
    reader.partners()
    reader.named_as_leaders()
    reader.by_what_is_said()
    reader.short_names()
    named = {(_AHEAD_OF_A_NAME.match(reader.text, *span).end(), span[1]) for span in reader.found}  # type: ignore[union-attr]
    doc.spans[BRANDS] = [
        Span(doc, start, end, label="Enterprise") for start, end in sorted(named) if end - start > 1
    ]
    return doc


class _Reader:
    """Collects the trade names of a text in `found` as (start, end)."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.text = doc._.words.content
        known = [*doc.spans[CATALOGUE], *doc.spans[ORGANISATIONS]]
        self._companies = sorted({(s.start, s.end) for s in known if s.label_ == "Enterprise"})
        self._schools = sorted({s.end for s in known if s.label_ == "School"})
        self._others = {(s.start, s.end) for s in known if s.label_ in ("IndustryChain", "Specialty")}
        self._places = {(s.start, s.end) for s in known if s.label_ in ("Region", "School", "Park", "Agency")}
        self.found: set[tuple[int, int]] = set()

    def with_their_trade(self) -> None:
        """A known brand and the trade behind it: 埃斯顿自动化."""
        for start, end in self._companies:
            trade = _TRADE_AFTER.match(self.text, end)
            if trade and end - start < 6:
                self.found.add((start, trade.end()))

    def coined_with_their_trade(self) -> None:
        """What nobody calls anything else, and a trade behind it: 隆平生物, 一康制药, 湖北人福药业."""
        text, words = self.text, self._doc._.words
        for trade in _TRADE_ALONE.finditer(text):
            at, end = trade.span()
            if not words.is_edge(end):
                continue
            for start in range(max(0, at - _LONGEST_COINED), at - 1):
                if not (words.is_edge(start) or text[start - 1] in _MARKS or start in self._doc._.place_ends):
                    continue
                head = text[start:at]
                if (
                    is_coined(head)
                    and text[start:end] not in WORDS
                    and head not in _OPENING
                    and not speaks_of_industry(head)
                    and not self._within(start, end)
                ):
                    place: int = self._doc._.place_ends.get(start, start)
                    self.found.add((place, end))
                    break

    def _within(self, start: int, end: int) -> bool:
        """Whether a name of another kind reaches into a stretch."""
        return any(s < end and start < e and not (start <= s and e <= end) for s, e in self._places)

    def branches(self) -> None:
        """A known company's works or office in a place: 吉利汽车湘潭基地, 中国移动贵州公司."""
        for start, end in [*self._companies, *sorted(self.found)]:
            place = self._doc._.place_of.get(end)
            branch = _BRANCH.match(self.text, place) if place is not None else None
            if branch:
                self.found.add((start, branch.end()))

    def with_their_list(self) -> None:
        """The other members of lists of firms."""
        self.found |= listed_firms(
            self._doc, {*self._companies, *self.found}, self._others | self._places, _TRADE
        )

    def beside_companies(self) -> None:
        """The items before and behind a company in its list."""
        ends = {end for _, end in self._companies}
        queue = [*self._companies, *sorted(self.found)]
        for start, end in queue:
            behind = _BEHIND.match(self.text, end)
            if behind and behind.end(1) not in ends and self._is_trade_name(*behind.span(1)):
                if behind.span(1) not in self.found:
                    queue.append(behind.span(1))
                self.found.add(behind.span(1))
            before = _BEFORE.search(self.text, max(0, start - 12), start)
            if before and before.end(1) not in ends and self._is_trade_name(*before.span(1)):
                if before.span(1) not in self.found:
                    queue.append(before.span(1))
                self.found.add(before.span(1))

    def behind_schools(self) -> None:
        """Who does something together with a school: 与正泰集团、人民电器共建."""
        for school in self._schools:
            pair = _PAIRS.match(self.text, school)
            at = pair.end() if pair else None
            for _ in range(_LONGEST_LIST):
                stop = None if at is None else self._stop(at)
                if at is None or stop is None:
                    break
                if self._is_trade_name(at, stop) or _ASCII_BRAND.fullmatch(self.text, at, stop):
                    self.found.add((at, stop))
                at = stop + 1 if self.text[stop] in "、和与" else None

    def partners(self) -> None:
        """Who something is done with, by trade name: `，与平安科技共建人工智能产业学院`."""
        for match in _PARTNER.finditer(self.text):
            if self._is_trade_name(*match.span(1)):
                self.found.add(match.span(1))

    def named_as_leaders(self) -> None:
        """`以牧原为链主的肉食品加工`: who heads a chain is a company."""
        for match in _LEADER.finditer(self.text):
            surface = match[match.lastindex or 1]
            if len(residue(surface)) > 1 and not re.search(
                "项目|产业|企业|公司$|工程|业$|.[市县区]$", surface
            ):
                self.found.add(match.span(match.lastindex or 1))

    def by_what_is_said(self) -> None:
        """A coined word where only a firm stands: behind 供应商 or 龙头企业, or before the project that is its own."""
        for match in _SAID_TO_BE.finditer(self.text):
            start, end = match.span("name")
            trade = _TRADE.search(match["name"])
            ending = start + trade.start() if trade and trade.start() > 1 else end
            head = self.text[start:ending]
            if (is_coined(head) or (trade and self._is_trade_name(start, end))) and not is_industry(head):
                self.found.add((start, end))
        for match in _PROJECT.finditer(self.text):
            start = match.start("name")
            for end in range(start + 2, match.end("name") + 1):
                if is_coined(self.text[start:end]) and begins_with_industry(self.text, end):
                    trade = _TRADE_OF_PROJECT.match(self.text, end)
                    self.found.add((start, trade.end() if trade else end))
                    break

    def short_names(self) -> None:
        """Listed short names that stand beside another company, or beside each other: 沧州明珠、华润电力."""
        known = {*self._companies, *self.found}
        weak = {(s.start, s.end) for s in self._doc.spans[CATALOGUE] if s.label_ == SHORT_NAME}
        starts = {start for start, _ in known | weak}
        ends = {end for _, end in known | weak} | set(self._schools)
        for start, end in weak:
            behind = self.text[end : end + 1] in ("、", "和", "与") and end + 1 in starts
            before = self.text[start - 1 : start] in ("、", "和", "与") and start - 1 in ends
            if behind or before or _CLOSES.match(self.text, end):
                self.found.add((start, end))

    def _stop(self, at: int) -> int | None:
        """Where the item that begins at `at` ends: at the next item, or at what they do."""
        return next(
            (n for n in range(at + 2, min(at + 16, len(self.text))) if _NEXT.match(self.text, n)), None
        )

    def _is_trade_name(self, start: int, end: int) -> bool:
        """Whether an item is a name and a trade: what stands around it has to vouch for the rest."""
        surface = self.text[start:end]
        trade = _TRADE.search(surface)
        return (
            bool(_ITEM.fullmatch(surface))
            and trade is not None
            and trade.start() > 1
            and (start, end) not in self._others
            and surface not in WORDS
            and len(residue(surface[: trade.start()])) > 1
        )
