"""The photos of an answer, and adding to them: from the camera, from a file, or dropped onto them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from greenaudit.domain.evidence import Photo
from greenaudit.messages import msg
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.pages.walk.values import CardState
from ui.theme import SizeClass
from ui.widgets.beside import Beside
from ui.widgets.boxes import col, pane, row
from ui.widgets.buttons import Button
from ui.widgets.photo_tiles import PhotoTile
from ui.widgets.texts import Label

LONGEST = 480
"""Pixels of a picture in a tile: enough for a screen at 200 %."""
KEPT = 60
"""Pictures kept in memory, some 40 kB each."""
_TILES: dict[SizeClass, tuple[QSize, int]] = {
    "wide": (QSize(128, 86), 2),
    "medium": (QSize(114, 76), 2),
    "narrow": (QSize(136, 92), 4),
}


class PhotoStrip(QWidget):
    """Signals:

    file_wanted, camera_wanted: how the person wants to add a photo.
    dropped (Path): a file was dropped here.
    picture_wanted (str): the SHA-256 of a photo whose picture is to be shown here.
    opened (Photo): a photo was tapped.
    """

    file_wanted = Signal()
    camera_wanted = Signal()
    dropped = Signal(object)
    picture_wanted = Signal(str)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._photos: tuple[Photo, ...] = ()
        self._zone, self._closed = "UTC", False
        self._size: SizeClass = "wide"
        self._pictures: dict[str, bytes | None] = {}
        self.tiles: list[PhotoTile] = []
        self._title, self._count = Label(msg("Photos"), "strong"), Label("", "small", "ink3")
        self.camera = Button(msg("Camera"), "", "camera-plus")
        self.file = Button(msg("From a file"), "", "plus")
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._tiles = pane(self._grid)
        self._adding = Beside(self.camera, self.file)
        self.setLayout(col(row(self._title, None, self._count), self._tiles, self._adding, gap=8))
        self.setAcceptDrops(True)
        self.camera.clicked.connect(self.camera_wanted)
        self.file.clicked.connect(self.file_wanted)

    def show_photos(self, card: CardState, *, anew: bool) -> None:
        """Shows the photos of a question; those that are shown already stay."""
        self._closed = card.closed
        self._adding.setVisible(not card.closed)
        if anew or card.state.photos != self._photos:
            self._photos, self._zone = card.state.photos, card.zone
            self._fill()

    def photo(self, photo_id: UUID) -> Photo | None:
        """A photo that is shown."""
        return next((photo for photo in self._photos if photo.id == photo_id), None)

    def fit(self, size: SizeClass) -> None:
        """As many tiles a row as the class has room for. Beside the card the camera is a sign: its words would take a line."""
        self._size = size
        self.camera.say(msg("Camera") if size == "narrow" else "")
        self.camera.set_tip(msg("Camera"))
        self._adding.share(evenly=size == "narrow")
        self._fill()

    def show_picture(self, sha256: str, jpeg: bytes | None) -> None:
        """A picture has come: it is shown if its photo still is, and kept for a while."""
        while len(self._pictures) >= KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        self._pictures[sha256] = jpeg
        for photo, tile in zip(self._photos, self.tiles, strict=True):
            if photo.sha256 == sha256:
                tile.show_picture(jpeg)

    def _fill(self) -> None:
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = []
        size, across = _TILES[self._size]
        for place, photo in enumerate(self._photos):
            time = formats().time(photo.taken_at, self._zone)[:5]
            caption = f"{photo.area}-{photo.order:02d}  {time}"
            tile = PhotoTile(caption, tr(msg("Photo {caption}", caption=caption)), size)
            tile.clicked.connect(partial(self._open, photo))
            self._grid.addWidget(tile, place // across, place % across)
            self.tiles.append(tile)
        self._grid.setColumnStretch(across, 1)
        self._tiles.setVisible(bool(self._photos))
        self._count.say(str(len(self._photos)))
        for photo, tile in zip(self._photos, self.tiles, strict=True):
            if photo.sha256 in self._pictures:
                tile.show_picture(self._pictures[photo.sha256])
            else:
                self.picture_wanted.emit(photo.sha256)

    def _open(self, photo: Photo, _checked: object = None) -> None:
        self.opened.emit(photo)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._closed and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.dropped.emit(Path(url.toLocalFile()))
        event.acceptProposedAction()
