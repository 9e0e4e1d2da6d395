"""How commands speak: a result on stdout (lines for people, JSON for scripts), an error as one line on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

import typer

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.i18n import LANGUAGES, Language, Translator, language_of, translator
from greenaudit.log import logger

FAILED, MISUSED, OURS = 1, 2, 70
USAGE: type[Exception] = typer.BadParameter.__bases__[0]
"""What the command line's parser raises for a wrong command or option, wherever typer keeps it."""


def spoken() -> Translator:
    """The translator of the caller's language: LC_ALL, LC_MESSAGES or LANG; English otherwise."""
    named = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en"
    )
    return translator(language_of(named))


def as_language(name: str) -> Language:
    """A language option's value; `en` for anything unknown is never guessed: the caller validates first."""
    return next(language for language in LANGUAGES if language == name)


def show(lines: Iterable[str]) -> None:
    """Prints lines for people."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def show_json(value: Any) -> None:
    """Prints one JSON value for scripts."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


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
        return _say(str(getattr(error, "message", error)), MISUSED)
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # the last place that can say anything
        logger("cli").exception("an unforeseen error")
        return _say(spoken()(BugError(f"{type(error).__name__}: {error}").message), OURS)


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    return code
