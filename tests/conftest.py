"""What all tests share: English unless a test says otherwise, no settings from outside, one demonstration graph."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

# Before anything of ours is imported: the words of the commands are chosen when their modules load.
for _name in [name for name in os.environ if name.startswith("LIANTU_")]:
    del os.environ[_name]
os.environ["LIANTU_LANG"] = "en"


@pytest.fixture(scope="session")
def demo_graph(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration graph, built once a run for all workers. Only read it: to change it take `demo_copy`."""
    from ingest.demo import build_demo  # noqa: PLC0415 - most tests do without the extractor

    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent  # a worker's folder lies in the folder of the run
    folder, built = shared / "demo", shared / "demo.built"
    with FileLock(shared / "demo.lock"):
        if not built.exists():
            built.write_text(build_demo(folder)[0], encoding="utf-8")
    return Path(built.read_text(encoding="utf-8"))


@pytest.fixture
def demo_copy(demo_graph: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration graph that a test may change."""
    return Path(shutil.copytree(demo_graph, tmp_path / "demo"))
