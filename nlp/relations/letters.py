"""A letter for each kind of name (类别字母), from a private area of Unicode: 由重庆大学牵头 is read as 由S牵头."""

from __future__ import annotations

from typing import Final

_FIRST_LETTER: Final = 0xE000
KINDS: Final = [
    "School",
    "Enterprise",
    "Agency",
    "Park",
    "Consortium",
    "Region",
    "IndustryChain",
    "Specialty",
    "SpecialtyGroup",
    "ResearchPlatform",
    "TrainingBase",
    "IndustryCollege",
    "TalentProgram",
    "Occupation",
    "PolicyDocument",
    "SharedResource",
]
LETTER: Final = {kind: chr(_FIRST_LETTER + number) for number, kind in enumerate(KINDS)}
SHORT: Final = dict(
    zip("SEAPCRIXGLTNZODH", KINDS, strict=True)
)  # the letter that a frame writes for each kind
ANY: Final = f"[{LETTER[KINDS[0]]}-{LETTER[KINDS[-1]]}]"
BETWEEN: Final = (
    "(?:(?<=\ue00d)\\d{1,5}[余多]?[人名个]，|(?:\\d{1,5}[余多]?[人名个位])?(?:、|以及|或|及|"
    "(?:(?:\\d{4}年|去年|今年|近日|日前)?(?:\\d{1,2}月)?(?:\\d{1,2}日)?)(?:已|拟|将|计划|则|也|还|先后|再次|积极|正在?|分别|并|近日|日前|共同|长期){0,2}(?:与|和|同|联合|携手|牵手|会同)))"
)  # between the members of a list


def letters(kinds: str) -> str:
    """The letters of kinds for a regular expression: `letters("SE")` matches a school or an enterprise."""
    return "[" + "".join(LETTER[SHORT[letter]] for letter in kinds) + "]"


def listed(kinds: str, longest: int) -> str:
    """A list of names of these kinds: `S、S和E`; bounded, so that reading stays linear."""
    one = letters(kinds)
    return f"{one}(?:{BETWEEN}{one}){{0,{longest}}}"


# 等31家单位, and adverbs between a subject and what it does.
AND_OTHERS: Final = (
    "(?:等)?(?:[\\d一二两三四五六七八九十余多]{0,6}[家所个]?(?:首批|知名|龙头|头部|行业|骨干|链主|领军|重点|国内|本地|相关){0,3}"
    "(?:企业|公司|单位|高校|院校|学校|机构)?)?"
)
ADVERBS: Final = (
    "(?:(?:便|就|即|再|今后|未来|今年|去年|近日|日前|此前|现|又|还|已|已经|将|拟|也|并|先后|正在?|分别|则|均|都|再次|计划|长期|积极|主动|成功|率先|共|"
    "\\d{4}年|起|联手|深度|就此|双双|签约|签署协议|洽谈|协商)){0,4}"
)
