"""The entry of `liantu`: which commands there are, and what an error looks like to the person who meets it.

Only the module of the command that was asked for is imported, and each command imports the engine, spaCy or the
server inside its function: answering from a graph must not wait for libraries that it does not use.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Final

import typer

from cli.usage import Command, Group, fault_in_words
from graph.errors import LiantuError
from graph.language import Text, current_language

COMMANDS: Final[dict[str, Text]] = {
    "demo": Text(
        "用自带样例建一个图谱，并回答全部问题", "Build a graph from the samples and answer every question"
    ),
    "init": Text(
        "新建图谱：按本体建表，装入参考数据", "Make a graph: tables from the ontology, reference data"
    ),
    "ingest": Text("读入文件和记录表（可给文件夹）", "Read documents and record files (folders too)"),
    "inspect": Text(
        "查看记录表被怎样理解，改正并保存表头对照", "How a record table is understood; correct it, keep it"
    ),
    "extract": Text(
        "只抽取、不入库：给文字，得实体、关系、数量", "Text in; mentions, relations, quantities out; no graph"
    ),
    "evaluate": Text("用标注文本评测抽取：精确率、召回率、F1", "Score the extraction against annotated text"),
    "gaps": Text("列出产教问题；回答一个或全部", "List the gap questions; answer one or all"),
    "release": Text(
        "把图谱的现状存成一个发布文件，供日后比较",
        "Save the graph as it is as a release, to compare with later",
    ),
    "find": Text("按名称或别名查找节点", "Find nodes by name or alias"),
    "show": Text("一个节点及其全部主张，附来源与原文", "A node and its claims, each with source and quote"),
    "query": Text("运行一个具名查询；不给名称则列出全部", "Run a named query; without a name, list them"),
    "quality": Text(
        "记录的质量：完整、有效、一致、重复、冲突、覆盖",
        "How good the records are, where they conflict, who is missing",
    ),
    "retract": Text("撤回一个来源的全部主张", "Take the claims of a source out again"),
    "stats": Text("各类节点与关系的数量、来源、内容哈希", "Nodes and edges by kind, sources, content hash"),
    "copy": Text(
        "把整个图谱复制到另一处（目录或 Neo4j）并核对",
        "Copy a whole graph elsewhere (a directory or Neo4j), verified",
    ),
    "export": Text("导出为 Neo4j 批量导入文件", "Write the graph as files for Neo4j's bulk importer"),
    "template": Text("生成一种记录的空白表格", "An empty workbook for a record kind"),
    "serve": Text("启动 GraphQL 接口", "Serve the GraphQL API"),
}

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
PARTIAL: Final = 3
INTERRUPTED: Final = 130

_EPILOG = Text(
    "退出状态：0 完成；1 出错；2 用法不对；3 部分完成（有文件或行被拒收）。",
    "Exit status: 0 done; 1 error; 2 wrong usage; 3 partial (files or rows were rejected).",
)
_ABOUT = Text(
    "联图：产教融合知识图谱。读政策文件与成员记录，指出产业与教育脱节之处，并给出所依据的原文。",
    "liantu maps the linkages between industry and education, and shows where they fail, with the words that say so.",
)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib import metadata  # noqa: PLC0415 - takes as long as an answer

        typer.echo(f"liantu {metadata.version('liantu')}")
        raise typer.Exit


def application(names: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """The application with the commands `names`, each from the module `cli.<name>` and its function `<name>`."""
    app = typer.Typer(
        name="liantu",
        cls=Group,
        help=str(_ABOUT),
        epilog=str(_EPILOG),
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
    )

    @app.callback()
    def liantu(
        version: Annotated[
            bool,
            typer.Option(
                "--version",
                callback=_show_version,
                is_eager=True,
                help=str(Text("显示版本", "Show the version")),
            ),
        ] = False,
    ) -> None:
        """Hold what all commands share; the help text is given above."""

    for name in names:
        command = getattr(import_module(f"cli.{name}"), name)
        app.command(name, cls=Command, help=str(COMMANDS[name]), epilog=str(_EPILOG))(command)
    return app


def run(arguments: Sequence[str] | None = None) -> None:
    """Run `liantu` and exit with its status; errors are one line on stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    sys.exit(status_of(given))


def status_of(arguments: Sequence[str]) -> int:
    """Run `liantu` with `arguments` and return its exit status, errors told on stderr."""
    asked = [word for word in arguments[:1] if word in COMMANDS]
    if current_language() == "zh" and (not arguments or "--help" in arguments):
        _translate_help()
    try:
        answer = application(asked or tuple(COMMANDS))(
            list(arguments), standalone_mode=False, prog_name="liantu"
        )
    except LiantuError as error:
        return _tell(error.code, _without_folders(str(error)), FAILED)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the last resort: whatever happens, a person reads one line
        return _tell_unforeseen(error)
    return answer if isinstance(answer, int) else DONE


def _tell_unforeseen(error: Exception) -> int:
    wording = getattr(
        error, "format_message", None
    )  # typer's usage errors: no such option, missing argument …
    if wording is not None:
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "liantu"
        hint = Text(f"用法见 {command} --help。", f"See {command} --help.")
        if not wording():  # the help page has been shown in place of a command
            return USAGE
        return _tell("usage", f"{fault_in_words(wording())} {hint}", USAGE)
    if isinstance(error, OSError) and error.strerror:
        told = LiantuError(
            "file.unreadable", file=_without_folders(str(error.filename)), reason=error.strerror
        )
        return _tell(told.code, str(told), FAILED)
    if os.environ.get("LIANTU_DEBUG"):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{_without_folders(last.filename)}:{last.lineno}"
    reason = _without_folders(f"{type(error).__name__} {error} ({place})")
    return _tell("internal", str(LiantuError("internal", reason=reason)), FAILED)


def _tell(code: str, message: str, status: int) -> int:
    word = Text("错误", "error")
    typer.echo(f"{word}[{code}]: {' '.join(message.split())}", err=True)
    return status


def _without_folders(text: str) -> str:
    """Keep only the last part of absolute paths: messages travel, and say nothing of the machine."""
    return re.sub(r"(?<![\w.:/])(?:[A-Za-z]:)?[/\\](?:[^\s'\"/\\]+[/\\])+", "", text)


def _speak_utf8() -> None:
    """Windows consoles and pipes default to a code page that lacks half of our characters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _translate_help() -> None:
    from typer import rich_utils  # noqa: PLC0415 - 50 ms that only the help pages need

    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
