"""Where the article of a web page is (正文定位): by the ids that sites use, else where the running text stands."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

_REMOVED: Final = (
    "script, style, noscript, template, nav, footer, aside, button, iframe, object, svg, canvas, select, input, "
    "textarea, [hidden], [aria-hidden=true]"
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_OF_PRINT: Final = (
    r"[_-]?(?:content|area|body|article|text|main|box|page|zone|div|wrap)"  # what a button prints
)
# Parts around an article, by the words of their class or id.
_AROUND: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|position|location|share|bshare|bdshare|sharebox|footer|foot|"
    r"copyright|sidebar|related|recommend|relevant|comments?|toolbar|pager|pagination|friendlinks?|links|qrcode|ewm|"
    rf"topbar|search|banner|login|fontsize|(?:print|dayin)(?!{_OF_PRINT})|fenxiang|xgyd|editor-?info|mianbao)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What editors of Chinese public sites call the text of an article, the surest first.
_KNOWN: Final = (
    ".TRS_Editor", "#UCAP-CONTENT", ".pages_content", "#zoom", "#Zoom", ".article-content", ".article_content",
    "#articleContent", ".articleContent", ".news_content", ".news-content", ".wp_articlecontent", ".v_news_content",
    "#vsb_content", ".con_text", ".content-text", "#js_content", ".rich_media_content", ".article-body", "article",
    "#article", ".article", "main", "#content", ".content", "#main", ".main",
)  # fmt: skip
_ENOUGH: Final = 0.4
_MOST: Final = 200  # elements, levels: real pages have fewer, and pages built to be slow end all the same
_TEXT: Final = re.compile(r"\ufdd0\d+\ufdd1|\s+")


def article_of(tree: LexborHTMLParser) -> LexborNode:
    """The element that holds the article; what surrounds articles is taken out of the tree first."""
    root = tree.body or tree.root
    if root is None:
        raise ValueError("an html tree has a root")
    for node in tree.css(_REMOVED):
        node.decompose()
    whole = _length(root)
    # Some systems put the whole page in one form: only the others stand around an article.
    around = [
        node for node in tree.css("form, [class], [id], [style]") if node.tag == "form" or _is_around(node)
    ]
    for node in around[:_MOST]:
        if node.mem_id != root.mem_id and _length(node) < 0.5 * whole:
            node.decompose()
    whole = _length(root)
    for selector in _KNOWN:
        longest = max(root.css(selector)[:_MOST], key=_length, default=None)
        if longest is not None and _length(longest) >= _ENOUGH * whole:
            return longest
    return _densest(root)


def _is_around(node: LexborNode) -> bool:
    """Whether an element is no part of an article, by its names, or is not shown."""
    if _HIDDEN.search(node.attributes.get("style") or ""):
        return True
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return node.tag != "body" and _AROUND.search(names) is not None


def _length(node: LexborNode) -> int:
    return len(_TEXT.sub("", node.text()))


def _densest(root: LexborNode) -> LexborNode:
    """The lowest element that holds nearly all running text: text with marks of clauses, not of links."""
    node = root
    prose = _prose(root)
    for _ in range(_MOST if prose else 0):
        child = max(
            (child for child in node.iter() if child.tag not in {"p", "br"}), key=_prose, default=None
        )
        if child is None or _prose(child) < 0.9 * prose:
            return node
        node = child
    return node


def _prose(node: LexborNode) -> int:
    linked = sum(len(re.findall("[，。；]", link.text())) for link in node.css("a"))
    return len(re.findall("[，。；]", node.text())) - linked
