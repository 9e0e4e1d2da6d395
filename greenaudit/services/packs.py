"""Checklists as services hand them out: the shipped one, and the one that a visit was started with."""

from __future__ import annotations

from greenaudit.domain.assessments import PackRef
from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.packs import checklist_from_bytes, checklist_to_bytes, load_checklist
from greenaudit.paths import resource
from greenaudit.services.shelf import Shelf, card, sound
from greenaudit.services.views import ChecklistCard
from greenaudit.store.blobs import BlobStore

__all__ = ["Packs", "card"]

SHIPPED = ("checklists", "core")


class Packs:
    """Loads a checklist once, and keeps the whole pack of every visit as a blob."""

    def __init__(self, blobs: BlobStore, shelf: Shelf | None = None) -> None:
        self._blobs = blobs
        self._shelf = shelf
        self._loaded: dict[str, Checklist] = {}
        self._shipped: Checklist | None = None

    def shipped(self) -> Checklist:
        """The checklist that ships with the product."""
        if self._shipped is None:
            self._shipped = load_checklist(resource(*SHIPPED))
            self._loaded[self._shipped.sha256] = self._shipped
        return self._shipped

    def cards(self) -> tuple[ChecklistCard, ...]:
        """The checklists that a visit can be started with: the trusted first, of those the newest first."""
        own = card(self.shipped())
        others = self._shelf.cards() if self._shelf else ()
        found = {own.sha256: own}
        for other in sorted(others, key=lambda c: not c.trusted):
            found.setdefault(other.sha256, other)
        return tuple(sorted(found.values(), key=_newest_first))

    def chosen(self, sha256: str, *, accept: bool) -> PackRef:
        """The checklist for a visit, kept whole; one that isn't signed only where the person accepts it."""
        found = next((c for c in self.cards() if c.sha256 == sha256), None)
        if found is None:
            raise KnownError(
                "checklist_gone", msg("This checklist is no longer on this device. Choose another.")
            )
        if not found.trusted and not accept:
            raise KnownError(
                "pack_unsigned",
                msg(
                    "Checklist {name} {version} is not signed by your programme. Use it only if you know where it comes "
                    "from.",
                    name=found.id,
                    version=found.version,
                ),
            )
        checklist = self.read(sha256)
        return self._kept(checklist, sha256).model_copy(update={"accepted": not found.trusted})

    def read(self, sha256: str) -> Checklist:
        """A checklist of `cards`, whole."""
        own = self.shipped()
        return own if own.sha256 == sha256 or not self._shelf else self._shelf.checklist(sha256)

    def _kept(self, checklist: Checklist, sha256: str) -> PackRef:
        """What came as a file is kept as that file, where another version of the product wrote it with other bytes."""
        if checklist.sha256 == sha256:
            return self.keep(checklist)
        self._loaded[sha256] = checklist
        return PackRef(id=checklist.id, version=checklist.version, sha256=sha256)

    def keep(self, checklist: Checklist) -> PackRef:
        """Keeps the whole pack; gives what a visit names it by."""
        sha256 = self._blobs.put(checklist_to_bytes(checklist))
        self._loaded[sha256] = checklist
        return PackRef(id=checklist.id, version=checklist.version, sha256=sha256)

    def of(self, pack: PackRef) -> Checklist:
        """The checklist that a visit was started with, read from what the visit keeps."""
        if pack.sha256 not in self._loaded:
            self._loaded[pack.sha256] = self._read(pack.sha256)
        return self._loaded[pack.sha256]

    def _read(self, sha256: str) -> Checklist:
        try:
            return sound(checklist_from_bytes(self._blobs.read(sha256)))
        except KnownError:  # damaged here, or not come yet; what ships with the product may be the very same
            if self.shipped().sha256 == sha256:
                return self.shipped()
            raise


def _newest_first(line: ChecklistCard) -> tuple[bool, list[int], float]:
    published = line.published_at.timestamp() if line.published_at else 0.0
    return (not line.trusted, [-int(part) for part in line.version.split(".")], -published)
