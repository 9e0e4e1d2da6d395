"""The feed: numbers without gaps at the endpoint, what is left to send at the device."""

from __future__ import annotations

from greenaudit.domain.assessments import Answer
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
    assert tablet.cursor(ENDPOINT, SCOPE) == 0
    feed = endpoint.feed_after(SCOPE, 0)
    tablet.receive([item.change for item in feed], confirmed=True)
    tablet.set_cursor(ENDPOINT, SCOPE, feed[-1].number)
    assert tablet.cursor(ENDPOINT, SCOPE) == 4
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
