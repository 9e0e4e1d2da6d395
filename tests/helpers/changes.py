"""Builders of changes that make sound chains, for tests of the wire and of the endpoint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from greenaudit.domain.journal import GENESIS, Change
from greenaudit.ids import natural_id, new_id

SCOPE = "programme:11111111-1111-4111-8111-111111111111"


def chain(
    count: int,
    *,
    device: UUID,
    author: UUID | None = None,
    scope: str = SCOPE,
    after: Change | None = None,
    fields: Iterable[dict[str, Any]] | None = None,
) -> tuple[Change, ...]:
    """So many changes of one device in one scope, each naming the one before."""
    values = list(fields) if fields is not None else [{"note": {"text": f"n {i}"}} for i in range(count)]
    made: list[Change] = []
    seq, prev_hash, hlc = (after.seq, after.hash, after.hlc) if after else (0, GENESIS, 1 << 40)
    for index in range(count):
        change = Change(
            id=new_id(),
            record_type="answer",
            record_id=natural_id("test answer", device, seq + index),
            fields=values[index],
            bases={},
            hlc=hlc + index + 1,
            device_id=device,
            author_id=author or natural_id("test author"),
            scope=scope,
            seq=seq + index + 1,
            prev_hash=prev_hash,
        )
        prev_hash = change.hash
        made.append(change)
    return tuple(made)
