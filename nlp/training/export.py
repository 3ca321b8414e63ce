"""Export (导出): the trained network as files that onnxruntime reads, the encoder in eight bits.

The encoder reads one text at a time, because the scale of eight bits depends on what is read together. Parameters have
seven bits and a sign bit less (`reduce_range`): with all eight, sums overflow on processors without VNNI.
"""

from __future__ import annotations

import tempfile
from copy import deepcopy
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from nlp.linking import pair_network
from nlp.linking.pair_network import INPUTS
from nlp.recognition import network
from nlp.recognition.features import CATALOGUES
from nlp.recognition.network import POSITIONS
from nlp.training.encoder import Encoder

_OPSET = 20
_EXAMPLE = 50  # characters, or pairs, of the example that is followed


class _OneText(nn.Module):
    """The encoder for one text."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, characters: Tensor, tags: Tensor, catalogues: Tensor, ruled: Tensor
    ) -> tuple[Tensor, Tensor]:
        labels, view = self.encoder(characters[None], tags[None], catalogues[None], ruled[None])
        return torch.softmax(labels[0], -1), view[0]


def export(encoder: Encoder, names: Path, pairs: Path) -> None:
    """Write the encoder and its head for pairs."""
    encoder = deepcopy(encoder).eval()
    encoder.positions = nn.Embedding.from_pretrained(encoder.positions.weight[:POSITIONS].detach())
    # Each of its own: what is given twice is taken for one input.
    characters, tags, ruled = (torch.zeros(_EXAMPLE, dtype=torch.long) for _ in range(3))
    size = torch.export.Dim("size", min=2, max=POSITIONS)
    with tempfile.TemporaryDirectory() as folder:
        whole, prepared = Path(folder, "whole.onnx"), Path(folder, "prepared.onnx")
        torch.onnx.export(
            _OneText(encoder).eval(),
            (characters, tags, torch.zeros(_EXAMPLE, CATALOGUES), ruled),
            str(whole),
            input_names=list(network.TAKES),
            output_names=list(network.GIVES),
            opset_version=_OPSET,
            dynamic_shapes=({0: size},) * len(network.TAKES),
            external_data=False,
            verbose=False,
        )
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(names),
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    torch.onnx.export(
        encoder.pairs,
        (torch.zeros(_EXAMPLE, INPUTS),),
        str(pairs),
        input_names=list(pair_network.TAKES),
        output_names=list(pair_network.GIVES),
        opset_version=_OPSET,
        dynamic_shapes=({0: torch.export.Dim("pairs", min=2)},),
        external_data=False,
        verbose=False,
    )
