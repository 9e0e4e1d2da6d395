"""Packs that came from elsewhere: whatever stands in them, lists are shown and what can't be used gets a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Assessment, PackRef, Revision, revision_id
from greenaudit.domain.checklists import Checklist
from greenaudit.domain.packs import Pack
from greenaudit.domain.text import Text
from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.messages import Message
from greenaudit.packs import checklist_to_bytes, load_checklist
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App
from greenaudit.services.sample_photos import plant_photo
from tests.helpers.apps import NOW, copy_of, level
from tests.helpers.checklists import raw_question, write_pack


@pytest.fixture
def small(tmp_path: Path) -> Checklist:
    """A pack of one question."""
    return load_checklist(write_pack(tmp_path / "small", raw_question()))


def shelved(app: App, blob: bytes, **changes: Any) -> Pack:
    """A pack in the journal that nobody signed, its file beside it."""
    values: dict[str, Any] = {
        "id": new_id(),
        "programme_id": app.visits.plants()[0].programme_id,
        "pack_id": "tiny",
        "version": "1.0",
        "title": Text(en="a", es="b", fr="c"),
        "questions": 1,
        "sha256": app.context.blobs.put(blob),
        "size": len(blob),
        "published_at": NOW,
        "published_by": app.context.author_id,
    }
    made = Pack.model_validate({**values, **changes})
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(made)
    return made


def start(app: App, sha256: str) -> UUID:
    return app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=sha256, accept=True)


def spoilt(checklist: Checklist, **changes: Any) -> bytes:
    question = checklist.questions[0].model_copy(update=changes)
    return checklist_to_bytes(checklist.model_copy(update={"questions": (question,)}))


def first_revision(assessment: Assessment) -> Revision:
    return Revision(
        id=revision_id(assessment.id, 1),
        programme_id=assessment.programme_id,
        assessment_id=assessment.id,
        number=1,
        opened_at=NOW,
    )


@pytest.mark.parametrize(
    "blob",
    [b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe", b"null", b'{"version": 1' + b"0" * 10_000 + b"}"],
    ids=["nested", "nested names", "no text", "nothing", "a long number"],
)
def test_a_file_that_is_no_checklist_gets_a_sentence(app: App, blob: bytes) -> None:
    with pytest.raises(KnownError, match="pack_unreadable"):
        start(app, shelved(app, blob).sha256)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"areas": ("A99",)}, "pack_wrong"),
        ({"section": "CHEM-NONE"}, "pack_wrong"),
        ({"module": "WAST"}, "pack_wrong"),
        ({"when": "NO_SUCH_FLAG"}, "pack_wrong"),
        ({"text": Text(en="a\u202eb", es="b", fr="c")}, "pack_hidden"),
    ],
    ids=["area", "section", "module", "condition", "hidden character"],
)
def test_a_checklist_with_something_wrong_is_refused(
    app: App, small: Checklist, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(KnownError, match=code):
        start(app, shelved(app, spoilt(small, **changes)).sha256)


def test_a_visit_keeps_the_file_that_was_handed_out(app: App, small: Checklist) -> None:
    """Another version of the product writes the same checklist with other bytes: their name is what was signed."""
    blob = checklist_to_bytes(small).replace(b'"draft":', b'"draft" :') + b"\n"
    pack = shelved(app, blob)
    visit = app.visits.open(start(app, pack.sha256))
    assert visit.assessment.pack.sha256 == pack.sha256
    assert visit.checklist == small


@pytest.mark.parametrize("changes", [{"version": "newest"}, {"size": 2**70}], ids=["version", "size"])
def test_a_value_that_can_t_be_kept_hides_that_pack_and_stops_nothing(
    app: App, tmp_path: Path, template: Path, changes: dict[str, Any]
) -> None:
    other = copy_of(template, tmp_path / "other")
    other.context.store.become_new_device()
    shelved(other, b"{}")
    with other.context.store.read() as reader:
        (change,) = (c for c in reader.changes() if c.record_type == "pack")
    other.close()
    app.context.store.receive([change.model_copy(update={"fields": change.fields | changes})])
    assert [card.standing for card in app.packs.cards()] == ["shipped"]
    assert not app.context.store.check()


def test_a_pack_whose_name_hides_something_is_not_offered(app: App) -> None:
    shelved(app, b"{}", title=Text(en="Core\u202e", es="b", fr="c"))
    shelved(app, b"[]", pack_id="co\u200bre")
    assert [card.standing for card in app.packs.cards()] == ["shipped"]


def test_a_pack_in_the_making_is_not_offered(app: App, tmp_path: Path) -> None:
    root = app.context.home.root / "published"
    write_pack(root / ".new-1", raw_question())
    (root / "notes.txt").write_text("x", "utf-8")
    assert len(app.packs.cards()) == 1
    (root / ".new-1").rename(root / "tiny-1.0")
    assert [card.standing for card in app.packs.cards()] == ["shipped", "unsigned"]


@pytest.mark.parametrize("broken", [True, False], ids=["wrong", "not come yet"])
def test_a_visit_whose_checklist_can_t_be_used_stands_in_the_list_and_says_why(
    app: App, visit: UUID, small: Checklist, broken: bool
) -> None:
    sha256 = app.context.blobs.put(spoilt(small, areas=("A99",))) if broken else "b" * 64
    known = app.desk.opened(visit).assessment
    other = known.model_copy(
        update={"id": new_id(), "pack": PackRef(id="tiny", version="1.0", sha256=sha256)}
    )
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(other)
        unit.save(first_revision(other))
    cards = {card.assessment_id: card for card in app.visits.list()}
    assert cards[visit].trouble is None
    assert cards[other.id].plant == records.SALTILLO
    assert cards[other.id].trouble is not None
    with pytest.raises(KnownError, match="pack_wrong" if broken else "evidence_absent"):
        app.visits.open(other.id)


@pytest.mark.parametrize("what", ["answer", "photo"])
def test_what_was_taken_back_can_be_done_again_so_the_checklist_stays(
    app: App, visit: UUID, small: Checklist, what: str
) -> None:
    question = app.packs.shipped().questions[10].id
    if what == "answer":
        app.walk.answer(assessment_id=visit, question_id=question, response=level(3))
    else:
        app.evidence.add(assessment_id=visit, question_id=question, data=plant_photo(1))
    app.walk.undo(assessment_id=visit)
    pack = shelved(app, checklist_to_bytes(small))
    with pytest.raises(KnownError, match="visit_begun"):
        app.visits.update_pack(assessment_id=visit, checklist_sha=pack.sha256, accept=True)
    assert app.walk.redo(assessment_id=visit) is not None


@pytest.mark.parametrize("earlier", ["gone", "its checklist has not come", "itself"])
def test_what_can_t_be_read_of_the_visit_before_keeps_nobody_from_this_one(
    app: App, visit: UUID, earlier: str
) -> None:
    known = app.desk.opened(visit).assessment
    before = known.model_copy(
        update={"id": new_id(), "pack": PackRef(id="tiny", version="1.0", sha256="b" * 64)}
    )
    named = {"gone": new_id(), "its checklist has not come": before.id, "itself": visit}[earlier]
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(before)
        unit.save(first_revision(before))
        unit.save(known.model_copy(update={"previous_id": named}))
    assert app.visits.open(visit).states
    assert {card.assessment_id for card in app.visits.list()} >= {visit}
    assert isinstance(app.visits.compare(visit), Message)
