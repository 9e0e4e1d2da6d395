"""Changes in and out: who may, that every one has a proven author, and the pieces in which a feed is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from greenaudit.domain.journal import SCHEMA, ChainSignature, Change
from greenaudit.domain.records import RECORDS
from greenaudit.domain.values import REGISTRY
from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import msg
from greenaudit.server.accounts import Accounts
from greenaudit.server.authorship import check_authors
from greenaudit.server.closings import check_closings
from greenaudit.server.devices import Devices
from greenaudit.server.numbers import note_arrivals
from greenaudit.server.rights import Account, may_pull, may_push
from greenaudit.store import refusals
from greenaudit.store.errors import BrokenChainError
from greenaudit.store.feed import Numbered
from greenaudit.store.forking import Forks
from greenaudit.store.store import Store
from greenaudit.sync.proofs import unproven
from greenaudit.wire.changes import (
    BATCH,
    MOST,
    PIECE_BYTES,
    PUSH_BYTES,
    ChangeBatch,
    FeedPage,
    PushAnswer,
    fitting,
)

_log = logger("server")

Chain = tuple[UUID, int]
"""A device and a number in its chain of one scope."""


@dataclass(frozen=True)
class Ours:
    """The endpoint as one who makes changes: its key, how an id of its own is entered, and how it takes another."""

    key: str
    enter: Callable[[UUID], None]
    step_aside: Callable[[Forks], None]


class Feed:
    """Takes pushes and gives pulls."""

    def __init__(self, store: Store, devices: Devices, accounts: Accounts, ours: Ours) -> None:
        self._store = store
        self._devices = devices
        self._accounts = accounts
        self._ours = ours

    def push(self, account: Account, batch: ChangeBatch) -> PushAnswer:
        """Takes a batch over, whole or not at all; what the answer names is durable."""
        if not may_push(account, batch.scope):
            raise scope_refused(batch.scope)
        changes = batch.changes()
        authors = {change.device_id for change in changes}
        self._know_ourselves(changes, batch)
        people = {author: self._check_author(author, batch.scope) for author in authors}
        check_authors(changes, self._devices.authors(authors), people)
        self._check_places(changes, batch.scope)
        with self._store.read() as reader:
            check_closings(changes, reader)
        stranger = unproven(changes, batch.signatures, self._devices.keys(authors), batch.scope)
        if stranger is not None:
            raise refusals.unsigned(stranger)
        self._receive(changes, batch.signatures)
        with self._store.read() as reader:
            note_arrivals(changes, reader)
        numbers = self._store.feed_numbers(batch.ids)
        return PushAnswer(
            ids=tuple(numbers), numbers=tuple(numbers.values()), waiting=len(set(batch.ids)) - len(numbers)
        )

    def _know_ourselves(self, changes: Sequence[Change], batch: ChangeBatch) -> None:
        """Enters ids under which this endpoint wrote before it was set back to an older copy: its key proves them."""
        for author in {change.device_id for change in changes}:
            if self._devices.find(author) is None:
                theirs = [change for change in changes if change.device_id == author]
                signed = [signature for signature in batch.signatures if signature.device_id == author]
                if unproven(theirs, signed, {author: self._ours.key}, batch.scope) is None:
                    self._ours.enter(author)

    def _receive(self, changes: Sequence[Change], signatures: Sequence[ChainSignature]) -> None:
        """Takes over what is proven. What we signed ourselves and don't know, we wrote before we were set back to an
        older copy: devices build on it, so it stands, and what we wrote since is said once more under a new name.
        """
        try:
            self._store.receive(changes, signatures)
        except BrokenChainError:
            own = self._store.device_id
            forks = {at: first for at, first in self._store.forks(changes).items() if at[0] == own}
            if not forks:
                raise
            self._ours.step_aside(forks)
            self._store.receive(changes, signatures)

    def _check_author(self, device_id: UUID, scope: str) -> Account:
        """Whose device made a change; KnownError unless it is one of this programme: one that is out by now, too.

        Whoever relays it is in good standing and has taken it over: what they wrote after it stands on it.
        """
        device = self._devices.find(device_id)
        person = self._accounts.ever(device.person_id) if device else None
        if person is None:
            raise refusals.author_unknown(device_id)
        if not may_push(person, scope):
            raise scope_refused(scope)
        return person

    def _check_places(self, changes: Sequence[Change], scope: str) -> None:
        """KnownError for a change that reaches into another scope than its own."""
        with self._store.read() as reader:
            elsewhere = reader.elsewhere(scope, ((c.record_type, c.record_id) for c in changes))
        for change in changes:
            if not fits(change, scope) or (change.record_type, change.record_id) in elsewhere:
                raise refusals.astray(change)

    def page(
        self, account: Account, scope: str, after: int, limit: int = BATCH, *, at: UUID | None = None
    ) -> FeedPage:
        """A piece of a scope's feed, cut where the last change of every chain in it is signed."""
        if not may_pull(account, scope):
            raise scope_refused(scope)
        self._check_continues(scope, after, at)
        for most, size in ((min(max(1, limit), BATCH), PIECE_BYTES), (BATCH + MOST, PUSH_BYTES)):
            found = self._store.feed_after(scope, after, most + 1)
            numbered = found[: fitting((item.change for item in found[:most]), size)]
            signatures = self._signatures(scope, numbered)
            end = proven_length([item.change for item in numbered], set(signatures))
            if end or not numbered:
                break
        if numbered and not end:  # our own change of this very moment, mostly: the next pull brings it
            _log.warning("no signature covers %s after %s yet", scope, after)
        page = numbered[:end]
        changes = [item.change for item in page]
        authors = {change.device_id for change in changes}
        places = {(change.device_id, change.seq) for change in changes}
        return FeedPage(
            batch=ChangeBatch.of(scope, changes, (s for at, s in signatures.items() if at in places)),
            last=page[-1].number if page else after,
            more=0 < end < len(found),
            keys=self._devices.keys(authors),
        )

    def _check_continues(self, scope: str, after: int, at: UUID | None) -> None:
        """KnownError when the feed has not the change at this number that the device knows there."""
        here = self._store.feed_after(scope, after - 1, 1) if after else ()
        if after and (not here or here[0].number != after or (at is not None and here[0].change.id != at)):
            raise KnownError(
                "feed_changed",
                msg(
                    "This endpoint was set back to an older copy. The device reads everything again and sends what is "
                    "missing here."
                ),
            )

    def _signatures(self, scope: str, numbered: Sequence[Numbered]) -> dict[Chain, ChainSignature]:
        """The signatures over changes of this piece."""
        numbers: dict[UUID, list[int]] = defaultdict(list)
        for item in numbered:
            numbers[item.change.device_id].append(item.change.seq)
        with self._store.read() as reader:
            return {
                (device_id, signature.seq): signature
                for device_id, seqs in numbers.items()
                for signature in reader.signatures_between(scope, device_id, min(seqs), max(seqs))
            }


def proven_length(changes: Sequence[Change], signed: set[Chain]) -> int:
    """How many of the first changes can be given so that of every chain the last one is signed."""
    open_chains: set[UUID] = set()
    length = 0
    for index, change in enumerate(changes, 1):
        if (change.device_id, change.seq) in signed:
            open_chains.discard(change.device_id)
        else:
            open_chains.add(change.device_id)
        if not open_chains:
            length = index
    return length


def fits(change: Change, scope: str) -> bool:
    """Whether a change stands in the scope that its record belongs to, as far as this program knows its kind."""
    kind = RECORDS.get(change.record_type)
    if kind is None or change.schema_version > SCHEMA:
        return True
    if kind.home == "registry":
        return scope == REGISTRY
    named = change.fields.get("programme_id")
    return scope != REGISTRY and (named is None or scope == f"programme:{named}")


def scope_refused(scope: str) -> KnownError:
    """This account has no part in that scope."""
    return KnownError(
        "scope_refused",
        msg(
            "This account may not see or change {scope}. Ask whoever runs the programme for access.",
            scope=scope,
        ),
    )
