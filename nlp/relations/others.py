"""Somebody else (泛指主语): openings of a clause that speak of a place, of a meeting or of a class of bodies.

`近年来，我市…`, `据统计，全省28所院校…`, `会议强调，…`, `企业建议…`: what they say is not said of the school or the firm
that the sentences before have named, so a subject that is left out behind them is not to be looked for there.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.relations.letters import letters

# Kinds of which such an opening does not speak.
BODIES: Final = frozenset(("School", "Enterprise", "Park"))
# Words for a province or a city as a whole: no park, no school; perhaps the region that was named.
WHOLE: Final = "(?:全[省市县州]|我[省市县州]|该[市县]|本[市省县])"
_COUNTRY: Final = "(?:全国|我国)"
_EVERY: Final = "各(?:区县|市州|县区|地市|地(?!块)|校(?!区)|院校|高校|职业院校|学校)"
# A class of bodies, where it is what the clause speaks of.
_CLASS: Final = (
    "(?:(?:高职|中职|本科|职业|技工|高等)(?:院校|学校)?|院校|高校)(?=(?:共|新|增|开设|现有|已|也|要|应|普遍|布点|设置)(?!建))|"
    "企业(?:家|界)?(?=(?:纷纷|普遍|还|也|均|都|则)?(?:建议|希望|呼吁|反映|期待|期盼|认为))"
)
_MEETING: Final = "会议(?=还|也)?(?:还|也)?(?:强调|指出|要求|提出|认为|明确|决定|审议|部署|传达|号召)"
_WHEN: Final = (
    "(?:据(?:统计|悉|介绍|了解|测算|不完全统计)|近年来?|近[几两三五]年来?|目前|当前|如今|截至[^，。\ue000-\uf8ff]{2,9}|(?:19|20)\\d\\d年(?:以来|底|末)?|"
    "今年(?:以来)?|去年|同时|此外|另外|下一步|未来|到(?:19|20)\\d\\d年|“?十[三四五]五”?(?:期间|以来)?|[（(][一二三四五六七八九十]{1,2}[）)]|\\d{1,2}[.．、])，?"
)
# 我市|甲学院…, 全省首个: these speak of the name, or praise it.
_NOT: Final = (
    f"(?![^，。；与和同联携在对向为把将支推\ue000-\uf8ff]{{0,10}}{letters('SEPACLTN')})"
    "(?!首[个家所批创]|唯一|第[一二三]|领先|前列|最[早大先]|排名|率先|仅有|[^，。；]{0,4}的?首)"
)
OPENS: Final = re.compile(
    f"，?(?:{_WHEN}){{0,3}}(?:(?P<whole>{WHOLE}){_NOT}|{_COUNTRY}{_NOT}|{_EVERY}{_NOT}|{_CLASS}|{_MEETING})"
)
_NAMED: Final = re.compile(letters("SEPACLTNGXZ"))


def speaks_of_others(text: str, begin: int, end: int) -> bool:
    """Whether a clause speaks of somebody whom it does not name."""
    return OPENS.match(text, begin, end) is not None


def begins_with_others(text: str) -> bool:
    """Whether a sentence (as letters or as it stands) speaks of somebody else before it names anybody."""
    named = _NAMED.search(text)
    begin = 0
    while 0 <= begin < (named.start() if named else len(text)):
        if OPENS.match(text, begin):
            return True
        begin = text.find("，", begin) + 1 or -1
    return False
