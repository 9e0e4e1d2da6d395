"""The condition under which a row applies: its own and that of every group around it."""

from __future__ import annotations

from greenaudit.messages import msg
from greenaudit.packs.xlsform.cells import left_out
from greenaudit.packs.xlsform.columns import Line
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.outline import Entry, Opened
from greenaudit.packs.xlsform.targets import Targets
from greenaudit.packs.xlsform.xpath import condition_of
from greenaudit.packs.xlsform.xpath_parts import Untranslatable, every
from greenaudit.rules.conditions import Answers, ConditionError, Registers, parse
from greenaudit.rules.tokens import MAX_LENGTH


class Conditions:
    """Turns `relevant` into conditions; one that can't be said is noted, and the row then always applies."""

    def __init__(self, targets: Targets, registers: Registers, answers: Answers, notes: Notes) -> None:
        self._targets = targets
        self._registers = registers
        self._answers = answers
        self._notes = notes
        self._groups: dict[Opened, str] = {}

    def of(self, entry: Entry) -> str:
        """The condition of an entry. Our own column `when` says it whole; otherwise the groups' count too."""
        line = entry.line
        if line.get("when"):
            return self._checked(line, "when", line.get("when"))
        if line.own or line.get("place"):
            return ""
        around = [self._of_group(opened) for opened in (entry.inside.path if entry.inside else ())]
        return self._checked(line, "relevant", every([*around, self._translated(line)]))

    def around(self, opened: Opened) -> str:
        """The condition under which a group's heading is read."""
        return self._checked(opened.line, "relevant", every([self._of_group(outer) for outer in opened.path]))

    def _of_group(self, opened: Opened) -> str:
        if opened not in self._groups:
            self._groups[opened] = self._translated(opened.line)
        return self._groups[opened]

    def _translated(self, line: Line) -> str:
        expression = line.get("relevant")
        if not expression:
            return ""
        try:
            return condition_of(expression, self._targets)
        except Untranslatable as reason:
            left_out(line, "relevant", self._notes, reason.message)
            return ""

    def _checked(self, line: Line, name: str, when: str) -> str:
        """The condition if it can be used as it stands."""
        if len(when) > MAX_LENGTH:
            left_out(
                line,
                name,
                self._notes,
                msg("The condition is longer than {limit} characters.", limit=MAX_LENGTH),
            )
            return ""
        try:
            parse(when, self._registers, self._answers)
        except ConditionError as error:
            left_out(line, name, self._notes, error.message)
            return ""
        return when
