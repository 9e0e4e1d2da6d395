"""A form's rows in their groups: what is asked, noted or opened where, before anything is built from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.packs.xlsform.columns import Line
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.row_types import META, RowType, row_type

MAX_DEPTH = 20


@dataclass(frozen=True, eq=False)
class Opened:
    """A group or a repeat, and what it stands in."""

    line: Line
    repeat: bool
    outer: Opened | None = None

    @property
    def path(self) -> tuple[Opened, ...]:
        """From the outermost to this one."""
        return (*(self.outer.path if self.outer else ()), self)


@dataclass(frozen=True, eq=False)
class Entry:
    """A row that asks or notes something, or a repeat with its columns."""

    line: Line
    type: RowType
    inside: Opened | None
    columns: list[Entry] = field(default_factory=list)

    @property
    def groups(self) -> tuple[Opened, ...]:
        """The groups it stands in, outermost first."""
        return tuple(opened for opened in (self.inside.path if self.inside else ()) if not opened.repeat)

    @property
    def conditional(self) -> bool:
        """Whether a column has a condition of its own, or of a group inside its register."""
        inner = takewhile(lambda opened: not opened.repeat, reversed(self.inside.path if self.inside else ()))
        return any(part.get("relevant") for part in (self.line, *(opened.line for opened in inner)))


@dataclass
class Outline:
    """All entries in order, what is computed by name (empty where nobody can say it), and what there is of each."""

    entries: list[Entry] = field(default_factory=list)
    computed: dict[str, str] = field(default_factory=dict)
    questions: Counter[str] = field(default_factory=Counter)
    opened: list[Opened] = field(default_factory=list)
    groups: int = 0
    repeats: int = 0
    notes: int = 0

    @property
    def lists(self) -> set[str]:
        """The lists of choices that rows name."""
        rows = [row for entry in self.entries for row in (entry, *entry.columns)]
        return {row.type.list_name for row in rows} | {row.line.get("instead") for row in rows}


def outline_of(lines: Iterable[Line], notes: Notes) -> Outline:
    """The outline of a survey sheet. Raises KnownError where groups don't close as they opened."""
    reader = _Reader(notes)
    for line in lines:
        reader.take(line)
    reader.close()
    return reader.outline


class _Reader:
    """Goes down the rows with a stack of what is open."""

    def __init__(self, notes: Notes) -> None:
        self.outline = Outline()
        self._notes = notes
        self._open: list[tuple[Opened, RowType]] = []
        self._registers: list[Entry] = []

    def take(self, line: Line) -> None:
        """Puts one row in its place."""
        if line.get("disabled").lower() in {"yes", "true", "1"}:
            self._not_carried(line, msg("The row is switched off in the form."))
            return
        if not line.get("type"):
            self._not_carried(line, msg("The row has no type."))
            return
        kind = row_type(line.get("type"))
        if kind.role == "begin":
            self._begin(line, kind)
        elif kind.role == "end":
            self._end(line, kind)
        elif kind.role == "meta":
            self.outline.computed[line.get("name")] = line.get("calculation")
            self._not_carried(line, META.get(kind.name, META["calculate"]))
        elif kind.role == "unknown":
            self.outline.computed[line.get("name")] = ""
            self._not_carried(line, msg("GreenAudit doesn't know this type of row."))
        else:
            self._add(line, kind)

    def close(self) -> None:
        """Refuses a form in which something is still open."""
        if self._open:
            raise _unpaired(self._open[-1][0].line)

    def _not_carried(self, line: Line, why: Message) -> None:
        what = " ".join(part for part in (line.get("type"), line.get("name")) if part)
        self._notes.add(line.sheet, line.number, what or _first_text(line), why)

    def _add(self, line: Line, kind: RowType) -> None:
        entry = Entry(line, kind, self._inside)
        if kind.role == "note":
            self.outline.notes += 1
        else:
            self.outline.questions[kind.name] += 1
        if self._registers and kind.role == "asks":
            self._registers[-1].columns.append(entry)
        else:
            self.outline.entries.append(entry)

    @property
    def _inside(self) -> Opened | None:
        return self._open[-1][0] if self._open else None

    def _begin(self, line: Line, kind: RowType) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise KnownError(
                "form_deep",
                msg("Row {row}: groups are nested more than {limit} deep.", row=line.number, limit=MAX_DEPTH),
            )
        if kind.name == "loop":
            why = msg("What a loop asks for each choice is asked once.")
            self._notes.add(line.sheet, line.number, line.get("type"), why)
        opened = Opened(line, kind.name == "repeat", self._inside)
        if opened.repeat:
            self.outline.repeats += 1
            if self._registers:
                why = msg(
                    "A repeat inside another is a register of its own; its rows don't name the outer row."
                )
                self._notes.add(line.sheet, line.number, f"{line.get('type')} {line.get('name')}", why)
            entry = Entry(line, RowType("repeat", "asks"), self._inside)
            self._registers.append(entry)
            self.outline.entries.append(entry)
        else:
            self.outline.groups += 1
            self.outline.opened.append(opened)
        self._open.append((opened, kind))

    def _end(self, line: Line, kind: RowType) -> None:
        if not self._open or self._open[-1][1].name != kind.name:
            raise _unpaired(line)
        opened, _ = self._open.pop()
        if opened.repeat:
            self._registers.pop()


def _first_text(line: Line) -> str:
    texts = [text for found in line.texts.values() for text in found.values()]
    return next(iter((*line.plain.values(), *texts)), "")


def _unpaired(line: Line) -> KnownError:
    return KnownError(
        "form_unpaired",
        msg(
            "Row {row}: '{type}' has no counterpart. Give every group and repeat its begin and its end.",
            row=line.number,
            type=line.get("type"),
        ),
    )
