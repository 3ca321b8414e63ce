"""Why something that a language model answered was not taken (不予采用的原因)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum
from typing import Final

from graph.language import Text


class Reason(Enum):
    """The reasons, each in both languages."""

    UNREADABLE = Text("应答不是约定的 JSON", "the answer is not the JSON that was asked for")
    CUT = Text(
        "应答未完（可调大 LIANTU_MODEL_TOKENS）", "the answer was cut short (raise LIANTU_MODEL_TOKENS)"
    )
    TOO_LARGE = Text("应答过大", "the answer is too large")
    DECLINED = Text("模型服务不受理这段文字", "the server declined the text")
    SHAPE = Text("条目缺项或类型不对", "an item lacks a field or has one of the wrong type")
    FIELD = Text("多余的字段，不予理会", "fields that were not asked for, left out")
    TOO_MANY = Text("条目过多", "too many items")
    KIND = Text("本体没有这一类", "no kind of the ontology")
    NOT_IN_TEXT = Text("引文不在原文中", "words that do not stand in the text")
    NO_NAME = Text("不像名称", "words that are no name")
    NO_END = Text("一端不是引文中的名称", "an end that is no name in the quote")
    ENDS = Text("关系的两端不合本体", "ends that the ontology does not allow")
    DENIED = Text("原文是否定的", "what the text denies")
    STATUS = Text("没有这种状态", "no such status")
    NO_DATE = Text("期限不是日期", "a due date that is no date")
    NO_NUMBER = Text("不是可计的数量", "no number that counts something")
    RULES = Text("与规则所读重叠而不同，从规则", "at odds with what the rules read there, which stands")


MOST_TOLD: Final = 6


def in_words(refused: Mapping[Reason, int]) -> Text:
    """Counts with their reasons, the most frequent first."""
    told = Counter(refused).most_common(MOST_TOLD)
    rest = sum(refused.values()) - sum(count for _, count in told)
    zh = "，".join(f"{reason.value.zh} {count}" for reason, count in told)
    en = "; ".join(f"{reason.value.en}: {count}" for reason, count in told)
    return Text(zh + (f"，其他 {rest}" if rest else ""), en + (f"; others: {rest}" if rest else ""))
