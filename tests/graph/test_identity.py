"""Ids are made from names and codes alone, so two sources that say the same give the same id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity import label_of, node_id, normalise_name, scope_of, with_scope


@pytest.mark.parametrize(
    "written",
    ["渝委教发〔2023〕9 号", "渝委教发[2023]9号", "渝委教发【２０２３】９号", " 渝委教发〔2023〕 9号\u3000"],
)
def test_a_document_number_is_one_however_it_is_typed(written: str) -> None:
    assert node_id("PolicyDocument", name=written) == "PolicyDocument:渝委教发〔2023〕9号"


@pytest.mark.parametrize("ending", ["", "产业", "产业链", "集群", "产业集群"])
def test_a_chain_is_one_however_its_name_ends(ending: str) -> None:
    assert node_id("IndustryChain", name=f"先进材料{ending}") == "IndustryChain:先进材料"


def test_the_ending_is_no_part_of_the_name_only_for_chains_by_name() -> None:
    assert node_id("Park", name="先进材料产业集群") == "Park:先进材料产业集群"
    assert node_id("IndustryChain", name="x", code="C39") == "IndustryChain:C39"
    assert node_id("IndustryChain", name="产业链") == "IndustryChain:产业链"


def test_the_code_comes_before_the_name_and_keeps_its_zeros_and_k() -> None:
    assert node_id("Specialty", name="护理", code="520201") == "Specialty:520201"
    assert node_id("Specialty", code="080901k") == "Specialty:080901K"


def test_a_name_with_neither_letter_nor_code_is_refused() -> None:
    for empty in ("", "  ", "“”"):
        with pytest.raises(ValueError, match="a name or a code"):
            node_id("School", name=empty)


@given(st.text(), st.text())
def test_no_name_can_pass_for_a_scope(name: str, other: str) -> None:
    if not normalise_name(name) or not normalise_name(other):
        return
    scope = node_id("School", name=other)
    scoped = node_id("SpecialtyGroup", name=name, scope=scope)
    assert scope_of(scoped) == scope
    assert scope_of(node_id("School", name=name)) is None
    assert label_of(scoped) == "SpecialtyGroup"
    assert scope_of(with_scope(scoped, "School:1")) == "School:1"
    assert with_scope(scoped, scope) == scoped


@given(st.text())
def test_normalising_twice_changes_nothing_more(name: str) -> None:
    once = normalise_name(name)
    assert normalise_name(once) == once
