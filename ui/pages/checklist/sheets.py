"""Two sheets over the page: every problem of a draft, and what publishing it means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from greenaudit.messages import Message, msg, msgs
from greenaudit.services.draft_checks import DraftProblem, Proposal
from greenaudit.services.pack_sheets import Sheet, Spot
from ui.i18n import tr
from ui.models.tree import TreeModel
from ui.pages.checklist.words import FACTS, LANGUAGE_TITLES, text_name
from ui.theme import metrics
from ui.widgets.boxes import clear, col
from ui.widgets.buttons import Button
from ui.widgets.lists import TouchList
from ui.widgets.painting import put, put_wrapped
from ui.widgets.sheets import Sheet as OverSheet
from ui.widgets.texts import Label

LISTED = 12
"""As many changes as are read before a version is published; the others are counted."""


def place_of(problem: DraftProblem, sheet: Sheet | None) -> str:
    """Where a problem is: the question's code, its field as the page names it, and the language."""
    file = (
        f"{problem.spot.file}:{problem.line}" if problem.line and not problem.spot.id else problem.spot.file
    )
    return " · ".join(part for part in (problem.spot.id or file, *_field(problem.path, sheet)) if part)


def _field(path: str, sheet: Sheet | None) -> tuple[str, ...]:
    """A field's name and language; its path where the page has no name for it."""
    place, _, name = path.rpartition(".")
    title = dict(LANGUAGE_TITLES).get(name, "")
    entry = sheet.text(place if title else path) if sheet is not None else None
    if entry is not None:
        return tr(text_name(entry)), title
    return (tr(FACTS[path]),) if path in FACTS else (path,)


class _ProblemRows:
    """The place, and the sentence under it over as many lines as it needs."""

    def __init__(self, place: Callable[[DraftProblem], str]) -> None:
        self._place = place

    def height(self, value: DraftProblem, width: int) -> int:
        return self._words(value, width) + 46

    def _words(self, value: DraftProblem, width: int) -> int:
        wraps = int(Qt.TextFlag.TextWordWrap)
        return metrics("body").boundingRect(0, 0, max(width - 40, 60), 999, wraps, tr(value.message)).height()

    def draw(self, p: QPainter, rect: QRectF, value: DraftProblem, *, selected: bool) -> None:
        inner = rect.adjusted(20, 10, -20, -10)
        put(p, QRectF(inner.x(), inner.y(), inner.width(), 20), self._place(value), "caption", "ink2")
        tall = self._words(value, int(rect.width()))
        put_wrapped(p, QRectF(inner.x(), inner.y() + 22, inner.width(), tall + 2), tr(value.message), "body")


def _no_sheet(_spot: Spot) -> Sheet | None:
    """Before a pack is open."""
    return None


class _Fitted(OverSheet):
    """A sheet whose rows know their height only once they are shown: it is placed again then."""

    def appear(self) -> None:
        super().appear()
        QTimer.singleShot(0, self, self._place)


class ProblemSheet(_Fitted):
    """Signals:

    picked (DraftProblem): the problem that the person wants to repair.
    """

    picked = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("What to repair"))
        self.sheet_of: Callable[[Spot], Sheet | None] = _no_sheet
        self.model: TreeModel[DraftProblem] = TreeModel(
            lambda problem: f"{self._said(problem)}: {tr(problem.message)}", parent=self
        )
        self.list = TouchList(
            self.model, _ProblemRows(self._said), msg("What to repair"), whole=True, lines=True
        )
        self.list.picked.connect(self._pick)
        self.fill(col(self.list, gap=0))

    def _said(self, problem: DraftProblem) -> str:
        return place_of(problem, self.sheet_of(problem.spot))

    def show_problems(self, problems: tuple[DraftProblem, ...]) -> None:
        """Shows them, in the order of the pack."""
        self.title.say(msgs("{n} problem", "{n} problems", len(problems)))
        self.model.set_values(problems)

    def first(self) -> QWidget | None:
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        return self.list

    def _pick(self, problem: DraftProblem) -> None:
        self.dismiss()
        self.picked.emit(problem)


class PublishSheet(_Fitted):
    """Says which version it becomes and why, and what it isn't: signed.

    Signals:
        wanted: the person wants it published.
    """

    wanted = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("Publish this draft"))
        self.version = Label("", "title", wrap=True)
        self._reasons = col(gap=4)
        self.button = Button(msg("Publish"), "primary", "check")
        self.button.clicked.connect(self._go)
        about = Label(
            msg(
                "It is kept on this device and visits can start with it. It is not signed by the programme:"
                " whoever starts a visit with it is asked to accept that."
            ),
            "body", "ink2", wrap=True,
        )  # fmt: skip
        never = Label(
            msg("Visits that have begun keep the version they began with."), "body", "ink2", wrap=True
        )
        self.fill(col(self.version, self._reasons, about, never, None, gap=12), self.button)

    def show_proposal(self, proposal: Proposal) -> None:
        """Shows the version, what changed, and whether it can be published at all."""
        kinds: dict[str, Message] = {
            "none": msg("Nothing has changed since {version}", version=proposal.version),
            "minor": msg(
                "It becomes version {version}: scores still compare with earlier visits",
                version=proposal.version,
            ),
            "major": msg(
                "It becomes version {version}: scores no longer compare with earlier visits",
                version=proposal.version,
            ),
        }
        self.version.say(kinds[proposal.kind])
        clear(self._reasons)
        for reason in proposal.reasons[:LISTED]:
            self._reasons.addWidget(Label(reason, "body", wrap=True))
        more = len(proposal.reasons) - LISTED
        if more > 0:
            said = msgs("and {n} more change", "and {n} more changes", more)
            self._reasons.addWidget(Label(said, "body", "ink2", wrap=True))
        self.button.setEnabled(proposal.kind != "none")

    def first(self) -> QWidget | None:
        return self.button if self.button.isEnabled() else None

    def _go(self) -> None:
        self.dismiss()
        self.wanted.emit()


class LinesSheet(_Fitted):
    """What of a form could not be carried, line by line: nothing is dropped silently."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("What could not be carried"), width=720)
        self.said = Label("", "strong", wrap=True)
        self._lines = col(gap=6)
        self.fill(col(self.said, self._lines, None, gap=12))

    def show_lines(self, said: Message, lines: tuple[Message, ...]) -> None:
        """Shows the sentence and every line."""
        self.said.say(said)
        clear(self._lines)
        for line in lines:
            self._lines.addWidget(Label(line, "body", wrap=True))


class DiscardSheet(_Fitted):
    """Asks before a draft is put away.

    Signals:
        wanted: the person wants it away.
    """

    wanted = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("Discard this draft?"))
        words = msg("It is taken off the list and kept in a folder apart. What was published of it stays.")
        self.button = Button(msg("Discard"), "danger", "eraser")
        keep = Button(msg("Keep it"))
        keep.clicked.connect(self.dismiss)
        self.button.clicked.connect(self._go)
        self.fill(col(Label(words, "body", wrap=True), gap=8), self.button, keep)

    def _go(self) -> None:
        self.dismiss()
        self.wanted.emit()
