"""Characters as tokens (按字切分): the spaCy pipeline's tokenizer, one token a character, so that offsets are exact.

A token's index is the character's offset in the passage; `doc[start:end].text == text[start:end]` always holds.
Lone surrogates cannot be encoded and stand as U+FFFD in the `Doc`; the passage itself keeps them.
"""

from __future__ import annotations

import re
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LONGEST: Final = (
    10**9
)  # nothing here grows faster than the text, so spaCy's limit for parsers does not apply


class CharacterTokenizer:
    """Turns a text into a `Doc` with one token a character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a `Doc`, a token a character."""
        words = list(_SURROGATES.sub("\ufffd", text))
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


def blank() -> Language:
    """An empty Chinese pipeline that reads character by character."""
    pipeline = spacy.blank("zh")
    pipeline.max_length = _LONGEST
    pipeline.tokenizer = CharacterTokenizer(pipeline.vocab)
    return pipeline
