"""Of a web page the article is read, with the lines of its source."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from typesetting import documents

from graph.errors import LiantuError
from ingest.document import Document
from ingest.read import read_document

PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}">
<title>关于公布产教联合体名单的通知_某市教育委员会</title>
<meta name="PubDate" content="2024-03-06 10:11">
<script>var 甲 = "不是正文，不是正文。";</script><style>p {{ color: red }}</style></head>
<body>
<div class="top-nav"><a href="/">首页</a> <a href="/news">新闻，动态，公告，专题。</a></div>
<div class="breadcrumb">当前位置：首页 &gt; 通知</div>
<h1>关于公布产教联合体名单的通知</h1>
<table class="info"><tr><td>发文字号：</td><td>渝教〔2024〕3号</td></tr></table>
<div class="{body}">
<p>各高校：</p>
<p>&emsp;&emsp;经研究，现将<b>市域</b>产教联合体
名单予以公布，&ldquo;联合体&rdquo;应加强建设。</p>
<h3>一、总体要求</h3>
<table><tr><th>联合体</th><th>牵头单位</th></tr>
<tr><td>先进材料产教联合体</td><td>某学院&nbsp;某公司</td></tr></table>
<p>　　第一段，说明情况。<br>　　第二段，提出要求。</p>
<ul><li>加强领导；</li><li>抓好落实。</li></ul>
<p>某市教育委员会</p><p>2024年3月5日</p>
</div>
<div class="share-bar">分享到：微信，微博。</div>
<div id="footer">版权所有，翻印必究。</div><footer>主办单位，联系方式。</footer>
</body></html>
"""


def read(tmp_path: Path, page: str, encoding: str = "utf-8") -> Document:
    path = tmp_path / "a.html"
    path.write_bytes(page.encode(encoding))
    return read_document(path)


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
@pytest.mark.parametrize("body", ["TRS_Editor", "pages_content", "anything"])
def test_the_article_is_found_and_nothing_around_it(tmp_path, charset, body):
    document = read(tmp_path, PAGE.format(charset=charset, body=body), charset)
    found = [(block.role, block.text) for block in document.blocks if "发文字号" not in block.text]
    assert found == [
        ("title", "关于公布产教联合体名单的通知"),
        ("paragraph", "各高校："),
        ("paragraph", "经研究，现将市域产教联合体名单予以公布，“联合体”应加强建设。"),
        ("heading", "一、总体要求"),
        ("table", "联合体\t牵头单位"),
        ("table", "先进材料产教联合体\t某学院 某公司"),
        ("paragraph", "第一段，说明情况。"),
        ("paragraph", "第二段，提出要求。"),
        ("list", "加强领导；"),
        ("list", "抓好落实。"),
        ("paragraph", "某市教育委员会"),
        ("paragraph", "2024年3月5日"),
    ]


def test_the_head_comes_from_the_page_and_the_fields_around_the_article(tmp_path):
    document = read(tmp_path, PAGE.format(charset="utf-8", body="TRS_Editor"))
    assert (document.number, document.kind) == ("渝教〔2024〕3号", "通知")
    assert document.title == "关于公布产教联合体名单的通知"
    assert (document.issued, document.issuer) == (
        "2024-03-05",
        "某市教育委员会",
    )  # signed, not put on the web


def test_places_are_lines_of_the_source(tmp_path):
    page = PAGE.format(charset="utf-8", body="TRS_Editor")
    document = read(tmp_path, page)
    lines = page.split("\n")
    for block in document.blocks:
        begins = block.cells[0] if block.cells else block.text
        assert begins[:4] in lines[int(block.place.removeprefix("l.")) - 1]


def test_cells_keep_their_text_and_their_order(tmp_path):
    document = read(tmp_path, PAGE.format(charset="utf-8", body="TRS_Editor"))
    rows = [block.cells for block in document.blocks if block.role == "table"]
    assert rows == [("联合体", "牵头单位"), ("先进材料产教联合体", "某学院 某公司")]


