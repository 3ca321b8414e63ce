"""Writes small PDFs with a Chinese text layer, so that the tests need no fonts and no files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 842.0
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2"
    b" >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4"
    b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)


@dataclass(frozen=True)
class Words:
    """Text at a place of a page, in points from the top left corner."""

    text: str
    left: float
    top: float
    size: float = 16.0


def write_pdf(pages: Sequence[Sequence[Words]], *, trailer: bytes = b"", extra: bytes = b"") -> bytes:
    """A PDF of these pages; `extra` is drawn on each page, `trailer` goes into the file's trailer."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ %s ] /Count %d >>" % (kids, len(pages)),
        FONT,
    ]
    for index, page in enumerate(pages):
        content = b"".join(
            b"BT /F %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n"
            % (
                words.size,
                words.left,
                HEIGHT - words.top - words.size,
                words.text.encode("utf-16-be").hex().encode(),
            )
            for words in page
        )
        content += extra
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (5 + 2 * index)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    data = b"%PDF-1.7\n"
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return data


def set_page(
    lines: Sequence[str], *, size: float = 16.0, left: float = 72.0, leading: float = 28.0
) -> list[Words]:
    """Lines one below the other; each leading full-width space moves a line in by a character."""
    return [
        Words(
            line.lstrip("\u3000"),
            left + size * (len(line) - len(line.lstrip("\u3000"))),
            72.0 + number * leading,
            size,
        )
        for number, line in enumerate(lines)
        if line.strip()
    ]
