"""The gap questions as one would write them by hand, in networkx loops and in SQL: what `national_by_hand.py` times.

A module a question. Its `loop(plain)` gives the whole answer: every field of every finding, with the claims and
quotes that it rests on; the `.sql` beside it, where the question can be said in SQL, gives the same rows over one table
a kind. Names are pairs of name and id, phrases are Chinese.
"""
