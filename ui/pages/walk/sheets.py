"""The sheets of the walk: a reason, a finding, a danger that is gone, a revision, an effect, a photo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding, FindingKind
from greenaudit.messages import msg, msgs
from ui.pages.walk.values import Effect
from ui.pages.walk.words import FINDINGS, NOT_APPLICABLE, NOT_SEEN
from ui.widgets.boxes import col
from ui.widgets.buttons import Button
from ui.widgets.choices import OptionRow
from ui.widgets.fields import Field
from ui.widgets.note_edit import NoteEdit
from ui.widgets.sheets import Sheet
from ui.widgets.texts import Label


class ReasonSheet(Sheet):
    """Why a question is set aside: one tap.

    Signals:
        chosen (str, str): the state and the reason.
    """

    chosen = Signal(str, str)

    def __init__(self, page: QWidget, state: str) -> None:
        not_seen = state == "not_seen"
        super().__init__(page, msg("Not seen: why?") if not_seen else msg("Not applicable: why?"))
        reasons = NOT_SEEN if not_seen else NOT_APPLICABLE
        self.rows = {reason: OptionRow(words) for reason, words in reasons.items()}
        for reason, line in self.rows.items():
            line.setAutoExclusive(False)
            line.setCheckable(False)
            line.clicked.connect(partial(self._choose, state, reason))
        self.fill(col(*self.rows.values(), gap=8))

    def _choose(self, state: str, reason: str, _checked: object = None) -> None:
        self.dismiss()
        self.chosen.emit(state, reason)

    def first(self) -> QWidget | None:
        return next(iter(self.rows.values()))


class FindingSheet(Sheet):
    """A finding: its class, what was found, and for a danger who was told. One that is saved can be corrected.

    Signals:
        written (str, str, str): class, text, and who was told.
        corrected (Finding, str, str, str): a finding, and the same of it as it now is.
        withdrawn (Finding): a finding is to be taken off.
    """

    written = Signal(str, str, str)
    corrected = Signal(object, str, str, str)
    withdrawn = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("Write a finding"), width=640)
        self._question_id = ""
        self._found: Finding | None = None
        self._begun: dict[str, tuple[FindingKind, str, str]] = {}
        self.rows = {kind: OptionRow(words) for kind, words in FINDINGS.items()}
        for line in self.rows.values():
            line.toggled.connect(self._kind_chosen)
        self.what = NoteEdit(msg("What was found"), msg("What, where, how much"))
        self.what.setMinimumHeight(96)
        self.what.setMaximumHeight(140)
        self.told_to = Field(msg("Told to"), hint=msg("Name or post. The time is recorded when you save."))
        self.wrong = Label("", "small", "danger", wrap=True)
        self.save = Button(msg("Save the finding"), "primary", "check")
        self.save.clicked.connect(self._save)
        self.withdraw = Button(msg("Withdraw the finding"), "danger", "x")
        self.withdraw.clicked.connect(self._withdraw)
        self.first_tell = Label(
            msg("Tell the plant first; then write it down here."), "strong", "danger", wrap=True
        )
        title = Label(msg("What was found"), "caption", "ink2")
        danger, *others = self.rows.values()
        kinds = QGridLayout()
        kinds.setSpacing(8)
        kinds.addWidget(danger, 0, 0, 1, 2)
        for place, line in enumerate(others):
            kinds.addWidget(line, 1 + place // 2, place % 2)
        self.fill(
            col(kinds, self.first_tell, 4, title, self.what, self.told_to, self.wrong, gap=8),
            self.save,
            self.withdraw,
        )

    def ask(self, question_id: str) -> None:
        """Opens for a question, with what was begun there and never saved."""
        kind, what, told_to = self._begun.get(question_id, ("minor", "", ""))
        self._question_id, self._found = question_id, None
        self._show(kind, what, told_to)

    def ask_again(self, found: Finding) -> None:
        """Opens a finding that is saved, to be corrected or withdrawn."""
        self._found = found
        self._show(found.kind, found.what.text, found.told.to if found.told else "")

    def _show(self, kind: FindingKind, what: str, told_to: str) -> None:
        saved = self._found is not None
        self.title.say(msg("Correct the finding") if saved else msg("Write a finding"))
        self.save.say(msg("Save the correction") if saved else msg("Save the finding"))
        self.withdraw.setVisible(saved)
        self.what.show_text(what, anew=True)
        self.told_to.input.setText(told_to)
        self.rows[kind].setChecked(True)
        self._kind_chosen()
        self.wrong.say("")
        self.appear()

    def dismiss(self) -> None:
        if self.isVisible() and self._found is None:
            self._begun[self._question_id] = (self.kind(), self.what.toPlainText(), self.told_to.text())
        super().dismiss()

    def first(self) -> QWidget | None:
        return next(line for line in self.rows.values() if line.isChecked())

    def kind(self) -> FindingKind:
        """The class that is chosen."""
        return next((kind for kind, line in self.rows.items() if line.isChecked()), "minor")

    def _kind_chosen(self, _on: object = None) -> None:
        danger = self.kind() == "stop_and_tell"
        self.told_to.setVisible(danger)
        self.first_tell.setVisible(danger)
        if danger and self.isVisible():
            QTimer.singleShot(0, self, self._show_told_to)

    def _show_told_to(self) -> None:
        """A danger asks one thing more: it must be seen that it does."""
        self.show_whole(self.told_to)

    def _save(self) -> None:
        what, told_to = self.what.toPlainText().strip(), self.told_to.text()
        if not what:
            self.wrong.say(msg("Write what was found."))
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.kind() == "stop_and_tell" and not told_to:
            self.wrong.say(msg("Say who was told."))
            self.told_to.input.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._done(what, told_to)

    def _done(self, what: str, told_to: str) -> None:
        kind, found = self.kind(), self._found
        self.dismiss()
        if found is not None:
            self.corrected.emit(found, kind, what, told_to)
        else:
            self._begun.pop(self._question_id, None)
            self.written.emit(kind, what, told_to)

    def _withdraw(self) -> None:
        found = self._found
        self.dismiss()
        if found is not None:
            self.withdrawn.emit(found)


class EffectSheet(Sheet):
    """What an answer about the plant does to other questions, before it happens."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("This changes what is asked"))
        self._go_on: Callable[[], None] = _no_more
        self._leave: Callable[[], None] = _no_more
        self._in, self._out, self._kept = (Label("", "body", wrap=True) for _ in range(3))
        self.go_on = Button(msg("Change the answer"), "primary", "check")
        self.leave = Button(msg("Leave it as it was"), "big")
        self.go_on.clicked.connect(self._yes)
        self.closed.connect(self._closed)
        self.leave.clicked.connect(self.dismiss)
        self.fill(col(self._out, self._kept, self._in, gap=8), self.go_on, self.leave)

    def ask(self, effect: Effect, go_on: Callable[[], None], leave: Callable[[], None]) -> None:
        """Says the effect and waits."""
        self._go_on, self._leave = go_on, leave
        out, kept, new = len(effect.hidden), len(effect.kept), len(effect.shown)
        self._out.say(msgs("{n} question goes out.", "{n} questions go out.", out))
        self._kept.say(
            msgs(
                "{n} of them has an answer: it is kept, and not counted.",
                "{n} of them have answers: they are kept, and not counted.",
                kept,
            )
        )
        self._kept.setVisible(kept > 0)
        self._in.say(msgs("{n} question comes in.", "{n} questions come in.", new))
        self._in.setVisible(new > 0)
        self.appear()

    def first(self) -> QWidget | None:
        return self.leave

    def _yes(self) -> None:
        go_on, self._leave = self._go_on, _no_more
        self.dismiss()
        go_on()

    def _closed(self) -> None:
        leave, self._leave = self._leave, _no_more
        leave()


