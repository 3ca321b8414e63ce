"""Web pages (网页): the article's blocks, without navigation, scripts and share bars; places are lines of the source.

The parser gives no positions, so the source is marked first: before each piece of text the number of its line is put
between two noncharacters (which no text may hold) and taken out again when the tree is walked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.errors import LiantuError
from graph.language import Text
from ingest.document import Block
from ingest.read.article import article_of
from ingest.read.dates import iso_date
from ingest.read.head import Head
from ingest.read.line import make_line
from ingest.read.paragraphs import paragraphs
from ingest.read.standing import NUMBER, number_in
from ingest.read.table import is_data, is_layout, table_row, with_merged

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK: Final = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# A comment or script that nothing closes goes on to the end, as in browsers.
_PIECE: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*>|\Z)|(?P<tag><[a-zA-Z/!?][^<>]*>)|[^<]+|<",
    re.DOTALL | re.IGNORECASE,
)
_CHINESE: Final = "\u2e80-\u9fff\uff00-\uffef“”‘’…—"
_BROKEN: Final = re.compile(f"(?<=[{_CHINESE}])[ \\t]*\\n\\s*(?=[{_CHINESE}])")
_SPACE: Final = re.compile(r"[ \t\r\n\f\xa0]+")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
_PARTS_OF_CELL: Final = (
    "br, p, div, li, ul, ol, dl, dt, dd, h1, h2, h3, h4, h5, h6, tr"  # 乙公司<br>丙公司: two
)
_LINE: Final = "\v"  # between the lines of a cell: those of the source are none
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that close by themselves, and in a drawing those that say so: <path/> outside of it does not.
_CLOSED: Final = re.compile(
    r"</?(?:p|br|li|hr|img|meta|link|input|td|tr|th|dd|dt|option|col|wbr|area|base)\b|<[/!?]?[^a-zA-Z/!?]|<[!?]",
    re.IGNORECASE,
)
_DRAWING: Final = re.compile(r"<svg\b", re.IGNORECASE)
_DRAWN: Final = re.compile(
    r"</?(?:g|defs|path|rect|circle|ellipse|line|polygon|polyline|use|symbol|stop|\w+gradient|clippath|mask)\b",
    re.IGNORECASE,
)
_DEEPEST: Final = 2_000
_WIDEST_SPAN: Final = 1_000  # rows or columns, as browsers allow for columns
_MOST_FILLED: Final = 50  # empty cells of spans for each cell that is written
_MOST_NESTED: Final = 40  # tables inside a table of data
_LONGEST_TITLE: Final = 200
_SITE: Final = re.compile(r"\s*(?:[-_|–—]|_{1,2}|--)\s*[^-_|–—]{2,24}$")
# Before the site may stand its columns: …的通知-通知公告-某市教育局.
_COLUMN: Final = re.compile(
    r"\s*(?:[-_|–—]|_{1,2}|--)\s*[^-_|–—\d\s]{0,6}(?:通知|公告|公示|新闻|动态|要闻|资讯|公开|政策|文件|法规|信息|首页|专栏|网站?|"
    r"平台|门户|详情|正文|内容|政务|解读)$"
)
# The columns and the site may also stand apart by spaces alone.
_SPACED: Final = re.compile(
    r"\s+(?:通知|公告|公示|新闻|动态|要闻|信息|政务|公开|文件|政策|中心|首页){2,}(?:\s+\S{2,24})?$"
)
# Names of pages of whatever article.
_NO_TITLE: Final = re.compile(
    r"(?:通知|公告|公示|文章|新闻|信息|内容|详细|详情|正文|动态|中心|公开|政务|文件|首页|页面?|显示|展示)+|无标题(?:文档|页)?|"
    r"untitled.{0,12}|(?:new|index|detail|content|document|page|info|article)s?",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"(发文字号|文\s*号|发文机关|发布机构|发布时间|发布日期|成文日期|发文日期|来\s*源)\s*[:：\]】]\s*(.{4,40})"
)
# So short a label may be that of the clock at the top of the page, or of its last change.
_TIME: Final = re.compile(r"(?<![前在公新止束始务作施效名议])(时间|日期)\s*[:：\]】]\s*(.{4,40})")
_LOADING: Final = re.compile(
    r"(?:(?:页面|数据|内容|系统)?(?:正在)?(?:加载|载入)中?|请?(?:启用|开启|打开|允许)java\s*script|(?:please\s*)?enable\s*javascript|"
    r"loading|请?稍[候后等]|[\W_])+",
    re.IGNORECASE,
)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page's own `meta` names, if any."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def html_blocks(source: str, file: str) -> tuple[list[Block], Head]:
    """The blocks of the article in a page, and what its metadata and the fields around the article say of it.

    Raises `file.unsafe` for a page nested so deep that only a page built to break parsers is, and `file.no_article` for
    one that only a script fills.
    """
    if _depth(source) > _DEEPEST:
        raise LiantuError("file.unsafe", file=file, reason=Text("嵌套过深", "nested too deeply"))
    tree = LexborHTMLParser(_marked(source))
    fields = dict(reversed(_FIELD.findall(_text(tree))))
    article = article_of(tree)
    declared = _declared(tree, dict(reversed(_TIME.findall(_text(tree)))) | fields)
    walker = _Walker()
    walker.walk(article)
    blocks = _ranked(walker.blocks)
    if all(_LOADING.fullmatch(block.text) for block in blocks):
        raise LiantuError("file.no_article", file=file)
    title, place = _page_title(tree, declared)
    if title and not _has_title(blocks, title):
        blocks.insert(0, Block(title, place, "title"))
    return blocks, declared


def _depth(source: str) -> int:
    """The deepest nesting of elements that do not close by themselves."""
    depth = deepest = 0
    drawing = False
    for piece in _PIECE.finditer(source):
        tag = piece["tag"]
        if not tag:
            continue
        drawing = bool(_DRAWING.match(tag) or (drawing and _DRAWN.match(tag)))
        if _CLOSED.match(tag) or (drawing and tag.endswith("/>")):
            continue
        depth = depth - 1 if tag.startswith("</") else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _marked(source: str) -> str:
    """The source with the number of its line before each line of text."""
    pieces: list[str] = []
    line = 1
    for found in _PIECE.finditer(source.replace("\r\n", "\n").replace(_OPEN, "").replace(_CLOSE, "")):
        piece = found.group()
        if not piece.startswith("<"):
            lines = piece.split("\n")
            marked = [
                f"{_OPEN}{line + shift}{_CLOSE}{part}" if part.strip() else part
                for shift, part in enumerate(lines)
            ]
            pieces.append("\n".join(marked))
        else:
            pieces.append(piece)
        line += piece.count("\n")
    return "".join(pieces)


def _unmarked(raw: str) -> tuple[str, str]:
    """Text as a browser shows it, and the place of its first line."""
    first = _MARK.search(raw)
    plain = _SPACE.sub(" ", _BROKEN.sub("", _MARK.sub("", raw)))
    return plain.strip(), f"l.{first.group(1)}" if first else "l.1"


class _Walker:
    """Walks the tree without recursion (pages nest thousands deep to break parsers) and collects blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._lines: list[str] = []
        self._tables = 0

    def walk(self, root: LexborNode) -> None:
        """Collect the blocks below `root`."""
        node: LexborNode | None = root
        while node is not None:
            down = self._enter(node)
            if down and node.first_child is not None:
                node = node.first_child
                continue
            while node is not None:
                self._leave(node)
                if node.mem_id == root.mem_id:
                    node = None
                elif node.next is not None:
                    node = node.next
                    break
                else:
                    node = node.parent
        self._flush("p")

    def _enter(self, node: LexborNode) -> bool:
        """Begin a node; whether its children are walked."""
        tag = node.tag
        if tag == "-text":
            self._pieces.append(node.text_content or "")
            return False
        if tag == "br":
            self._break()
            return False
        if tag in _BLOCKS:
            self._flush("p")
        if tag == "table" and self._table(node):
            return False
        return tag not in {"-comment", "script", "style"}

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            if tag == "pre":
                self._pieces = [_keep_lines(piece) for piece in self._pieces]
            self._flush(tag)

    def _break(self) -> None:
        self._lines.append("".join(self._pieces))
        self._pieces.clear()

    def _flush(self, tag: str) -> None:
        """End a block: its lines (`br`) are joined only where they were wrapped at a width."""
        self._break()
        lines = []
        for raw in (part for whole in self._lines for part in whole.split("\v")):
            text, place = _unmarked(raw)
            if text.strip("\u3000 \u200b\ufeff"):
                lines.append(make_line(text, place))
        self._lines.clear()
        for block in paragraphs(lines):
            if tag in _HEADINGS:
                self.blocks.append(replace(block, role="heading", level=int(tag[1])))
            elif tag == "li":
                self.blocks.append(replace(block, role="list", level=5))
            else:
                self.blocks.append(block)

    def _table(self, table: LexborNode) -> bool:
        """Take a table of data row by row; a table that only lays out the page is walked like any other element."""
        nested = [other for other in table.css("table") if other.mem_id != table.mem_id]
        if len(nested) > _MOST_NESTED or (nested and not _is_data_with(table, nested)):
            return False
        for part in table.css(_PARTS_OF_CELL):
            part.insert_before(_LINE)
            part.insert_after(_LINE)
        grid, covered = _grid(table)
        cells = [[_cell(raw) for raw in row] for row in grid]
        rows = [[text for text, _ in row] for row in cells]
        if is_layout(rows):
            return False
        self._tables += 1
        for row, said in zip(cells, with_merged(rows, covered), strict=True):
            place = next((place for text, place in row if text), "l.1")
            if block := table_row([text for text, _ in row], place, self._tables, said):
                self.blocks.append(block)
        return True


