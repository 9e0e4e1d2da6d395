"""Search as typed over a visit: its checklist's texts from an index, what people wrote from what is in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Iterator, Sequence
from uuid import UUID

from greenaudit.domain.checklists import Checklist, Question
from greenaudit.i18n import Language
from greenaudit.rules import ordering
from greenaudit.services.desk import Desk
from greenaudit.services.opened import Opened
from greenaudit.services.views import Hit, HitPlace
from greenaudit.store.text_index import Entry, TextIndex, around, matches, words_of

KEPT = 4
"""How many indexes are kept: a pack in a language each."""

MOST_HITS = 60


class Searching:
    """Finds questions, notes, captions, findings and rows of a visit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._indexes: OrderedDict[tuple[str, Language], TextIndex] = OrderedDict()

    def search(self, assessment_id: UUID, text: str, language: Language) -> tuple[Hit, ...]:
        """What has every typed word: questions first, then what was written here, then guidance and evidence.

        A front end asks for nothing first: that makes the index, so that typing finds it ready.
        """
        opened, words = self._desk.opened(assessment_id), words_of(text)
        if not words:
            self._index(opened.checklist, language)
            return ()
        asked = set(ordering.in_order(ordering.stops(opened.evaluation)))
        found = list(self._listed(opened, text, language, asked))
        titles = [hit for hit in found if hit.where == "question"]
        others = [hit for hit in found if hit.where != "question"]
        written = [hit for hit in _written(opened, words) if hit.question_id in asked]
        return tuple((*titles, *written, *others)[:MOST_HITS])

    def _listed(self, opened: Opened, text: str, language: Language, asked: Container[str]) -> Iterator[Hit]:
        index = self._index(opened.checklist, language)
        for key, part, snippet in index.find(text, MOST_HITS, asked):
            areas = opened.checklist.by_id[key].areas
            yield Hit(question_id=key, area=areas[0], where=_PLACES[part], snippet=snippet)

    def _index(self, checklist: Checklist, language: Language) -> TextIndex:
        key = (checklist.sha256, language)
        index = self._indexes.get(key)
        if index is None:
            index = self._indexes[key] = TextIndex(entries_of(checklist, language))
        self._indexes.move_to_end(key)
        if len(self._indexes) > KEPT:
            self._indexes.popitem(last=False)
        return index


_PLACES: dict[str, HitPlace] = {"question": "question", "guidance": "guidance", "evidence": "evidence"}


def entries_of(checklist: Checklist, language: Language) -> Iterator[Entry]:
    """The texts of a checklist that search goes through, question by question."""
    titles = {section.id: section.title.in_(language) for section in checklist.sections}
    for question in checklist.questions:
        asked = f"{question.text.in_(language)} · {question.id} · {titles.get(question.section, '')}"
        yield Entry(question.id, "question", 0, asked)
        yield Entry(question.id, "evidence", 1, question.evidence.in_(language))
        yield Entry(question.id, "guidance", 2, " · ".join(_guidance(question, language)))


def _guidance(question: Question, language: Language) -> Iterator[str]:
    texts = (
        question.why,
        question.test.steps,
        question.test.tool,
        question.mistake,
        question.photo,
        question.safety,
    )
    yield from (text.in_(language) for text in (*texts, *(question.levels or ())) if text is not None)


def _written(opened: Opened, words: Sequence[str]) -> Iterator[Hit]:
    """What people wrote in this visit."""
    for question_id, where, area, text in _texts(opened):
        if matches(text, words):
            yield Hit(question_id=question_id, area=area, where=where, snippet=around(text, words))


def _texts(opened: Opened) -> Iterator[tuple[str, HitPlace, str, str]]:
    home = {question.id: question.areas[0] for question in opened.checklist.questions}
    for question_id, answer in opened.answers.items():
        if answer.note is not None:
            yield question_id, "note", home[question_id], answer.note.text
        if answer.response is not None and answer.response.text:
            yield question_id, "answer", home[question_id], answer.response.text
    for question_id, photos in opened.photos.items():
        for photo in photos:
            if photo.caption is not None:
                yield question_id, "photo", photo.area or home.get(question_id, ""), photo.caption.text
    for question_id, rows in opened.rows.items():
        for row in rows:
            yield question_id, "row", home[question_id], " · ".join(row.cells.values())
    for finding in opened.findings:
        yield finding.question_id, "finding", finding.area, finding.what.text
