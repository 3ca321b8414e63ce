"""Training (训练): the text that the networks learn from, and how they learn. Nothing here is read when text is.

`naming` invents names from the catalogues, `frames` puts them into sentence patterns and annotated passages, `pairing`
says what passages tell of two names, `pretrained` is what the networks begin with, `encoder` what is trained, `course`
the training itself, and `export` writes the files that onnxruntime reads.
"""
