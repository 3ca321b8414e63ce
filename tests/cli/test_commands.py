"""The commands on the demonstration graph, as a person or a program runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.main import DONE, FAILED, PARTIAL, status_of
from graph.gaps import questions
from graph.ontology import NODES
from graph.store.queries import queries
from ingest.records import RECORD_KINDS

Run = Callable[..., str]


@pytest.fixture
def run_on(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a graph and gives what it wrote; it must succeed."""

    def command(graph: str | Path, *arguments: str) -> str:
        capsys.readouterr()
        assert status_of([*arguments, "--graph", str(graph)]) == DONE, capsys.readouterr().err
        return capsys.readouterr().out

    return command


@pytest.fixture
def run(demo_address: str, run_on: Run) -> Run:
    """The same on the demo graph, on each engine."""
    return partial(run_on, demo_address)


@pytest.fixture
def answer(run: Run) -> Callable[..., Any]:
    """As `run`, with `--format json`, read."""
    return lambda *arguments: json.loads(run(*arguments, "--format", "json"))


@pytest.fixture(scope="module")
def answered() -> dict[str, Any]:
    """What each engine answered to `liantu gaps all`."""
    return {}


@pytest.fixture
def all_answers(engine: str, answered: dict[str, Any], answer: Callable[..., Any]) -> dict[str, Any]:
    """The answers to all questions, asked once on each engine."""
    if engine not in answered:
        answered[engine] = answer("gaps", "all")
    found: dict[str, Any] = answered[engine]
    return found


def test_gaps_lists_every_question_with_its_definition(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["gaps", "--format", "json"]) == DONE
    listed = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in listed] == list(questions())
    assert all(one["definition"] for one in listed)


@pytest.mark.parametrize("name", questions())
def test_every_question_has_an_answer_that_rests_on_words(name: str, all_answers: dict[str, Any]) -> None:
    findings = all_answers[name]
    assert findings
    told = [claim for finding in findings for claim in finding["evidence"]]
    assert told
    assert all(claim["source_name"] for claim in told)
    assert any(claim["quote"] and claim["place"] for claim in told)


@pytest.mark.parametrize("name", questions())
def test_every_question_alone_is_a_page_of_its_own(name: str, run: Run) -> None:
    assert name in run("gaps", name, "--limit", "50")


def test_gaps_all_answers_as_one_by_one(all_answers: dict[str, Any], answer: Callable[..., Any]) -> None:
    assert list(all_answers) == list(questions())
    assert all_answers["uncovered_chains"][:2] == answer("gaps", "uncovered_chains", "--limit", "2")


def test_gaps_as_csv_has_a_row_a_finding(run: Run, all_answers: dict[str, Any]) -> None:
    name = "uncovered_chains"
    rows = list(csv.DictReader(io.StringIO(run("gaps", name, "--format", "csv"), newline="")))
    assert [row["chain"] for row in rows] == [finding["chain"]["name"] for finding in all_answers[name]]


