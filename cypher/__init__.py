"""Every named query, a file of its own; `graph.store.queries` reads them."""
