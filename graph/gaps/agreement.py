"""How far two groupings of the same things agree (分组一致性): adjusted mutual information."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence


def adjusted_mutual_information(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    r"""Agreement of two groupings, each given as the group of every thing: 1 the same, 0 as by chance.

    .. math:: \mathrm{AMI}(U, V) = \frac{I(U, V) - E[I(U, V)]}{\frac12 (H(U) + H(V)) - E[I(U, V)]}

    with the expectation over all groupings with groups of these sizes (the hypergeometric model) [1]_. None where there
    are fewer than two things, or where both groupings are trivial (all in one, or each alone), so that nothing can
    agree or disagree. For $n$ things in $r$ and $c$ groups it takes $O(r c \cdot \max_i a_i)$.

    References
    ----------
    .. [1] N. X. Vinh, J. Epps, J. Bailey, Information theoretic measures for clusterings comparison, Journal of Machine
           Learning Research 11 (2010) 2837–2854.
    """
    total = len(first)
    rows, columns = Counter(first), Counter(second)
    if total < 2 or all(len(groups) in (1, total) for groups in (rows, columns)):
        return None
    both = Counter(zip(first, second, strict=True))
    mutual = sum(
        n / total * math.log(total * n / (rows[row] * columns[column])) for (row, column), n in both.items()
    )
    entropies = [-sum(n / total * math.log(n / total) for n in groups.values()) for groups in (rows, columns)]
    expected = _expected(Counter(rows.values()), Counter(columns.values()), total)
    most = sum(entropies) / 2 - expected
    return (mutual - expected) / most if abs(most) > 1e-12 else None


def _expected(rows: Counter[int], columns: Counter[int], total: int) -> float:
    """The mutual information expected by chance; groups of one size are worked out once."""
    factorial = [math.lgamma(n + 1) for n in range(total + 1)]
    expected = 0.0
    for a, as_many in rows.items():
        for b, bs_many in columns.items():
            fixed = (
                factorial[a] + factorial[b] + factorial[total - a] + factorial[total - b] - factorial[total]
            )
            for n in range(max(1, a + b - total), min(a, b) + 1):
                chance = math.exp(
                    fixed - factorial[n] - factorial[a - n] - factorial[b - n] - factorial[total - a - b + n]
                )
                expected += as_many * bs_many * n / total * math.log(total * n / (a * b)) * chance
    return expected
