"""What a person can ask for beside the walk itself, and what they hear when it can't be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import keyring
import pytest

from greenaudit.domain.assessments import Response
from greenaudit.errors import KnownError
from greenaudit.packs import load_checklist
from greenaudit.packs.saving import save_checklist
from greenaudit.paths import Home
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, open_home, set_up
from greenaudit.services.protecting import no_keyring
from greenaudit.store.keys import KeyFileProtector
from tests.helpers.apps import clock, level
from tests.helpers.checklists import raw_question, write_pack
from tests.helpers.keys import MemoryKeyring

ONE, CHOICE = "CHEM-STO-02", "FOUN-PRO-03"


@pytest.fixture
def other(app: App) -> Iterator[App]:
    """The same home, opened a second time."""
    second = open_home(app.context.home, clock=clock())
    yield second
    second.close()


def test_a_visit_needs_a_module_and_a_plant_of_the_programme(app: App) -> None:
    sha256 = app.packs.shipped().sha256
    with pytest.raises(KnownError, match="no_module"):
        app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=sha256, modules=())
    with pytest.raises(KnownError, match="plant_unknown"):
        app.visits.start(plant_id=uuid4(), checklist_sha=sha256)
    assert app.visits.list() == ()


def test_what_an_answer_would_do_is_said_before_it_is_given(app: App, visit: UUID) -> None:
    before = app.visits.open(visit)
    effect = app.walk.effect_of(
        assessment_id=visit, question_id="FOUN-PRO-02", response=Response(options=("u_ca",))
    )
    assert effect.shown or effect.hidden
    assert app.visits.open(visit) == before


def test_a_conflict_keeps_from_signing_until_somebody_chose_and_is_settled_once(
    app: App, other: App, visit: UUID
) -> None:
    app.visits.open(visit)
    other.visits.open(visit)
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(2))
    other.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    (conflict,) = app.visits.open(visit).states[ONE].conflicts
    must = {fact.question_id: str(fact.text) for fact in app.closing.state(visit).facts if fact.must}
    assert must[ONE].startswith("One question has two answers")
    chosen = {
        "assessment_id": visit,
        "question_id": ONE,
        "field": "response",
        "change_id": conflict.heads[0].id,
    }
    app.walk.resolve(**chosen)  # type: ignore[arg-type]
    assert ONE not in {fact.question_id for fact in app.closing.state(visit).facts if fact.must}
    with pytest.raises(KnownError, match="conflict_settled"):
        app.walk.resolve(**chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", ["light", "dark", "daylight"])
def test_the_scores_are_drawn_in_the_screen_s_language(app: App, visit: UUID, theme: str) -> None:
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(2))
    drawn = app.closing.chart(visit, "es_MX", theme)  # type: ignore[arg-type]
    assert drawn.rstrip().endswith("</svg>")
    assert "Puntaje por módulo" in drawn


def test_a_published_checklist_that_was_spoilt_is_offered_no_more(app: App, tmp_path: Path) -> None:
    tiny = load_checklist(write_pack(tmp_path / "tiny", raw_question()))
    folder = save_checklist(tiny, app.context.home.root / "published" / "tiny-1.0")
    again = open_home(app.context.home, clock=clock())
    assert tiny.sha256 in {card.sha256 for card in again.visits.checklists()}
    assert again.packs.read(tiny.sha256) == tiny
    again.close()
    next(folder.glob("*.yaml")).write_text("[", encoding="utf-8")
    after = open_home(app.context.home, clock=clock())
    assert tiny.sha256 not in {card.sha256 for card in after.visits.checklists()}
    after.close()


class SystemsKeyring(MemoryKeyring):
    """Stands for the operating system's, which is known by its name."""


SystemsKeyring.__module__, SystemsKeyring.__qualname__ = "keyring.backends.SecretService", "Keyring"


def test_a_keyring_keeps_the_key_and_looking_for_one_leaves_nothing_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = SystemsKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    home = Home(tmp_path / "home")
    app = set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app
    assert app.visits.checklists(), "without an identity nothing is signed, and everything is there"
    assert no_keyring() is None
    assert app.protecting.keyring_trouble() is None
    assert ring.entries == {}
    assert app.protecting.choose("keyring").kind == "keyring"
    assert len(ring.entries) == 1
    app.close()
    open_home(home).close()
    ring.entries.clear()
    with pytest.raises(KnownError, match="keyring_entry_missing"):
        open_home(home)
