"""A checklist from the sheets of a form: ids first, then answers, then conditions, then everything in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenaudit.domain.checklists import (
    MODULES,
    Checklist,
    Column,
    Question,
    Remark,
    Section,
    TableAnswer,
)
from greenaudit.domain.text import Text
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.packs.codes import is_id
from greenaudit.packs.units import labels_for
from greenaudit.packs.xlsform.answers import UNCARRIED, Answered, Answers
from greenaudit.packs.xlsform.cells import one_of
from greenaudit.packs.xlsform.choices import Lists
from greenaudit.packs.xlsform.columns import DEFAULT, Line, language_of_heading, lines_of
from greenaudit.packs.xlsform.conditions import Conditions
from greenaudit.packs.xlsform.leftovers import (
    CHOICE,
    GROUP,
    NOTE,
    SURVEY,
    note_leftovers,
    note_references,
    note_unknown,
    taken_of_column,
)
from greenaudit.packs.xlsform.names import Names, fitting
from greenaudit.packs.xlsform.notes import NotCarried, Notes
from greenaudit.packs.xlsform.outline import Entry, Opened, Outline, outline_of
from greenaudit.packs.xlsform.parts import Head, Rules, areas_of, drafted_area, head_of
from greenaudit.packs.xlsform.questions import Placed, Questions, areas_named
from greenaudit.packs.xlsform.sheets import Sheet
from greenaudit.packs.xlsform.targets import Targets
from greenaudit.packs.xlsform.wording import Wording
from greenaudit.rules.said import names_said

_FILES = ("pack", "areas", "countries")
"""Names that a section's file can't have."""


@dataclass(frozen=True)
class Imported:
    """What became of a form: the checklist, what the form held, and what could not be carried."""

    checklist: Checklist
    languages: tuple[str, ...]
    questions: Mapping[str, int]
    groups: int
    repeats: int
    notes: int
    not_carried: tuple[NotCarried, ...]


class FormError(KnownError):
    """A form from which no checklist comes; `not_carried` says of each row why."""

    def __init__(self, message: Message, notes: Notes) -> None:
        super().__init__("form_empty", message)
        self.not_carried = notes.all


def build(sheets: Mapping[str, Sheet], file: str, notes: Notes) -> Imported:
    """The checklist of a workbook. Raises KnownError when the form asks nothing that can be carried."""
    builder = _Builder(sheets, file, notes)
    checklist = builder.checklist()
    outline = builder.outline
    return Imported(
        checklist=checklist,
        languages=builder.words.found or builder.words.carried,
        questions=dict(sorted(outline.questions.items())),
        groups=outline.groups,
        repeats=outline.repeats,
        notes=outline.notes,
        not_carried=notes.all,
    )


class _Builder:
    """Holds what the steps share."""

    def __init__(self, sheets: Mapping[str, Sheet], file: str, notes: Notes) -> None:
        if "survey" not in sheets:
            raise FormError(msg("{path} has no sheet 'survey'; it isn't an XLSForm.", path=file), notes)
        self.notes = notes
        settings = next(iter(_lines(sheets, "settings", DEFAULT)), Line("settings", 1, {}))
        named = settings.get("default_language")
        language = language_of_heading(named) if named else DEFAULT
        survey, choices = _lines(sheets, "survey", language), _lines(sheets, "choices", language)
        note_unknown(survey, SURVEY, notes)
        note_references((*survey, *choices), notes)
        note_unknown(choices, CHOICE, notes)
        self.outline: Outline = outline_of(survey, notes)
        self.words = Wording((*survey, *choices), notes)
        self.head: Head = head_of(settings, file, self.words, notes)
        self.areas = areas_of(_lines(sheets, "areas", language), self.words, notes)
        self.rules = Rules(_lines(sheets, "references", language), self.words, notes)
        lists = Lists(choices, self.words, notes)
        lists.note_unused(self.outline.lists)
        self.answers = Answers(lists, self.words, notes)
        self.sections: dict[Opened | int, Section] = {}
        self._section_names = Names(notes, _FILES)
        self._remark_names = Names(notes)
        self._headed: set[Opened] = set()
        self._runs = 0

    def checklist(self) -> Checklist:
        """The whole."""
        entries, beside = self._told_apart()
        ids = self._ids(entries)
        made = {entry: self._answered(entry, ids[entry], beside) for entry in ids}
        conditions = self._conditions(made, ids)
        questions = self._placed(entries, ids, made, conditions)
        if not questions:
            raise FormError(msg("The form asks nothing that can be carried. Each row says why."), self.notes)
        used = {rule for question in questions for rules in question.references.values() for rule in rules}
        rules = {rule_id: rule for rule_id in sorted(used) if (rule := self.rules.get(rule_id)) is not None}
        return Checklist(
            id=self.head.id,
            version=self.head.version,
            title=self.head.title,
            sections=tuple(self.sections.values()),
            areas=tuple(self.areas.values()),
            questions=questions,
            references=rules,
            units=labels_for(questions),
            languages=self.words.carried,
            missing=tuple(sorted(self.words.missing)),
        )

    def _told_apart(self) -> tuple[list[Entry], dict[str, list[Entry]]]:
        """Entries by themselves, and those that stand beside a question as its columns."""
        entries: list[Entry] = []
        beside: dict[str, list[Entry]] = {}
        for entry in self.outline.entries:
            owner = entry.line.get("part_of")
            if owner and entry.type.role == "asks":
                beside.setdefault(owner, []).append(entry)
            elif entry.type.name in UNCARRIED:
                what = f"{entry.line.get('type')} {entry.line.get('name')}"
                self.notes.add(entry.line.sheet, entry.line.number, what, UNCARRIED[entry.type.name])
            else:
                entries.append(entry)
        return entries, beside

    def _ids(self, entries: list[Entry]) -> dict[Entry, str]:
        names = Names(self.notes)
        return {
            entry: names.give(
                entry.line.get("id") or entry.line.get("name"),
                entry.line.sheet,
                entry.line.number,
                f"row_{entry.line.number}",
            )
            for entry in entries
            if entry.type.role == "asks"
        }

    def _answered(self, entry: Entry, question_id: str, beside: Mapping[str, list[Entry]]) -> Answered:
        path, names = f"questions.{question_id}", Names(self.notes)
        columns: list[Column] = []
        for part in beside.get(question_id, ()):
            note_leftovers(part.line, taken_of_column(part.type.name), self.notes)
            column = self.answers.column(part, names, f"{path}.also")
            columns += [column[0]] if column else []
        for part in entry.columns:
            note_leftovers(part.line, taken_of_column(part.type.name), self.notes)
        return self.answers.of(entry, path, tuple(columns))

    def _conditions(self, made: Mapping[Entry, Answered], ids: Mapping[Entry, str]) -> Conditions:
        targets = Targets()
        for entry, answered in made.items():
            targets.put_question(entry.line.get("name"), ids[entry], answered)
        targets.put_computed(self.outline.computed)
        registers = {
            answered.answer.name: {column.id for column in answered.answer.columns if column.kind == "number"}
            for answered in made.values()
            if isinstance(answered.answer, TableAnswer) and answered.answer.name
        }
        known = {ids[entry]: names_said(ids[entry], answered.answer) for entry, answered in made.items()}
        return Conditions(targets, registers, known, self.notes)

    def _placed(
        self,
        entries: list[Entry],
        ids: Mapping[Entry, str],
        made: Mapping[Entry, Answered],
        conditions: Conditions,
    ) -> tuple[Question, ...]:
        questions: list[Question] = []
        maker = Questions(self.rules, self.words, self.notes)
        pending: list[Remark] = []
        sectioned = {entry.groups[0] for entry in ids if entry.groups}
        for entry in entries:
            pending += self._headings(entry, sectioned, conditions)
            if entry.type.role == "note":
                remark = self._remark(entry, conditions.of(entry))
                if entry.line.get("place") == "after" and questions and remark:
                    questions[-1] = _with_remarks(questions[-1], (remark,))
                    continue
                pending += [remark] if remark else []
                continue
            section = self._section(entry)
            areas = tuple(self._area(name, section) for name in areas_named(entry.line, section.id))
            when = conditions.of(entry)
            placed = Placed(ids[entry], section, areas, when, tuple(pending))
            questions.append(maker.of(entry, made[entry], placed))
            pending = []
        self._note_headless()
        if pending and not questions:
            for remark in pending:
                self.notes.add(
                    "survey", 0, f"note {remark.id}", msg("There is no question that it could stand by.")
                )
        if pending and questions:
            last = tuple(remark.model_copy(update={"after": True}) for remark in pending)
            questions[-1] = _with_remarks(questions[-1], last)
        return tuple(questions)

    def _headings(self, entry: Entry, sectioned: set[Opened], conditions: Conditions) -> list[Remark]:
        """The labels of groups inside a section, each once, before what stands first in it.

        A group that holds notes only makes no section: its label is a heading too.
        """
        found = []
        for opened in entry.groups:
            line = opened.line
            if opened in self._headed:
                continue
            self._headed.add(opened)
            note_leftovers(line, GROUP, self.notes)
            if opened.outer is None and opened not in sectioned:
                why = msg("The group asks nothing; only its label and its notes are kept.")
                self.notes.add(line.sheet, line.number, f"{line.get('type')} {line.get('name')}", why)
            if opened not in sectioned and line.texts.get("label"):
                heading = self._named_remark(line, "group")
                found += [heading.model_copy(update={"when": conditions.around(opened)})] if heading else []
        return found

    def _note_headless(self) -> None:
        """Groups that no question stands in by itself: empty ones, and those among a register's columns."""
        why = msg("The group holds no question of its own; its label and condition aren't carried.")
        for opened in self.outline.opened:
            if opened not in self._headed:
                line = opened.line
                note_leftovers(line, frozenset({"relevant"}), self.notes)
                self.notes.add(line.sheet, line.number, f"{line.get('type')} {line.get('name')}", why)

    def _remark(self, entry: Entry, when: str) -> Remark | None:
        note_leftovers(entry.line, NOTE, self.notes)
        remark = self._named_remark(entry.line, "note")
        if remark is None:
            self.notes.add(entry.line.sheet, entry.line.number, "note", msg("The note has no text."))
            return None
        return remark.model_copy(update={"when": when})

    def _named_remark(self, line: Line, spare: str) -> Remark | None:
        wanted = line.get("id") or line.get("name")
        remark_id = self._remark_names.give(wanted, line.sheet, line.number, f"{spare}_{line.number}")
        text = self.words.text(line.texts.get("label", {}), f"remarks.{remark_id}")
        return None if text is None else Remark(id=remark_id, text=text)

    def _section(self, entry: Entry) -> Section:
        """The section of an entry: its outermost group, or the run of rows that stand in none."""
        outermost = entry.groups[0] if entry.groups else None
        if outermost is None:
            if not isinstance(next(reversed(self.sections), None), int):
                self._runs += 1
                self.sections[self._runs] = self._run_section()
            return self.sections[self._runs]
        if outermost not in self.sections:
            self.sections[outermost] = self._group_section(outermost.line)
        return self.sections[outermost]

    def _run_section(self) -> Section:
        wanted = "form" if self._runs == 1 else f"form_{self._runs}"
        section_id = self._section_names.give(wanted, "survey", 1, wanted)
        self.words.lacks(f"sections.{section_id}.module")
        return Section(id=section_id, module="FOUN", title=self.head.title)

    def _group_section(self, line: Line) -> Section:
        section_id = self._section_names.give(
            line.get("id") or line.get("name"), line.sheet, line.number, "group"
        )
        title = self.words.text(line.texts.get("label", {}), f"sections.{section_id}.title")
        if title is None:
            title = Text(en=section_id, es=section_id, fr=section_id)
            self.words.lacks(f"sections.{section_id}.title")
        if not line.get("module"):
            self.words.lacks(f"sections.{section_id}.module")
        named = one_of(line, "module", ("FOUN", *MODULES), self.notes)
        return Section(id=section_id, module=next(m for m in MODULES if m == named), title=title)

    def _area(self, name: str, section: Section) -> str:
        area_id = name if is_id(name) else fitting(name) or section.id
        if area_id not in self.areas:
            own = area_id == section.id
            title = section.title if own else Text(en=name, es=name, fr=name)
            self.areas[area_id] = drafted_area(area_id, title, self.words)
        return area_id


def _lines(sheets: Mapping[str, Sheet], name: str, language: str) -> tuple[Line, ...]:
    return lines_of(sheets[name], language) if name in sheets else ()


def _with_remarks(question: Question, remarks: tuple[Remark, ...]) -> Question:
    after = tuple(remark.model_copy(update={"after": True}) for remark in remarks)
    return question.model_copy(update={"remarks": (*question.remarks, *after)})
