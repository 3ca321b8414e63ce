"""Gold: annotated passages whole, and annotations by file, record, offsets and hash joined with their texts."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.errors import LiantuError
from graph.ontology import edge_kind, node_kind
from nlp.gold import Line, read_gold
from nlp.training.material import HELD_OUT, OWN

OURS = Path(__file__).parents[1] / "data" / "nlp"
SHARED = Path("/work/shared/data")
ELSEWHERE = ("state_council.jsonl", "profiles.jsonl")
BODY = "一、总则。市教委要建立工作台账，培训300人。"
PASSAGE = BODY[5:]


def pointing(**parts: Any) -> dict[str, Any]:
    """An annotation of the second sentence of the record, by offsets."""
    return {
        "file": "texts/policies.jsonl",
        "record": {"id": 7},
        "field": "text",
        "start": 5,
        "end": len(BODY),
        "sha256": hashlib.sha256(PASSAGE.encode()).hexdigest(),
        "entities": [{"kind": "Agency", "start": 0, "end": 3}],
        "relations": [{"kind": "RESPONSIBLE_FOR", "head": 0, "tail": {"measure": 0}}],
        "quantities": [{"type": "Target", "value": 300, "start": 13, "end": 17}],
        "measures": [{"start": 4, "end": 17, "core": [4, 10], "responsible": [0]}],
    } | parts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    records = [{"id": 6, "text": "别的"}, {"id": 7, "text": BODY}]
    (tmp_path / "texts" / "policies.jsonl").write_text(
        "\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8"
    )
    return tmp_path


def written(folder: Path, line: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def ends_of(line: Line, relation: dict[str, Any]) -> tuple[str, str]:
    """The kinds that an annotated relation joins, which the ontology has."""
    kinds = [node_kind(item["kind"]).name for item in line["entities"]]
    tail = relation["tail"]
    return kinds[relation["head"]], "Measure" if isinstance(tail, dict) else kinds[tail]


def refusal(path: Path, texts: Path | None) -> LiantuError:
    with pytest.raises(LiantuError) as caught:
        read_gold(path, texts)
    return caught.value


def test_offsets_are_joined_with_the_words_that_they_cover(folder: Path) -> None:
    (line,) = read_gold(written(folder, pointing()), folder)
    assert line["id"] == 1
    assert line["text"] == PASSAGE
    assert [item["surface"] for item in line["entities"]] == ["市教委"]
    assert [item["surface"] for item in line["quantities"]] == ["300人"]
    assert line["measures"][0]["surface"] == "建立工作台账，培训300人"
    assert line["measures"][0]["text"] == "建立工作台账"
    assert line["measures"][0]["responsible"] == ["市教委"]
    assert line["relations"][0]["tail"] == {"measure": "建立工作台账"}


def test_a_passage_with_its_own_text_needs_no_folder(folder: Path) -> None:
    line = {"text": "甲", "entities": [], "relations": [], "quantities": [], "measures": []}
    assert read_gold(written(folder, line)) == [{"id": 1} | line]


def test_without_the_folder_of_the_texts_the_error_names_line_file_and_remedy(folder: Path) -> None:
    error = refusal(written(folder, pointing()), None)
    assert error.code == "gold.elsewhere"
    assert "--texts" in str(error)
    assert "texts/policies.jsonl" in str(error)
    assert str(folder) not in str(error)


def test_absent_files_records_and_fields_are_told(folder: Path) -> None:
    gone = {"file": "texts/none.jsonl"}
    assert refusal(written(folder, pointing(**gone)), folder).code == "file.missing"
    for parts in ({"record": {"id": 8}}, {"record": {"code": 7}}, {"field": "body"}):
        assert refusal(written(folder, pointing(**parts)), folder).code == "gold.missing"


def test_changed_words_are_told(folder: Path) -> None:
    assert refusal(written(folder, pointing(start=4)), folder).code == "gold.changed"
    (folder / "texts" / "policies.jsonl").write_text(
        json.dumps({"id": 7, "text": BODY.replace("300", "400")}), encoding="utf-8"
    )
    assert refusal(written(folder, pointing()), folder).code == "gold.changed"


@pytest.mark.parametrize(
    "parts",
    [
        {"file": "../policies.jsonl"},
        {"record": None},
        {"record": {"id": []}},
        {"record": {"id": 7, "code": 1}},
        {"entities": [{"kind": "Agency", "start": 0, "end": 99}]},
        {"entities": [{"kind": "Agency", "start": 3, "end": 3}]},
        {"measures": [{"start": 4, "end": 16, "core": [4], "responsible": []}]},
        {"relations": [{"kind": "RESPONSIBLE_FOR", "head": 0, "tail": {"measure": 5}}]},
        {"relations": [{"kind": "LEADS", "head": 0, "tail": 1}]},
        {"quantities": [{"type": "Target", "value": "many", "start": 0, "end": 1}]},
    ],
)
def test_unsound_annotations_are_refused_with_their_line(folder: Path, parts: dict[str, Any]) -> None:
    error = refusal(written(folder, pointing(**parts)), folder)
    assert error.code == "file.unreadable"
    assert "line 1" in str(error) or "第 1 行" in str(error)


def test_broken_texts_are_told_by_name(folder: Path) -> None:
    path = written(folder, pointing())
    (folder / "texts" / "policies.jsonl").write_text("{", encoding="utf-8")
    assert refusal(path, folder).values["file"] == "texts/policies.jsonl"
    (folder / "texts" / "policies.jsonl").write_bytes(b"\xff\xfe\xff")
    assert refusal(path, folder).code == "file.encoding"


@pytest.mark.parametrize("name", ELSEWHERE)
def test_annotations_of_others_texts_hold_none_of_their_words(name: str) -> None:
    for row in (OURS / name).read_text(encoding="utf-8").splitlines():
        line = json.loads(row)
        assert "text" not in line
        kept = [line["entities"], line["relations"], line["quantities"], line["measures"]]
        assert not any("surface" in item or "text" in item for items in kept for item in items)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the texts of /work/shared are not here")
@pytest.mark.parametrize("name", ELSEWHERE)
def test_annotations_of_others_texts_join_and_keep_to_the_ontology(name: str) -> None:
    lines = read_gold(OURS / name, SHARED)
    assert len(lines) >= 49
    for line in lines:
        assert all(item["surface"].strip() == item["surface"] for item in line["entities"])
        for relation in line["relations"]:
            assert ends_of(line, relation) in edge_kind(relation["kind"]).ends


_MARKS = {"“": "”", "《": "》", '"': '"'}
_OF_NO_ONE = {  # what `shared/ontology.md` names as no Region and no IndustryChain
    "Region": {"长三角", "京津冀", "珠三角", "粤港澳大湾区", "我省", "我市", "全省", "全市", "中国", "全国"},
    "IndustryChain": {"制造业", "服务业", "产业"},
}


@pytest.mark.parametrize("name", [*OWN, *HELD_OUT])
def test_passages_are_annotated_by_the_rules_of_the_ontology(name: str) -> None:
    for line in read_gold(OURS / name):
        regions = sorted((one["start"], one["end"]) for one in line["entities"] if one["kind"] == "Region")
        for (first, end), (start, last) in pairwise(regions):
            in_one_run = end == start and end - first > 1 and last - start > 1
            assert not in_one_run, f"{line['id']}: one region, {line['text'][first:last]}"
        for one in line["entities"]:
            surface = one["surface"]
            assert surface not in _OF_NO_ONE.get(one["kind"], ()), f"{line['id']}: {surface}"
            whole = _MARKS.get(surface[0]) == surface[-1] and surface.index(surface[-1]) == len(surface) - 1
            assert not whole, f"{line['id']}: without its marks, {surface}"
        for one in line["relations"]:
            ends = ends_of(line, one)
            assert ends in edge_kind(one["kind"]).ends, f"{line['id']}: {one['kind']} of {ends}"
