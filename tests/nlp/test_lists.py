"""Lists and rows: of members that no catalogue has, the list says what they are; what looks like them is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.coinage import is_coined

Named = Callable[[str], set[tuple[str, str]]]

FIRMS = [
    # what closes the list says it
    ("株洲先后引进沃莱、睿邦、富士康等智能终端项目36个。", {"沃莱", "睿邦"}),
    ("园内已有双汇、伊利、旺旺、泓沛等重点食品企业20余家。", {"旺旺", "泓沛"}),
    ("西宁联合青海塬创、青海盛禾、青海丰稷3家龙头企业组建理事会。", {"青海塬创", "青海丰稷"}),
    ("兰石集团等15户已经建成，恒欣物流等9户准备开工。", {"恒欣物流"}),
    # what stands before it says it
    ("园区现有入驻企业96家，顺丰、云集达、京东、川盛等均在其中。", {"云集达", "川盛"}),
    ("以医药为主，代表企业有江西汇仁药业、九江润禾制药。", {"江西汇仁药业", "九江润禾制药"}),
    # several that are known speak for the others
    ("汇聚了联芯、士兰微、华为、瀚川、三安等。", {"瀚川"}),
    # a trade behind a coined word, outside of lists
    ("宿迁的“瞪羚企业”一禾制药扩建厂房。", {"一禾制药"}),
    ("隆禾生物投资3亿元。", {"隆禾生物"}),
    ("湛江滨畅食品与学校签约。", {"湛江滨畅食品"}),
    ("晟科速递在无锡投资建设分拨中心。", {"晟科速递"}),
    # who it is said to be, and whose project it is
    ("园内有焊带供应商泽润光电、链主企业瑞腾新材。", {"泽润光电", "瑞腾新材"}),
    ("开工的有总投资3亿元的朗拓储能电池项目。", {"朗拓"}),
    ("集成电路领域，沪硅、芯畅、凌微加快建设。", {"沪硅", "芯畅", "凌微"}),
    # without what leads to them
    ("园区入驻企业8家，其中瑞禾药业、宏昊药业在建。", {"瑞禾药业", "宏昊药业"}),
    ("当地的龙头企业衢州元立金属制品有限公司增资。", {"衢州元立金属制品有限公司"}),
]
NO_FIRMS = [
    "全区有智能终端、新型显示、集成电路等重点企业80家。",
    "引进了德国、日本、韩国等地的技术。",
    "发展智慧物流、智慧农业、数字文创等产业。",
    "张卓、李嘉吉、王朵等教师获奖。",
    "学生在铣工、磨工、钳工等岗位实习。",
    "建成智慧农业、智慧物流实训室。",
    "围绕做优机器人、做强新材料招商。",
]
CHAINS = [
    ("形成“蔗糖—制浆—造纸—生物质发电”完整产业链。", {"蔗糖", "制浆", "生物质发电"}),
    ("福建建成从磷矿、磷酸铁到动力电池的完整链条。", {"磷酸铁", "动力电池"}),
    ("对接南宁“林浆纸一体化”与“新能源电池”两大特色产业链。", {"林浆纸一体化", "新能源电池"}),
    (
        "重点产业链由5条增加到8条，分别是白酒、能源、核医疗、装备制造（含机器人）。",
        {"白酒", "核医疗", "机器人"},
    ),
    ("氟硅产业链以有机硅材料、含氟聚合物、电子化学品为重点。", {"有机硅材料", "含氟聚合物", "电子化学品"}),
    ("盐池县的滩羊产业产值过百亿元。", {"滩羊产业"}),
    ("洛阳是拖拉机产业链的链主所在地。", {"拖拉机产业链"}),
    ("聚焦柳州市“5+5”重点产业集群。", {"“5+5”重点产业集群"}),
    ("在汉中重点化发展智能装备产业集群。", {"智能装备产业集群"}),
    ("兰州市集药材种植、中药饮片加工、医药物流于一体。", {"中药饮片加工", "医药物流"}),
    ("产业平台重点承载纺织服装、光伏及储能、生命健康等4条产业链。", {"光伏及储能", "生命健康"}),
    ("湖州构筑世界级智能电梯产业集群。", {"智能电梯产业集群"}),
    ("发展拉晶、切片等上游产业，延伸电池片、电池组件等中游产业。", {"电池组件"}),
]
NO_CHAINS = [
    ("我省着力培育富民产业、替代产业和标志性产业链。", {"替代产业", "富民产业", "标志性产业链"}),
    ("形成“招生—培养—就业”完整链条。", {"招生", "培养", "就业"}),
    ("实现从入学到毕业的全链条育人。", {"入学", "毕业"}),
    ("产业工人队伍的产业素养得到提升。", {"产业工人"}),
    ("紧缺行业依次为建筑材料业6.08%、卫生业5.78%。", {"建筑材料业6.08%", "卫生业5.78%"}),
]


@pytest.mark.parametrize(("text", "firms"), FIRMS)
def test_a_list_or_a_trade_says_who_is_a_firm(named: Named, text: str, firms: set[str]) -> None:
    assert firms <= {surface for kind, surface in named(text) if kind == "Enterprise"}


@pytest.mark.parametrize("text", NO_FIRMS)
def test_lists_of_other_things_hold_no_firms(named: Named, text: str) -> None:
    assert {surface for kind, surface in named(text) if kind == "Enterprise"} == set()


@pytest.mark.parametrize(("text", "chains"), CHAINS)
def test_the_members_of_a_chain_are_industries(named: Named, text: str, chains: set[str]) -> None:
    assert chains <= {surface for kind, surface in named(text) if kind == "IndustryChain"}


@pytest.mark.parametrize(("text", "others"), NO_CHAINS)
def test_what_is_drawn_or_called_alike_is_no_industry(named: Named, text: str, others: set[str]) -> None:
    assert not others & {surface for kind, surface in named(text) if kind == "IndustryChain"}


def test_a_coined_word_is_none_of_the_language() -> None:
    assert all(is_coined(word) for word in ("朵唯", "卓盛", "瀚川"))
    assert not any(is_coined(word) for word in ("高端", "碳纤维", "智慧", "做强的", "机器人"))
