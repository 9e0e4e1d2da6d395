"""A checklist as canonical bytes: the form that an assessment keeps and that hashes agree on."""

from __future__ import annotations

from pydantic import ValidationError

from greenaudit.canonical import canonical_bytes, sha256_hex
from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.messages import msg


def checklist_to_bytes(checklist: Checklist) -> bytes:
    """The canonical JSON; its SHA-256 is the checklist's identity."""
    return canonical_bytes(checklist.model_dump(mode="json"))


def checklist_from_bytes(data: bytes, *, sha256: str | None = None) -> Checklist:
    """The checklist that was kept. With `sha256`, other bytes than those named are refused."""
    if sha256 is not None and sha256_hex(data) != sha256:
        raise KnownError(
            "pack_changed",
            msg("The checklist kept with this visit was changed outside GreenAudit. Restore a backup of it."),
        )
    try:
        return Checklist.model_validate_json(data)
    except ValidationError as error:
        raise KnownError(
            "pack_unreadable",
            msg("The checklist kept with this visit can't be read. Update GreenAudit, or restore a backup."),
        ) from error
