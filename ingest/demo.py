"""The demonstration (演示): the catalogues and the samples of one city, in a graph of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ingest import samples
from ingest.batch import Progress, Report, ingest, initialise

GRAPH_FOLDER: Final = "graph"


def build_demo(directory: Path, *, progress: Progress | None = None) -> tuple[str, Report]:
    """Build (or bring up to date) the demonstration under `directory`; gives the graph's address and the report."""
    graph = directory / GRAPH_FOLDER
    graph.mkdir(parents=True, exist_ok=True)
    initialise(str(graph), progress=progress)
    return str(graph), ingest([samples.documents(), samples.records()], str(graph), progress=progress)
