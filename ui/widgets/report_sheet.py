"""A PDF read inside the window: its pages one under the other, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QScroller, QWidget

from ui.i18n import Said
from ui.widgets.boxes import col
from ui.widgets.sheets import EDGE, Sheet


class ReportSheet(Sheet):
    """Covers nearly the whole page; flicks like every list."""

    def __init__(self, page: QWidget, title: Said) -> None:
        super().__init__(page, title, width=960)
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        QScroller.grabGesture(self.view.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.fill(col(self.view, gap=0))

    def show_pdf(self, pdf: bytes) -> None:
        """Shows a document from its bytes."""
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.view.setAccessibleName(self.title.text())
        self._fit()
        self.appear()

    def first(self) -> QWidget | None:
        return self.view

    def _fit(self) -> None:
        self.view.setFixedHeight(max(240, self._page.height() - 2 * EDGE - 116))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().event(event)
