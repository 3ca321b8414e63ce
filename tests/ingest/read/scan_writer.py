"""Writes tests/data/read/scanned-notice.pdf: two pages of pixels, a little askew, as scanners give them.

`python tests/ingest/read/scan_writer.py FONT.ttc` with any Chinese font; the tests read the file that is there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TARGET = Path(__file__).parents[2] / "data" / "read" / "scanned-notice.pdf"
SIZE = (1240, 1754)  # A4 at 150 dots an inch
Words = tuple[int, int, int, str]  # left, top, size, text
BODY = (
    "　　经研究，现将第二批市域产教联合体名单予以公布。绵阳科技城产教联",
    "合体由绵阳职业技术学院牵头，四川长虹电子控股集团有限公司参与；到",
    "2027年，建成市域产教联合体15个以上，在校生规模达到3.3万人。",
)
PAGES: tuple[tuple[Words, ...], ...] = (
    (
        (330, 170, 44, "四川省教育厅"),
        (200, 240, 44, "关于公布市域产教联合体名单的通知"),
        (470, 320, 30, "川教函〔2025〕88号"),
        (120, 420, 32, "各高等学校："),
        *((120, 480 + 56 * number, 32, line) for number, line in enumerate(BODY)),
        (760, 760, 32, "四川省教育厅"),
        (760, 816, 32, "2025年6月18日"),
        (600, 1640, 24, "— 1 —"),
    ),
    (
        (120, 170, 32, "附件：成员名单"),
        (120, 240, 32, "宜宾职业技术学院、四川时代新能源科技有限公司、宜宾三江新区。"),
        (600, 1640, 24, "— 2 —"),
    ),
)


def scanned(page: tuple[Words, ...], font: str) -> Image.Image:
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    for left, top, size, text in page:
        draw.text((left, top), text, font=ImageFont.truetype(font, size), fill=0)
    askew = image.rotate(0.3, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return askew.point([255 if shade > 140 else 0 for shade in range(256)]).convert("1")


if __name__ == "__main__":
    first, *others = (scanned(page, sys.argv[1]) for page in PAGES)
    first.save(TARGET, save_all=True, append_images=others, resolution=150)
