"""Lost answers, repeated pushes, cut lines, a killed process: whatever happens, nothing is lost and nothing doubles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenaudit.domain.values import programme_scope
from greenaudit.messages import Message
from greenaudit.server.run import Running
from greenaudit.sync.http import HttpLink
from greenaudit.sync.link import LinkError, Pieces
from greenaudit.wire.changes import ChangeBatch, PushAnswer
from tests.helpers.endpoint import answer, contents, photo_bytes, take_photo, visit
from tests.sync.conftest import MakeLaptop


def cut() -> LinkError:
    error = LinkError("connection_lost", Message("The line broke."))
    error.again = True
    return error


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it."""


@dataclass
class Losing:
    """A link that loses what it is told to: the answer of a push, or the line in the middle of a file."""

    link: HttpLink
    lose_answers: int = 0
    cut_uploads: int = 0
    cut_downloads: int = 0
    kill_after: int | None = None
    calls: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.link, name)

    def _count(self, name: str) -> None:
        self.calls.append(name)
        if self.kill_after is not None and len(self.calls) > self.kill_after:
            raise KilledError

    def push(self, batch: ChangeBatch) -> PushAnswer:
        self._count("push")
        given_answer = self.link.push(batch)
        self._count("push answered")
        if self.lose_answers:
            self.lose_answers -= 1
            raise cut()
        return given_answer

    def pull(self, scope: str, after: int, at: UUID | None = None) -> Any:
        self._count("pull")
        return self.link.pull(scope, after, at)

    def presence(self, question: Any) -> Any:
        self._count("presence")
        return self.link.presence(question)

    def upload(self, sha256: str, size: int, pieces: Pieces) -> None:
        self._count("upload")

        def broken(start: int) -> Iterator[bytes]:
            for piece in pieces(start):
                if self.cut_uploads:
                    self.cut_uploads -= 1
                    yield piece[: len(piece) // 2]
                    raise cut()
                yield piece

        self.link.upload(sha256, size, broken)
        self._count("upload answered")

    @contextmanager
    def download(self, sha256: str, offset: int) -> Iterator[Iterator[bytes]]:
        self._count("download")
        with self.link.download(sha256, offset) as pieces:
            yield self._broken(pieces)

    def _broken(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self.cut_downloads:
                self.cut_downloads -= 1
                yield piece[: len(piece) // 2]
                raise cut()
            yield piece


def at_endpoint(endpoint: Running, scope: str) -> list[Any]:
    return [item.change.id for item in endpoint.endpoint.store.feed_after(scope, 0, 100_000)]


def test_a_lost_answer_doubles_nothing(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana)
    made = [c.id for scope in ana.store.unsent_scopes() for c in ana.store.outgoing(scope)]
    lost = ana.sync(endpoint.address, lambda link: Losing(link, lose_answers=1))
    assert [error.code for error in lost.errors] == ["connection_lost"]
    assert not lost.complete
    assert ana.sync(endpoint.address).complete
    held = at_endpoint(endpoint, "registry") + at_endpoint(endpoint, programme_scope(ana.programme))
    assert len(held) == len(set(held))
    assert set(made) <= set(held)


def test_a_push_may_be_repeated_for_ever(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    visit(ana)
    pushed: list[ChangeBatch] = []

    class Recording(Losing):
        def push(self, batch: ChangeBatch) -> PushAnswer:
            pushed.append(batch)
            first = self.link.push(batch)
            assert self.link.push(batch) == first
            return first

    assert ana.sync(endpoint.address, Recording).complete
    assert pushed


def test_a_cut_upload_goes_on_and_the_photo_arrives_whole(endpoint: Running, laptop: MakeLaptop) -> None:
    ana, luis = laptop("ana"), laptop("luis")
    assessment = visit(ana, photos=0)
    photo = take_photo(ana, assessment, "Q-0", photo_bytes("big", 9 * 2**20))
    assert ana.sync(endpoint.address, lambda link: Losing(link, cut_uploads=3)).errors
    assert not ana.sync(endpoint.address, lambda link: Losing(link, kill_after=10_000)).errors
    assert endpoint.endpoint.evidence.blobs.sound(photo.sha256)
    assert luis.sync(endpoint.address, lambda link: Losing(link, cut_downloads=2)).errors == ()
    assert luis.blobs.read(photo.sha256) == ana.blobs.read(photo.sha256)


def test_an_endpoint_that_knows_no_offsets_sends_the_whole(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    assessment = visit(ana, photos=0)
    photo = take_photo(ana, assessment, "Q-0", photo_bytes("whole", 3 * 2**20))
    assert ana.sync(endpoint.address).complete
    link = ana.link(endpoint.address)
    for start in (0, 1, 2**20, photo.size - 1, photo.size):  # at its end there is no rest to ask for
        with link.download(photo.sha256, start) as pieces:
            assert b"".join(pieces) == ana.blobs.read(photo.sha256)[start:]
    link.close()


def test_an_upload_goes_on_from_where_it_was(endpoint: Running, laptop: MakeLaptop) -> None:
    ana = laptop("ana")
    assessment = visit(ana, photos=0)
    photo = take_photo(ana, assessment, "Q-0", photo_bytes("bigger", 9 * 2**20))
    begun: list[int] = []

    class Watching(Losing):
        def upload(self, sha256: str, size: int, pieces: Pieces) -> None:
            def watched(start: int) -> Iterator[bytes]:
                if sha256 == photo.sha256:
                    begun.append(start)
                for number, piece in enumerate(pieces(start)):
                    if number == 5 and len(begun) == 1:
                        raise KilledError
                    yield piece

            self.link.upload(sha256, size, watched)

    with pytest.raises(KilledError):
        ana.sync(endpoint.address, Watching)
    assert ana.sync(endpoint.address, Watching).complete
    assert begun == [0, 4 * 2**20]


@pytest.mark.parametrize("kill_after", [0, 1, 2, 5, 8])
def test_killed_anywhere_the_next_sync_finishes_the_work(
    endpoint: Running, laptop: MakeLaptop, kill_after: int
) -> None:
    ana = laptop("ana")
    visit(ana, answers=2, photos=1)
    before = contents(ana.store)
    link = None
    try:
        ana.sync(endpoint.address, lambda inner: Losing(inner, kill_after=kill_after))
    except KilledError:
        link = "killed"
    ana.reopen()
    for kind, records in before.items():
        assert {r.id for r in records} <= {r.id for r in contents(ana.store)[kind]}
    report = ana.sync(endpoint.address)
    assert report.complete
    assert link == "killed" or kill_after > 6


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plan=st.lists(
        st.tuples(
            st.sampled_from(["ana", "luis"]),
            st.sampled_from(["edit", "sync", "lose", "kill"]),
            st.integers(0, 4),
        ),
        max_size=10,
    )
)
def test_two_devices_on_a_bad_line_end_equal(
    endpoint: Running, laptop: MakeLaptop, plan: list[Any], pair: Any
) -> None:
    devices, assessment = pair
    for name, act, number in plan:
        device = devices[name]
        if act == "edit":
            answer(device, assessment, f"Q-{number}", level=number)
        elif act == "sync":
            device.sync(endpoint.address)
        elif act == "lose":
            device.sync(endpoint.address, lambda link: Losing(link, lose_answers=1))
        else:
            with pytest.raises(KilledError):
                device.sync(endpoint.address, lambda link, at=number: Losing(link, kill_after=min(at, 1)))
    for name in ("ana", "luis", "ana", "luis"):
        assert devices[name].sync(endpoint.address).errors == ()
    assert contents(devices["ana"].store) == contents(devices["luis"].store)
    for device in devices.values():
        assert device.store.check() == []
    with devices["ana"].store.read() as one, devices["luis"].store.read() as other:
        assert one.conflicts() == other.conflicts()


@pytest.fixture
def pair(endpoint: Running, laptop: MakeLaptop) -> Any:
    """Two devices that share a visit."""
    devices = {"ana": laptop("ana"), "luis": laptop("luis")}
    assessment = visit(devices["ana"])
    devices["ana"].sync(endpoint.address)
    devices["luis"].sync(endpoint.address)
    return devices, assessment
