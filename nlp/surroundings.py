"""Where a name begins (名称左边界): walk left from a suffix over the words, and tell a name from a generic phrase.

Chinese writes names without spaces, so `支持重庆市智能网联新能源汽车产教联合体` must be cut after `支持`. The walk
stops at punctuation, function words and verbs that do not occur inside names; then what cannot begin a name is
stripped. What is left without a single telling word (`高水平产业学院`) is generic and no name at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from spacy.tokens import Doc

from nlp.names import names
from nlp.words import Words

LONGEST_NAME: Final = 36

# Tags (jieba) that end a name on its left: prepositions, conjunctions, particles, pronouns, adverbs, time, …
_STOP_TAGS: Final = frozenset(
    ("p", "c", "u", "uj", "ul", "ud", "uv", "uz", "ug", "r", "rr", "rz", "d", "y", "e", "o", "t")
)
NOMINAL_VERBS: Final = frozenset(
    [
        "制造",
        "加工",
        "服务",
        "开发",
        "投资",
        "控股",
        "研究",
        "创新",
        "设计",
        "管理",
        "检测",
        "测试",
        "销售",
        "运营",
        "教育",
        "培训",
        "工程",
        "合成",
        "育种",
        "养殖",
        "种植",
        "冶炼",
        "铸造",
        "锻造",
        "焊接",
        "装备",
        "装配",
        "装饰",
        "印刷",
        "包装",
        "运输",
        "储运",
        "仓储",
        "物流",
        "通信",
        "通讯",
        "导航",
        "控制",
        "传动",
        "传感",
        "显示",
        "照明",
        "发电",
        "输电",
        "配电",
        "供电",
        "供应",
        "勘探",
        "勘察",
        "勘测",
        "设备",
        "维修",
        "维护",
        "检修",
        "检验",
        "监测",
        "鉴定",
        "认证",
        "咨询",
        "营销",
        "贸易",
        "会计",
        "护理",
        "康复",
        "治疗",
        "医疗",
        "保健",
        "保险",
        "担保",
        "租赁",
        "融资",
        "信托",
        "广告",
        "传播",
        "出版",
        "广播",
        "表演",
        "融合",
        "协同",
        "网联",
        "互联",
        "集成",
        "应用",
        "转化",
        "孵化",
        "育成",
        "试验",
        "实验",
        "实训",
        "实践",
        "实习",
        "联动",
        "共享",
        "发展",
        "改革",
        "规划",
        "建设",
        "建筑",
        "建造",
        "施工",
        "安装",
        "环保",
        "治理",
        "节能",
        "储能",
        "回收",
        "再生",
        "利用",
        "处理",
        "防治",
        "救援",
        "救护",
        "安全",
        "保障",
        "监督",
        "监管",
        "指导",
        "学习",
        "教学",
        "师范",
        "函授",
        "广电",
        "开放",
        "示范",
        "交通",
        "航空",
        "航天",
        "航海",
        "造船",
        "汽修",
        "烹饪",
        "纺织",
        "服装",
        "染整",
        "编织",
        "刺绣",
        "雕刻",
        "创意",
        "动漫",
        "软件",
        "信息",
        "计算",
        "化工",
        "冶金",
        "选矿",
        "采矿",
        "炼油",
        "石化",
        "钢铁",
        "有色",
        "粮食",
        "食品",
        "酿造",
        "饲料",
        "兽医",
        "畜牧",
        "水产",
        "生产",
        "机械",
        "自动化",
        "卫星",
        "推进",
        "数控",
        "数据",
        "分析",
        "集团",
        "生物",
        "联网",
        "测绘",
        "测量",
        "遥感",
        "封装",
        "制药",
        "制剂",
        "制冷",
        "驾驶",
        "维保",
        "重工",
        "联通",
        "移动",
        "通用",
        "进出口",
        "出口",
        "进口",
        "配送",
    ]
)
_BREAKING: Final = frozenset(
    [
        "会同",
        "委托",
        "建议",
        "支持",
        "联合",
        "携手",
        "邀请",
        "通知",
        "批准",
        "同意",
        "要求",
        "鼓励",
        "引导",
        "负责",
        "牵头",
        "促进",
        "落实",
        "提升",
        "优化",
        "结合",
        "紧密",
        "做好",
        "办好",
    ]
)
_FUNCTION: Final = frozenset(
    "好让些较的了在是由为将把对从向到于有被让使等个家所名之其此该各每第约近超较最更又也都并且或即就只不未已着过赴来去请邀同跟给替令叫派送签设建办"
    "做当任像如入进出上下内外里前后间时起达现经按据依沿随至自用以可能会要应须需想敢愿找看听说讲问占增减升降共拟获赢评选列属含包缺少多我你"
    "他她它们这那某本年月日时曾正即仍还再很非无"
)
_INNER: Final = frozenset("和与及中")
_LEADING: Final = frozenset(
    [
        "调整",
        "优化",
        "紧密",
        "结合",
        "促进",
        "落实",
        "提升",
        "壮大",
        "做大",
        "做强",
        "形成",
        "布局",
        "引导",
        "鼓励",
        "改造",
        "支撑",
        "带动",
        "扶持",
        "推广",
        "普及",
        "振兴",
        "开展",
        "支持",
        "推动",
        "建设",
        "发展",
        "打造",
        "成立",
        "组建",
        "联合",
        "合作",
        "服务",
        "开发",
        "管理",
        "创新",
        "培训",
        "研究",
        "设计",
        "共建",
        "共同",
        "学习",
        "借鉴",
        "参与",
        "牵头",
        "现有",
        "拥有",
        "国有",
        "会同",
        "依托",
        "通过",
        "组织",
        "指导",
        "推进",
        "加快",
        "加强",
        "深化",
        "培育",
        "实施",
        "建立",
        "完善",
        "设立",
        "新增",
        "入选",
        "获批",
        "引进",
        "引入",
        "走进",
        "对接",
        "邀请",
        "委托",
        "携手",
        "走访",
        "考察",
        "调研",
        "申报",
        "认定",
        "授予",
        "代表",
        "作为",
        "以及",
        "利用",
        "应用",
        "保障",
        "规划",
        "改革",
        "融合",
        "协同",
        "指",
        "改",
        "成员",
        "包括",
        "其中",
        "分别",
        "来自",
        "覆盖",
        "面向",
        "聚焦",
        "围绕",
        "由",
        "学校",
        "学院",
        "企业",
        "公司",
        "单位",
        "我校",
        "该校",
        "院校",
        "等",
        "名",
        "家",
        "所",
        "个",
        "项",
        "批",
        "会上",
        "现场",
        "目前",
        "近日",
        "市",
        "区",
        "县",
        "省",
        "全市",
        "全省",
        "责任",
        "主任",
        "校长",
        "院长",
        "书记",
        "经理",
        "总经理",
        "董事长",
        "教授",
        "记者",
    ]
)
_STRIP: Final = re.compile(
    r"^(?:国家级|省级|市级|区级|县级|校级|首批|"
    r"第[一二三四五六七八九十\d]+批|一批|一个|若干|多个|多家|重点|相关|有关|所属|"
    r"各|该|本|等|和|与|及|的|之|名|所|家|个|项|座|级|批|内|间|即|向|将|"
    r"把|从|在|由|为|是|有|以|对|了|着|过|并|也|又|都|"
    r"\d+|[一二三四五六七八九十两]+(?=[个家所项座批名]))"
)
_ASCII_NAME: Final = re.compile(r"[A-Za-z0-9&\-·+.]+")
_GENERIC: Final = re.compile("|".join(sorted(map(re.escape, names("generic")), key=len, reverse=True)))
_BRACKETED: Final = re.compile(r"[（(](?![一二三四五六七八九十]{1,3}[）)])[\u4e00-\u9fffA-Za-z]{1,8}[）)]$")


def _passes(word: str, tag: str, lenient: bool) -> bool:
    if word in _INNER or word in _FUNCTION or word in _BREAKING:
        return False
    if len(word) == 1 and "\u4e00" <= word <= "\u9fff":
        return True  # an unknown brand falls into single characters: 天合, 赛瓦
    if tag == "x":
        return bool(_ASCII_NAME.fullmatch(word))
    if word in NOMINAL_VERBS or tag == "vn":
        return True
    if tag in _STOP_TAGS:
        return word in ("现代", "未来", "近代", "当代")
    if tag == "v":
        return lenient and len(word) > 1 and word not in _LEADING
    return True


def name_start(doc: Doc, suffix: int, stops: Collection[int] = (), *, lenient: bool = False) -> int:
    """Where the name begins whose suffix stands at `suffix`; `suffix` itself where nothing before it belongs to it.

    `stops` are offsets that the walk does not cross, such as the end of the name before. A name of the catalogue
    is passed as a whole. `lenient` lets verbs pass that do not introduce names (full company names hold many).
    """
    text, words, passable = doc._.words.content, doc._.words, doc._.passable
    floor = max([suffix - LONGEST_NAME, 0, *(stop for stop in stops if stop <= suffix)])
    position = suffix
    while position > floor:
        known = passable.get(position)
        if known is not None and known >= floor:
            position = known
            continue
        bracket = _BRACKETED.search(text, max(floor, position - 10), position)
        if bracket:
            position = bracket.start()
            continue
        index = words.index(position - 1)
        word, tag, start = words.texts[index], words.tags[index], words.starts[index]
        if start < floor:
            break
        inside = text[start:position]  # a word that reaches into the suffix counts by its part before it
        if len(inside) < len(word) and len(word) > 1:
            tag = "n"
        if not _passes(inside, tag, lenient):
            break
        position = start
    return strip_left(text, words, position, suffix)


def strip_left(text: str, words: Words, start: int, end: int) -> int:
    """`start` moved right past what cannot begin a name: numerals with classifiers, ranks, introducing verbs."""
    while start < end:
        index = words.index(start)
        word = text[start : min(end, words.starts[index] + len(words.texts[index]))]
        if word in _LEADING and start + len(word) < end:
            start += len(word)
            continue
        junk = _STRIP.match(text, start, end)
        if not junk or (len(junk.group()) == 1 and len(word) > 1):
            return start
        start = junk.end()
    return start


def residue(head: str) -> str:
    """What is left of a phrase without its generic words: empty where it names nothing.

    >>> residue("高水平现代"), residue("智能制造高水平")
    ('', '智能制造')
    """
    return _GENERIC.sub("", head)
