"""What the services of one opened home share."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenaudit.clock import Clock
from greenaudit.i18n import Language
from greenaudit.paths import Home
from greenaudit.store.blobs import BlobStore
from greenaudit.store.keys import MasterKey
from greenaudit.store.store import Store

PERSON = "person_id"
"""The meta entry that says who works on this device."""


@dataclass(frozen=True)
class Context:
    """An opened home: its store, its evidence, its keys, the clock, and whose device it is."""

    home: Home
    clock: Clock
    master: MasterKey
    store: Store
    blobs: BlobStore
    author_id: UUID
    language: Language
