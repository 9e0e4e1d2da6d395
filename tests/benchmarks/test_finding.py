"""Finding a place in a visit of 2,000 questions, and what a register's row costs to take into account."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from uuid import UUID

from greenaudit.domain.checklists import Checklist
from greenaudit.domain.inventory import RegisterRow
from greenaudit.packs import load_checklist
from greenaudit.paths import resource
from greenaudit.rules.evaluation import evaluate
from greenaudit.rules.ordering import filtered, stops
from greenaudit.rules.registers import composed
from greenaudit.services.searching import entries_of
from greenaudit.store.text_index import Entry, TextIndex, matches, words_of
from tests.helpers.checklists import ASSESSMENT, PROGRAMME, answer, many_questions, plant

QUESTIONS = 2_000
TYPED = ("a", "ag", "agua", "agua de", "recipiente abierto", "chem sto 02", "el la de que")
SEARCH_LIMIT, ROW_LIMIT = 0.050, 0.002


def timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def shipped() -> Checklist:
    return load_checklist(resource("checklists", "core"))


def repeated(pack: Checklist) -> Iterator[Entry]:
    """The shipped texts as often as it takes to make 2,000 questions."""
    for number in range(1 + QUESTIONS // len(pack.questions)):
        for entry in entries_of(pack, "es"):
            yield entry._replace(key=f"{entry.key}-{number}")


def test_searching_as_typed() -> None:
    entries = list(repeated(shipped()))
    start = perf_counter()
    index = TextIndex(entries)
    built = perf_counter() - start
    notes = [f"Nota {n}: dique lleno, tambor sin tapa, agua en la fosa" for n in range(QUESTIONS)]
    slowest = {text: median(timed(lambda t=text: index.find(t)) for _ in range(7)) for text in TYPED}
    live = median(timed(lambda: [matches(note, words_of("tambor fosa")) for note in notes]) for _ in range(5))
    sys.stdout.write(
        f"\nindex of {len(entries)} texts made in {built * 1e3:.0f} ms; slowest search "
        f"{max(slowest.values()) * 1e3:.1f} ms; {QUESTIONS} notes looked through in {live * 1e3:.1f} ms\n"
    )
    assert max(slowest.values()) + live <= SEARCH_LIMIT


def test_filters_and_walks() -> None:
    visit = evaluate(many_questions(QUESTIONS), plant())
    spent = median(timed(lambda: filtered(visit, "unanswered", {}, {})) for _ in range(5))
    walk = median(timed(lambda: stops(visit, "module")) for _ in range(5))
    sys.stdout.write(f"\n{QUESTIONS} questions: filter {spent * 1e3:.1f} ms, walk {walk * 1e3:.1f} ms\n")
    assert spent <= SEARCH_LIMIT


def test_a_row_of_a_long_register() -> None:
    pack = shipped()
    asked = pack.by_id["WAST-BAS-01"]
    rows = [
        RegisterRow(
            id=UUID(int=n + 1),
            programme_id=PROGRAMME,
            assessment_id=ASSESSMENT,
            question_id=asked.id,
            cells={"stream": "Lodos", "class": "hazardous", "quantity": f"{n} kg"},
            order=n,
        )
        for n in range(100)
    ]
    visit = evaluate(pack, plant())
    blank = answer(asked.id).model_copy(update={"response": None})
    spent = median(
        timed(lambda n=n: visit.with_answer(composed(asked, blank, rows[: 50 + n]))) for n in range(40)
    )
    sys.stdout.write(f"\na row of a register of about 70: {spent * 1e3:.2f} ms\n")
    assert spent <= ROW_LIMIT
