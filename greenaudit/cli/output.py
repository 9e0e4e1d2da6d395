"""How commands speak: a result on stdout (lines for people, JSON for scripts), an error as one line on stderr."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import typer

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.i18n import LANGUAGES, Language, Translator, language_of, translator
from greenaudit.log import logger
from greenaudit.messages import Message, msg

FAILED, MISUSED, OURS, INTERRUPTED = 1, 2, 70, 130
USAGE: type[Exception] = typer.BadParameter.__bases__[0]
"""What the command line's parser raises for a wrong command or option, wherever typer keeps it."""

_SILENT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Signs that a terminal obeys instead of showing: names out of a stranger's file could write a verdict of their own."""


def spoken() -> Translator:
    """The translator of the caller's language: LC_ALL, LC_MESSAGES or LANG; English otherwise."""
    named = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en"
    )
    return translator(language_of(named))


def as_language(name: str) -> Language:
    """A language option's value; `en` for anything unknown is never guessed: the caller validates first."""
    return next(language for language in LANGUAGES if language == name)


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


def guarded(work: Callable[[], int]) -> int:
    """Runs a command; an error becomes one line on stderr and an exit code that is not 0."""
    try:
        return work()
    except KnownError as error:
        return _say(spoken()(error.message), FAILED)
    except GreenAuditError as error:
        logger("cli").exception("a bug")
        return _say(spoken()(error.message), OURS)
    except USAGE as error:
        return _say(_misused(error), MISUSED)
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


def _misused(error: Exception) -> str:
    """What the parser says of a wrong command line. A missing argument has no sentence, only a name."""
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    return str(said) or type(error).__name__


def _refused(error: OSError) -> Message:
    return msg(
        "The system refused it: {reason} ({path}). Check the place and your rights, then try again.",
        reason=error.strerror or type(error).__name__,
        path=str(error.filename or "–"),
    )


def _say(sentence: str, code: int) -> int:
    if sys.stderr is not None:
        line = plain(" ".join(sentence.split())) + "\n"
        sys.stderr.write(
            line.encode(sys.stderr.encoding or "utf-8", "backslashreplace").decode("utf-8", "replace")
        )
    return code
