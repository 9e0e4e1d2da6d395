"""The feed: numbers without gaps at the endpoint, what is left to send at the device."""

from __future__ import annotations

from greenaudit.domain.assessments import Answer
from greenaudit.domain.journal import ChainSignature
from greenaudit.store.feed import Cursor
from greenaudit.store.store import Store
from tests.helpers.store import AUTHOR, SCOPE, answer, levelled, programme
from tests.store.conftest import MakeStore

ENDPOINT = "https://endpoint.example"


def test_the_endpoint_numbers_what_it_takes_without_gaps(laptop: Store, new_store: MakeStore) -> None:
    endpoint = new_store("endpoint", numbers_feed=True)
    with laptop.unit(AUTHOR) as unit:
        changes = [unit.save(answer(f"Q-{n}")) for n in range(5)]
    endpoint.receive(laptop.outgoing(SCOPE, 4))
    endpoint.receive(laptop.outgoing(SCOPE, 8))
    feed = endpoint.feed_after(SCOPE, 0)
    assert [item.number for item in feed] == list(range(1, 9))
    assert tuple(item.change for item in feed) == laptop.outgoing(SCOPE)
    assert [item.number for item in endpoint.feed_after(SCOPE, 3, 2)] == [4, 5]
    assert changes[-1] == feed[-1].change


def test_what_waits_has_no_number_yet(laptop: Store, new_store: MakeStore) -> None:
    endpoint = new_store("endpoint", numbers_feed=True)
    changes = laptop.outgoing(SCOPE)
    endpoint.receive(changes[1:])
    assert endpoint.feed_after(SCOPE, 0) == ()
    assert endpoint.feed_numbers(c.id for c in changes) == {}
    endpoint.receive(changes[:1])
    assert endpoint.feed_numbers(c.id for c in changes) == {c.id: n for n, c in enumerate(changes, 1)}


def test_what_the_endpoint_itself_writes_is_numbered_too(new_store: MakeStore) -> None:
    endpoint = new_store("endpoint", numbers_feed=True)
    with endpoint.unit(AUTHOR) as unit:
        unit.save(programme())
        unit.save(programme(name="Greening 2027"))
    assert [item.number for item in endpoint.feed_after(SCOPE, 0)] == [1, 2]
    assert endpoint.unsent_scopes() == ()


def test_push_confirm_pull(laptop: Store, tablet: Store, new_store: MakeStore) -> None:
    endpoint = new_store("endpoint", numbers_feed=True)
    with laptop.unit(AUTHOR) as unit:
        unit.save(answer())
    while batch := laptop.outgoing(SCOPE, 2):
        endpoint.receive(batch)
        laptop.confirm(endpoint.feed_numbers(c.id for c in batch))
    assert laptop.unsent_scopes() == ()
    assert tablet.cursor(ENDPOINT, SCOPE) == Cursor()
    feed = endpoint.feed_after(SCOPE, 0)
    tablet.receive([item.change for item in feed], confirmed=True)
    reached = Cursor(feed[-1].number, feed[-1].change.id)
    tablet.set_cursor(ENDPOINT, SCOPE, reached)
    assert tablet.cursor(ENDPOINT, SCOPE) == reached
    assert reached.number == 4
    assert tablet.outgoing(SCOPE) == (), "what came from the endpoint, or was had before, needn't go there"
    with tablet.read() as reader:
        assert reader.get(Answer, answer().id) == answer()


def test_what_came_on_a_stick_is_relayed(laptop: Store, tablet: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        change = unit.save(levelled(answer(), 3))
    tablet.receive([change] if change else [])
    assert change in tablet.outgoing(SCOPE)
    with tablet.read() as reader:
        assert reader.unconfirmed().changes == 0


def test_a_waiting_change_keeps_that_the_endpoint_has_it(laptop: Store, tablet: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        first, second = unit.save(answer()), unit.save(levelled(answer(), 3))
    assert first is not None
    assert second is not None
    tablet.receive([second], confirmed=True)
    tablet.receive([first])
    assert second not in tablet.outgoing(SCOPE)
    assert first in tablet.outgoing(SCOPE)


def test_only_what_its_device_signed_is_offered_in_its_name(laptop: Store, tablet: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        one, two = unit.save(answer()), unit.save(levelled(answer(), 3))
    assert one is not None
    assert two is not None
    signature = ChainSignature(
        device_id=one.device_id, scope=SCOPE, seq=one.seq, hash=one.hash, signature="proof"
    )
    tablet.receive([one, two], [signature])
    with tablet.unit(AUTHOR) as unit:
        own = unit.save(answer("CHEM-STO-03"))
    offered = tablet.outgoing(SCOPE, which="provable")
    assert one in offered
    assert two not in offered
    assert own in offered
    assert tablet.outgoing(SCOPE, which="own") == (own,)


def test_what_an_endpoint_may_have_lost_is_offered_again(laptop: Store) -> None:
    waiting = laptop.outgoing(SCOPE)
    laptop.confirm({change.id: number for number, change in enumerate(waiting, 1)})
    assert laptop.unsent_scopes() == ()
    laptop.unconfirm(SCOPE)
    assert laptop.outgoing(SCOPE) == waiting
