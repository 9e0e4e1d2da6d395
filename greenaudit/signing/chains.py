"""A device's signature over the head of its journal chain: changes relayed by others keep a proven author."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from greenaudit.canonical import canonical_bytes
from greenaudit.domain.journal import ChainSignature
from greenaudit.signing.identities import Identity

_ALGORITHM = ec.ECDSA(hashes.SHA256())


def sign_head(identity: Identity, device_id: UUID, scope: str, seq: int, head_hash: str) -> ChainSignature:
    """Signs with the device's key that its chain in a scope stands at this change."""
    signature = identity.device_key.sign(_signed_bytes(device_id, scope, seq, head_hash), _ALGORITHM)
    return ChainSignature(
        device_id=device_id,
        scope=scope,
        seq=seq,
        hash=head_hash,
        signature=base64.b64encode(signature).decode("ascii"),
    )


def check_head(signature: ChainSignature, public_key_pem: str) -> bool:
    """Whether the device with this public key signed this head."""
    try:
        key = serialization.load_pem_public_key(public_key_pem.encode("ascii"))
        raw = base64.b64decode(signature.signature, validate=True)
    except (ValueError, binascii.Error):
        return False
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    signed = _signed_bytes(signature.device_id, signature.scope, signature.seq, signature.hash)
    try:
        key.verify(raw, signed, _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def _signed_bytes(device_id: UUID, scope: str, seq: int, head_hash: str) -> bytes:
    return canonical_bytes({"device_id": str(device_id), "scope": scope, "seq": seq, "hash": head_hash})
