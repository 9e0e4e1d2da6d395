"""What a hostile or broken device pushes is refused as a whole; what comes out of a feed is proven and has no gaps."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from greenaudit.domain.journal import ChainSignature, Change
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.domain.values import programme_scope
from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.server.feed import proven_length
from greenaudit.server.listing import listing
from greenaudit.server.run import Running
from greenaudit.signing.chains import sign_head
from greenaudit.sync.proofs import unproven
from greenaudit.wire.changes import BATCH, ChangeBatch
from tests.helpers.changes import chain
from tests.helpers.endpoint import Laptop, visit
from tests.server.conftest import MakeLaptop


def signed(laptop: Laptop, changes: Sequence[Change]) -> ChainSignature:
    last = changes[-1]
    return sign_head(laptop.identity, last.device_id, last.scope, last.seq, last.hash)


def ours(laptop: Laptop, count: int, *, scope: str = "", after: Change | None = None) -> tuple[Change, ...]:
    return chain(
        count,
        device=laptop.store.device_id,
        author=laptop.person,
        scope=scope or programme_scope(laptop.programme),
        after=after,
    )


def push(endpoint: Running, laptop: Laptop, batch: ChangeBatch) -> int:
    link = laptop.link(endpoint.address)
    try:
        return len(link.push(batch).ids)
    finally:
        link.close()


def refused(endpoint: Running, laptop: Laptop, batch: ChangeBatch) -> str:
    before = endpoint.endpoint.store.feed_after(batch.scope, 0, 100_000)
    with pytest.raises(KnownError) as caught:
        push(endpoint, laptop, batch)
    assert endpoint.endpoint.store.feed_after(batch.scope, 0, 100_000) == before
    return caught.value.code


def test_a_signed_batch_is_taken_and_an_unsigned_one_is_not(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    changes = ours(ana, 5)
    scope = changes[0].scope
    assert refused(endpoint, ana, ChangeBatch.of(scope, changes)) == "chain_unsigned"
    assert (
        refused(endpoint, ana, ChangeBatch.of(scope, changes, [signed(ana, changes[:4])])) == "chain_unsigned"
    )
    assert push(endpoint, ana, ChangeBatch.of(scope, changes, [signed(ana, changes)])) == 5


def test_a_forked_chain_is_refused(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    changes = ours(ana, 3)
    scope = changes[0].scope
    push(endpoint, ana, ChangeBatch.of(scope, changes, [signed(ana, changes)]))
    fork = ours(ana, 2, after=changes[0])
    assert refused(endpoint, ana, ChangeBatch.of(scope, fork, [signed(ana, fork)])) == "chain_forked"


def test_a_chain_that_does_not_link_is_refused(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    changes = ours(ana, 3)
    torn = (changes[0], changes[1].model_copy(update={"prev_hash": "f" * 64}))
    batch = ChangeBatch.of(torn[0].scope, torn, [signed(ana, torn)])
    assert refused(endpoint, ana, batch) == "chain_broken"


def test_an_altered_change_is_refused(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    changes = ours(ana, 2)
    altered = (changes[0], changes[1].model_copy(update={"fields": {"note": {"text": "other"}}}))
    batch = ChangeBatch.of(changes[0].scope, altered, [signed(ana, changes)])
    assert refused(endpoint, ana, batch) == "chain_unsigned"


def test_another_devices_name_cant_be_used(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    changes = ours(luis, 2)
    forged = sign_head(ana.identity, luis.store.device_id, changes[-1].scope, 2, changes[-1].hash)
    assert refused(endpoint, ana, ChangeBatch.of(changes[0].scope, changes, [forged])) == "chain_unsigned"
    unknown = chain(1, device=new_id(), scope=changes[0].scope)
    batch = ChangeBatch.of(unknown[0].scope, unknown, [signed(ana, unknown)])
    assert refused(endpoint, ana, batch) == "author_unknown"


def test_changes_relayed_for_another_are_taken_with_its_signature(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    changes = ours(luis, 2)
    assert push(endpoint, ana, ChangeBatch.of(changes[0].scope, changes, [signed(luis, changes)])) == 2


def test_a_forged_change_cant_wait_in_the_place_of_a_true_one(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    changes = ours(luis, 3)
    scope = changes[0].scope
    forged = changes[0].model_copy(update={"id": new_id(), "fields": {"note": {"text": "forged"}}})
    batch = ChangeBatch.of(scope, [forged, changes[2]], [signed(luis, changes)])
    assert refused(endpoint, ana, batch) == "chain_unsigned"
    assert push(endpoint, luis, ChangeBatch.of(scope, changes, [signed(luis, changes)])) == 3


def test_what_a_revoked_device_wrote_is_taken_from_whoever_relays_it(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    changes = ours(luis, 2)
    batch = ChangeBatch.of(changes[0].scope, changes, [signed(luis, changes)])
    endpoint.endpoint.revoke(luis.store.device_id)
    assert refused(endpoint, luis, batch) == "device_unknown"
    assert push(endpoint, ana, batch) == 2


def of_another(change: Change, programme: UUID) -> dict[str, Change]:
    return {
        "another programme's record": change.model_copy(update={"fields": {"programme_id": str(programme)}}),
        "the registry's record": change.model_copy(update={"record_type": "plant"}),
    }


@pytest.mark.parametrize("case", of_another(chain(1, device=new_id())[0], new_id()))
def test_a_change_in_the_wrong_scope_is_refused(endpoint: Running, laptop: MakeLaptop, case: str) -> None:
    ana = laptop("ana")
    wrong = of_another(ours(ana, 1)[0], new_id())[case]
    assert (
        refused(endpoint, ana, ChangeBatch.of(wrong.scope, [wrong], [signed(ana, [wrong])])) == "scope_wrong"
    )


def test_a_programmes_record_cant_be_changed_from_the_registry(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    (change,) = ours(ana, 1)
    newer = change.model_copy(update={"record_type": "weather"})
    push(endpoint, ana, ChangeBatch.of(newer.scope, [newer], [signed(ana, [newer])]))
    (again,) = ours(ana, 1, scope="registry")
    elsewhere = again.model_copy(update={"record_type": "weather", "record_id": newer.record_id})
    batch = ChangeBatch.of("registry", [elsewhere], [signed(ana, [elsewhere])])
    assert refused(endpoint, ana, batch) == "scope_wrong"


@pytest.mark.parametrize("scope", ["programme:11111111-1111-4111-8111-111111111111", "nonsense"])
def test_a_scope_that_is_not_ours_is_refused_both_ways(
    endpoint: Running, laptop: MakeLaptop, scope: str
) -> None:
    ana = laptop("ana")
    changes = ours(ana, 1, scope=scope)
    assert refused(endpoint, ana, ChangeBatch.of(scope, changes, [signed(ana, changes)])) == "scope_refused"
    link = ana.link(endpoint.address)
    with pytest.raises(KnownError) as caught:
        link.pull(scope, 0)
    assert caught.value.code == "scope_refused"
    link.close()


def test_an_unknown_type_from_a_newer_program_is_kept_and_passed_on(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    (change,) = ours(ana, 1)
    newer = change.model_copy(update={"record_type": "weather", "schema_version": 7})
    push(endpoint, ana, ChangeBatch.of(newer.scope, [newer], [signed(ana, [newer])]))
    assert luis.sync(endpoint.address).errors == ()
    with luis.store.read() as reader:
        assert reader.changes(ids=[newer.id]) == (newer,)


def test_pushes_at_the_same_time_leave_no_gap(endpoint: Running, laptop: MakeLaptop) -> None:
    devices = [laptop(name) for name in ("ana", "luis", "eva")]
    scope = programme_scope(devices[0].programme)
    start = threading.Barrier(len(devices))

    def work(device: Laptop) -> None:
        link = device.link(endpoint.address)
        after: Change | None = None
        start.wait()
        for _ in range(4):
            changes = ours(device, 3, after=after)
            link.push(ChangeBatch.of(scope, changes, [signed(device, changes)]))
            after = changes[-1]
        link.close()

    threads = [threading.Thread(target=work, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [item.number for item in endpoint.endpoint.store.feed_after(scope, 0, 100_000)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("limit", [1, 2, 7, BATCH])
def test_a_feed_in_pieces_is_whole_and_each_piece_is_proven(
    endpoint: Running, laptop: MakeLaptop, limit: int
) -> None:
    ana = laptop("ana")
    changes = ours(ana, 5)
    scope = changes[0].scope
    push(endpoint, ana, ChangeBatch.of(scope, changes, [signed(ana, changes)]))
    account = endpoint.endpoint.accounts.of(ana.person)
    seen: list[UUID] = []
    after, more = 0, True
    while more:
        page = endpoint.endpoint.feed.page(account, scope, after, limit)
        assert unproven(page.batch.changes(), page.batch.signatures, page.keys, scope) is None
        seen += page.batch.ids
        after, more = page.last, page.more
    assert seen == [item.change.id for item in endpoint.endpoint.store.feed_after(scope, 0, 100_000)]


def test_a_change_whose_signature_is_still_to_come_is_held_back(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, place = laptop("ana"), endpoint.endpoint
    account = place.accounts.of(ana.person)
    last = place.store.feed_after("registry", 0, 100_000)[-1].number
    with place.store.unit(place.facts.administrator) as unit:
        unit.save(Organisation(id=new_id(), name="Just now", kind="oem", country="CA"))
    page = place.feed.page(account, "registry", last)
    assert (page.batch.ids, page.last, page.more) == ((), last, False)
    place.sign_own_changes()
    assert len(place.feed.page(account, "registry", last).batch.ids) == 1


def test_a_piece_ends_where_every_chain_is_signed() -> None:
    one, two = new_id(), new_id()
    a, b = chain(4, device=one), chain(2, device=two)
    order = [a[0], b[0], a[1], b[1], a[2], a[3]]
    assert proven_length(order, {(one, 2), (two, 2), (one, 4)}) == 6
    assert proven_length(order[:5], {(one, 2), (two, 2), (one, 4)}) == 4
    assert proven_length(order[:3], {(one, 2), (two, 2)}) == 0
    assert proven_length([], set()) == 0


ODD: dict[str, tuple[str, dict[str, Any]]] = {
    "a zone that is a folder's name": ("plant", {"timezone": "America"}),
    "a zone that is a path": ("plant", {"timezone": "../../etc/passwd"}),
    "a zone without end": ("plant", {"timezone": "A" * 5000}),
    "nothing written": ("organisation", {"name": "a\0b"}),
    "the end of the calendar": ("organisation", {"deleted_at": "9999-12-31T23:59:59-14:00"}),
    "a number that no column holds": ("plant", {"employees": 10**30}),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_values_of_a_record_stop_nobody(endpoint: Running, laptop: MakeLaptop, case: str) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    kind, odd = ODD[case]
    sound = {
        "plant": {"organisation_id": str(new_id()), "name": "P", "country": "MX", "region": "Coahuila"}
        | {"timezone": "America/Monterrey", "language": "es", "currency": "MXN"},
        "organisation": {"name": "P", "kind": "supplier", "country": "MX"},
    }[kind]
    (change,) = ours(ana, 1, scope="registry")
    change = change.model_copy(update={"record_type": kind, "fields": sound | odd})
    assert push(endpoint, ana, ChangeBatch.of("registry", [change], [signed(ana, [change])])) == 1
    assert luis.sync(endpoint.address).errors == ()
    cls: type[Plant] | type[Organisation] = Plant if kind == "plant" else Organisation
    with luis.store.read() as reader:
        assert reader.get(cls, change.record_id) is not None, "it is shown, with what can be read of it"
    assert luis.store.check() == []


def test_a_visit_at_the_beginning_of_time_takes_no_page_away(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    plant = visit(ana, photos=0).plant_id
    ana.sync(endpoint.address)
    (change,) = chain(1, device=ana.store.device_id, scope=programme_scope(ana.programme))
    assert plant is not None
    place = endpoint.endpoint
    odd = {"started_at": "0001-01-01T00:00:00Z", "plant_id": str(plant), "programme_id": str(ana.programme)}
    body = odd | {"pack": {"id": "c", "version": "1.0", "sha256": "a" * 64}, "lead_id": str(ana.person)}
    change = change.model_copy(update={"record_type": "assessment", "fields": body})
    place.store.receive([change.model_copy(update={"device_id": new_id()})])
    administrator = place.accounts.of(place.facts.administrator)
    assert listing(place.store, place.evidence.blobs, administrator, ()).lines
