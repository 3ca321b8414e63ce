"""The store (存储): one protocol, one module an engine; `open_store` finds the engine by the graph's address."""
