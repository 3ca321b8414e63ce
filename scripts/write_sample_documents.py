"""Write the sample documents that are not plain text (示例文件): two docx and one pdf.

    pip install reportlab && python scripts/write_sample_documents.py [--into ingest/samples/documents]

The words are this project's own and illustrative. The pdf names the standard font STSong-Light, which every reader
of pdf files supplies, and embeds none; reportlab is needed for this script alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

MARK: Final = "（示例文件，非真实公文）"
WRITTEN: Final = datetime(2025, 1, 1, tzinfo=UTC)

MEMBERS: Final = (
    (
        "西部职教基地国家级产教联合体",
        "国家级",
        "永川高新技术产业开发区",
        "重庆水利电力职业技术学院、重庆城市职业学院、重庆智能工程职业学院、重庆财经职业学院、重庆文理学院",
        "长城汽车股份有限公司",
    ),
    (
        "重庆市智能网联新能源汽车产教联合体",
        "市级",
        "两江新区",
        "重庆工业职业技术学院、重庆机电职业技术大学、重庆理工大学、重庆交通大学",
        "重庆长安汽车股份有限公司、赛力斯集团股份有限公司、中国汽车工程研究院股份有限公司",
    ),
    (
        "新一代电子信息制造业产教联合体",
        "市级",
        "重庆电子工程职业学院",
        "重庆邮电大学、重庆城市管理职业学院、重庆智能工程职业学院",
        "京东方科技集团股份有限公司、华为技术有限公司、重庆惠科金渝光电科技有限公司",
    ),
    (
        "先进材料产教联合体",
        "市级",
        "中铝高端制造股份有限公司",
        "重庆大学、重庆工程职业技术学院、重庆化工职业学院、重庆科技大学",
        "西南铝业（集团）有限责任公司、重庆国际复合材料股份有限公司",
    ),
    (
        "璧山高新区新能源汽车零部件产教联合体",
        "园区牵头",
        "璧山高新技术产业开发区",
        "重庆机电职业技术大学、重庆工程职业技术学院、重庆理工职业学院",
        "弗迪电池有限公司、重庆青山工业有限责任公司",
    ),
    (
        "重庆智能仪表产教联合体",
        "企业牵头",
        "中国四联仪器仪表集团有限公司",
        "重庆电子工程职业学院、重庆大学、重庆工商职业学院",
        "重庆川仪自动化股份有限公司",
    ),
    (
        "重庆生物医药产教联合体",
        "学校牵头",
        "重庆医药高等专科学校",
        "重庆三峡医药高等专科学校、重庆化工职业学院、重庆医科大学",
        "重庆博腾制药科技股份有限公司、重庆智飞生物制品股份有限公司",
    ),
)
MEMBERS_HEADER: Final = ("序号", "产教联合体名称", "级次", "牵头单位", "成员单位（院校）", "成员单位（企业）")

POSTS: Final = (
    ("研发设计", "汽车工程技术人员", "普通本科、职业本科", "900"),
    ("整车测试", "智能网联汽车测试员", "高职专科、职业本科", "1800"),
    ("装调运维", "智能网联汽车装调运维员", "高职专科", "2600"),
    ("生产制造", "工业机器人系统操作员", "中职、高职专科", "3200"),
    ("动力电池", "电池制造工", "中职", "4100"),
)
POSTS_HEADER: Final = ("环节", "岗位（职业）", "学历层次", "2026年需求人数（人）")

OPINIONS: Final = (
    ("number", "渝经信示〔2025〕2号"),
    (
        "title",
        "重庆市经济和信息化委员会 重庆市教育委员会关于推动专业群对接重点产业链的指导意见",
    ),
    ("left", "各区县（自治县）经济信息委、教委，有关高校、产业园区、行业协会："),
    (
        "text",
        (
            "为破解人才培养与产业需求“两张皮”，引导职业院校把专业群建在产业链上，现就推动专业群对接“33618”现代制造业"
            "集群体系重点产业链提出如下意见。"
        ),
    ),
    ("heading", "一、明确对接重点"),
    (
        "text",
        (
            "（一）智能网联新能源汽车产业链。由重庆工业职业技术大学智能网联汽车技术专业群、重庆机电职业技术大学新能源汽车"
            "工程技术专业群重点对接，补齐动力电池、智能座舱环节。"
        ),
    ),
    (
        "text",
        (
            "（二）新一代电子信息制造业产业链。由重庆电子科技职业大学物联网应用技术专业群、重庆城市管理职业学院大数据技术"
            "专业群重点对接。"
        ),
    ),
    (
        "text",
        (
            "（三）先进材料产业链。由重庆工程职业技术学院材料成型及控制技术专业群对接，服务西南铝业（集团）有限责任公司等企业"
            "轻合金材料生产。"
        ),
    ),
    (
        "text",
        (
            "（四）食品及农产品加工产业链。由重庆三峡职业学院食品智能加工技术专业群对接。功率半导体及集成电路、卫星互联网、"
            "高端摩托车产业链暂无专业群对接，鼓励有条件的院校提出建设申请。"
        ),
    ),
    ("heading", "二、工作目标"),
    (
        "text",
        (
            "到2025年底，“33618”现代制造业集群体系重点产业链专业群覆盖率达到75%；到2027年，实现全覆盖，对接重点产业链的"
            "市级以上专业群不少于90个，相关专业在校生占高职院校在校生总数的比重提高到55%以上，专业对口就业率达到70%左右。"
        ),
    ),
    ("heading", "三、主要任务"),
    (
        "text",
        (
            "（一）发布岗位需求。市经济信息委牵头，会同市人力社保局每年3月底前发布重点产业链紧缺岗位目录，宗申产业集团有限公司、"
            "重庆长安汽车股份有限公司等链主企业要提出岗位清单。"
        ),
    ),
    (
        "text",
        (
            "（二）调整专业设置。市教委牵头，2025年9月底前建立专业预警机制，对连续两年就业率低于60%的专业暂停招生。各高职院校"
            "不得因降低办学成本而撤销对接重点产业链的专业。"
        ),
    ),
    (
        "text",
        (
            "（三）共建产业学院。支持重庆智能工程职业学院与长城汽车股份有限公司在永川高新技术产业开发区共建智能制造产业学院，"
            "2026年秋季学期招生。"
        ),
    ),
    (
        "text",
        (
            "（四）打造实训基地。由永川区政府统筹，2026年底前建成西部职教基地智能装备公共实训基地，面向智能装备及智能制造产业"
            "开放，年培训5000人次以上。"
        ),
    ),
    ("heading", "四、施行日期"),
    (
        "text",
        "本意见自2025年4月1日起施行。《关于促进职业院校专业与产业衔接的若干意见（试行）》（渝经信示〔2021〕5号）同时废止。",
    ),
    ("right", "重庆市经济和信息化委员会"),
    ("right", "重庆市教育委员会"),
    ("right", "2025年2月26日"),
    ("left", MARK),
)


def _table(document: Any, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _document(number: str, title: str) -> Any:
    document = Document()
    properties = document.core_properties
    properties.author, properties.title = "联图示例", title
    properties.created = properties.modified = WRITTEN.replace(tzinfo=None)
    document.add_paragraph(number).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading(title, level=0)
    return document


def _signed(document: Any, *lines: str) -> None:
    for line in lines:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def write_members(path: Path) -> None:
    """The list of consortia with their leaders and members (成员名单), a table."""
    document = _document("渝教产示〔2024〕7号", "重庆市教育委员会关于公布市域产教联合体及成员单位名单的通知")
    document.add_paragraph("各区县（自治县）教委，有关高校、企业：")
    document.add_paragraph(
        "经申报、评审和公示，现将首批市域产教联合体及其成员单位名单予以公布。牵头单位要切实履行职责，成员单位有变动的，"
        "由牵头单位在30个工作日内报市教委备案。"
    )
    document.add_paragraph("附件：市域产教联合体及成员单位名单")
    _signed(document, "重庆市教育委员会", "2024年5月20日")
    document.add_heading("市域产教联合体及成员单位名单", level=1)
    _table(document, MEMBERS_HEADER, [(str(n), *row) for n, row in enumerate(MEMBERS, start=1)])
    document.add_paragraph(MARK)
    document.save(str(path))


def write_talent_chain(path: Path) -> None:
    """A talent chain with its posts, ladders of training and shared resources (人才链)."""
    document = _document("智网联示〔2025〕4号", "智能网联新能源汽车人才链建设指引")
    document.add_paragraph("各成员单位：")
    document.add_paragraph(
        "为支撑智能网联新能源汽车产业链，重庆市智能网联新能源汽车产教联合体秘书处组织重庆长安汽车股份有限公司、"
        "赛力斯集团股份有限公司和成员院校，编制了本指引。"
    )
    document.add_heading("一、人才链岗位构成", level=1)
    document.add_paragraph(
        "智能网联汽车人才链覆盖研发设计、整车测试、装调运维、生产制造、动力电池五个环节，2026年成员企业预计需求见下表。"
    )
    _table(document, POSTS_HEADER, POSTS)
    document.add_heading("二、专业与岗位对应", level=1)
    document.add_paragraph(
        "智能网联汽车工程技术专业主要面向汽车工程技术人员、智能网联汽车测试员；智能网联汽车技术专业主要面向智能网联汽车"
        "装调运维员；新能源汽车制造与检测专业主要面向电池制造工、汽车装调工。"
    )
    document.add_heading("三、贯通培养", level=1)
    document.add_paragraph(
        "重庆市两江职业教育中心新能源汽车制造与检测专业与重庆工业职业技术大学新能源汽车技术专业实行“3+2”贯通，"
        "2025年秋季首批招收100人；重庆机电职业技术大学新能源汽车工程技术专业开展“4+1”人才培养试点。"
        "“3+2+2”中高本贯通方案仍在论证，今年暂不招生。"
    )
    document.add_heading("四、资源共享", level=1)
    document.add_paragraph(
        "重庆工业职业技术大学向全体成员开放共享智能网联汽车虚拟仿真实训平台，重庆长安汽车股份有限公司共享兼职教师库，"
        "2025年底前入库工程师不少于200名。"
    )
    document.add_heading("五、组织保障", level=1)
    document.add_paragraph(
        "秘书处负责每半年更新一次岗位需求；各成员企业应在2025年10月底前报送次年用人计划；两江新区管委会对贯通培养项目"
        "给予每生每年2000元补助。"
    )
    _signed(document, "重庆市智能网联新能源汽车产教联合体秘书处", "2025年5月9日")
    document.add_paragraph(MARK)
    document.save(str(path))


def write_opinions(path: Path) -> None:
    """Guiding opinions (指导意见) as a pdf with a text layer."""
    from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # noqa: PLC0415 - only needed here
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # noqa: PLC0415
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]  # noqa: PLC0415
    from reportlab.platypus import Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]  # noqa: PLC0415

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    base = ParagraphStyle("text", fontName=font, fontSize=15, leading=27, wordWrap="CJK", firstLineIndent=30)
    plain = ParagraphStyle("left", base, firstLineIndent=0)
    styles = {
        "text": base,
        "heading": base,
        "left": plain,
        "number": ParagraphStyle("number", plain, alignment=1, spaceAfter=20),
        "title": ParagraphStyle("title", plain, alignment=1, fontSize=21, leading=34, spaceAfter=24),
        "right": ParagraphStyle("right", plain, alignment=2),
    }

    def page_number(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 12)
        canvas.drawCentredString(A4[0] / 2, 50, f"— {document.page} —")

    document = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=80, rightMargin=74, topMargin=100, bottomMargin=90, invariant=1
    )
    document.title, document.author = OPINIONS[1][1], "联图示例"
    story = [Paragraph(text, styles[style]) for style, text in OPINIONS]
    document.build(story, onFirstPage=page_number, onLaterPages=page_number)


FILES: Final[dict[str, Callable[[Path], None]]] = {
    "02-member-list.docx": write_members,
    "04-guiding-opinions.pdf": write_opinions,
    "10-talent-chain.docx": write_talent_chain,
}


def main() -> int:
    """Write from the command line."""
    here = Path(__file__).resolve().parent.parent / "ingest" / "samples" / "documents"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--into", type=Path, default=here, help="folder to write to / 输出目录")
    into = parser.parse_args().into
    for name, write in FILES.items():
        write(into / name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
