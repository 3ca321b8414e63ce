"""The pages of docs/ say what the code says."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["ontology.md", "errors.md", "settings.md", "commands.md", "record-kinds.md", "standard-tables.md"]


@pytest.fixture(scope="module")
def write_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PAGES)
def test_page_says_what_the_code_says(write_docs: ModuleType, name: str) -> None:
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == write_docs.PAGES[name](), "run: python scripts/write_docs.py --write"


def test_every_derived_page_is_compared(write_docs: ModuleType) -> None:
    assert sorted(write_docs.PAGES) == sorted(PAGES)


def test_rows_of_a_table_stand_together(write_docs: ModuleType) -> None:
    for page in write_docs.PAGES.values():
        assert not re.search(r"^\|.*\n\n\|(?! *[a-z]* *\|.*\n\|---)", page(), re.MULTILINE)


def readmes() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("page", readmes(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("page", readmes(), ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_pages_exist(page: Path) -> None:
    from cli.main import COMMANDS  # noqa: PLC0415 - with the language that conftest sets

    code = re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.DOTALL)
    named = re.findall(r"(?:^|`|bin/|Scripts\\)liantu ([a-z]+)", "\n".join(code), re.MULTILINE)
    unknown = {name for name in named if name not in COMMANDS}
    assert unknown == set()