def _is_data_with(table: LexborNode, nested: Sequence[LexborNode]) -> bool:
    """Whether a table is one of data, and those in its cells only lay out the words there."""
    if not is_data([[_cell(raw)[0] for raw in row] for row in _grid(table)[0]]):
        return False
    return all(is_layout([[_cell(raw)[0] for raw in row] for row in _grid(one)[0]]) for one in nested)


def _cell(raw: str) -> tuple[str, str]:
    """The text of a cell, its lines apart, and the place of the first."""
    lines = [_unmarked(line)[0] for line in raw.split(_LINE)]
    return "\n".join(filter(None, lines)), _unmarked(raw)[1]


def _own(table: LexborNode, node: LexborNode) -> bool:
    """Whether a row or cell is of this table, and not of one inside."""
    above = node.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above is not None and above.mem_id == table.mem_id


def _grid(table: LexborNode) -> tuple[list[list[str]], list[set[int]]]:
    """The cells of a table in its columns: where a merged cell goes on, below or to the right, stands an empty one.

    And of each row the columns into which a cell above goes on.
    """
    written = [
        [(cell, cell.text()) for cell in row.css("td, th") if _own(table, cell)]
        for row in table.css("tr")
        if _own(table, row)
    ]
    room = _MOST_FILLED * sum(map(len, written))  # spans are cheap to write: what they fill is bounded
    rows: list[list[str]] = []
    covered: list[set[int]] = []
    below: Counter[int] = Counter()  # column → rows that a cell above still covers
    for row in written:
        cells: list[str] = []
        from_above: set[int] = set()
        for cell, text in [*row, (None, "")]:
            while below[len(cells)] > 0 and room > 0:
                below[len(cells)] -= 1
                room -= 1
                from_above.add(len(cells))
                cells.append("")
            if cell is None:
                break
            down = _span(cell, "rowspan") - 1
            across = min(_span(cell, "colspan"), room + 1)
            room -= across - 1
            for shift in range(across):
                below[len(cells)] = down
                cells.append("" if shift else text)
        rows.append(cells)
        covered.append(from_above)
    return rows, covered


