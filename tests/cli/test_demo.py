"""`liantu demo`: what a person reads at the end of it."""

from __future__ import annotations

import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from cli.demo import _command
from cli.main import DONE, status_of
from graph.gaps import question, questions


@pytest.fixture(scope="module")
def told(demo_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What it writes where the graph was built before: it is brought up to date, which is quick."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(demo_graph, folder / "graph")
    with redirect_stdout(StringIO()) as written:
        assert status_of(["demo", "--directory", str(folder)]) == DONE
    return written.getvalue()


def test_it_answers_every_question_and_ends_with_the_chains_without_group_and_what_to_type(told: str) -> None:
    glance, found, answer = told.partition(str(question("uncovered_chains").definition)[:60])
    assert found
    for one in questions().values():
        assert str(one.title)[:24] in glance
    assert "09-progress-circular.txt, line 22" in glance
    assert "卫星互联网、功率半导体及集成电路、新能源及新型储能等产业链还没有市级专业群对接" in answer.replace(
        "\n", ""
    ).replace("    ", "")
    commands = [
        line.split()[1] for line in answer.partition("next:")[2].splitlines() if line.startswith("  liantu")
    ]
    assert commands == ["gaps", "gaps", "show", "serve"]


def test_it_is_short_enough_to_be_read(told: str) -> None:
    assert len(told.splitlines()) < 100 + 10 * len(questions())


def test_what_to_type_next_names_the_folder_as_it_is_called(
    demo_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "{演示}{name}"
    shutil.copytree(demo_graph, folder / "graph")
    assert status_of(["demo", "--directory", str(folder)]) == DONE
    assert "{演示}{name}" in capsys.readouterr().out


def test_a_command_on_another_drive_is_called_by_its_whole_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("cli.demo.shutil.which", lambda _: None)
    monkeypatch.setattr("cli.demo.os.path.relpath", apart)
    monkeypatch.setattr("sys.argv", [str(Path("/else/liantu"))])
    assert _command() == str(Path("/else/liantu"))