def test_a_merged_cell_keeps_the_columns_of_the_rows_below_and_says_its_words_there(tmp_path):
    page = (
        "<h1>关于公布名单的通知</h1><p>现予公布。</p><table><tr><th>序号<th>联合体<th>成员<th>类型</tr>"
        "<tr><td>1<td rowspan=2>先进材料产教联合体<td>某学院<td>学校</tr><tr><td>2<td>某公司<td>企业</tr>"
        "<tr><td>3<td colspan='2'>待定<td>园区</tr>"
        "<tr><td rowspan='99999999'>4<td colspan=x>轻工联合体<td>某校<td>学校</tr></table>"
    )
    rows = [block.cells for block in read(tmp_path, page).blocks if block.role == "table"]
    assert rows == [
        ("序号", "联合体", "成员", "类型"),
        ("1", "先进材料产教联合体", "某学院", "学校"),
        ("2", "先进材料产教联合体", "某公司", "企业"),
        ("3", "待定", "", "园区"),
        ("4", "轻工联合体", "某校", "学校"),
    ]


def test_spans_that_claim_a_huge_table_cost_no_more_than_the_page(tmp_path):
    row = "<tr>" + "<td colspan=1000 rowspan=1000>甲</td>" * 20 + "</tr>" + "<tr></tr>" * 900
    page = f"<h1>关于公布名单的通知</h1><p>现予公布。</p><table>{row * 20}</table>"
    found = [block for block in read(tmp_path, page).blocks if block.role == "table"]
    assert sum(len(block.cells) for block in found) <= 51 * 20 * 20
    assert sum(block.text.count("甲") for block in found) == 400


def test_lines_of_a_cell_stay_apart_and_those_of_the_source_do_not(tmp_path):
    page = (
        "<h1>关于公布名单的通知</h1><p>现予公布。</p><table><tr><td>联合体</td><td>成员企业</td></tr>"
        "<tr><td>先进材料\n产教联合体</td><td>甲市机床有限公司<br>乙市汽车有限公司<p>丙市电子公司</p></td></tr></table>"
    )
    row = read(tmp_path, page).blocks[-1]
    assert row.cells == ("先进材料产教联合体", "甲市机床有限公司\n乙市汽车有限公司\n丙市电子公司")
    assert row.text == "先进材料产教联合体\t甲市机床有限公司 乙市汽车有限公司 丙市电子公司"


DATA = (
    "<table><tr><td>学校名称</td><td>专业名称</td><td>在校生数</td></tr>"
    "<tr><td>甲学院</td><td>{}</td><td>100</td></tr></table>"
)


@pytest.mark.parametrize(
    "page",
    [
        f"<table><tr><td><p>各学校：现公布如下。</p>{DATA.format('软件技术')}<p>特此通知。</p></td></tr></table>",
        f"<p>现公布如下。</p>{DATA.format('<table><tr><td>软件技术</td></tr></table>')}<p>特此通知。</p>",
    ],
    ids=["in the table that lays out the page", "with a table of one cell inside"],
)
def test_a_table_of_data_stays_one_whatever_tables_are_around_it_or_in_its_cells(tmp_path, page):
    blocks = read(tmp_path, f"<h1>关于公布名单的通知</h1>{page}").blocks
    rows = [block.cells for block in blocks if block.role == "table"]
    assert rows == [("学校名称", "专业名称", "在校生数"), ("甲学院", "软件技术", "100")]
    assert blocks[-1].text == "特此通知。"


def test_a_figure_merged_downwards_is_not_told_of_each_row(tmp_path):
    page = (
        "<h1>关于公布名单的通知</h1><p>现予公布。</p><table>"
        "<tr><th rowspan=2>学校<th rowspan=2>年份<th colspan=2>学生</tr><tr><th>在校生数<th>毕业生数</tr>"
        "<tr><td rowspan=2>甲学院<td rowspan=2>2024<td rowspan=2>1,200人<td>30</tr><tr><td>40</tr></table>"
    )
    rows = [block.cells for block in read(tmp_path, page).blocks if block.role == "table"]
    assert rows == [
        ("学校", "年份", "学生", ""),
        ("", "", "在校生数", "毕业生数"),
        ("甲学院", "2024", "1,200人", "30"),
        ("甲学院", "2024", "", "40"),
    ]


