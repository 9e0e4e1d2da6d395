"""The sample programme: whole or not there at all, also where making it was cut off before."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenaudit.errors import KnownError
from greenaudit.messages import Message
from greenaudit.packs import load_checklist
from greenaudit.paths import Home, resource
from greenaudit.rules.registers import columns, lacking, read_cell
from greenaudit.services import sample
from greenaudit.services.opening import set_up
from greenaudit.services.sample_hands import drawn_name
from greenaudit.services.sample_rows import ROWS
from greenaudit.store.keys import KeyFileProtector
from tests.helpers.pdfs import pages_of


@pytest.fixture(scope="module")
def cut_off(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which making the sample was stopped before its visit was signed."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    place = Home(tmp_path_factory.mktemp("sample") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "sign_visit", stop)
        with pytest.raises(KeyboardInterrupt):
            sample.ensure_sample(place)
    assert not place.keys.exists()
    return place


@pytest.fixture(scope="module")
def home(cut_off: Home) -> Home:
    """The sample, made where an attempt was cut off: what it left is in nobody's way."""
    sample.ensure_sample(cut_off).close()
    return cut_off


def test_it_has_three_plants_one_visit_signed_ten_months_ago_and_one_in_progress(home: Home) -> None:
    app = sample.ensure_sample(home)
    try:
        countries = {card.plant.country for card in app.visits.plants()}
        begun, signed = app.visits.list()
        months = (begun.started_at - signed.started_at).days // 30
        past = app.visits.open(signed.assessment_id)
        now = app.visits.open(begun.assessment_id)
        report = app.closing.signed_pdf(signed.assessment_id)
        checks = {check.name: check.ok for check in app.backups.examine()}
    finally:
        app.close()
    assert countries == {"US", "CA", "MX"}
    assert (begun.state, signed.state, months) == ("in_progress", "signed", 10)
    assert past.closed
    assert now.visit_number == 2
    assert any(state.previous is not None for state in now.states.values())
    assert report.startswith(b"%PDF")
    assert all(checks.values()), checks


def test_its_tables_hold_what_a_person_could_have_written() -> None:
    book = load_checklist(resource("checklists", "core"))
    tables = {question.id: columns(question) for question in book.questions if columns(question)}
    assert set(ROWS) == set(tables), "every table has rows"
    for question_id, asked in tables.items():
        known = {column.id: column for column in asked}
        for row in ROWS[question_id]:
            assert lacking(book.by_id[question_id], row) == ()
            for name, text in row.items():
                assert not isinstance(read_cell(known[name], text, "en_US"), Message), (question_id, name)


def test_it_says_that_it_is_one(home: Home) -> None:
    app = sample.ensure_sample(home)
    try:
        cards = app.visits.list()
        signed = app.visits.open(cards[-1].assessment_id)
        pages = pages_of(app.closing.signed_pdf(cards[-1].assessment_id))
    finally:
        app.close()
    assert all(card.sample for card in cards)
    assert signed.sample
    assert "Ejemplo" in pages[0]
    assert all("EJEMPLO" in page for page in pages[1:])


@pytest.mark.parametrize("name", ["Elena Ruiz Calderón", "Arturo Reyes Garza", "Ø", ""])
def test_its_signatures_stay_on_their_pad_and_are_each_name_s_own(name: str) -> None:
    drawn = drawn_name(name, 1)
    assert drawn == drawn_name(name, 1)
    assert drawn != drawn_name("somebody else", 1)
    for stroke in drawn.strokes:
        for x, y, pressure in stroke:
            assert 0 <= x <= drawn.width
            assert 0 <= y <= drawn.height
            assert 0 <= pressure <= 1


def test_the_sample_never_opens_data_of_ones_own(tmp_path: Path) -> None:
    home = Home(tmp_path / "own")
    set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app.close()
    with pytest.raises(KnownError, match="holds data of your own") as refused:
        sample.ensure_sample(home)
    assert refused.value.code == sample.NOT_SAMPLE
    home.keys.rename(tmp_path / "keys.json")
    before = home.database.read_bytes()
    with pytest.raises(KnownError):
        sample.ensure_sample(home)
    assert home.database.read_bytes() == before
