"""A file that has no end doesn't fill the disk of the device that fetches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path

import pytest

from greenaudit.errors import KnownError
from greenaudit.sync import evidence
from greenaudit.sync.evidence import exchange_evidence
from greenaudit.sync.link import Link
from greenaudit.wire.evidence import PresenceAnswer, PresenceQuestion
from tests.helpers.devices import device
from tests.helpers.store import AUTHOR, photo

ABSENT = "ab" * 32


class EndlessLink:
    """An endpoint that holds everything, and never stops sending it."""

    def presence(self, question: PresenceQuestion) -> PresenceAnswer:
        return PresenceAnswer(held=question.asked, missing=())

    @contextmanager
    def download(self, sha256: str, offset: int) -> Iterator[Iterator[bytes]]:
        yield repeat(b"x" * 1_000)


def test_an_endless_file_ends_at_the_limit_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "BLOB_LIMIT", 50_000)
    laptop = device(tmp_path)
    with laptop.store.unit(AUTHOR) as unit:
        unit.save(photo(sha256=ABSENT))
    errors: list[KnownError] = []
    link: Link = EndlessLink()  # type: ignore[assignment]
    exchange_evidence(laptop.store, laptop.blobs, link, lambda _: None, lambda: False, errors)
    laptop.store.close()
    assert [error.code for error in errors] == ["evidence_other"]
    assert not laptop.blobs.has(ABSENT)
    assert not list(laptop.home.blobs.glob(".draft-*"))
