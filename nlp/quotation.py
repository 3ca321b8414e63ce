"""Word for word (原文引用): what was read in the rules' form of a text, quoted as the text itself writes it."""

from __future__ import annotations

from dataclasses import replace

from nlp.extraction import Extraction


def as_it_stands(read: Extraction, plain: str) -> Extraction:
    """The same findings, each quote cut from the passage; `plain` is the form in which it was read."""
    text = read.passage.text
    names = {
        plain[mention.start : mention.end]: text[mention.start : mention.end] for mention in read.entities
    }

    def core(words: str, start: int) -> str:
        at = plain.find(words, start)
        return text[at : at + len(words)] if at >= 0 else words

    return replace(
        read,
        entities=tuple(replace(m, surface=text[m.start : m.end]) for m in read.entities),
        relations=tuple(
            r if r.measure is None else replace(r, measure=core(r.measure, r.start)) for r in read.relations
        ),
        quantities=tuple(replace(q, surface=text[q.start : q.end]) for q in read.quantities),
        measures=tuple(
            replace(
                m,
                text=core(m.text, m.start),
                surface=text[m.start : m.end],
                responsible=tuple(names.get(name, name) for name in m.responsible),
            )
            for m in read.measures
        ),
        implied=tuple(replace(edge, tail_name=text[edge.start : edge.end]) for edge in read.implied),
    )
