"""How records are named.

A record with a natural key is named by it (UUIDv5), so that two people who make it apart meet in one record.
Everything else gets a UUIDv7, whose order in time keeps big inserts quick.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

NAMESPACE = UUID("5f0d3c1e-6f4b-5d0a-9a53-0c6b1f5c8a11")


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return UUID(bytes=uuid7().bytes)


def natural_id(kind: str, *parts: object) -> UUID:
    """The UUIDv5 of a record's natural key, e.g. `natural_id("answer", assessment, question, repeat)`."""
    return uuid5(NAMESPACE, "\x1f".join((kind, *map(str, parts))))