def test_the_title_of_a_page_without_h1_is_that_of_its_metadata_without_the_site(tmp_path):
    page = "<title>某校与某企业共建产业学院-某教育网</title><p>3月4日，双方签约，共建产业学院。</p>"
    assert read(tmp_path, page).title == "某校与某企业共建产业学院"


def test_a_page_nested_to_break_parsers_is_refused_at_once(tmp_path):
    with pytest.raises(LiantuError) as caught:
        read(tmp_path, "<html>" + "<div>" * 50_000 + "你好，世界。")
    assert caught.value.code == "file.unsafe"


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents())
def test_text_outside_paragraphs_is_not_lost(tmp_path, document):
    page = "<body><article>" + "<br>\n".join(document) + "</article></body>"
    assert [block.text for block in read(tmp_path, page).blocks] == document


NOTICE = (
    "<h1>关于推进产教融合的通知</h1><p>各区县教委：现将有关事项通知如下。</p><p>请认真执行，并报送方案。</p>"
)


def test_an_article_inside_a_form_that_holds_the_page_is_read_and_a_search_form_is_not(tmp_path):
    page = f'<body><form id="form1"><div class="content">{NOTICE}</div></form></body>'
    around = f'<body><form action="s"><p>站内搜索</p></form><div class="content">{NOTICE}</div></body>'
    for source in (page, around):
        texts = [block.text for block in read(tmp_path, source).blocks]
        assert texts == [
            "关于推进产教融合的通知",
            "各区县教委：现将有关事项通知如下。",
            "请认真执行，并报送方案。",
        ]


def test_lines_and_paragraphs_of_a_cell_are_kept_apart(tmp_path):
    page = (
        f"{NOTICE}<table><tr><td>牵头单位<td>成员</tr>"
        "<tr><td>甲学院<td>乙公司<br>丙公司<p>戊<b>公司</b></p><div>己公司</div>庚公司</tr></table>"
    )
    rows = [block.cells for block in read(tmp_path, page).blocks if block.role == "table"]
    assert rows[1] == ("甲学院", "乙公司\n丙公司\n戊公司\n己公司\n庚公司")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>甲市教育局</title>", "关于推进产教融合的通知"),
        ("<title>关于推进产教融合的通知_甲市教育局</title>", "关于推进产教融合的通知"),
        ('<title>甲市教育局</title><meta name="ArticleTitle" content="关于推进产教融合的通知">', None),
    ],
)
def test_the_only_h1_is_the_title_unless_it_is_the_name_of_the_site(tmp_path, head, title):
    wanted = title or "关于推进产教融合的通知"
    assert read(tmp_path, f"<head>{head}</head><body>{NOTICE}</body>").title == wanted
    logo = NOTICE.replace("<h1>关于推进产教融合的通知</h1>", "")
    page = f"<head>{head}</head><body><div class='logo'><h1>甲市教育局</h1></div><div class='content'>{logo}</div></body>"
    if "推进" in head:
        assert read(tmp_path, page).title == wanted


def test_scripts_and_drawings_of_a_page_saved_whole_nest_nothing(tmp_path):
    script = "<script>" + "for(i=0;i<a;i++){}" * 3_000 + "</script><!-- " + "<div>" * 3_000 + " -->"
    drawing = "<svg><g>" + '<path d="M0 0"/>' * 3_000 + "</g></svg>"
    assert read(tmp_path, f"<body>{script}{drawing}{NOTICE}</body>").title == "关于推进产教融合的通知"


@pytest.mark.parametrize("opened", ["<path/>", "<svg><p><path/>", "<svg></svg><path/>"])
def test_what_only_looks_closed_nests_all_the_same(tmp_path, opened):
    with pytest.raises(LiantuError) as caught:
        read(tmp_path, f"<body>{NOTICE}{opened}" + "<path/>" * 3_000)
    assert caught.value.code == "file.unsafe"


