# ruff: noqa: E501 (a row of a table stands on one line)
"""Write the sample records that are not plain UTF-8 csv: workbooks, and one csv in GB18030.

The other tables of `ingest/samples/records/` are csv files edited by hand. Bodies are real and public; what is said of
them here is invented (`ingest/samples/README.md`). Run: python scripts/write_sample_records.py
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook

FOLDER = Path(__file__).resolve().parent.parent / "ingest" / "samples" / "records"

COOPERATION = """\
学校名称|企业名称|合作模式|涉及专业|起始日期|终止日期|技术服务收入（万元）|状态|共建类型|共建名称
重庆工业职业技术大学|重庆长安汽车股份有限公司|订单班|智能网联汽车技术|2023-09||1860|完成|产业学院|长安智能网联汽车产业学院
重庆工业职业技术大学|重庆长安汽车股份有限公司|实训基地|新能源汽车技术|2023-12|||完成|实训基地|智能网联汽车公共实训基地
重庆工业职业技术大学|重庆青山工业有限责任公司|技术服务|工业机器人技术|2024-03||240|在建||
重庆机电职业技术大学|赛力斯集团股份有限公司|学徒制|新能源汽车工程技术|2023-10||65|完成||
重庆机电职业技术大学|弗迪电池有限公司|订单班||2025-03||||人才培养项目|弗迪电池订单班
重庆机电职业技术大学|重庆青山工业有限责任公司|订单班|机电一体化技术|2024-09|2027-07|30|完成||
重庆理工大学|中国汽车工程研究院股份有限公司|技术服务|车辆工程|2024-01||320|在建|研发平台|车路云一体化测试中心
重庆电子科技职业大学|京东方科技集团股份有限公司|产业学院|光电显示技术|2025-03||410|完成|产业学院|京东方新型显示产业学院
重庆电子科技职业大学|京东方科技集团股份有限公司|实训基地|光电显示技术|2024-05|||完成|实训基地|显示技术实训基地
重庆电子科技职业大学|华为技术有限公司|订单班|人工智能技术应用|2024-09||120|完成||
重庆城市管理职业学院|华为技术有限公司|产业学院|软件技术|2025-09||0|在建|产业学院|鸿蒙应用开发产业学院
重庆智能工程职业学院|华为技术有限公司|订单班|物联网应用技术|2022-09||48|完成||
重庆工程职业技术学院|西南铝业（集团）有限责任公司|学徒制|材料成型及控制技术|2024-03||86|完成||
重庆化工职业学院|重庆国际复合材料股份有限公司|订单班|高分子合成技术|2026-03|||计划||
重庆水利电力职业技术学院|长城汽车股份有限公司|产业学院|新能源汽车技术|2022-06||150|完成|产业学院|长城汽车产业学院
重庆工商职业学院|重庆川仪自动化股份有限公司|实训基地|工业互联网应用|2024-06||35|完成|实训基地|智能仪表实训基地
重庆医药高等专科学校|重庆智飞生物制品股份有限公司|学徒制|生物制药技术|2026-09|||倡导||
"""

PLATFORMS = """\
平台名称|类别|级别|共建单位|对接产业链|所在区域|成立日期
智能网联汽车测试技术创新中心|技术创新中心|市级|重庆工业职业技术大学、重庆长安汽车股份有限公司|智能网联新能源汽车|渝北区|2022-06
智能制造协同创新中心|协同创新中心|市级|重庆文理学院、永川高新技术产业开发区|智能装备及智能制造|永川区|2021-11
新型显示与智能终端联合实验室|重点实验室|市级|重庆电子科技职业大学、华为技术有限公司、重庆惠科金渝光电科技有限公司|新型显示|沙坪坝区|2025-03
铝合金材料工程技术研究中心|工程技术研究中心|国家级|西南铝业（集团）有限责任公司、重庆大学|轻合金材料|九龙坡区|2012
智能传感器技术创新中心|技术创新中心|市级|中国四联仪器仪表集团有限公司、重庆大学|传感器及仪器仪表|北碚区|2020-09
生物药物中试公共服务平台|公共服务平台|市级|重庆市科学技术局、重庆智飞生物制品股份有限公司|生物医药|江北区|2023-04
"""

COLLEGE_COOPERATION = """\
主键数据唯一性标识|学校代码|专业号|合作企业统一社会信用代码|合作企业名称|合作开始年月|订单培养人数|共同开发课程门数|共同开发教材数|支持学校兼职教师数|接受顶岗实习学生数|接受毕业生就业数|学校为企业技术服务年收入|数据采集时间
SHILI0000000000000000000000000011|4150012215|GY0301|9150000020286320X6|重庆长安汽车股份有限公司|202309|240|12|8|30|300|96|18600000|20240930 103000
SHILI0000000000000000000000000012|4150012215|GY0302|915001066608898456|赛力斯集团股份有限公司|202403|0|2|0|6|85|41|0|20240930 103000
SHILI0000000000000000000000000013|4150012215|GY0104|915001076608997871|隆鑫通用动力股份有限公司|202209|30|1|1|4|40|22|350000|20240930 103000
"""


def rows(table: str) -> list[list[str]]:
    """The rows of a table as it stands above."""
    return [line.split("|") for line in table.splitlines()]


def cell(header: str, text: str) -> object:
    """What a person would have typed: numbers as numbers, whole dates as dates."""
    if text.isdigit() and "收入" in header:
        return int(text)
    if header == "起始日期" and text:
        return dt.date.fromisoformat(f"{text}-01")
    return text or None


def write_members_workbook(path: Path) -> None:
    """Cooperation and platforms in one workbook: a merged title above the header, school names merged downwards."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, table in (("校企合作项目", COOPERATION), ("研发平台", PLATFORMS)):
        sheet = workbook.create_sheet(title)
        header, *body = rows(table)
        sheet.append([f"成员单位{title}台账（示例数据）"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
        sheet.append(header)
        for row in body:
            sheet.append([cell(name, text) for name, text in zip(header, row, strict=True)])
    sheet = workbook["校企合作项目"]
    sheet.merge_cells("A3:A5")
    workbook.save(path)


def main() -> None:
    """Write the files into the folder of samples."""
    write_members_workbook(FOLDER / "cooperation_and_platforms.xlsx")
    text = "\r\n".join(",".join(row) for row in rows(COLLEGE_COOPERATION)) + "\r\n"
    (FOLDER / "ODS_CXHZSJ.csv").write_bytes(text.encode("gb18030"))


if __name__ == "__main__":
    main()
