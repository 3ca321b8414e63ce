"""What is left of a matching (残余网络): whom one more graduate could help, and whom one fewer would take away.

Forward along any arc of the market, backward where someone goes: who is reached so from a class of offerings can still
be given somebody of it.
"""

from __future__ import annotations

import numpy as np

from graph.columns import Grouped, Numbers, Places, pairs_of


class Residual:
    """What could still be moved: forward along any arc, backward where someone goes."""

    def __init__(self, starts: Places, ends: Places, flow: Numbers, left: Numbers, short: Numbers) -> None:
        self._count, self._left, self._short = len(left), left, short
        used = np.flatnonzero(flow)
        used = used[np.argsort(ends[used], kind="stable")]  # so that all heads are in order, as starts are
        self._heads = np.concatenate([starts, (self._count + ends[used]).astype(np.int32)])
        self._tails = np.concatenate([(self._count + ends).astype(np.int32), starts[used]])
        out = np.bincount(self._heads, minlength=self._count + len(short))
        self._onward = Grouped.of_lengths(out, self._tails)

    def fewer(self) -> Numbers:
        """1 for each class of offerings that no one left over could stand in for."""
        onward = self._onward
        seen = np.zeros(len(onward), dtype=bool)
        fresh = np.flatnonzero(self._left > 0)
        while len(fresh):
            seen[fresh] = True
            reached = np.zeros(len(onward), dtype=bool)
            reached[onward.of_all(fresh)] = True
            fresh = np.flatnonzero(reached & ~seen)
        return 1 - seen[: self._count].astype(np.int64)

    def up_to(self) -> Numbers:
        """For each class of offerings, the people short whom it can reach."""
        from scipy.sparse import csr_array  # noqa: PLC0415 (half a second to import)
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 (see above)

        nodes, ways_from = len(self._onward), self._onward
        ones = np.ones(len(self._heads), dtype=np.int8)
        ways = csr_array((ones, ways_from.values, ways_from.starts), shape=(nodes, nodes))
        _, circle = connected_components(ways, connection="strong")
        del ways
        size = int(circle.max(initial=-1)) + 1
        short = np.bincount(circle[self._count :], self._short, size).astype(np.int64)
        heads, tails = circle[self._heads], circle[self._tails]
        on = heads != tails
        onward, before = pairs_of(tails[on], heads[on])
        leading = Grouped.of_lengths(np.bincount(onward, minlength=size), before)
        found: Numbers = reached_in_all(Grouped(before, size, onward), leading, short)[circle[: self._count]]
        return found


def reached_in_all(after: Grouped, before: Grouped, weights: Numbers) -> Numbers:
    """The weights that each node of a graph without circles reaches, its own among them, each once.

    The nodes that have a weight are bits; from the ends of all ways backwards, a node has the bits of those `after` it.
    Nodes without a weight that lead to the same ones are looked at once.
    """
    weighty = np.flatnonzero(weights)
    bits = np.zeros((len(weights), (len(weighty) + 7) // 8), dtype=np.uint8)
    bits[weighty, np.arange(len(weighty)) // 8] = 1 << (np.arange(len(weighty)) % 8)
    like = np.arange(len(weights))  # the node whose bits each node has
    first: dict[bytes, int] = {}
    weighs = (weights > 0).tolist()
    waits_for = after.lengths.copy()
    ready = np.flatnonzero(waits_for == 0)
    while len(ready):
        for node in ready.tolist():
            following = after.of(node)
            if not weighs[node]:
                like[node] = first.setdefault(following.tobytes(), node)
            if len(following) and like[node] == node:
                bits[node] |= np.bitwise_or.reduce(bits[like[following]], axis=0)
        done = np.bincount(before.of_all(ready), minlength=len(weights))
        waits_for -= done
        ready = np.flatnonzero((waits_for == 0) & (done > 0))
    found = np.zeros(len(weights), dtype=np.int64)
    own = np.flatnonzero(like == np.arange(len(weights)))
    eights = np.zeros(8 * bits.shape[1], dtype=np.int64)
    eights[: len(weighty)] = weights[weighty]
    of_byte = eights.reshape(-1, 8) @ (
        (np.arange(256) >> np.arange(8)[:, None]) & 1
    )  # what eight bits weigh together
    for byte, together in zip(bits[own].T, of_byte, strict=True):
        found[own] += together[byte]
    return found[like]