def _span(cell: LexborNode, name: str) -> int:
    written = (cell.attributes.get(name) or "").strip()
    return min(max(int(written), 1), _WIDEST_SPAN) if written.isdecimal() and len(written) < 6 else 1


def _keep_lines(piece: str) -> str:
    return piece.replace("\n", "\v")


def _ranked(blocks: list[Block]) -> list[Block]:
    """Heading levels as ranks among those used: a page that begins with h3 has h3 at level 1."""
    used = sorted({block.level for block in blocks if block.role == "heading"})
    first_h1 = next(
        (i for i, block in enumerate(blocks) if block.role == "heading" and block.level == 1), None
    )
    found = []
    for index, block in enumerate(blocks):
        if index == first_h1:
            found.append(replace(block, role="title", level=0))
        elif block.role == "heading":
            shift = 1 if first_h1 is not None and len(used) > 1 else 0
            found.append(replace(block, level=max(1, used.index(block.level) + 1 - shift)))
        else:
            found.append(block)
    return found


def _text(tree: LexborHTMLParser) -> str:
    return _MARK.sub("", tree.body.text(separator="\n") if tree.body else "")


def _declared(tree: LexborHTMLParser, labelled: Mapping[str, str]) -> Head:
    """What `meta` and the labelled fields of the page say."""
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        content = _MARK.sub("", node.attributes.get("content") or "").strip()
        if name and content:
            metas.setdefault(name, content)
    fields = {"".join(key.split()): value.strip() for key, value in labelled.items()}
    number = next((NUMBER.search(fields[key]) for key in ("发文字号", "文号") if key in fields), None)
    dates = [metas.get(key, "") for key in ("pubdate", "publishdate", "article:published_time", "date")]
    dates += [fields.get(key, "") for key in ("成文日期", "发文日期", "发布日期", "发布时间", "日期", "时间")]
    return Head(
        number=number_in(number.group()) if number else None,
        title=metas.get("articletitle") or metas.get("og:title"),
        issuer=fields.get("发文机关"),
        kind="新闻" if "来源" in fields or "contentsource" in metas else None,
        issued=next((found for date in dates if (found := iso_date(date))), None),
    )


