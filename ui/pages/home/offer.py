"""A sheet over Home: a later version of the checklist is here for a visit that has not begun."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.messages import msg, msgs
from greenaudit.services.views import PackOffer, VisitCard
from ui.widgets.boxes import clear, col
from ui.widgets.buttons import Button
from ui.widgets.sheets import Sheet
from ui.widgets.texts import Label

LISTED = 12
"""How many changes are named; the rest are counted."""


class OfferSheet(Sheet):
    """Signals:

    wanted (VisitCard, PackOffer): the visit should take the later version.
    kept (VisitCard): it should stay with its own.
    """

    wanted = Signal(object, object)
    kept = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("A newer version of the checklist is here"), width=640)
        self._visit: VisitCard | None = None
        self._offer: PackOffer | None = None
        self.versions = Label("", "strong", wrap=True)
        self.verdict = Label("", "body", "ink2", wrap=True)
        self._changes = col(gap=6)
        self.use_button = Button("", "primary", "check")
        self.keep_button = Button("", "big")
        self.use_button.clicked.connect(self._use)
        self.keep_button.clicked.connect(self._keep)
        begun = Label(
            msg("This visit has not begun, so it can take it. Once there is an answer it keeps its checklist."),
            "body", "ink2", wrap=True,
        )  # fmt: skip
        parts = col(
            self.versions, self.verdict, begun, 4, Label(msg("What changes"), "strong"), self._changes, gap=8
        )
        self.fill(parts, self.use_button, self.keep_button)

    def offer(self, card: VisitCard, offer: PackOffer) -> None:
        """Shows what the later version changes."""
        self._visit, self._offer = card, offer
        now = offer.card.version
        self.versions.say(
            msg("{plant}: version {old}, here is {new}", plant=card.plant.name, old=offer.version, new=now)
        )
        self.verdict.say(offer.verdict)
        clear(self._changes)
        for change in offer.changes[:LISTED]:
            self._changes.addWidget(Label(change, "body", wrap=True))
        more = len(offer.changes) - LISTED
        if more > 0:
            said = msgs("and {n} more change", "and {n} more changes", more)
            self._changes.addWidget(Label(said, "body", "ink2", wrap=True))
        self.use_button.say(msg("Use {version}", version=now))
        self.keep_button.say(msg("Keep {version}", version=offer.version))
        self.appear()

    def first(self) -> QWidget | None:
        return self.use_button

    def _use(self) -> None:
        self.dismiss()
        self.wanted.emit(self._visit, self._offer)

    def _keep(self) -> None:
        self.dismiss()
        self.kept.emit(self._visit)