@pytest.mark.parametrize("opened", ["<!--", "<script", "<style>", "<a"])
def test_what_nothing_closes_takes_no_longer_than_its_length(tmp_path, opened):
    begun = time.process_time()
    read(tmp_path, f"<body>{NOTICE}" + opened * 100_000)
    assert time.process_time() - begun < 10  # by the square it would be minutes


@pytest.mark.parametrize(
    "body",
    [
        '<div id="app"></div><script>var data = "正文"</script>',
        '<div id="app">正在加载中，请启用JavaScript…</div>',
    ],
)
def test_a_page_that_only_a_script_fills_is_refused(tmp_path, body):
    with pytest.raises(LiantuError) as caught:
        read(tmp_path, f"<head><title>通知详情-甲市教育局</title></head><body>{body}</body>")
    assert caught.value.code == "file.no_article"


def test_what_is_not_shown_is_not_read(tmp_path):
    page = NOTICE + '<p style="color:red; DISPLAY: none">乙学院。</p><table><tr><td>学校<td>人数</tr>'
    page += '<tr style="display:none"><td>丙学院<td>9</tr><tr><td>甲学院<td>8</tr></table>'
    assert [block.text for block in read(tmp_path, page).blocks[3:]] == ["学校\t人数", "甲学院\t8"]


@pytest.mark.parametrize(
    "title",
    [
        "甲市教育局关于公布名单的通知-通知公告-甲市教育局",
        "甲市教育局关于公布名单的通知_公示公告_甲市人民政府门户网站",
        "甲市教育局 关于公布名单的通知 通知公告 甲市教育局",
        "通知公告",
        "详细页",
        "无标题文档",
    ],
)
def test_the_title_is_that_of_the_article_however_the_site_names_its_pages(tmp_path, title):
    page = (
        f"<head><title>{title}</title></head><body><div class=con><div>甲市教育局关于公布名单的通知</div>"
        "<p>各县区教育局：</p><p>现将名单予以公布，请遵照执行。</p><p>甲市教育局</p><p>2024年3月1日</p></div></body>"
    )
    document = read(tmp_path, page)
    assert (document.title, document.issuer, document.kind) == ("关于公布名单的通知", "甲市教育局", "通知")
    assert sum(block.role == "title" for block in document.blocks) == 1


def test_a_year_behind_a_dash_is_a_part_of_the_title(tmp_path):
    page = NOTICE.replace("<h1>", "<div>").replace("</h1>", "</div>")
    title = "甲市职业教育发展规划（2021—2025年）-通知公告-甲市教育局"
    assert read(tmp_path, f"<title>{title}</title>{page}").title == "甲市职业教育发展规划（2021—2025年）"


@pytest.mark.parametrize(
    ("around", "issued"),
    [
        ("<div>当前时间：2026年11月29日 星期日</div>{}", "2024-03-05"),
        ("{}<div class='footer'>时间：2020-01-01</div>", "2024-03-05"),
        ("<div>发布时间：2024-04-01</div>{}", "2024-04-01"),
    ],
)
def test_the_clock_of_a_page_is_not_the_date_of_its_article(tmp_path, around, issued):
    article = (
        "<div class='con'><h1>甲学院与乙公司签约</h1><p>2024-03-05 10:12　甲市职教中心</p>"
        "<p>甲学院与乙公司共建产业学院，双方举行了签约仪式。</p></div>"
    )
    assert read(tmp_path, f"<body>{around.format(article)}</body>").issued == issued


def test_what_a_button_prints_is_the_article_and_the_button_is_not(tmp_path):
    page = f'<div id="print-content">{NOTICE}</div><div class="print">打印，关闭，返回。</div><div>{"占位" * 90}</div>'
    texts = [block.text for block in read(tmp_path, page).blocks]
    assert "各区县教委：现将有关事项通知如下。" in texts
    assert not any("打印" in text for text in texts)
