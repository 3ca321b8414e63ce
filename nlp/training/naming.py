"""Names for training (造名): of the catalogues, and invented in the same manner, so that no catalogue holds them.

A network that only saw names of the catalogues would learn the catalogues. So half of all schools, firms, parks and
chains are put together from places, trades and coined syllables, as real ones are.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

from graph.reference import rows
from nlp.gazetteer import is_telling, short_region
from nlp.names import names

_TRADES: Final = (
    "科技 电子 汽车 装备 重工 机械 智能 新材料 生物 医药 制药 能源 新能源 化工 食品 物流 信息 软件 网络 通信 光电 电气 电器 纺织 服装 农业 牧业 "
    "乳业 钢铁 铝业 锂业 矿业 建设 建工 建筑 路桥 环保 文旅 酒店 餐饮 教育科技 机器人 数控 精密 半导体 微电子 航空 船舶 轨道交通 电力 水务 传媒"
).split()
_FORMS: Final = (
    "有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司 （集团）有限公司 集团股份有限公司 控股集团有限公司 集团 集团公司 公司".split()
)
_STATE: Final = (
    "地铁 铁路局 地铁集团 铁路局集团 机务段 供电公司 公交集团 港务集团 建工集团 农商银行 机场集团 烟草公司 水泥厂 机床厂 机车厂 钢厂 化工厂 船厂 "
    "酒厂 人民医院 交投集团 城投集团 文旅集团 能源集团 奔驰 现代 大众 日产 石化 热电厂 矿务局 纺织 药业 重型机器厂"
).split()
_QUALITIES: Final = (
    "智能 高端 现代 新型 先进 绿色 数字 智慧 新一代 特色 生态 节能 精细 海洋 高性能 低碳 汽车 电子 农产品 工业 航空 生物 网络 船舶 矿山 康养 "
    "冰雪 纺织 医疗 生命 轨道交通 空天 跨境 电力 农机 建筑"
).split()
_SECTORS: Final = (
    "装备 装备制造 制造 汽车 材料 物流 农业 农牧业 种业 建造 建筑 化工 能源 医药 旅游 商贸 电商 服务 信息技术 电子 家居 家政 金融 传感器 "
    "终端 交通 矿业 矿山 食品 加工 食品加工 零部件 健康 养老 文化创意 安全 环保 装饰 服装 服饰 轻工 冶金 船舶 仪器仪表 制药 器械 康养 低空经济 "
    "新材料 复合材料 电池 储能 检测 畜牧 渔业 林业 茶产业 中药材 数据 软件 模具 机器人 工程机械 会展 体育 教育服务 电缆 石化 石化建设"
).split()
_CHAIN_TAILS: Final = ("", "", "", "", "产业", "产业", "产业链", "产业集群", "行业", "制造业")
_TECHNICAL: Final = (
    "职业技术学院 职业学院 职业技术大学 职业大学 技师学院 技工学校 中等专业学校 职业教育中心 职教中心 职业中专 职业高中 职业中等专业学校 "
    "高级技工学校 中等职业技术学校 职业学校 高级职业中学 商业学校 卫生学校 财经学校 工业学校 职院 技工学校"
).split()
_FIELDS: Final = (
    "机电 工业 交通 财经 商贸 信息 农业 轻工 建设 水利水电 铁道 航空 医药 护理 化工 旅游 工程 科技 理工 电子 能源 冶金 纺织 艺术 师范 林业 海事 "
    "汽车 工贸 外贸 电力 民族 生物 城市 现代 石油 矿业 邮电 经济 司法 体育"
).split()
_OTHER_SCHOOLS: Final = "大学 学院 理工大学 师范大学 工业大学 科技学院 工程学院 农业大学 医科大学 经贸大学 师范学院 开放大学 大学城市学院".split()
_PARKS: Final = (
    "高新技术产业开发区 经济技术开发区 高新区 经开区 国家高新区 国家级经开区 工业园区 工业园 产业园 产业园区 新区 综合保税区 综保区 保税区 科技园 软件园 "
    "物流园 科学城 科技城 自贸试验区 自由贸易试验区 自贸港 开发区 职教城 大学城 科创园 化工园区 智谷 合作区 保税港区 生物城 临港新区 创新区 港区"
).split()
_PARK_SECTORS: Final = (
    "高端化工 装备制造 循环经济 新材料 生物医药 食品 电子信息 智能制造 现代物流 新能源 汽车 纺织 数字经济 大数据 文化创意 港航物流 农业科技 中小企业 "
    "中德 中新 中意 电商 跨境电商 空港 临空"
).split()
_CONSORTIA: Final = (
    "产教联合体 产教联合体 市域产教联合体 产教融合共同体 行业产教融合共同体 职业教育集团 职教集团 产教融合联盟 产教联盟 职教联盟 产教融合发展联盟 "
    "产教融合集团 校企合作联盟 产业学院联盟 产教协同育人联盟 职教共同体 产教融合共同体（职教集团） 产教融合战略联盟"
).split()
_COLLEGES: Final = "产业学院 产业学院 现代产业学院 特色产业学院 学院 工程师学院 未来技术学院 产业学院 微学院 数字产业学院".split()
_BASES: Final = (
    "实训基地 实训中心 公共实训基地 产教融合实训基地 开放型区域产教融合实践中心 实践中心 实践教学基地 培训中心 实习基地 培训基地 企业学院 工匠学院 "
    "教师企业实践基地 虚拟仿真实训基地 实训工厂 鲁班工坊 培训学院 大学 就业见习基地 实习实训基地"
).split()
_PLATFORMS: Final = (
    "重点实验室 工程研究中心 工程技术研究中心 技术创新中心 协同创新中心 制造业创新中心 研究院 产业研究院 产业技术研究院 联合实验室 研究所 应用技术协同创新中心 "
    "企业技术中心 中试基地 检测中心 众创空间 孵化器 技能大师工作室 大师工作室 院士工作站 博士后工作站 公共服务平台 研发中心 创新中心 科技园 分中心 孵化基地 中试平台"
).split()
_PLANS: Final = (
    "计划 行动计划 行动 提升行动 培育工程 工程 培养计划 人才计划 培训项目 培养工程 专项行动 培育计划 人才工程 培训计划 领航计划".split()
)
_PLAN_THEMES: Final = (
    "现场工程师专项培养 卓越工程师 工匠 金蓝领 技能提升 领军人才 青年人才 高技能人才振兴 新型学徒制 雁阵 英才 名师 双师型教师 红旗工匠 村医 头雁 "
    "乡村振兴人才 数字技术工程师 高素质农民 技能人才倍增 百万工匠 职业技能提升 匠心 青苗 千人 匠才"
).split()
_CLASSES: Final = "订单班 班 班 冠名班 现场工程师班 学徒班 定向班 工匠班 现代学徒制班 试点班".split()
_AGENCY_HEADS: Final = "局 委 委员会 厅 办公室 管委会 中心 局 局 厅".split()
_AGENCIES: Final = (
    "人民政府 人民政府办公厅 人民政府办公室 政府 市委 省委 发展和改革委员会 发展改革委 工业和信息化厅 工业和信息化局 经济和信息化委员会 教育厅 教育局 教委 "
    "科学技术厅 科技局 财政厅 财政局 人力资源和社会保障厅 人力资源和社会保障局 人社局 商务局 农业农村局 国资委 总工会 税务局 统计局 工商联 教育考试院 "
    "教育厅职业教育处 教育厅职成处 教育科学研究院 委员会 团委 妇联 就业服务中心 招商局 交通运输厅 住房和城乡建设局 文化和旅游厅 卫生健康委员会 科协 中华职业教育社"
).split()
_ASSOCIATIONS: Final = "协会 行业协会 商会 学会 研究会 促进会 联合会 企业联合会 工业协会 职业教育学会 校企合作促进会 行业职业教育教学指导委员会".split()
_LOCAL: Final = tuple(
    f"{rank}{body}"
    for rank in "省市区县州"
    for body in (
        "委 政府 教育厅 教育局 教委 发展改革委 发改委 财政局 财政厅 科技局 人社局 人力资源社会保障局 工业和信息化局 经济信息委 商务局 国资委 总工会 "
        "农业农村局 交通运输局 教育体育局 工信局 人社厅 科技厅 税务局 住房城乡建设局 民政局 文化旅游委 卫生健康委 统计局 团委 招商局 大数据局"
    ).split()
)
_GROUP_TAILS: Final = "专业群 专业群 专业集群 高水平专业群 特色专业群 重点专业群".split()
_DOCUMENTS: Final = (
    "{0}关于推进{1}高质量发展的实施意见|{0}职业教育改革实施方案|{0}{1}产业发展规划（2023—2027年）|关于深化产教融合的若干意见|{0}产教融合试点城市建设方案|"
    "{0}教育厅关于公布{1}专业群名单的通知|职业学校校企合作促进办法|{0}制造业高质量发展“十四五”规划|{0}{1}行动计划|{0}职业教育条例|{1}人才发展报告|"
    "关于加快{1}产业发展的若干措施|{0}技能人才队伍建设工作方案|{1}产业人才需求目录|现代职业教育体系建设改革重点任务"
).split("|")
_RESOURCES: Final = "教学资源库 专业教学资源库 在线精品课程 精品在线开放课程 国家级教学资源库 共享课程".split()
_JOBS: Final = "操作工 装调工 检验员 维修工 技术员 工程师 运维员 管理员 设计师 调试员 分析师 服务员 检测员 施工员 驾驶员 销售员 客服 规划师 编程员 测试员".split()
_COMMON_TITLE: Final = re.compile("(?:工程技术人员|人员|管理师)$")


class Namer:
    """Names by kind, drawn with one source of randomness; `name(kind)` gives one of sixteen kinds."""

    def __init__(self, source: random.Random) -> None:
        self._random = source
        regions = rows("regions")
        self._provinces = [row["name"] for row in regions if row["level"] == "省级"]
        self._cities = [row["name"] for row in regions if row["level"] == "地级"]
        self._counties = [row["name"] for row in regions if row["level"] == "县级" and len(row["name"]) < 6]
        self._schools = [row["name"] for row in rows("schools")]
        companies = rows("companies")
        self._companies = [row["name"] for row in companies]
        self._short = [
            row["short_name"]
            for row in companies
            if "ST" not in row["short_name"] and is_telling(row["short_name"])
        ]
        self._short += names("brands")
        # the syllables that brands are coined of
        self._syllables = [row["short_name"][:2] for row in companies if len(row["short_name"]) > 3]
        self._industries = [*names("industries"), *(row["name"] for row in rows("clusters"))]
        self._classes = [
            row["name"].removesuffix("业") for row in rows("industries") if 3 < len(row["name"]) < 8
        ]
        self._specialties = sorted({row["name"] for row in rows("specialties")})
        self._occupations = sorted({row["name"] for row in rows("occupations") if len(row["name"]) < 12})
        self._parks = names("parks")
        self._ministries = names("ministries")
        self._departments = names("departments")
        self._makers: dict[str, Callable[[], str]] = {
            "School": self.school,
            "Enterprise": self.enterprise,
            "Agency": self.agency,
            "Park": self.park,
            "Consortium": self.consortium,
            "IndustryCollege": self.college,
            "TrainingBase": self.base,
            "ResearchPlatform": self.platform,
            "SpecialtyGroup": self.group,
            "Specialty": self.specialty,
            "Occupation": self.occupation,
            "IndustryChain": self.chain,
            "TalentProgram": self.programme,
            "SharedResource": self.resource,
            "PolicyDocument": self.document,
            "Region": self.region,
            "hosted": self.hosted,
        }

    def name(self, kind: str) -> str:
        """A name of a kind of the ontology, or of a special sort (`hosted`)."""
        return self._makers[kind]()

    def _one(self, *options: str) -> str:
        return self._random.choice(options)

    def _odds(self, share: float) -> bool:
        return self._random.random() < share

    def region(self) -> str:
        """A division, in full, short, or province and city in one run."""
        draw = self._random.random()
        if draw < 0.2:
            return self._random.choice(self._provinces)
        if draw < 0.45:
            return self._random.choice(self._cities)
        if draw < 0.75:
            return self._short_place()
        if draw < 0.85:
            return self._random.choice(self._provinces[4:]) + self._random.choice(self._cities)
        return self._random.choice(self._counties)

    def _short_place(self) -> str:
        return short_region(self._random.choice([*self._provinces, *self._cities * 2]))

    def _place(self) -> str:
        """A place as names begin with it."""
        draw = self._random.random()
        if draw < 0.5:
            return self._short_place()
        if draw < 0.85:
            return self._random.choice([*self._provinces, *self._cities])
        return self._random.choice(self._counties)

    def _brand(self) -> str:
        """Two or three syllables, of one brand or of two."""
        if self._odds(0.6):
            return self._random.choice(self._syllables)
        first, second = self._random.choice(self._syllables), self._random.choice(self._syllables)
        return first[0] + second[self._random.randrange(2)] + (self._random.choice(first) if self._odds(0.25) else "")

    def school(self) -> str:
        """A school, half of them of the register."""
        draw = self._random.random()
        if draw < 0.5:
            return self._random.choice(self._schools)
        place = self._place()
        if draw < 0.8:
            field = self._random.choice(_FIELDS) if self._odds(0.6) else ""
            return place + field + self._random.choice(_TECHNICAL)
        if draw < 0.9:
            return short_region(place)[:2] + self._random.choice(_FIELDS)[:2] + self._one("职院", "职大", "学院", "技师学院")
        return place + self._random.choice(_OTHER_SCHOOLS)

    def enterprise(self) -> str:
        """A firm: in full, by trade name, by place and trade, by its brand alone."""
        draw = self._random.random()
        if draw < 0.2:
            return self._random.choice(self._companies)
        if draw < 0.4:
            return self._random.choice(self._short)
        if draw < 0.6:
            place = self._place() if self._odds(0.7) else ""
            return place + self._brand() + self._random.choice(_TRADES) + self._random.choice(_FORMS)
        if draw < 0.8:
            return self._brand() + self._random.choice([*_TRADES, "集团", "股份", "公司"])
        if draw < 0.93:
            return self._short_place() + self._random.choice(_STATE)
        return self._one("中国", "国家", "中") + self._random.choice(_TRADES) + self._one("集团", "公司", "集团有限公司")

    def _sector(self) -> str:
        draw = self._random.random()
        if draw < 0.5:
            return self._random.choice(self._industries)
        if draw < 0.65:
            return self._random.choice(self._classes)
        joined = self._one("与", "和", "及") + self._random.choice(_SECTORS) if self._odds(0.12) else ""
        return self._random.choice(_QUALITIES) + self._random.choice(_SECTORS) + joined

    def chain(self) -> str:
        """An industry, cluster or chain."""
        sector = self._sector()
        tail = self._random.choice(_CHAIN_TAILS)
        return sector if not tail or sector.endswith(("业", "链", "集群", "经济")) else sector + tail

    def agency(self) -> str:
        """A public body or an association."""
        draw = self._random.random()
        if draw < 0.25:
            return self._random.choice(_LOCAL)
        if draw < 0.4:
            return self._random.choice(self._ministries)
        if draw < 0.7:
            return self._place() + self._random.choice(_AGENCIES)
        if draw < 0.85:
            place = self._one(self._place(), "中国", "全国")
            return place + self._sector() + self._random.choice(_ASSOCIATIONS)
        return self._place() + self._random.choice(self._departments) + self._random.choice(_AGENCY_HEADS)

    def park(self) -> str:
        """A development zone or park; without a place only where its trade tells it."""
        draw = self._random.random()
        if draw < 0.1:
            return self._random.choice(self._parks)
        if draw < 0.3:
            return self._random.choice(_PARK_SECTORS) + self._one("产业园", "产业园", "工业园", "产业园区")
        place = self._place()
        if draw < 0.5:
            place += self._random.choice(self._syllables)
        sector = self._random.choice(_PARK_SECTORS) if self._odds(0.3) else ""
        return place + sector + self._random.choice(_PARKS)

    def consortium(self) -> str:
        """A consortium, community or alliance of industry and education."""
        draw = self._random.random()
        tail = self._random.choice(_CONSORTIA)
        if draw < 0.3:
            return self._one("全国", "国家", "中国") + self._sector() + "行业" * self._odds(0.4) + tail.removeprefix("行业")
        if draw < 0.75:
            return self._place() + self._sector() + tail
        if draw < 0.9:
            return self.park() + tail
        return self._brand() + self._sector() + tail

    def college(self) -> str:
        """An industry college, of a firm, a trade or both, with its school before it or not."""
        tail = self._random.choice(_COLLEGES)
        head = self._brand() if self._odds(0.4) else ""
        theme = self._random.choice(_TRADES) if head and self._odds(0.5) else self._sector()
        host = self._random.choice(self._schools) if self._odds(0.1) else ""
        return host + head + theme + tail

    def hosted(self) -> str:
        """An industry college with its school before it, as lists of them have it."""
        return self._random.choice(self._schools) + self.college()

    def base(self) -> str:
        """A training base or a firm's college."""
        head = self._one(self._place(), self._brand(), self._random.choice(self._short), "", self.school())
        return head + (self._sector() if not head or self._odds(0.6) else "") + self._random.choice(_BASES)

    def platform(self) -> str:
        """A laboratory, centre or institute."""
        head = self._one(self._place(), self._place(), self._brand(), "国家", self.school(), self.park())
        rank = self._one("", "", "", "省", "市", "国家")
        return head + (rank if head != "国家" else "") + self._sector() + self._random.choice(_PLATFORMS)

    def specialty(self) -> str:
        """A specialty of the catalogue."""
        return self._random.choice(self._specialties)

    def group(self) -> str:
        """A specialty group, with 专业群 behind it."""
        head = self._one(self._sector(), self.specialty(), self.specialty())
        return head + self._random.choice(_GROUP_TAILS)

    def occupation(self) -> str:
        """An occupation of the classification, or a post."""
        if self._odds(0.55):
            return self._random.choice(self._occupations)
        head = self._one(self.specialty()[:4], self._random.choice(_SECTORS), self._random.choice(_QUALITIES))
        return head + self._random.choice(_JOBS)

    def programme(self) -> str:
        """A talent plan or an order class."""
        if self._odds(0.45):
            head = self._one(self._brand(), self._random.choice(self._short))
            return head + self._random.choice(_CLASSES)
        head = self._one(self._place(), "", "", "“" + self._brand() + "”")
        return head + self._random.choice(_PLAN_THEMES) + self._random.choice(_PLANS)

    def resource(self) -> str:
        """A teaching resource that is shared."""
        return self._one(self.specialty(), self._sector()) + self._random.choice(_RESOURCES)

    def document(self) -> str:
        """The title of a document, without its marks."""
        return self._random.choice(_DOCUMENTS).format(self._place(), self._sector())
