"""The outputs of the notebooks (笔记本的输出): run `python scripts/write_notebooks.py` after what they show has changed.

Each is run from top to bottom on a demonstration graph that is built for it, its words in Chinese, and written with its
outputs. Needs the test extras and a Chinese font, or the charts are numbered.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

import nbformat
from nbclient import NotebookClient

from ingest.demo import build_demo

ROOT: Final = Path(__file__).resolve().parent.parent


def main() -> None:
    """Run and write them all."""
    os.environ["LIANTU_LANG"] = "zh"
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["LIANTU_GRAPH"], _ = build_demo(Path(folder))
        os.environ["TMPDIR"] = folder  # where a notebook writes what it exports
        for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
            notebook = nbformat.read(file, as_version=4)
            NotebookClient(
                notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}, record_timing=False
            ).execute()
            nbformat.write(notebook, file)
            print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
