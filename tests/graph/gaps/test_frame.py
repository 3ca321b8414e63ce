"""Findings as tables: names for nodes, evidence in words."""

from graph import gaps
from graph.gaps.nominal_consortia import nominal_consortia


def test_evidence_is_the_quote_with_its_source_and_place(empty_graph):
    consortium = empty_graph.node("Consortium", "联")
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    empty_graph.edge("LEADS", school, consortium, source="4f2a", quote="甲校牵头", place="p.3")
    empty_graph.edge("MEMBER_OF", enterprise, consortium, source="4f2a", quote=None, confidence=0.9)
    (row,) = gaps.rows(nominal_consortia(empty_graph.projection()), {"4f2a": "通知.pdf"})
    assert (
        row["evidence"] == "“甲校牵头” — 通知.pdf, page 3\nEnterprise:厂 MEMBER_OF Consortium:联 — 通知.pdf"
    )


def test_lists_and_texts_are_joined_in_the_readers_language(empty_graph, monkeypatch):
    consortium = empty_graph.node("Consortium", "联")
    for name in ("甲", "乙"):
        empty_graph.edge("MEMBER_OF", empty_graph.node("School", name), consortium)
    findings = nominal_consortia(empty_graph.projection())
    monkeypatch.setenv("LIANTU_LANG", "en")
    assert gaps.rows(findings)[0]["missing"].startswith("no enterprise among its members; ")
    monkeypatch.setenv("LIANTU_LANG", "zh")
    assert gaps.rows(findings)[0]["missing"].startswith("没有企业成员；")


def test_no_findings_make_an_empty_frame():
    assert gaps.frame(()).empty


def test_a_question_without_findings_has_the_columns_and_types_that_it_has_with_some(empty_graph):
    consortium = empty_graph.node("Consortium", "联")
    for name in ("甲", "乙"):
        empty_graph.edge("MEMBER_OF", empty_graph.node("School", name), consortium)
    question = gaps.question("nominal_consortia")
    some = gaps.frame(question.answer(empty_graph.projection()))
    none = gaps.frame((), question=question)
    assert len(some) == 1
    assert len(none) == 0
    assert list(none.columns) == list(some.columns)
    assert list(none.dtypes) == list(some.dtypes)
    assert none.attrs == some.attrs


def test_each_claim_of_a_finding_is_a_row_that_joins_the_frame_of_findings(empty_graph):
    consortium, school = empty_graph.node("Consortium", "联"), empty_graph.node("School", "甲")
    empty_graph.edge("LEADS", school, consortium, source="4f2a", quote="甲校牵头", place="p.3")
    empty_graph.edge(
        "MEMBER_OF",
        empty_graph.node("Enterprise", "厂"),
        consortium,
        source="4f2a",
        quote=None,
        confidence=0.9,
    )
    projection = empty_graph.projection()
    findings = nominal_consortia(projection)
    told = gaps.evidence_frame(findings, projection)
    assert set(told.join(gaps.frame(findings)[["consortium"]])["consortium"]) == {"名联"}
    assert told["head"].tolist() == ["名甲", "名厂"]
    assert told["quote"].isna().tolist() == [False, True]
    assert told["confidence"].tolist() == [1.0, 0.9]
    assert set(map(str, told.dtypes)) == {"string", "Float64"}


def test_no_findings_make_an_evidence_frame_with_its_columns(empty_graph):
    told = gaps.evidence_frame((), empty_graph.projection())
    assert told.empty
    assert "quote" in told.columns
