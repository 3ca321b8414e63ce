"""Draw the picture of the README from real answers: `python scripts/draw_answers.py [GRAPH]`, after `liantu demo`.

Writes docs/images/answers.en.svg and answers.zh.svg: the first findings of the first questions on the demo graph, as a
terminal shows them. The pictures load nothing from elsewhere.
"""

from __future__ import annotations

import argparse
import html
import io
import os
import re
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI

from cli.findings import pages
from cli.gaps import projection_for
from graph.gaps import questions

IMAGES: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
QUESTIONS: Final = 3
FINDINGS: Final = 2
WIDTH: Final = 116

# As rich's own format, with the fonts of the reader's machine in place of a download.
FORMAT: Final = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", Menlo, Consolas, "DejaVu Sans Mono", "PingFang SC",
    "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def draw(graph: str, language: str) -> str:
    """The picture in a language, as SVG."""
    os.environ["LIANTU_LANG"] = language
    projection = projection_for(list(questions().values()), graph)
    answers = {one.name: one.answer(projection) for one in questions().values()}
    asked = [one for one in questions().values() if answers[one.name]][:QUESTIONS]
    paper = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    paper.print(pages(asked, answers, projection, FINDINGS))
    picture = paper.export_svg(title="liantu demo", theme=MONOKAI, code_format=FORMAT)
    return re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)<', _measured, picture)


def _measured(run: re.Match[str]) -> str:
    """A run of text as wide as its cells (rich counts characters, of which a Chinese one takes two cells)."""
    text = html.unescape(run[3]).rstrip("\xa0\n ")
    if not text:
        return f"{run[2].lstrip()}><"
    width = cell_len(text) * float(run[1]) / len(html.unescape(run[3]))
    shown = html.escape(text).replace("\xa0", "&#160;")
    return f'textLength="{width:.1f}"{run[2]}>{shown}<'


def main() -> None:
    """Draw both pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", nargs="?", default="liantu-demo/graph", help="the demo graph")
    graph = parser.parse_args().graph
    IMAGES.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        (IMAGES / f"answers.{language}.svg").write_text(draw(graph, language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
