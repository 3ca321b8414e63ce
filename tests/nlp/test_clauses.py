"""Whole sentences of many places, each with everything that it states of builders, partners, groups and chains.

What a sentence does not state is as much part of the expectation: the sets are compared as a whole.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Stated, misread


def each(kind: str, heads: str, tails: str) -> set[tuple[str, str, str]]:
    """The claims of a kind between names that are written one behind the other, with spaces between."""
    return {(kind, head, tail) for head in heads.split() for tail in tails.split()}


SENTENCES = [
    (  # a ceremony names who builds
        "7月8日，湖南汽车工程职业大学、三一重工股份有限公司、株洲经济开发区三方联合举行株洲轨道交通产业学院揭牌仪式。",
        each("CO_BUILDS", "湖南汽车工程职业大学 三一重工股份有限公司 株洲经济开发区", "株洲轨道交通产业学院")
        | each("COOPERATES_WITH", "湖南汽车工程职业大学", "三一重工股份有限公司"),
    ),
    (
        "会上，兰州石化职业技术大学与金川集团的“金川卓越工匠班”正式开班。",
        each("CO_BUILDS", "兰州石化职业技术大学 金川集团", "金川卓越工匠班")
        | each("COOPERATES_WITH", "兰州石化职业技术大学", "金川集团"),
    ),
    (  # who attends does not build
        "徐州市领导陪同三一重工股份有限公司总经理参观江苏建筑职业技术学院现代建造产业学院。",
        set(),
    ),
    (  # passive, with a comma and members of several classes
        (
            "宜宾职业技术学院动力电池产业学院，由宜宾职业技术学院联合四川时代新能源科技有限公司等链主企业，"
            "以及宜宾三江新区共同建设。"
        ),
        each(
            "CO_BUILDS",
            "宜宾职业技术学院 四川时代新能源科技有限公司 宜宾三江新区",
            "宜宾职业技术学院动力电池产业学院",
        )
        | each("COOPERATES_WITH", "宜宾职业技术学院", "四川时代新能源科技有限公司"),
    ),
    (  # who runs it did not build it
        "佛山市智能制造公共实训中心由佛山职业技术学院负责运营。",
        set(),
    ),
    (  # how it is done does not stand between who and what
        "九江职业大学与江西铜业集团有限公司按照“校中厂、厂中校”模式共建铜加工产业学院。",
        each("CO_BUILDS", "九江职业大学 江西铜业集团有限公司", "铜加工产业学院")
        | each("COOPERATES_WITH", "九江职业大学", "江西铜业集团有限公司"),
    ),
    (  # a group, its core, and what stands beside it
        "黑龙江农业工程职业学院现代农机专业群以机电一体化技术专业为核心，数控技术、农业装备应用技术专业为支撑。",
        each("HOSTS", "黑龙江农业工程职业学院", "现代农机专业群")
        | each("INCLUDES", "现代农机专业群", "机电一体化技术 数控技术 农业装备应用技术"),
    ),
    pytest.param(  # that the school offers what it builds a group of is not said here
        "潍坊职业学院构建以化工智能制造技术专业为核心，涵盖分析检验技术、环境监测技术的绿色化工专业群。",
        each("HOSTS", "潍坊职业学院", "绿色化工专业群")
        | each("INCLUDES", "绿色化工专业群", "化工智能制造技术 分析检验技术 环境监测技术"),
        marks=misread,
    ),
    (  # stages of a chain and who is in them
        "在动力电池环节，全市已集聚宁德时代、国轩高科、海辰等一批龙头企业。",
        each("OPERATES_IN", "宁德时代 国轩高科 海辰", "动力电池"),
    ),
    (
        "宜春锂电产业链上游为碳酸锂，中游为正极材料、电解液，下游为动力电池。",
        each("PART_OF", "碳酸锂 正极材料 电解液 动力电池", "锂电产业链")
        | each("UPSTREAM_OF", "碳酸锂", "正极材料 电解液")
        | each("UPSTREAM_OF", "正极材料 电解液", "动力电池"),
    ),
    (  # a stage of teaching is none of a chain
        "学校在实训环节与教学环节中严格管理，上游企业参与评价。",
        set(),
    ),
    (
        "常州大学集成电路产业学院的成立，将为当地集成电路产业发展提供人才支撑。",
        each("SERVES", "常州大学集成电路产业学院", "集成电路产业"),
    ),
    (  # what a school offers: counted first, named after
        "青岛海洋技师学院设有12个专业，其中船舶驾驶、轮机管理、船舶焊接等专业被列为省级骨干专业。",
        each("OFFERS", "青岛海洋技师学院", "船舶驾驶 轮机管理 船舶焊接"),
    ),
    (
        "拉萨市第二中等职业技术学校以唐卡绘画、藏式家具制作专业见长。",
        each("OFFERS", "拉萨市第二中等职业技术学校", "唐卡绘画 藏式家具制作"),
    ),
    (
        "延边职业技术学院升格已满两年。学校现有18个专业，首批本科专业包括中药学、护理。",
        each("OFFERS", "延边职业技术学院", "中药学 护理"),
    ),
    ("淮北职业技术学院未开设煤矿开采技术专业。", set()),
    ("该企业不再与学校合作，学院取消了焊接专业。", set()),
    (  # for whom
        "针对福耀玻璃、祥鑫科技等企业的用工需求，福清卫生学校定向培养质检人才。",
        each("COOPERATES_WITH", "福清卫生学校", "福耀玻璃 祥鑫科技"),
    ),
    (  # groups in a counted list, behind a time
        "三亚航空旅游职业学院今秋招生；到2026年末将逐步建成空中乘务、机场运行、航空物流等4个专业群。",
        each("HOSTS", "三亚航空旅游职业学院", "空中乘务 机场运行 航空物流"),
    ),
    (
        "丽江师范高等专科学校建有旅游管理与服务、文化创意两大专业群。",
        each("HOSTS", "丽江师范高等专科学校", "旅游管理与服务 文化创意"),
    ),
    (  # what was added serves, not the school
        "松原职业技术学院增设油气储运技术、石油工程技术专业，适应吉林装备制造产业发展需求。",
        each("OFFERS", "松原职业技术学院", "油气储运技术 石油工程技术")
        | each("SERVES", "油气储运技术 石油工程技术", "装备制造产业"),
    ),
    ("滨海新区首个职业教育产业学院落户开发区。", set()),  # none is named
    (  # a member that nothing knows does not break the list
        (
            "辽宁机电职业技术学院与辽东仪器仪表研发部、丹东东方测控技术股份有限公司"
            "共建的丹东仪器仪表产业学院揭牌。"
        ),
        each("CO_BUILDS", "辽宁机电职业技术学院 丹东东方测控技术股份有限公司", "丹东仪器仪表产业学院")
        | each("COOPERATES_WITH", "辽宁机电职业技术学院", "丹东东方测控技术股份有限公司"),
    ),
    (  # with whom, then about what, then that they agreed
        "郑州旅游职业学院分别与河南航空港发展投资集团有限公司、中原龙浩航空有限公司等重点企业，就建设实训基地达成一系列合作。",
        each("COOPERATES_WITH", "郑州旅游职业学院", "河南航空港发展投资集团有限公司 中原龙浩航空有限公司"),
    ),
    (  # specialties are put together to a group, which then serves
        "宁夏葡萄酒与防沙治沙职业技术学院将葡萄酒营销与服务、酿酒技术等专业组建为葡萄酒专业群，对接贺兰山东麓葡萄酒产业。",
        each("HOSTS", "宁夏葡萄酒与防沙治沙职业技术学院", "葡萄酒专业群")
        | each("INCLUDES", "葡萄酒专业群", "葡萄酒营销与服务 酿酒技术")
        | each("OFFERS", "宁夏葡萄酒与防沙治沙职业技术学院", "葡萄酒营销与服务 酿酒技术")
        | each("SERVES", "葡萄酒专业群", "贺兰山东麓葡萄酒产业"),
    ),
    (
        "驱动电机、电控等环节集聚了汇川技术、精进电动等企业。",
        each("OPERATES_IN", "汇川技术 精进电动", "驱动电机 电控"),
    ),
    (  # two sides together do not make the firm one of the industry
        "石河子大学与新疆天业集团签约，双方将围绕化工产业开展人才培养。",
        each("COOPERATES_WITH", "石河子大学", "新疆天业集团"),
    ),
    (
        "该联盟由绍兴市教育局指导，理事会换届工作尚未完成，由浙江震元股份有限公司负责会务。",
        set(),
    ),
    (  # a firm among schools
        "中国航发集团面向沈阳航空职业技术学院、西安航空职业技术学院等院校开展定向培养。",
        each("COOPERATES_WITH", "沈阳航空职业技术学院 西安航空职业技术学院", "中国航发集团"),
    ),
    (  # what is built for an industry serves it
        "哈尔滨职业技术大学围绕航空航天产业与哈尔滨电气集团有限公司合办了智能装备产业学院。",
        each("SERVES", "智能装备产业学院", "航空航天产业")
        | each("CO_BUILDS", "哈尔滨职业技术大学 哈尔滨电气集团有限公司", "智能装备产业学院")
        | each("COOPERATES_WITH", "哈尔滨职业技术大学", "哈尔滨电气集团有限公司"),
    ),
    (
        "合肥新能源汽车产业链上游的动力电池、驱动电机与中游的整车制造协同发展。",
        each("PART_OF", "动力电池 驱动电机 整车制造", "新能源汽车产业链")
        | each("UPSTREAM_OF", "动力电池 驱动电机", "整车制造"),
    ),
    (  # it is firms that need them, which firms is not said
        "金华职业技术大学围绕动力电池增设新能源材料应用技术专业，企业急需电池工艺工程师。",
        each("SERVES", "新能源材料应用技术", "动力电池")
        | each("OFFERS", "金华职业技术大学", "新能源材料应用技术"),
    ),
    (
        "太原学院牵头开发的旅游管理在线精品课程向兄弟院校开放。",
        each("SHARES", "太原学院", "旅游管理在线精品课程"),
    ),
    (  # several plates at one ceremony
        "会上还为中通快递“现场工程师试点班”、顺丰速运“快递工匠班”揭牌。",
        each("CO_BUILDS", "中通快递", "现场工程师试点班") | each("CO_BUILDS", "顺丰速运", "快递工匠班"),
    ),
    (
        "石家庄财经职业学院的合作企业京东物流设立奖学金，学生到顺丰速运、中通快递等企业实习。",
        each("COOPERATES_WITH", "石家庄财经职业学院", "京东物流 顺丰速运 中通快递"),
    ),
    (  # who takes students is no firm that needs a specialty
        "湖南科技大学与三一重工股份有限公司联合开办“三一智造班”，首批招收机械电子工程专业学生40人。",
        each("CO_BUILDS", "湖南科技大学 三一重工股份有限公司", "三一智造班")
        | each("COOPERATES_WITH", "湖南科技大学", "三一重工股份有限公司")
        | each("OFFERS", "湖南科技大学", "机械电子工程"),
    ),
    ("会议室里，代表们参观了京东物流的展台，学生的作品获奖。", set()),
    (  # a verb, and its parties wherever they stand: what an area holds, gathers and grows
        "赣榆经济开发区实行“一区三园”，在核心区之外下设柘汪工业园、海头工业园和沙河科技园。",
        each("LOCATED_IN", "柘汪工业园 海头工业园 沙河科技园", "赣榆经济开发区"),
    ),
    (
        (
            "遂平县产业集聚区1998年设立，规划面积12平方公里。区内已引进三全食品、今麦郎等一批知名企业，"
            "形成食品加工、装备制造两大主导产业和电子信息、新材料两大新兴产业。"
        ),
        each("LOCATED_IN", "三全食品 今麦郎", "遂平县产业集聚区")
        | each("OPERATES_IN", "遂平县产业集聚区", "食品加工 装备制造 电子信息 新材料"),
    ),
    (
        "廊坊市地处河北省中部，下辖安次区、广阳区和固安县。",
        each("PART_OF", "廊坊市", "河北省") | each("PART_OF", "安次区 广阳区 固安县", "廊坊市"),
    ),
    (  # of whom the sentence before spoke
        "晋中信息学院创办于2011年。老校区在太谷区，新校区则位于山西大学城。",
        each("LOCATED_IN", "晋中信息学院", "太谷区 山西大学城"),
    ),
    (  # what stands before 的 says it of the name behind
        "该论坛由湘潭大学、湖南工程学院发起。坐落于娄底市的湖南人文科技学院派员参加。",
        each("LOCATED_IN", "湖南人文科技学院", "娄底市"),
    ),
    ("开发区未引进宁德时代，长春高新区也不再发展光伏产业。", set()),
    (  # where it was signed is not where it is
        "在合肥高新区，科大讯飞与安徽职业技术学院被授予示范单位牌匾。",
        set(),
    ),
    pytest.param(  # what is wished of a school is not what it does
        "支持常州工程职业技术学院围绕高端装备、绿色石化等产业集群，重点建设20个专业群。",
        set(),
        marks=misread,
    ),
    (
        "依托甘肃钢铁职业技术学院，每年面向光伏产业培训工人2万人次。",
        set(),
    ),
    pytest.param(
        "嘉峪关高新区聚焦稀土产业，建设甘肃省稀土创新中心。",
        each("OPERATES_IN", "嘉峪关高新区", "稀土产业"),
        marks=misread,
    ),
    (
        "宣城市机器人产教联合体由宣城职业技术学院、安徽埃夫特智能装备股份有限公司发起组建，对接机器人产业发展需求。",
        each("LEADS", "宣城职业技术学院 安徽埃夫特智能装备股份有限公司", "宣城市机器人产教联合体")
        | each("SERVES", "宣城市机器人产教联合体", "机器人产业"),
    ),
    (  # founded by many, listed with classes of members between
        (
            "丽水市智慧康养职业教育集团上月成立。该集团由丽水职业技术学院、遂昌县职业中等专业学校等9所设有护理类专业的院校，"
            "丽水市养老服务协会以及一批养老企业组成。"
        ),
        each(
            "MEMBER_OF",
            "丽水职业技术学院 遂昌县职业中等专业学校 丽水市养老服务协会",
            "丽水市智慧康养职业教育集团",
        ),
    ),
    (
        "湖州市集成电路产业链上游为硅片、光刻胶；中游包括芯片设计、晶圆制造；终端产品销往海外。",
        each("PART_OF", "硅片 光刻胶 芯片设计 晶圆制造", "集成电路产业链")
        | each("UPSTREAM_OF", "硅片 光刻胶", "芯片设计 晶圆制造"),
    ),
    (
        "柳州螺蛳粉产业形成了原料种植、食品加工、电商物流为主的格局。",
        each("PART_OF", "原料种植 食品加工 电商物流", "螺蛳粉产业"),
    ),
    (  # a platform by which an area does it is not who serves
        "襄阳高新区以湖北汽车工业学院襄阳研究院为平台，聚焦航空航天、新能源汽车等产业领域。",
        each("OPERATES_IN", "襄阳高新区", "航空航天 新能源汽车"),
    ),
    (  # another area than the one named before
        "岳麓新区引进中联重科、三一重工；高新区则发展光伏产业。",
        each("LOCATED_IN", "中联重科 三一重工", "岳麓新区"),
    ),
    (  # what something was before is not where it is
        "江苏航运职业技术学院前身为1960年创办的南通河运学校，位于南通市崇川区，是江苏省唯一一所航运类高职。",
        each("LOCATED_IN", "江苏航运职业技术学院", "南通市崇川区 江苏省"),
    ),
    (  # the meeting, not the company, is about an industry
        "天合光能合作伙伴大会在常州举行，聚焦光伏、储能两大产业链协同。",
        set(),
    ),
    (  # an object of a verb is not spoken of afterwards
        "加快衢州智造新城配套建设，重点发展锂电材料产业。",
        set(),
    ),
    (
        "该区主要发展通航飞行器制造、飞机维修等航空产业，京东方、惠科、信利等企业纷纷在川落地布局。",
        each("PART_OF", "通航飞行器制造", "航空产业") | each("LOCATED_IN", "京东方 惠科 信利", "川"),
    ),
    (  # the laboratory, not the firm, is there
        "会上，学校与天马微电子股份有限公司签约，共建新型显示联合实验室，项目位于厦门火炬高新区。",
        each("CO_BUILDS", "天马微电子股份有限公司", "新型显示联合实验室")
        | each("LOCATED_IN", "新型显示联合实验室", "厦门火炬高新区"),
    ),
    (
        "全国智慧农业产教融合共同体由大北农集团、华中农业大学牵头，荆州职业技术学院受邀参加并当选为理事单位，旨在为种业培养人才。",
        each("LEADS", "大北农集团 华中农业大学", "全国智慧农业产教融合共同体")
        | each("MEMBER_OF", "荆州职业技术学院", "全国智慧农业产教融合共同体"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_states_this_and_nothing_else(
    stated: Stated, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert stated(text) == expected
