"""What tests of the window have in common: no screen needed, the product's fonts, and nothing left behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault(
    "QT_LOGGING_RULES", "qt.qpa.*=false"
)  # the platform without a screen says what it can't do

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication

from greenaudit.services.opening import App
from tests.helpers.ui import settle
from tests.helpers.ui_visit import laptop, started
from ui import theme
from ui.i18n.qt import speak
from ui.theme.switching import apply


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:
    """Before the first widget."""
    theme.load_fonts()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A laptop that is set up, with the sample programme's plants."""
    made = laptop(tmp_path)
    yield made
    made.close()


@pytest.fixture
def visit(app: App) -> UUID:
    """A visit with nothing answered."""
    return started(app)


@pytest.fixture(autouse=True)
def _same_beginning(qapp: QApplication) -> Iterator[None]:
    """Every test begins in US English and in light, and leaves no window open."""
    words = speak(qapp, "en_US")
    if theme.current() != "light" or not qapp.styleSheet():
        apply(qapp, "light")
    before = set(qapp.topLevelWidgets())
    yield
    qapp.removeTranslator(words)
    left = [widget for widget in qapp.topLevelWidgets() if widget not in before and widget.isVisible()]
    for widget in set(qapp.topLevelWidgets()) - before:
        widget.close()
        widget.deleteLater()
    settle()
    assert not left, f"the test left windows open: {left}"


@pytest.fixture(scope="module", autouse=True)
def _nothing_runs_on(qapp: QApplication) -> Iterator[None]:
    """No file of tests leaves a timer or a thread of Qt behind. Once a file, because it looks at every object."""
    yield
    settle()
    gc.collect()
    running = [thing for thing in gc.get_objects() if isinstance(thing, QTimer | QThread) and _runs(thing)]
    assert not running, f"left behind: {running}"


def _runs(thing: QTimer | QThread) -> bool:
    try:
        return thing.isActive() if isinstance(thing, QTimer) else thing.isRunning()
    except RuntimeError:  # its C++ half is gone: that is what we want
        return False
