"""Labels: text in a step of the type scale and a tone, said anew when the language changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.i18n import Said, tr
from ui.theme import Role


class Label(QLabel):
    """A text. With `wrap` it grows in height; give it stretch when it stands in a row."""

    _said: Said = ""

    def __init__(
        self,
        said: Said = "",
        role: Role = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        mono: bool = False,
        look: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setProperty("mono", mono)
        if look:
            self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.say(said)

    def say(self, said: Said) -> None:
        """Shows a sentence; an empty one shows nothing."""
        self._said = said
        self.setText(tr(said))

    def set_tone(self, tone: str) -> None:
        """Changes the colour, which the style sheet must be told."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setText(tr(self._said))
        super().changeEvent(event)


class ElidedLabel(Label):
    """A name that may be shortened when there is no room; whole in its tool tip. Never for a question or a figure."""

    def minimumSizeHint(self) -> QSize:
        return QSize(64, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        p.setPen(self.palette().color(self.foregroundRole()))
        p.drawText(self.rect(), int(self.alignment()), text)
        p.end()

    def say(self, said: Said) -> None:
        super().say(said)
        self.setToolTip(self.text())


def pill(said: Said, tone: str = "") -> Label:
    """A short word in a rounded field: a state, a count. Tones: danger, warn, accent, or none."""
    result = Label(said, "caption", tone, look="pill")
    result.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return result


def key_hint(text: str) -> Label:
    """The picture of a key."""
    result = Label(text, "caption", look="key")
    result.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return result
