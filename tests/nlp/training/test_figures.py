"""The figures of the model card are those that were kept when they were measured."""

from __future__ import annotations

from pathlib import Path

from nlp.training.figures import kept, tables

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_model_card_has_the_figures_that_were_measured() -> None:
    figures = kept(DOCS / "model-figures.csv")
    page = (DOCS / "model-card.md").read_text(encoding="utf-8")
    _, marked = page.split("<!-- figures: scripts/measure_model.py -->\n")
    written, _ = marked.split("\n<!-- end of figures -->")
    assert figures
    assert written == tables(figures), "run: python scripts/measure_model.py"
