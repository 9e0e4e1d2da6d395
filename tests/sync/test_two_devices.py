"""Two devices and an endpoint on loopback: what one has, the other gets, nothing lost and nothing doubled."""

from __future__ import annotations

from greenaudit.domain.assessments import Answer, answer_id
from greenaudit.domain.evidence import Photo
from greenaudit.server.run import Running
from greenaudit.sync.report import only_here
from tests.helpers.endpoint import answer, contents, visit
from tests.sync.conftest import MakeLaptop


def test_a_second_device_has_the_same_visit_and_photos(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    assessment = visit(ana)
    sent = ana.sync(endpoint.address)
    assert sent.errors == ()
    assert sent.complete
    assert sent.photos_sent == 3  # two photos and the checklist as it was
    got = luis.sync(endpoint.address)
    assert got.errors == ()
    assert got.photos_received == 3
    assert contents(luis.store) == contents(ana.store)
    with luis.store.read() as reader:
        for photo in reader.where(Photo, assessment_id=assessment.id):
            luis.blobs.verify(photo.sha256)
            assert luis.blobs.read(photo.sha256) == ana.blobs.read(photo.sha256)


def test_what_is_only_here_is_counted_until_it_is_confirmed(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana, answers=4, photos=2)
    before = only_here(ana.store, ana.blobs)
    assert (before.answers, before.photos, before.files, before.nothing) == (4, 2, 3, False)
    report = ana.sync(endpoint.address)
    assert report.pushed == before.changes
    assert only_here(ana.store, ana.blobs).nothing
    with ana.store.read() as reader:
        photos = reader.where(Photo)
    assert (report.confirmed_changes, report.confirmed_photos) == (before.changes, len(photos))


def test_synchronising_again_moves_nothing(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana)
    ana.sync(endpoint.address)
    again = ana.sync(endpoint.address)
    assert (again.pushed, again.pulled, again.photos_sent, again.photos_received) == (0, 0, 0, 0)
    assert again.complete


def test_two_people_who_answer_one_question_apart_both_see_the_conflict(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    assessment = visit(ana)
    ana.sync(endpoint.address)
    luis.sync(endpoint.address)
    answer(ana, assessment, "Q-0", level=4)
    answer(luis, assessment, "Q-0", level=1)
    for device in (ana, luis, ana):
        assert device.sync(endpoint.address).errors == ()
    with ana.store.read() as one, luis.store.read() as other:
        assert len(one.conflicts(assessment_id=assessment.id)) == 1
        assert one.conflicts() == other.conflicts()
        record = answer_id(assessment.id, "Q-0")
        assert one.get(Answer, record) == other.get(Answer, record)


def test_a_pull_never_touches_what_waits_to_be_sent(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    assessment = visit(ana)
    ana.sync(endpoint.address)
    luis.sync(endpoint.address)
    answer(ana, assessment, "Q-1", level=3)
    ana.sync(endpoint.address)
    mine = answer(luis, assessment, "Q-9", level=2)
    unsent = [c.id for scope in luis.store.unsent_scopes() for c in luis.store.outgoing(scope)]
    luis.sync(endpoint.address)
    with luis.store.read() as reader:
        assert reader.get(Answer, mine.id) == mine
        assert {c.id for c in reader.changes(ids=unsent)} == set(unsent)


def test_the_device_code_is_kept_and_the_root_is_the_programmes(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana = laptop("ana")
    assert ana.enrolled is not None
    assert ana.enrolled.device_code == ana.store.device_code
    assert ana.enrolled.root_pem.encode() == endpoint.endpoint.authority.root_pem
    assert ana.enrolled.scopes == ("registry", f"programme:{ana.programme}")
