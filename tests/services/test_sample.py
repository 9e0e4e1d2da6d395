"""The sample programme: whole or not there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenaudit.paths import Home
from greenaudit.services import sample


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    place = Home(tmp_path_factory.mktemp("sample") / "home")
    sample.ensure_sample(place).close()
    return place


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


def test_a_sample_that_was_cut_off_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    place = Home(tmp_path / "home")
    with monkeypatch.context() as patch:
        patch.setattr(sample, "sign_visit", cut_off)
        with pytest.raises(KeyboardInterrupt):
            sample.ensure_sample(place)
    assert not place.keys.exists()
    app = sample.ensure_sample(place)
    states = [card.state for card in app.visits.list()]
    app.close()
    assert states == ["in_progress", "signed"]
