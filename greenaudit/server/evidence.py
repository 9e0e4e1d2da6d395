"""Evidence at the endpoint: which blobs the records name, which are here, and who may have which."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from greenaudit.domain.assessments import Assessment, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.domain.packs import Pack
from greenaudit.domain.values import Sha256, programme_scope
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.rights import Account, may_pull
from greenaudit.store.blobs import BlobStore
from greenaudit.store.reader import Reader
from greenaudit.store.store import Store
from greenaudit.wire.evidence import named_blobs


class Evidence:
    """Answers what is here, within what the account's scopes name."""

    def __init__(self, store: Store, blobs: BlobStore) -> None:
        self._store = store
        self.blobs = blobs

    def sort(
        self, account: Account, asked: Iterable[Sha256]
    ) -> tuple[tuple[Sha256, ...], tuple[Sha256, ...]]:
        """Of these blobs: held, and missing. What no record of the account's scopes names counts as missing."""
        wanted = sorted(set(asked))
        with self._store.read() as reader:
            named = _all_named(reader, account)
        held = tuple(sha256 for sha256 in wanted if sha256 in named and self.blobs.has(sha256))
        return held, tuple(sha256 for sha256 in wanted if sha256 not in held)

    def missing(self, account: Account) -> tuple[Sha256, ...]:
        """What the records of the account's scopes name and nobody has sent yet."""
        with self._store.read() as reader:
            named = _all_named(reader, account)
        return tuple(sorted(sha256 for sha256 in named if not self.blobs.has(sha256)))

    def check(self, account: Account, sha256: Sha256) -> None:
        """KnownError unless a record in the account's scopes names this blob; it may send and have it then."""
        with self._store.read() as reader:
            if not _may_have(reader, account, sha256):
                raise KnownError(
                    "evidence_refused",
                    msg(
                        "No record that this account may see names the file {name}. Send the changes first, then the "
                        "files.",
                        name=sha256[:12],
                    ),
                )


def _programmes(account: Account) -> list[UUID]:
    return sorted(p for p in account.programmes if may_pull(account, programme_scope(p)))


def _all_named(reader: Reader, account: Account) -> set[Sha256]:
    mine = _programmes(account)
    if not mine:
        return set()
    return named_blobs(
        reader.where(Photo, deleted=True, programme_id=mine),
        reader.where(Assessment, deleted=True, programme_id=mine),
        reader.where(Revision, deleted=True, programme_id=mine),
        reader.where(Pack, programme_id=mine),
    )


def _may_have(reader: Reader, account: Account, sha256: Sha256) -> bool:
    """Photos are many and have an index; only for what is none of them all names are gathered."""
    mine = _programmes(account)
    photos = reader.where(Photo, deleted=True, sha256=sha256, programme_id=mine) if mine else ()
    return bool(photos) or sha256 in _all_named(reader, account)
