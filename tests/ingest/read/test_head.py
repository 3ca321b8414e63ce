"""Number, title, issuer, dates and genre are found where documents have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.read import read_document
from ingest.read.dates import iso_date
from ingest.read.standing import number_in

SHARED = Path(__file__).parents[4] / "shared"


def read(tmp_path: Path, *lines: str) -> Document:
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_document(path)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("渝委教发〔2023〕9 号", "渝委教发〔2023〕9 号"),
        ("国发[2019]4号", "国发〔2019〕4号"),
        ("渝教职成发【2024】12号", "渝教职成发〔2024〕12号"),
        ("渝府办发（2023）第31号", "渝府办发〔2023〕第31号"),
        ("渝教〔2024〕3号    签发人：某某", "渝教〔2024〕3号"),
        ("根据国发〔2019〕4号文件", None),
        ("渝教〔2024〕号", None),
    ],
)
def test_a_number_is_a_line_of_its_own_in_any_brackets(written, number):
    assert number_in(written) == number


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023 年 11月 3 日", "2023-11-03"),
        ("二〇〇四年八月十二日", "2004-08-12"),
        ("一九九六年十月三十一日", "1996-10-31"),
        ("2024-3-5", "2024-03-05"),
        ("2024年3月", "2024-03"),
        ("2024年13月5日", None),
        ("2023年2月30日", None),
        ("二〇二三年十十月三日", None),
        ("二〇二三年三月二三十日", None),
        ("第33618号", None),
    ],
)
def test_dates_are_read_in_figures_and_characters_and_must_exist(written, iso):
    assert iso_date(written) == iso


def test_a_notice_with_title_in_two_lines_and_a_signature(tmp_path):
    document = read(
        tmp_path,
        "渝教职成发〔2024〕7号",
        "",
        "重庆市教育委员会 重庆市财政局",
        "关于印发市域产教联合体",
        "建设管理办法（试行）的通知",
        "",
        "各区县教委、财政局，有关高校：",
        "　　现将《市域产教联合体建设管理办法（试行）》印发给你们，请遵照执行。",
        "重庆市教育委员会　　重庆市财政局",
        "2024年5月6日",
        "市域产教联合体建设管理办法（试行）",
        "第一章　总则",
        "第一条　为规范建设，制定本办法。",
    )
    assert document.number == "渝教职成发〔2024〕7号"
    assert document.title == "关于印发市域产教联合体建设管理办法（试行）的通知"
    assert document.issuers == ("重庆市教育委员会", "重庆市财政局")
    assert (document.issued, document.kind) == ("2024-05-06", "通知")
    roles = [block.role for block in document.blocks]
    assert roles == ["paragraph", "title", *["paragraph"] * 4, "title", "heading", "list"]
    assert [block.level for block in document.blocks[-2:]] == [1, 3]


def test_a_news_item_has_its_first_line_for_title_and_no_number(tmp_path):
    document = read(
        tmp_path,
        "重庆八所院校与园区共建产教联合体",
        "来源：重庆日报　2024年3月5日",
        "　　本报讯（记者 某某）3月4日，八所院校与永川高新区签约，按照国发〔2019〕4号文件要求共建联合体。",
    )
    assert (document.title, document.number) == ("重庆八所院校与园区共建产教联合体", None)
    assert (document.issued, document.kind, document.issuer) == ("2024-03-05", "新闻", None)


def test_an_abstract_is_known_by_its_heading(tmp_path):
    document = read(
        tmp_path, "市域产教联合体治理机制研究", "摘要：本文研究联合体的治理。", "关键词：产教融合；治理"
    )
    assert (document.title, document.kind) == ("市域产教联合体治理机制研究", "论文摘要")


def test_the_date_of_a_speech_is_kept_beside_the_date_of_the_notice_that_encloses_it(tmp_path):
    document = read(
        tmp_path,
        "某市教育局关于印发局长在推进会上的讲话的通知",
        "各学校：",
        "现予印发，请贯彻落实。",
        "某市教育局",
        "2023年11月3日",
        "在推进会上的讲话",
        "（2023年10月27日）",
        "同志们：",
    )
    assert (document.issued, document.spoken, document.kind) == ("2023-11-03", "2023-10-27", "通知")
    assert document.title == "关于印发局长在推进会上的讲话的通知"


def test_a_date_inside_the_text_is_not_the_date_of_issue(tmp_path):
    document = read(
        tmp_path,
        "关于开展试点的通知",
        "各院校：",
        "自2025年1月1日起开展试点，请认真组织。",
        "市教育委员会",
        "2024年12月2日",
    )
    assert document.issued == "2024-12-02"


@pytest.mark.skipif(not SHARED.exists(), reason="the trial data are not here")
def test_the_heads_of_state_council_documents_are_as_published(tmp_path):
    right = total = 0
    for line in (
        (SHARED / "data/policies/state_council_2018_2019.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        row = json.loads(line)
        document = read(tmp_path, row["text"])
        title = "".join(row["title"].split())
        whole = "".join(((document.issuer or "") + (document.title or "")).split())
        written = row["written"].replace("年", "-").replace("月", "-").replace("日", "")
        right += sum(
            (
                document.number == row["doc_no"],
                title in whole,
                document.issuer == row["issuer"],
                document.issued == written,
            )
        )
        total += 4
    assert right / total > 0.97, f"{right} of {total}"


@pytest.mark.skipif(not SHARED.exists(), reason="the trial data are not here")
def test_the_seed_document_comes_out_paragraph_by_paragraph():
    document = read_document(SHARED / "gold/seed/original.txt")
    assert document.text == (SHARED / "gold/seed/text.txt").read_text(encoding="utf-8").rstrip("\n")
    assert document.issuer == "中共重庆市委教育工作领导小组"
    assert (document.issued, document.spoken, document.kind) == ("2023-11-03", "2023-10-27", "通知")
    levels = {block.text[:3]: block.level for block in document.blocks if block.level}
    assert levels == {
        "第一，": 1,
        "第二，": 1,
        "第三，": 1,
        "（一）": 2,
        "（二）": 2,
        "（三）": 2,
        "（四）": 2,
    }
    original = (SHARED / "gold/seed/original.txt").read_text(encoding="utf-8").split("\n")
    for quote in ("重庆智能工程职业学院与华为公司", "产教联合体 15 个以上"):
        line = int(document.place_at(document.text.index(quote)).removeprefix("l."))
        assert quote[:4] in original[line - 1]


def test_two_issuers_in_two_lines_of_the_title_are_two(tmp_path):
    document = read(
        tmp_path,
        "某某市经济和信息化委员会",
        "某某市教育委员会",
        "关于推动专业群对接产业链的指导意见",
        "各高校：",
        "现提出如下意见。",
    )
    assert document.issuers == ("某某市经济和信息化委员会", "某某市教育委员会")


BODY = ("各区县：", "2023年4月1日，市教委召开了会议，现将有关事项通知如下，请认真贯彻落实。")


@pytest.mark.parametrize("verb", ["关于转发", "转发"])
def test_who_issued_what_a_notice_passes_on_is_not_its_issuer(tmp_path, verb):
    title = f"{verb}教育部办公厅关于开展试点的通知的通知"
    document = read(tmp_path, title, *BODY, "重庆市教育委员会", "2023年5月6日")
    assert (document.title, document.issuer) == (title, "重庆市教育委员会")
    headed = read(tmp_path, "重庆市教育委员会" + title, *BODY)
    assert (headed.title, headed.issuer) == (title, "重庆市教育委员会")


@pytest.mark.parametrize(
    ("signature", "issuers"),
    [
        (("重庆市教育委员会  2023年5月6日",), ("重庆市教育委员会",)),
        (("重庆市财政局", "重庆市教育委员会　2023年5月6日"), ("重庆市财政局", "重庆市教育委员会")),
        (("重庆市教育委员会（公章）", "2023年5月6日"), ("重庆市教育委员会",)),
        (("重庆市教育委员会（盖 章）", "2023年5月6日（章）"), ("重庆市教育委员会",)),
        (("教　育　部　　财　政　部", "2023年5月6日"), ("教育部", "财政部")),
        (("教 育 部", "２０２３年５月６日"), ("教育部",)),
        (
            ("中国银保监会、中华全国总工会", "全国工商联 中国残联 中国科协", "2023年5月6日"),
            ("中国银保监会", "中华全国总工会", "全国工商联", "中国残联", "中国科协"),
        ),
        (("某某工作筹备组 2023年5月6日",), ()),
    ],
)
def test_a_signature_is_read_in_the_forms_that_it_takes(tmp_path, signature, issuers):
    document = read(tmp_path, "关于开展试点工作的通知", *BODY, *signature)
    assert (document.issuers, document.issued) == (issuers, "2023-05-06")


def test_a_day_told_in_the_running_text_is_not_the_date_of_issue(tmp_path):
    assert read(tmp_path, "关于开展试点工作的通知", *BODY).issued is None


def test_the_day_of_a_dispatch_is_the_date_of_a_news_item(tmp_path):
    document = read(tmp_path, "八校签约", "新华社重庆2023年5月6日电 八所院校与永川高新区签约。", "又讯。")
    assert (document.kind, document.issued) == ("新闻", "2023-05-06")
    bare = read(tmp_path, "八校签约", "2023年5月6日，八所院校与永川高新区签约，今年起招生。", "又讯。")
    assert bare.issued == "2023-05-06"


@pytest.mark.parametrize("letterhead", ["重 庆 市 教 育 委 员 会 文 件", "重庆市教育委员会文件"])
def test_a_letterhead_is_no_title_however_it_is_spread(tmp_path, letterhead):
    document = read(tmp_path, letterhead, "渝教发〔２０２３〕１２号", "关于开展试点工作的通知", *BODY)
    assert (document.title, document.issuer) == ("关于开展试点工作的通知", "重庆市教育委员会")
    assert document.number == "渝教发〔2023〕12号"


def test_the_number_of_a_document_that_is_cited_is_not_its_own(tmp_path):
    cited = "1.学习《国家职业教育改革实施方案》（国发〔2019〕4号）"
    assert read(tmp_path, "关于开展试点工作的通知", "各区县：", cited, BODY[1]).number is None
    headed = read(tmp_path, "关于开展试点工作的通知（渝教发〔2023〕12号）", "各区县：", cited, BODY[1])
    assert headed.number == "渝教发〔2023〕12号"


@pytest.mark.parametrize(
    "fields",
    [
        "文号：渝教发〔2023〕12号 发布机构：重庆市教育委员会 发布日期：2023-05-06",
        "索引号：0001/2023-1　发文字号：渝教发〔2023〕12号",
    ],
)
def test_a_field_among_others_in_a_line_gives_the_number_and_the_title_stands_below(tmp_path, fields):
    document = read(tmp_path, fields, "关于开展试点工作的通知", *BODY)
    assert (document.number, document.title) == ("渝教发〔2023〕12号", "关于开展试点工作的通知")


@pytest.mark.parametrize(
    "above",
    [
        ("附件：名单", "甲市职业技术学院", "乙市职业技术学院"),
        ("现公布如下：", "甲市智能装备产教联合体", "甲市机床有限公司"),
    ],
)
def test_bodies_in_a_list_above_a_signature_are_no_issuers(tmp_path, above):
    document = read(tmp_path, "关于公布名单的公示", *BODY, *above, "甲市教育局", "2024年3月1日")
    assert (document.issuers, document.issued) == (("甲市教育局",), "2024-03-01")


def test_schools_one_a_line_above_a_date_are_a_list_and_two_bodies_a_signature(tmp_path):
    schools = ("甲市职业技术学院", "乙市职业技术学院", "丙市职业技术学院")
    listed = read(tmp_path, "关于公布名单的公示", *BODY, *schools, "2024年3月1日")
    assert (listed.issuers, listed.issued) == ((), "2024-03-01")
    signed = read(tmp_path, "合作协议", *BODY, schools[0], "甲市机床有限公司", "2024年3月1日")
    assert signed.issuers == ("甲市职业技术学院", "甲市机床有限公司")
