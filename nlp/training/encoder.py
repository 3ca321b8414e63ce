"""The encoder (编码器) while it is trained: the first layers of the pretrained model, and heads for names and pairs.

What goes in is what `features` tells of each character. What comes out is a label for each character, a view of it, and
for two names the log odds of each kind of relation, by the same numbers as `linking.pair_network.Scene` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.linking.evidence import LEARNT
from nlp.linking.pair_network import INPUTS, SIDE, VIEWED
from nlp.recognition.features import CATALOGUES, EDGE, LINE_END, RULED, SPACE, TAGS, UNKNOWN, known
from nlp.recognition.network import LABELS
from nlp.recognition.network import WIDTH as VIEW
from nlp.training.pretrained import HEADS, WIDTH, Pretrained, Weights

# The teacher: of the pretrained model the first three of four layers, and of their 2,048 inner numbers those that say
# most. What is shipped is smaller, so that it reads fast enough, and learns from the teacher, too.
LAYERS: Final = 3
INNER: Final = 1280
LAYERS_SHIPPED: Final = 2
INNER_SHIPPED: Final = 512
PRETRAINED: Final = ("characters", "positions", "norm", "layers")  # the parts that the pretrained model has
_PAIRS: Final = 256  # inner numbers of the head for pairs
_DROPOUT: Final = 0.1
_DROPOUT_OF_PAIRS: Final = 0.3
_NARROW: Final = 0.01  # of what the pretrained model has no numbers for
_TOKENS: Final = {UNKNOWN: "[UNK]", EDGE: "[CLS]", LINE_END: "[SEP]", SPACE: "[unused1]"}


class Layer(nn.Module):
    """Attention and inner numbers, each added to what came in."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.attended = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, 1e-12)
        self.inner = nn.Linear(WIDTH, inner)
        self.outer = nn.Linear(inner, WIDTH)
        self.inner_norm = nn.LayerNorm(WIDTH, 1e-12)

    def attend(self, given: Tensor, there: Tensor | None) -> Tensor:
        """What it has after attention; `given` is texts × characters × width, `there` says which are no filling."""
        texts, size, _ = given.shape
        query, key, value = (
            part.view(texts, size, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in self.attended(given).chunk(3, -1)
        )
        found = functional.scaled_dot_product_attention(query, key, value, attn_mask=there)
        found = self.output(found.transpose(1, 2).reshape(texts, size, WIDTH))
        added: Tensor = self.attention_norm(given + functional.dropout(found, _DROPOUT, self.training))
        return added

    def forward(self, given: Tensor, there: Tensor | None) -> Tensor:
        """What it makes of each character."""
        given = self.attend(given, there)
        found = self.outer(functional.gelu(self.inner(given)))
        return self.inner_norm(given + functional.dropout(found, _DROPOUT, self.training))


class PairHead(nn.Module):
    """From what is told of two names (`Scene`) to the log odds of each kind of relation."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(INPUTS, _PAIRS)
        self.norm = nn.LayerNorm(_PAIRS)
        self.second = nn.Linear(_PAIRS, len(LEARNT))

    def forward(self, pairs: Tensor) -> Tensor:
        """A row a pair."""
        views = functional.dropout(pairs[:, :VIEWED], _DROPOUT_OF_PAIRS, self.training)
        found = self.norm(self.first(torch.cat([views, pairs[:, VIEWED:]], 1)))
        return self.second(functional.dropout(functional.gelu(found), _DROPOUT_OF_PAIRS, self.training))


class Encoder(nn.Module):
    """The whole network."""

    def __init__(self, positions: int, *, layers: int = LAYERS, inner: int = INNER) -> None:
        """Its parameters are random; `begun` gives it those of the pretrained model."""
        super().__init__()
        self.characters = nn.Embedding(len(_TOKENS) + len(known()), WIDTH)
        self.positions = nn.Embedding(positions, WIDTH)
        self.tags = nn.Embedding(TAGS, WIDTH)
        self.ruled = nn.Embedding(RULED, WIDTH)
        self.catalogues = nn.Linear(CATALOGUES, WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.names = nn.Linear(WIDTH, LABELS)
        self.view = nn.Linear(WIDTH, VIEW)
        self.pairs = PairHead()
        for table in (self.tags, self.ruled, self.catalogues):
            nn.init.normal_(table.weight, std=_NARROW)

    def forward(
        self,
        characters: Tensor,
        tags: Tensor,
        catalogues: Tensor,
        ruled: Tensor,
        there: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """What each label has (before softmax) and the view, for each character of each text.

        Texts are filled to one size; `there` says where not, unless all are of one size.
        """
        places = self.positions.weight[: characters.shape[-1]]
        told = self.tags(tags) + self.catalogues(catalogues) + self.ruled(ruled)
        found = self.norm(self.characters(characters) + places + told)
        found = functional.dropout(found, _DROPOUT, self.training)
        for layer in self.layers:
            found = layer(found, None if there is None else there[:, None, None, :])
        return self.names(found), torch.tanh(self.view(found))


def scene(view: Tensor, sizes: Tensor, text: Tensor, spans: Tensor) -> Tensor:
    """What `linking.pair_network.Scene` tells of the views of pairs of names, for several texts at once.

    `view` is texts × characters × width with an edge before and behind each text, `sizes` the characters of each text
    with its edges, `text` the number of the text of each pair, `spans` where its names begin and end, the edge counted.
    """
    inside = torch.arange(view.shape[1])[None] < sizes[:, None] - 1
    inside[:, 0] = False
    view = view * inside[:, :, None]
    sums = functional.pad(view.double().cumsum(1), (0, 0, 1, 0))
    start, end, second, last = spans.unbind(1)

    def mean(begin: Tensor, stop: Tensor) -> Tensor:
        stop = torch.maximum(begin, stop)
        return ((sums[text, stop] - sums[text, begin]) / (stop - begin).clamp(min=1)[:, None]).float()

    return torch.cat(
        [
            mean(start, end),
            mean(second, last),
            mean(end, second),
            mean((start - SIDE).clamp(min=0), start),
            mean(last, torch.minimum(last + SIDE, sizes[text])),
            view[text, start - 1],
            view[text, last],
            view[text, end],
            view[text, second - 1],
        ],
        1,
    )


def begun(given: Pretrained, sample: Sequence[Tensor], positions: int) -> Encoder:
    """A teacher with the parameters of the pretrained model; what the model has no numbers for is random.

    `sample` is some texts, as in `narrowed`.
    """
    whole = _filled(Encoder(positions, inner=given.layers[0].matrices["inner"].shape[1]), given)
    return narrowed(whole, sample, Encoder(positions), PRETRAINED)


def narrowed(
    given: Encoder, sample: Sequence[Tensor], into: Encoder, parts: Sequence[str] | None = None
) -> Encoder:
    """The parameters of an encoder in a smaller one, all or those of some parts.

    Of its layers the first and the last stay, or all where there are as many. Of the inner numbers of a layer those stay
    that say most in `sample`: by what they are on average, and how much that weighs. `sample` is some texts, each as the
    numbers of its characters with an edge before and behind.
    """
    own = into.state_dict()
    for name, values in given.state_dict().items():
        part = name.split(".")[0]
        if part != "layers" and (parts is None or part in parts):
            own[name].copy_(values)
    last = len(given.layers) - 1
    stay = [number * last // max(1, len(into.layers) - 1) for number in range(len(into.layers))]
    telling = _telling(given, sample, into.layers[0].inner.out_features)
    for number, layer in enumerate(into.layers):
        kept = telling[stay[number]]
        wide = given.layers[stay[number]].state_dict()
        wide |= {name: wide[name][kept] for name in ("inner.weight", "inner.bias")}
        wide["outer.weight"] = wide["outer.weight"][:, kept]
        layer.load_state_dict(wide)
    return into


def _telling(given: Encoder, sample: Sequence[Tensor], size: int) -> list[Tensor]:
    """For each layer the places of the inner numbers that say most."""
    totals = [torch.zeros(layer.inner.out_features) for layer in given.layers]
    given.eval()
    with torch.no_grad():
        for text in sample:
            found = given.norm(given.characters(text) + given.positions.weight[: len(text)])[None]
            for layer, total in zip(given.layers, totals, strict=True):
                total.add_(functional.gelu(layer.inner(layer.attend(found, None))).abs().sum((0, 1)))
                found = layer(found, None)
        weights = [
            total * layer.outer.weight.norm(dim=0) for total, layer in zip(totals, given.layers, strict=True)
        ]
    return [weight.argsort(descending=True, stable=True)[:size].sort().values for weight in weights]


def _filled(encoder: Encoder, given: Pretrained) -> Encoder:
    """The encoder with parameters of the pretrained model."""
    rows = [given.tokens[token] for _, token in sorted(_TOKENS.items())]
    rows += [given.tokens[character] for character in known()]
    with torch.no_grad():
        _put(encoder.characters.weight, given.words[rows])
        _put(encoder.positions.weight, given.positions[: len(encoder.positions.weight)])
        _put_norm(encoder.norm, given.norm)
        for layer, own in zip(encoder.layers, given.layers, strict=False):
            parts, biases = own.matrices, own.biases
            _put(layer.attended.weight, np.hstack([parts[one] for one in ("query", "key", "value")]).T)
            _put(layer.attended.bias, np.hstack([biases[one] for one in ("query", "key", "value")]))
            for name in ("output", "inner", "outer"):
                _put(getattr(layer, name).weight, parts[name].T)
                _put(getattr(layer, name).bias, biases[name])
            _put_norm(layer.attention_norm, own.norms["attention"])
            _put_norm(layer.inner_norm, own.norms["inner"])
    return encoder


def _put(parameter: Tensor, values: Weights) -> None:
    parameter.copy_(torch.from_numpy(np.ascontiguousarray(values)))


def _put_norm(norm: Any, values: tuple[Weights, Weights]) -> None:
    for parameter, own in zip((norm.weight, norm.bias), values, strict=True):
        _put(parameter, own)
