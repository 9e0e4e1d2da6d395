"""Packs travel with the journal: signed at the endpoint, checked on the device, used only as far as they are trusted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.cli.commands import run
from greenaudit.domain.assessments import Response
from greenaudit.domain.checklists import Checklist
from greenaudit.domain.packs import Pack
from greenaudit.domain.programmes import Link
from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.packs import checklist_to_bytes, load_checklist
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, set_up
from greenaudit.store.keys import KeyFileProtector
from tests.helpers.checklists import raw_question, write_pack
from tests.helpers.endpoint import ended, running_endpoint


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the endpoint lives."""
    return tmp_path_factory.mktemp("endpoint")


@pytest.fixture(scope="module")
def ready(folder: Path) -> Iterator[Running]:
    """An endpoint with a plant of its programme."""
    before = set(threading.enumerate())
    with running_endpoint(folder) as running:
        programme = running.endpoint.facts.programme_id
        link = Link(id=new_id(), programme_id=programme, plant_id=records.SALTILLO.id, oem_id=records.OEM.id)
        running.endpoint.write(records.COAHUILA, records.OEM, records.SALTILLO, link)
        yield running
    ended(set(threading.enumerate()) - before)


@pytest.fixture
def app(tmp_path: Path, ready: Running) -> Iterator[App]:
    """An enrolled device that has synchronised once."""
    home = Home(tmp_path / "laptop")
    made = set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app
    account = ready.endpoint.add_person(Newcomer("Ana", "assessor", f"ana-{new_id()}"))
    made.syncing.enrol(endpoint_url=ready.address, code=ready.endpoint.new_code(account.person_id))
    made.syncing.run()
    yield made
    made.close()


def pack(folder: Path, version: str, text: str = "Is it shut?") -> Checklist:
    write_pack(folder, raw_question(text={"en": text, "es": f"{text} es", "fr": f"{text} fr"}))
    head = folder / "pack.yaml"
    head.write_text(head.read_text("utf-8").replace("1.0", version), "utf-8")
    return load_checklist(folder)


def start(app: App, sha256: str, *, accept: bool = False) -> UUID:
    return app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=sha256, accept=accept)


def unsigned(app: App, checklist: Checklist, programme: UUID, blob: bytes | None = None) -> Pack:
    """A pack that somebody put into the journal without the programme."""
    sha256 = app.context.blobs.put(checklist_to_bytes(checklist) if blob is None else blob)
    made = Pack(
        id=new_id(),
        programme_id=programme,
        pack_id=checklist.id,
        version=checklist.version,
        title=checklist.title,
        questions=1,
        sha256=sha256,
        size=1,
        published_at=app.context.clock.now(),
        published_by=app.context.author_id,
    )
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(made)
    return made


def test_a_published_pack_comes_by_sync_signed_and_starts_a_visit(
    app: App, ready: Running, tmp_path: Path
) -> None:
    checklist = pack(tmp_path / "a", "7.0")
    ready.endpoint.publish(checklist)
    summary = app.syncing.run()
    assert summary.complete
    card = app.packs.cards()[0]
    assert (card.sha256, card.standing, card.trusted) == (checklist.sha256, "signed", True)
    assert app.packs.cards()[-1].questions
    visit = start(app, card.sha256)
    opened = app.visits.open(visit)
    assert opened.checklist == checklist
    assert not opened.assessment.pack.accepted


def test_publishing_again_is_the_same_pack(ready: Running, tmp_path: Path) -> None:
    checklist = pack(tmp_path / "a", "7.1")
    first, again = ready.endpoint.publish(checklist), ready.endpoint.publish(checklist)
    assert first.id == again.id


def test_another_content_under_a_published_version_is_refused(ready: Running, tmp_path: Path) -> None:
    ready.endpoint.publish(pack(tmp_path / "a", "7.7"))
    with pytest.raises(KnownError, match="pack_version_taken"):
        ready.endpoint.publish(pack(tmp_path / "b", "7.7", "Is it locked?"))


def test_an_unsigned_pack_is_used_only_by_whoever_accepts_it(
    app: App, ready: Running, tmp_path: Path
) -> None:
    checklist = pack(tmp_path / "a", "9.9", "Whose?")
    stranger = unsigned(app, checklist, ready.endpoint.facts.programme_id)
    card = next(c for c in app.packs.cards() if c.sha256 == stranger.sha256)
    assert card.standing == "unsigned"
    assert app.packs.cards()[0].trusted, "the newest trusted one is offered first"
    with pytest.raises(KnownError, match="pack_unsigned"):
        start(app, card.sha256)
    visit = start(app, card.sha256, accept=True)
    assert app.visits.open(visit).assessment.pack.accepted


def test_a_pack_altered_on_its_way_is_no_longer_signed(app: App, ready: Running, tmp_path: Path) -> None:
    ready.endpoint.publish(pack(tmp_path / "a", "7.2"))
    app.syncing.run()
    with app.context.store.read() as reader:
        (record,) = reader.where(Pack, version="7.2")
    other = pack(tmp_path / "b", "7.2", "Altered?")
    sha256 = app.context.blobs.put(checklist_to_bytes(other))
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(record.model_copy(update={"sha256": sha256}))
    assert [c.standing for c in app.packs.cards() if c.sha256 == sha256] == ["unsigned"]


def test_a_pack_that_is_wrong_gets_a_sentence(app: App, ready: Running, tmp_path: Path) -> None:
    programme = ready.endpoint.facts.programme_id
    checklist = pack(tmp_path / "a", "8.0")
    wrong = checklist.model_copy(
        update={"questions": (checklist.questions[0].model_copy(update={"areas": ("A99",)}),)}
    )
    broken = unsigned(app, wrong, programme)
    with pytest.raises(KnownError, match="pack_wrong"):
        start(app, broken.sha256, accept=True)
    rubbish = unsigned(app, checklist, programme, blob=b"{}")
    with pytest.raises(KnownError, match="pack_unreadable"):
        start(app, rubbish.sha256, accept=True)
    with pytest.raises(KnownError, match="checklist_gone"):
        start(app, "0" * 64)


def test_a_visit_takes_another_pack_only_before_it_has_begun(
    app: App, ready: Running, tmp_path: Path
) -> None:
    old, new = pack(tmp_path / "a", "7.3"), pack(tmp_path / "b", "7.4")
    for each in (old, new):
        ready.endpoint.publish(each)
    app.syncing.run()
    visit = start(app, old.sha256)
    updated = app.visits.update_pack(assessment_id=visit, checklist_sha=new.sha256)
    assert updated.checklist.version == "7.4"
    question = new.questions[0].id
    app.walk.answer(assessment_id=visit, question_id=question, response=Response(level=1))
    with pytest.raises(KnownError, match="visit_begun"):
        app.visits.update_pack(assessment_id=visit, checklist_sha=old.sha256)
    assert app.visits.open(visit).checklist.version == "7.4"


def test_a_draft_is_not_published(ready: Running, tmp_path: Path) -> None:
    checklist = pack(tmp_path / "a", "7.5").model_copy(update={"missing": ("questions.CHEM-STO-01.why",)})
    with pytest.raises(KnownError, match="pack_draft"):
        ready.endpoint.publish(checklist)


def test_the_command_line_publishes(
    ready: Running, app: App, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checklist = pack(tmp_path / "a", "7.6")
    assert run(["server", "publish", str(tmp_path / "a"), "--home", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sha256"] == checklist.sha256
    app.syncing.run()
    assert checklist.sha256 in {c.sha256 for c in app.packs.cards() if c.standing == "signed"}
