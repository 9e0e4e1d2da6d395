"""This device's camera. Imported only where its library can be: QtMultimedia needs libpulse0."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QImageCapture, QMediaCaptureSession, QMediaDevices
from PySide6.QtMultimediaWidgets import QVideoWidget
from PySide6.QtWidgets import QDialog, QWidget

from greenaudit.messages import msg
from ui.capture import Taken
from ui.i18n import tr
from ui.widgets.boxes import col, row
from ui.widgets.buttons import Button

JPEG_QUALITY = 92


class DeviceCamera:
    """`ui.capture.Camera` over QtMultimedia: a dialog with what the camera sees, and one button."""

    def is_there(self) -> bool:
        """Whether the system knows a camera."""
        return bool(QMediaDevices.videoInputs())

    def take(self, parent: object, taken: Taken) -> None:
        """Opens the viewfinder over the window."""
        finder = _Viewfinder(parent if isinstance(parent, QWidget) else None, taken)
        finder.open()


class _Viewfinder(QDialog):
    def __init__(self, parent: QWidget | None, taken: Taken) -> None:
        super().__init__(parent)
        self._taken = taken
        self.setWindowTitle(tr(msg("Camera")))
        self._camera = QCamera(QMediaDevices.defaultVideoInput())
        self._capture = QImageCapture()
        self._session = QMediaCaptureSession()
        self._picture = QVideoWidget()
        self._picture.setMinimumSize(560, 420)
        self._session.setCamera(self._camera)
        self._session.setImageCapture(self._capture)
        self._session.setVideoOutput(self._picture)
        shoot, leave = Button(msg("Take the photo"), "primary", "camera-plus"), Button(msg("Cancel"), "big")
        self.setLayout(col((self._picture, 1), row(leave, None, shoot), gap=12, margins=(16, 16, 16, 16)))
        shoot.clicked.connect(self._shoot)
        leave.clicked.connect(self.reject)
        self._capture.imageCaptured.connect(self._captured)
        self.finished.connect(self._camera.stop)
        self.finished.connect(self.deleteLater)
        self._camera.start()

    def _shoot(self) -> None:
        self._capture.capture()

    def _captured(self, _number: int, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", JPEG_QUALITY)  # type: ignore[call-overload]
        self.accept()
        self._taken(bytes(buffer.data().data()))
