"""Synchronising: pull, push, then the evidence. It can be cut off anywhere and begun again; nothing doubles.

The order of each step makes that so. A change counts as sent when the endpoint's answer names it, and the cursor of
a feed moves when what lies before it is in the store. Pulling only adds to the journal: it can't touch what waits to
be sent. A record is complete at the endpoint only when it has also confirmed every file that the record names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
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
from greenaudit.store.errors import BrokenChainError
from greenaudit.store.feed import Cursor
from greenaudit.store.forking import Forks
from greenaudit.store.receiving import Received
from greenaudit.store.store import Store
from greenaudit.sync import forks
from greenaudit.sync.evidence import exchange_evidence
from greenaudit.sync.link import Link, LinkError, ends_all
from greenaudit.sync.proofs import check_page, unproven_feed
from greenaudit.sync.report import OnProgress, Progress, SyncReport, held_blobs, only_here
from greenaudit.wire.changes import BATCH, MOST, ChangeBatch, FeedPage, PushAnswer, fitting


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
    relaying: bool = True
    offered: bool = False

    def exchange(self, scope: str) -> None:
        """Pulls and pushes one scope. A refusal is noted and ends this scope only; a broken line ends all, and so does
        a chain of ours that forked: this device must enrol under another name first.
        """
        self.relaying, self.offered = True, False
        try:
            self._pull(scope)
            if self._push(scope):
                self._pull(scope)
        except KnownError as error:
            if ends_all(error) or error.code == forks.FORKED:
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
        """Takes the feed to its end. What was confirmed after its beginning and isn't in it is gone: we read anew."""
        start = self.store.cursor(self.feed, scope).number
        seen = self._read(scope)
        if seen is not None and self.store.numbered_after(scope, start) - seen:
            self.store.set_cursor(self.feed, scope, Cursor())
            self._read(scope)

    def _read(self, scope: str) -> set[UUID] | None:
        """Takes the feed's pieces, each into the store before the cursor moves past it; None when we were stopped."""
        seen: set[UUID] = set()
        more = True
        while more:
            if self.stopped():
                return None
            page = self._page(scope)
            changes = page.batch.changes()
            check_page(page, changes, scope, self.store.cursor(self.feed, scope).number)
            if changes:
                received = self._take(scope, page, changes)
                if received is None:
                    continue
                seen.update(change.id for change in changes)
                self.tally.pulled += received.applied
                self.store.set_cursor(self.feed, scope, Cursor(page.last, changes[-1].id))
                self.progress(Progress("pull", self.tally.pulled, None))
            more = page.more
        return seen

    def _take(self, scope: str, page: FeedPage, changes: tuple[Change, ...]) -> Received | None:
        """Takes a piece over. Where the endpoint has another branch of a chain, ours gives way, after the endpoint was
        offered what we have (an older copy of the endpoint learns so what it had written); then None: read again.
        """
        try:
            return self.store.receive(changes, page.batch.signatures, confirmed=True)
        except BrokenChainError as error:
            found = forks.told_apart(error, self.store, changes)
        if any(device == self.store.device_id for device, _ in found):
            if page.keys.get(self.store.device_id) != self.identity.public_key_pem:
                raise unproven_feed()  # nobody but a copy of us signs with our key
            forks.leave(self.store, found)
        if not self.offered:
            self.offered = True
            self._push(scope)
            return None
        self._give_way(found)
        return self.store.receive(changes, page.batch.signatures, confirmed=True)

    def _give_way(self, found: Forks) -> None:
        """Leaves branches of other devices, or of names that this one had before. Ends all if this one needs a new one."""
        count = forks.step_aside(self.store, found)
        if count:
            self.tally.errors.append(forks.set_aside(next(iter(found))[0], count))

    def _page(self, scope: str) -> FeedPage:
        """The next piece of a feed. A feed that is read from its beginning confirms anew what its endpoint has.

        So an endpoint that was set up anew, or set back to an older copy, gets again what only devices have now.
        """
        reached = self.store.cursor(self.feed, scope)
        if reached.number:
            try:
                return self.link.pull(scope, reached.number, reached.change)
            except LinkError as error:
                if error.code != "feed_changed":
                    raise
            self.store.set_cursor(self.feed, scope, Cursor())
        self.store.unconfirm(scope)
        return self.link.pull(scope, 0)

    def _push(self, scope: str) -> bool:
        """Hands over what the endpoint has not confirmed, in batches; True when others wrote there meanwhile."""
        others_wrote = False
        while not self.stopped():
            strays = self.store.strays(scope)
            if strays:
                self._give_way(strays)
            changes, signatures = self._next_batch(scope)
            if not changes:
                return others_wrote
            try:
                answer = self.link.push(ChangeBatch.of(scope, changes, signatures))
            except LinkError as error:
                if not (error.refused and self._give_up_relaying(scope, changes, error)):
                    raise
                self.tally.errors.append(error)
                continue
            confirmed = _confirmed(answer, changes)
            self.store.confirm(confirmed)
            self.tally.pushed += len(confirmed)
            self.progress(Progress("push", self.tally.pushed, None))
            others_wrote |= not self._follow(scope, confirmed)
            if not confirmed:
                self.tally.waiting += answer.waiting
                return others_wrote
        return others_wrote

    def _next_batch(self, scope: str) -> tuple[tuple[Change, ...], tuple[ChainSignature, ...]]:
        """The next changes to send with a signature over the last of each device: ours is made now."""
        for limit in (BATCH, MOST) if self.relaying else ():
            waiting = self.store.outgoing(scope, limit, which="provable")
            chosen, signatures = self._provable(scope, waiting[: fitting(waiting)])
            if chosen or len(waiting) < limit:
                return chosen, signatures
        waiting = self.store.outgoing(scope, BATCH, which="own")  # whatever others' changes wait for
        return self._provable(scope, waiting[: fitting(waiting)])

    def _provable(
        self, scope: str, waiting: tuple[Change, ...]
    ) -> tuple[tuple[Change, ...], tuple[ChainSignature, ...]]:
        chains: dict[UUID, list[Change]] = defaultdict(list)
        for change in waiting:
            chains[change.device_id].append(change)
        signatures: dict[UUID, ChainSignature] = {}
        with self.store.read() as reader:
            for device_id, of_chain in chains.items():
                first, last = of_chain[0].seq, of_chain[-1]
                if device_id == self.store.device_id:
                    signatures[device_id] = sign_head(self.identity, device_id, scope, last.seq, last.hash)
                elif there := reader.signatures_between(scope, device_id, first, last.seq):
                    signatures[device_id] = there[-1]
        chosen = tuple(
            c for c in waiting if c.device_id in signatures and c.seq <= signatures[c.device_id].seq
        )
        return chosen, tuple(signatures.values())

    def _give_up_relaying(self, scope: str, refused: tuple[Change, ...], error: LinkError) -> bool:
        """After a refusal: whether others' changes were among what was sent. Then ours go alone from now on.

        What we wrote under an earlier name, and is refused under it, becomes ours under the present one.
        """
        ours = forks.own_fork(error, refused, self.store.device_id, scope)
        if ours:
            forks.leave(self.store, ours)
        self.relaying = False
        earlier = forks.to_take_over(error, refused, self.store.unsent_branches(), self.store.device_id)
        if earlier:
            self._give_way(earlier)
        return any(change.device_id != self.store.device_id for change in refused)

    def _follow(self, scope: str, confirmed: Mapping[UUID, int]) -> bool:
        """Moves the cursor over our own changes, when nobody else's lie between; else they are to be pulled."""
        if not confirmed:
            return True
        last = max(confirmed, key=lambda change_id: confirmed[change_id])
        first = min(confirmed.values())
        whole = confirmed[last] - first + 1 == len(confirmed)
        if whole and self.store.cursor(self.feed, scope).number == first - 1:
            self.store.set_cursor(self.feed, scope, Cursor(confirmed[last], last))
            return True
        return False


def _confirmed(answer: PushAnswer, sent: tuple[Change, ...]) -> dict[UUID, int]:
    """What the answer confirms of what was sent; an id that we did not send means nothing."""
    ids = {change.id for change in sent}
    return {i: number for i, number in zip(answer.ids, answer.numbers, strict=True) if i in ids}


def _report(store: Store, blobs: BlobStore, tally: _Tally) -> SyncReport:
    held: frozenset[Sha256] = held_blobs(store)
    with store.read() as reader:
        confirmed = reader.confirmed()
        photos = {photo.sha256 for photo in reader.where(Photo)}
    here = only_here(store, blobs)
    return SyncReport(
        pushed=tally.pushed,
        pulled=tally.pulled,
        photos_sent=tally.sent,
        photos_received=tally.received,
        waiting=tally.waiting,
        absent=tally.absent,
        confirmed_changes=confirmed,
        confirmed_photos=len(photos & held),
        only_here=here,
        errors=tuple(tally.errors),
    )
