"""Quick taps. Qt takes a second tap within 0.4 s for a double click, wherever it falls, and a pane that flicks eats it."""

from __future__ import annotations

from PySide6.QtGui import QInputDevice
from PySide6.QtWidgets import QApplication


def every_tap_counts(app: QApplication) -> None:
    """With a touch screen no tap is a double click: a level and its evidence may be tapped as fast as hands can.

    Without one, a double click keeps selecting a word.
    """
    if any(device.type() == QInputDevice.DeviceType.TouchScreen for device in QInputDevice.devices()):
        app.setDoubleClickInterval(0)
