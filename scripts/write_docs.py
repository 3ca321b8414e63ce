"""The pages of `docs/` that derive from the code: run `python scripts/write_docs.py --write` after changing it.

Without `--write` the script only names the pages that have drifted (exit status 1); the tests compare the same way.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

os.environ["LIANTU_LANG"] = "en"  # the words of the commands are chosen when their modules load

import itertools

import typer

from cli.main import COMMANDS, application
from graph.errors import MESSAGES
from graph.ontology import EDGES, EVIDENCE, NODES, SOURCE, STATES, EdgeKind, NodeKind, Property
from graph.settings import Settings, variable
from ingest.records.page import kinds_page, standard_page

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
_NOTE: Final = (
    "<!-- Written by scripts/write_docs.py from the code. "
    "Change the code, then run: python scripts/write_docs.py --write -->"
)


def ontology_page() -> str:
    """docs/ontology.md: node kinds, edge kinds, evidence, from graph/ontology/."""
    lines = [
        "# Ontology (本体)",
        _NOTE,
        (
            "Declared once in `graph/ontology/`; the store's tables, the claims schema, record "
            "validation, GraphQL types and this page derive from it. A node is stated, and an edge "
            "claimed, by a source: an edge is one claim by one source, with the words that say so. Two "
            "sources that say the same are two edges; questions merge or count them."
        ),
        "## Node kinds (节点)",
        "| kind | 中文 | what it is | what tells one from another | lives inside |\n|---|---|---|---|---|",
        *(_node_row(kind) for kind in NODES.values()),
        "### Properties of nodes (节点属性)",
        "Every node has `id`, `name` and `aliases` besides.",
        "| kind | property | 中文 | meaning | type | values |\n|---|---|---|---|---|---|",
        *(_property_row(kind.name, item) for kind in NODES.values() for item in kind.properties),
        "## Edge kinds (关系)",
        "| edge | 中文 | says | from | to |\n|---|---|---|---|---|",
        *(_edge_row(kind) for kind in EDGES.values()),
        "### Properties of edges (关系属性)",
        "| edge | property | 中文 | meaning | type | values |\n|---|---|---|---|---|---|",
        *(_property_row(kind.name, item) for kind in EDGES.values() for item in kind.properties),
        "## Evidence (依据)",
        "Every edge carries its own `id` (`source#row`), its `kind`, and:",
        "| | property | 中文 | meaning | type | values |\n|---|---|---|---|---|---|",
        *(_property_row("every edge", item) for item in EVIDENCE),
        "## Sources (来源)",
        (
            f"`{SOURCE.name}` ({SOURCE.zh}) is {SOURCE.en}. An edge `{STATES.name}` ({STATES.zh}) from the "
            "source to a node says the name, aliases and properties that this source gives it; a node "
            "disappears with the last of them."
        ),
        "| | property | 中文 | meaning | type | values |\n|---|---|---|---|---|---|",
        *(_property_row(kind.name, item) for kind in (SOURCE, STATES) for item in kind.properties),
    ]
    return _join(lines)


def errors_page() -> str:
    """docs/errors.md: every error code with its message in both languages, from graph/errors.py."""
    lines = [
        "# Errors (错误)",
        _NOTE,
        (
            "An error is one line on stderr, `错误[code]: …` or `error[code]: …`, with what happened and "
            "what to do; the same codes stand in the rejects and in `extensions.code` of GraphQL answers. "
            "Words in braces are filled in. Messages name files without their folders and never hold "
            "credentials. `LIANTU_DEBUG=1` prints the traceback of an `internal` error besides."
        ),
        "A wrong call (unknown option, missing argument) has the code `usage` and the exit status 2.",
    ]
    for group in dict.fromkeys(code.partition(".")[0] for code in MESSAGES):
        lines += [
            f"## {group}",
            "| code | English | 中文 |\n|---|---|---|",
            *(
                f"| `{code}` | {_cell(text.en)} | {_cell(text.zh)} |"
                for code, text in MESSAGES.items()
                if code.partition(".")[0] == group
            ),
        ]
    return _join(lines)


def settings_page() -> str:
    """docs/settings.md: every setting, from graph/settings.py."""
    lines = [
        "# Settings (设置)",
        _NOTE,
        "A setting is read from its environment variable; what the command line says goes before it.",
        "| variable | default | meaning | 含义 |\n|---|---|---|---|",
        *(
            f"| `{variable(item.name)}` | {_default(item.default)} | {item.metadata['en']} | {item.metadata['zh']} |"
            for item in fields(Settings)
        ),
        (
            "Beside these, `LIANTU_LANG` (`zh` or `en`) chooses the language of words and messages; "
            "without it the locale does (`LC_ALL`, `LC_MESSAGES`, `LANG`). `LIANTU_DEBUG=1` prints the "
            "traceback of an unforeseen error."
        ),
    ]
    return _join(lines)


_EXAMPLES: Final = {
    "demo": "liantu demo",
    "init": "liantu init --graph city",
    "ingest": "liantu ingest documents/ members.xlsx --graph city\n"
    "liantu ingest 'postgresql://reader@host/school' --graph city",
    "inspect": "liantu inspect needs.xlsx\nliantu inspect needs.xlsx --column 所属产业=chains --save",
    "extract": "liantu extract notice.docx --format table\nliantu extract passages.jsonl > found.jsonl",
    "evaluate": "liantu evaluate tests/data/nlp/unseen.jsonl --by kind\nliantu evaluate gold.jsonl --errors 20",
    "gaps": "liantu gaps\nliantu gaps all --graph liantu-demo/graph --limit 5",
    "release": "liantu release 2025-06.liantu --graph liantu-demo/graph",
    "find": "liantu find 长安 --kind 企业 --graph liantu-demo/graph",
    "show": "liantu show 重庆电子科技职业大学 --graph liantu-demo/graph",
    "query": "liantu query\nliantu query consortium-members -p consortium=… --graph liantu-demo/graph",
    "quality": "liantu quality --graph city --region 重庆市\nliantu quality ODS_CXHZSJ.csv -o back.xlsx --graph city",
    "retract": "liantu retract notice.docx --graph city",
    "stats": "liantu stats --graph liantu-demo/graph --format json",
    "copy": "liantu copy --from city --to neo4j://graph.example.org",
    "export": "liantu export files/ --format neo4j-admin --graph city",
    "template": "liantu template\nliantu template consortium_members -o members.xlsx",
    "serve": "liantu serve --graph liantu-demo/graph --port 8000",
}


def commands_page() -> str:
    """docs/commands.md: every command with its arguments and options, as `--help` has them."""
    lines = [
        "# Commands (命令)",
        _NOTE,
        (
            "`liantu COMMAND --help` says the same in your language (`LIANTU_LANG=zh` for Chinese). "
            "Answers go to stdout, errors and progress to stderr. `--format table` is for people, `json` "
            "for programs (stable English names), `csv` for spreadsheets (cells that begin with `=`, `+`, "
            "`-`, `@` or a tab are neutralised; a file written with `-o` begins with a byte order mark, "
            "so that Excel and WPS read it as UTF-8)."
        ),
        "| exit status | means |\n|---|---|",
        "| 0 | done |",
        "| 1 | an error: one line on stderr, `error[code]: …`, see [errors](errors.md) |",
        "| 2 | wrong usage: no such command or option, a missing argument |",
        "| 3 | partial: some files or rows were rejected, the rest went in |",
        "| 130 | interrupted by the keyboard |",
    ]
    for name, words in COMMANDS.items():
        arguments, options = _parameters(name)
        lines += [
            f"## {name}",
            f"{words.en} ({words.zh}).",
            f"```sh\n{_EXAMPLES[name]}\n```",
            "| argument or option | meaning |\n|---|---|",
            *(f"| `{left}` | {_cell(right)} |" for left, right in (*arguments, *options)),
        ]
    return _join(lines)


def _parameters(name: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    command: Any = typer.main.get_command(application([name]))
    arguments, options = [], []
    for item in command.commands[name].params:
        if item.param_type_name == "argument":
            arguments.append((item.metavar or item.name.upper(), item.help or ""))
        else:
            options.append((", ".join(item.opts), item.help or ""))
    return arguments, options


PAGES: Final[dict[str, Callable[[], str]]] = {
    "ontology.md": ontology_page,
    "errors.md": errors_page,
    "settings.md": settings_page,
    "commands.md": commands_page,
    "record-kinds.md": kinds_page,
    "standard-tables.md": standard_page,
}


def drifted() -> list[str]:
    """The pages that no longer say what the code says."""
    return [
        name
        for name, page in PAGES.items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != page()
    ]


def _node_row(kind: NodeKind) -> str:
    return f"| {kind.name} | {kind.zh} | {_cell(kind.en)} | {kind.identity} | {', '.join(kind.scope)} |"


def _edge_row(kind: EdgeKind) -> str:
    """One row an edge kind; where every head may join every tail, both sides stand once."""
    heads = list(dict.fromkeys(head for head, _ in kind.ends))
    tails = list(dict.fromkeys(tail for _, tail in kind.ends))
    if len(heads) * len(tails) != len(kind.ends):
        pairs = "; ".join(f"{head} → {tail}" for head, tail in kind.ends)
        return f"| {kind.name} | {kind.zh} | {kind.en} | {pairs} | |"
    to = "any" if len(tails) == len(NODES) else ", ".join(tails)
    return f"| {kind.name} | {kind.zh} | {kind.en} | {', '.join(heads)} | {to} |"


def _property_row(owner: str, item: Property) -> str:
    values = ", ".join(item.values)
    return f"| {owner} | `{item.name}` | {item.zh} | {_cell(item.en)} | {item.type.value} | {_cell(values)} |"


def _default(value: object) -> str:
    if value == "":
        return "–"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _join(lines: list[str]) -> str:
    """Markdown of `lines`: rows of a table stand together, everything else is a paragraph of its own."""
    parts = [lines[0]]
    for before, line in itertools.pairwise(lines):
        parts.append(("\n" if before.startswith("|") and line.startswith("| ") else "\n\n") + line)
    return "".join(parts) + "\n"


def main() -> None:
    """Write the pages (`--write`) or say which have drifted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the pages instead of comparing them")
    if parser.parse_args().write:
        for name, page in PAGES.items():
            (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")
        return
    stale = drifted()
    for name in stale:
        sys.stderr.write(f"docs/{name} has drifted from the code: run python scripts/write_docs.py --write\n")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
