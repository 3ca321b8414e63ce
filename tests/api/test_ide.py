from __future__ import annotations

import html
import re
from typing import Any

from api.ide import ASSETS, EXAMPLE, POLICY, STATIC

_LOADS = re.compile(r"""(?:src|href)=["']([^"']+)["']""")


def test_the_page_loads_what_the_package_has_and_nothing_else(client: Any) -> None:
    page = client.request("GET", "/graphql")
    assert page.status_code == 200
    loaded = [address for address in _LOADS.findall(page.text) if not address.startswith("data:")]
    assert sorted(loaded) == ["static/ide.css", "static/ide.js"]
    for address in loaded:
        answer = client.request("GET", f"/{address}")
        assert answer.status_code == 200
        assert len(answer.content) > 1000
        assert answer.headers["content-type"].startswith(ASSETS[address.rpartition("/")[2]])
    assert "://" not in page.text


def test_the_styles_load_nothing_from_elsewhere_and_the_scripts_import_nothing() -> None:
    styles = (STATIC / "ide.css").read_text(encoding="utf-8")
    assert all(address.startswith("data:") for address in re.findall(r"url\(['\"]?([^)'\"]+)", styles))
    assert "@import" not in styles
    script = (STATIC / "ide.js").read_text(encoding="utf-8")
    assert not re.search(r"\bimport\(\s*[\"'`](?:https?:)?//", script)
    assert not re.search(r"(?:fetch|importScripts|WebSocket)\(\s*[\"'`](?:https?|wss?):", script)


def test_the_page_may_load_from_its_own_origin_alone(client: Any) -> None:
    policy = client.request("GET", "/graphql").headers["content-security-policy"]
    assert policy == POLICY
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["connect-src"] == "'self'"
    assert not re.search(r"https?:|\*", policy)


def test_the_assets_are_small_and_say_whose_they_are() -> None:
    assert sum(path.stat().st_size for path in STATIC.iterdir()) < 3_000_000
    notices = (STATIC / "LICENSES.txt").read_text(encoding="utf-8")
    for package in ("graphiql", "react-dom", "codemirror"):
        assert re.search(rf"^{package} \d", notices, re.MULTILINE)
    assert "GPL" not in notices.replace("LGPL", "GPL")


def test_the_example_on_the_page_runs(client: Any, ask: Any) -> None:
    shown = re.search(
        r'<template id="example">(.*?)</template>', client.request("GET", "/graphql").text, re.DOTALL
    )
    assert shown is not None
    assert html.unescape(shown[1]).endswith(EXAMPLE)
    assert ask(html.unescape(shown[1]))["uncoveredChains"]["nodes"]


def test_only_the_assets_are_served(client: Any) -> None:
    assert client.request("GET", "/static/LICENSES.txt").status_code == 200
    for name in ("../app.py", "..%2fapp.py", "%2e%2e/ide.py", "nothing.js", ""):
        assert client.request("GET", f"/static/{name}").status_code == 404


def test_the_root_leads_to_the_page(client: Any) -> None:
    answer = client.request("GET", "/")
    assert (answer.status_code, answer.headers["location"]) == (307, "graphql")


def test_the_page_speaks_the_readers_language(client: Any) -> None:
    for accepted, word in (("zh", "哪些产业链"), ("en", "Which industry chains")):
        assert word in client.request("GET", "/graphql", headers={"Accept-Language": accepted}).text
