"""The first painted window, against a bare QMainWindow: whole processes, from start to end, each after the first paint.

Also recorded: until the window is whole (bars, fonts, style sheet), before any service is there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 15
LIMIT = 1.5

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)

app = QApplication([])
window = Bare()
window.show()
app.exec()
"""
FIRST = """
from PySide6.QtWidgets import QApplication
from greenaudit.paths import default_home
from ui.app import first_look, first_shell

app = QApplication([])
shell = first_shell(app, first_look(default_home())[1])
shell.first.painted.connect(app.quit)
shell.show()
app.exec()
"""
WHOLE = """
from PySide6.QtWidgets import QApplication
from greenaudit.paths import default_home
from ui.app import first_look, first_shell

app = QApplication([])
shell = first_shell(app, None)

def furnish():
    from ui.wiring.desktop import Desktop
    desktop = Desktop(app, shell, default_home())
    shell.setCentralWidget(desktop.window)
    shell.repaint()
    desktop.end()
    app.quit()

shell.first.painted.connect(furnish)
shell.show()
app.exec()
"""


def seconds(code: str, home: Path) -> float:
    """How long a whole process takes."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GREENAUDIT_HOME": str(home)}
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=env, capture_output=True)
    return perf_counter() - begun


def test_first_painted_window(tmp_path: Path) -> None:
    times: dict[str, list[float]] = {BARE: [], FIRST: [], WHOLE: []}
    for code in times:  # the files are in memory from here on
        seconds(code, tmp_path)
    for _ in range(ROUNDS):
        for code, taken in times.items():
            taken.append(seconds(code, tmp_path))
    bare, first, whole = (median(times[code]) for code in (BARE, FIRST, WHOLE))
    ratio = first / bare
    sys.stdout.write(
        f"\nfirst painted window: {first * 1000:.0f} ms, bare QMainWindow {bare * 1000:.0f} ms,"
        f" ratio {ratio:.2f} (limit {LIMIT}); whole frame {whole * 1000:.0f} ms\n"
    )
    assert ratio <= LIMIT
