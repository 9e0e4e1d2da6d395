"""The command line as its users have it: a language, and every command with its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from greenaudit.cli.commands import app
from greenaudit.cli.language import VARIABLES


def speak(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    """Makes commands speak a locale's language, whatever this machine speaks; with '' nothing is said of it."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    if locale:
        monkeypatch.setenv("LANG", f"{locale}.UTF-8")


def every_command() -> Iterator[tuple[tuple[str, ...], Any]]:
    """All commands and groups with the words that lead to them."""
    return _below((), typer.main.get_command(app))


def _below(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _below((*words, name), inner)
