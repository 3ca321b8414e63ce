"""Reading text (文本抽取): text in, mentions, relations, quantities and measures out."""
