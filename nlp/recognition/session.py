"""Trained networks (训练好的网络) as ONNX files: read by onnxruntime, on one core.

Several threads only wait for each other over a passage: all cores are used by reading several documents at once
(`ingest`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.errors import LiantuError

_ERRORS_ONLY: Final = 3
_SLOW: Final = "SkipLayerNormFusion"  # one pass in place of two, and ten times as slow on rows of 512 numbers


class Session:
    """A network that can be asked: arrays by their names in, arrays out."""

    def __init__(self, model: bytes, *, takes: Sequence[str], gives: Sequence[str]) -> None:
        """`model` is the content of an ONNX file; `ValueError` where it takes or gives something else than told.

        `LiantuError` (`recognition.runtime`) where this machine cannot load onnxruntime.
        """
        try:
            import onnxruntime  # noqa: PLC0415 - a quarter of a second, for commands that read no text
        except ImportError as error:
            raise LiantuError("recognition.runtime", reason=error) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOW]
        )
        self._gives = list(gives)
        has = [
            [one.name for one in there] for there in (self._session.get_inputs(), self._session.get_outputs())
        ]
        if has != [list(takes), self._gives]:
            raise ValueError(
                f"the network takes {has[0]} and gives {has[1]}, not {list(takes)} and {self._gives}"
            )

    def run(self, given: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """What the network says, in the order of `gives`."""
        found: list[NDArray[np.float32]] = self._session.run(self._gives, dict(given))
        return found
