"""Signing the heads of one's own chains, where they are to be proven later by others or elsewhere."""

from __future__ import annotations

from greenaudit.signing.chains import sign_head
from greenaudit.signing.identities import Identity
from greenaudit.store.store import Store


def sign_own_heads(store: Store, identity: Identity) -> None:
    """Signs the heads of this device's chains that aren't signed yet, and keeps the signatures with the changes."""
    own = str(store.device_id)
    with store.read() as reader:
        heads = {scope: chains[own] for scope, chains in reader.chain_heads().items() if own in chains}
        missing = [
            sign_head(identity, store.device_id, scope, head.seq, head.hash)
            for scope, head in heads.items()
            if not reader.signatures_between(scope, store.device_id, head.seq, head.seq)
        ]
    if missing:
        store.receive((), missing)
