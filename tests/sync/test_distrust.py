"""An endpoint that lies, refuses or forgets: nothing false enters, what is refused holds up nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Assessment
from greenaudit.domain.values import programme_scope
from greenaudit.ids import new_id
from greenaudit.messages import Message
from greenaudit.paths import Home
from greenaudit.server.run import Running
from greenaudit.signing.chains import sign_head
from greenaudit.sync import engine
from greenaudit.sync.http import HttpLink
from greenaudit.sync.link import LinkError
from greenaudit.wire.changes import ChangeBatch, FeedPage, PushAnswer
from greenaudit.wire.enrolment import TokenAnswer
from greenaudit.wire.evidence import PresenceAnswer, PresenceQuestion
from tests.helpers.changes import chain
from tests.helpers.endpoint import Laptop, answer, visit
from tests.sync.conftest import MakeLaptop

Lie = Callable[[FeedPage], FeedPage]


@dataclass
class Altered:
    """A link whose answers are changed on the way."""

    link: HttpLink

    def __getattr__(self, name: str) -> Any:
        return getattr(self.link, name)


def in_batch(page: FeedPage, **columns: Any) -> FeedPage:
    return page.model_copy(update={"batch": page.batch.model_copy(update=columns)})


LIES: dict[str, Lie] = {
    "an altered value": lambda page: in_batch(page, fields=tuple({"name": "other"} for _ in page.batch.ids)),
    "another author's name": lambda page: in_batch(page, device_ids=tuple(new_id() for _ in page.batch.ids)),
    "no signatures": lambda page: in_batch(page, signatures=()),
    "other keys": lambda page: page.model_copy(update={"keys": {}}),
    "another scope": lambda page: in_batch(page, scope="programme:elsewhere"),
    "a page that goes back": lambda page: page.model_copy(update={"last": 0, "more": True}),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_not_proven_does_not_enter(endpoint: Running, laptop: MakeLaptop, lie: str) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    visit(ana, photos=0)
    ana.sync(endpoint.address)

    class Lying(Altered):
        def pull(self, scope: str, after: int, at: UUID | None = None) -> FeedPage:
            page = self.link.pull(scope, after, at)
            return LIES[lie](page) if page.batch.ids else page

    report = luis.sync(endpoint.address, Lying)
    assert {error.code for error in report.errors} == {"feed_unproven"}
    assert report.pulled == 0
    with luis.store.read() as reader:
        assert reader.chain_heads() == {}
    assert luis.sync(endpoint.address).errors == ()


def test_a_page_without_end_is_not_asked_for_ever(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")

    class Endless(Altered):
        def pull(self, scope: str, after: int, at: UUID | None = None) -> FeedPage:
            empty = ChangeBatch.of(scope, ())
            return FeedPage(batch=empty, last=after, more=True, keys={})

    report = ana.sync(endpoint.address, Endless)
    assert {error.code for error in report.errors} == {"feed_unproven"}


def test_an_answer_that_confirms_what_was_not_sent_means_nothing(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana = laptop("ana")
    visit(ana, photos=0)

    class Boasting(Altered):
        def push(self, batch: ChangeBatch) -> PushAnswer:
            return PushAnswer(ids=(new_id(),), numbers=(1,))

        def presence(self, question: PresenceQuestion) -> PresenceAnswer:
            return PresenceAnswer(held=("0" * 64,), missing=())

    report = ana.sync(endpoint.address, Boasting)
    assert report.pushed == 0
    assert report.only_here.changes > 0
    assert report.only_here.files == 0 or not report.complete


def test_a_scope_that_is_refused_holds_up_no_other(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana)
    real = programme_scope(ana.programme)

    class Stranger(Altered):
        def login(self) -> TokenAnswer:
            granted = self.link.login()
            return granted.model_copy(update={"scopes": ("programme:elsewhere", "registry", real)})

    report = ana.sync(endpoint.address, Stranger)
    assert [error.code for error in report.errors] == ["scope_refused"]
    assert report.only_here.nothing


def test_changes_in_a_scope_without_access_are_named_and_kept(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana, photos=0)

    class Less(Altered):
        def login(self) -> TokenAnswer:
            return self.link.login().model_copy(update={"scopes": ("registry",)})

    report = ana.sync(endpoint.address, Less)
    assert [error.code for error in report.errors] == ["scope_not_ours"]
    assert ana.store.unsent_scopes() == (programme_scope(ana.programme),)


def test_a_broken_line_is_told_once(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana, photos=0)

    class Portal(Altered):
        def pull(self, scope: str, after: int, at: UUID | None = None) -> FeedPage:
            raise LinkError("not_the_endpoint", Message("A page."))

    report = ana.sync(endpoint.address, Portal)
    assert [error.code for error in report.errors] == ["not_the_endpoint"]


def test_a_sync_that_is_stopped_goes_on_the_next_time(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana)
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3

    report = ana.sync(endpoint.address, stopped=stopped)
    assert report.errors == ()
    assert not report.complete
    assert ana.sync(endpoint.address).complete


def test_a_token_that_is_over_is_renewed(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    link = ana.link(endpoint.address)
    link._token = "over"
    assert link.pull("registry", 0).batch.scope == "registry"
    link.close()


def relay(source: Laptop, target: Laptop, *, signed: int, count: int) -> None:
    """Brings changes of one laptop to another as a stick does, with a signature over one of them."""
    changes = chain(
        count,
        device=source.store.device_id,
        author=source.person,
        scope=programme_scope(source.programme),
    )
    head = changes[signed - 1]
    signature = sign_head(source.identity, head.device_id, head.scope, head.seq, head.hash)
    target.store.receive(changes, [signature])


def test_changes_of_another_device_are_relayed_up_to_where_it_signed(
    endpoint: Running, laptop: MakeLaptop
) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    assessment = visit(ana, photos=0)
    ana.sync(endpoint.address)
    relay(luis, ana, signed=3, count=5)
    answer(ana, assessment, "Q-7", level=1)
    report = ana.sync(endpoint.address)
    assert report.errors == ()
    assert report.pushed == 4  # three relayed, one of our own; two stay until their author has signed them
    waiting = ana.store.outgoing(programme_scope(ana.programme))
    assert [change.seq for change in waiting] == [4, 5]


def test_a_long_unsigned_chain_of_another_holds_up_none_of_our_own(
    endpoint: Running, laptop: MakeLaptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BATCH", 4)
    monkeypatch.setattr(engine, "MOST", 8)
    ana, luis = laptop("ana"), laptop("luis")
    relay(luis, ana, signed=20, count=20)
    stranger = chain(20, device=new_id(), scope=programme_scope(ana.programme))
    ana.store.receive(stranger)
    assessment = visit(ana, photos=0)
    report = ana.sync(endpoint.address)
    assert report.errors == ()
    assert report.only_here.nothing
    with endpoint.endpoint.store.read() as reader:
        assert reader.get(Assessment, assessment.id) == assessment


def test_what_is_refused_of_others_holds_up_none_of_our_own(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, stranger = laptop("ana"), Laptop(Home(laptop("luis").home.root / "stranger"))
    changes = chain(3, device=stranger.store.device_id, scope=programme_scope(ana.programme))
    head = changes[-1]
    signature = sign_head(stranger.identity, head.device_id, head.scope, head.seq, head.hash)
    ana.store.receive(changes, [signature])
    visit(ana, photos=0)
    report = ana.sync(endpoint.address)
    assert [error.code for error in report.errors] == ["author_unknown"]
    assert report.only_here.nothing
    stranger.close()


def test_long_texts_go_and_come_in_pieces(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    texts = [{"note": {"text": token_hex(1_000_000), "language": "en"}} for _ in range(3)]
    scope = programme_scope(ana.programme)
    changes = chain(3, device=ana.store.device_id, author=ana.person, scope=scope, fields=texts)
    ana.store.receive(changes)
    assert ana.sync(endpoint.address).errors == ()
    assert luis.sync(endpoint.address).errors == ()
    with luis.store.read() as reader:
        assert len(reader.changes(ids=[change.id for change in changes])) == 3
