"""Canonical JSON: one byte form for one value, so that hashes agree on every machine.

Keys sorted, no spaces, UTF-8, no NaN. Decimals, dates and ids are strings in the form pydantic writes.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """The canonical form of a JSON value (dict, list, str, int, bool, None; floats are refused)."""
    _refuse_floats(value)
    return _encode(value).encode("utf-8")


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(value: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return sha256_hex(canonical_bytes(value))


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def _refuse_floats(value: Any) -> None:
    if isinstance(value, str):  # most values; asked first, since every saved answer passes here
        return
    if isinstance(value, float):
        raise TypeError("a float has no canonical form; use a decimal string")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be a string: {key!r}")
            if not isinstance(item, str):
                _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
