"""What `${name}` stands for in a form, once its questions have ids and answers."""

from __future__ import annotations

from collections.abc import Mapping

from greenaudit.domain.checklists import (
    CutsAnswer,
    LevelAnswer,
    NumberAnswer,
    OptionsAnswer,
    PointsAnswer,
    TableAnswer,
)
from greenaudit.packs.xlsform.answers import Answered
from greenaudit.packs.xlsform.xpath_parts import Target


class Targets(dict[str, Target]):
    """Targets by the name that the form gave; a name that stands for two things stands for none."""

    def put(self, name: str, target: Target) -> None:
        """Adds a target."""
        if name in self:
            target = Target("computed", target.id)
        self[name] = target

    def put_question(self, name: str, question_id: str, made: Answered) -> None:
        """Adds a question, and the number columns of its register."""
        answer = made.answer
        if isinstance(answer, OptionsAnswer):
            self.put(name, Target("one" if answer.choose == "one" else "several", question_id, made.options))
        elif isinstance(answer, NumberAnswer | CutsAnswer | PointsAnswer | LevelAnswer):
            self.put(name, Target("number", question_id))
        else:
            self.put(name, Target("other", question_id))
        if isinstance(answer, TableAnswer):
            kinds = {column.id: column.kind for column in answer.columns}
            for called, column_id in made.columns.items():
                register = answer.name if kinds[column_id] == "number" and _is_word(column_id) else ""
                self.put(called, Target("column", column_id, register=register))

    def put_computed(self, formulas: Mapping[str, str]) -> None:
        """Adds what the form computes, by name; a name that is a question's too stands for neither."""
        for name, formula in formulas.items():
            self[name] = Target("computed", name, formula="" if name in self else formula)


def _is_word(name: str) -> bool:
    return name.isidentifier() and name.isascii()
