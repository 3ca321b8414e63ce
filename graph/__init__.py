"""The graph of 联图: its ontology, its store, projections of it, and the gap questions."""
