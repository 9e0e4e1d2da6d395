"""A question from its row: texts, guidance and our own columns. What a form doesn't say is marked as still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from greenaudit.domain.checklists import (
    CutsAnswer,
    Gate,
    LevelAnswer,
    OptionsAnswer,
    PointsAnswer,
    Question,
    Remark,
    Section,
    Testing,
)
from greenaudit.domain.text import Text
from greenaudit.messages import msg
from greenaudit.packs.codes import METRICS, is_opportunity
from greenaudit.packs.xlsform.answers import Answered
from greenaudit.packs.xlsform.cells import left_out, one_of, parts, whole, yes
from greenaudit.packs.xlsform.columns import Line
from greenaudit.packs.xlsform.leftovers import note_leftovers, taken_of_question
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.outline import Entry
from greenaudit.packs.xlsform.parts import Rules
from greenaudit.packs.xlsform.wording import Wording

_GATES: tuple[Gate, ...] = get_args(Gate)


@dataclass(frozen=True)
class Placed:
    """Where a question stands, and what stands around it."""

    id: str
    section: Section
    areas: tuple[str, ...]
    when: str
    remarks: tuple[Remark, ...]


class Questions:
    """Makes the questions of a form."""

    def __init__(self, rules: Rules, words: Wording, notes: Notes) -> None:
        self._rules = rules
        self._words = words
        self._notes = notes

    def of(self, entry: Entry, made: Answered, placed: Placed) -> Question:
        """The question of a row."""
        line, path = entry.line, f"questions.{placed.id}"
        note_leftovers(line, taken_of_question(line, entry.type.name), self._notes)
        weight = self._weight(line, made)
        return Question(
            id=placed.id,
            module=placed.section.module,
            section=placed.section.id,
            areas=placed.areas,
            weight=weight,
            critical=self._critical(line, weight),
            answer=made.answer,
            gate=next(gate for gate in _GATES if gate == one_of(line, "gate", _GATES, self._notes)),
            when=placed.when,
            text=self._label(line, placed.id, path),
            why=self._needed(line, "guidance_hint", f"{path}.why"),
            test=self._test(line, path),
            evidence=self._needed(line, "evidence", f"{path}.evidence"),
            levels=self._levels(line, made, path),
            mistake=self._needed(line, "mistake", f"{path}.mistake"),
            photo=self._words.text(line.texts.get("photo_hint", {}), f"{path}.photo"),
            safety=self._words.text(line.texts.get("safety", {}), f"{path}.safety"),
            metrics=self._metrics(line),
            opportunity=self._opportunity(line),
            references=self._rules.named(line),
            rapid=yes(line, "rapid", self._notes),
            required=self._required(line),
            remarks=placed.remarks,
        )

    def _needed(self, line: Line, name: str, path: str) -> Text:
        return self._words.needed(line.texts.get(name, {}), path)

    def _label(self, line: Line, question_id: str, path: str) -> Text:
        label = self._words.text(line.texts.get("label", {}), f"{path}.text")
        if label is None:
            label = self._words.text(line.texts.get("hint", {}), f"{path}.text")
            self._words.lacks(f"{path}.text")
        return label or Text(en=question_id, es=question_id, fr=question_id)

    def _test(self, line: Line, path: str) -> Testing:
        minutes = whole(line, "minutes", 1, 1000, self._notes)
        if minutes is None:
            self._words.lacks(f"{path}.test.minutes")
        return Testing(
            steps=self._needed(line, "hint", f"{path}.test.steps"),
            minutes=minutes or 1,
            tool=self._needed(line, "tool", f"{path}.test.tool"),
        )

    def _levels(self, line: Line, made: Answered, path: str) -> tuple[Text, Text, Text, Text, Text] | None:
        said = any(line.texts.get(f"level{level}") for level in range(5))
        if not said and not isinstance(made.answer, LevelAnswer):
            return None
        found = [self._needed(line, f"level{level}", f"{path}.levels.{level}") for level in range(5)]
        return found[0], found[1], found[2], found[3], found[4]

    def _weight(self, line: Line, made: Answered) -> int:
        weight = whole(line, "weight", 0, 3, self._notes) or 0
        answer = made.answer
        scored = isinstance(answer, LevelAnswer | CutsAnswer | PointsAnswer) or (
            isinstance(answer, OptionsAnswer) and all(option.level is not None for option in answer.options)
        )
        if weight and not scored:
            why = msg("This answer gives no level, so it isn't scored. Give every choice a level, or cuts.")
            left_out(line, "weight", self._notes, why)
            return 0
        return weight

    def _critical(self, line: Line, weight: int) -> bool:
        critical = yes(line, "critical", self._notes)
        if critical and not weight:
            left_out(line, "critical", self._notes, msg("A critical question needs a weight."))
        return critical and weight > 0

    def _metrics(self, line: Line) -> tuple[str, ...]:
        named = parts(line.get("metrics"))
        for metric in named:
            if metric not in METRICS:
                left_out(line, "metrics", self._notes, msg("There is no metric '{name}'.", name=metric))
        return tuple(metric for metric in named if metric in METRICS)

    def _opportunity(self, line: Line) -> str:
        code = line.get("opportunity")
        if code and not is_opportunity(code):
            left_out(line, "opportunity", self._notes, msg("There is no opportunity '{name}'.", name=code))
            return ""
        return code

    def _required(self, line: Line) -> bool:
        expression = line.get("required")
        if "(" in expression.replace("true()", "").replace("false()", "") or "$" in expression:
            left_out(
                line, "required", self._notes, msg("Whether it is required can't depend on other answers.")
            )
            return False
        return yes(line, "required", self._notes)


def areas_named(line: Line, spare: str) -> Sequence[str]:
    """The areas that a row names, or the one that stands in for them."""
    return parts(line.get("areas")) or (spare,)
