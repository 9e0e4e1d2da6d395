"""The rows of registers: added, changed and removed one by one, each durably; or given all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from uuid import UUID

from greenaudit.domain.assessments import Answer, Response
from greenaudit.domain.checklists import Question
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.values import Record
from greenaudit.errors import BugError, KnownError
from greenaudit.ids import new_id
from greenaudit.messages import Message, msg
from greenaudit.rules.registers import Cells, bare_cells, columns, is_register, lacking, read_cell, with_units
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.editing import save_all
from greenaudit.services.opened import Opened
from greenaudit.services.views import Saved


class Registers:
    """Edits of registers. Use them through `Walk`."""

    def __init__(self, context: Context, desk: Desk) -> None:
        self._context = context
        self._desk = desk

    def add(
        self,
        assessment_id: UUID,
        question_id: str,
        cells: Mapping[str, str],
        locale: str,
        *,
        unfinished: bool,
    ) -> Saved:
        """Adds a row after the others. A question that was set aside, or answered 'nothing to list', is taken up again."""
        opened, question = self._register(assessment_id, question_id)
        place = len(opened.rows.get(question_id, ())) + 1
        if not any(text.strip() for text in cells.values()):
            raise KnownError("row_empty", msg("Row {row} is empty: fill in a column first.", row=place))
        read = _read(question, cells, {}, place, locale, unfinished=unfinished)
        return self._save(opened, question_id, [_new(opened, question_id, read)], takes_up=True)

    def change(
        self, assessment_id: UUID, row_id: UUID, cells: Mapping[str, str], locale: str, *, unfinished: bool
    ) -> Saved:
        """Changes the cells that are given; the row's others stay. An empty text empties a cell."""
        opened, row, place = self._row(assessment_id, row_id)
        question = opened.checklist.by_id[row.question_id]
        read = _read(question, cells, row.cells, place, locale, unfinished=unfinished)
        return self._save(opened, row.question_id, [row.model_copy(update={"cells": read})])

    def remove(self, assessment_id: UUID, row_id: UUID) -> Saved:
        """Takes a row off the register; the journal keeps it."""
        opened, row, _ = self._row(assessment_id, row_id)
        gone = row.model_copy(update={"deleted_at": self._context.clock.now()})
        return self._save(opened, row.question_id, [gone])

    def replace(self, assessment_id: UUID, question_id: str, response: Response | None) -> Saved:
        """Gives a register's answer with its rows as a whole: only rows that differ are written.

        Setting the question aside leaves the rows as they are: they are kept, not dropped.
        """
        opened, question = self._register(assessment_id, question_id)
        before = opened.rows.get(question_id, ())
        if response is not None and response.state != "answered":
            response = response.model_copy(
                update={"rows": tuple(bare_cells(question, row.cells) for row in before)}
            )
        wanted = [] if response is None else [with_units(question, cells) for cells in response.rows]
        changed = self._differing(opened, question_id, before, [cells for cells in wanted if cells])
        bare = None if response is None or _says_rows_only(response) else _without_rows(response)
        after = opened.stored(question_id).model_copy(update={"response": bare})
        return self._put(opened, question_id, changed, after)

    def _differing(
        self, opened: Opened, question_id: str, before: Sequence[RegisterRow], wanted: Sequence[Cells]
    ) -> list[RegisterRow]:
        """What must be saved so that the register has the wanted rows; rows that stay alike keep their ids."""
        same = SequenceMatcher(
            None,
            [tuple(sorted(row.cells.items())) for row in before],
            [tuple(sorted(cells.items())) for cells in wanted],
            autojunk=False,
        )
        kept: list[tuple[RegisterRow | None, Cells]] = []
        gone: list[RegisterRow] = []
        for _, start, end, first, last in same.get_opcodes():
            old, new = before[start:end], wanted[first:last]
            kept += [(old[n] if n < len(old) else None, cells) for n, cells in enumerate(new)]
            gone += old[len(new) :]
        now = self._context.clock.now()
        changed = [row.model_copy(update={"deleted_at": now}) for row in gone]
        order = 0
        for known, cells in kept:
            order = max(order + 1, known.order if known else 0)
            row = known or _new(opened, question_id, cells)
            after = row.model_copy(update={"cells": dict(cells), "order": order})
            if after != known:
                changed.append(after)
        return changed

    def _save(
        self, opened: Opened, question_id: str, rows: Sequence[RegisterRow], *, takes_up: bool = False
    ) -> Saved:
        answer = opened.stored(question_id)
        freed = answer.model_copy(update={"response": None}) if takes_up and answer.response else None
        return self._put(opened, question_id, rows, freed)

    def _put(
        self, opened: Opened, question_id: str, rows: Sequence[RegisterRow], answer: Answer | None
    ) -> Saved:
        """Saves rows and the answer beside what the editor saw of them."""
        known = {row.id: row for row in opened.rows.get(question_id, ())}
        pairs: list[tuple[Record | None, Record]] = [(known.get(row.id), row) for row in rows]
        if answer is not None:
            pairs.insert(0, (opened.stored(question_id), answer))
        if save_all(self._context, pairs):
            return self._desk.listed(opened.assessment.id, question_id, rows, answer)
        return self._desk.reload(opened.assessment.id)

    def _register(self, assessment_id: UUID, question_id: str) -> tuple[Opened, Question]:
        opened = self._desk.seen(assessment_id)
        question = opened.checklist.by_id[question_id]
        if not is_register(question):
            raise BugError(f"{question_id} is no register")
        return opened, question

    def _row(self, assessment_id: UUID, row_id: UUID) -> tuple[Opened, RegisterRow, int]:
        """A row with its place in its register."""
        opened = self._desk.seen(assessment_id)
        for rows in opened.rows.values():
            for place, row in enumerate(rows, start=1):
                if row.id == row_id:
                    return opened, row, place
        raise KnownError(
            "row_gone",
            msg("This row is no longer in the register. Open the visit again to see what stands there."),
        )


def _new(opened: Opened, question_id: str, cells: Cells) -> RegisterRow:
    assessment = opened.assessment
    last = max((row.order for row in opened.rows.get(question_id, ())), default=0)
    return RegisterRow(
        id=new_id(),
        programme_id=assessment.programme_id,
        assessment_id=assessment.id,
        question_id=question_id,
        cells=cells,
        order=last + 1,
    )


def _read(
    question: Question,
    typed: Mapping[str, str],
    before: Mapping[str, str],
    place: int,
    locale: str,
    *,
    unfinished: bool,
) -> Cells:
    """The row's cells after what was typed; KnownError names the row and the column that can't be kept as typed."""
    known = {column.id: column for column in columns(question)}
    after = dict(before)
    for name, text in typed.items():
        if name not in known:
            raise BugError(f"{question.id} has no column {name}")
        found = read_cell(known[name], text, locale)
        if isinstance(found, Message):
            raise KnownError(
                "cell_unreadable",
                msg("Row {row}, {column}: {reason}", row=place, column=known[name].label, reason=found),
                question=question.id,
                column=name,
            )
        after[name] = found
    after = {name: text for name, text in after.items() if text}
    lacks = () if unfinished else lacking(question, after)
    if lacks:
        raise KnownError(
            "cell_missing",
            msg("Row {row}, {column}: fill this in.", row=place, column=lacks[0].label),
            question=question.id,
            column=lacks[0].id,
        )
    return after


def _says_rows_only(response: Response) -> bool:
    return _without_rows(response) == Response()


def _without_rows(response: Response) -> Response:
    return response.model_copy(update={"rows": ()})
