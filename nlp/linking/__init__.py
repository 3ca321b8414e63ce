"""Linking (关联判别): what two names of a sentence have to do with each other, by how such sentences were annotated.

Frames (`nlp.relations`) read what their authors thought of; other prose says the same in other words. Here every two
names of a sentence whose kinds the ontology lets be joined are a pair; `pairs` says what of the sentence speaks for or
against a relation, `linker` adds up the weights that annotated passages gave to it and proposes what may be, `verdict`
says what stays of that and of what the frames have found.
The weights are fitted by `scripts/train_model.py`; docs/model-card.md says on what, and what the linker adds.
"""

from nlp.linking.linker import Linker, Weights, weights

__all__ = ["Linker", "Weights", "weights"]
