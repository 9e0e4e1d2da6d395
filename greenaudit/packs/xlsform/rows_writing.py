"""A checklist as the rows of a form: survey, choices, and our own sheets for areas and rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from greenaudit.domain.checklists import (
    LEVEL_NAMES,
    Checklist,
    Column,
    CutsAnswer,
    DateAnswer,
    LevelAnswer,
    NumberAnswer,
    Option,
    OptionsAnswer,
    PhotoAnswer,
    PointsAnswer,
    Question,
    Remark,
    Section,
    TableAnswer,
    TextAnswer,
)
from greenaudit.domain.text import Text
from greenaudit.i18n import LANGUAGES
from greenaudit.messages import msg
from greenaudit.packs.xlsform.columns import DEFAULT, UNWRITTEN
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.xpath_writing import XPaths
from greenaudit.rules.branching import registers
from greenaudit.rules.conditions import parse

Cells = dict[str, str]
_LANGUAGE_HEADINGS = {"en": "English (en)", "es": "Español (es)", "fr": "Français (fr)"}
_TYPES = {
    "": "text",
    "time": "time",
    "moment": "dateTime",
    "position": "geopoint",
    "path": "geotrace",
    "shape": "geoshape",
    "code": "barcode",
}
_COLUMN_TYPES = {"text": "text", "number": "decimal", "date": "date"}
_ELSEWHERE = "und"
"""The heading's language of a text that was written in none of the checklist's languages."""
LEVELS = "levels"
"""The list of the five levels, shared by all questions of that kind."""


class Rows:
    """Collects the rows of all sheets."""

    def __init__(self, checklist: Checklist, notes: Notes) -> None:
        self._pack = checklist
        self._notes = notes
        self._missing = frozenset(checklist.missing)
        self._known = registers(checklist.questions)
        self.names = _form_names(checklist.questions)
        self._xpaths = XPaths(checklist.questions, self.names)
        self.survey: list[Cells] = []
        self.choices: list[Cells] = []
        self._lists: dict[tuple[tuple[tuple[str, str], ...], ...], str] = {}
        self._list_names: set[str] = set()

    def fill(self) -> None:
        """All rows, section by section."""
        for section in self._pack.sections:
            self.survey.append(self._group(section))
            for question in self._pack.questions:
                if question.section == section.id:
                    self._question(question)
            self.survey.append({"type": "end group"})

    def settings(self) -> Cells:
        """The one row of the settings sheet."""
        pack = self._pack
        cells = {"form_title": pack.title.en, "form_id": pack.id, "version": pack.version}
        if set(LANGUAGES) & set(pack.languages):
            first = next(language for language in LANGUAGES if language in pack.languages)
            cells["default_language"] = _LANGUAGE_HEADINGS[first]
        return cells | self._texts("pack_title", pack.title, "title")

    def areas(self) -> list[Cells]:
        """Our own sheet of areas."""
        return [
            {"id": area.id}
            | self._texts("title", area.title, f"areas.{area.id}.title")
            | self._texts("cue", area.cue, f"areas.{area.id}.cue")
            | ({} if f"areas.{area.id}.minutes" in self._missing else {"minutes": str(area.minutes)})
            for area in self._pack.areas
        ]

    def references(self) -> list[Cells]:
        """Our own sheet of rules."""
        return [
            {"id": rule.id, "valid_from": rule.valid_from, "valid_to": rule.valid_to}
            | {"status": rule.status, "source": rule.source}
            | self._texts("title", rule.title, f"references.{rule.id}.title")
            for rule in self._pack.references.values()
        ]

    def _texts(self, name: str, text: Text | None, path: str) -> Cells:
        """A text in the languages in which somebody wrote it."""
        if text is None or path in self._missing:
            return {}
        cells = {}
        for language in self._pack.languages:
            if f"{path}.{language}" not in self._missing:
                heading = (
                    name if language == DEFAULT else f"{name}::{_LANGUAGE_HEADINGS.get(language, language)}"
                )
                cells[heading] = str(getattr(text, language, text.en))
        return cells or {f"{name}::{_ELSEWHERE}": text.en}

    def _group(self, section: Section) -> Cells:
        path = f"sections.{section.id}"
        cells = {"type": "begin group", "name": form_name(section.id), "id": section.id}
        if f"{path}.module" not in self._missing:
            cells["module"] = section.module
        return cells | self._texts("label", section.title, f"{path}.title")

    def _question(self, question: Question) -> None:
        for remark in question.remarks:
            if not remark.after:
                self._remark(question, remark)
        self._row(question)
        for remark in question.remarks:
            if remark.after:
                self._remark(question, remark)

    def _remark(self, question: Question, remark: Remark) -> None:
        cells = {"type": "note", "name": form_name(f"{question.id}.{remark.id}"), "id": remark.id}
        cells |= {"when": remark.when, "place": "after" if remark.after else "before"}
        cells |= self._texts("label", remark.text, f"remarks.{remark.id}")
        self.survey.append(cells | self._relevant(remark.when))

    def _row(self, question: Question) -> None:
        path = f"questions.{question.id}"
        answer = question.answer
        cells = {"name": self.names[question.id], "id": question.id, "kind": answer.kind}
        cells |= self._texts("label", question.text, f"{path}.text") | self._guidance(question, path)
        cells |= self._figures(question) | self._relevant(question.when)
        cells |= {name: text for name, text in self._answer(question, f"{path}").items() if text}
        self.survey.append(self._labelled(cells))
        if isinstance(answer, TableAnswer):
            for column in answer.columns:
                self._column(question, column, f"{path}.columns", {})
            self.survey.append({"type": "end repeat"})
        elif isinstance(answer, LevelAnswer | OptionsAnswer):
            for column in answer.also:
                self._column(question, column, f"{path}.also", {"part_of": question.id})

    def _guidance(self, question: Question, path: str) -> Cells:
        test = question.test
        cells = {} if f"{path}.test.minutes" in self._missing else {"minutes": str(test.minutes)}
        named = {
            "hint": (test.steps, "test.steps"),
            "guidance_hint": (question.why, "why"),
            "tool": (test.tool, "test.tool"),
            "evidence": (question.evidence, "evidence"),
            "mistake": (question.mistake, "mistake"),
            "photo_hint": (question.photo, "photo"),
            "safety": (question.safety, "safety"),
        }
        for name, (text, part) in named.items():
            cells |= self._texts(name, text, f"{path}.{part}")
        for level, anchor in enumerate(question.levels or ()):
            cells |= self._texts(f"level{level}", anchor, f"{path}.levels.{level}")
        return cells

    def _figures(self, question: Question) -> Cells:
        rules = "; ".join(f"{country}: {' '.join(ids)}" for country, ids in question.references.items())
        cells = {
            "areas": " ".join(question.areas),
            "weight": str(question.weight),
            "critical": "yes" if question.critical else "",
            "gate": question.gate,
            "when": question.when,
            "metrics": " ".join(question.metrics),
            "opportunity": question.opportunity,
            "references": rules,
            "rapid": "yes" if question.rapid else "",
            "required": "yes" if question.required else "",
        }
        return {name: text for name, text in cells.items() if text}

    def _relevant(self, when: str) -> Cells:
        if not when:
            return {}
        path = self._xpaths.of(parse(when, self._known))
        if path is None:
            why = msg(
                "A form can't know this; it shows the question always. The column 'when' keeps the condition."
            )
            self._notes.add("survey", len(self.survey) + 2, f"when: {when}", why)
        return {"relevant": path} if path else {}

    def _answer(self, question: Question, path: str) -> Cells:
        """The type of a question and the columns that say how its answer becomes a level."""
        answer = question.answer
        if isinstance(answer, LevelAnswer):
            return {"type": f"select_one {self._levels()}"}
        if isinstance(answer, OptionsAnswer):
            word = "select_one" if answer.choose == "one" else "select_multiple"
            listed = self._list(question.id, answer.options, f"{path}.options")
            return {"type": f"{word} {listed}", "default": " ".join(answer.preset)}
        if isinstance(answer, CutsAnswer):
            return self._cuts(question.id, answer, path)
        if isinstance(answer, PointsAnswer):
            points = " ".join(f"{value}:{level}" for value, level in answer.points)
            return {"type": "decimal", "points": points, "unit": answer.unit}
        if isinstance(answer, NumberAnswer):
            whole = "integer" if answer.whole else "decimal"
            return {"type": whole, "unit": answer.unit, "constraint": _constraint(answer.least, answer.most)}
        if isinstance(answer, TableAnswer):
            count = str(answer.rows) if answer.rows else ""
            return {"type": "begin repeat", "repeat_count": count, "register": answer.name}
        if isinstance(answer, TextAnswer):
            return {"type": _TYPES[answer.of]}
        plain = {DateAnswer: "date", PhotoAnswer: "image"}
        return {"type": plain[type(answer)]}

    def _cuts(self, question_id: str, answer: CutsAnswer, path: str) -> Cells:
        cells = {
            "type": "decimal",
            "better": answer.better,
            "cuts": " ".join(map(str, answer.cuts)),
            "unit": answer.unit,
            "of": answer.of,
        }
        if answer.instead:
            cells["instead"] = self._list(f"{question_id}.instead", answer.instead, f"{path}.instead")
        return cells | self._texts("confirm_4", answer.confirm_4, f"{path}.confirm_4")

    def _column(self, question: Question, column: Column, path: str, more: Cells) -> None:
        path = f"{path}.{column.id}"
        if column.kind == "option":
            kind = f"select_one {self._list(f'{question.id}.{column.id}', column.options, path)}"
        else:
            kind = "integer" if column.kind == "number" and column.whole else _COLUMN_TYPES[column.kind]
        cells = {
            "type": kind,
            "name": self.names[f"{question.id}/{column.id}"],
            "id": column.id,
            "unit": column.unit,
            "constraint": _constraint(column.least, column.most),
        }
        cells |= {"required": "yes" if column.required else ""} | more
        written = self._texts("label", column.label, path) | self._texts("hint", column.hint, f"{path}.hint")
        self.survey.append(self._labelled({name: text for name, text in cells.items() if text} | written))

    def _labelled(self, cells: Cells) -> Cells:
        """The row with a dash for a label nobody has written: form tools refuse a question that shows nothing."""
        if any(name.partition("::")[0] in {"label", "hint"} for name in cells):
            return cells
        return cells | self._texts("label", Text(en=UNWRITTEN, es=UNWRITTEN, fr=UNWRITTEN), "")

    def _levels(self) -> str:
        if LEVELS not in self._list_names:
            self._list_names.add(LEVELS)
            for level, name in enumerate(LEVEL_NAMES):
                self.choices.append(
                    {"list_name": LEVELS, "name": str(level)}
                    | self._texts("label", _numbered(level, name), "")
                )
        return LEVELS

    def _list(self, wanted: str, options: Iterable[Option], path: str) -> str:
        """The name of a list of choices; lists that say the same are written once."""
        rows = tuple(tuple(self._choice(option, f"{path}.{option.id}").items()) for option in options)
        if rows not in self._lists:
            name = wanted if wanted != LEVELS else f"{LEVELS}_"
            self._lists[rows] = name
            self._list_names.add(name)
            self.choices += [{"list_name": name, **dict(row)} for row in rows]
        return self._lists[rows]

    def _choice(self, option: Option, path: str) -> Cells:
        cells = {
            "name": option.id,
            "level": "" if option.level is None else str(option.level),
            "flag": option.flag,
        }
        return {name: text for name, text in cells.items() if text} | self._texts("label", option.label, path)


def _numbered(level: int, name: Text) -> Text:
    return Text(en=f"{level} {name.en}", es=f"{level} {name.es}", fr=f"{level} {name.fr}")


def _constraint(least: Decimal | None, most: Decimal | None) -> str:
    parts = [f". >= {least}" if least is not None else "", f". <= {most}" if most is not None else ""]
    return " and ".join(part for part in parts if part)


def form_name(name: str) -> str:
    """An id as a form names it: XML forbids a digit in front."""
    return name if re.match(r"[A-Za-z_]", name) else f"_{name}"


def _form_names(questions: Iterable[Question]) -> Mapping[str, str]:
    """The names of questions by id, and of columns by `question/column`."""
    names: dict[str, str] = {}
    for question in questions:
        names[question.id] = form_name(question.id)
        answer = question.answer
        columns = answer.columns if isinstance(answer, TableAnswer) else getattr(answer, "also", ())
        for column in columns:
            names[f"{question.id}/{column.id}"] = form_name(f"{question.id}.{column.id}")
    return names