def test_gaps_within_a_region_says_what_is_left_out(
    demo_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["gaps", "isolated_members", "--format", "json", "--graph", str(demo_graph)]
    assert status_of([*command, "--region", "北碚"]) == DONE
    told = capsys.readouterr()
    names = {one["member"]["name"] for one in json.loads(told.out)}
    assert "重庆万国半导体科技有限公司" in names
    assert "中国四联仪器仪表集团有限公司" not in names  # its school lies elsewhere
    assert "重庆长安汽车股份有限公司" not in names
    assert "neither listed nor counted" in " ".join(told.err.split())


def test_gaps_of_a_chain_with_a_parameter_of_the_question(answer: Callable[..., Any]) -> None:
    found = answer("gaps", "talent_balance", "--chain", "新型显示", "--set", "year=1999")
    assert [(one["chain"]["name"], one["supply"]) for one in found] == [("新型显示", None)]


def test_gaps_with_an_unknown_parameter_or_place_is_a_clear_error(
    demo_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong, code in ((["--set", "x=1"], "question.parameter"), (["--region", "火星"], "node.unknown")):
        assert status_of(["gaps", "talent_balance", *wrong, "--graph", str(demo_graph)]) == FAILED
        assert capsys.readouterr().err.startswith(f"error[{code}]: ")


def test_gaps_takes_a_table_from_a_file_in_the_encoding_that_it_has(
    answer: Callable[..., Any], tmp_path: Path
) -> None:
    table = tmp_path / "产值.csv"
    table.write_bytes("产业,增加值\n第一产业,6.5\n第二产业,38.7\n第三产业,54.8\n".encode("gb18030"))
    found = answer("gaps", "structural_alignment", "--set", "by=sector", "--set", f"table=@{table}")
    assert [one["industry"] for one in found] == [100.0, 6.5, 54.8, 38.7]


def test_gaps_with_a_file_that_is_not_there_or_too_large_is_a_clear_error(
    demo_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"1" * 1_000_001)
    for file, code in ((tmp_path / "none.csv", "file.missing"), (large, "file.too_large")):
        words = ["gaps", "structural_alignment", "--set", f"table=@{file}", "--graph", str(demo_graph)]
        assert status_of(words) == FAILED
        assert code in capsys.readouterr().err


def test_records_of_a_file_are_assumed_and_nothing_gets_into_the_graph(demo_graph, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text(
        "学校名称,专业名称,年份,毕业生数\n"
        "重庆水利电力职业技术学院,光伏工程技术,2025,300\n"
        "重庆水利电力职业技术学院,光伏工程技术,2025,many\n",
        encoding="utf-8",
    )
    command = ["gaps", "what_if", "--set", "only=talent_matching", "--graph", str(demo_graph)]
    assert status_of([*command, "--assume", str(path), "--format", "json"]) == DONE
    out, said = capsys.readouterr()
    assert [one["details"][0]["en"] for one in json.loads(out)[1:]] == ["of these found 70 → 110"]
    assert "1 rows assumed (school_specialties), 1 not taken" in said
    assert "row 3" in said
    assert status_of([*command, "--set", "changes=leave 弗迪电池有限公司", "--format", "json"]) == DONE
    assert "300" not in capsys.readouterr().out


@pytest.mark.parametrize(("option", "question"), [("--assume", "what_if"), ("--against", "changes")])
def test_a_file_that_a_question_does_not_read_is_refused(
    option: str, question: str, demo_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(["gaps", "targets", option, "none.csv", "--graph", str(demo_graph)]) == FAILED
    told = capsys.readouterr().err
    assert told.startswith("error[question.parameter]: ")
    assert question in told


def test_a_release_says_how_to_compare_it_in_a_command_that_runs_as_it_is(
    demo_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "2025 06.liantu"
    assert status_of(["release", str(file), "--graph", str(demo_graph)]) == DONE
    command = capsys.readouterr().out.strip().partition(" liantu ")[2]
    assert status_of([word.strip('"') for word in shlex.split(command, posix=os.name != "nt")]) == DONE


def test_gaps_all_as_csv_says_why_not(demo_graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["gaps", "all", "--format", "csv", "--graph", str(demo_graph)]) == FAILED
    assert capsys.readouterr().err.startswith("error[question.single]: ")


def test_find_takes_chinese_and_english_kinds(answer: Callable[..., Any]) -> None:
    chinese = answer("find", "重庆", "--kind", "院校", "--limit", "5")
    assert chinese == answer("find", "重庆", "--kind", "School", "--limit", "5")
    assert len(chinese) == 5
    assert {row["label"] for row in chinese} == {"School"}


def test_find_without_a_hit_says_so_and_is_no_error(
    demo_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(["find", "无此名称之物", "--format", "json", "--graph", str(demo_graph)]) == DONE
    told = capsys.readouterr()
    assert json.loads(told.out) == []
    assert "无此名称之物" in told.err


def test_show_gives_every_claim_source_and_quote_in_both_directions(answer: Callable[..., Any]) -> None:
    shown = answer("show", "重庆电子科技职业大学")
    assert shown["node"]["kind"] == "School"
    assert shown["stated_by"]
    assert {claim["direction"] for claim in shown["claims"]} == {"in", "out"}
    for claim in shown["claims"]:
        assert claim["source_name"]
        assert claim["quote"]
        assert claim["other_name"]


def test_show_by_name_by_former_name_and_by_id_is_one_node(answer: Callable[..., Any]) -> None:
    node = answer("show", "重庆电子科技职业大学")["node"]
    assert answer("show", "重庆电子工程职业学院")["node"] == node
    assert answer("show", node["id"])["node"] == node


def test_show_as_table_groups_claims_by_kind(run: Run) -> None:
    text = run("show", "重庆电子科技职业大学")
    assert "重庆电子科技职业大学  (School)" in text
    assert "→ LOCATED_IN (" in text


def test_show_reads_a_document_from_its_beginning_with_the_figures_that_it_sets(
    run: Run, answer: Callable[..., Any]
) -> None:
    name = "渝教产示〔2024〕3号"
    shown = answer("show", name)
    told = groupby(shown["claims"], key=lambda claim: (claim["kind"], claim["direction"], claim["source"]))
    starts = {group: [claim["start"] for claim in claims] for group, claims in told}
    assert all(found == sorted(found) for found in starts.values() if None not in found)
    assert max(map(len, starts.values())) > 10
    target = next(claim for claim in shown["claims"] if claim["other"].startswith("Target:"))
    assert target["other_properties"]["value"] is not None
    assert any(told["properties"].get("issued") and told["quote"] for told in shown["stated_by"])
    assert "≥ 20 个（2025）" in run("show", name, "--limit", "200")


@pytest.mark.parametrize(
    ("word", "code"),
    [("无此校", "node.unknown"), ("School:0", "node.unknown"), ("职业大学", "node.ambiguous")],
)
def test_show_of_what_is_not_one_node_says_why(
    word: str, code: str, demo_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(["show", word, "--graph", str(demo_graph)]) == FAILED
    assert capsys.readouterr().err.startswith(f"error[{code}]: ")


def test_query_lists_all_and_answers_with_its_columns(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["query", "--format", "json"]) == DONE
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == list(queries())
    header = run("query", "consortia", "--format", "csv").splitlines()[0]
    assert header == ",".join(queries()["consortia"].columns)


def test_query_takes_parameters(answer: Callable[..., Any]) -> None:
    rows = answer("query", "consortia", "--param", "level=国家级")
    assert rows
    assert {row["level"] for row in rows} == {"国家级"}


def test_query_takes_a_document_number_with_and_without_blanks(answer: Callable[..., Any]) -> None:
    closed = answer("query", "targets", "--param", "document=渝教产示〔2024〕3号")
    assert closed
    assert answer("query", "targets", "--param", "document=渝教产示〔2024〕 3 号") == closed


@pytest.mark.parametrize("words", [["consortia", "-p", "level"], ["consortia", "-p", "nosuch=1"]])
def test_query_with_wrong_parameters_says_which(
    words: list[str], demo_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(["query", *words, "--graph", str(demo_graph)]) == FAILED
    assert capsys.readouterr().err.startswith("error[query.parameter]: ")


def test_stats_counts_what_the_view_holds(answer: Callable[..., Any]) -> None:
    found = answer("stats")
    assert set(found) >= {"nodes", "edges", "sources", "hash"}
    assert set(found["nodes"]) <= set(NODES)
    assert all(found["nodes"].values())
    assert len(found["hash"]) == 64
    assert {"document", "records", "reference"} == {source["medium"] for source in found["sources"]}


def test_ingest_again_changes_nothing_and_retract_takes_out_just_the_source(
    demo_copy: Path, tmp_path: Path, run_on: Run
) -> None:
    def answer(*arguments: str) -> Any:
        return json.loads(run_on(demo_copy, *arguments, "--format", "json"))

    before = answer("stats")["hash"]
    notice = tmp_path / "notice.txt"
    notice.write_text(
        "关于成立产教联合体的通知\n\n重庆大学与示例电机有限公司开展校企合作。\n", encoding="utf-8"
    )
    report = answer("ingest", str(notice))
    assert [file["status"] for file in report["files"]] == ["taken"]
    after = answer("stats")["hash"]
    assert after != before
    again = answer("ingest", str(notice))
    assert [file["status"] for file in again["files"]] == ["unchanged"]
    assert answer("stats")["hash"] == after
    assert "notice.txt" in run_on(demo_copy, "retract", "notice.txt")
    assert answer("stats")["hash"] == before


def test_a_file_that_cannot_be_read_is_partial_and_the_rest_goes_in(
    demo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("重庆大学与示例电机有限公司开展校企合作。\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    status = status_of(["ingest", str(folder), "--format", "json", "--graph", str(demo_copy)])
    report = json.loads(capsys.readouterr().out)
    assert status == PARTIAL
    assert {file["name"]: file["status"] for file in report["files"]} == {
        "good.txt": "taken",
        "broken.pdf": "rejected",
    }
    (reject,) = report["rejects"]
    assert reject["file"] == "broken.pdf"
    assert reject["reason"]


def test_extract_gives_a_line_a_passage_in_the_shape_of_annotated_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "重庆大学牵头组建先进材料产教联合体，到2027年建成实训基地20个。"
    passages = tmp_path / "passages.jsonl"
    passages.write_text(json.dumps({"id": 7, "text": text}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert status_of(["extract", str(passages), "--format", "jsonl"]) == DONE
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["id"] == 7
    assert set(found) >= {"entities", "relations", "quantities", "measures"}
    assert "重庆大学" in {entity["surface"] for entity in found["entities"]}
    assert all(text[e["start"] : e["end"]] == e["surface"] for e in found["entities"])


def test_extract_as_a_table_shows_the_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("重庆大学牵头组建先进材料产教联合体。\n", encoding="utf-8")
    assert status_of(["extract", str(file), "--format", "table"]) == DONE
    assert "重庆大学" in capsys.readouterr().out


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_template_is_a_workbook_that_is_not_overwritten(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.xlsx"
    assert status_of(["template", kind, "-o", str(target)]) == DONE
    assert target.read_bytes().startswith(b"PK")
    assert status_of(["template", kind, "-o", str(target)]) == FAILED
    assert "error[file.exists]" in capsys.readouterr().err


def test_graph_may_be_named_by_the_environment(
    demo_graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANTU_GRAPH", str(demo_graph))
    assert status_of(["find", "重庆大学"]) == DONE
    assert "重庆大学" in capsys.readouterr().out


def test_answering_loads_no_library_that_it_does_not_use(demo_graph: Path) -> None:
    code = (
        "import sys\nfrom cli.main import status_of\n"
        f"status_of(['gaps', 'uncovered_chains', '--format', 'json', '--graph', {str(demo_graph)!r}])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert json.loads(done.stdout)
    loaded = set(done.stderr.split())
    assert loaded.isdisjoint(
        {"spacy", "nlp", "networkx", "pandas", "polars", "openpyxl", "uvicorn", "strawberry"}
    )


@pytest.mark.parametrize(
    "command",
    [["stats"], ["show", "重庆大学"], ["find", "重庆大学"], ["query", "consortia"], ["gaps", "targets"]],
)
def test_an_answer_in_a_file_called_xlsx_is_a_workbook(
    command: list[str], demo_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    assert status_of([*command, "-o", str(path), "--graph", str(demo_graph)]) == DONE
    assert len(list(load_workbook(path).worksheets[0].iter_rows())) > 1
    path.unlink()
    assert status_of([*command, "-o", str(path), "--graph", str(demo_graph), "--format", "json"]) == FAILED
    assert capsys.readouterr().err.startswith("error[file.form]: ")
    assert not path.exists()
