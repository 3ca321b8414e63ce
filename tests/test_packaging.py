"""What is installed is whole: the wheel holds every package and every file that they read."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "nlp", "ingest", "api", "cli", "cypher")
LITTER = {"__pycache__", ".mypy_cache", ".ruff_cache"}


def project() -> dict[str, object]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(table, dict)
    return table


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_file_of_every_package(wheel: set[str]) -> None:
    sources = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not LITTER & set(path.parts) and path.suffix != ".pyc"
    }
    assert sources - wheel == set()


def test_wheel_holds_nothing_else_than_packages_and_metadata(wheel: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


@pytest.mark.parametrize("suffix", [".cypher", ".csv", ".graphql"])
def test_wheel_holds_data(wheel: set[str], suffix: str) -> None:
    assert any(name.endswith(suffix) for name in wheel)


def test_every_dependency_is_bounded() -> None:
    declared = project()
    wanted = list(declared["dependencies"])  # type: ignore[call-overload]
    for extra in declared["optional-dependencies"].values():  # type: ignore[attr-defined]
        wanted += extra
    unbounded = [
        item for item in wanted if not item.startswith("liantu[") and not (">=" in item and "<" in item)
    ]
    assert unbounded == []


def test_every_package_stands_in_the_wheel_the_types_and_the_layers() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tuple(tool["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES
    assert [*tool["mypy"]["packages"], "cypher"] == list(PACKAGES)
    assert [*tool["importlinter"]["root_packages"], "cypher"] == list(PACKAGES)
