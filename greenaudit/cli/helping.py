"""Commands whose help is in the caller's language.

A command's docstring and the `help=` of its parameters are English sentences and the catalogues' keys, as with `msg()`.
They are rendered when somebody asks for help, so that nothing is translated at import.
"""

from __future__ import annotations

import inspect
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

import typer
from typer.core import TyperCommand, TyperGroup

from greenaudit.cli.language import spoken
from greenaudit.cli.output import MisusedError
from greenaudit.messages import Message, msg

WIDEST, NAMES = 100, 28


class Parameter(Protocol):
    """What help tells of an option or an argument."""

    name: str | None
    opts: list[str]
    required: bool
    param_type_name: str
    default: Any


class Command(Protocol):
    """What help tells of a command or a group of them."""

    help: str | None

    def get_params(self, ctx: Any) -> Iterable[Any]: ...


class SpokenCommand(TyperCommand):
    """A command."""

    def get_help(self, ctx: Any) -> str:
        return "\n".join(_help(self, ctx, {}))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What the parser leaves over is refused with a sentence of ours."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left:
            raise MisusedError(msg("'{word}' is one word too many.", word=left[0]), ctx.command_path)
        return left


class SpokenGroup(TyperGroup):
    """A group of commands."""

    def get_help(self, ctx: Any) -> str:
        return "\n".join(_help(self, ctx, self.commands))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name; there is none is a sentence of ours."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            raise MisusedError(msg("There is no command '{name}'.", name=cmd_name), ctx.command_path)
        return found


class Commands(typer.Typer):
    """A list of commands whose help is in the caller's language."""

    def __init__(self, help: str) -> None:  # noqa: A002 typer's own word
        super().__init__(
            cls=SpokenGroup,
            help=help,
            add_completion=False,
            no_args_is_help=True,
            pretty_exceptions_enable=False,
        )

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Like typer's, for a command of ours."""
        return super().command(name, cls=SpokenCommand, **options)


def paragraphs(text: str | None) -> list[str]:
    """A help text's paragraphs, each one line: the catalogues' keys."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text or "").split("\n\n") if part.strip()]


def _help(command: Command, ctx: Any, below: Mapping[str, Command]) -> Iterator[str]:
    """Usage, what it does, and each parameter and command, line by line."""
    say = spoken()
    shown = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    arguments = [one for one in shown if one.param_type_name == "argument"]
    options = [one for one in shown if one.param_type_name != "argument"]
    words = [say(msg("[options]")), *(_argument(one) for one in arguments)]
    if below:
        words.append(say(msg("COMMAND …")))
    yield say(msg("Usage: {line}", line=" ".join([ctx.command_path, *words])))
    for paragraph in paragraphs(command.help):
        yield ""
        yield from textwrap.wrap(say(paragraph), _width())
    yield from _part(msg("Arguments:"), ((_argument(one), _told(one)) for one in arguments))
    yield from _part(msg("Options:"), ((_option(one), _told(one)) for one in options))
    yield from _part(
        msg("Commands:"), ((name, say(paragraphs(one.help)[0])) for name, one in below.items() if one.help)
    )


def _part(title: Message, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A list of names with what they mean; a long name has a line of its own."""
    rows = list(rows)
    if not rows:
        return
    indent = " " * (min(max(len(name) for name, _ in rows), NAMES) + 4)
    yield ""
    yield spoken()(title)
    for name, text in rows:
        lines = textwrap.wrap(text, _width(), initial_indent=indent, subsequent_indent=indent) or [indent]
        if len(name) + 4 > len(indent):
            yield f"  {name}"
        else:
            lines[0] = f"  {name}".ljust(len(indent)) + lines[0][len(indent) :]
        yield from (line.rstrip() for line in lines)


def _argument(parameter: Parameter) -> str:
    name = (parameter.name or "").upper()
    return name if parameter.required else f"[{name}]"


def _option(parameter: Parameter) -> str:
    takes = "" if getattr(parameter, "is_flag", False) else " …"
    return ", ".join(parameter.opts) + takes


def _told(parameter: Parameter) -> str:
    """What a parameter is, whether it must be given, and what it is without."""
    say = spoken()
    text = " ".join(say(part) for part in paragraphs(getattr(parameter, "help", None)))
    if parameter.required:
        return say(msg("{text} Must be given.", text=text)) if parameter.param_type_name == "option" else text
    if parameter.default in (None, "", False):
        return text
    return say(msg("{text} Without it: {value}", text=text, value=parameter.default))


def _width() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)
