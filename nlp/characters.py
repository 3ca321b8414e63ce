"""Characters as tokens (按字切分): the spaCy pipeline's tokenizer, one token a character, so that offsets are exact.

A token's index is the character's offset in the passage; `doc[start:end].text == text[start:end]` always holds.
Lone surrogates cannot be encoded and stand as U+FFFD in the `Doc`; the passage itself keeps them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, Final, cast

import spacy
from spacy import tokens
from spacy.language import Language
from spacy.tokens.underscore import Underscore
from spacy.vocab import Vocab

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LONGEST: Final = (
    10**9
)  # nothing here grows faster than the text, so spaCy's limit for parsers does not apply


class Notes:
    """What components say of a text (`doc._.words`), as attributes; what none said has the default that was declared."""

    def __getattr__(self, name: str) -> Any:
        """The default of an extension; kept, so that the next look is an attribute like any other."""
        try:
            default = Underscore.doc_extensions[name][0]
        except KeyError:
            raise AttributeError(f"no component declares `doc._.{name}`") from None
        setattr(self, name, default)
        return default


class Span:
    """A stretch of a text with a kind: `str(span)` is its text, `len(span)` its characters."""

    __slots__ = ("_text", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self._text = doc.text
        self.start = start
        self.end = end
        self.label_ = label

    def __str__(self) -> str:
        return self._text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


class Doc(tokens.Doc):
    """A spaCy `Doc` whose text, spans and extensions are kept as plain objects.

    spaCy makes a span anew each time a group is walked through, puts its text together from tokens, and looks an
    extension up by a key of several parts: for a dozen components over short texts that is a third of the whole time.
    Here what was put in is what is there.
    """

    text: str = ""
    # Extensions are declared as spaCy's are, and read and written so.
    _ = cast("Underscore", cached_property(lambda _: Notes()))
    spans = cast("dict[str, list[Span]]", cached_property(lambda _: {}))  # type: ignore[assignment]


class _Numbers(dict[str, int]):
    """spaCy's number of each character, so that it need not be worked out again."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._vocab = vocab

    def __missing__(self, character: str) -> int:
        number = self[character] = int(self._vocab[character].orth)
        return number


class CharacterTokenizer:
    """Turns a text into a `Doc` with one token a character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._numbers = _Numbers(vocab)

    def __call__(self, text: str) -> Doc:
        """The text as a `Doc`, a token a character."""
        text = _SURROGATES.sub("\ufffd", text)
        words = cast("list[str]", [self._numbers[character] for character in text])  # spaCy takes both
        doc = Doc(self.vocab, words=words, spaces=[False] * len(text))
        doc.text = text
        return doc


def blank() -> Language:
    """An empty Chinese pipeline that reads character by character."""
    pipeline = spacy.blank("zh")
    pipeline.max_length = _LONGEST
    pipeline.tokenizer = CharacterTokenizer(pipeline.vocab)
    return pipeline


def read(pipeline: Language, text: str, role: str | None = None) -> Doc:
    """A text as the components of a pipeline read it; `role` is what it is in its document."""
    doc = pipeline.make_doc(text)
    if role is not None:
        doc._.role = role
    # As `pipeline(doc)` does, whose looks at each component cost more than some of them do.
    for _, component in pipeline.pipeline:
        doc = component(doc)
    return cast("Doc", doc)
