"""Messages to bytes and back: JSON under gzip, with a version, and never more than was asked for.

Whatever comes from the network is hostile until it is read: a body that unpacks to more than its limit, is cut
off, is not JSON, or has another shape than the message becomes one sentence.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from greenaudit.errors import KnownError
from greenaudit.messages import msg

VERSION = 1
"""The version of the protocol that this code speaks; it is also in the address (`/v1/`)."""

MEDIA_TYPE = "application/vnd.greenaudit"
"""What our messages call themselves; an answer of another type is not the endpoint's."""

SMALL = 256 * 1024
"""How much a message that is not a batch may unpack to."""

LARGE = 64 * 1024 * 1024
"""How much a batch of changes may unpack to."""

MAX_PACKED = 16 * 1024 * 1024
"""How many packed bytes of one message are taken at all."""

_GZIP = 31
_LEVEL = 5

M = TypeVar("M", bound="Packed")


class WireError(KnownError):
    """What came over the network can't be understood; nothing of it was used."""


class Packed(BaseModel):
    """Base of every message: frozen, no unknown parts, a version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = VERSION

    def to_bytes(self) -> bytes:
        """The message as gzipped JSON."""
        return pack(self.model_dump_json().encode("utf-8"))

    @classmethod
    def from_bytes(cls: type[M], data: bytes, *, limit: int = SMALL) -> M:
        """Reads a message; WireError when it is damaged, too big or from a newer GreenAudit."""
        text = unpack(data, limit)
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise _explained(text, error) from error


def pack(text: bytes) -> bytes:
    """Compresses; the same text always gives the same bytes."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(text) + packer.flush()


def unpack(data: bytes, limit: int) -> bytes:
    """Decompresses at most `limit` bytes; WireError for more, for a torn stream, and for what isn't gzip."""
    if len(data) > MAX_PACKED:
        raise too_big(MAX_PACKED)
    unpacker = zlib.decompressobj(_GZIP)
    try:
        text = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise _garbage() from error
    if len(text) > limit:
        raise too_big(limit)
    if not unpacker.eof or unpacker.unused_data:
        raise _garbage()
    return text


def too_big(limit: int) -> WireError:
    """The error for a message that is bigger than it may be."""
    return WireError(
        "message_too_big",
        msg(
            "The message is bigger than the {limit} MB that are allowed. Nothing was taken from it; send less at once.",
            limit=max(1, limit // (1024 * 1024)),
        ),
    )


def _garbage() -> WireError:
    return WireError(
        "message_damaged",
        msg(
            "What came over the network is not a whole GreenAudit message. Nothing was taken from it. Check the "
            "endpoint's address and the connection, then try again."
        ),
    )


def _explained(text: bytes, error: ValidationError) -> WireError:
    """Damaged, or just newer than we are? Only the version is believed."""
    try:
        body: Any = json.loads(text)
    except (ValueError, RecursionError):
        return _garbage()
    version = body.get("version") if isinstance(body, dict) else None
    if isinstance(version, int) and version > VERSION:
        return WireError(
            "message_newer",
            msg(
                "The other side speaks version {theirs} of the protocol, this GreenAudit speaks {ours}. "
                "Nothing was lost. Update GreenAudit, then synchronise again.",
                theirs=version,
                ours=VERSION,
            ),
        )
    place = error.errors(include_url=False, include_input=False)[0]["loc"]
    where = ".".join(str(part) for part in place)[:80]  # a part may be a name that the other side chose
    return WireError(
        "message_wrong",
        msg(
            "The message does not have the form it should have (at '{where}'). Nothing was taken from it. Try again; "
            "if it stays so, tell whoever runs the endpoint.",
            where=where or "/",
        ),
    )
