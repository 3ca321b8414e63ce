"""Characters as tokens (按字切分): the spaCy pipeline's tokenizer, one token a character, so that offsets are exact.

A token's index is the character's offset in the passage; `doc[start:end].text == text[start:end]` always holds.
Lone surrogates cannot be encoded and stand as U+FFFD in the `Doc`; the passage itself keeps them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens.underscore import Underscore
from spacy.vocab import Vocab

if TYPE_CHECKING:
    from spacy.tokens._dict_proxies import SpanGroups

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


class CharacterDoc(Doc):
    """A `Doc` whose text, spans and extensions are kept as plain objects.

    spaCy makes a span anew each time a group is walked through and looks an extension up by a key of several parts:
    for a dozen components over short texts that is a third of the whole time. Here what was put in is what is there.
    """

    text: str = ""
    # The annotations are spaCy's; both are read and written as its own are.
    _ = cast("Underscore", cached_property(lambda _: Notes()))
    spans = cast("SpanGroups", cached_property(lambda _: {}))


class CharacterTokenizer:
    """Turns a text into a `Doc` with one token a character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> CharacterDoc:
        """The text as a `Doc`, a token a character."""
        text = _SURROGATES.sub("\ufffd", text)
        doc = CharacterDoc(self.vocab, words=list(text), spaces=[False] * len(text))
        doc.text = text
        return doc


def blank() -> Language:
    """An empty Chinese pipeline that reads character by character."""
    pipeline = spacy.blank("zh")
    pipeline.max_length = _LONGEST
    pipeline.tokenizer = CharacterTokenizer(pipeline.vocab)
    return pipeline
