"""The Neo4j engine (Neo4j 引擎): a graph in a database of a server, many loaders and readers at once.

What lies in the database:

    (:Node:School {id, name, aliases, code, …, search, load})   a node; its row is merged from what sources state
    (:Source {id, name, medium, key, document, claims, load, parts})   a source, once a load of it
    (:Source)-[:STATES {…, part}]->(:Node), (:Node)-[:OFFERS {…, part}]->(:Node)   claims: `kind` and all their columns
    (:Graph {id, state, loads, floor, turn, …})   one node: what is visible, and whose turn it is to change that
    (:Load {token, …}), (:Lane {id, …}), (:Past {number, rows})   book-keeping of loads

Every load of a source has a number, its *load*; its claims are written in *parts*, whose numbers say the load (load
12: 12 000 001, 12 000 002, …) and by which they are found again (`directory`). Claims are written beside those that
are there and nobody sees them, because `Graph.state` says which loads are visible: all up to the newest one but a
few. One property of one node is changed to make a whole batch visible, and that is the only change that must be
atomic. A node is visible when a visible source states it. Rows of nodes that a batch changes are kept in `Past` for
the views that began before. A view reads the state once and adds it to every statement, so that all of its answers
are of one version.

A loader that was killed leaves claims of a load that never becomes visible; the next writer clears them. Claims that
were replaced are cleared when no view can need them any more: after the setting `neo4j_grace`.
"""
