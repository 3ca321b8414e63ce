"""The networks multiply by numpy, on one core, and leave everybody else's arithmetic as it was."""

from __future__ import annotations

import numpy as np
from thinc.api import NumpyOps, get_current_ops
from threadpoolctl import threadpool_info

from nlp.linking import pair_network
from nlp.recognition import network
from nlp.recognition.products import by_numpy, on_one_core


def threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def test_every_layer_multiplies_by_numpy() -> None:
    layers = [*network.build().walk(), *pair_network.build().walk()]
    used = [layer.ops for layer in layers]
    assert all(isinstance(ops, NumpyOps) and not ops.use_blis for ops in used)


def test_other_networks_keep_their_own_arithmetic() -> None:
    before = get_current_ops()
    with by_numpy():
        assert get_current_ops() is not before
    assert get_current_ops() is before


def test_one_core_is_used_inside_and_as_many_as_before_behind() -> None:
    before = threads()
    with on_one_core():
        assert threads() == {1}
    assert threads() == before


def test_both_kinds_of_products_are_the_same_but_for_rounding() -> None:
    source = np.random.default_rng(1)
    left, right = (source.random((7, 5), dtype=np.float32) for _ in range(2))
    one, other = (NumpyOps(use_blis=blis).gemm(left, right, trans2=True) for blis in (True, False))
    np.testing.assert_allclose(one, other, rtol=1e-5)
