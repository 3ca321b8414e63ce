"""Bodies named in a paragraph of their own (单列的责任单位): who is to do what the paragraph before asks for.

Plans put `责任单位：市教育局、市财政局` below a task, as a paragraph, and paragraphs are read alone. Here the tasks of
the one before that name nobody get these bodies, and the paragraph states that they are responsible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.extraction import Extraction, Relation
from nlp.responsibility import ONLY_WHO, leads_in_list


def with_bodies_below(found: Sequence[Extraction]) -> list[Extraction]:
    """The extractions of the paragraphs of a document, in order, with the bodies that stand below a task."""
    told = list(found)
    for place in range(1, len(told)):
        above, below = told[place - 1], told[place]
        if not above.measures or not ONLY_WHO.match(below.passage.text):
            continue
        bodies = [number for number, one in enumerate(below.entities) if one.kind in ("Agency", "Region")]
        names = tuple(below.entities[number].surface for number in bodies)
        open_tasks = {one for one in above.measures if not one.responsible}
        if not bodies or not open_tasks:
            continue
        stated = [
            Relation(
                "RESPONSIBLE_FOR",
                number,
                None,
                below.entities[number].start,
                below.entities[number].end,
                measure=task.text,
                status="计划",
                confidence=min(task.confidence, below.entities[number].confidence),
                properties={
                    "lead": leads_in_list(below.passage.text, below.entities[number].start, len(bodies))
                },
            )
            for task in above.measures
            if task in open_tasks
            for number in bodies
        ]
        tasks = tuple(
            replace(one, responsible=names, responsible_generic=()) if one in open_tasks else one
            for one in above.measures
        )
        told[place - 1] = replace(above, measures=tasks)
        told[place] = replace(below, relations=(*below.relations, *stated))
    return told
