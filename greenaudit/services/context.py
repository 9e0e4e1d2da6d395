"""What the services of one opened home share."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenaudit.clock import Clock
from greenaudit.domain.suppliers import Person
from greenaudit.i18n import Language
from greenaudit.paths import Home
from greenaudit.store.blobs import BlobStore
from greenaudit.store.keys import MasterKey
from greenaudit.store.store import Store

ENDPOINT = "endpoint_url"
"""The meta entry that says where this device syncs."""
CLOCK_WRONG = "clock_wrong"
"""The meta entry that is filled while the endpoint last found this device's clock wrong."""
OWNER = "owner"
"""The meta entry that says who works on this device (a person's record as JSON)."""


@dataclass
class Context:
    """An opened home: its store, its evidence, its keys, the clock, and whose device it is."""

    home: Home
    clock: Clock
    master: MasterKey
    store: Store
    blobs: BlobStore
    owner: Person

    @property
    def author_id(self) -> UUID:
        """Whose edits this device writes."""
        return self.owner.id

    @property
    def language(self) -> Language:
        """The owner's language."""
        return self.owner.language

    def belong_to(self, owner: Person) -> None:
        """Notes whose device this is, from now on: the programme names its people."""
        self.store.set_meta(OWNER, owner.model_dump_json())
        self.owner = owner
