"""The headers that colleges, companies and bureaus write for what a kind knows, and those that only look like them."""

from __future__ import annotations

import pytest

from ingest.records.header import match_kind
from ingest.records.kinds import RECORD_KINDS

_SCHOOL = "学校名称 学校 院校 院校名称 学校全称 办学单位 高校名称 职业院校名称 院校全称 填报学校 填报院校"
_SCHOOL_CODE = (
    "学校代码 学校标识码 院校代码 学校编码 院校标识码 国标学校代码 学校（机构）标识码 教育部学校代码"
)
_ENTERPRISE = (
    "企业名称 单位名称 公司名称 企业全称 企业 公司全称 用人单位 用人单位名称 企业（单位）名称 合作企业"
)
_CREDIT_CODE = (
    "统一社会信用代码 社会信用代码 信用代码 企业信用代码 企业统一社会信用代码 社会统一信用代码 统一信用代码"
    " 统一社会信用代码（18位）"
)
_REGION = "区县 区域 所在区县 所属区县 所在地 行政区 行政区划 所在区（县） 属地 区（县） 区/县 地区 所属地区"
_CHAINS = "产业链 对接产业链 面向产业链 服务产业链 所属产业链 产业链名称 对应产业链 所在产业链 所属产业集群"
_YEAR = "年份 年度 学年 统计年份 统计年度 数据年份 统计学年 所属年度"
_LEVEL = "层次 专业层次 培养层次 办学层次 学历层次 教育层次 学历"

