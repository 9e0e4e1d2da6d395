"""Photos: judged, kept untouched, scaled; bad ones get a sentence and leave nothing behind."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.errors import KnownError
from greenaudit.services.opening import App, open_home
from greenaudit.services.sample_photos import plant_photo
from greenaudit.store.photos import MOST_BYTES
from tests.helpers.apps import clock

QUESTION = "CHEM-STO-02"


def test_a_photo_s_original_is_kept_to_the_byte(app: App, visit: UUID) -> None:
    data = plant_photo(4)
    saved = app.evidence.add(assessment_id=visit, question_id=QUESTION, data=data)
    photo = saved.changed[QUESTION].photos[0]
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert app.context.blobs.read(photo.sha256) == data
    assert app.visits.open(visit).states[QUESTION].photos == (photo,)
    small = app.evidence.scaled(photo.sha256, 300)
    assert small is not None
    assert len(small) < len(data)
    assert app.evidence.scaled(photo.sha256, 300) == small


def test_the_same_photo_is_not_added_twice_to_one_question(app: App, visit: UUID) -> None:
    app.evidence.add(assessment_id=visit, question_id=QUESTION, data=plant_photo(4))
    with pytest.raises(KnownError, match="photo_repeated"):
        app.evidence.add(assessment_id=visit, question_id=QUESTION, data=plant_photo(4))


def test_a_removed_photo_leaves_the_answer_and_stays_in_the_journal(app: App, visit: UUID) -> None:
    photo = (
        app.evidence.add(assessment_id=visit, question_id=QUESTION, data=plant_photo(5))
        .changed[QUESTION]
        .photos[0]
    )
    named = app.evidence.caption(assessment_id=visit, photo_id=photo.id, text="Dique", language="es")
    assert named.changed[QUESTION].photos[0].caption is not None
    removed = app.evidence.remove(assessment_id=visit, photo_id=photo.id)
    assert removed.changed[QUESTION].photos == ()
    assert app.context.blobs.has(photo.sha256)


@pytest.mark.parametrize("data", [b"", b"GIF89a not a photo", b"\xff\xd8\xff\xe0torn", plant_photo(6)[:900]])
def test_what_is_no_whole_photo_gets_a_sentence_and_leaves_nothing(
    app: App, visit: UUID, data: bytes
) -> None:
    with pytest.raises(KnownError):
        app.evidence.add(assessment_id=visit, question_id=QUESTION, data=data)
    assert app.visits.open(visit).states[QUESTION].photos == ()
    assert hashlib.sha256(data).hexdigest() not in set(app.context.blobs.all())


def test_a_file_that_is_not_there_gets_a_sentence(app: App, visit: UUID, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="photo_unreadable"):
        app.evidence.add_file(assessment_id=visit, question_id=QUESTION, path=tmp_path / "none.jpg")


def test_a_file_is_added_as_it_lies_and_one_too_large_is_not(app: App, visit: UUID, tmp_path: Path) -> None:
    path = tmp_path / "dique.jpg"
    path.write_bytes(plant_photo(7))
    saved = app.evidence.add_file(assessment_id=visit, question_id=QUESTION, path=path)
    assert app.context.blobs.read(saved.changed[QUESTION].photos[0].sha256) == path.read_bytes()
    with path.open("ab") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(KnownError, match="photo_too_large"):
        app.evidence.add_file(assessment_id=visit, question_id=QUESTION, path=path)


def test_a_photo_that_is_elsewhere_is_none(app: App) -> None:
    assert app.evidence.scaled("0" * 64, 300) is None


def test_a_checklist_that_is_damaged_here_but_ships_with_the_product_still_opens(
    app: App, visit: UUID
) -> None:
    sha256 = app.visits.open(visit).assessment.pack.sha256
    app.context.blobs.path(sha256).write_bytes(b"torn")
    home = app.context.home
    app.close()
    again = open_home(home, clock=clock())
    assert again.visits.list()[0].assessment_id == visit
    again.close()
