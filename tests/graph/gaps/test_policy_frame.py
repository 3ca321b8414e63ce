"""The frame of a document as a tree: every task once, under its heading, with what later documents say."""

from graph.gaps.policy_frame import PARTS, policy_frame


def test_every_task_that_a_document_sets_stands_once_in_its_tree_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        parts = policy_frame(projection)
        items = [one.node.id for one in parts if one.depth]
        assert sorted(items) == sorted({row["tail"] for row in made.claims("SETS")})
        known = {one.node.id: one for one in parts}
        for one in parts:
            if one.parent is None:
                assert (one.depth, one.node) == (0, one.document)
                continue
            parent = known[one.parent.id]
            assert (parent.depth, parent.document) == (one.depth - 1, one.document)
            assert one.part in PARTS
            who = {row["head"] for row in made.claims("RESPONSIBLE_FOR") if row["tail"] == one.node.id}
            assert {body.id for body in one.who} == who
        found += len(items)
    assert found > 200


def test_a_heading_has_the_tasks_after_it_under_it_until_the_next(empty_graph):
    document = empty_graph.node("PolicyDocument", "文")
    words = (
        "做实组织运行",
        "2024年6月底前设立理事会",
        "成员名单报备案",
        "完善激励政策",
        "给予每个300万元奖补",
    )
    agency = empty_graph.node("Agency", "委")
    for order, text in enumerate(words, 1):
        due = "2024-06" if order == 2 else None
        item = empty_graph.node("Measure", f"{order}@{document}", name=text, text=text, order=order, due=due)
        empty_graph.edge("SETS", document, item, source="document")
        if order in (3, 5):
            empty_graph.edge("RESPONSIBLE_FOR", agency, item)
    tree = [
        (one.depth, one.parent and one.parent.name, one.part)
        for one in policy_frame(empty_graph.projection())
    ]
    assert tree == [
        (0, None, "文件"),
        (1, "名文", "举措"),
        (2, "做实组织运行", "机制"),
        (2, "做实组织运行", "机制"),
        (1, "名文", "举措"),
        (2, "完善激励政策", "举措"),
    ]


def test_what_a_later_document_repeals_or_cites_is_told_and_an_earlier_one_is_not_later(empty_graph):
    old = empty_graph.node("PolicyDocument", "旧", issued="2021-01-01")
    new = empty_graph.node("PolicyDocument", "新", issued="2025-02-26")
    empty_graph.edge("MENTIONS", new, old, source="document", quote="《旧》同时废止。")
    empty_graph.edge("MENTIONS", old, new, source="document", quote="另行修订《新》")
    (root,) = policy_frame(empty_graph.projection())
    assert (root.node.id, root.later) == (old, ("废止：名新（2025-02-26）",))


def test_a_document_is_asked_for_by_words_of_its_name_or_number(empty_graph):
    for key, number in (("一", "教发〔2024〕3号"), ("二", "教发〔2025〕1号")):
        document = empty_graph.node("PolicyDocument", key, number=number)
        item = empty_graph.node("Measure", f"1@{document}", text="做事")
        empty_graph.edge("SETS", document, item)
    found = policy_frame(empty_graph.projection(), document="2025")
    assert {one.document.id for one in found} == {"PolicyDocument:二"}
