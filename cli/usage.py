"""The words of the command line itself in Chinese (用法): help pages, and what is wrong with what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from typer.core import TyperCommand, TyperGroup

from graph.language import Text, current_language

if TYPE_CHECKING:
    from typer._click.core import Context
    from typer.core import TyperOption

_WORDS: Final = (("Usage:", "用法："), ("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数]..."))
_FAULTS: Final = (
    (re.compile(r"No such option: (\S+)(.*)"), r"没有选项 {1}。"),
    (re.compile(r"No such command (\S+?)\.?"), r"没有命令 {1}。"),
    (re.compile(r"Missing (?:argument|option|parameter) ('.+?'|[^']+?)\.(.*)"), r"缺少参数 {1}。"),
    (re.compile(r"Missing command\."), r"缺少命令。"),
    (re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)"), r"多出的参数：{1}。"),
    (re.compile(r"Option (\S+) requires an argument\.?"), r"选项 {1} 后应有值。"),
    (re.compile(r"Invalid value for (.+?): (.+)"), r"{1} 的值不对：{2}"),
)
# What is wrong with a value, as pydantic says it within typer.
_VALUES: Final = (
    (re.compile(r"Input should be a valid integer.*"), Text("应为整数。", "it should be a whole number.")),
    (re.compile(r"Input should be a valid number.*"), Text("应为数字。", "it should be a number.")),
    (
        re.compile(r"Input should be greater than or equal to (\S+)"),
        Text("不能小于 {1}。", "it should be {1} or more."),
    ),
    (
        re.compile(r"Input should be less than or equal to (\S+)"),
        Text("不能大于 {1}。", "it should be {1} or less."),
    ),
    (
        re.compile(r"(?:Value error, )?(.+) is not one of (.+?)\.?"),
        Text("没有 {1}，可用：{2}。", "{1} is not one of {2}."),
    ),
)


class Command(TyperCommand):
    """A command whose help page is in the reader's language."""

    def get_usage(self, ctx: Context) -> str:
        """The line of usage."""
        return _translated(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The option `--help`, explained in the reader's language."""
        return _explained(super().get_help_option(ctx))


class Group(TyperGroup):
    """The group of all commands, likewise."""

    def get_usage(self, ctx: Context) -> str:
        """The line of usage."""
        return _translated(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The option `--help`, explained in the reader's language."""
        return _explained(super().get_help_option(ctx))


def fault_in_words(message: str) -> str:
    """What is wrong with what was typed, in the reader's language."""
    start, said, fault = message.rpartition(": ")
    for pattern, words in _VALUES if said else ():
        if found := pattern.fullmatch(fault):
            message = start + said + str(words).format(found[0], *found.groups())
    if current_language() == "zh":
        for pattern, chinese in _FAULTS:
            if found := pattern.fullmatch(message):
                return chinese.format(*(found[0], *found.groups()))
    return message


def _translated(usage: str) -> str:
    if current_language() == "zh":
        for english, chinese in _WORDS:
            usage = usage.replace(english, chinese)
    return usage


def _explained(option: TyperOption | None) -> TyperOption | None:
    if option is not None and current_language() == "zh":
        option.help = "显示这份说明"
    return option
