"""Sealed files: streams encrypted in chunks, so that a cut, swapped or changed part is noticed (`docs/formats.md`).

A file key of its own, wrapped by the caller's key and bound to a context, encrypts each chunk with AES-256-GCM;
the nonce is the chunk's number; the file's id, the number and whether it is the last are authenticated with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"GAseal\x00\x01"
CHUNK = 1 << 20
TAG = 16
_ID, _NONCE, _WRAPPED = 16, 12, 32 + TAG
HEADER = len(MAGIC) + _ID + _NONCE + _WRAPPED


class DamagedError(Exception):
    """The file is not what was sealed under this key and context; `part` counts from 1, 0 is its beginning."""

    def __init__(self, part: int) -> None:
        super().__init__(f"part {part}")
        self.part = part


class Sealer:
    """Encrypts what is added to an empty seekable stream. The context may depend on all that was added."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        self._target, self._key = target, key
        self._id, self._file_key = secrets.token_bytes(_ID), secrets.token_bytes(32)
        self._cipher = AESGCM(self._file_key)
        self._waiting = bytearray()
        self._number = 0
        target.write(bytes(HEADER))

    def add(self, data: bytes) -> None:
        """Takes the next bytes. One chunk waits always, since only the end shows which is the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def finish(self, context: bytes) -> None:
        """Writes the last chunk and the header."""
        self._put(bytes(self._waiting), last=True)
        nonce = secrets.token_bytes(_NONCE)
        wrapped = AESGCM(self._key).encrypt(nonce, self._file_key, MAGIC + self._id + context)
        self._target.seek(0)
        self._target.write(MAGIC + self._id + nonce + wrapped)

    def _put(self, chunk: bytes, *, last: bool) -> None:
        bound = _bound(self._id, self._number, last=last)
        self._target.write(self._cipher.encrypt(_nonce(self._number), chunk, bound))
        self._number += 1


def unsealed(source: BinaryIO, length: int, key: bytes, context: bytes) -> Iterator[bytes]:
    """The chunks of a sealed file of `length` bytes; DamagedError at the first that doesn't hold."""
    file_id, cipher = _opened(source, key, context)
    count = _count(length)
    for number in range(count):
        try:
            yield cipher.decrypt(
                _nonce(number), source.read(CHUNK + TAG), _bound(file_id, number, last=number == count - 1)
            )
        except InvalidTag as error:
            raise DamagedError(number + 1) from error


def plain_size(length: int) -> int:
    """How many bytes a sealed file of `length` bytes holds."""
    size = length - HEADER - _count(length) * TAG
    if size < 0:
        raise DamagedError(0)
    return size


def _opened(source: BinaryIO, key: bytes, context: bytes) -> tuple[bytes, AESGCM]:
    header = source.read(HEADER)
    start = len(MAGIC)
    file_id, nonce = header[start : start + _ID], header[start + _ID : start + _ID + _NONCE]
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise DamagedError(0)
    try:
        file_key = AESGCM(key).decrypt(nonce, header[start + _ID + _NONCE :], MAGIC + file_id + context)
    except InvalidTag as error:
        raise DamagedError(0) from error
    return file_id, AESGCM(file_key)


def _count(length: int) -> int:
    """How many chunks a sealed file of `length` bytes has; even an empty one has one."""
    return max(1, -(-(length - HEADER) // (CHUNK + TAG)))


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _bound(file_id: bytes, number: int, *, last: bool) -> bytes:
    return file_id + number.to_bytes(8, "big") + (b"\x01" if last else b"\x00")
