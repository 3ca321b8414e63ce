"""Training (训练): the text that the network learns from, and how it learns. Nothing here is read when text is.

`naming` invents names from the catalogues, `frames` puts them into sentence patterns, `annotated` into annotated
passages, `silver` labels the texts of others by the rules, `course` is the training itself.
"""
