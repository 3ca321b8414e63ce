"""The pretrained model is the one that was measured, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("onnx", reason="needs the extra `train`")

from nlp.training.pretrained import ADDRESS, fetched


def test_another_file_of_its_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / ADDRESS.rpartition("/")[2]).write_bytes(b"no model")
    with pytest.raises(ValueError, match="delete it to fetch it again"):
        fetched(tmp_path)
