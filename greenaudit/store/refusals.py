"""Why changes are refused, in sentences: for whoever takes them over, on a device and at the endpoint."""

from __future__ import annotations

from uuid import UUID

from greenaudit.domain.journal import ChainSignature, Change
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.store.errors import BrokenChainError


def unreadable(change: Change) -> BrokenChainError:
    """It has no canonical form."""
    sentence = msg(
        "Change {number} of device {device} can't be read. Nothing of this batch was taken over; ask the programme for help.",
        **_named(change),
    )
    return _broken("change_unreadable", sentence, change.device_id, change.seq)


def altered(change: Change) -> BrokenChainError:
    """One with its id is here, with another content."""
    sentence = msg(
        "Change {number} of device {device} differs from the one that is kept here. Nothing of this batch was taken over; ask the programme for help.",
        **_named(change),
    )
    return _broken("change_altered", sentence, change.device_id, change.seq)


def forked(change: Change) -> BrokenChainError:
    """Another one stands in its place."""
    sentence = msg(
        "Device {device} has made two different changes with the number {number}, as a device does that was restored from a copy. Nothing of this batch was taken over; enrol that device anew.",
        **_named(change),
    )
    return _broken("chain_forked", sentence, change.device_id, change.seq)


def unlinked(change: Change) -> BrokenChainError:
    """It names another one as the one before it."""
    sentence = msg(
        "Change {number} of device {device} does not continue the one before it. Nothing of this batch was taken over; ask the programme for help.",
        **_named(change),
    )
    return _broken("chain_broken", sentence, change.device_id, change.seq)


def wrong_signature(signature: ChainSignature) -> BrokenChainError:
    """It is over another change than the one that stands there."""
    sentence = msg(
        "The signature of device {device} over its change {number} does not fit the change that is kept here. Nothing of this batch was taken over; ask the programme for help.",
        device=str(signature.device_id),
        number=signature.seq,
    )
    return _broken("chain_signature_wrong", sentence, signature.device_id, signature.seq)


def astray(change: Change) -> KnownError:
    """It reaches into another scope than its own."""
    return KnownError(
        "scope_wrong",
        msg(
            "Change {number} of device {device} is about a record of another programme. Nothing of this batch was "
            "taken over; ask the programme for help.",
            **_named(change),
        ),
    )


def author_unknown(device_id: UUID) -> KnownError:
    """The endpoint never enrolled the device that made it, or forgot it when it was set back."""
    return KnownError(
        "author_unknown",
        msg(
            "The endpoint doesn't know device {device}, which made some of what was sent. Everybody else's work goes without "
            "that; it comes when that device is enrolled.",
            device=str(device_id)[:8],
        ),
    )


def unsigned(device_id: UUID) -> KnownError:
    """Nothing proves that this device made what bears its name."""
    return KnownError(
        "chain_unsigned",
        msg(
            "The changes of device {device} are not signed by it, or were altered on the way. Nothing was taken over. "
            "Synchronise again; if it stays so, enrol that device anew.",
            device=str(device_id),
        ),
    )


def _named(change: Change) -> dict[str, object]:
    return {"device": str(change.device_id), "number": change.seq}


def _broken(code: str, sentence: Message, device: UUID, number: int) -> BrokenChainError:
    return BrokenChainError(code, sentence, device=str(device), number=number)
