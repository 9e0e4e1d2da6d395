"""The history of a question in words, from the journal: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from greenaudit.domain.assessments import NOTHING_TO_LIST, Proof, Response
from greenaudit.domain.checklists import LEVEL_NAMES, Column, CutsAnswer, OptionsAnswer, Question
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.journal import Change
from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import figure_of
from greenaudit.formats import Formats
from greenaudit.i18n import translator
from greenaudit.messages import Message, msg, msgs
from greenaudit.reports.words import GRADES, REASONS
from greenaudit.rules.branching import columns_of
from greenaudit.rules.undoing import is_creation, value_seen
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.undoing import words
from greenaudit.services.views import Past
from greenaudit.store.hlc import moment
from greenaudit.store.reader import Reader
from greenaudit.store.upcasting import readable

_SHOWN = (
    "response",
    "proof",
    "note",
    "flagged",
    "cells",
    "caption",
    "what",
    "resolved",
    "deleted_at",
    "sha256",
)
"""The fields that people change, in the order in which they are told."""


class History:
    """Tells what happened to a question in a visit."""

    def __init__(self, context: Context, desk: Desk) -> None:
        self._context = context
        self._desk = desk

    def of(self, assessment_id: UUID, question_id: str, locale: str) -> tuple[Past, ...]:
        """Every change of the answer, its rows, photos and findings, the newest first."""
        opened = self._desk.opened(assessment_id)
        teller = Teller(opened.checklist.by_id[question_id], locale)
        with self._context.store.read() as reader:
            records: list[tuple[str, UUID]] = [("answer", opened.stored(question_id).id)]
            for cls in (RegisterRow, Photo, Finding):
                found = reader.where(cls, deleted=True, assessment_id=assessment_id, question_id=question_id)
                records += [(cls.record_type, record.id) for record in found]
            past = [
                (change.hlc, entry)
                for kind, record_id in records
                for change, entry in _told(reader, teller, kind, record_id)
            ]
        past.sort(key=lambda item: item[0], reverse=True)
        return tuple(entry for _, entry in past)


def _told(reader: Reader, teller: Teller, kind: str, record_id: UUID) -> Iterator[tuple[Change, Past]]:
    history = reader.history(kind, record_id)
    by_id = {change.id: change for change in history}
    values = {change.id: read.fields for change in history if (read := readable(change)) is not None}
    for change in history:
        fields = values.get(change.id, {})  # what another version wrote and this one can't read is not told
        person = reader.get(Person, change.author_id)
        for name in _SHOWN:
            if name not in fields:
                continue
            seen = value_seen(change, name, by_id)
            yield (
                change,
                Past.model_construct(
                    at=moment(change.hlc),
                    who=person.name if person else "",
                    what=words(reader, change),
                    field=name,
                    before=teller.value(name, values.get(seen.id, {}).get(name) if seen else None),
                    after=teller.value(name, fields[name]),
                    undoes=change.undoes is not None,
                ),
            )
            if is_creation(change):
                break


class Teller:
    """Says the journal's values of one question in a locale."""

    def __init__(self, question: Question, locale: str) -> None:
        self._question = question
        self._formats = Formats(locale)
        self._say = translator(self._formats.language)

    def value(self, field: str, value: Any) -> str:
        """A field's value in words; nothing where there is none."""
        if value is None or value is False:
            return ""
        if field == "response":
            return self._response(Response.model_validate(value))
        if field == "proof":
            return self._proof(Proof.model_validate(value))
        if field == "cells":
            return self._cells(value)
        if field in {"note", "caption", "what"}:
            return str(value["text"])
        if field == "sha256":
            return self._say(msg("Added"))
        if field == "resolved":
            return str(value["what"]) or self._say(msg("Seen to be gone"))
        return self._say(msg("Taken away") if field == "deleted_at" else msg("Marked"))

    def _response(self, response: Response) -> str:
        if response.state != "answered":
            said = msg("Not applicable") if response.state == "not_applicable" else msg("Not seen")
            reason: Message | str = REASONS.get(response.reason, response.reason)
            return " · ".join(part for part in (self._say(said), self._say(reason), response.text) if part)
        return " · ".join(part for part in self._parts(response) if part) or self._say(msg("Answered"))

    def _parts(self, response: Response) -> Iterator[str]:
        language = self._formats.language
        if response.level is not None:
            yield self._say(
                msg("Level {n}, {name}", n=response.level, name=LEVEL_NAMES[response.level].in_(language))
            )
        if response.quantity is not None:
            yield self._formats.quantity(response.quantity.value, response.quantity.unit)
        for chosen in response.options:
            yield self._option(chosen)
        yield response.text
        if response.day is not None:
            yield self._formats.date(response.day)
        for cells in (*response.rows, response.also):
            yield self._cells(cells)

    def _option(self, chosen: str) -> str:
        if chosen == NOTHING_TO_LIST and self._question.answer.kind == "table":
            return self._say(msg("Nothing to list here."))
        answer = self._question.answer
        options = answer.options if isinstance(answer, OptionsAnswer) else ()
        instead = answer.instead if isinstance(answer, CutsAnswer) else ()
        named = next((o.label for o in (*options, *instead) if o.id == chosen), None)
        return named.in_(self._formats.language) if named else chosen

    def _proof(self, proof: Proof) -> str:
        said = self._say(GRADES[proof.grade])
        if proof.months is None:
            return said
        return f"{said} · {self._say(msgs('{n} month of record', '{n} months of record', proof.months))}"

    def _cells(self, cells: Mapping[str, str]) -> str:
        known = {column.id: column for column in columns_of(self._question)}
        language = self._formats.language
        return "; ".join(
            f"{known[name].label.in_(language)}: {self._cell(known[name], text)}" if name in known else text
            for name, text in cells.items()
        )

    def _cell(self, column: Column, text: str) -> str:
        if column.kind == "option":
            named = next((o.label for o in column.options if o.id == text), None)
            return named.in_(self._formats.language) if named else text
        if column.kind == "number":
            number = figure_of(text.removesuffix(f" {column.unit}") if column.unit else text)
            return text if number is None else self._formats.quantity(number, column.unit)
        try:
            return self._formats.date(date.fromisoformat(text)) if column.kind == "date" else text
        except ValueError:
            return text
