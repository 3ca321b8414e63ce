"""Each notebook runs from top to bottom on the demonstration graph of each engine, and is committed with readable outputs."""

import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
CHARTS = {"two_skins": 2, "question_to_paper": 1}


@pytest.fixture(params=CHARTS)
def name(request):
    return request.param


@pytest.fixture
def committed(name):
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def pictures(notebook):
    return sum("image/png" in output.get("data", {}) for output in outputs(notebook))


def test_every_notebook_is_tested():
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(CHARTS)


def test_it_runs_and_draws_its_charts(name, committed, demo_address, monkeypatch, tmp_path):
    monkeypatch.setenv("LIANTU_GRAPH", demo_address)
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # where the notebook writes what it exports
    client = NotebookClient(
        committed,
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(FOLDER.parent)}},
    )
    client.execute()
    assert pictures(committed) == CHARTS[name]
    assert not any(output.output_type == "error" for output in outputs(committed))


def test_it_runs_on_any_machine_without_reaching_out(committed):
    code = "\n".join(cell.source for cell in committed.cells if cell.cell_type == "code")
    assert "http" not in code
    assert "!pip" not in code


def test_it_is_committed_with_its_outputs_and_without_traces_of_a_machine(name, committed):
    code = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert pictures(committed) == CHARTS[name]
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    assert str(Path.home()) not in text
    assert sys.prefix not in text
    assert "/tmp/" not in text  # noqa: S108
    assert "Glyph" not in text  # what matplotlib says where a font lacks a character


def test_every_heading_is_in_both_languages(committed):
    headings = [
        line
        for cell in committed.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert len(headings) >= 6
    assert all(" · " in heading for heading in headings)
