"""What a report declares about its own signing: the part of `assessment.json` that signing and verifying read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from greenaudit.canonical import sha256_hex
from greenaudit.domain.assessments import ExpectedSigner

FILE_NAME = "assessment.json"
FORMAT_NAME = "greenaudit-assessment"
FORMAT_VERSION = 1
_SIGNERS = TypeAdapter(tuple[ExpectedSigner, ...])


class DeclarationError(Exception):
    """The attached data are not a report's, or of a form that this version can't read."""


@dataclass(frozen=True)
class Declaration:
    """The report's number, the fingerprint of its data, and who should have signed it."""

    number: str
    fingerprint: str
    signers: tuple[ExpectedSigner, ...]

    @property
    def signing(self) -> tuple[ExpectedSigner, ...]:
        """The signers who did not refuse: exactly these signatures must be there."""
        return tuple(signer for signer in self.signers if not signer.refused)

    def signer(self, role: str) -> ExpectedSigner | None:
        """Who signs in a role; none when the role isn't declared or was refused."""
        return next((signer for signer in self.signing if signer.role == role), None)


def read_declaration(data: bytes) -> Declaration:
    """Reads the declaration out of `assessment.json`."""
    try:
        body = json.loads(data)
        name, _, version = body["format"].partition("/")
        if name != FORMAT_NAME or int(version) != FORMAT_VERSION:
            raise DeclarationError(f"unknown format {body['format']!r}")
        signers = _SIGNERS.validate_python(body["signers"])
        number = str(body["number"])
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError, RecursionError) as error:
        raise DeclarationError("the attached data can't be read") from error
    roles = [signer.role for signer in signers]
    if len(set(roles)) != len(roles) or "assessor" not in roles:
        raise DeclarationError("the declared signers contradict one another")
    if any(signer.refused and signer.role == "assessor" for signer in signers):
        raise DeclarationError("a report without its assessor's signature is no report")
    return Declaration(number, sha256_hex(data), signers)
