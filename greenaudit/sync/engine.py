"""Synchronising: pull, push, then the evidence. It can be cut off anywhere and begun again; nothing doubles.

The order of each step makes that so. A change counts as sent when the endpoint's answer names it, and the cursor of
a feed moves when what lies before it is in the store. Pulling only adds to the journal: it can't touch what waits to
be sent. A record is complete at the endpoint only when it has also confirmed every file that the record names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from greenaudit.domain.evidence import Photo
from greenaudit.domain.journal import ChainSignature, Change
from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing.chains import sign_head
from greenaudit.signing.identities import Identity
from greenaudit.store.blobs import BlobStore
from greenaudit.store.store import Store
from greenaudit.sync.evidence import exchange_evidence
from greenaudit.sync.link import Link, ends_all
from greenaudit.sync.proofs import check_page
from greenaudit.sync.report import OnProgress, Progress, SyncReport, held_blobs, only_here
from greenaudit.wire.changes import BATCH, MOST, ChangeBatch, PushAnswer


def _silent(progress: Progress) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


@dataclass
class _Tally:
    """Counts as a synchronisation goes on."""

    pushed: int = 0
    pulled: int = 0
    waiting: int = 0
    sent: int = 0
    received: int = 0
    absent: int = 0
    errors: list[KnownError] = field(default_factory=list)


def synchronise(
    store: Store,
    blobs: BlobStore,
    identity: Identity,
    link: Link,
    *,
    progress: OnProgress = _silent,
    stopped: Callable[[], bool] = _never,
) -> SyncReport:
    """Exchanges everything with the endpoint. What failed is in the report; what was done before stays done.

    `stopped` is asked between pieces: when it says yes, the rest waits for the next time.
    """
    tally = _Tally()
    work = _Work(store, identity, link, progress, stopped, tally)
    try:
        progress(Progress("login", 0, None))
        granted = link.login()
        work.feed = granted.feed
        for scope in granted.scopes:
            work.exchange(scope)
        work.name_left_behind(granted.scopes)
        if not stopped():
            tally.sent, tally.received, tally.absent = exchange_evidence(
                store, blobs, link, progress, stopped, tally.errors
            )
    except KnownError as error:
        tally.errors.append(error)
    return _report(store, blobs, tally)


@dataclass
class _Work:
    """One synchronisation under way."""

    store: Store
    identity: Identity
    link: Link
    progress: OnProgress
    stopped: Callable[[], bool]
    tally: _Tally
    feed: str = ""

    def exchange(self, scope: str) -> None:
        """Pulls and pushes one scope. A refusal is noted and ends this scope only; a broken line ends all."""
        try:
            self._pull(scope)
            if self._push(scope):
                self._pull(scope)
        except KnownError as error:
            if ends_all(error):
                raise
            self.tally.errors.append(error)

    def name_left_behind(self, scopes: tuple[str, ...]) -> None:
        """Says so when something waits in a scope to which this device has no access (any more)."""
        for scope in set(self.store.unsent_scopes()) - set(scopes):
            self.tally.errors.append(
                KnownError(
                    "scope_not_ours",
                    msg(
                        "Changes in {scope} stay on this device: the endpoint gives it no access there. Ask whoever "
                        "runs the programme.",
                        scope=scope,
                    ),
                )
            )

    def _pull(self, scope: str) -> None:
        """Takes the feed's pieces, each into the store before the cursor moves past it."""
        more = True
        while more and not self.stopped():
            after = self.store.cursor(self.feed, scope)
            page = self.link.pull(scope, after)
            changes = page.batch.changes()
            check_page(page, changes, scope, after)
            if changes:
                received = self.store.receive(changes, page.batch.signatures, confirmed=True)
                self.tally.pulled += received.applied
                self.store.set_cursor(self.feed, scope, page.last)
                self.progress(Progress("pull", self.tally.pulled, None))
            more = page.more

    def _push(self, scope: str) -> bool:
        """Hands over what the endpoint has not confirmed, in batches; True when others wrote there meanwhile."""
        others_wrote = False
        while not self.stopped():
            changes, signatures = self._next_batch(scope)
            if not changes:
                return others_wrote
            answer = self.link.push(ChangeBatch.of(scope, changes, signatures))
            confirmed = _confirmed(answer, changes)
            self.store.confirm(confirmed)
            self.tally.pushed += len(confirmed)
            self.progress(Progress("push", self.tally.pushed, None))
            others_wrote |= not self._follow(scope, answer.numbers)
            if not confirmed:
                self.tally.waiting += answer.waiting
                return others_wrote
        return others_wrote

    def _next_batch(self, scope: str) -> tuple[tuple[Change, ...], tuple[ChainSignature, ...]]:
        """The next changes to send with a signature over the last of each device: ours is made now."""
        for limit in (BATCH, MOST):
            waiting = self.store.outgoing(scope, limit)
            with self.store.read() as reader:
                relayed = {s.device_id: s for s in reader.chain_signatures(scope)}
            chosen, signatures = self._provable(waiting, relayed)
            if chosen or len(waiting) < limit:
                break
        return chosen, signatures

    def _provable(
        self, waiting: tuple[Change, ...], relayed: dict[UUID, ChainSignature]
    ) -> tuple[tuple[Change, ...], tuple[ChainSignature, ...]]:
        own = [change for change in waiting if change.device_id == self.store.device_id]
        signatures = []
        if own:
            last = own[-1]
            signatures.append(sign_head(self.identity, last.device_id, last.scope, last.seq, last.hash))
        ends = {self.store.device_id: own[-1].seq if own else 0}
        places = {(change.device_id, change.seq) for change in waiting}
        for device_id in {change.device_id for change in waiting} - {self.store.device_id}:
            signature = relayed.get(device_id)
            if signature is not None and (device_id, signature.seq) in places:
                signatures.append(signature)
                ends[device_id] = signature.seq
        chosen = tuple(change for change in waiting if change.seq <= ends.get(change.device_id, 0))
        return chosen, tuple(signatures)

    def _follow(self, scope: str, numbers: tuple[int, ...]) -> bool:
        """Moves the cursor over our own changes, when nobody else's lie between; else they are to be pulled."""
        if not numbers:
            return True
        first, last = min(numbers), max(numbers)
        if last - first + 1 == len(numbers) and self.store.cursor(self.feed, scope) == first - 1:
            self.store.set_cursor(self.feed, scope, last)
            return True
        return False


def _confirmed(answer: PushAnswer, sent: tuple[Change, ...]) -> dict[UUID, int]:
    """What the answer confirms of what was sent; an id that we did not send means nothing."""
    ids = {change.id for change in sent}
    return {i: number for i, number in zip(answer.ids, answer.numbers, strict=True) if i in ids}


def _report(store: Store, blobs: BlobStore, tally: _Tally) -> SyncReport:
    held: frozenset[Sha256] = held_blobs(store)
    with store.read() as reader:
        own = sum(
            chains[str(store.device_id)].seq
            for chains in reader.chain_heads().values()
            if str(store.device_id) in chains
        )
        photos = {photo.sha256 for photo in reader.where(Photo)}
    here = only_here(store, blobs)
    return SyncReport(
        pushed=tally.pushed,
        pulled=tally.pulled,
        photos_sent=tally.sent,
        photos_received=tally.received,
        waiting=tally.waiting,
        absent=tally.absent,
        confirmed_changes=own - here.changes,
        confirmed_photos=len(photos & held),
        only_here=here,
        errors=tuple(tally.errors),
    )
