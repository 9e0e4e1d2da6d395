"""The cards of the settings: a title, what it is, its controls, and the place where its result stands."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QBoxLayout, QWidget

from greenaudit.messages import Message, msg
from ui.i18n import Said
from ui.widgets.boxes import Part, clear, col, frame, row
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.checks import Check
from ui.widgets.choices import Segmented
from ui.widgets.fields import Field
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label


class SettingsCard(Card):
    """A card with its result under its controls."""

    def __init__(self, icon: str, title: Message, sentence: Message | None, *controls: Part) -> None:
        self._lines = col(gap=4)
        self._sign = Symbol("check-circle", "accent", 22, cut="fill")
        self._result = frame(
            "well", row(col(self._sign, None), (self._lines, 1), gap=12, margins=(14, 10, 14, 10))
        )
        self._result.hide()
        head: Part = row(Symbol(icon, "accent", 24), (Label(title, "title", wrap=True), 1), gap=12)
        about: tuple[Part, ...] = (Label(sentence, "body", "ink2", wrap=True),) if sentence else ()
        super().__init__(col(head, *about, 4, *controls, self._result, gap=8), (24, 18, 24, 20))

    def show_result(self, lines: tuple[Said, ...], *, good: bool) -> None:
        """Shows what came of it; no lines take the place away."""
        clear(self._lines)
        for line in lines:
            self._lines.addWidget(Label(line, "body", "" if good else "warn", wrap=True))
        self._sign.show_icon("check-circle" if good else "warning", "accent" if good else "warn", "fill")
        self._result.setProperty("look", "well" if good else "warn")
        self._result.style().unpolish(self._result)
        self._result.style().polish(self._result)
        self._result.setVisible(bool(lines))

    def result(self) -> QWidget:
        """The place of the result."""
        return self._result


class Controls(Protocol):
    """What stands on the cards."""

    locales: Segmented
    themes: Segmented
    protection: Label
    key_button: Button
    code_button: Button
    backup_button: Button
    stick_button: Button
    recent: QBoxLayout
    url: Field
    code: Field
    enrol_button: Button
    sync_button: Button
    by_itself: Check
    verify_button: Button


def cards_of(c: Controls) -> dict[str, SettingsCard]:
    """The cards with their controls."""
    return {
        "looks": SettingsCard(
            "translate", msg("Language and theme"), None,
            c.locales, 4, c.themes,
            Label(msg("Daylight is for bright sun: black on white, no tints."), "small", "ink2", wrap=True),
        ),
        "key": SettingsCard(
            "lock-simple", msg("Key and recovery code"), None,
            c.protection, c.key_button, c.code_button,
        ),
        "backup": SettingsCard(
            "hard-drive", msg("Backup"),
            msg("A copy of everything, encrypted. It opens on another machine with your recovery code."),
            c.backup_button, c.stick_button, c.recent,
            Label(
                msg("To restore one on another machine: start GreenAudit there and choose “Restore a backup…” instead of setting it up."),
                "small", "ink2", wrap=True,
            ),
        ),
        "endpoint": SettingsCard(
            "laptop", msg("Endpoint"),
            msg("Where your programme keeps its visits. Your keys never leave this device."),
            c.url, c.code, c.enrol_button, c.sync_button, c.by_itself,
        ),
        "verify": SettingsCard(
            "seal-check", msg("Verify a signed report"),
            msg("Works without a network: unchanged? signed by whom? when?"),
            c.verify_button,
        ),
    }  # fmt: skip
