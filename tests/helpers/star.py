"""An endpoint and its devices in one process: real stores, chains, signatures and synchronisations, no line between."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server.answers import told_as
from greenaudit.server.endpoint import Endpoint
from greenaudit.server.opening import open_endpoint
from greenaudit.server.rights import Account, scopes
from greenaudit.signing.identities import Identity
from greenaudit.store.blobs import BlobStore
from greenaudit.store.store import Store
from greenaudit.sync.engine import synchronise
from greenaudit.sync.enrolment import enrol, has_new_name, is_enrolled
from greenaudit.sync.link import LinkError, Pieces
from greenaudit.sync.report import SyncReport
from greenaudit.wire.changes import ChangeBatch, FeedPage, PushAnswer
from greenaudit.wire.enrolment import EnrolAnswer, EnrolRequest, TokenAnswer
from greenaudit.wire.evidence import PresenceAnswer, PresenceQuestion
from tests.helpers.endpoint import founded_home
from tests.helpers.store import KEY, make_store

T = TypeVar("T")


class Centre:
    """The endpoint of a star; it can be set back to how it was."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.home, self._kept, self._clock = founded_home(folder / "endpoint"), folder / "kept", clock
        self.endpoint: Endpoint = open_endpoint(self.home, clock=clock)

    def keep_a_copy(self) -> None:
        self.endpoint.close()
        shutil.rmtree(self._kept, ignore_errors=True)
        shutil.copytree(self.home.root, self._kept)
        self.endpoint = open_endpoint(self.home, clock=self._clock)

    def set_back(self) -> None:
        if self._kept.exists():
            self.endpoint.close()
            shutil.rmtree(self.home.root)
            shutil.copytree(self._kept, self.home.root)
            self.endpoint = open_endpoint(self.home, clock=self._clock)


@dataclass
class Spoke:
    """A device: its store and keys."""

    folder: Path
    store: Store
    identity: Identity
    person: UUID

    @classmethod
    def made(cls, folder: Path, person: UUID, clock: Clock) -> Spoke:
        return cls(folder, make_store(folder, clock), Identity.create(folder / "identity", KEY), person)

    def copy(self, folder: Path) -> Spoke:
        """The same home once more."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        self.store = Store.open(Home(self.folder), KEY, self.store.clock)
        store = Store.open(Home(folder), KEY, self.store.clock)
        return Spoke(folder, store, self.identity, self.person)

    def restored(self, folder: Path) -> Spoke:
        """As a backup of this moment is restored: a new device without keys."""
        copy = self.copy(folder)
        copy.store.become_new_device()
        copy.identity = Identity.create(folder / f"identity-{folder.name}", KEY)
        return copy

    def enrol(self, centre: Centre, *, unknown: bool = False) -> None:
        """Enrols this device if it isn't (or the endpoint doesn't know it any more), as `services.syncing` does."""
        if is_enrolled(self.store) and not unknown:
            return
        if has_new_name(self.store):
            self.identity = Identity.create(self.folder / f"identity-{uuid4()}", KEY)
        try:
            self._enrol(centre)
        except LinkError as error:
            if error.code != "device_exists":
                raise
            # a copy of this one was first
            self.store.become_new_device()
            self.enrol(centre, unknown=True)

    def _enrol(self, centre: Centre) -> None:
        code = centre.endpoint.new_code(self.person)
        enrol(_Link(centre, self), self.store, self.identity, code)

    def sync(self, centre: Centre) -> SyncReport:
        return synchronise(
            self.store, BlobStore(self.folder / "evidence", KEY), self.identity, _Link(centre, self)
        )


class _Link:
    """The endpoint, called directly; what it refuses comes as it would over a line."""

    def __init__(self, centre: Centre, spoke: Spoke) -> None:
        self._endpoint, self._spoke = centre.endpoint, spoke

    def _account(self) -> Account:
        device = self._endpoint.devices.known(self._spoke.store.device_id)
        return self._endpoint.accounts.of(device.person_id)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        return _asked(lambda: self._endpoint.enrol(request, "here"))

    def login(self) -> TokenAnswer:
        found = _asked(self._account)
        return TokenAnswer(
            token="-",
            expires_in=900,
            server_time=self._endpoint.clock.now(),
            feed=str(self._endpoint.store.device_id),
            scopes=scopes(found),
        )

    def push(self, batch: ChangeBatch) -> PushAnswer:
        return _asked(lambda: self._endpoint.feed.push(self._account(), batch))

    def pull(self, scope: str, after: int, at: UUID | None = None) -> FeedPage:
        return _asked(lambda: self._endpoint.feed.page(self._account(), scope, after, 7, at=at))

    def presence(self, question: PresenceQuestion) -> PresenceAnswer:
        return PresenceAnswer(held=(), missing=question.asked)  # nobody has any file here

    def upload(self, sha256: str, size: int, pieces: Pieces) -> None:
        raise NotImplementedError

    def download(self, sha256: str, offset: int) -> AbstractContextManager[Iterator[bytes]]:
        raise NotImplementedError

    def close(self) -> None:
        pass


def _asked(call: Callable[[], T]) -> T:
    try:
        return call()
    except KnownError as error:
        told = told_as(error.code, error.message)
        refused = LinkError(told.code, error.message)
        refused.refused = True
        raise refused from error
