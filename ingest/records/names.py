"""The names in a cell (名称): which words name nothing, where one name ends, and what is written beside it.

People fill in a cell of names even where there is none to tell (暂未对接, 见附件, 20家): such words are no name. They
number names, put a label before them or a role behind them (院校：甲大学, 乙公司（理事长）), and break lines between
names as well as within one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ingest.records.body import body_label

_ADVERBS: Final = r"(?:暂时|暂|目前|当前|现|尚|还|仍|均|也|皆)*"
_THINGS: Final = (
    r"(?:具体|明确|固定|对应|相应|相关|合作|对接|成员|牵头|其他|其它|其余|的)*"
    r"(?:产业链|产业集群|产业|行业|专业群|专业|学科|课程|企业|公司|单位|学校|院校|高校|机构|部门|园区|平台|基地|岗位|职业|职位|工种"
    r"|成员|对象|名称|项目|内容|情况|信息|数据)?"
)
_DONE: Final = (
    r"(?:明确|确定|落实|对接|合作|开展|开设|设置|设立|建立|成立|组建|建设|建|签约|签订|填报|填写|填|提供|统计|核实|公布|涉及|适用"
    r"|入驻|加入|定|有|知|详|区分|分|限|需)"
)
_BODIES: Final = (
    r"(?:产业链|产业|行业|专业群|专业|企业|公司|单位|学校|院校|高校|机构|部门|园区|岗位|职业|工种|成员)?"
)
_MANY: Final = (
    r"(?:共计?|合计|约|近|超过?|有|各)*(?:\d+|[一二三四五六七八九十百千几数多]+|若干|众多|部分)余?多?"
)
_NOTHING: Final = re.compile(
    "|".join(
        (
            rf"{_ADVERBS}(?:未|没|不|无){_DONE}?{_DONE}{_THINGS}",
            rf"{_ADVERBS}(?:没有|无|缺){_THINGS}",
            rf"待(?:进一步)?(?:定|补|补充|填|填报|完善|确认|确定|核实|统计|明确|落实|签约|对接|议|商|商议|公布|开展|组建|建|建设){_THINGS}",
            r"(?:正在|尚在)?(?:洽谈|商谈|协商|磋商|对接|征集|筹备|筹建|申报|申请|统计|论证|推进|遴选)(?:中|阶段)",
            r"(?:正在|尚在)(?:洽谈|商谈|协商|磋商|对接|征集|筹备|筹建|申报|申请|统计|论证|推进|遴选)",
            r"(?:请|另|详|参|具体|具体详|具体参)见.{1,12}",
            r"见(?:附件|附表|附录|附页|附后|备注|名单|清单|说明|后附|后|下表|下页|上表|上|下|另表|人才培养方案|方案|文件|官网).{0,6}",
            r"(?:详细|具体)?(?:名单|清单)?(?:附后|后附)",
            rf"{_MANY}[家所个](?:以上|左右)?{_THINGS}(?:以上|左右)?",
            rf"(?:共计?|合计|约)*\d+余?(?:名|人|门|项|种|条|类)(?:以上|左右)?{_THINGS}",
            r"[\d.,，%％]+",
            r"(?:全部|所有|各类|各相关|各有关|多个|相关|有关|若干|部分|多家|其他|其它|其余){1,2}" + _BODIES,
            rf"{_THINGS}不限|不限{_THINGS}",
            r"[是否有略空等]|空白|空缺|缺|等等|从略|省略|同前|不详|不明|未知|未定|保密|不便透露|涉密|n\.?a\.?|tbd|tba|unknown",
            r"[^\w]*",
        )
    ),
    re.IGNORECASE,
)
_LONGEST_NOTHING: Final = 24
_LINES: Final = 8  # over which one name may be broken
_NEAR: Final = 120  # characters of what came before that tell whether a name goes on
_OTHERS: Final = r"等(?:(?:\d+|[一二三四五六七八九十百多]+)余?[家所个名])"
_OTHERS_COUNTED: Final = re.compile(rf"(?<=..){_OTHERS}.{{0,6}}$")
_WHOSE: Final = (
    r"(?:成员|参与|牵头|合作|共建|副?理事长?|发起|依托|支持|联合|行业|龙头|政府|职业|本科|[高中]职|主要)*"
)
_LABEL: Final = re.compile(
    rf"{_WHOSE}(?:院校|高校|学校|企业|公司|园区|部门|单位|平台|科研院所|科研机构|研究机构|行业组织|行业协会|协会|机构|成员)"
    r"(?:类|名单|成员|（[^（）]{1,8}）)?[:：](?=..)"
)
_ROLE: Final = re.compile(
    r"(?<=..)[（(](?:常务|执行|轮值|联合|共同|第[一二三])?"
    r"(?:副?理事长|副?会长|副?主任|理事|常务理事|秘书长|秘书处|牵头|主持|组长|成员|参与|发起|支持)(?:单位|院校|学校|高校|企业|方)?[)）]$"
)
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_COUNTED_OFF: Final = re.compile(rf"[（(]?(\d{{1,2}})(?:[)）、．]|\.(?!\d))|([{_CIRCLED}])")
_WHOLE: Final = re.compile(
    r"(?:有限公司|有限责任公司|大学|学校|职业学院|职业技术学院|技师学院|高等专科学校)$"
)
_APART: Final = re.compile(r"\s*/\s*|[^\S\n]+")
# What a name ends in: a line that is no more than the end of one of these goes on with the line before it.
_ENDINGS: Final = (
    "股份有限责任公司",
    "科技股份有限公司",
    "职业技术大学",
    "职业技术学院",
    "高等专科学校",
    "职业教育中心学校",
    "产教融合共同体",
    "产教联合体",
)
_TAILS: Final = frozenset(ending[start:] for ending in _ENDINGS for start in range(len(ending))) | {
    "集团公司"
}
_MARKS: Final = "、；;，,"
_BRACKETS: Final = re.compile(r"[（(][^（()）]*[)）]")


def names_nothing(text: str) -> bool:
    """Whether what stands in place of a name says that there is none, or none told: 暂未对接, 见附件, 20家企业, 不限.

    >>> [names_nothing(words) for words in ("暂未对接", "详见附件2", "共20家", "?", "无人机应用技术", "三一重工")]
    [True, True, True, True, False, False]
    """
    if len(text) > _LONGEST_NOTHING:
        return False
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").strip("()[]【】。.…，,；;")
    return _NOTHING.fullmatch(plain) is not None


def names_others(text: str) -> bool:
    """Whether a name stands for more that are not named: 甲学院等5所.

    >>> names_others("甲学院等5所"), names_others("乙高等学校")
    (True, False)
    """
    return _OTHERS_COUNTED.search(text) is not None


def alone(text: str) -> str:
    """A name without the label before it and the role behind it.

    >>> alone("院校：甲大学"), alone("乙公司（副理事长单位）"), alone("丙（中国）有限公司")
    ('甲大学', '乙公司', '丙（中国）有限公司')
    """
    bare = _ROLE.sub("", text)
    label = _LABEL.match(bare)
    return bare[label.end() :].strip() if label else bare


def told_apart(text: str) -> str:
    """The text of a cell with `、` between the names that numbers, strokes or blanks tell apart, and lines joined in one.

    >>> told_apart("1.甲公司2.乙公司"), told_apart("①甲公司②乙公司")
    ('、甲公司、乙公司', '、甲公司、乙公司')
    >>> told_apart("甲有限公司 乙有限公司"), told_apart("甲有限公司/乙大学"), told_apart("汽车检测/维修")
    ('甲有限公司、乙有限公司', '甲有限公司、乙大学', '汽车检测/维修')
    """
    text = _unwrapped(_counted_off(text))
    pieces = [piece for piece in _APART.split(text) if piece]
    if len(pieces) > 1 and all(map(_WHOLE.search, pieces)):
        return "、".join(pieces)
    return text


def _counted_off(text: str) -> str:
    """Names behind the numbers 1, 2, 3 …, which may follow each other without a blank."""
    cuts: list[tuple[int, int]] = []
    for mark in _COUNTED_OFF.finditer(text):
        number = int(mark[1]) if mark[1] else _CIRCLED.index(mark[2]) + 1
        if number != len(cuts) + 1 or (number == 1 and text[: mark.start()].strip()):
            continue
        cuts.append(mark.span())
    if len(cuts) < 2:
        return text
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return "".join(f"、{text[begin:end].strip()}" for (_, begin), end in zip(cuts, ends, strict=True))


def _unwrapped(text: str) -> str:
    """The text with the lines of one name joined; a break between two names stays.

    A line goes on with the next where that is but the end of a name (有限公司), or where it is as long as lines get
    here, is no whole name of a body, and the lines after it make it one.
    """
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if len(lines) < 2:
        return text
    width = max(map(len, lines)) - 1
    joined = [lines[0]]
    for at, line in enumerate(lines[1:], start=1):
        last, first = re.split(f"[{_MARKS}]", _bare(joined[-1][-_NEAR:]))[-1], _first(line)
        wraps = first in _TAILS or (
            len(lines[at - 1]) >= width
            and body_label(last) is None
            and _closes(lines[at : at + _LINES], width)
        )
        if last and first and wraps:
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)


def _first(line: str) -> str:
    return re.split(f"[{_MARKS}]", _bare(line), maxsplit=1)[0].strip()


def _bare(line: str) -> str:
    """A line without what stands in its brackets; nobody nests them deeper."""
    for _ in range(3):
        line = _BRACKETS.sub("", line)
    return line


def _closes(lines: list[str], width: int) -> bool:
    """Whether these lines, of which all but the last are full, end as the name of a body does."""
    for line in lines:
        if body_label(_first(line)) is not None:
            return True
        if len(line) < width or _first(line) != _bare(line):
            return False
    return False
