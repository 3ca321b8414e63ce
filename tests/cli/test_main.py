"""The entry of the command line: what there is, what an error looks like, how soon it answers."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module, metadata
from pathlib import Path

import pytest

from cli.main import COMMANDS, FAILED, USAGE, application, status_of
from graph.errors import LiantuError


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert f"liantu {name}" in text
    assert COMMANDS[name].en.split(",", maxsplit=1)[0] in " ".join(text.split())


def test_every_module_of_a_command_is_in_the_table() -> None:
    folder = Path(str(import_module("cli").__file__)).parent
    modules = {path.stem for path in folder.glob("*.py")}
    shared = {
        "__init__",
        "consulting",
        "evidence",
        "findings",
        "main",
        "names",
        "options",
        "output",
        "page",
        "progress",
        "sheet",
        "usage",
        "workbook",
    }
    assert set(COMMANDS) == modules - shared


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"liantu {metadata.version('liantu')}"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["find"],
        ["find", "x", "--nosuch"],
        ["stats", "--format", "yaml"],
        ["serve", "--port", "x"],
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(arguments) == USAGE
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("error[usage]: ")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", "--port", "x"], "'--port' 的值不对：应为整数。"),
        (["gaps", "all", "--limit", "0"], "'--limit' 的值不对：不能小于 1。"),
        (["gaps", "all", "--minimum-confidence", "2"], "'--minimum-confidence' 的值不对：不能大于 1。"),
        (
            ["stats", "--format", "xlsx"],
            "'--format' 的值不对：没有 'xlsx'，可用：'table', 'json', 'csv'。",
        ),
        (["ingest"], "缺少参数 'PATH...'。"),
        (["gaps", "all", "more"], "多出的参数：more。"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANTU_LANG", "zh")
    assert status_of(arguments) == USAGE
    assert capsys.readouterr().err == f"错误[usage]: {told} 用法见 liantu {arguments[0]} --help。\n"


@pytest.mark.parametrize("arguments", [["gaps"], ["template", "enterprises"]])
def test_an_answer_that_cannot_be_written_says_so(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of([*arguments, "-o", str(tmp_path / "none" / "a.xlsx")]) == FAILED
    told = capsys.readouterr().err
    assert told.startswith("error[file.unwritable]: The file a.xlsx cannot be written")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["stats"], ["find", "x"], ["show", "x"], ["gaps", "all"], ["retract", "x"]]
)
def test_no_graph_is_one_line_and_status_1(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of([*arguments, "--graph", str(tmp_path / "none")]) == FAILED
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("error[graph.missing]: ")
    assert told.err.count("\n") == 1


def test_the_unforeseen_is_one_line_without_folders(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError(f"cannot use {tmp_path}/secret/name.txt")

    monkeypatch.setattr("cli.options.Settings.load", fail)
    assert status_of(["stats"]) == FAILED
    told = capsys.readouterr().err
    assert told.startswith("error[internal]: ")
    assert "name.txt" in told
    assert str(tmp_path) not in told
    assert str(Path(__file__).parent) not in told
    assert told.count("\n") == 1


def test_an_error_of_the_system_names_the_file_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "/home/somebody/graph/current")

    monkeypatch.setattr("cli.options.Settings.load", fail)
    assert status_of(["stats"]) == FAILED
    told = capsys.readouterr().err
    assert told.startswith("error[file.unreadable]: ")
    assert "current" in told
    assert "somebody" not in told


def test_errors_speak_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANTU_LANG", "zh")
    assert status_of(["gaps", "无此问题"]) == FAILED
    told = capsys.readouterr().err
    assert told.startswith("错误[question.unknown]: ")
    assert told.strip().endswith(str(LiantuError("question.unknown", name="无此问题")))


def test_help_is_chinese_for_a_chinese_reader() -> None:
    code = "import os; os.environ['LIANTU_LANG'] = 'zh'\nfrom cli.main import run\nrun(['--help'])"
    assert COMMANDS["gaps"].zh in python(code)


def test_only_the_module_of_the_command_is_loaded() -> None:
    code = "import sys\nfrom cli.main import application\napplication(['find'])\nprint(*sys.modules)"
    loaded = set(python(code).split())
    assert "cli.find" in loaded
    assert loaded.isdisjoint(
        {"cli.gaps", "spacy", "pyarrow", "networkx", "ladybug", "uvicorn", "strawberry", "openpyxl"}
    )


def test_all_commands_together_load_no_heavy_library() -> None:
    code = "import sys\nfrom cli.main import application\napplication()\nprint(*sys.modules)"
    loaded = set(python(code).split())
    assert loaded.isdisjoint(
        {"spacy", "pyarrow", "networkx", "ladybug", "uvicorn", "strawberry", "openpyxl", "polars"}
    )


def test_application_has_the_commands_that_it_is_asked_for() -> None:
    assert [command.name for command in application(["find", "gaps"]).registered_commands] == ["find", "gaps"]
