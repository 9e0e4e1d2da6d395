"""Whether what a signature covers is unchanged, and whether what came after it was allowed to come."""

from __future__ import annotations

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.status import ModificationInfo, SignatureCoverageLevel, SignatureStatus

from greenaudit.messages import msg
from greenaudit.signing.verdict import ObjectionError


def check_intact(status: SignatureStatus, changes: ModificationInfo, *, extended_only: bool) -> None:
    """Objects to broken signatures and to updates that no signer allowed.

    `extended_only`: after the last signature, and after a stamp, only validation data and stamps may come.
    """
    if not (status.intact and status.valid):
        raise ObjectionError(
            "altered",
            "digest",
            msg("A signature does not fit its content: bytes were changed after signing."),
        )
    if changes.coverage is None or changes.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise ObjectionError(
            "altered", "coverage", msg("A signature does not cover its revision to the end.")
        )
    level = changes.modification_level
    allowed = ModificationLevel.LTA_UPDATES if extended_only else ModificationLevel.FORM_FILLING
    if level is None or level > allowed or changes.docmdp_ok is False:
        raise ObjectionError(
            "altered",
            "update",
            msg("Something was added or changed after signing that the signers did not allow."),
        )
