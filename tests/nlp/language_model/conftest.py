"""One extractor for all tests of the language model: building one takes a second."""

from __future__ import annotations

import pytest

from nlp.pipeline import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()
