"""What is public and needed to judge a report: the programme's root, its revocation lists, the roots of time stamps.

The device's certificates lie beside its keys and are in no backup. This lies in the store, so every backup carries it:
a restored device has no keys until it is enrolled again, and judges signed reports all the same.
"""

from __future__ import annotations

from pydantic import ValidationError

from greenaudit.domain.values import Value
from greenaudit.log import logger
from greenaudit.store.store import Store

PUBLIC_TRUST = "public_trust"
"""The meta entry that holds it."""


class PublicTrust(Value):
    """The programme's root and its revocation lists, and the roots of time stamp authorities; all PEM."""

    roots: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    stamp_roots: tuple[str, ...] = ()


def kept_trust(store: Store) -> PublicTrust:
    """What the store knows of it; nothing where none was kept or it can't be read."""
    text = store.meta(PUBLIC_TRUST)
    try:
        return PublicTrust.model_validate_json(text) if text else PublicTrust()
    except ValidationError:
        logger("signing").warning("what was kept of the programme's root can't be read")
        return PublicTrust()


def keep_trust(store: Store, trust: PublicTrust) -> None:
    """Keeps it, if it says anything new; a device that knows no root keeps what was known before."""
    if trust.roots and trust != kept_trust(store):
        store.set_meta(PUBLIC_TRUST, trust.model_dump_json())
