"""The programme's revocation lists on their way to whoever checks signatures."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from greenaudit.canonical import sha256_hex
from greenaudit.wire.packing import Packed

LISTS_BYTES = 8 * 1024 * 1024
"""How much both lists together may unpack to: some forty thousand revoked devices."""

ListPem = Annotated[str, Field(max_length=LISTS_BYTES // 2)]


class RevocationLists(Packed):
    """The root's list and the issuing CA's (PEM). They carry their issuers' signatures, so any line may bring them."""

    root: ListPem
    issuing: ListPem

    @property
    def name(self) -> str:
        """What tells these lists from others: a hash of both."""
        return sha256_hex(f"{self.root}\n{self.issuing}".encode())

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Reads the lists, which may be bigger than other messages."""
        return cls.from_bytes(data, limit=LISTS_BYTES)
