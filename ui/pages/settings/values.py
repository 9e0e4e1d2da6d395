"""What the settings show of services, put into words once."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal, Protocol

from greenaudit.messages import Message, msg
from ui.i18n import tr
from ui.i18n.formatting import formats

Kind = Literal["keyring", "passphrase", "file"]
Part = Literal["looks", "key", "backup", "endpoint", "verify"]
MEGABYTE = 1_000_000
SHOWN = 3
"""How many of the last backups are named."""


class Made(Protocol):
    """A backup that was opened and checked."""

    @property
    def folder(self) -> Path: ...

    @property
    def made_at(self) -> datetime: ...

    @property
    def size(self) -> int: ...

    @property
    def complete(self) -> bool: ...


class Backups(Protocol):
    """Making backups, and those that are there."""

    def make(self, folder: Path | None = None) -> Made: ...

    def recent(self) -> tuple[Made, ...]: ...

    def newest(self) -> datetime | None: ...


class Syncing(Protocol):
    """The endpoint: enrolling this device with it."""

    @property
    def endpoint(self) -> str: ...

    def enrol(self, *, endpoint_url: str, code: str) -> Message: ...


class Protection(Protocol):
    """What keeps the key of the data, in words."""

    @property
    def kind(self) -> Kind: ...

    @property
    def message(self) -> Message: ...


class Protecting(Protocol):
    """Keeping the key another way, and recovery codes."""

    def current(self) -> Protection: ...

    def keyring_trouble(self) -> Message | None: ...

    def choose(self, kind: Kind, passphrase: str = "") -> Protection: ...

    def new_code(self) -> str: ...

    def confirm_code(self) -> None: ...


def told(made: Made) -> str:
    """A backup in a line: when, how large, and whether everything is in it."""
    at = made.made_at.astimezone()
    size = formats().number(max(Decimal(made.size) / MEGABYTE, Decimal("0.1")), 1)
    line = tr(msg("{day}, {time} · {size} MB", day=formats().date(at.date()), time=f"{at:%H:%M}", size=size))
    return line if made.complete else tr(msg("{line} · not everything is in it", line=line))
