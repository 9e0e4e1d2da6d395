"""Checklists as services hand them out: the shipped one, and the one that a visit was started with."""

from __future__ import annotations

from greenaudit.domain.assessments import PackRef
from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.packs import checklist_from_bytes, checklist_to_bytes, load_checklist
from greenaudit.paths import resource
from greenaudit.services.views import ChecklistCard
from greenaudit.store.blobs import BlobStore

SHIPPED = ("checklists", "core")


class Packs:
    """Loads a checklist once, and keeps the whole pack of every visit as a blob."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._loaded: dict[str, Checklist] = {}
        self._shipped: Checklist | None = None

    def shipped(self) -> Checklist:
        """The checklist that ships with the product."""
        if self._shipped is None:
            self._shipped = load_checklist(resource(*SHIPPED))
            self._loaded[self._shipped.sha256] = self._shipped
        return self._shipped

    def cards(self) -> tuple[ChecklistCard, ...]:
        """The checklists that a visit can be started with."""
        return (card(self.shipped()),)

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
            return checklist_from_bytes(self._blobs.read(sha256))
        except KnownError:  # damaged here, or not come yet; what ships with the product may be the very same
            if self.shipped().sha256 == sha256:
                return self.shipped()
            raise


def card(checklist: Checklist) -> ChecklistCard:
    """A checklist as a line to choose from."""
    return ChecklistCard(
        id=checklist.id,
        version=checklist.version,
        sha256=checklist.sha256,
        title=checklist.title,
        questions=len(checklist.questions),
    )
