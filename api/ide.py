"""The IDE (查询界面): a page and its assets, all from this package, so that it works where there is no network.

`scripts/ide` builds the assets; `static/LICENSES.txt` names what they are made of.
"""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Final

from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from graph.language import Language

STATIC: Final = Path(__file__).with_name("static")

ASSETS: Final = {"ide.js": "text/javascript", "ide.css": "text/css", "LICENSES.txt": "text/plain"}
"""The files that are served, and as what: the system's own table of types is wrong on some machines."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; "  # the editor measures text with style attributes of its own
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load: its own origin alone."""

EXAMPLES: Final[dict[Language, str]] = {
    "zh": "# 哪些产业链还没有专业群？每条都附原文依据。",
    "en": "# Which industry chains have no specialty group? Each answer has the words that say so.",
}

EXAMPLE: Final = """{
  uncoveredChains(first: 10) {
    totalCount
    nodes {
      chain { id name }
      size
      enterprises
      headcount
      confidence
      evidence { kind quote place source { name } }
    }
  }
}
"""

_PAGE: Final = Template(
    """<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>联图 · GraphQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/ide.css">
<script type="module" src="static/ide.js"></script>
</head>
<body>
<div id="ide" data-endpoint="graphql"></div>
<template id="example">$example</template>
<noscript>联图的查询界面需要 JavaScript。 / The IDE needs JavaScript.</noscript>
</body>
</html>
"""
)


def ide_page(language: Language) -> HTMLResponse:
    """The page, with a first query to run."""
    example = escape(f"{EXAMPLES[language]}\n{EXAMPLE}")
    page = _PAGE.substitute(language="zh-CN" if language == "zh" else "en", example=example)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY} | SAFE_HEADERS)


def ide_asset(name: str) -> Response:
    """One of the assets by name, 404 for any other."""
    if name not in ASSETS:
        return PlainTextResponse("404", HTTPStatus.NOT_FOUND, SAFE_HEADERS)
    return FileResponse(
        STATIC / name, media_type=ASSETS[name], headers={"Cache-Control": "no-cache"} | SAFE_HEADERS
    )


SAFE_HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
"""Headers of every answer."""
