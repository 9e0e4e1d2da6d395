"""In whose name a device may write, and who may hand out packs: asked from outside, over the wire."""

from __future__ import annotations

from uuid import UUID

import pytest
from cryptography import x509

from greenaudit.domain.journal import Change
from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import programme_scope
from greenaudit.ids import natural_id, new_id
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running
from greenaudit.sync.enrolment import enrol
from greenaudit.sync.http import HttpLink
from greenaudit.wire.changes import ChangeBatch
from tests.helpers.changes import chain
from tests.helpers.endpoint import IMPATIENT, Laptop
from tests.server.conftest import MakeLaptop
from tests.server.test_pushes import push, refused, signed


def written(
    laptop: Laptop, author: UUID, *, kind: str = "answer", after: Change | None = None
) -> tuple[Change, ...]:
    """Two changes of a laptop in somebody's name."""
    scope = programme_scope(laptop.programme)
    changes = chain(2, device=laptop.store.device_id, author=author, scope=scope, after=after)
    if kind == "answer":
        return changes
    first = changes[0].model_copy(update={"record_type": kind})
    return (first,)


def batch(laptop: Laptop, changes: tuple[Change, ...]) -> ChangeBatch:
    return ChangeBatch.of(changes[0].scope, changes, [signed(laptop, changes)])


def again(endpoint: Running, laptop: Laptop, person: UUID, known_as: UUID | None) -> Laptop:
    """Enrols a laptop (once more) for a person, who was known on it under an id."""
    link = HttpLink(endpoint.address, patience=IMPATIENT)
    code = endpoint.endpoint.new_code(person)
    laptop.enrolled = enrol(link, laptop.store, laptop.identity, code, known_as=known_as)
    laptop.identity = laptop.enrolled.identity
    link.close()
    return laptop


def test_nobody_writes_in_anothers_name(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    for author in (luis.person, endpoint.endpoint.facts.administrator, new_id()):
        assert refused(endpoint, ana, batch(ana, written(ana, author))) == "author_wrong"
    own = written(ana, ana.person)
    assert push(endpoint, ana, batch(ana, own)) == 2
    assert refused(endpoint, ana, batch(ana, written(ana, luis.person, after=own[-1]))) == "author_wrong"


def test_relayed_changes_are_judged_by_the_device_that_wrote_them(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    changes = written(luis, luis.person)
    assert refused(endpoint, ana, batch(luis, written(luis, ana.person))) == "author_wrong"
    assert push(endpoint, ana, batch(luis, changes)) == 2


def test_what_was_written_before_enrolment_is_taken_under_the_id_of_that_time(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, local = laptop("ana"), new_id()
    before = written(ana, local)
    assert refused(endpoint, ana, batch(ana, before)) == "author_wrong"
    again(endpoint, ana, ana.person, local)
    assert push(endpoint, ana, batch(ana, before)) == 2


def test_an_id_that_is_somebody_elses_cant_be_claimed(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis, local = laptop("ana"), laptop("luis"), new_id()
    again(endpoint, ana, ana.person, local)
    recorded = Person(id=natural_id("test person of a plant"), name="Plant manager", roles=("plant",))
    endpoint.endpoint.write(recorded)
    for claimed in (ana.person, local, recorded.id):
        again(endpoint, luis, luis.person, claimed)
        assert refused(endpoint, luis, batch(luis, written(luis, claimed))) == "author_wrong"


def test_an_id_of_before_is_its_persons_on_their_next_device_too(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    """A copied home that was enrolled says its first changes once more under another device's name."""
    ana, luis, local = laptop("ana"), laptop("luis"), new_id()
    again(endpoint, ana, ana.person, local)
    other = again(endpoint, laptop("second"), ana.person, ana.person)
    assert push(endpoint, other, batch(other, written(other, local))) == 2
    assert refused(endpoint, luis, batch(luis, written(luis, local))) == "author_wrong"


def test_a_device_that_was_handed_on_keeps_the_words_of_both(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    was = ana.person
    again(endpoint, ana, luis.person, was)
    first = written(ana, was)
    assert push(endpoint, ana, batch(ana, first)) == 2
    assert push(endpoint, ana, batch(ana, written(ana, luis.person, after=first[-1]))) == 2


@pytest.mark.parametrize(
    ("role", "code"), [("assessor", "record_refused"), ("manager", ""), ("administrator", "")]
)
def test_only_who_runs_the_programme_hands_out_packs(
    endpoint: Running, laptop: MakeLaptop, role: str, code: str
) -> None:
    made = laptop("ana")
    account = endpoint.endpoint.add_person(Newcomer("M", role, f"m-{new_id()}"))  # type: ignore[arg-type]
    again(endpoint, made, account.person_id, None)
    sent = batch(made, written(made, account.person_id, kind="pack"))
    if code:
        assert refused(endpoint, made, sent) == code
    else:
        assert push(endpoint, made, sent) == 1


def test_an_older_device_gets_an_answer_that_it_understands(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    assert ana.enrolled is not None
    assert ana.enrolled.recovery_key is None, "only who names an id of their own knows of the recovery key"
    again(endpoint, ana, ana.person, new_id())
    assert ana.enrolled.recovery_key is not None


def test_every_certificate_that_a_lost_device_ever_had_is_revoked(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana = laptop("ana")
    serials = set()
    for _ in range(2):
        given = ana.identity.certificates
        assert given is not None
        serials |= {
            x509.load_pem_x509_certificate(text.encode()).serial_number
            for text in (given.assessor, given.sub_ca)
        }
        again(endpoint, ana, ana.person, None)
    endpoint.endpoint.revoke(ana.store.device_id)
    listed = x509.load_pem_x509_crl(endpoint.endpoint.revocations.lists().issuing.encode())
    assert serials <= {entry.serial_number for entry in listed}
