"""Words beside the characters (分词): where words begin and what part of speech they are, by rjieba.

Rules walk over these words to find where a name begins; a word is never an entity by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Final

import rjieba
from spacy.language import Language

from nlp.characters import Doc

_CHUNK: Final = (
    2000  # the segmenter works on pieces, so that a line of any length costs the same per character
)


class Words:
    """A text (`content`) and its words in order: `starts[i]`, `texts[i]`, `tags[i]` (jieba's part-of-speech tags)."""

    __slots__ = ("content", "starts", "tags", "texts")

    def __init__(self, text: str) -> None:
        self.content = text  # `doc.text` puts the characters together anew each time
        self.starts: list[int] = []
        self.texts: list[str] = []
        self.tags: list[str] = []
        for offset in range(0, len(text), _CHUNK):
            piece = text[offset : offset + _CHUNK]
            tagged: list[tuple[str, str]] = rjieba.tag(piece)
            if "".join(word for word, _ in tagged) != piece:
                tagged = [(character, "x") for character in piece]
            texts = [word for word, _ in tagged]
            self.starts += accumulate(map(len, texts[:-1]), initial=offset)
            self.texts += texts
            self.tags += [tag for _, tag in tagged]

    def index(self, offset: int) -> int:
        """The word that holds the character at `offset` (-1 before the first)."""
        return bisect_right(self.starts, offset) - 1

    def is_edge(self, offset: int) -> bool:
        """Whether a word begins at `offset`."""
        found = self.index(offset)
        return (
            found < 0 or self.starts[found] == offset or offset >= self.starts[found] + len(self.texts[found])
        )


Doc.set_extension("words", default=None, force=True)


@Language.component("words")
def add_words(doc: Doc) -> Doc:
    """Keep the words of the text in `doc._.words`."""
    doc._.words = Words(doc.text)
    return doc