def _page_title(tree: LexborHTMLParser, declared: Head) -> tuple[str | None, str]:
    """The title of the article outside its text: the page's only h1, the metadata, or `title` without the site.

    An h1 that is another title than that of the metadata, or the site's name behind that of the page, is a logo.
    """
    node = tree.css_first("title")
    of_page, place = _unmarked(node.text()) if node is not None else ("", "l.1")
    named = (declared.title or _without_site(of_page))[:_LONGEST_TITLE]
    if _NO_TITLE.fullmatch(named):
        named = ""
    headings = tree.css("h1")
    if len(headings) == 1:
        text, line = _unmarked(headings[0].text())
        told, whole, short = ("".join(one.split()) for one in (text, of_page, named))
        logo = told not in short and (told in whole or (declared.title and short not in told))
        if text and not logo:
            return text, line
    return named or None, place


def _without_site(title: str) -> str:
    """The title of a page without the name of the site and those of its columns."""
    shorter = _SPACED.sub("", _SITE.sub("", title))
    while (article := _COLUMN.sub("", shorter)) != shorter:
        shorter = article
    return shorter


def _has_title(blocks: list[Block], title: str) -> bool:
    wanted = re.sub(r"\s+", "", title)
    head = re.sub(r"\s+", "", "".join(block.text for block in blocks[:6]))
    return wanted in head or any(block.role == "title" for block in blocks)
