"""What a synchronisation did, what is still only here, and what could not be done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from greenaudit.domain.assessments import Assessment, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.domain.packs import Pack
from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.store.blobs import BlobStore
from greenaudit.store.reader import Reader
from greenaudit.store.store import Store
from greenaudit.wire.evidence import named_blobs

_HELD = "evidence at the endpoint"

Step = Literal["login", "pull", "push", "send", "receive"]


@dataclass(frozen=True)
class Progress:
    """How far a synchronisation is: `done` of `total` (None while unknown) of a step."""

    step: Step
    done: int
    total: int | None


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class OnlyHere:
    """What exists on this device and, as far as it knows, nowhere else."""

    changes: int
    answers: int
    photos: int
    files: int

    @property
    def nothing(self) -> bool:
        """Whether all of it is at the endpoint: only then are the device's visits complete there."""
        return not (self.changes or self.files)


@dataclass(frozen=True)
class SyncReport:
    """What came of a synchronisation. What it did is durable, whatever came after.

    `pushed`: changes that the endpoint confirmed now; `pulled`: changes that were new here; `waiting`: changes
    that the endpoint or this device keeps until others come; `absent`: files that records name and nobody has sent
    yet; `confirmed_changes`: how many that were made here the endpoint holds in all; `confirmed_photos`: how many of
    the photos in this store.
    """

    pushed: int
    pulled: int
    photos_sent: int
    photos_received: int
    waiting: int
    absent: int
    confirmed_changes: int
    confirmed_photos: int
    only_here: OnlyHere
    errors: tuple[KnownError, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing went wrong and nothing is only here."""
        return not self.errors and self.only_here.nothing


def all_named(reader: Reader) -> set[Sha256]:
    """Every blob that the records of this store name."""
    return named_blobs(
        reader.where(Photo, deleted=True),
        reader.where(Assessment, deleted=True),
        reader.where(Revision, deleted=True),
        reader.where(Pack),
    )


def only_here(store: Store, blobs: BlobStore) -> OnlyHere:
    """Counts what this device has and the endpoint has not confirmed. Needs no network."""
    held = held_blobs(store)
    with store.read() as reader:
        unsent = reader.unconfirmed()
        photos = reader.where(Photo)
        files = {sha256 for sha256 in all_named(reader) - held if blobs.has(sha256)}
    return OnlyHere(
        changes=unsent.changes,
        answers=unsent.records.get("answer", 0),
        photos=sum(photo.sha256 in files for photo in photos),
        files=len(files),
    )


def held_blobs(store: Store) -> frozenset[Sha256]:
    """The blobs that the endpoint said it holds, when it was last asked."""
    return frozenset(json.loads(store.meta(_HELD) or "[]"))


def keep_held(store: Store, held: Iterable[Sha256]) -> None:
    """Remembers which blobs the endpoint holds."""
    new = json.dumps(sorted(held))
    if new != store.meta(_HELD):
        store.set_meta(_HELD, new)
