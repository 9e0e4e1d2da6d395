"""The store of one device or of the endpoint: the journal, what it adds up to, and the transactions on them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import insert, inspect
from sqlalchemy.engine import Connection, Engine

from greenaudit.clock import Clock, SystemClock
from greenaudit.domain.journal import ChainSignature, Change
from greenaudit.paths import Home
from greenaudit.store import errors, feed, forking, projection, receiving
from greenaudit.store.engine import WRITING, copy_to, integrity, open_engine
from greenaudit.store.feed import Cursor, Numbered, Numbering
from greenaudit.store.files import make_folder, plain_refusals
from greenaudit.store.forking import Forks
from greenaudit.store.journal_tables import CHANGE, META
from greenaudit.store.migrations import migrate
from greenaudit.store.reader import Reader
from greenaudit.store.receiving import Received
from greenaudit.store.tables import METADATA
from greenaudit.store.unit import Unit
from greenaudit.store.upcasting import projection_version
from greenaudit.store.versions import HEAD_VERSION, VERSIONS, stamp_new, version_of
from greenaudit.store.writer import Writer

MARKER = "greenaudit"
FORKED_FROM = "forked_from"
"""The fact (`Store.meta`) that this was a device whose chain forked, since its home had been copied: the old id."""
# No letters that are mistaken for figures, in print or on the telephone.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 5


class Store:
    """One encrypted database. Safe to use from any thread; every call is one transaction of its own.

    `numbers_feed` is the endpoint's: whatever enters the journal gets a number in the feed of its scope.
    """

    def __init__(self, engine: Engine, clock: Clock, *, numbers_feed: bool) -> None:
        self.engine = engine
        self.clock = clock
        self._numbers_feed = numbers_feed
        self._writer = Writer(engine)
        with self.read() as reader:
            self.device_id = UUID(reader.meta("device_id") or "")
            self.device_code = reader.meta("device_code") or ""

    @classmethod
    def create(
        cls, home: Home, key: bytes, clock: Clock | None = None, *, numbers_feed: bool = False
    ) -> Store:
        """Makes the database, whole or not at all, and opens it. Never writes over one that is there."""
        make_folder(home.root)
        if home.database.exists():
            raise errors.exists(home.database)
        draft = home.database.with_suffix(".new")
        with plain_refusals(draft):
            for leftover in (draft, *_beside(draft)):
                leftover.unlink(missing_ok=True)
        engine = open_engine(draft, key)
        with errors.translated(engine), engine.execution_options(**WRITING).begin() as connection:
            METADATA.create_all(connection)
            stamp_new(connection)
            facts = {
                "marker": MARKER,
                "device_id": str(uuid4()),
                "device_code": new_device_code(),
                "projection": projection_version(),
            }
            connection.execute(insert(META), [{"key": k, "value": v} for k, v in facts.items()])
        engine.dispose()  # the last connection folds the log into the file
        with plain_refusals(home.database):
            os.replace(draft, home.database)
        return cls.open(home, key, clock, numbers_feed=numbers_feed)

    @classmethod
    def open(
        cls,
        home: Home,
        key: bytes,
        clock: Clock | None = None,
        *,
        numbers_feed: bool = False,
        before_migrating: Callable[[Engine], None] | None = None,
    ) -> Store:
        """Opens the database; migrates it when it is behind, after a copy was put into the backups.

        Raises a StoreError with a sentence for a wrong key, and for a foreign, empty, newer or damaged file.
        """
        path = home.database
        if not path.exists():
            raise errors.absent(path)
        engine = open_engine(path, key)
        try:
            behind = _version_behind(engine, path)
            if behind is not None:
                if before_migrating is not None:
                    before_migrating(engine)
                _copy_before_migrating(engine, home, behind)
                with errors.translated(engine):
                    migrate(engine)
            store = cls(engine, clock or SystemClock(), numbers_feed=numbers_feed)
        except BaseException:
            engine.dispose()
            raise
        try:
            store.refresh_projection()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Lets go of the file; the last connection folds the write-ahead log into it."""
        self._writer.close()
        self.engine.dispose()

    @contextmanager
    def unit(self, author_id: UUID) -> Iterator[Unit]:
        """A writing transaction: durable when the block has ended, undone when it raises."""
        with self._writer.transaction() as connection:
            numbering = Numbering(connection) if self._numbers_feed else None
            yield Unit(
                connection,
                self.clock,
                author_id=author_id,
                device_id=str(self.device_id),
                numbering=numbering,
            )

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A reading transaction: everything read within belongs to one moment, and nobody is held up."""
        with errors.translated(self.engine), self.engine.begin() as connection:
            yield Reader(connection)

    def receive(
        self,
        changes: Sequence[Change],
        signatures: Iterable[ChainSignature] = (),
        *,
        confirmed: bool = False,
    ) -> Received:
        """Takes over changes made elsewhere (see `receiving`). `confirmed`: they came from the endpoint.

        Whether the signatures are genuine is for the caller to check first.
        """
        with self._writer.transaction() as connection:
            return receiving.receive(
                connection,
                changes,
                signatures,
                self.clock.now(),
                device=self.device_id,
                confirmed=confirmed,
                numbering=Numbering(connection) if self._numbers_feed else None,
            )

    def outgoing(
        self, scope: str, limit: int = 2000, *, which: Literal["all", "provable", "own"] = "all"
    ) -> tuple[Change, ...]:
        """The first changes of a scope that the endpoint has not confirmed: own and relayed, only those whose author
        this device can prove, or only what this device made.
        """
        conditions = {
            "all": (),
            "provable": (feed.provable(self.device_id),),
            "own": (feed.made_by(self.device_id),),
        }
        with self._reading() as connection:
            return feed.outgoing(connection, scope, limit, conditions[which])

    def unsent_scopes(self) -> tuple[str, ...]:
        """The scopes in which something waits to be sent."""
        with self._reading() as connection:
            return feed.unsent_scopes(connection)

    def confirm(self, numbers: Mapping[UUID, int]) -> None:
        """Notes that the endpoint has these changes: {change id: feed number}."""
        with self._writer.transaction() as connection:
            feed.confirm(connection, numbers)

    def unconfirm(self, scope: str) -> None:
        """Forgets what an endpoint confirmed of a scope, since it may have lost it: the next pull confirms what it has."""
        with self._writer.transaction() as connection:
            feed.unconfirm(connection, scope)

    def cursor(self, endpoint: str, scope: str) -> Cursor:
        """How far a scope was pulled; 0 at first."""
        with self._reading() as connection:
            return feed.cursor(connection, endpoint, scope)

    def set_cursor(self, endpoint: str, scope: str, reached: Cursor) -> None:
        """Notes how far a scope was pulled. Setting it back pulls again; nothing doubles."""
        with self._writer.transaction() as connection:
            feed.set_cursor(connection, endpoint, scope, reached)

    def feed_after(self, scope: str, number: int, limit: int = 2000) -> tuple[Numbered, ...]:
        """At the endpoint: the changes of a scope's feed after a number."""
        with self._reading() as connection:
            return feed.feed_after(connection, scope, number, limit)

    def feed_numbers(self, ids: Iterable[UUID]) -> dict[UUID, int]:
        """At the endpoint: the feed numbers of changes, for confirming a push. What waits has none yet."""
        with self._reading() as connection:
            return feed.numbers_of(connection, list(ids))

    def meta(self, key: str) -> str | None:
        """A fact about this store that never leaves it."""
        with self.read() as reader:
            return reader.meta(key)

    def set_meta(self, key: str, value: str) -> None:
        """Sets a fact about this store."""
        with self._writer.transaction() as connection:
            feed.set_meta(connection, key, value)

    def become_new_device(self) -> None:
        """A new device id and code: for a store restored from a copy, whose original may go on writing its chains."""
        with self._writer.transaction() as connection:
            device_id, code = _renamed(connection)
        self.device_id, self.device_code = device_id, code

    def forks(self, changes: Iterable[Change]) -> Forks:
        """Where the chains of changes from elsewhere are not the ones that are kept here (see `forking`)."""
        with self._reading() as connection:
            return forking.forks(connection, changes)

    def strays(self, scope: str) -> Forks:
        """From where on this store's own changes under an earlier device's name can be proven by nobody."""
        with self._reading() as connection:
            return feed.unsent(connection, feed.stray(self.device_id), CHANGE.c.scope == scope)

    def unsent_branches(self) -> Forks:
        """From where on what was made here waits to be sent, in all chains."""
        with self._reading() as connection:
            return feed.unsent(connection)

    def numbered_after(self, scope: str, number: int) -> frozenset[UUID]:
        """What the endpoint confirmed under a feed number after this one."""
        with self._reading() as connection:
            return feed.numbered_after(connection, scope, number)

    def step_aside(self, at: Forks) -> int:
        """Leaves the branches that nobody else has (see `forking`); gives how many changes of others were set aside.

        This is a new device then, if one of the chains was its own, or if a closing can be said again on its chain only
        with what it didn't close: FORKED_FROM names the old one.
        """
        old, old_code = self.device_id, self.device_code
        forks_itself = any(device == old for device, _ in at)
        try:
            with self._writer.transaction() as connection:
                at = forking.with_unsent(connection, at, old)
                if forks_itself or forking.would_mix(connection, at, old):
                    # Before the transaction ends: whoever writes next writes under the new name.
                    self.device_id, self.device_code = _renamed(connection)
                    feed.set_meta(connection, FORKED_FROM, str(old))
                numbering = Numbering(connection) if self._numbers_feed else None
                return forking.step_aside(connection, at, self.device_id, numbering)
        except BaseException:
            self.device_id, self.device_code = old, old_code
            raise

    def rebuild(self) -> None:
        """Computes heads and rows anew from the journal."""
        with self._writer.transaction() as connection:
            projection.rebuild(connection)
            feed.set_meta(connection, "projection", projection_version())

    def refresh_projection(self) -> None:
        """Rebuilds when an older or newer program computed the rows: this one may read more of the journal."""
        if self.meta("projection") != projection_version():
            self.rebuild()

    def check(self) -> list[str]:
        """Where heads or rows are not what the journal adds up to; none when all is well."""
        with self._reading() as connection:
            return projection.differences(connection)

    def integrity(self) -> list[str]:
        """What SQLite and SQLCipher find wrong in the file; none when it is sound."""
        return integrity(self.engine)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with errors.translated(self.engine), self.engine.begin() as connection:
            yield connection


