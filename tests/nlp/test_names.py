"""Names of every kind in the prose of notices, news and school pages: a sentence for each class of fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Named = Callable[[str], set[tuple[str, str]]]

HOLDS = [
    # organisations: what stands at their head, and where they end
    ("中国移动通信集团广西有限公司加入理事会。", "Enterprise", "中国移动通信集团广西有限公司"),
    ("桂林电子科技大学北斗产业学院揭牌。", "IndustryCollege", "桂林电子科技大学北斗产业学院"),
    (
        "三明学院高端铸造与智能制造现代产业学院获批。",
        "IndustryCollege",
        "三明学院高端铸造与智能制造现代产业学院",
    ),
    ("由张掖市经济技术开发区市域产教联合体牵头。", "Consortium", "张掖市经济技术开发区市域产教联合体"),
    ("河北现代产业学院建设联盟在会上成立。", "Consortium", "河北现代产业学院建设联盟"),
    ("吉林汽车产教融合共同体（职教集团）召开年会。", "Consortium", "吉林汽车产教融合共同体（职教集团）"),
    ("甘肃酒店服务与管理行业职业教育集团成立。", "Consortium", "甘肃酒店服务与管理行业职业教育集团"),
    ("山西省焦化和煤炭工业协会会长出席。", "Agency", "山西省焦化和煤炭工业协会"),
    ("中国爆炸物品协会发布标准。", "Agency", "中国爆炸物品协会"),
    ("贵州省建筑业协会装配式建筑专业委员会换届。", "Agency", "贵州省建筑业协会装配式建筑专业委员会"),
    ("比亚迪大学面向员工开班。", "TrainingBase", "比亚迪大学"),
    ("“西华大学实践教学基地”在厂区挂牌。", "TrainingBase", "西华大学实践教学基地"),
    ("共建新型显示与智能终端联合实验室。", "ResearchPlatform", "新型显示与智能终端联合实验室"),
    ("数字孪生与装备山东省工程研究中心落户学校。", "ResearchPlatform", "数字孪生与装备山东省工程研究中心"),
    ("中国电科三十二所参与标准制定。", "ResearchPlatform", "中国电科三十二所"),
    ("名单：1.宜昌市装备制造产教联合体；2.荆州市石化产教联合体。", "Consortium", "荆州市石化产教联合体"),
    ("会上，牵头单位襄阳职业技术学院汇报。", "School", "襄阳职业技术学院"),
    ("（三）落实责任。区科技局负责园区建设。", "Agency", "区科技局"),
    ("由县教育局牵头制定方案。", "Agency", "县教育局"),
    ("会同省总工会、团省委遴选技师。", "Agency", "团省委"),
    ("面向绿色铝产业、硅光伏产业培训产业工人。", "IndustryChain", "硅光伏产业"),
    ("大连铁路工厂技工学校建于1958年。", "School", "大连铁路工厂技工学校"),
    ("沈阳中德学院开学。", "School", "沈阳中德学院"),
    ("长春地铁与学校合作。", "Enterprise", "长春地铁"),
    ("实习单位为株洲机车厂。", "Enterprise", "株洲机车厂"),
    ("合肥新站高新区新增企业60家。", "Park", "合肥新站高新区"),
    ("中国（辽宁）自由贸易试验区营口片区挂牌。", "Park", "中国（辽宁）自由贸易试验区营口片区"),
    ("专业对接中德装备园的岗位。", "Park", "中德装备园"),
    ("云南中软公司派出讲师。", "Enterprise", "云南中软公司"),
    ("新校区在荣成经济开发区石岛科教产业园。", "Park", "荣成经济开发区石岛科教产业园"),
    ("代表团在今创轨道交通产业园参观。", "Park", "今创轨道交通产业园"),
    ("宁远县的新厂房紧挨宁远高新区。", "Park", "宁远高新区"),
    ("平潭综合实验区社会事业局来函。", "Park", "平潭综合实验区"),
    ("广东台日电梯有限公司当天动工。", "Enterprise", "广东台日电梯有限公司"),
    ("高唐县职业教育中心学校招生。", "School", "高唐县职业教育中心学校"),
    ("台州眼视光国际创新中心落成。", "ResearchPlatform", "台州眼视光国际创新中心"),
    ("与南昌高新区、小蓝经开区共建。", "Park", "小蓝经开区"),
    ("张江高科技园区位于上海市浦东新区。", "Region", "上海市浦东新区"),
    ("淮河流域粮食加工与储藏产学研联盟揭牌。", "Consortium", "淮河流域粮食加工与储藏产学研联盟"),
    ("共建茶叶深加工联合培养示范基地。", "TrainingBase", "茶叶深加工联合培养示范基地"),
    ("沧州首家职业教育产业学院落户。", "Region", "沧州"),
    ("吉林化工学院发起成立。", "School", "吉林化工学院"),
    ("常州大学加盟信创产教联合体。", "School", "常州大学"),
    ("常州大学加盟信创产教联合体。", "Consortium", "信创产教联合体"),
    ("常州大学运营信创产教联合体。", "Consortium", "信创产教联合体"),
    ("做实现代农业职业教育集团。", "Consortium", "现代农业职业教育集团"),
    ("浙江金融职业学院与同花顺共建实训室。", "Enterprise", "同花顺"),
    # short forms of the country's schools and firms
    ("常州工程职院与企业签约。", "School", "常州工程职院"),
    ("学校与中石油、中海油签订协议。", "Enterprise", "中海油"),
    ("东莞职业技术学院与OPPO、华勤技术合作，与赛意科技共建实训室。", "Enterprise", "赛意科技"),
    ("合作企业有吉利汽车湘潭基地、北汽株洲分公司。", "Enterprise", "吉利汽车湘潭基地"),
    # places: counties in the context of their city
    ("活动在赣州于都开幕。", "Region", "赣州于都"),
    ("遂宁市正在建设园区，船山校区已启用。", "Region", "船山"),
    ("巴音郭楞蒙古自治州即巴州，位于新疆。", "Region", "巴州"),
    # agencies by how they are built
    ("庄河市科技和工业信息化局参加签约。", "Agency", "庄河市科技和工业信息化局"),
    ("新疆生产建设兵团教育局转发。", "Agency", "新疆生产建设兵团教育局"),
    ("工业和信息化部教育与考试中心指导。", "Agency", "工业和信息化部教育与考试中心"),
    ("九三学社中央和民建中央调研。", "Agency", "民建中央"),
    ("州教育体育局要办好秘书处。", "Agency", "州教育体育局"),
    # documents
    (
        "重庆市教育委员会\n关于印发产教联合体\n建设指引的通知\n渝教职成〔2024〕3号",
        "PolicyDocument",
        "关于印发产教联合体\n建设指引的通知",
    ),
    (
        "你们关于支持兰州新区建设职教城的请示（甘政〔2023〕5号）收悉。",
        "PolicyDocument",
        "关于支持兰州新区建设职教城的请示",
    ),
    ("《中国制造2025》提出新要求。", "PolicyDocument", "中国制造2025"),
    # industries in lists and behind their verbs
    ("校区侧重智慧物流、数字电商，另一校区布局低空经济。", "IndustryChain", "数字电商"),
    ("聚焦教育服务和数字经济两大产业。", "IndustryChain", "教育服务"),
    ("做强高端化工、高端装备四大主导产业。", "IndustryChain", "高端化工"),
    ("为电梯和电缆行业培养人才。", "IndustryChain", "电缆行业"),
    ("新能源汽车产业链包括动力电池、驱动电机、电控系统等环节。", "IndustryChain", "电控系统"),
    ("构建“10+3”现代产业体系。", "IndustryChain", "“10+3”现代产业体系"),
    ("确定氢能、合成生物等12条省级重点产业链。", "IndustryChain", "合成生物"),
    # posts
    ("培养站务员、值班员、行车调度员。", "Occupation", "行车调度员"),
    ("面向丝绸检测、纺织面料设计、丝绸贸易等岗位（群）。", "Occupation", "纺织面料设计"),
    ("培训80名现场工程师。", "Occupation", "现场工程师"),
    ("招聘道路工程技术岗。", "Occupation", "道路工程技术岗"),
    # specialties and groups
    ("会计专业与河北经贸大学开展贯通培养。", "Specialty", "会计"),
    ("学校设有盐湖化工、光伏发电等特色专业。", "Specialty", "盐湖化工"),
    ("天津职业大学（包装工程技术、数控技术）入围。", "Specialty", "包装工程技术"),
    ("接续高职本科专业举例：园林工程、园林景观工程", "Specialty", "园林景观工程"),
    ("以大数据技术与应用高水平专业群建设为重点。", "SpecialtyGroup", "大数据技术与应用高水平专业群"),
    ("建有航运技术、智能制造等特色专业群。", "SpecialtyGroup", "航运技术"),
    ("“10+3”现代产业体系重点产业链专业群覆盖率达到75%。", "IndustryChain", "“10+3”现代产业体系"),
    # what several bodies of one kind in a list are called; what a place was not told of
    (
        "实验室含高分子合成实验室、流体力学实验室、力学分析实验室等五大实验室。",
        "ResearchPlatform",
        "流体力学实验室",
    ),
    ("滨海县化工新材料中试基地启用。", "ResearchPlatform", "滨海县化工新材料中试基地"),
    ("该校获批成立国内首个智慧港口行业产教融合共同体。", "Consortium", "智慧港口行业产教融合共同体"),
    (
        "宁德师范学院时代新能源学院揭牌，福州大学紫金矿业学院同时招生。",
        "IndustryCollege",
        "福州大学紫金矿业学院",
    ),
    ("形成赣州经开区、龙南经济技术开发区三大国家级园区。", "Park", "龙南经济技术开发区"),
    ("由省国土厅、省环保厅论证。", "Agency", "省环保厅"),
    ("贵州省人民政府办公厅印发黔府办发〔2021〕7号文件。", "PolicyDocument", "黔府办发〔2021〕7号"),
    ("贵州省人民政府办公厅印发黔府办发〔2021〕7号文件。", "Agency", "贵州省人民政府办公厅"),
    ("方案已经区人民政府同意，由县长带队到县人力资源社会保障局落实。", "Agency", "县人力资源社会保障局"),
    ("每月报市政府督查室备案。", "Agency", "市政府督查室"),
    ("实施西部旅游人才援助工程、导游人才队伍优化工程。", "TalentProgram", "导游人才队伍优化工程"),
    # programmes
    ("推进“红旗工匠”培育工程。", "TalentProgram", "“红旗工匠”培育工程"),
    ("学校是教育部现代学徒制试点单位。", "TalentProgram", "现代学徒制"),
]


@pytest.mark.parametrize(("text", "kind", "surface"), HOLDS)
def test_a_name_is_read_whole_and_as_its_kind(named: Named, text: str, kind: str, surface: str) -> None:
    found = named(text)
    assert (kind, surface) in found
    overlapping = {s for _, s in found if s != surface and (s in surface or surface in s)}
    assert overlapping <= {surface.removeprefix("赣州")}, overlapping


@pytest.mark.parametrize(
    "text",
    [
        "学校是省级高水平高职学校建设单位。",
        "40余所大学的代表参加。",
        "运用耦合协调度模型测度高职专业结构。",
        "各县（市、区）人民政府、各区教育局负责落实。",
        "引导农户组建区域品牌联盟和农业生产联合体。",
        "外国航空公司可以承运，一些化工企业停产。",
        "打造有影响力的国际科技创新中心。",
        "深化“订单班”培养，开展1+X证书制度改革。",
        "各计划单列市教育局、设区的市人民政府另行规定。",
        "合作企业派员担任项目经理。",
        "制造业、服务业和农业生产加快发展。",
        "公布首批省级现代产业学院名单。",
        "各地要统筹布局中等职业学校，支持省级高新区和国家级经开区提档升级。",
    ],
)
def test_what_says_only_the_sort_names_nothing(named: Named, text: str) -> None:
    assert named(text) == set()


def test_a_name_said_again_is_read_again(named: Named) -> None:
    found = named("聊城正泰房地产集团、信发集团等企业签约。金同元与信发集团代表揭牌。")
    assert ("Enterprise", "信发集团") in found


def test_an_alias_that_is_an_ordinary_word_is_no_mention(named: Named) -> None:
    found = named("全国轴承行业产教融合共同体（以下简称共同体）成立，共同体有成员60家。")
    assert found == {("Consortium", "全国轴承行业产教融合共同体")}


@pytest.mark.parametrize(
    "text",
    [
        "在鲁班工坊学习。",
        "代表团赴津巴布韦考察。",
        "产品进入苏里南市场。",
        "深度融入京津冀协同发展。",
        "企业在粤港澳大湾区布局。",
    ],
)
def test_the_letter_of_a_province_inside_a_word_names_no_place(named: Named, text: str) -> None:
    assert not {surface for kind, surface in named(text) if kind == "Region" and len(surface) == 1}


def test_the_letter_of_a_province_that_is_a_word_names_it(named: Named) -> None:
    assert ("Region", "津") in named("驻津高校参加。")
    assert ("Region", "京") in named("会议在京举行。")


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("重庆新时代科技有限公司", "以习近平新时代中国特色社会主义思想为指导。"),
        ("重庆大数据科技有限公司", "发展大数据。"),
        ("北京新一代信息技术有限公司", "发展新一代信息技术。"),
        ("重庆一带一路实业集团有限公司", "服务一带一路建设。"),
        ("深圳大湾区产业有限公司", "面向大湾区招生。"),
        ("重庆元宇宙科技有限公司", "元宇宙带来机遇。"),
    ],
)
def test_a_company_called_by_a_common_word_is_not_meant_by_the_word_alone(
    named: Named, company: str, text: str
) -> None:
    assert {surface for kind, surface in named(f"{company}签约。{text}") if kind == "Enterprise"} == {company}


def test_a_common_word_that_the_text_declares_for_a_company_means_it(named: Named) -> None:
    found = named("重庆新时代科技有限公司（以下简称“新时代”）签约。新时代与学校共建基地。")
    assert ("Enterprise", "新时代") in found
