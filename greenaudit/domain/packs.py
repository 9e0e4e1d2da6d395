"""Packs that a programme hands out: a checklist's name, its bytes' SHA-256, and the programme's signature over both."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from greenaudit.domain.checklists import Version
from greenaudit.domain.text import Text
from greenaudit.domain.values import Moment, ProgrammeRecord, Sha256, Value
from greenaudit.ids import natural_id


class PackSignature(Value):
    """The programme's signature over a pack's facts: ECDSA-P256-SHA256 (DER, base64).

    `certificate` was made for this one act by the `issuing` CA, which the programme's root certified (PEM).
    """

    signature: str
    certificate: str
    issuing: str


class Pack(ProgrammeRecord):
    """A checklist for the visits of a programme. Its canonical JSON is a blob, named by `sha256`.

    `pack_id` and `version` are the checklist's own. Without a signature that holds it is nobody's word.
    """

    record_type: ClassVar[str] = "pack"

    pack_id: str
    version: Version
    title: Text
    questions: int
    sha256: Sha256
    size: int
    published_at: Moment
    published_by: UUID
    signature: PackSignature | None = None

    @property
    def signed_facts(self) -> dict[str, Any]:
        """What the signature covers: everything but itself."""
        facts = self.model_dump(mode="json", exclude={"signature", "deleted_at"})
        return {"what": "greenaudit pack", **facts}


def pack_record_id(programme_id: UUID, sha256: str) -> UUID:
    """The id of the record of a pack: published twice, it is one."""
    return natural_id("pack", programme_id, sha256)