USUAL: dict[str, dict[str, str]] = {
    "school_specialties": {
        "school": _SCHOOL,
        "school_code": _SCHOOL_CODE,
        "specialty": "专业 专业名称 开设专业 专业全称 招生专业 专业名 专业（全称）",
        "specialty_code": "专业代码 专业编码 国标专业代码 专业目录代码 国家专业代码 专业代码（国标） 教育部专业代码",
        "level": _LEVEL,
        "year": _YEAR,
        "enrolled": "在校生数 在校生人数 在校学生数 在校人数 在读人数 在校生 在校生规模 在校生总数 在校学生总数"
        " 全日制在校生数 在校生数（人） 学生情况（人）·在校生数",
        "graduates": "毕业生数 毕业生人数 毕业人数 应届毕业生数 当年毕业生数 毕业生总数 毕业学生数 毕业生规模"
        " 毕业生数（人） 应届毕业生人数",
        "employed": "就业人数 就业数 毕业生就业人数 就业学生数 落实毕业去向人数 毕业去向落实人数 已就业人数"
        " 毕业生就业数 就业毕业生数 就业人数·合计",
        "in_field": "对口就业人数 对口人数 对口就业数 专业对口人数 专业对口就业人数 对口毕业生数 对口就业学生数"
        " 其中：对口就业人数 就业人数·其中：对口",
        "further_study": "升学人数 毕业生升学人数 专升本人数 升本人数 继续深造人数 升学数 升学学生数",
        "unemployed": "未就业人数 待就业人数 未就业数 未落实毕业去向人数 未就业毕业生数 毕业生未就业人数",
        "since": "开设时间 开设年份 设立时间 设置时间 首次招生时间 首次招生年份 专业设置年份 开办时间",
        "chains": _CHAINS,
        "occupations": "面向职业 面向岗位 职业面向 对应岗位 就业岗位 主要就业岗位 就业面向 主要岗位 面向职业岗位",
        "region": _REGION,
    },
    "specialty_groups": {
        "school": _SCHOOL,
        "school_code": _SCHOOL_CODE,
        "group": "专业群名称 专业群 群名称 高水平专业群名称 高水平专业群 所属专业群 专业群全称 建设专业群",
        "specialties": "包含专业 群内专业 组成专业 专业构成 专业群包含专业 群内专业名称 涵盖专业 专业群构成 所含专业",
        "core_specialties": "核心专业 龙头专业 群核心专业 骨干专业 牵头专业 核心专业名称 专业群核心专业",
        "level": "层次 专业层次 培养层次 办学层次",
        "grade": "级别 专业群级别 建设级别 立项级别 等级 专业群等级 认定级别",
        "since": "立项时间 立项年份 设立时间 组建时间 建立时间 立项年度 组建年份 设立年份",
        "chains": _CHAINS,
    },
    "enterprises": {
        "enterprise": _ENTERPRISE,
        "credit_code": _CREDIT_CODE,
        "scale": "企业规模 规模 单位规模 规模类型 企业规模类型 规模等级",
        "chains": _CHAINS,
        "position": "链上位置 产业链位置 产业链上下游 上下游 上下游位置 所处位置",
        "region": _REGION,
        "park": "所在园区 园区 所属园区 所在产业园区 园区名称 所属产业园区 所属工业园区",
        "post": "岗位 岗位名称 需求岗位 招聘岗位 用工岗位 职位名称 招聘职位 紧缺岗位 工种 岗位（工种） 缺工岗位 职位"
        " 紧缺职业（工种）",
        "specialty": "需求专业 专业要求 所学专业 相关专业 专业需求 紧缺专业 专业 招聘专业 对应专业 所需专业",
        "education": "学历 学历要求 学历层次 文化程度 最低学历 学历需求 要求学历 学历条件",
        "headcount": "需求人数 人数 招聘人数 需求数量 用工需求 缺工人数 缺口人数 岗位人数 拟招人数 计划招聘人数"
        " 招聘数量 招工人数 需求数 用工需求人数 需求人数（人）",
        "year": "需求年份 年份 年度 需求年度 招聘年度 招聘年份",
    },
    "cooperation": {
        "school": _SCHOOL + " 合作院校 合作学校",
        "school_code": _SCHOOL_CODE,
        "school_region": "学校所在区县 学校所在地 院校所在区县 院校所在地 学校所属区县",
        "enterprise": _ENTERPRISE + " 合作企业名称 合作单位 合作单位名称",
        "credit_code": _CREDIT_CODE + " 合作企业统一社会信用代码",
        "enterprise_region": "企业所在区县 企业所在地 企业所属区县 企业所在区域 企业属地",
        "mode": "合作模式 合作方式 合作形式 合作类型 合作内容 校企合作模式 校企合作方式 合作项目类型",
        "specialty": "合作专业 涉及专业 对应专业 专业 专业名称 面向专业 合作专业名称 服务专业 相关专业",
        "since": "起始日期 合作起始时间 合作开始时间 签约时间 签约日期 签订时间 签订日期 协议签订时间 合作起始年月",
        "until": "终止日期 截止时间 结束时间 到期时间 合作截止时间 协议到期时间 到期日期 合作终止时间",
        "income": "技术服务收入 技术服务收入（万元） 横向到款额 服务收入 技术服务到款额 横向技术服务到款额"
        " 横向课题到款额（万元）",
        "interns": "接收实习生数 接收学生实习人数 实习学生数 实习人数 实习生数 接收实习学生数 顶岗实习人数 岗位实习人数"
        " 接收顶岗实习学生数 实习生人数 接纳实习生人数 接收实习生数（人）",
        "order_students": "订单培养人数 订单班人数 订单班学生数 订单培养学生数 订单学生数 订单班规模",
        "hires": "接收毕业生数 录用毕业生数 录用毕业生人数 接收毕业生人数 接收就业人数 接收毕业生就业数 接受毕业生数",
        "courses": "共同开发课程数 共建课程数 合作开发课程数 共同开发课程门数 校企共建课程数",
        "textbooks": "共同开发教材数 共编教材数 合作开发教材数 共建教材数 校企合编教材数 合作编写教材数",
        "teachers": "兼职教师数 企业兼职教师数 兼职教师人数 聘请兼职教师数 企业导师人数 企业兼职教师人数"
        " 支持学校兼职教师数",
        "visiting_teachers": "教师企业实践人数 接收教师实践人数 教师下企业人数 到企业实践教师数 接收教师企业实践人数",
        "status": "状态 项目状态 合作状态 建设状态 进展 执行状态",
        "built_type": "共建类型 共建载体类型 载体类型 平台类型 共建平台类型",
        "built": "共建名称 共建载体名称 共建载体 载体名称 共建平台名称 共建基地名称 产业学院名称 实训基地名称",
    },
    "consortium_members": {
        "consortium": "联合体名称 联合体 产教联合体名称 共同体名称 行业产教融合共同体名称 市域产教联合体名称 所属联合体"
        " 行业产教融合共同体 市域产教联合体 职教集团名称",
        "consortium_level": "级次 联合体级别 联合体层级 联合体级次 立项级别",
        "member": "成员单位 成员名称 成员单位名称 单位名称 参与单位 成员单位全称 单位全称 成员",
        "member_type": "成员类型 单位类型 成员类别 成员单位类型 单位类别 成员单位类别",
        "role": "角色 成员角色 担任角色 联合体角色 单位角色 职务 承担角色",
        "member_code": "成员代码 单位代码 统一社会信用代码 学校代码 成员单位代码 社会信用代码",
        "region": _REGION,
        "since": "加入时间 加入日期 入会时间 加入年月 加入联合体时间",
        "until": "退出时间 退出日期 退出年月 退会时间",
        "chains": _CHAINS,
    },
    "consortium_lists": {
        "consortium": "联合体名称 共同体名称 产教联合体名称 行业产教融合共同体名称 市域产教联合体名称",
        "leaders": "牵头单位 牵头院校 牵头学校 牵头企业 理事长单位 牵头单位名称 发起单位 牵头建设单位",
        "schools": "成员院校 参与院校 院校成员 成员单位（院校） 职业院校 成员学校",
        "enterprises": "成员企业 参与企业 企业成员 成员单位（企业） 企业名单",
        "members": "成员单位 成员名单 参与单位 主要成员单位 成员",
        "since": "成立时间 成立日期 组建时间 公布时间 批准时间 认定时间",
    },
    "consortia": {
        "consortium": "联合体名称 联合体 产教联合体 产教联合体名称 市域产教联合体名称",
        "council": "理事会 是否成立理事会 理事会情况 是否设立理事会 理事会设立 理事会设立情况",
        "secretariat": "秘书处 是否设立秘书处 秘书处设立 秘书处情况 秘书处设立情况",
        "operator": "运营平台 运营公司 实体运营平台 实体化运营公司 实体化运营平台 是否有运营公司",
        "charter": "章程 联合体章程 章程制定 是否制定章程 章程制定情况",
        "mandate": "赋权清单 授权清单 权责清单 是否有赋权清单 赋权事项清单",
    },
    "platforms": {
        "platform": "平台名称 研发平台名称 研发平台 实验室名称 中心名称 科研平台名称 创新平台名称 平台（基地）名称",
        "category": "平台类别 平台类型 类别 类型 平台种类",
        "level": "平台级别 级别 等级 平台等级 平台层级 认定级别",
        "builders": "依托单位 共建单位 建设单位 牵头单位 参建单位 承建单位 共建企业 依托学校 依托院校 合作共建单位",
        "chains": _CHAINS,
        "region": _REGION,
        "since": "成立时间 批准时间 认定时间 获批时间 建立时间 批准年份 成立年份 认定年份 获批年份 立项时间",
    },
    "industries": {
        "region": _REGION,
        "industry": "产业名称 产业 行业 行业名称 产业链名称 集群名称 产业门类 产业类别 行业门类 行业类别",
        "industry_code": "行业代码 国民经济行业代码 行业门类代码",
        "year": _YEAR,
        "output": "产值 总产值 工业总产值 产值（亿元） 产业产值 产业规模 工业产值 产业总产值",
        "value_added": "增加值 产业增加值 工业增加值 增加值（亿元） 行业增加值",
        "employees": "从业人员数 从业人数 从业人员 平均用工人数 从业人员（万人） 就业人员数 用工人数 从业人员总数",
        "enterprises": "企业数 企业数量 企业单位数 规模以上企业数 企业总数 企业个数 企业家数 企业数（家） 规上企业数",
    },
    "talent_chains": {
        "chain": "产业链 所属产业链 产业链名称 对应产业链",
        "talent_chain": "人才链 人才链名称 人才链条 人才链条名称",
        "post": "岗位 岗位名称 职业 职业名称 典型岗位 核心岗位 关键岗位 职业岗位",
        "level": "层次 岗位层次 级别 岗位级别 人才层次",
        "specialties": "对应专业 支撑专业 相关专业 匹配专业 专业 培养专业",
        "headcount": "需求人数 人数 需求数量 需求数 人才需求 人才需求数 人才需求量 需求量",
        "year": _YEAR,
    },
    "shared_resources": {
        "resource": "资源名称 共享资源名称 共享资源 资源",
        "category": "资源类别 资源类型 共享类别 资源种类",
        "owner": "提供单位 共享单位 主持单位 资源提供单位 提供方 权属单位 归属单位 所属单位",
        "users": "使用单位 受益单位 资源使用单位 使用方 使用院校 使用企业",
        "since": "共享日期 共享时间 开放时间 开放日期 开始共享时间",
        "year": _YEAR,
    },
    "ledger": {
        "item": "举措 工作举措 任务 工作任务 事项 重点任务 任务名称 工作事项 任务内容",
        "status": "状态 完成状态 完成情况 进展状态",
        "updated": "更新日期 更新时间 填报日期 办结日期 报送日期 填报时间",
        "document_key": "文件标识 文号 文件文号 发文字号",
    },
}
"""By kind and column the headers that are taken for it."""

