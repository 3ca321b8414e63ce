"""`incentives` by hand: the instruments of policy that measures use."""

from __future__ import annotations

import re

from benchmarks.beside.plain import Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.tasks import responsible_for, set_by

WORDS = {
    "财政": (
        *("奖补", "补助", "补贴", "经费", "专项资金", "统筹资金", "资金支持", "财政", "拨款"),
        *("教育费附加", "教育附加", "抵免", "减免", "税收", "退税"),
    ),
    "金融": ("贷款", "信贷", "融资", "贴息", "担保", "保险", "债券", "基金", "金融支持", "金融服务"),
    "土地": ("用地", "土地", "划拨", "提供厂房", "提供场地", "免费场地"),
    "信用": ("信用", "守信", "失信", "红名单", "黑名单"),
}
NO_FUND = "基金项目"  # is research, no instrument
GROUPS = (
    *(
        "产教融合型企业",
        "产教融合型城市",
        "产教联合体",
        "联合体",
        "产业学院",
        "实训基地",
        "公共实训",
        "专业群",
    ),
    *("成员企业", "企业", "职业院校", "院校", "学校", "学生", "教师"),
)
MONEY = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*[余多]?(百万|千万|千|万|亿)?元")
FACTORS = {"": 1, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}


def loop(plain: Plain) -> list[Row]:
    """One row a measure and instrument."""
    bodies, found = responsible_for(plain), []
    for measure, (document, claims) in set_by(plain).items():
        if label(measure) != "Measure":
            continue
        text = plain.value(measure, "text") or plain.named(measure)[0]
        said = text.replace(NO_FUND, "")
        instruments = [name for name, words in WORDS.items() if any(word in said for word in words)]
        if not instruments:
            continue
        groups, left = [], text
        for group in GROUPS:
            if group in left:
                groups.append(group)
                left = left.replace(group, "＿")
        amounts = [
            f"{float(number.replace(',', '')) * FACTORS[unit]:.12g}" for number, unit in MONEY.findall(text)
        ]
        due, own = plain.value(measure, "due"), bodies.get(measure, {})
        responsible = [claim for told in own.values() for claim in told]
        row = {
            "measure": plain.named(measure),
            "document": plain.named(document),
            "agencies": plain.names(own),
            "groups": tuple(groups),
            "amounts": tuple(amounts),
            "due": due,
            "text": text,
            **rests_on(in_turn(telling(claims, 3), telling(responsible, 2)), surest(claims)),
        }
        for instrument in instruments:
            lacks = {
                "对象": not groups,
                "责任单位": not own,
                "金额": instrument in ("财政", "金融") and not amounts,
                "期限": due is None,
            }
            missing = tuple(word for word, lacking in lacks.items() if lacking)
            found.append({**row, "instrument": instrument, "missing": missing})
    return found
