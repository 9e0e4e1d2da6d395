"""What a person has chosen on this device. Not part of the journal: it never leaves the device."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from greenaudit.errors import KnownError
from greenaudit.messages import msg

VERSION = 1


class Settings(BaseModel):
    """The device's settings; unknown keys are refused, a newer version too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = VERSION
    locale: str = ""
    theme: Literal["", "light", "dark", "daylight"] = ""
    endpoint: str = ""
    last_assessment: str = ""
    timestamp_url: str = ""
    """The time stamp authority that signed reports are taken to; none as a rule."""
    send_by_itself: bool = True
    """Whether the window sends what is only here when the endpoint can be reached."""


def load_settings(path: Path) -> Settings:
    """Reads the settings; absent means defaults. Raises KnownError for a damaged or newer file."""
    try:
        if not path.exists():
            return Settings()
        raw = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(raw, dict) and isinstance(raw.get("version"), int) and raw["version"] > VERSION:
            raise KnownError(
                "settings_newer",
                msg(
                    "{path} was written by a newer GreenAudit. Update the app, or move this file away.",
                    path=str(path),
                ),
            )
        return Settings.model_validate(raw)
    except (ValueError, ValidationError, OSError, RecursionError) as error:
        raise KnownError(
            "settings_damaged",
            msg(
                "{path} can't be read. Move it away; your visits are kept elsewhere and are safe.",
                path=str(path),
            ),
        ) from error


def save_settings(path: Path, settings: Settings) -> None:
    """Writes the settings whole or not at all; KnownError where they can't be written."""
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft.open("w", encoding="utf-8") as stream:
            stream.write(settings.model_dump_json(indent=2))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):  # what is wrong with the place has been said
            draft.unlink(missing_ok=True)
        raise KnownError(
            "settings_unwritable",
            msg(
                "The settings can't be kept in {path} ({reason}). They hold until the app is closed.",
                path=str(path),
                reason=error.strerror or type(error).__name__,
            ),
        ) from error