OTHERS: dict[str, str] = {
    "school_specialties": "招生计划数 招生数 招生人数 计划招生数 录取人数 报到人数 实习学生数 学徒人数 订单培养人数"
    " 预计毕业生数 结业人数 就业率 就业率（%） 对口就业率 本地就业人数 就业人数（市内） 就业人数·其中：市内"
    " 在校生数（女） 就业人数（其中：女生） 在校生占比 毕业生就业率（%） 校内专业代码 专业方向 专业负责人"
    " 专业带头人 联系电话 备注 序号"
    " 专任教师数 实训室数量 毕业生数（预计） 2023届毕业生数 2022年在校生数",
    "specialty_groups": "专业群负责人 专业群数量 在校生数 建设经费 负责人 备注 建设期 主管部门",
    "enterprises": "员工总数 职工人数 从业人员数 在岗人数 用工人数 已招聘人数 参保人数 实习生数 学徒人数 接收实习生数"
    " 年薪（万元） 月薪 企业性质 企业类型 所属行业 主营业务 注册资本 注册地址 详细地址 联系人 岗位职责 岗位要求 营业收入"
    " 备注 女性人数 年龄要求 需求人数（女）",
    "cooperation": "区县 项目名称 项目负责人 企业联系人 学徒人数 现代学徒制人数 见习人数 实习岗位数 企业导师 兼职教师"
    " 合作期限 合作时间 捐赠金额 企业捐赠设备值（万元） 培训人次 备注 序号 在校生数 招生计划数 企业性质 课程名称"
    " 合作企业数 共建课程 共编教材 参与教师数 实习率 实习人数占比",
    "consortium_members": "联系人 联系电话 法定代表人 备注 序号 成员数 单位地址 组织机构代码",
    "consortium_lists": "成员数 院校数 企业数 联系人 建设经费 成员单位数 备注",
    "consortia": "成员数 联系人 建设经费 联合体地址 备注",
    "platforms": "平台负责人 建设经费 面积 设备值（万元） 科研人员数 备注 联系人",
    "industries": "产值增速（%） 产值占比 出口额 利润总额 增加值率 新增就业人数 新增企业数 固定资产投资 排名 税收"
    " 高技能人才数 产值（目标）",
    "talent_chains": "岗位职责 毕业生数 平均薪酬 人才缺口率 企业数 岗位数 备注",
    "shared_resources": "资源链接 访问量 资源数量 负责人 备注",
    "ledger": "责任单位 牵头单位 责任人 完成时限 联系电话 备注",
}
"""Headers that stand in tables of a kind and mean none of its columns: they are told as unused, not taken."""


def taken(kind: str, header: str) -> str | None:
    (column,) = match_kind(RECORD_KINDS[kind], [header]).columns
    return column and column.name


@pytest.mark.parametrize("kind", USUAL)
def test_the_headers_that_people_write_are_known(kind: str) -> None:
    told = {
        header: (column, taken(kind, header))
        for column, headers in USUAL[kind].items()
        for header in headers.split(" ")
    }
    assert {header: found for header, found in told.items() if found[0] != found[1]} == {}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_only_looks_like_a_column_is_taken_for_none(kind: str) -> None:
    told = {header: taken(kind, header) for header in OTHERS[kind].split(" ")}
    assert {header: column for header, column in told.items() if column is not None} == {}


def test_every_kind_made_by_hand_is_here() -> None:
    assert set(USUAL) == set(OTHERS) == {name for name, kind in RECORD_KINDS.items() if not kind.standard}
