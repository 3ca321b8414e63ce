"""Which blocks of an official document say to whom it goes and who sends it out."""

from __future__ import annotations

import pytest

from ingest.addressees import addressees_of
from ingest.document import Block, Document
from ingest.statements import document_claims
from nlp.extraction import Extraction, Mention, Passage

NOTICE = (
    Block("渝教发〔2024〕3号", "l.1"),
    Block("关于开展试点的通知", "l.2", "title"),
    Block("两江新区管委会，各高校：", "l.3"),
    Block("现将有关事项通知如下：", "l.4"),
    Block("重庆市教育委员会牵头。", "l.5"),
    Block("抄送：重庆市财政局。", "l.6"),
    Block("重庆市教育委员会办公室 2024年3月1日印发", "l.7"),
)


def test_addressees_copies_and_colophon_are_told_apart() -> None:
    assert addressees_of(Document("a", NOTICE)) == {2: "主送", 5: "抄送", 6: "印发"}


@pytest.mark.parametrize(
    "blocks",
    [
        NOTICE[3:5],
        (NOTICE[1], Block("根据要求。现通知如下：", "l.2")),
        (NOTICE[1], Block("（一）工作目标：", "l.2", "list", 2)),
    ],
    ids=["no title", "running text", "a list"],
)
def test_what_ends_with_a_colon_is_not_always_an_addressee(blocks: tuple[Block, ...]) -> None:
    assert addressees_of(Document("a", blocks)) == {}


def test_a_mention_says_in_which_part_of_the_form_it_stands() -> None:
    names = {2: "两江新区管委会", 4: "重庆市教育委员会", 5: "重庆市财政局"}
    found = [
        Extraction(
            Passage(block.text), tuple(_mention(block.text, names[number]) for _ in range(number in names))
        )
        for number, block in enumerate(NOTICE)
    ]
    table = document_claims(Document("a", NOTICE, title="关于开展试点的通知"), found, "s").table
    roles = {row["tail"]: row["role"] for row in table.to_pylist() if row["kind"] == "MENTIONS"}
    assert roles == {
        "Agency:两江新区管委会": "主送",
        "Agency:重庆市教育委员会": None,
        "Agency:重庆市财政局": "抄送",
    }


def _mention(text: str, name: str) -> Mention:
    return Mention("Agency", name, text.index(name), text.index(name) + len(name))
