"""What a benchmark measured (测得的结果): lines for people, or with `--json` one list for programs, in every script."""

from __future__ import annotations

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Result = Mapping[str, Any]


def arguments(description: str | None) -> ArgumentParser:
    """What a script of measurements can be told: `--json`, and what it adds itself."""
    parser = ArgumentParser(description=description, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print a list of results as JSON")
    return parser


def pairs(result: Result) -> str:
    """A line with each name and value."""
    return "   ".join(f"{name} {value}" for name, value in result.items())


def show(
    results: Sequence[Result], *, as_json: bool, line: Callable[[Result], str] = pairs, heading: str = ""
) -> None:
    """Print results: as JSON, or the heading if there is one and a line for each."""
    if as_json:
        print(json.dumps(list(results), ensure_ascii=False))
        return
    if heading:
        print(heading)
    for result in results:
        print(line(result))