class PhotoSheet(Sheet):
    """A photo, large, with what it shows; it can be taken off the answer.

    Signals:
        captioned (Photo, str): what is written under it.
        removed (Photo): it is to be taken off.
    """

    captioned = Signal(object, str)
    removed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("Photo"), width=760)
        self._photo: Photo | None = None
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumHeight(200)
        self.caption = NoteEdit(msg("What it shows"), msg("What it shows"))
        self.caption.setFixedHeight(72)
        self.caption.changed.connect(self._captioned)
        self.remove = Button(msg("Take it off"), "danger", "x")
        self.remove.clicked.connect(self._remove)
        self.fill(col(self.picture, self.caption, gap=8), None, self.remove)

    def show_photo(self, photo: Photo, *, closed: bool) -> None:
        """Shows a photo; its picture comes with `show_picture`."""
        self._photo = photo
        self.picture.clear()
        self.picture.setAccessibleName(photo.caption.text if photo.caption else "")
        self.caption.show_text(photo.caption.text if photo.caption else "", anew=True)
        self.caption.setReadOnly(closed)
        self.remove.setVisible(not closed)
        self.appear()

    def show_picture(self, sha256: str, jpeg: bytes | None) -> None:
        """The picture of the photo has come."""
        if self._photo is None or self._photo.sha256 != sha256 or not self.isVisible():
            return
        if jpeg is None:
            self.picture.setText("–")
            return
        picture = QPixmap()
        picture.loadFromData(jpeg, "JPEG")
        ratio = self.devicePixelRatioF()
        room = min(self.width() - 120, 700), max(160, self.height() - 340)
        fitted = picture.scaled(
            round(room[0] * ratio), round(room[1] * ratio), Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        fitted.setDevicePixelRatio(ratio)
        self.picture.setPixmap(fitted)

    def dismiss(self) -> None:
        self.caption.flush()
        super().dismiss()

    def _captioned(self, text: str) -> None:
        if self._photo is not None:
            self.captioned.emit(self._photo, text)

    def _remove(self) -> None:
        photo = self._photo
        self.caption.show_text("", anew=True)
        self.dismiss()
        if photo is not None:
            self.removed.emit(photo)


def _no_more() -> None:
    """Nobody waits for an answer."""
