"""What of a workbook could not be carried: sheet, row, what it is, and why, one by one."""

from __future__ import annotations

from dataclasses import dataclass

from greenaudit.messages import Message, msg

_SHOWN = 120


@dataclass(frozen=True, slots=True)
class NotCarried:
    """One thing that stands in the workbook and not, or not as it was, in the checklist."""

    sheet: str
    row: int
    what: str
    why: Message

    @property
    def sentence(self) -> Message:
        """Where, what and why in one line."""
        return msg(
            "{sheet}, row {row}: {what}. {why}", sheet=self.sheet, row=self.row, what=self.what, why=self.why
        )


class Notes:
    """Collects what couldn't be carried, in the order of sheets and rows in which it is found."""

    def __init__(self) -> None:
        self._found: dict[NotCarried, None] = {}

    def add(self, sheet: str, row: int, what: str, why: Message) -> None:
        """Notes one thing; `what` is shown cut when it is long."""
        shown = " ".join(what.split())
        cut = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        self._found.setdefault(NotCarried(sheet, row, cut, why))

    @property
    def all(self) -> tuple[NotCarried, ...]:
        """Everything noted, by sheet and row."""
        order = {"survey": 0, "choices": 1, "settings": 2}
        return tuple(sorted(self._found, key=lambda note: (order.get(note.sheet, 9), note.sheet, note.row)))
