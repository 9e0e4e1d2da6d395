"""How commands speak: a result on stdout (lines for people, JSON for scripts), an error as one line on stderr."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import typer

from greenaudit.cli.language import spoken
from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.log import end_log, logger
from greenaudit.messages import Message, msg

PROGRAM = "greenaudit"
FAILED, MISUSED, OURS, INTERRUPTED = 1, 2, 70, 130
USAGE: type[Exception] = typer.BadParameter.__bases__[0]
"""What the command line's parser raises for a wrong command or option, wherever typer keeps it."""

_SILENT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Signs that a terminal obeys instead of showing: names out of a stranger's file could write a verdict of their own."""


class MisusedError(KnownError):
    """A command line that can't be understood; names the command whose help says more."""

    def __init__(self, message: Message, command: str) -> None:
        hint = msg("{problem} See: {command} --help", problem=message, command=command)
        super().__init__("misused", hint)


def plain(text: str) -> str:
    """One line that a terminal shows as it is: what it would obey is left out."""
    if text.isprintable():
        return text
    seen = (" " if sign in "\n\r\t\u2028\u2029" else sign for sign in text)
    return "".join(sign for sign in seen if unicodedata.category(sign) not in _SILENT)


def show(lines: Iterable[str]) -> None:
    """Prints lines for people."""
    _print("".join(f"{plain(line)}\n" for line in lines))


def show_json(value: Any) -> None:
    """Prints one JSON value for scripts."""
    _print(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def asked(question: Message, *, hidden: bool = False) -> str:
    """What the person at the terminal types; a secret isn't shown."""
    return str(typer.prompt(spoken()(question), prompt_suffix=" ", hide_input=hidden))


def guarded(work: Callable[[], int]) -> int:
    """Runs a command; an error becomes one line on stderr and an exit code that is not 0."""
    try:
        return work()
    except KnownError as error:
        return _say(spoken()(error.message), MISUSED if isinstance(error, MisusedError) else FAILED)
    except GreenAuditError as error:
        logger("cli").exception("a bug")
        return _say(spoken()(error.message), OURS)
    except USAGE as error:
        return _explained(error)
    except BrokenPipeError:
        _drop_output()
        return FAILED
    except (KeyboardInterrupt, typer.Abort):
        return _say(spoken()(msg("Stopped. Nothing more was done.")), INTERRUPTED)
    except OSError as error:
        logger("cli").exception("the system refused something")
        return _say(spoken()(_refused(error)), FAILED)
    except Exception as error:  # the last place that can say anything
        logger("cli").exception("an unforeseen error")
        return _say(spoken()(BugError(f"{type(error).__name__}: {error}").message), OURS)
    finally:
        end_log()


def _print(text: str) -> None:
    """Writes and flushes; an encoding that lacks a sign shows it as an escape instead of failing."""
    if sys.stdout is None:  # the caller has closed it
        raise KnownError("no_output", msg("There is nowhere to print the result: the output is closed."))
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _drop_output()
        raise KnownError(
            "no_output",
            msg("The result can't be printed: {reason}.", reason=error.strerror or type(error).__name__),
        ) from error


def _drop_output() -> None:
    """What is still waiting to be printed goes nowhere, so that the interpreter doesn't fail on it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _explained(error: Exception) -> int:
    """Says what the parser found wrong. A group without a command isn't an error to be told: its help is shown."""
    context, kind = getattr(error, "ctx", None), type(error).__name__
    if kind == "NoArgsIsHelpError":
        return _write(str(getattr(error, "message", "")) + "\n", MISUSED)
    command = context.command_path if context is not None else PROGRAM
    return _say(spoken()(MisusedError(_problem(error, kind), command).message), MISUSED)


def _problem(error: Exception, kind: str) -> Message:
    """The parser tells its findings apart by their classes alone, and says them in English."""
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", "") or (parameter.opts[0] if parameter is not None else "")
    if kind == "NoSuchOption":
        return msg("There is no option {name}.", name=name)
    if kind == "MissingParameter":
        if parameter is not None and parameter.param_type_name == "argument":
            return msg("{name} is missing.", name=name.upper())
        return msg("The option {name} is missing.", name=name)
    if kind == "BadOptionUsage":
        return msg("The option {name} has a value too few or too many.", name=name)
    if name:
        return msg("The value of {name} doesn't fit.", name=name)
    return msg("The command line isn't understood.")


def _refused(error: OSError) -> Message:
    return msg(
        "The system refused it: {reason} ({path}). Check the place and your rights, then try again.",
        reason=error.strerror or type(error).__name__,
        path=str(error.filename or "–"),
    )


def _say(sentence: str, code: int) -> int:
    return _write(plain(" ".join(sentence.split())) + "\n", code)


def _write(text: str, code: int) -> int:
    if sys.stderr is not None:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
    return code
