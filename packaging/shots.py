"""Saves pictures of every page: `python packaging/shots.py OUT [--only home,walk] [--scale 1.5]`.

The pages stand over the sample programme, in three languages and themes, at the five sizes the window is made for.
Without a screen, set `QT_QPA_PLATFORM=offscreen`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from greenaudit.errors import GreenAuditError
from greenaudit.paths import Home
from greenaudit.services.drafts import PackKey
from greenaudit.services.opening import App
from greenaudit.services.sample import ensure_sample
from ui import routes
from ui.main_window.preferences import WindowPreferences
from ui.main_window.window import MainWindow
from ui.notices import NoticeBoard
from ui.page_factory import PageFactory
from ui.ports import Done, Failed, SendingState, Tools
from ui.routes import Route
from ui.theme import load_fonts

T = TypeVar("T")
LOOKS = (
    ("en_US", "light", 1280, 800),
    ("es_MX", "dark", 1280, 853),
    ("fr_CA", "daylight", 960, 640),
    ("es_MX", "light", 853, 1280),
    ("en_US", "dark", 640, 960),
)


class AtOnce:
    """`ui.ports.Tasks` that works at once: a picture has time."""

    def run(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        try:
            result = work()
        except GreenAuditError as error:
            if failed is None:
                raise
            failed(error)
        else:
            done(result)

    aside = afar = run

    def stopping(self) -> bool:
        return False


class Still:
    """`ui.ports.Sending` that sends nothing: a picture needs no endpoint."""

    state = SendingState()

    def follow(self, tell: Callable[[SendingState], None]) -> None:
        tell(self.state)

    def send(self) -> None:
        """Nobody asks."""

    nudge = send

    def allow(self, *, on: bool) -> None:
        """Nobody chooses."""


def places(app: App) -> Iterator[tuple[str, Route]]:
    """The pages, each with the name of its pictures."""
    yield "home", routes.Home()
    yield "new-visit", routes.NewVisit(app.visits.plants()[0].plant.id)
    yield "settings", routes.Settings()
    yield "checklists", routes.Checklists()
    yield "checklist", routes.Checklists("shipped", "", "CHEM-STO.yaml", "CHEM-STO-02")
    if not any(line.key.kind == "draft" for line in app.drafts.list()):
        app.drafts.make(PackKey("shipped"))
    yield "checklist-draft", routes.Checklists("draft", "core", "CHEM-STO.yaml", "CHEM-STO-02")
    for card in app.visits.list():
        if card.state == "in_progress":
            yield "walk", routes.Walk(card.assessment_id)
            yield "sign", routes.Sign(card.assessment_id)
            yield "compare", routes.Compare(card.assessment_id)
        elif card.state == "signed":
            yield "signed", routes.Sign(card.assessment_id)


def settle(qt: QApplication) -> None:
    """Lets layouts take effect."""
    for _ in range(6):
        qt.sendPostedEvents()
        qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qt.processEvents()


def save_all(qt: QApplication, app: App, out: Path, only: set[str]) -> None:
    """Every page in every look."""
    preferences, notices = WindowPreferences(qt, "en_US", "light"), NoticeBoard()
    window = MainWindow(preferences, notices)
    window.attach(PageFactory(Tools(app, AtOnce(), notices, preferences, Still())))
    window.show()
    for locale, theme, width, height in LOOKS:
        preferences.choose_locale(locale)
        preferences.choose_theme(theme)
        window.resize(width, height)
        for name, route in places(app):
            if only and name not in only:
                continue
            window.go(route)
            settle(qt)
            file = out / f"{name}-{locale}-{theme}-{width}x{height}.png"
            window.grab().save(str(file))
            sys.stdout.write(f"{file}\n")
    window.close()


def main() -> None:
    """Makes the sample in a folder of its own and takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--home", type=Path, help="a sample home to keep between runs")
    asked = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = asked.scale
    asked.out.mkdir(parents=True, exist_ok=True)
    qt = QApplication([])
    load_fonts()
    with TemporaryDirectory() as folder:
        app = ensure_sample(Home(asked.home or Path(folder)))
        try:
            save_all(qt, app, asked.out, {name for name in asked.only.split(",") if name})
        finally:
            app.close()


if __name__ == "__main__":
    main()