def new_device_code() -> str:
    """Five letters that name a device in its report numbers (one in 33 million)."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _renamed(connection: Connection) -> tuple[UUID, str]:
    """Makes the store another device."""
    device_id, code = uuid4(), new_device_code()
    feed.set_meta(connection, "device_id", str(device_id))
    feed.set_meta(connection, "device_code", code)
    feed.set_meta(connection, "report_counter", "0")
    return device_id, code


def _version_behind(engine: Engine, path: Path) -> str | None:
    """The version of the tables when it is older than today's; raises for one that isn't ours or is newer."""
    with errors.translated(engine), engine.begin() as connection:
        version = version_of(connection)
        marked = version is not None and Reader(connection).meta("marker") == MARKER
        empty = version is None and not inspect(connection).get_table_names()
    if empty:
        raise errors.empty(path)
    if version is None or not marked:
        raise errors.foreign(path)
    if version not in VERSIONS:
        raise errors.newer(path, version)
    return None if version == HEAD_VERSION else version


def _copy_before_migrating(engine: Engine, home: Home, version: str) -> None:
    make_folder(home.backups)
    target = home.backups / f"before-{version}-to-{HEAD_VERSION}.db"
    with plain_refusals(target):
        target.unlink(missing_ok=True)
    copy_to(engine, target)


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))
