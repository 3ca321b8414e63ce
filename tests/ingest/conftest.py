"""What tests of the batch share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reserve import Reserve
from tests.reserve import reserve as a_reserve


@pytest.fixture(scope="session")
def reserve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reserve]:
    """Runs scripts that are killed, in copies of one process that has everything imported."""
    with a_reserve(tmp_path_factory.mktemp("reserve")) as held:
        yield held
