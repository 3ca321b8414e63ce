"""Recognition (识别): a small network trained by the project that says, character by character, what name stands there.

`features` is what it sees, `network` what it is, `candidates` how names are read off its answer, `recogniser` the spaCy
component. It is trained by `scripts/train_model.py`; docs/model-card.md says on what and how well it reads.
"""
