"""The journal's values: a change is one edit of one record by one person on one device.

The history of a field is a graph: a change supersedes its bases. The rules of merging are in `rules/merging`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from greenaudit.canonical import fingerprint
from greenaudit.domain.values import Sha256, Value

SCHEMA = 1
"""The version of the shape of changes that this code writes."""

UNDOES = "@undoes"
"""Among a change's bases: the change that it takes back. No field can bear this name."""

WITH = "@with"
"""Among a change's bases: the first change of the one edit that it is a part of, where an edit is several changes."""

WAS = "@was"
"""Among a change's bases: the change that it says once more under another device's name, after a chain forked; the
first one first, where that has happened more than once. Nobody waits for it: it may be nowhere else."""

GENESIS = "0" * 64
"""`prev_hash` of the first change of a chain."""


class Change(Value):
    """One edit. `bases` names, for each field, the changes whose value the editor saw (none for a first value).

    `hlc` is a hybrid logical clock: milliseconds since 1970 times 65,536 plus a counter. `seq` and `prev_hash`
    chain the changes of one device in one scope.
    """

    id: UUID
    schema_version: int = SCHEMA
    record_type: str
    record_id: UUID
    fields: dict[str, Any]
    bases: dict[str, tuple[UUID, ...]]
    hlc: int
    device_id: UUID
    author_id: UUID
    scope: str
    seq: int
    prev_hash: Sha256

    @property
    def undoes(self) -> UUID | None:
        """The change that this one takes back; None for an edit of its own."""
        return next(iter(self.bases.get(UNDOES, ())), None)

    @property
    def edit(self) -> UUID:
        """What one act of a person wrote has this in common: the id of the first change of it."""
        return next(iter(self.bases.get(WITH, ())), self.id)

    @property
    def was(self) -> tuple[UUID, ...]:
        """The changes that this one says once more; none for an edit of its own."""
        return self.bases.get(WAS, ())

    @property
    def needs(self) -> frozenset[UUID]:
        """The changes that come before this one: each of them, or one that says it once more."""
        return frozenset(base for name, ids in self.bases.items() if name != WAS for base in ids)

    @property
    def hash(self) -> str:
        """SHA-256 of the change's canonical JSON, its place in the chain included."""
        return fingerprint(self.model_dump(mode="json"))


class Conflict(Value):
    """A field that two people changed without having seen each other: the shown value first, then the others."""

    record_type: str
    record_id: UUID
    field: str
    heads: tuple[Change, ...]


class ChainSignature(Value):
    """A device's signature over the head of its chain, so that relayed changes have a proven author.

    `signature` is ECDSA-P256-SHA256 (DER, base64) over the canonical JSON of the other fields.
    """

    device_id: UUID
    scope: str
    seq: int
    hash: Sha256
    signature: str
