"""Units read in the person's language, and figures keep the unit they were given in."""

from __future__ import annotations

from collections.abc import Iterator

from greenaudit.domain.checklists import Column
from greenaudit.i18n import LANGUAGES
from greenaudit.packs import load_checklist
from greenaudit.packs.units import units
from greenaudit.paths import resource
from tests.content.core import core


def _units_used() -> Iterator[tuple[str, str]]:
    for question in core().questions:
        answer = question.answer
        own: str = getattr(answer, "unit", "")
        columns: tuple[Column, ...] = (*getattr(answer, "columns", ()), *getattr(answer, "also", ()))
        for unit in (own, *(column.unit for column in columns)):
            if unit:
                yield question.id, unit


def test_every_unit_of_the_core_pack_is_known() -> None:
    assert [(place, unit) for place, unit in _units_used() if not units().known(unit)] == []


def test_no_unit_is_named_that_nobody_uses() -> None:
    used = {unit for _, unit in _units_used()}
    assert (units().labels.keys() | units().symbols) - used == set()


def test_a_label_is_there_because_a_language_writes_the_unit_otherwise() -> None:
    assert [unit for unit, label in units().labels.items() if label.en == label.es == label.fr] == []
    assert units().labels.keys() & units().symbols == set()


def test_a_unit_reads_in_each_language_and_travels_with_the_checklist() -> None:
    checklist = load_checklist(resource("checklists", "core"))
    unit = "h per worker and year"
    assert checklist.unit_label(unit, "es") == "h por trabajador y año"
    assert checklist.unit_label(unit, "fr") == "h par travailleur et par an"


def test_a_symbol_and_an_unknown_unit_read_as_they_are_written() -> None:
    checklist = load_checklist(resource("checklists", "core"))
    assert {checklist.unit_label("kWh", language) for language in LANGUAGES} == {"kWh"}
    assert checklist.unit_label("furlongs", "fr") == "furlongs"
