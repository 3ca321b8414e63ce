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
LONGEST_LIST: Final = 60  # members of a list that are read: bounded, so that reading stays linear
_NAME: Final = "\ue000-\uf8ff"
_BODY: Final = "(?:企业|公司|单位|高校|院校|学校|机构|集团|园区|厂商|巨头|组织|平台)"
# Behind a member: 等专精特新企业, 等航空制造产业链龙头企业 (a chain is one letter).
_CLASS_OF: Final = f"等[^。；，、{_NAME}]{{0,12}}{LETTER['IndustryChain']}?[^。；，、{_NAME}]{{0,8}}{_BODY}"
# Before a member: 与|行业龙头企业|甲公司, 与|省内知名的|甲公司.
_PRAISED: Final = f"(?:[^。；，、和与及{_NAME}]{{0,8}}(?:{_BODY}|知名的|领先的|百强))?"
_CALLED: Final = (
    f"(?:（[^（）。；，、{_NAME}]{{1,8}}）(?=、|和|与|及|以及))?"  # behind a member: 甲公司（企业）、
)
BETWEEN: Final = (
    f"(?:{_CALLED}(?:(?<=\ue00d)\\d{{1,5}}[余多]?[人名个]，|(?:\\d{{1,5}}[余多]?[人名个位])?(?:{_CLASS_OF})?"
    "(?:、|，?以及|或|，?及|"
    "(?:，(?=联合|携手|牵手|会同|以及|并(?:联合|携手|与)))?(?:(?:\\d{4}年|去年|今年|近日|日前)?(?:\\d{1,2}月)?(?:\\d{1,2}日)?)(?:已|拟|将|计划|则|也|还|先后|再次|积极|正在?|分别|并|近日|日前|共同|长期){0,2}(?:与|和|同|联合|携手|牵手|会同))"
    f"(?:[\u4e00-\u9fffA-Za-z0-9]{{2,18}}?(?:、|以及|和|与)){{0,3}}{_PRAISED}))"
)  # between the members of a list


def spread(kinds: str, longest: int = LONGEST_LIST) -> str:
    """Names of these kinds anywhere in a stretch of a sentence: `S电子系联合E、E等单位，以及P`."""
    one = letters(kinds)
    other = f"[^。；{one[1:-1]}]"
    return f"{one}(?:{other}{{0,24}}{one}){{0,{longest}}}"


def letters(kinds: str) -> str:
    """The letters of kinds for a regular expression: `letters("SE")` matches a school or an enterprise."""
    return "[" + "".join(LETTER[SHORT[letter]] for letter in kinds) + "]"


def listed(kinds: str, longest: int = LONGEST_LIST) -> str:
    """A list of names of these kinds: `S、S和E`; bounded, so that reading stays linear."""
    one = letters(kinds)
    return f"{one}(?:{BETWEEN}{one}){{0,{longest}}}"


# 等31家单位, 等行业龙头企业, 三方, and adverbs between a subject and what it does.
AND_OTHERS: Final = (
    f"(?:{_CLASS_OF}|(?:等)?(?:(?:政校企|校政企|政校|校企|校地|政行校企)?[两三四五]方|"
    "[\\d一二两三四五六七八九十余多]{0,6}[家所个]?(?:首批|知名|龙头|头部|行业|骨干|链主|领军|重点|国内|本地|相关){0,3}"
    "(?:企业|公司|单位|高校|院校|学校|机构)?))?"
)
ADVERBS: Final = (
    "(?:(?:便|就|即|再|今后|未来|今年|去年|近日|日前|此前|现|又|还|已|已经|将|拟|也|并|先后|正在?|分别|则|均|都|再次|计划|长期|积极|主动|成功|率先|共|"
    "\\d{4}年|起|联手|深度|就此|双双|签约|签署协议|洽谈|协商)){0,4}"
)
# 联合体联合甲、乙等20家单位: they join it; whom it does something with (联合甲共建丙学院) need not.
ALLIES: Final = (
    "联合(?![^。；，]{0,60}?(?:共建|共同|合作|开展|举办|承办|举行|发布|研发|申报|建设|打造|开发|培养|制定|编写|实施|"
    "建立|设立|成立|组建|签))"
)
